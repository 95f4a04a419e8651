"""The disclosure term of a severe entry (DL 35, LY 15; contract, section 3, “The term”).

Ends are inclusive: n months from day s end on the same day n months later.
"""

from __future__ import annotations

from collections.abc import Callable
import datetime as dt
from typing import assert_never

import msgspec

from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.records.values import add_months
from site_builder.vocabulary import Level, TermStart

FIVE_YEARS = 60
"""The ordinary term in months (DL 35(1), LY 15)."""

OVERRIDING = (Level.LAW, Level.ADMINISTRATIVE_REGULATION)
"""Bases that may set a term longer than 凌源's five years (LY 15)."""


class Ordinary(msgspec.Struct, frozen=True):
    """Five years from a known start; in 大连 it is extended while the subject stays on the list (DL 35(2))."""

    start: dt.date
    last_day: dt.date


class Special(msgspec.Struct, frozen=True):
    """A term another rule sets, with a known start; it is not extended."""

    start: dt.date
    last_day: dt.date


class NotBegun(msgspec.Struct, frozen=True):
    """The act goes on, or in 大连 a sentence is being served: no last day yet. ``after`` is what it will run from."""

    after: TermStart


class Unknown(msgspec.Struct, frozen=True):
    """Nothing tells when the term starts."""


Term = Ordinary | Special | NotBegun | Unknown
TermOf = Callable[[SevereEntry], Term]
TermText = Callable[[Term, dt.date], str]


def special_term(entry: SevereEntry) -> Special | None:
    """The entry's special term, where it has one and its own start is known."""
    if entry.term_start is None or entry.term_months is None:
        return None
    match entry.term_start:
        case TermStart.ACT_END:
            start = entry.act_ended_on
        case TermStart.SENTENCE_END:
            start = entry.sentence_served_on
        case TermStart.LISTING:
            start = entry.listed_on
        case TermStart.DECISION:
            start = entry.decided_on
        case TermStart.PUBLICATION:
            start = entry.published_on
        case _:
            assert_never(entry.term_start)
    return None if start is None else Special(start, add_months(start, entry.term_months))


def ordinary_term(start: dt.date | None) -> Ordinary | None:
    """Five years from ``start``, where it is known."""
    return None if start is None else Ordinary(start, add_months(start, FIVE_YEARS))


def dalian_term(entry: SevereEntry) -> Term:
    """DL 35: five years from the end of the act, or of the sentence where one was passed; a special term wins."""
    special = special_term(entry)
    if special is not None:
        return special
    start = entry.sentence_served_on if entry.sentenced else entry.act_ended_on
    ordinary = ordinary_term(start)
    if ordinary is not None:
        return ordinary
    if entry.sentenced:
        return NotBegun(TermStart.SENTENCE_END)
    return NotBegun(TermStart.ACT_END) if entry.act_ongoing else Unknown()


def lingyuan_term(entry: SevereEntry) -> Term:
    """LY 15: at most five years from the end of the act, unless a law or administrative regulation says otherwise."""
    special = special_term(entry)
    ordinary = ordinary_term(entry.act_ended_on)
    if special is not None and (
        ordinary is None or special.last_day <= ordinary.last_day or entry.term_level in OVERRIDING
    ):
        return special
    if ordinary is not None:
        return ordinary
    return NotBegun(TermStart.ACT_END) if entry.act_ongoing else Unknown()


def last_day(term: Term) -> dt.date | None:
    """The last day of a term, where it has one."""
    return term.last_day if isinstance(term, (Ordinary, Special)) else None


def public_until(term: Term, *, ordinary_ends: bool) -> dt.date | None:
    """The last day that may be told: of a special term, or of 凌源's five years; no other future date (contract, 3)."""
    return last_day(term) if ordinary_ends or isinstance(term, Special) else None


def dalian_text(term: Term, as_of: dt.date) -> str:
    """How the term reads in 大连."""
    match term:
        case Special(last_day=last):
            return f"公示至 {last}"
        case Ordinary(last_day=last):
            return "披露期限依法延长至移出名单之日" if as_of > last else f"公示至 {last}，届满未移出的依法延长"
        case NotBegun(after=TermStart.SENTENCE_END):
            return "自刑罚执行完毕之日起五年"
        case NotBegun():
            return "自失信行为终止之日起五年"
        case Unknown():
            return ""
        case _:
            assert_never(term)


def lingyuan_text(term: Term, _as_of: dt.date) -> str:
    """How the term reads in 凌源."""
    match term:
        case Special(last_day=last) | Ordinary(last_day=last):
            return f"公示至 {last}"
        case NotBegun():
            return "自失信行为终止之日起五年"
        case Unknown():
            return ""
        case _:
            assert_never(term)
