"""``site-builder pack``: from the office's own tables to an export that waits for approval."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
import csv
import datetime as dt
import io
from pathlib import Path
from typing import ParamSpec

import click
import msgspec

from site_builder.cli.options import CHINA, json_option, machine_time, output_option, site_option
from site_builder.cli.private import write_private
from site_builder.cli.saying import say_json
from site_builder.config.load import load_site
from site_builder.errors import Exit, refuse
from site_builder.export.descriptor_fields import version_key
from site_builder.pack.heading import find_heading
from site_builder.pack.ledger import read_ledger
from site_builder.pack.mapping import Mapping, read_map
from site_builder.pack.package import photo_names, refuse_existing, refuse_faults, write_package
from site_builder.pack.rows import Packed, pack_rows, tally
from site_builder.pack.tables import read_tables
from site_builder.vocabulary import FURTHER, LABELS, Kind

P = ParamSpec("P")


class PackedOut(msgspec.Struct, frozen=True):
    """One list of ``pack --json``: where it came from, its rows, and how often each thing was done."""

    file: str
    sheet: str
    header: int
    rows: int
    done: dict[str, int]


class PackOut(msgspec.Struct, frozen=True):
    """What ``pack --json`` prints."""

    package: str
    version: str
    report: str
    lists: dict[Kind, PackedOut]


class Moment(click.ParamType[dt.datetime]):
    """A moment with its offset (RFC 3339)."""

    name = "时刻"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """The moment in Asia/Shanghai, or a usage error."""
        try:
            moment: dt.datetime | None = dt.datetime.fromisoformat(str(value))
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            self.fail(f"「{value}」不是时刻，应形如 2026-11-20T09:00:00+08:00", param, ctx)
        return moment.astimezone(CHINA)


def further_lists(command: Callable[P, None]) -> Callable[P, None]:
    """An option for the table of each further kind."""
    for kind in reversed(FURTHER):
        told = click.option(f"--{kind}", type=click.Path(path_type=Path), help=f"{LABELS[kind]}的表。")
        command = told(command)
    return command


@click.command("pack", short_help="把本单位的 Excel、CSV 打成等待审批的导出。")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@site_option
@click.option("--severe-list", type=click.Path(path_type=Path), help="严重失信主体名单的表（xlsx、xls、ods、csv）。")
@click.option("--measures", type=click.Path(path_type=Path), help="信用奖惩措施清单的表。")
@click.option("--role-models", type=click.Path(path_type=Path), help="诚信典型的表。")
@further_lists
@click.option("--photos", type=click.Path(path_type=Path), help="诚信典型照片所在的文件夹。")
@click.option(
    "--map", "map_file", type=click.Path(path_type=Path), help="对照表（YAML）：本单位的列名、用词怎样换成规定的。"
)
@click.option("--assign-ids", "ledger_file", type=click.Path(path_type=Path), help="没有编号的记录按这本私密台账编号。")
@click.option("--version", help="版本号，形如 2026.11.20；不写则用生成的日期。")
@click.option("--created", type=Moment(), help="生成的时刻（数据截止）；不写则为现在。")
@click.option(
    "--report", type=click.Path(path_type=Path), help="逐项的转换记录写到哪里；不写则为 DIR.conversions.csv。"
)
@output_option
@json_option
def pack_command(
    target: Path,
    site_file: Path,
    severe_list: Path | None,
    measures: Path | None,
    role_models: Path | None,
    photos: Path | None,
    map_file: Path | None,
    ledger_file: Path | None,
    version: str | None,
    created: dt.datetime | None,
    report: Path | None,
    output: Path,
    *,
    as_json: bool,
    **further: Path | None,
) -> None:
    """把本单位自己的 Excel 或 CSV（含 GBK）打成 DIR 里的导出，状态为「等待审批」。

    表头上面可以有标题；列名、用词不同的写进对照表；2026/3/5、2026年3月5日 一类的日期会换成 2026-03-05。
    每一项转换都记在一份私密的 CSV 里。认不准的一律不猜：指出文件、行、列和应当怎样，什么也不写。
    """
    site = load_site(site_file)
    sources = [(Kind.SEVERE, severe_list), (Kind.MEASURE, measures), (Kind.ROLE_MODEL, role_models)]
    sources += [(kind, further[kind.value.replace("-", "_")]) for kind in FURTHER]
    given = [(kind, path) for kind, path in sources if path is not None]
    if not given:
        raise refuse("no-list", "名单一份也没有给", hint="写 --severe-list 文件 等", exit_code=Exit.USAGE)
    moment = created or machine_time()
    number = version or f"{moment:%Y.%m.%d}"
    if version_key(number) is None:
        hint = "形如 2026.11.20 或 2026.11.20.1"
        raise refuse("bad-value", f"版本号「{number}」不合要求", hint=hint, exit_code=Exit.USAGE)
    maps = read_map(map_file) if map_file is not None else {}
    ledger = read_ledger(ledger_file) if ledger_file is not None else None
    names = photo_names(photos)
    packed = []
    for kind, path in given:
        mapping = maps.get(kind, Mapping())
        heading = find_heading(kind, read_tables(path, mapping.sheet), mapping)
        packed.append(pack_rows(kind, heading, mapping, ledger, names))
    refuse_faults(packed)
    refuse_existing(target)
    title = f"{site.site.name}获准公开数据"
    # The ledger first: a number once given is never given to another, whatever happens after.
    if ledger is not None and ledger_file is not None:
        write_private(ledger_file, [ledger.text()], output)
    write_package(target, packed, names, photos, name=site.export.name, title=title, version=number, created=moment)
    told = write_private(report or target.with_name(f"{target.name}.conversions.csv"), _report(packed), output)
    if as_json:
        say_json(PackOut(str(target), number, str(told), {one.kind: _out(one) for one in packed}))
        return
    for one in packed:
        sheet = f"「{one.sheet}」" if one.sheet else ""
        click.echo(f"{LABELS[one.kind]}：{one.file}{sheet}，表头第 {one.header} 行，{len(one.rows)} 条")
        for step in (step for step in one.steps if not step.row):
            click.echo(f"    {f'「{step.heading}」' if step.heading else ''}{step.done}")
        for done, count in sorted(tally(one.steps).items()):
            click.echo(f"    {count:>6}  {done}")
    click.echo(f"{target}：版本 {number}，等待审批。逐项的转换记录：{told}")
    click.echo(f"下一步：site-builder check --pending --site {site_file} --export {target}，再请第二个人 approve")


def _out(one: Packed) -> PackedOut:
    return PackedOut(one.file, one.sheet, one.header, len(one.rows), dict(sorted(tally(one.steps).items())))


def _report(packed: Sequence[Packed]) -> Iterator[str]:
    """Every conversion as a row of CSV that spreadsheet programs open (BOM)."""
    yield "\ufeff"
    for number, one in enumerate(packed):
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        if not number:
            writer.writerow(("文件", "工作表", "行", "列", "做了什么", "原来", "现在"))
        for step in one.steps:
            cells = (one.file, one.sheet, step.row or "", step.heading, step.done, step.before, step.after)
            writer.writerow(
                [f"'{cell}" if str(cell).startswith(("=", "+", "-", "@", "\t")) else cell for cell in cells]
            )
        yield out.getvalue()
