"""Disclosure terms as a city's ``rules.yml`` gives them: from which day, for how many months, what wins over it.

Ends are inclusive: n months from a day end on the same day n months later.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, assert_never

import msgspec

from site_builder.config.fields import Fields
from site_builder.records.values import add_months
from site_builder.vocabulary import Level, TermStart

LONGEST: Final = 1200
"""Months a term may have at most."""


class Ordinary(msgspec.Struct, frozen=True):
    """The city's own term. ``last_day`` is its end; where ``extended`` it goes on until the subject is removed."""

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

STARTS: Final = {
    TermStart.ACT_END: "act_ended_on",
    TermStart.SENTENCE_END: "sentence_served_on",
    TermStart.LISTING: "listed_on",
    TermStart.DECISION: "decided_on",
    TermStart.PUBLICATION: "published_on",
}
"""The column of the day a term starts from."""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """How a city reckons the term of an entry.

    ``start`` is what its own term runs from, ``sentenced`` what it runs from where a sentence was passed. ``wins``: the
    levels of a special term's basis that win over the city's own whatever their length; a shorter one always does, and
    any where ``always``.
    """

    months: int
    start: TermStart
    sentenced: TermStart
    extended: bool
    wins: frozenset[Level]
    always: bool

    def of(self, entry: Any) -> Term:
        """The term of an entry."""
        special, ordinary = _special(entry), self._ordinary(entry)
        if special is not None:
            shorter = ordinary is None or special.last_day <= ordinary.last_day
            if self.always or shorter or entry.term_level in self.wins:
                return special
        if ordinary is not None:
            return ordinary
        if entry.sentenced and self.sentenced is not self.start:
            return NotBegun(self.sentenced)
        return NotBegun(self.start) if entry.act_ongoing else Unknown()

    def _ordinary(self, entry: Any) -> Ordinary | None:
        start = getattr(entry, STARTS[self.sentenced if entry.sentenced else self.start])
        return None if start is None else Ordinary(start, add_months(start, self.months), self.extended)


def read_terms(fields: Fields) -> Terms:
    """The mapping ``term`` of ``rules.yml``. Notes every fault."""
    words = tuple(TermStart)
    start = TermStart(fields.choice("from", words, required=True, default=TermStart.ACT_END))
    wins = fields.choices("special_wins", ("always", *Level))
    found = Terms(
        months=fields.number("months", required=True, maximum=LONGEST),
        start=start,
        sentenced=TermStart(fields.choice("when_sentenced", words, default=start)),
        extended=fields.choice("at_end", ("extend", "stop"), required=True) == "extend",
        wins=frozenset(Level(one) for one in wins if one != "always"),
        always="always" in wins,
    )
    fields.finish()
    return found


def unknown(term: Term) -> bool:
    """Whether nothing tells when a term starts."""
    return isinstance(term, Unknown)


def over(term: Term, as_of: dt.date) -> bool:
    """Whether the last day of a term has passed; one that is extended has none."""
    last = last_day(term)
    return last is not None and as_of > last


def last_day(term: Term) -> dt.date | None:
    """The last day that may be told."""
    match term:
        case Special(last_day=last):
            return last
        case Ordinary(last_day=last, extended=extended):
            return None if extended else last
        case NotBegun() | Unknown():
            return None
        case _:
            assert_never(term)


def _special(entry: Any) -> Special | None:
    """The entry's special term, where it has one and its own start is known."""
    if entry.term_start is None or entry.term_months is None:
        return None
    start = getattr(entry, STARTS[entry.term_start])
    return None if start is None else Special(start, add_months(start, entry.term_months))

