"""The disclosure term of a record (contract, section 3, “The term”), reckoned as the city's law says.

Ends are inclusive: n months from a day end on the same day n months later.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, assert_never

import msgspec

from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.numerals import to_numeral
from site_builder.records.record import Record, known_day
from site_builder.records.values import add_months
from site_builder.vocabulary import Level, TermStart

STARTS: Final = {
    TermStart.ACT_END: ("act_ended_on", "失信行为终止"),
    TermStart.SENTENCE_END: ("sentence_served_on", "刑罚执行完毕"),
    TermStart.LISTING: ("listed_on", "列入名单"),
    TermStart.DECISION: ("decided_on", "作出认定决定"),
    TermStart.PUBLICATION: ("published_on", "公示"),
}
"""The column of the day a term starts from, and what happens on it."""

_YEAR: Final = 12


class Ordinary(msgspec.Struct, frozen=True):
    """The city's own term, with a known start; where ``extended`` it goes on until the subject leaves the list."""

    start: dt.date
    last_day: dt.date
    extended: bool = False


class Special(msgspec.Struct, frozen=True):
    """A term another rule sets, with a known start; it is not extended."""

    start: dt.date
    last_day: dt.date


class NotBegun(msgspec.Struct, frozen=True):
    """The act goes on, or a sentence is being served: no last day yet. ``after`` is what it will run from."""

    after: TermStart


class Unknown(msgspec.Struct, frozen=True):
    """Nothing tells when the term starts."""


Term = Ordinary | Special | NotBegun | Unknown


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """How a city reckons terms.

    ``months``: its own term. ``start``: what that runs from, ``sentenced`` where a sentence was passed. ``extended``:
    at its end it goes on while the subject is on the list. ``always``: a special term wins over it whatever it is; else
    one that is shorter, or whose basis is of a level in ``wins``.
    """

    months: int
    start: TermStart
    sentenced: TermStart
    extended: bool
    wins: frozenset[Level]
    always: bool

    def of(self, entry: SevereEntry, as_of: dt.date) -> Term:
        """The term of an entry by what is known on ``as_of``."""
        special, ordinary = special_term(entry, as_of), self._ordinary(entry, as_of)
        if special is not None:
            shorter = ordinary is None or special.last_day <= ordinary.last_day
            if self.always or shorter or entry.term_level in self.wins:
                return special
        if ordinary is not None:
            return ordinary
        if entry.sentenced and self.sentenced is not self.start:
            return NotBegun(self.sentenced)
        return NotBegun(self.start) if entry.act_ongoing else Unknown()

    def last_day(self, entry: SevereEntry, as_of: dt.date) -> dt.date | None:
        """The last day of an entry's term, where it has one; an extended one only reads otherwise after it."""
        return last_day(self.of(entry, as_of))

    def public_until(self, entry: SevereEntry, as_of: dt.date) -> dt.date | None:
        """The last day an entry is shown on, where its term has one."""
        return public_until(self.of(entry, as_of))

    def text(self, term: Term, as_of: dt.date) -> str:
        """How a term reads on a day."""
        match term:
            case Ordinary(last_day=last, extended=True):
                return "披露期限依法延长至移出名单之日" if as_of > last else f"公示至 {last}，届满未移出的依法延长"
            case Special(last_day=last) | Ordinary(last_day=last):
                return f"公示至 {last}"
            case NotBegun(after=after):
                return f"自{STARTS[after][1]}之日起{span(self.months)}"
            case Unknown():
                return ""
            case _:
                assert_never(term)

    def _ordinary(self, entry: SevereEntry, as_of: dt.date) -> Ordinary | None:
        start = _day(entry, self.sentenced if entry.sentenced else self.start, as_of)
        return None if start is None else Ordinary(start, add_months(start, self.months), self.extended)


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """The term of a record that is no severe entry: until a day of its own, and so many months at most.

    ``until``: the column of that day. ``months`` run from the first day that is known among the columns ``starts``.
    """

    until: str = ""
    months: int = 0
    starts: tuple[str, ...] = ()

    def last_day(self, record: Record, as_of: dt.date) -> dt.date | None:
        """The last day by what is known on ``as_of``, where there is one: the earlier of the two."""
        ends = [known_day(record, self.until, as_of)] if self.until else []
        start = next((day for name in self.starts if (day := known_day(record, name, as_of)) is not None), None)
        if start is not None:
            ends.append(add_months(start, self.months))
        return min((day for day in ends if day is not None), default=None)


def special_term(entry: SevereEntry, as_of: dt.date) -> Special | None:
    """The entry's special term, where it has one and its own start is known on ``as_of``."""
    if entry.term_start is None or entry.term_months is None:
        return None
    start = _day(entry, entry.term_start, as_of)
    return None if start is None else Special(start, add_months(start, entry.term_months))


def last_day(term: Term) -> dt.date | None:
    """The last day of a term, where it has one; an extended one only reads otherwise after it."""
    return term.last_day if isinstance(term, (Ordinary, Special)) else None


def public_until(term: Term) -> dt.date | None:
    """The last day an entry is shown on, where its term has one; no other future date may be told."""
    return None if isinstance(term, Ordinary) and term.extended else last_day(term)


def span(months: int) -> str:
    """So many months as a regulation writes them: 五年, 三十六个月 where they are no whole years."""
    years, left = divmod(months, _YEAR)
    return f"{to_numeral(months)}个月" if left or not years else f"{to_numeral(years)}年"


def _day(entry: SevereEntry, start: TermStart, as_of: dt.date) -> dt.date | None:
    return known_day(entry, STARTS[start][0], as_of)
