"""``site-builder law sheet LAW FILE.xlsx``: a law as a workbook, to be changed by who knows no YAML."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from site_builder.cli.law import law_folders, write_new
from site_builder.cli.saying import json_option, say_json
from site_builder.config.source import Faults, Node
from site_builder.law.english import read_node
from site_builder.law.examples import EXAMPLES, read_examples
from site_builder.law.folder import read_law
from site_builder.law.imported import head_comments, inner_comments
from site_builder.law.keys import FILES
from site_builder.law.review import digest_of
from site_builder.law.text import read_law_text
from site_builder.law.to_sheets import to_sheets
from site_builder.law.workbook import About, as_workbook


class LawSheetAnswer(msgspec.Struct, frozen=True):
    """What ``law sheet --json`` prints: the workbook, rows by sheet, and the comments that are not in it."""

    file: str
    rows: dict[str, int]
    inner_comments: int


@click.command("sheet", short_help="把一部法规写成 Excel 工作簿。")
@click.argument("law")
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@json_option
def law_sheet_command(law: str, file: Path, *, as_json: bool) -> None:
    """把法规文件夹写成 Excel 工作簿：规则、期限、提醒、文字、案例，中文表头，从下拉列表里选词，一个条件一行。

    LAW 是随程序带的城市（如 dalian），或者一个放着 city.yml、rules.yml 的文件夹；FILE.xlsx 已经有了的不覆盖。改好以后用
    law import 写回，什么也不会丢：条文（law/）和指南（pages/）是 Markdown 文件，不在工作簿里。
    """
    [chosen] = law_folders((law,))
    folder = chosen.folder
    rules = read_law(folder, unfinished=True)
    if (folder / EXAMPLES).is_file():
        read_examples(folder, rules, read_law_text(folder))
    files: dict[str, Node] = {}
    for name in FILES:
        if (folder / name).is_file() and (node := read_node(folder / name, Faults(str(folder / name)))) is not None:
            files[name] = node
    sheets = to_sheets(files, head_comments(folder))
    lost = inner_comments(folder)
    write_new(
        file, as_workbook(sheets, About(rules.latest.regulation, digest_of(folder), lost)), "换一个名字：里面可能有改动"
    )
    if as_json:
        say_json(LawSheetAnswer(str(file), {one.name: len(one.rows) for one in sheets}, lost))
        return
    click.echo(f"{file}：" + "，".join(f"{one.name} {len(one.rows)} 行" for one in sheets))
    if lost:
        click.echo(f"另有 {lost} 处写在文件中间的注释，不在工作簿里，写回以后就没有了")
    click.echo(f"改好以后写回：site-builder law import {file} {folder if law == str(folder) else '文件夹'}")
