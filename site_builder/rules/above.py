"""Rules that rank above a city's: what they set for the severe list and for penalties, and what subjects are told."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import msgspec

from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.records.record import known_day
from site_builder.records.values import add_months
from site_builder.rules.empty import CITED
from site_builder.rules.starts import start_day
from site_builder.vocabulary import Gravity, Level, Procedure, TermStart

BEYOND: Final = "beyond_maximum"
"""Why an entry that goes on past the maximum has no last day."""


class Limit(msgspec.Struct, frozen=True):
    """So many months from a day of the entry."""

    months: int
    start: TermStart

    def day(self, entry: SevereEntry, as_of: dt.date) -> dt.date | None:
        """The last of them, where the day they run from is known."""
        start = start_day(entry, self.start, as_of)
        return None if start is None else add_months(start, self.months)


class AboveWords(msgspec.Struct, frozen=True, kw_only=True):
    """What the subject is told, with ``{日}`` for the day and ``{原因}`` for the reason.

    ``repair_from``: from when repair may be asked for. ``shown_until``: the last day. ``no_day``: that there is none
    yet, and ``why``, by what the term waits for, or ``beyond_maximum``.
    """

    repair_from: str
    shown_until: str
    no_day: str
    why: dict[str, str]


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule above the city's sets for the severe list where it applies (《信用修复管理办法》).

    ``rule``: its machine name. ``maximum``: the longest an entry is shown. ``minimum``: how long before repair may be
    asked for. ``yields_to``: the levels of a special term that stands alone, whatever the maximum.
    """

    rule: str
    maximum: Limit
    minimum: Limit
    yields_to: frozenset[Level]
    words: AboveWords

    def last_day(self, entry: SevereEntry, as_of: dt.date) -> dt.date | None:
        """The last day the maximum allows by what is known on ``as_of``; None where it goes on with no end known.

        It goes on only where the sector's own rule is cited and the act is not corrected, or the duties not fulfilled;
        until the day that rule sets, if any.
        """
        last = self.maximum.day(entry, as_of)
        if last is None or not self.goes_on(entry, as_of):
            return last
        return None if entry.beyond_maximum_until is None else max(last, entry.beyond_maximum_until)

    def goes_on(self, entry: SevereEntry, as_of: dt.date) -> bool:
        """Whether an entry may be shown past the maximum."""
        return may_go_on(entry, as_of)


def may_go_on(record: Any, as_of: dt.date) -> bool:  # noqa: ANN401 (an entry or a penalty)
    """Whether a record may be shown past a maximum: something is undone, and the sector's rule is cited."""
    undone = None in (known_day(record, name, as_of) for name in ("act_corrected_on", "duties_fulfilled_on"))
    return undone and CITED.search(record.beyond_maximum_basis) is not None


class ClassLimit(msgspec.Struct, frozen=True):
    """How long conduct of a class is shown: the months at least and at most, and whether it is shown at all."""

    minimum: int
    maximum: int
    shown: bool


class ClassBounds(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule above the city's sets for penalties where it applies, by the class of the conduct.

    ``rule``: its machine name. ``start``: the column of the day the months run from. ``articles`` and ``questions``, by
    the name of the reason: of the rules that withhold.
    """

    rule: str
    start: str
    limits: dict[Gravity, ClassLimit]
    articles: dict[str, tuple[str, ...]] = {}
    questions: dict[str, str] = {}

    def unknown(self, record: Any) -> bool:  # noqa: ANN401 (a penalty)
        """Whether neither the office nor a sector's standard tells the class, and the procedure does not either."""
        return record.gravity is None and record.procedure is not Procedure.SUMMARY

    def not_shown(self, record: Any) -> bool:  # noqa: ANN401 (as above)
        """Whether the conduct is of a class that is not shown; a summary procedure is for the least of them."""
        limit = self._limit(record)
        return record.procedure is Procedure.SUMMARY or (limit is not None and not limit.shown)

    def last_day(self, record: Any, as_of: dt.date) -> dt.date | None:  # noqa: ANN401 (as above)
        """The last day its maximum allows; None where the class is not known, or the record goes on with no end."""
        limit = self._limit(record)
        if limit is None:
            return None
        last = add_months(getattr(record, self.start), limit.maximum)
        if not may_go_on(record, as_of):
            return last
        return None if record.beyond_maximum_until is None else max(last, record.beyond_maximum_until)

    def minimum_day(self, record: Any) -> dt.date | None:  # noqa: ANN401 (as above)
        """The last day on which its repair may not yet be asked for."""
        limit = self._limit(record)
        return None if limit is None or not limit.minimum else add_months(getattr(record, self.start), limit.minimum)

    def _limit(self, record: Any) -> ClassLimit | None:  # noqa: ANN401 (as above)
        return self.limits.get(record.gravity)


class Norm(msgspec.Struct, frozen=True, kw_only=True):
    """An instrument that ranks above a city's.

    ``rule``: the machine name by which a site answers whether it applies; empty where the text has not been read and
    nothing is set. ``code`` and ``short`` call its articles. ``applies_to``: how the division codes it is for begin.
    ``since`` and ``until``: the days it is in force, both inclusive. ``text``: the file of its text or digest, from its
    layer's folder. ``question`` and ``articles``: of the rule that withholds what is past its maximum. ``classes``:
    what it sets for penalties.
    """

    layer: str
    title: str
    rank: Level
    issued: dt.date
    source: str
    applies_to: str
    rule: str = ""
    code: str = ""
    short: str = ""
    number: str = ""
    since: dt.date = dt.date.min
    until: dt.date = dt.date.max
    text: str = ""
    bounds: Bounds | None = None
    question: str = ""
    articles: tuple[str, ...] = ()
    classes: ClassBounds | None = None

    def in_force(self, day: dt.date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day <= self.until


class StatutoryList(msgspec.Struct, frozen=True, kw_only=True):
    """A list that exists by law: what it rests on, who keeps it, how grave what it tells is, and who says so.

    ``rules``: the sector's own. ``own_minimum``: what those say of how soon a subject may leave, where they do.
    ``term``: the term they set.
    """

    name: str
    basis: tuple[str, ...]
    rules: str
    authority: str
    severe: bool
    own_minimum: str
    term: Limit | None
    source: str

    @property
    def grave(self) -> bool:
        """Whether it tells of severe acts, and its sector sets no minimum of its own."""
        return self.severe and not self.own_minimum
