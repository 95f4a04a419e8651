"""A city's rules: what it decides about each kind, its terms, and what it watches for."""

from __future__ import annotations

from collections.abc import Iterable
import datetime as dt

import msgspec

from site_builder.public.law_words import LawWords
from site_builder.public.places import NOWHERE, Places
from site_builder.public.view import View
from site_builder.records.record import LAST_DAYS, Record
from site_builder.rules.above import Norm, StatutoryList
from site_builder.rules.clocks import Span
from site_builder.rules.decision import Decision, Facts, Reason, Withhold, decide
from site_builder.rules.personal_data import births_to_come
from site_builder.rules.private_text import PrivateWords
from site_builder.rules.ruled import Ruled
from site_builder.rules.term import Terms
from site_builder.rules.watch import Clock, CrossWatch, Watch
from site_builder.vocabulary import Effect, Kind, Level


class RuleSet(msgspec.Struct, frozen=True, kw_only=True):
    """What a regulation decides from a day on, until it is changed; ``since`` is ``date.min`` for its first version.

    ``short``: what people call it. ``rank``: its own. ``effects``: the clauses rewards and penalties stand in, as
    ``DL-29``. ``words``: what visitors read of it. ``terms``: how its disclosure term is reckoned.
    ``unpublished_measure_stops``: whether naming an unpublished penalty stops a release or warns.
    ``list_profile_stops``: whether a published list needs its procedures told. ``show_responsible``: whether
    responsible persons are shown where the site does not say. ``watches``: what the webmaster is warned of in each
    record; ``cross_watches``: what between records or releases. ``clocks``: what has a number of working days.
    ``kinds``: what it decides about the kinds it knows. ``private``: what free text may not tell of a person.
    ``norms``: what ranks above it. ``weighed``: how terms would be reckoned by the rules above whose applying nobody
    has answered yet, where there are any. ``lists``: those that exist by law, where there is a ``registry`` of them.
    ``places``: what the names of its city begin with. ``documents``: what people call those above it whose working days
    are counted, by their code.
    """

    since: dt.date = dt.date.min
    code: str
    regulation: str
    short: str
    rank: Level
    effects: dict[Effect, frozenset[str]]
    words: LawWords
    terms: Terms
    unpublished_measure_stops: bool
    list_profile_stops: bool
    show_responsible: bool
    watches: tuple[Watch, ...]
    cross_watches: tuple[CrossWatch, ...]
    clocks: dict[Clock, Span]
    kinds: dict[Kind, Ruled]
    private: PrivateWords
    norms: tuple[Norm, ...] = ()
    weighed: Terms | None = None
    lists: dict[str, StatutoryList] = {}
    registry: bool = False
    places: Places = NOWHERE
    documents: dict[str, str] = {}

    @property
    def names(self) -> dict[str, str]:
        """What people call the regulations whose articles it cites, by their code."""
        above = {one.code: one.short for one in self.norms if one.code}
        return {**dict(self.private.laws), **self.documents, self.code: self.short} | above


class Law(msgspec.Struct, frozen=True):
    """A regulation with the changes that are known: its versions, in the order of the days they are in force from."""

    versions: tuple[RuleSet, ...]

    def on(self, day: dt.date) -> RuleSet:
        """The version in force on a day."""
        return next((one for one in reversed(self.versions) if one.since <= day), self.versions[0])

    def changes_after(self, day: dt.date) -> list[dt.date]:
        """The later days on which it changes, in order."""
        return [one.since for one in self.versions if one.since > day]

    def changing(self, days: Iterable[dt.date]) -> Law:
        """The same, of which something beside its rules and words changes on these days too."""
        starts = sorted({one.since for one in self.versions} | set(days))
        return Law(tuple(msgspec.structs.replace(self.on(day), since=day) for day in starts))

    @property
    def latest(self) -> RuleSet:
        """The version that is in force once every change that is known has come."""
        return self.versions[-1]


def decide_record(record: Record, law: Law, facts: Facts) -> Decision:
    """Publish or withhold by the law of the day, with every reason that holds."""
    return decide(record, law.on(facts.as_of).kinds[record.kind].rules, facts)


def view_of(record: Record, law: Law, facts: Facts) -> View:
    """What a visitor may see, by the law of the day, of a record that is decided ``Publish``."""
    return law.on(facts.as_of).kinds[record.kind].view(record, facts)


def fate(record: Record, law: Law, facts: Facts) -> tuple[View | None, Reason | None]:
    """What may be seen of a record, or None and the first reason why nothing may."""
    decision = decide_record(record, law, facts)
    if isinstance(decision, Withhold):
        return None, decision.reasons[0]
    return view_of(record, law, facts), None


def change_days(record: Record, law: Law, facts: Facts) -> list[dt.date]:
    """The days after ``as_of`` on which the record's fate or what is shown of it could change, in order.

    A change of law is one, and the terms it sets are reckoned from then on.
    """
    days = {value for value in msgspec.structs.astuple(record) if isinstance(value, dt.date)}
    days |= {last + dt.timedelta(days=1) for name in LAST_DAYS if (last := getattr(record, name, None)) is not None}
    for order in facts.orders_of(record):
        days |= {order.on} | ({order.closed_on} if order.closed_on else set())
    days |= set(law.changes_after(facts.as_of))
    births = births_to_come(record, facts.as_of)
    ends: set[dt.date] = set()
    # A day that starts a term may be yet to come itself.
    for known in (day for day in (facts.as_of, *days) if day >= facts.as_of):
        last = law.on(known).kinds[record.kind].ends(record, known)
        ends |= {end + dt.timedelta(days=1) for end in last if end < dt.date.max}
    return sorted(day for day in days | births | ends if day > facts.as_of)
