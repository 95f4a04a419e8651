"""``site-builder match``: an office's list held against what a site publishes, on the office's own machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
import os
from pathlib import Path
import tempfile

import click
import msgspec

from site_builder.cli.options import json_option, machine_day, machine_time
from site_builder.cli.saying import say_findings, say_json
from site_builder.cli.terminal import Bars
from site_builder.errors import Exit, Finding, Place, refuse, writing
from site_builder.match import columns
from site_builder.match.answer import PROVES_NOTHING, RESULTS, answered, write_answers
from site_builder.match.columns import Chosen
from site_builder.match.compare import Comparison, Found
from site_builder.match.data import Published, opened, remarks
from site_builder.match.questions import Asked, Row, rows_of
from site_builder.pack.mapping import ListMap
from site_builder.pack.tables import read_tables
from site_builder.signing import read_public
from site_builder.vocabulary import LABELS, Kind


class MatchAnswer(msgspec.Struct, frozen=True):
    """What ``match --json`` prints: where the answers are, how many rows have each result, of which release."""

    answers: str
    results: dict[str, int]
    version: str
    as_of: str
    findings: tuple[Finding, ...]


@click.command("match", short_help="把本单位的名单与公示的数据核对，不联网查任何名称。")
@click.argument("list_file", metavar="LIST", type=click.Path(path_type=Path))
@click.option("--data", "source", required=True, help="mirror 取来的文件夹，或者网站的网址（只取数据文件）。")
@click.option("--key", default="", help="网站的公钥（base64 或 .pub 文件）；不写就不核对签名，并说明没有核对。")
@click.option("--name", "names", multiple=True, help="名称在哪一列：列名，或者列的字母；不写就按列名认。")
@click.option("--code", "codes", multiple=True, help="代码在哪一列：列名，或者列的字母；不写就按列名认。")
@click.option(
    "--answers", type=click.Path(path_type=Path, dir_okay=False), help="核对单写到哪里；不写则为 LIST.核对.xlsx。"
)
@json_option
def match_command(
    list_file: Path,
    source: str,
    key: str,
    names: tuple[str, ...],
    codes: tuple[str, ...],
    answers: Path | None,
    *,
    as_json: bool,
) -> None:
    """把 LIST（Excel、CSV，各个工作表）里的名称和代码，与一个网站公示的各类数据逐行核对，写一份核对单。

    在本机核对，名称不发到任何地方。相同的、写法不同的、相近的（说明哪里相近）都列出；校验位不符、被 Excel 改短的代码
    说明没有核对，从不当作未查到。未查到不代表信用良好。过了 valid_through 的数据不用。
    """
    answers = answers if answers is not None else list_file.with_name(f"{list_file.name}.核对.xlsx")
    if os.path.lexists(answers):
        hint = "换一个文件名（--answers），或者先移走它"
        place = Place(str(answers))
        raise refuse("match-exists", "已经有这个文件，核对单从不覆盖", hint=hint, place=place, exit_code=Exit.USAGE)
    key, today = read_public(key) if key else "", machine_day()
    chosen, unread = columns.choose(read_tables(list_file, ListMap(), columns.known), names, codes)
    with Bars(quiet=as_json) as bars, opened(source, key, today, bars) as published:
        rows = [row for one in chosen for row in rows_of(one)]
        asked = list(dict.fromkeys(one for row in rows for one in row.asked))
        comparison = Comparison(asked)
        bars.step("核对", sum(published.told.published.values()))
        for batch in published.batches():
            comparison.take(batch)
            bars.advance(len(batch))
        found = dict(zip(asked, comparison.found, strict=True))
        bars.step("写核对单")
        counts = _written(answers, _about(published, list_file, chosen, unread, rows), rows, found)
        findings = (*remarks(published, today), *(_not_read(list_file, one) for one in unread))
        told = published.told
    if as_json:
        results = {one: counts[one] for one in RESULTS}
        say_json(MatchAnswer(str(answers), results, told.version, str(told.as_of), findings))
        return
    click.echo(f"{answers}：{told.name}；{_said(counts)}")
    click.echo(PROVES_NOTHING)
    say_findings(findings)


def _written(
    path: Path, about: Sequence[tuple[str, str]], rows: Sequence[Row], found: dict[Asked, Found]
) -> Counter[str]:
    """Write the answers beside their place first, for its owner alone, and put them there whole."""
    with writing(path):
        handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name[:80]}.")
        os.close(handle)
        try:
            counts = write_answers(Path(name), about, (answered(row, found) for row in rows))
            os.link(name, path)  # unlike a renaming it never replaces what came there meanwhile
        finally:
            Path(name).unlink(missing_ok=True)
    return counts


def _about(
    published: Published, list_file: Path, chosen: Sequence[Chosen], unread: Sequence[str], rows: Sequence[Row]
) -> list[tuple[str, str]]:
    """The first lines of the answers."""
    told = published.told
    until = str(told.valid_through) if told.valid_through is not None else "没有定"
    kinds = "、".join(f"{LABELS[kind]} {told.published[kind]:,} 条" for kind in Kind if kind in told.published)
    sheets = [
        (f"核对了：{one.table.sheet or one.table.file}", "；没有核对的列：".join(filter(None, (one.read, one.left))))
        for one in chosen
    ]
    return [
        ("核对单", list_file.name),
        ("说明", PROVES_NOTHING),
        ("数据来自", published.source),
        ("数据版本", told.version),
        ("核验日", str(told.as_of)),
        ("有效到", until),
        ("签名", "核对过" if published.signed else "没有核对"),
        ("核对的时间", machine_time().strftime("%Y-%m-%d %H:%M")),
        ("数据里有", kinds),
        *sheets,
        *(("没有核对", one) for one in unread),
        ("行数", f"{len(rows):,}"),
    ]


def _not_read(list_file: Path, what: str) -> Finding:
    hint = "要核对它的，用 --name、--code 写明列"
    return Finding("match-unread", Place(list_file.name), what, hint, warning=True)


def _said(counts: Counter[str]) -> str:
    return "，".join(f"{one} {counts[one]:,} 行" for one in RESULTS)
