"""``site-builder explain ID``: each rule's answer for one record, with its article."""

from __future__ import annotations

from collections.abc import Iterable
import datetime as dt
import difflib
from pathlib import Path
import tempfile
from typing import Any, Final, Unpack
import unicodedata

import click
import msgspec

from site_builder.cli.check import examine_only
from site_builder.cli.next import TURNS
from site_builder.cli.options import Params, options_of, output_option, reading_options
from site_builder.cli.saying import say_json
from site_builder.cli.terminal import Bars
from site_builder.config.load import load_site
from site_builder.config.site import Site
from site_builder.decide.examine import Examined, Options
from site_builder.errors import Exit, Finding, refuse
from site_builder.export.package import open_package
from site_builder.export.schema import COLUMNS
from site_builder.law.articles import articles
from site_builder.records.columns import Type
from site_builder.records.record import Record
from site_builder.release.guards import some_ids
from site_builder.releasing.locate import find_record
from site_builder.reports.upcoming import Turn, turns
from site_builder.rules.decision import REASON_CLEAR, REASON_COLUMNS, REASON_LABELS, Facts, Reason, Rule
from site_builder.rules.ruleset import RuleSet
from site_builder.rules.weighing import WeighedNorm, weighed_norms
from site_builder.vocabulary import LABELS, Kind


class Answer(msgspec.Struct, frozen=True):
    """One rule's answer: whether it withholds the record, by which articles, and where to look.

    ``days``: the days that stand in ``columns``.
    """

    reason: Reason
    articles: tuple[str, ...]
    question: str
    withholds: bool
    columns: tuple[str, ...]
    days: dict[str, dt.date]


class Ahead(msgspec.Struct, frozen=True):
    """What becomes of the record on a later day, should nothing else change."""

    day: dt.date
    turn: Turn
    reason: Reason | None


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """What ``explain --json`` prints. ``row`` is the spreadsheet's row in ``file``.

    ``terms``: the norms that speak of a severe entry's last day, and which of them decides.
    """

    kind: Kind
    id: str
    file: str
    row: int
    as_of: dt.date
    published: bool
    last_day: dt.date | None
    answers: list[Answer]
    terms: list[WeighedNorm]
    ahead: list[Ahead]
    warnings: list[Finding]


@click.command("explain", short_help="逐条规则说明一条记录为什么公开或不公开。")
@click.argument("record_id", metavar="ID|CODE|NAME")
@reading_options
@output_option
def explain_command(record_id: str, site_file: Path, output: Path, *, as_json: bool, **params: Unpack[Params]) -> None:
    """逐条规则回答一条记录为什么公开或不公开：问的是什么、依据哪一条、该看哪一列，以后哪一天会变。

    编号、统一社会信用代码、名称都可以，不分大小写；名称对上几条的，列出编号。只说规则、列名和日期，不重复记录的其他内容。
    """
    site = load_site(site_file)
    options = options_of(site, params, wanted=record_id)
    with Bars(quiet=True) as bars:
        examined = examine_only(site, options, output, bars)
        if _wanted(examined) is None and (named := _named(site, options)):
            options = msgspec.structs.replace(options, wanted=named)
            examined = examine_only(site, options, output, bars)
    explained = _explained(wanted_record(examined, options.wanted), examined)
    if as_json:
        say_json(explained)
    else:
        _say(explained, examined.rules)


SAID: Final = "写明"
"""A text that is not empty, whatever it says."""

MOST_NEAR: Final = 3
"""Ids offered instead of one that is not there."""


def wanted_record(examined: Examined, record_id: str) -> Record:
    """The record that was asked for. Raises ``unknown-id`` with ids that are nearly it, where it was not read."""
    record = _wanted(examined)
    if record is None:
        near = close_ids(record_id, (known for one in examined.surveys for known, _ in one.ids))
        hint = f"是不是 {'、'.join(near)}？" if near else "核对编号；有行内错误的记录先用 check 查看"
        raise refuse("unknown-id", "导出里没有读出这个编号的记录", hint=hint, exit_code=Exit.FINDINGS)
    return record


def _wanted(examined: Examined) -> Record | None:
    return next((one.wanted for one in examined.surveys if one.wanted is not None), None)


def _named(site: Site, options: Options) -> str:
    """The id of the one record of that code or name; empty where there is none.

    Raises ``ambiguous`` with the ids of several, and of those whose name holds the text.
    """
    most = site.export.max_unpacked
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.export
        if not folder.is_dir():
            folder = Path(scratch) / "export"
            open_package(options.export, folder, most)
        search = find_record(folder, options.wanted, most=most, ignore=frozenset(site.export.ignore_columns))
    found = search.exact or search.near
    if len(search.exact) == 1:
        return found[0].record.id
    if found:
        what = "代码或名称正是这样写的" if search.exact else "没有正好叫这个名称的，名称里含有这几个字的"
        ids = some_ids([one.record.id for one in found])
        raise refuse("ambiguous", f"{what}有 {len(found)} 条：{ids}", hint="用编号再运行一次")
    return ""


