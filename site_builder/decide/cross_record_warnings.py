"""Warnings that need other records of the export, or what the live release publishes; each at its row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from site_builder.decide.duties import ClockState, state_of
from site_builder.decide.resolve import Resolved
from site_builder.decide.row_warnings import warning
from site_builder.decide.stories import TELLS_OF_LISTING
from site_builder.decide.survey import Surveyed
from site_builder.errors import Finding, Place
from site_builder.kinds.record import RECORDED
from site_builder.release.guards import Fates
from site_builder.rules.decision import Facts
from site_builder.rules.ruleset import RuleSet
from site_builder.rules.watch import Clock
from site_builder.vocabulary import Kind

MOST_PLACES: Final = 3
"""Entries whose place one finding tells."""

Told = tuple[str, str, str, str, str]
"""A code, a record's id, a column, what was found, what to do."""


def cross_record_warnings(
    surveys: Sequence[Surveyed], rules: RuleSet, live: Fates | None, resolved: Resolved
) -> Iterator[Finding]:
    """What the city watches for between records and releases; ``live`` is None before the first release."""
    codes = frozenset().union(*(one.watched.listed_codes for one in surveys))
    names = frozenset().union(*(one.watched.listed_names for one in surveys))
    by = {one.code: one.articles for one in rules.cross_watches}
    told_of, facts = _told_of(surveys, resolved), resolved.facts
    for one in surveys:
        told = [*_honours(one, codes, names), *_stories(one, told_of)]
        if live is not None:
            told += _starts(one, live)
            if Clock.REVOCATION in rules.clocks:
                told += _revoked(one, live, facts, rules.clocks[Clock.REVOCATION].days)
        rows = dict(one.ids) if told else {}
        for code, record_id, column, message, hint in told:
            if code in by:
                yield warning(code, by[code], rules, Place(one.file, rows[record_id], column), message, hint)


def _honours(one: Surveyed, codes: frozenset[str], names: frozenset[str]) -> Iterator[Told]:
    """DL 31(6), LY 22(7): an honour of someone who is on the list, known by code or perhaps by a person's name."""
    for record_id, code, name in one.watched.honours:
        if code and code in codes:
            message = "同一主体在本导出的严重失信主体名单上，荣誉仍未撤下"
            hint = "与授予单位核实；已撤销荣誉的填写撤下日期"
            yield "honour-of-listed", record_id, "subject_code", message, hint
        elif name and name in names:
            message = "与严重失信主体名单上的一位自然人同名，可能是同一人"
            hint = "与授予单位核实；是同一人并已撤销荣誉的填写撤下日期"
            yield "honour-of-listed", record_id, "name", message, hint


def _told_of(surveys: Sequence[Surveyed], resolved: Resolved) -> dict[str, dict[str, list[str]]]:
    """By the id of a published role model and its column: where the entries stand, not public today, it tells of."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in surveys:
        rows = dict(one.ids) if one.mentioned else {}
        for each in one.mentioned:
            if each.entry in resolved.reasons[one.kind] and each.model not in resolved.reasons[Kind.ROLE_MODEL]:
                place = f"{one.file} 第 {rows[each.entry]} 行"
                found.setdefault(each.model, {}).setdefault(each.column, []).append(place)
    return found


def _stories(one: Surveyed, told_of: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[Told]:
    """DL 35, 44, LY 15, 33: what is no longer told of a subject stands in a story yet."""
    for record_id in dict.fromkeys(story.id for story in one.stories):
        for column, places in told_of.get(record_id, {}).items():
            message = "文字里说到列入名单的事，而那条记录今天没有公开"
            more = f"等 {len(places)} 条" if len(places) > MOST_PLACES else ""
            hint = f"对照 {'、'.join(places[:MOST_PLACES])}{more}，请授予单位改写；不再公开的名单记录也不从事迹里说出来"
            yield TELLS_OF_LISTING, record_id, column, message, hint


def _starts(one: Surveyed, live: Fates) -> Iterator[Told]:
    """DL 35, LY 15: the term of an entry that is public now would start later than it did."""
    for record_id, start in one.watched.starts.items():
        before = live.starts.get(record_id)
        if before is not None and start > before:
            message = "披露期限的起算日比线上版本的晚，公示会因此延长"
            yield (
                "later-term-start",
                record_id,
                "act_ended_on",
                message,
                "核对起算日期：期限不因更新或者修复撤销而重新起算",
            )


def _revoked(one: Surveyed, live: Fates, facts: Facts, days: int) -> Iterator[Told]:
    """A decision is revoked, and after so many working days the live release still shows the entry."""
    shown = live.published.get(one.kind, frozenset())
    for record_id, day in one.watched.revoked.items():
        if record_id in shown:
            state, gone = state_of(day, facts, days), facts.calendar.passed(day, facts.as_of)
            if state is ClockState.OVERDUE:
                message = f"决定撤销已过 {gone.days} 个工作日，线上仍在公示，应在 {days} 个工作日内撤下"
            elif state is ClockState.UNKNOWN:
                message = f"决定已撤销，线上仍在公示；不知道是否已超过 {days} 个工作日：节假日表没有覆盖这一年"
            else:
                continue
            hint = "立即重新构建；来不及导出的先用 withhold 撤下"
            yield "revocation-waiting", record_id, RECORDED[one.kind].annulled, message, hint
