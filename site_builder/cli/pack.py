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
from site_builder.cli.saying import MOST_TOLD, say_findings, say_json
from site_builder.config.load import load_site
from site_builder.errors import Exit, Finding, SiteBuilderError, refuse
from site_builder.export.descriptor_fields import version_key
from site_builder.pack.ledger import Ledger, read_ledger
from site_builder.pack.mapping import ListMap, read_map
from site_builder.pack.package import photo_names, refuse_existing, refuse_faults, write_package
from site_builder.pack.packing import pack_list
from site_builder.pack.parts import Step
from site_builder.pack.rows import Packed, tally
from site_builder.pack.sent_back import sent_back
from site_builder.search.lookup.normalise import bare
from site_builder.vocabulary import LABELS, OPTIONAL, Kind

P = ParamSpec("P")


class ReadOut(msgspec.Struct, frozen=True):
    """One table of ``pack --json``: its sheet, the row its header stands in, and its records."""

    sheet: str
    header: int
    rows: int


class PackedOut(msgspec.Struct, frozen=True):
    """One list of ``pack --json``: where it came from, its rows and those left out, and how often each thing was done.

    ``unread`` says which sheets were not read, and why.
    """

    file: str
    tables: list[ReadOut]
    rows: int
    left_out: int
    unread: list[str]
    done: dict[str, int]


class PackOut(msgspec.Struct, frozen=True):
    """What ``pack --json`` prints. ``sent_back``: the file of the rows left out, where there are any."""

    package: str
    version: str
    report: str
    lists: dict[Kind, PackedOut]
    sent_back: str
    findings: list[Finding]


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


def optional_lists(command: Callable[P, None]) -> Callable[P, None]:
    """An option for the table of each optional kind."""
    for kind in reversed(OPTIONAL):
        told = click.option(f"--{kind}", type=click.Path(path_type=Path), multiple=True, help=f"{LABELS[kind]}的表。")
        command = told(command)
    return command


@click.command("pack", short_help="把本单位的 Excel、CSV 打成等待审批的导出。")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@site_option
@click.option(
    "--severe-list",
    type=click.Path(path_type=Path),
    multiple=True,
    help="严重失信主体名单的表（xlsx、xls、ods、csv）；几个文件就写几次。",
)
@click.option("--measures", type=click.Path(path_type=Path), multiple=True, help="信用奖惩措施清单的表。")
@click.option("--role-models", type=click.Path(path_type=Path), multiple=True, help="诚信典型的表。")
@optional_lists
@click.option("--photos", type=click.Path(path_type=Path), help="诚信典型照片所在的文件夹。")
@click.option(
    "--map", "map_file", type=click.Path(path_type=Path), help="对照表（YAML）：本单位的列名、用词怎样换成规定的。"
)
@click.option("--assign-ids", "ledger_file", type=click.Path(path_type=Path), help="没有编号的记录按这本私密台账编号。")
@click.option("--version", help="版本号，形如 2026.11.20；不写则用生成的日期。")
@click.option("--created", type=Moment(), help="生成的时刻（数据截止）；不写则为现在。")
@click.option("--quarantine", is_flag=True, help="内容有误的行不打包，写到 DIR.quarantine.xlsx 里，退回报送单位改正。")
@click.option(
    "--report", type=click.Path(path_type=Path), help="逐项的转换记录写到哪里；不写则为 DIR.conversions.csv。"
)
@output_option
@json_option
def pack_command(
    target: Path,
    site_file: Path,
    severe_list: tuple[Path, ...],
    measures: tuple[Path, ...],
    role_models: tuple[Path, ...],
    photos: Path | None,
    map_file: Path | None,
    ledger_file: Path | None,
    version: str | None,
    created: dt.datetime | None,
    report: Path | None,
    output: Path,
    *,
    quarantine: bool,
    as_json: bool,
    **optional: tuple[Path, ...],
) -> None:
    """把本单位自己的 Excel 或 CSV（含 GBK）打成 DIR 里的导出，状态为「等待审批」。

    表头上面可以有标题；列名、用词不同的写进对照表；2026/3/5、2026年3月5日 一类的日期会换成 2026-03-05。
    每一项转换都记在一份私密的 CSV 里。认不准的一律不猜：指出文件、行、列和应当怎样，一个导出也不写。
    """
    site = load_site(site_file)
    sources = [(Kind.SEVERE, severe_list), (Kind.MEASURE, measures), (Kind.ROLE_MODEL, role_models)]
    sources += [(kind, optional[kind.value.replace("-", "_")]) for kind in OPTIONAL]
    given = [(kind, paths) for kind, paths in sources if paths]
    if not given:
        raise refuse("no-list", "名单一份也没有给", hint="写 --severe-list 文件 等", exit_code=Exit.USAGE)
    moment = created or machine_time()
    number = version or f"{moment:%Y.%m.%d}"
    if version_key(number) is None:
        hint = "形如 2026.11.20 或 2026.11.20.1"
        raise refuse("bad-value", f"版本号「{number}」不合要求", hint=hint, exit_code=Exit.USAGE)
    maps = read_map(map_file) if map_file is not None else {}
    ledger = read_ledger(ledger_file, bare) if ledger_file is not None else None
    names = photo_names(photos)
    refuse_existing(target)
    if report is not None and report.is_dir():
        hint = "写一个文件名，如 --report 转换.csv"
        raise refuse("bad-value", f"{report} 是文件夹", hint=hint, exit_code=Exit.USAGE)
    try:
        unread, packed = _pack(given, maps, ledger, names, created=moment.date(), quarantine=quarantine)
    except SiteBuilderError as error:
        if len(error.findings) > MOST_TOLD and not as_json:
            told = write_private(target.with_name(f"{target.name}.findings.csv"), _all(error.findings), output)
            click.echo(f"全部 {len(error.findings)} 项写在 {told}", err=True)
        raise
    title = f"{site.site.name}获准公开数据"
    # The ledger first: a number once given is never given to another, whatever happens after.
    if ledger is not None and ledger_file is not None:
        write_private(ledger_file, [ledger.text()], output)
    write_package(target, packed, names, photos, name=site.export.name, title=title, version=number, created=moment)
    told = write_private(report or target.with_name(f"{target.name}.conversions.csv"), _report(packed), output)
    back = target.with_name(f"{target.name}.quarantine.xlsx")
    sent = str(write_private(back, sent_back(packed), output)) if any(one.left_out for one in packed) else ""
    warnings = [warning for one in packed for warning in one.warnings]
    if as_json:
        lists = {one.kind: _out(one, unread[one.kind]) for one in packed}
        say_json(PackOut(str(target), number, str(told), lists, sent, warnings))
        return
    say_findings(warnings)
    for one in packed:
        _say(one, unread[one.kind])
    if sent:
        click.echo(f"内容有误、没有打包的行：{sent}（改正后可以直接再打包）")
    click.echo(f"{target}：版本 {number}，等待审批。逐项的转换记录：{told}")
    click.echo(f"下一步：site-builder check --pending --site {site_file} --export {target}，再请第二个人 approve")


