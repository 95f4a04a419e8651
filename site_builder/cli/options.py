"""Options several commands share, and how their values are read."""

from __future__ import annotations

from collections.abc import Callable
import datetime as dt
import os
from pathlib import Path
from typing import Any, Final, TypedDict, TypeVar

import click
from click.core import ParameterSource

from site_builder.cli import saying
from site_builder.cli.outcome import Outcome
from site_builder.cli.words import ENGLISH
from site_builder.config.site import Site
from site_builder.decide.examine import Options
from site_builder.errors import Exit, SiteBuilderError, near, refuse
from site_builder.findings import GUARDS
from site_builder.release.live import ONCE
from site_builder.render.environment import OWN
from site_builder.workers import Local, cores

F = TypeVar("F", bound=Callable[..., Any])

CHINA: Final = dt.timezone(dt.timedelta(hours=8))
"""Asia/Shanghai, which has no summer time."""


class Day(click.ParamType[dt.date]):
    """A day written ``YYYY-MM-DD``."""

    name = "日期"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day, or a usage error."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            self.fail(f"「{value}」不是日期，应形如 2026-11-20", param, ctx)


SITE_FILE: Final = "site.yml"
CONTENT: Final = "content"
"""The folder of a project's sites."""
OUTPUT: Final = "output"
"""The folder beside it that their releases are in."""
SITE_VARIABLE: Final = "SITE_BUILDER_SITE"
"""The environment's variable that may name the site file instead of ``--site``."""


def site_here() -> Path:
    """The site file of the folder the command is called in: its own, or the only one below ``content/``.

    Raises ``click.UsageError`` where there is none, or several.
    """
    ctx = click.get_current_context(silent=True)
    completing = ctx is not None and ctx.resilient_parsing
    if completing or Path(SITE_FILE).is_file():
        return Path(SITE_FILE)
    below = sorted(Path(CONTENT).glob(f"*/{SITE_FILE}"))
    if len(below) == 1:
        return below[0]
    english, chinese = (
        (f"several sites here, say which: --site {below[0]}", f"这里有几个站点，写明是哪一个：--site {below[0]}")
        if below
        else ("no site here: say --site FILE", "缺少选项 --site：这里没有 site.yml，content/ 下面也没有")
    )
    raise click.UsageError(english if ENGLISH else chinese)


site_option = click.option(
    "--site",
    "site_file",
    type=click.Path(path_type=Path),
    default=site_here,
    envvar=SITE_VARIABLE,
    show_default="./site.yml，或 content/ 下唯一的一个",
    help="站点文件 site.yml。",
)
export_option = click.option(
    "--export", "export", type=click.Path(path_type=Path), help="获准公开的导出（文件夹或 zip）；不写则用站点文件里的。"
)
day_option = click.option("--as-of", type=Day(), help="核验日，形如 2026-11-20；不写则为今天（北京时间）。")
jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 256), default=cores, show_default="处理器数", help="同时工作的进程数。"
)
quarantine_option = click.option("--quarantine", is_flag=True, help="隔离有行内错误的记录，其余照常发布。")
allow_option = click.option(
    "--allow",
    multiple=True,
    type=click.Choice(sorted(GUARDS | ONCE)),
    help="本次（及其重建）放行一道保护；核验日的只对本次。",
)
json_option = saying.json_option
output_option = click.option(
    "--output", type=click.Path(path_type=Path), default=Path(OUTPUT), show_default=True, help="输出文件夹。"
)


