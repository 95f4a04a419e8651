"""What the regulations ask of the office today: what should be public and is not, what should be off, what is due.

Private, for the webmaster alone; ids, days, reasons and articles, never a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
import datetime as dt
import enum
from typing import Final

import msgspec

from site_builder.decide.resolve import Resolved
from site_builder.decide.survey import Surveyed
from site_builder.errors import Finding, Place
from site_builder.kinds.record import RECORDED
from site_builder.release.guards import Fates
from site_builder.rules.clocks import UNKNOWN_YEAR
from site_builder.rules.decision import MENDABLE, Facts, Reason
from site_builder.rules.ruleset import RuleSet
from site_builder.rules.watch import Clock
from site_builder.vocabulary import Kind

AHEAD: Final = dt.timedelta(days=60)
"""How long before the end of the known arrangements of holidays ``check`` begins to warn."""

TO_ARCHIVE: Final = "to-archive"
"""The code by which a city asks for an archive of what is past its term."""

HOLIDAYS: Final = "holidays.yml"


class ClockState(enum.StrEnum):
    """Where a clock stands."""

    IN_TIME = "in_time"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"


STATES: Final = {ClockState.IN_TIME: "期内", ClockState.OVERDUE: "超期", ClockState.UNKNOWN: "不知道"}
CLOCKS: Final = {
    Clock.OBJECTION: "异议处理",
    Clock.REVOCATION: "撤销后撤下",
    Clock.REPORT: "事项办结后报送",
    Clock.PUBLISH: "行政决定作出后公示",
}
NOTED_LATE: Final = frozenset({Clock.REPORT, Clock.PUBLISH})
"""What is noted only where it came late."""


class Owed(msgspec.Struct, frozen=True):
    """A record that should be public and is not (only mendable ``reasons``), or is public and should be off.

    What the law itself forbids to show is owed to nobody.
    """

    kind: Kind
    id: str
    reasons: tuple[Reason, ...]
    articles: tuple[str, ...]


class Due(msgspec.Struct, frozen=True):
    """Something with a number of working days. ``last_day`` is None past the table of holidays."""

    clock: Clock
    kind: Kind
    id: str
    since: dt.date
    days: int
    last_day: dt.date | None
    state: ClockState
    articles: tuple[str, ...]


class Archived(msgspec.Struct, frozen=True):
    """How many records of a kind are past their term, to be moved to the archive (LY 15) and not deleted (LY 33)."""

    kind: Kind
    count: int
    articles: tuple[str, ...]


class Duties(msgspec.Struct, frozen=True, kw_only=True):
    """应公示未公示, 应撤未撤, 应转档, and the statutory clocks."""

    unpublished: tuple[Owed, ...]
    standing: tuple[Owed, ...]
    clocks: tuple[Due, ...]
    archived: tuple[Archived, ...] = ()


def duties(surveys: Sequence[Surveyed], resolved: Resolved, rules: RuleSet, live: Fates | None) -> Duties:
    """What is owed on the day of the facts; ``live`` is what the live release publishes, where there is one."""
    by_reason = {kind: {rule.reason: rule.articles for rule in rules.kinds[kind].rules} for kind in resolved.counts}
    unpublished: list[Owed] = []
    standing: list[Owed] = []
    for kind, reasons in resolved.reasons.items():
        shown = live.published.get(kind, frozenset()) if live is not None else frozenset()
        for record_id, why in sorted(reasons.items()):
            articles = tuple(dict.fromkeys(one for reason in why for one in by_reason[kind][reason]))
            if set(why) <= MENDABLE:
                unpublished.append(Owed(kind, record_id, why, (*rules.kinds[kind].duties, *articles)))
            if record_id in shown:
                standing.append(Owed(kind, record_id, why, articles))
    return Duties(
        unpublished=tuple(unpublished),
        standing=tuple(standing),
        clocks=tuple(
            sorted(_clocks(surveys, rules, live, resolved.facts), key=lambda one: (one.clock, one.since, one.id))
        ),
        archived=tuple(_archived(resolved, rules)),
    )


def _archived(resolved: Resolved, rules: RuleSet) -> Iterator[Archived]:
    """What tells of dishonesty (so it may be repaired) and is past its term, where the law asks for an archive."""
    for articles in (one.articles for one in rules.cross_watches if one.code == TO_ARCHIVE):
        for kind, reasons in resolved.reasons.items():
            over = sum(Reason.EXPIRED in why for why in reasons.values())
            if over and "repaired_on" in RECORDED[kind].record.__struct_fields__:
                yield Archived(kind, over, articles)


def _clocks(surveys: Sequence[Surveyed], rules: RuleSet, live: Fates | None, facts: Facts) -> Iterator[Due]:
    for one in surveys:
        shown = live.published.get(one.kind, frozenset()) if live is not None else frozenset()
        for run in one.watched.running:
            articles = rules.clocks[run.clock].articles
            last = facts.calendar.last_day(run.since, run.days)
            state = ClockState.OVERDUE if run.clock in NOTED_LATE else state_of(run.since, facts, run.days)
            yield Due(run.clock, one.kind, run.id, run.since, run.days, last, state, articles)
        for record_id, day in one.watched.revoked.items():
            if record_id in shown and Clock.REVOCATION in rules.clocks:
                given = rules.clocks[Clock.REVOCATION]
                last, state = facts.calendar.last_day(day, given.days), state_of(day, facts, given.days)
                yield Due(Clock.REVOCATION, one.kind, record_id, day, given.days, last, state, given.articles)


def state_of(since: dt.date, facts: Facts, days: int) -> ClockState:
    """Where a clock of working days stands on the day of the facts."""
    gone = facts.calendar.passed(since, facts.as_of)
    if gone.days > days:
        return ClockState.OVERDUE
    return ClockState.IN_TIME if gone.known else ClockState.UNKNOWN


def calendar_end(facts: Facts) -> Iterator[Finding]:
    """A warning from ``AHEAD`` days before the last day of which it is known whether it is worked."""
    last = facts.calendar.known_through(facts.as_of)
    if last is None:
        message = f"没有 {facts.as_of.year} 年的放假安排，异议、撤销和报送的工作日算不出来"
    elif last - facts.as_of <= AHEAD:
        left = (last - facts.as_of).days
        message = f"放假安排只到 {last}，还有 {left} 天；之后异议、撤销和报送的工作日算不出来"
    else:
        return
    yield Finding("holidays-end", Place(HOLIDAYS), message, UNKNOWN_YEAR, warning=True)
