"""``site-builder audit``: every byte of a built tree, read and judged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
import datetime as dt
from pathlib import Path
import tempfile
import time

import click
import msgspec

from site_builder.audit.file_list import read_release
from site_builder.audit.gate import Seen, audit, refuse_findings
from site_builder.audit.private_pages import private_of
from site_builder.cli.options import (
    Day,
    jobs_option,
    json_option,
    machine_day,
    output_of,
    output_option,
    quarantine_option,
    site_option,
    themes_of,
)
from site_builder.cli.saying import say_json
from site_builder.cli.terminal import Bars
from site_builder.config.load import load_site
from site_builder.config.site import Site
from site_builder.decide.examine import Options
from site_builder.decide.site_facts import facts_of
from site_builder.errors import Exit, Finding, SiteBuilderError, near, refuse
from site_builder.law.cities import law_of
from site_builder.mirror import copy
from site_builder.pages import urls
from site_builder.release.live import Live, live_ahead, live_told
from site_builder.releasing.auditing import audit_with_export
from site_builder.render.environment import load_theme
from site_builder.signing import read_public
from site_builder.workers import Local


@click.command("audit", short_help="逐字节审核一个已建成的网站。")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@site_option
@click.option("--export", "export", type=click.Path(path_type=Path), help="建成它的导出；给了才核对泄露与逐条内容。")
@click.option("--as-of", type=Day(), help="核验日；不写则用网站自己的 release.json。")
@click.option("--key", default="", help="本站的公钥（base64 或 .pub 文件）；给了就验证 release.json 的签名。")
@quarantine_option
@output_option
@jobs_option
@json_option
def audit_command(
    folder: Path | None,
    site_file: Path,
    export: Path | None,
    as_of: dt.date | None,
    key: str,
    output: Path,
    jobs: int,
    *,
    quarantine: bool,
    as_json: bool,
) -> None:
    """审核 DIR（不写则为线上版本）：文件清单、链接、期限、个人信息；给了 --export 再核对泄露与逐条内容。

    线上版本的核验日在将来的，也是一个问题。
    """
    start = time.monotonic()
    site = load_site(site_file, members=True)
    key = read_public(key) if key else ""
    output = output_of(site, output) if folder is None else output
    root = folder if folder is not None else output / site.id / "current"
    if not root.is_dir():
        hint = "核对 --output，或者写明要审核的文件夹；还没有构建过的，先运行 build"
        raise refuse("no-release", f"没有文件夹 {root}", hint=hint, exit_code=Exit.USAGE)
    if folder is not None:
        _refuse_level(root)
    if export is not None and site.is_province:
        hint = "去掉 --export：它的页面里没有记录"
        raise refuse("member-sites", "这个站点由几个网站合成，没有自己的导出", hint=hint, exit_code=Exit.USAGE)
    if export is not None and not export.exists():
        raise refuse("missing-export", f"没有找到导出 {export}", hint="核对 --export", exit_code=Exit.USAGE)
    told = read_release(root)
    day = as_of or (told.as_of if told is not None else machine_day())
    stale = live_ahead(told.as_of, machine_day()) if folder is None and told is not None else []
    with Bars(quiet=as_json) as bars, _also(stale):
        if export is None:
            bars.step("审核")
            themes = load_theme(themes_of(site), site.site.theme).folders
            private = None
            if not site.is_province:
                rules = law_of(site).on(day)
                private = private_of(rules.private, facts_of(site, rules, day), site, themes)
            seen = audit(root.resolve(), site, day, Local(jobs).run, key=key, private=private)
            refuse_findings(seen)
        else:
            options = Options(export=export, as_of=day, engine=Local(jobs), quarantine=quarantine)
            live = live_told(output / site.id / "state") if folder is None else None
            seen = _with_export(root.resolve(), site, options, key, bars, live)
    if as_json:
        say_json(AuditAnswer(str(root), seen.files, seen.size, seen.records, seen.values, export is not None))
        return
    scope = (
        f"{seen.records} 条记录，{seen.values} 个不公开的值"
        if export is not None
        else "没有给导出，未核对泄露与逐条内容"
    )
    seconds = time.monotonic() - start
    click.echo(f"{root}：没有发现问题；{seen.files} 个文件，{seen.size:,} 字节，{scope}；{seconds:.1f} 秒")


def _refuse_level(root: Path) -> None:
    """Refuse a folder that is no web root where one is a level off: what is wrong with it would be told of that one."""
    if not any((root / one).is_file() for one in (urls.RELEASE, urls.RELEASE_FILES)):
        for found in near(root, lambda one: copy.web_root(one) is not None)[:1]:
            message, hint = f"{root} 不是网站的文件夹", f"网站在 {copy.web_root(found)}：审核它"
            raise refuse("no-release", message, hint=hint, exit_code=Exit.USAGE)


class AuditAnswer(msgspec.Struct, frozen=True):
    """What ``audit --json`` prints of a tree without findings; ``whole``: the export was at hand."""

    root: str
    files: int
    bytes: int
    records: int
    values: int
    whole: bool


@contextmanager
def _also(stale: list[Finding]) -> Iterator[None]:
    """Around an audit: what is wrong with the live release beside what the audit finds is told with it."""
    try:
        yield
    except SiteBuilderError as error:
        raise SiteBuilderError([*stale, *error.findings], error.exit_code) from error
    if stale:
        raise SiteBuilderError(stale)


def _with_export(root: Path, site: Site, options: Options, key: str, bars: Bars, live: Live | None) -> Seen:
    """Read the export anew, stage it aside, and hold the tree against it."""
    themes = load_theme(themes_of(site), site.site.theme).folders
    with tempfile.TemporaryDirectory() as scratch:
        return audit_with_export(root, site, options, themes, Path(scratch), bars, key, live)
