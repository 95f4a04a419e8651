"""What the webmaster is told beside what is decided: the city's watches, and what they need to know across records.

Nothing here withholds or refuses, and no message repeats a value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
import datetime as dt
import re
from typing import Final

import msgspec

from site_builder.errors import Finding, Place
from site_builder.export.rows import Row
from site_builder.kinds.record import RECORDED
from site_builder.kinds.role_models import rules as role_models
from site_builder.kinds.role_models.record import RoleModel
from site_builder.kinds.severe_list import rules as severe_list
from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.law.articles import articles
from site_builder.records.record import Record, unit_of
from site_builder.rules.clocks import running_objections
from site_builder.rules.decision import Facts, Reason
from site_builder.rules.private_text import digest, free_texts, private_text, withholds
from site_builder.rules.ruleset import RuleSet
from site_builder.rules.term import Ordinary, Special, Terms
from site_builder.rules.watch import Clock
from site_builder.rules.workdays import Calendar
from site_builder.vocabulary import Disclosure


class Running(msgspec.Struct, frozen=True):
    """Something with a number of working days: what, whose record, since when, how many days."""

    clock: Clock
    id: str
    since: dt.date
    days: int


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """What a shard's records mean for the reports; it lives in memory alone.

    ``listed``: codes (upper case) and names of natural persons whose entry stands. ``honours``: (id, code, name of a
    natural person) of honours that stand. ``starts``: the first day of each entry's term. ``revoked``: the day each
    revoked entry was. ``running``: what has a number of working days by the city's clocks. ``units``: by id the unit
    that answers for a record there is something to be said of. ``past_maximum``:
    entries past the maximum of a rule above that nobody has answered on.
    """

    listed_codes: frozenset[str]
    listed_names: frozenset[str]
    honours: tuple[tuple[str, str, str], ...]
    starts: dict[str, dt.date]
    revoked: dict[str, dt.date]
    running: tuple[Running, ...]
    units: dict[str, str] = {}
    past_maximum: tuple[str, ...] = ()


NAMED: Final = ("subject_name", "name", "title", "item")
"""The columns a record is called by, whatever its kind."""

_UNSEEN: Final = re.compile(
    "[\u061c\u115f\u1160\u200e\u200f\u202a-\u202e\u2066-\u2069\u2800\u3164\uffa0\U000e0000-\U000e007f]"
)
"""Bidirectional controls, fillers, the blank of Braille and tag characters (Unicode 15, chapters 23 and 18)."""

NOTHING_WATCHED: Final = Watched(
    listed_codes=frozenset(), listed_names=frozenset(), honours=(), starts={}, revoked={}, running=()
)


def warning(code: str, by: tuple[str, ...], rules: RuleSet, place: Place, message: str, hint: str) -> Finding:
    """What was found, with its articles at the end of the hint."""
    return Finding(code, place, message, f"{hint}（{articles(by, rules.names)}）", warning=True, articles=by)


def warnings(
    rows: Iterable[Row], file: str, rules: RuleSet, facts: Facts, forbidden: Collection[str]
) -> Iterator[Finding]:
    """What the city's watches find in each record; of the ``forbidden`` ids the law forbids to show.

    Those are not to be completed: a watch that finds a column of theirs empty finds nothing.
    """
    for row in rows:
        if row.record is None:
            continue
        for watch in rules.watches:
            for one in watch.finds(row.record, facts):
                if row.record.id in forbidden and not _given(row.record, one.column, facts):
                    continue
                place = Place(file, row.number, one.column)
                yield warning(watch.code, watch.articles, rules, place, one.message, one.hint)


def _given(record: Record, column: str, facts: Facts) -> bool:
    """Whether a column holds anything, or the overlay says something beside it."""
    return getattr(record, column) not in (None, "", (), False) or bool(facts.orders_of(record))


def unseen_warnings(rows: Iterable[Row], file: str) -> Iterator[Finding]:
    """Names that hold what turns the writing's direction, tag characters or fillers: they look like another name."""
    for row in rows:
        if row.record is not None and _UNSEEN.search(row.record.name):
            column = next(one.name for one in RECORDED[row.record.kind].columns if one.required and one.name in NAMED)
            message = "名称里有看不见的字符（改变书写方向的、标签字符或者填充字符），看上去会是另一个名称"
            hint = "与证照核对，重新输入这个名称"
            yield Finding("unseen-in-name", Place(file, row.number, column), message, hint, warning=True)