def close_ids(text: str, ids: Iterable[str]) -> list[str]:
    """Ids that are nearly what was typed: letters of another case or width, one character more, less or another.

    Two that changed places come first.
    """
    wanted = unicodedata.normalize("NFKC", text).strip().lower()
    known = {one.lower(): one for one in ids if abs(len(one) - len(wanted)) <= 1}
    one_off = max(0.0, 1 - 1.05 / max(len(wanted), 1))
    near = difflib.get_close_matches(wanted, known, n=4 * MOST_NEAR, cutoff=one_off)
    near.sort(key=lambda one: sorted(one) != sorted(wanted))
    return [known[one] for one in near[:MOST_NEAR]]


def _explained(record: Record, examined: Examined) -> Explained:
    facts, kind = examined.resolved.facts, record.kind
    known = {column.name for column in COLUMNS[kind]} | {"overlay.yml"}
    answers = [
        Answer(
            rule.reason,
            rule.articles,
            rule.question,
            rule.holds(record, facts),
            columns := _missing(record, rule, facts)
            or tuple(one for one in REASON_COLUMNS[rule.reason] if one in known),
            {one: day for one in columns if isinstance(day := getattr(record, one, None), dt.date)},
        )
        for rule in examined.rules.kinds[kind].rules
    ]
    place = next(
        (one.file, row)
        for one in examined.surveys
        if one.kind is kind
        for known_id, row in one.ids
        if known_id == record.id
    )
    return Explained(
        kind=kind,
        id=record.id,
        file=place[0],
        row=place[1],
        as_of=facts.as_of,
        published=not any(answer.withholds for answer in answers),
        last_day=next(iter(examined.rules.kinds[kind].ends(record, facts.as_of)), None),
        answers=answers,
        terms=list(weighed_norms(record, examined.rules, facts.as_of)),
        ahead=[Ahead(*turn) for turn in turns(record, examined.law, facts)],
        warnings=[one for one in examined.warnings if (one.place.file, one.place.row) == place],
    )


def _missing(record: Record, rule: Rule[Any], facts: Facts) -> tuple[str, ...]:
    """The columns of an incomplete record each of which alone makes it so; of any other reason none."""
    if rule.reason is not Reason.INCOMPLETE:
        return ()
    filled = {
        one.name: (SAID,) if one.type is Type.LIST else SAID
        for one in COLUMNS[record.kind]
        if one.type in {Type.TEXT, Type.LIST} or (one.type is Type.WORD and getattr(record, one.name, SAID) is None)
    }
    own = {name: getattr(record, name) for name in filled if name in record.__struct_fields__}
    whole = msgspec.structs.replace(record, **{name: filled[name] for name in own})
    if rule.holds(whole, facts):
        return ()
    return tuple(
        name for name, value in own.items() if rule.holds(msgspec.structs.replace(whole, **{name: value}), facts)
    )


def _weighed(norm: WeighedNorm, rules: RuleSet) -> str:
    """A norm, its level and articles, the last day it sets, and whether it decides or gives way."""
    called = f"《{norm.norm}》" if norm.norm else "特别披露期限的依据"
    cited = f"，{articles(norm.articles, rules.names)}" if norm.articles else ""
    last = f"公示至 {norm.last_day}" if norm.last_day is not None else "没有最后一天"
    extended = "，届满未移出的依法延长" if norm.extended else ""
    return f"{called}（{LABELS[norm.level]}{cited}）{last}{extended}，{'由它决定' if norm.decides else '让位'}"


def _say(explained: Explained, rules: RuleSet) -> None:
    labels = {column.name: column.label for column in COLUMNS[explained.kind]}
    click.echo(f"{LABELS[explained.kind]} {explained.id}（{explained.file} 第 {explained.row} 行）")
    click.echo(f"核验日 {explained.as_of}，按《{rules.regulation}》逐条：")
    for answer in explained.answers:
        by = articles(answer.articles, rules.names)
        days = [f"{labels[one]} {day}" for one, day in answer.days.items()]
        if answer.withholds:
            click.secho(f"  ✗ {REASON_LABELS[answer.reason]}：{answer.question}是（{by}）", fg="red")
            days += [labels.get(one, one) for one in answer.columns if one not in answer.days]
            if days:
                click.echo(f"    看：{'、'.join(days)}")
        else:
            if answer.reason is Reason.EXPIRED and explained.last_day is not None:
                days = [f"至 {explained.last_day}"]
            told = f"（{'，'.join(days)}）" if days else ""
            click.echo(f"  ✓ {REASON_CLEAR[answer.reason]}{told}（{by}）")
    for norm in explained.terms:
        click.echo(f"期限：{_weighed(norm, rules)}")
    for warning in explained.warnings:
        click.echo(f"提醒：{labels.get(warning.place.column, warning.place.column)} {warning.message}")
    for ahead in explained.ahead:
        why = f"：{REASON_LABELS[ahead.reason]}" if ahead.turn is Turn.LEAVES and ahead.reason is not None else ""
        click.echo(f"{ahead.day} 起{TURNS[ahead.turn]}{why}")
    reasons = [REASON_LABELS[answer.reason] for answer in explained.answers if answer.withholds]
    also = f"（另外还有：{'、'.join(reasons[1:])}）" if reasons[1:] else ""
    click.echo("→ 公开" if explained.published else f"→ 不公开：{reasons[0]}{also}")
