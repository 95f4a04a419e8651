"""``site-builder law show [LAW]…``: the table a lawyer reads, on the terminal or as a document to sign."""

from __future__ import annotations

from collections.abc import Iterable
import datetime as dt
from pathlib import Path

import click
import msgspec

from site_builder.cli.law import LawFolder, law_folders, write_new
from site_builder.cli.options import Day, machine_day
from site_builder.cli.saying import json_option, say_json
from site_builder.cli.words import wrapped
from site_builder.law.docx import as_docx
from site_builder.law.folder import read_law
from site_builder.law.review import LawReview, ReviewLine, named, review
from site_builder.law.text import read_law_text

WIDE = 100
"""Columns of a terminal the text is set in."""


class LawShowAnswer(msgspec.Struct, frozen=True):
    """What ``law show --json`` prints: the laws, and the document that was written, if any."""

    laws: list[LawReview]
    docx: str


@click.command("show", short_help="每条规则一句话，连同条文；写成 Word 供审查。")
@click.argument("laws", metavar="[LAW]...", nargs=-1)
@click.option(
    "--docx", "docx_file", type=click.Path(path_type=Path), help="写成供审查的 Word 文件（一次一部），从不覆盖。"
)
@click.option("--on", "day", type=Day(), help="哪一天施行的，形如 2026-11-20；不写则为今天（北京时间）。")
@json_option
def law_show_command(laws: tuple[str, ...], docx_file: Path | None, day: dt.date | None, *, as_json: bool) -> None:
    """把规则显示成律师看的表：期限、各类依次问的规则、工作日、提醒，每条一句话，连同条款和条文。

    句子由 rules.yml 直接生成，所写即所读。LAW 是随程序带的城市（如 dalian），或者一个放着 city.yml、rules.yml
    的文件夹；不写则为随程序带的每一座城市。--docx 写成 Word：左边条文，右边规则，同意、不同意、意见的方框，签名处，
    和所签规则的摘要（SHA-256）。
    """
    folders = law_folders(laws)
    if docx_file is not None and len(folders) != 1:
        raise click.UsageError("--docx 一次写一部：写明是哪一座城市，或者哪个文件夹")
    reviews = [_review(one, day or machine_day()) for one in folders]
    if docx_file is not None:
        write_new(docx_file, as_docx(reviews[0]), "换一个名字：里面可能有审查意见")
    if as_json:
        say_json(LawShowAnswer(reviews, str(docx_file or "")))
    elif docx_file is not None:
        click.echo(f"{docx_file}：《{reviews[0].regulation}》，所签的摘要 {reviews[0].digest}")
    else:
        for one in reviews:
            _say(one)


def _review(law: LawFolder, day: dt.date) -> LawReview:
    return review(law.folder, read_law(law.folder, unfinished=True).on(day), read_law_text(law.folder))


def _say(law: LawReview) -> None:
    """The table; what an article says stands under the first rule of a part that cites it."""
    click.echo(f"《{law.regulation}》（{law.code}）")
    source = f"{'官方文本' if law.official else '提要，不是官方文本'}（{law.text}）" if law.text else "没有找到"
    click.echo(f"条文：{source}")
    click.echo(f"文件夹的摘要（SHA-256）：{law.digest}")
    for part in law.parts:
        click.echo(f"\n{part.title}")
        told: set[str] = set()
        for number, line in enumerate(part.lines, start=1):
            articles = f"（{named(line.articles, law.code)}）" if line.articles else ""
            _echo(f"{number:>3}  ", f"【{line.head}】{line.sentence}{articles}")
            for code, words in _new(line, law, told):
                _echo("     │ ", f"{named([code], law.code)}　{words[0]}")
                for one in words[1:]:
                    _echo("     │ ", one)
    click.echo()


def _new(line: ReviewLine, law: LawReview, told: set[str]) -> Iterable[tuple[str, tuple[str, ...]]]:
    new = [code for code in line.articles if code in law.passages and code not in told]
    told.update(new)
    return [(code, law.passages[code]) for code in new]


def _echo(before: str, text: str) -> None:
    """A text in lines of a terminal; what stands before the first is blank before the others, a rule is not."""
    after = before if before.strip() == "│" else " " * len(before)
    for number, one in enumerate(wrapped(text, WIDE - len(before))):
        click.echo(f"{after if number else before}{one}")