def private_warnings(rows: Iterable[Row], file: str, rules: RuleSet, facts: Facts) -> Iterator[Finding]:
    """What the texts of records open to the public tell of a person, and the waivers that their texts have outgrown.

    With the national articles stand those of the city's own rule for personal data.
    """
    waived = {record_id for record_id, _, _ in facts.waived}
    for row in rows:
        record = row.record
        if record is None or record.disclosure is not Disclosure.PUBLIC:
            continue
        view = rules.kinds[record.kind].view(record, facts)
        own = next((one.articles for one in rules.kinds[record.kind].rules if one.reason is Reason.PERSONAL_DATA), ())
        for told in private_text(view, rules.private, facts):
            by, place = (*told.kind.articles, *own), Place(file, row.number, told.column)
            if withholds(view):
                message = f"写到了个人的「{told.kind.label}」，这一条不公开"
                hint = "请提供单位改写这一栏，只留认定所必需的内容；确属误认的，由第二个人用 waive 放行这一栏"
                yield warning("private-text", by, rules, place, message, hint)
            else:
                message = f"可能写到了个人的「{told.kind.label}」，组织的记录照常公开"
                hint = "核对这一栏；写到个人的，请提供单位改写"
                yield warning("private-text-of-organisation", by, rules, place, message, hint)
        if record.id.lower() in waived:
            now = {(name, digest(text)) for name, text in free_texts(view)}
            for record_id, column, of in sorted(facts.waived):
                if record_id == record.id.lower() and (column, of) not in now:
                    message = "waivers.yml 里的放行是对另一份文字的，已经无效"
                    hint = "重新看过现在的文字，仍要放行的用 waive 再签；否则从 waivers.yml 里去掉"
                    yield Finding("waiver-void", Place(file, row.number, column), message, hint, warning=True)


def watched(records: Sequence[Record], rules: RuleSet, facts: Facts, named: AbstractSet[str]) -> Watched:
    """What these records mean for the reports; ``named`` are ids of which something is to be said beside."""
    entries = [one for one in records if isinstance(one, SevereEntry)]
    models = [one for one in records if isinstance(one, RoleModel)]
    standing = [one for one in entries if severe_list.stands(one, facts)]
    terms = [(one.id, rules.terms.own(one, facts.as_of)) for one in entries]
    running = [
        Running(Clock.OBJECTION, one.id, since, days)
        for one in records
        if Clock.OBJECTION in rules.clocks
        for since, days in running_objections(one, facts, rules.clocks[Clock.OBJECTION])
    ]
    if Clock.REPORT in rules.clocks:
        running += _late(Clock.REPORT, records, facts.calendar, rules.clocks[Clock.REPORT].days)
    if Clock.PUBLISH in rules.clocks:
        running += _late(Clock.PUBLISH, records, facts.calendar, rules.clocks[Clock.PUBLISH].days)
    revoked = {one.id: day for one in records if (day := _annulled(one)) is not None and day <= facts.as_of}
    named = named | revoked.keys() | {one.id for one in running}
    return Watched(
        listed_codes=frozenset(one.subject_code.upper() for one in standing if one.subject_code),
        listed_names=frozenset(one.subject_name for one in standing if one.is_person),
        honours=tuple(
            (one.id, one.subject_code.upper(), one.name if one.is_person else "")
            for one in models
            if role_models.stands(one, facts)
        ),
        starts={record_id: term.start for record_id, term in terms if isinstance(term, (Ordinary, Special))},
        revoked=revoked,
        running=tuple(running),
        units={one.id: unit_of(one, RECORDED[one.kind].unit) for one in records if one.id in named},
        past_maximum=tuple(_past_maximum(entries, rules.weighed, facts)) if rules.weighed is not None else (),
    )


def _past_maximum(entries: Iterable[SevereEntry], terms: Terms, facts: Facts) -> Iterator[str]:
    for one in entries:
        maximum = terms.maximum(one, facts.as_of)
        if maximum is not None and facts.as_of > maximum.last_day:
            yield one.id


def _annulled(record: Record) -> dt.date | None:
    """The day the decision a record rests on stopped standing, where its leaving is counted from then."""
    column = RECORDED[record.kind].annulled
    day: dt.date | None = getattr(record, column) if column else None
    return day


def _late(clock: Clock, records: Iterable[Record], calendar: Calendar, days: int) -> Iterator[Running]:
    """Matters made public later than so many working days after they ended, or decisions after they were made.

    The past of the table of holidays is left alone.
    """
    for one in records:
        column = RECORDED[one.kind].ended if clock is Clock.REPORT else RECORDED[one.kind].decided
        ended: dt.date | None = getattr(one, column) if column else None
        if (
            one.disclosure is Disclosure.PUBLIC
            and ended is not None
            and calendar.more_than(days, ended, one.published_on)
        ):
            yield Running(clock, one.id, ended, days)
