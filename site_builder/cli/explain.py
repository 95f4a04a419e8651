"""``site-builder explain ID``: each rule's answer for one record, with its article."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

import click
import msgspec

from site_builder.cli.check import examine_only
from site_builder.cli.options import Params, options_of, output_option, reading_options
from site_builder.cli.terminal import Bars, say_json
from site_builder.config.load import load_site
from site_builder.errors import Exit, refuse
from site_builder.rules.decision import REASON_LABELS, Reason
from site_builder.rules.ruleset import kind_of, rules_for
from site_builder.vocabulary import LABELS, Kind


class Answer(msgspec.Struct, frozen=True):
    """One rule's answer: whether it withholds the record, and by which articles."""

    reason: Reason
    articles: tuple[str, ...]
    question: str
    withholds: bool


class Explained(msgspec.Struct, frozen=True):
    """What ``explain --json`` prints."""

    kind: Kind
    id: str
    published: bool
    answers: list[Answer]


@click.command("explain", short_help="逐条规则说明一条记录为什么公开或不公开。")
@click.argument("record_id", metavar="ID")
@reading_options
@output_option
def explain_command(record_id: str, site_file: Path, output: Path, *, as_json: bool, **params: Unpack[Params]) -> None:
    """逐条规则回答一条记录的去向，并注明条款。"""
    site = load_site(site_file)
    with Bars(quiet=True) as bars:
        examined = examine_only(site, options_of(site, params, wanted=record_id), output, bars)
    record = next((one.wanted for one in examined.surveys if one.wanted is not None), None)
    if record is None:
        hint = "核对编号；有行内错误的记录先用 check 查看"
        raise refuse("unknown-id", "导出里没有读出这个编号的记录", hint=hint, exit_code=Exit.FINDINGS)
    answers = [
        Answer(rule.reason, rule.articles, rule.question, rule.holds(record, examined.settled.facts))
        for rule in rules_for(record, examined.rules)
    ]
    explained = Explained(kind_of(record), record.id, not any(answer.withholds for answer in answers), answers)
    if as_json:
        say_json(explained)
        return
    click.echo(f"{LABELS[explained.kind]} {explained.id}（核验日 {examined.settled.facts.as_of}）")
    for answer in answers:
        mark = "✗ 是" if answer.withholds else "  否"
        articles = "、".join(answer.articles)
        click.echo(f"  {mark}  {answer.question}（{articles}）")
    why = next((REASON_LABELS[answer.reason] for answer in answers if answer.withholds), "")
    click.echo("→ 公开" if explained.published else f"→ 不公开：{why}")
