"""Cases worked by hand from a regulation's text: facts, and what they come to, as ``examples.yml`` tells them."""

from __future__ import annotations

import datetime as dt

import msgspec

from site_builder.law.text import ArticleRef
from site_builder.records.record import Record
from site_builder.rules.decision import OverlayOrder, Reason
from site_builder.rules.ruleset import Law
from site_builder.rules.watch import Clock


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a record on a day: its fate, every reason in order, the last day, the sentence of the term.

    ``last_day``, ``told``, the sentences the subject reads of its days, and ``warned``, the codes of what the webmaster
    is warned of, are unset where a case does not speak of them. ``articles`` are those it rests on.
    """

    published: bool
    reasons: tuple[Reason, ...] = ()
    last_day: dt.date | msgspec.UnsetType | None = msgspec.UNSET
    term_text: str = ""
    told: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    warned: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    articles: tuple[ArticleRef, ...] = ()


class LegalReading(msgspec.Struct, frozen=True):
    """One of several ways to read the law where no article settles it: why, and what follows."""

    why: str
    ruling: Ruling


class Worked(msgspec.Struct, frozen=True, kw_only=True):
    """What a person found: what it is about, its row in the file, by whom, when, and who looked at it again."""

    name: str
    row: int
    worked_by: str
    on: dt.date
    reviewed_by: str


class WorkedCase(Worked, frozen=True, kw_only=True):
    """A record and the days on which it comes to ``expected``, or, where that is disputed, to one of ``readings``.

    ``orders``: the overlay's, for this record. ``listed``: codes of published severe entries. ``codes``: other
    organisations' in the export. ``catalogue``: its items that are open, None where the export has no catalogue.
    ``applies``: the rules above the law that apply.
    """

    record: Record
    days: tuple[dt.date, ...]
    orders: tuple[OverlayOrder, ...]
    listed: frozenset[str]
    codes: frozenset[str]
    catalogue: frozenset[str] | None
    expected: Ruling | None
    readings: tuple[LegalReading, ...]
    applies: frozenset[str] = frozenset()


class WorkedDeadline(Worked, frozen=True, kw_only=True):
    """The last of the working days a regulation gives for something."""

    clock: Clock
    since: dt.date
    with_help: bool
    last_day: dt.date
    articles: tuple[ArticleRef, ...]


class Examples(msgspec.Struct, frozen=True):
    """All of a city's cases, in the file's order; ``above``: its law where such rules above it apply as they ask."""

    cases: tuple[WorkedCase, ...]
    deadlines: tuple[WorkedDeadline, ...]
    above: dict[frozenset[str], Law] = {}