def output_of(site: Site, output: Path, *, made: bool = False) -> Path:
    """The output folder, absolute; ``made``: the command makes it where it is not there.

    Raises ``other-output`` (exit 2) where it was not named, and the site's releases are where its project has them; and
    where it would be made inside the site folder, or in that of its releases.
    """
    output, folder = output.absolute(), site.folder.absolute()
    home = folder.parent.parent if folder.parent.name == CONTENT else folder.parent
    usual = home / OUTPUT
    if os.path.lexists(output / site.id):
        return output
    ctx = click.get_current_context(silent=True)
    named = ctx is None or ctx.get_parameter_source("output") not in {None, ParameterSource.DEFAULT}
    if not named and output != usual and os.path.lexists(usual / site.id / "current"):
        message = f"{output} 里没有这个站点，它的版本在 {usual} 里"
        hint = f"加上 --output {usual}，或者到 {home} 里运行；真要另用一个文件夹的，写明 --output"
    elif (above := _above(output, site.id)) is not None:
        message = f"{output} 在这个站点的版本所在的文件夹里面"
        hint = f"加上 --output {above}"
    elif made and folder.resolve() in {output.resolve(), *output.resolve().parents}:
        message = f"输出文件夹 {output} 会建在站点文件夹里面"
        hint = f"加上 --output {usual}，或者到 {home} 里运行"
    else:
        return output
    raise refuse("other-output", message, hint=hint, exit_code=Exit.USAGE)


def _above(output: Path, name: str) -> Path | None:
    """The output folder that has a release in ``<site>/``, where the given one lies in there."""
    places = (one for one in (output, *output.parents) if one.name == name and os.path.lexists(one / "current"))
    return next((one.parent for one in places), None)


def no_release(place: Path) -> SiteBuilderError:
    """Nothing is live in a site's place; which may be the wrong place."""
    hint = "核对 --output；还没有构建过的，先运行 build"
    if found := near(place.parent, lambda one: (one / place.name / "current").is_dir()):
        hint = f"这个站点的版本在别处：加上 --output {found[0]}"
    return refuse("no-release", f"{place} 里没有上线的版本", hint=hint, exit_code=Exit.USAGE)


def machine_time() -> dt.datetime:
    """The moment by the machine's clock, in Asia/Shanghai; the one ``main`` was handed, where it was."""
    ctx = click.get_current_context(silent=True)
    handed = ctx.find_object(Outcome) if ctx is not None else None
    given = handed.now if handed is not None else None
    return (given or dt.datetime.now(CHINA)).astimezone(CHINA)


def machine_day() -> dt.date:
    """The day by the machine's clock, in Asia/Shanghai."""
    return machine_time().date()


def reading_options(command: F) -> F:
    """All options that tell which export is read, and how."""
    for option in reversed(
        (site_option, export_option, day_option, jobs_option, quarantine_option, allow_option, json_option)
    ):
        command = option(command)
    return command


class Params(TypedDict):
    """What ``reading_options`` hands a command beside ``--site`` and ``--json``."""

    export: Path | None
    as_of: dt.date | None
    jobs: int
    quarantine: bool
    allow: tuple[str, ...]


def options_of(site: Site, params: Params, *, wanted: str = "") -> Options:
    """The options of a run, completed from the site file and the clock."""
    if site.is_province and (params["export"] or params["quarantine"]):
        raise refuse(
            "member-sites",
            "这个站点由几个网站合成，没有自己的导出，不用 --export 和 --quarantine",
            hint="去掉这两个选项；导出是各成员网站自己的事",
            exit_code=Exit.USAGE,
        )
    export = params["export"] or site.export.path
    if not export.exists():
        raise refuse(
            "missing-export",
            f"没有找到导出 {export}",
            hint="核对 --export，或站点文件的 export.path",
            exit_code=Exit.USAGE,
        )
    today = machine_day()
    return Options(
        export=export,
        as_of=params["as_of"] or today,
        engine=Local(params["jobs"]),
        quarantine=params["quarantine"],
        allow=frozenset(params["allow"]),
        wanted=wanted,
        today=today,
    )


def themes_of(site: Site) -> Path:
    """The themes in the site folder, beside its ``content/`` folder, or else those the program came with."""
    for themes in (site.folder / "themes", site.folder.parent.parent / "themes"):
        if (themes / site.site.theme).is_dir():
            return themes
    return OWN