def _pack(
    given: Sequence[tuple[Kind, Sequence[Path]]],
    maps: dict[Kind, ListMap],
    ledger: Ledger | None,
    photos: dict[str, str],
    *,
    created: dt.date,
    quarantine: bool,
) -> tuple[dict[Kind, Sequence[str]], list[Packed]]:
    """Every list packed, and what of its file was not read. Raises with the faults of all lists together."""
    unread: dict[Kind, Sequence[str]] = {}
    packed: list[Packed] = []
    faults: list[Finding] = []
    for kind, paths in given:
        mapping = maps.get(kind, ListMap())
        try:
            made = pack_list(kind, paths, mapping, ledger, photos, created=created, quarantine=quarantine)
            done, unread[kind] = made
        except SiteBuilderError as error:
            if error.exit_code is not Exit.FINDINGS:
                raise
            faults += error.findings
            continue
        packed.append(done)
    refuse_faults(packed, faults)
    return unread, packed


def _say(one: Packed, unread: Sequence[str]) -> None:
    """What was read of one list, and what was done to it."""
    files = "、".join(dict.fromkeys(table.file for table in one.tables))
    first = one.tables[0]
    if len(one.tables) == 1:
        sheet = f"「{first.sheet}」" if first.sheet else ""
        click.echo(f"{LABELS[one.kind]}：{files}{sheet}，表头第 {first.header} 行，{len(one.rows)} 条")
    else:
        click.echo(f"{LABELS[one.kind]}：{files}，{len(one.tables)} 个工作表，{len(one.rows)} 条")
        for table in one.tables:
            click.echo(f"    「{table.sheet or table.file}」表头第 {table.header} 行，{table.rows} 行记录")
    if one.left_out:
        click.echo(f"    {len(one.left_out)} 行内容有误，没有打包")
    for line in unread:
        click.echo(f"    {line}")
    several = len(one.tables) > 1
    for step in (step for step in one.steps if not step.row):
        where = f"「{step.sheet}」" if several else ""
        click.echo(f"    {where}{f'「{step.heading}」' if step.heading else ''}{step.done}")
    for done, rows in _lines_left_out(one.steps).items():
        click.echo(f"    {done}：{'、'.join(rows)}")
    for done, count in sorted(tally(one.steps).items()):
        click.echo(f"    {count:>6}  {done}")


def _lines_left_out(steps: Sequence[Step]) -> dict[str, list[str]]:
    """What was done to whole rows that are no records, with their rows."""
    found: dict[str, list[str]] = {}
    for step in steps:
        if step.row and step.left_out:
            where = f"「{step.sheet}」" if step.sheet else ""
            found.setdefault(step.done, []).append(f"{where}第 {step.row} 行")
    return found


def _out(one: Packed, unread: Sequence[str]) -> PackedOut:
    tables = [ReadOut(table.sheet, table.header, table.rows) for table in one.tables]
    done = dict(sorted(tally(one.steps).items()))
    return PackedOut(one.tables[0].file, tables, len(one.rows), len(one.left_out), list(unread), done)


def _all(findings: Sequence[Finding]) -> Iterator[str]:
    """Every finding as a row of CSV that spreadsheet programs open (BOM)."""
    yield "\ufeff"
    yield _line(("代码", "文件", "行", "列", "发现", "怎么办"))
    for one in findings:
        yield _line((one.code, one.place.file, one.place.row or "", one.place.column, one.message, one.hint))


def _line(cells: Sequence[object]) -> str:
    out = io.StringIO(newline="")
    guarded = [f"'{cell}" if str(cell).startswith(("=", "+", "-", "@", "\t")) else cell for cell in cells]
    csv.writer(out, lineterminator="\r\n").writerow(guarded)
    return out.getvalue()


def _report(packed: Sequence[Packed]) -> Iterator[str]:
    """Every conversion as a row of CSV that spreadsheet programs open (BOM)."""
    yield "\ufeff"
    yield _line(("文件", "工作表", "行", "列", "做了什么", "原来", "现在"))
    for one in packed:
        file = one.tables[0].file
        for step in one.steps:
            yield _line((file, step.sheet, step.row or "", step.heading, step.done, step.before, step.after))
