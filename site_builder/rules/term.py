"""The disclosure term of a record (contract, section 3, “The term”), reckoned as the city's law says.

Ends are inclusive: n months from a day end on the same day n months later.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.numerals import to_numeral
from site_builder.records.record import Record, known_day
from site_builder.records.values import add_months
from site_builder.rules.above import BEYOND, Bounds, ClassBounds
from site_builder.rules.starts import STARTS, start_day
from site_builder.vocabulary import Level, TermStart

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


class Maximum(msgspec.Struct, frozen=True):
    """The longest a rule above the city's allows, where it ends before any other term does."""

    start: dt.date
    last_day: dt.date


class NotBegun(msgspec.Struct, frozen=True):
    """The act goes on, or a sentence is being served: no last day yet. ``after`` is what it will run from.

    ``special``: the months of the special term that will run, where it is one.
    """

    after: TermStart
    special: int | None = None


class Unknown(msgspec.Struct, frozen=True):
    """Nothing tells when the term starts."""


Term = Ordinary | Special | Maximum | NotBegun | Unknown


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """How a city reckons terms.

    ``months``: its own term. ``start``: what that runs from, ``sentenced`` where a sentence was passed. ``extended``:
    at its end it goes on while the subject is on the list. ``always``: a special term wins over it whatever it is; else
    one that is shorter, or whose basis is of a level in ``wins``. ``above``: what a rule above the city's sets, where
    one applies.
    """

    months: int
    start: TermStart
    sentenced: TermStart
    extended: bool
    wins: frozenset[Level]
    always: bool
    above: Bounds | None = None

    def of(self, entry: SevereEntry, as_of: dt.date) -> Term:
        """The term that decides, by what is known on ``as_of``: the city's, or the maximum where that ends earlier."""
        own, maximum = self.own(entry, as_of), self.maximum(entry, as_of)
        if maximum is None or isinstance(own, Unknown):
            return own
        last = public_until(own)
        return maximum if last is None or maximum.last_day < last else own

    def maximum(self, entry: SevereEntry, as_of: dt.date) -> Maximum | None:
        """The longest a rule above allows; none where the entry goes on, or its special term is of so high a level."""
        if self.above is None or self.stands_alone(entry, as_of):
            return None
        start, last = start_day(entry, self.above.maximum.start, as_of), self.above.last_day(entry, as_of)
        return None if start is None or last is None else Maximum(start, last)

    def stands_alone(self, entry: SevereEntry, as_of: dt.date) -> bool:
        """Whether the entry's special term is of a level that the maximum yields to."""
        yields = self.above is not None and entry.term_level in self.above.yields_to
        return yields and is_special(self.own(entry, as_of))

    def own(self, entry: SevereEntry, as_of: dt.date) -> Term:
        """The term by the city's law alone, or a special one: without the maximum of a rule above."""
        special, ordinary = special_term(entry, as_of), self.ordinary(entry, as_of)
        if special is not None:
            shorter = not isinstance(ordinary, Ordinary) or special.last_day <= ordinary.last_day
            if shorter or self._wins(entry) or (self.always and (self.above is None or self.extended)):
                return special
        to_come = self._special_to_come(entry) if isinstance(ordinary, NotBegun) else None
        return to_come or ordinary

    def ends(self, entry: SevereEntry, as_of: dt.date) -> tuple[dt.date, ...]:
        """The last days of the terms of an entry, those that have one; an extended one only reads otherwise after."""
        terms = (self.own(entry, as_of), self.maximum(entry, as_of))
        return tuple(last for one in terms if one is not None and (last := last_day(one)) is not None)

    def own_until(self, entry: SevereEntry, as_of: dt.date) -> dt.date | None:
        """The last day an entry is shown on by the city's law, or a special term, where that has one."""
        return public_until(self.own(entry, as_of))

    def text(self, term: Term, as_of: dt.date) -> str:
        """How a term reads on a day."""
        match term:
            case Ordinary(last_day=last, extended=True):
                return "披露期限依法延长至移出名单之日" if as_of > last else f"公示至 {last}，届满未移出的依法延长"
            case Special(last_day=last) | Ordinary(last_day=last) | Maximum(last_day=last):
                return f"公示至 {last}"
            case NotBegun(after=after, special=months):
                lasts = span(self.months) if months is None else f"{to_numeral(months)}个月"
                return f"自{STARTS[after][1]}之日起{lasts}"
            case Unknown():
                return ""

    def _special_to_come(self, entry: SevereEntry) -> NotBegun | None:
        """The special term of an entry that is taken once it starts; nobody serves a sentence that was not passed."""
        if entry.term_start is None or entry.term_months is None:
            return None
        never = entry.term_start is TermStart.SENTENCE_END and not entry.sentenced
        taken = self.always or self._wins(entry) or entry.term_months <= self.months
        return NotBegun(entry.term_start, entry.term_months) if taken and not never else None

    def _wins(self, entry: SevereEntry) -> bool:
        """Whether the basis of the special term is of a level that wins, by the city's law or a rule above."""
        return entry.term_level in (self.wins | self.above.yields_to if self.above is not None else self.wins)

    def ordinary(self, entry: SevereEntry, as_of: dt.date) -> Ordinary | NotBegun | Unknown:
        """The term the city itself sets, whatever else is set."""
        start = start_day(entry, self.sentenced if entry.sentenced else self.start, as_of)
        if start is not None:
            return Ordinary(start, add_months(start, self.months), self.extended)
        serving = entry.sentenced and self.sentenced is not self.start
        if not serving and not entry.act_ongoing:
            return Unknown()
        return NotBegun(self.sentenced if serving else self.start)


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """The term of a record that is no severe entry: until a day of its own, and so many months at most.

    ``until``: the column of that day. ``months`` run from the first day that is known among the columns ``starts``.
    ``above``: what a rule above the city's sets by class, where one applies.
    """

    until: str = ""
    months: int = 0
    starts: tuple[str, ...] = ()
    above: ClassBounds | None = None

    def last_day(self, record: Record, as_of: dt.date) -> dt.date | None:
        """The last day by what is known on ``as_of``, where there is one: the earliest of all."""
        return min(self.ends(record, as_of), default=None)

    def own(self, record: Record, as_of: dt.date) -> dt.date | None:
        """The last day by the city's law and the record alone: the earlier of the two."""
        ends = [known_day(record, self.until, as_of)] if self.until else []
        start = next((day for name in self.starts if (day := known_day(record, name, as_of)) is not None), None)
        if start is not None:
            ends.append(add_months(start, self.months))
        return min((day for day in ends if day is not None), default=None)

    def ends(self, record: Record, as_of: dt.date) -> tuple[dt.date, ...]:
        """The last days by what is known on ``as_of``: the city's, and that of a rule above."""
        above = self.above.last_day(record, as_of) if self.above is not None else None
        return tuple(day for day in (self.own(record, as_of), above) if day is not None)


