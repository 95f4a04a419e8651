"""``site-builder law import FILE.xlsx [DIR]``: a workbook of ``law sheet`` back into a law's folder, whole or not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from site_builder.cli.saying import json_option, say_json
from site_builder.config.site import CITY
from site_builder.errors import Exit, Finding, Place, SiteBuilderError, refuse
from site_builder.export.xlsx_sheet import letters
from site_builder.law.imported import import_law
from site_builder.pack.table import Broken, Raw, Table
from site_builder.pack.workbooks import read_workbook

EXACT = 2**53
"""Up to here a spreadsheet's numbers are the numbers that were written."""


@click.command("import", short_help="把改好的工作簿写回法规文件夹。")
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@json_option
def law_import_command(file: Path, folder: Path | None, *, as_json: bool) -> None:
    """把 law sheet 写出、改好的工作簿写进法规文件夹 DIR（不写则是工作簿旁边同名的文件夹）。

    city.yml、rules.yml、words.yml、examples.yml 换成工作簿里的，别的文件留着。先写在旁边，照构建时的读法读过，全部合格
    才换上；有一处不对就什么也不改，每一处写明工作表和单元格（规则!D12）、发现了什么、怎么办，一次全报。
    """
    target = folder or file.with_suffix("")
    if target.exists() and not (target / CITY).is_file() and (not target.is_dir() or any(target.iterdir())):
        hint = f"写一个放着 {CITY} 的文件夹，或者还没有的"
        raise refuse("already-there", "不是法规的文件夹", hint=hint, place=Place(str(target)), exit_code=Exit.USAGE)
    if not target.absolute().parent.is_dir():
        place = Place(str(target.parent))
        raise refuse("missing-folder", "没有这个文件夹", hint="先建好文件夹", place=place, exit_code=Exit.USAGE)
    done = import_law(str(file), sheets_of(file), target)
    if as_json:
        say_json(done)
        return
    click.echo(f"{target}：{'、'.join(done.files)}")
    if done.comments_lost:
        click.echo(f"原来的文件里写在中间的 {done.comments_lost} 处注释没有了")
    if not (target / "law").is_dir() and not (target / "pages").is_dir():
        click.echo("条文（law/）和指南（pages/）不在工作簿里：从原来的文件夹拷来")
    click.echo(f"下一步：site-builder law test {target}")


def sheets_of(file: Path) -> dict[str, dict[int, list[str]]]:
    """The texts of each sheet by row."""
    if not file.is_file():
        raise refuse("missing-file", "找不到这个文件", place=Place(str(file)), exit_code=Exit.USAGE)
    try:
        tables = read_workbook(file)
    except SiteBuilderError as error:
        raise SiteBuilderError(error.findings, Exit.USAGE) from None
    found: list[Finding] = []
    sheets = {one.sheet: _texts(str(file), one, found) for one in tables}
    if found:
        raise SiteBuilderError(found, Exit.USAGE)
    return sheets


def _texts(file: str, table: Table, found: list[Finding]) -> dict[int, list[str]]:
    rows: dict[int, list[str]] = {}
    for number, cells in table.rows.items():
        rows[number] = []
        for position, cell in enumerate(cells):
            merged = (number, position) in table.filled
            text = "" if merged else _text(cell)
            if text is None:
                place = Place(file, 0, f"{table.sheet}!{letters(position + 1)}{number}")
                expected = cell.expected if isinstance(cell, Broken) else "文本"
                hint = "把这一格设为文本，照原样再写一遍"
                found.append(Finding("wrong-type", place, f"这一格读不准，应当是{expected}", hint))
            rows[number].append(text or "")
    return rows


def _text(cell: Raw) -> str | None:
    """What a cell says, as a text; None where it cannot be told exactly."""
    match cell:
        case str():
            return cell.replace("\r\n", "\n")
        case bool():
            return "是" if cell else "否"
        case int() | float():
            return str(int(cell)) if abs(cell) < EXACT and cell == int(cell) else None
        case dt.datetime():
            return str(cell.date()) if cell.time() == dt.time() else None
        case dt.date():
            return str(cell)
        case _:
            return None