def special_term(entry: SevereEntry, as_of: dt.date) -> Special | None:
    """The entry's special term, where it has one and its own start is known on ``as_of``."""
    if entry.term_start is None or entry.term_months is None:
        return None
    start = start_day(entry, entry.term_start, as_of)
    return None if start is None else Special(start, add_months(start, entry.term_months))


def is_special(term: Term) -> bool:
    """Whether the term is a special one, begun or not."""
    return isinstance(term, Special) or (isinstance(term, NotBegun) and term.special is not None)


def ends_alone(term: Term) -> bool:
    """Whether the term is one another rule sets, begun or not: it ends without the subject's leaving the list."""
    return is_special(term) or isinstance(term, Maximum)


def last_day(term: Term) -> dt.date | None:
    """The last day of a term, where it has one; an extended one only reads otherwise after it."""
    return term.last_day if isinstance(term, (Ordinary, Special, Maximum)) else None


def public_until(term: Term) -> dt.date | None:
    """The last day an entry is shown on, where its term has one; no other future date may be told."""
    return None if isinstance(term, Ordinary) and term.extended else last_day(term)


def waits_for(term: Term) -> str:
    """Why a term has no last day: what it will run from, or else that it goes on past the maximum."""
    return term.after if isinstance(term, NotBegun) else BEYOND


def span(months: int) -> str:
    """So many months as a regulation writes them: 五年, 三十六个月 where they are no whole years."""
    years, left = divmod(months, _YEAR)
    return f"{to_numeral(months)}个月" if left else f"{to_numeral(years)}年"
