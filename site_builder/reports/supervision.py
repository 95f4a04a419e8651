"""What a supervisor reads each quarter: by unit, what is owed, what should be off, what is overdue, what was found.

Private, but for ``told_publicly``, which is of published records alone and names nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
import datetime as dt

import msgspec

from site_builder.decide.duties import ClockState, Due, Owed
from site_builder.decide.examine import Examined
from site_builder.errors import Finding
from site_builder.release.live import Count
from site_builder.vocabulary import Kind


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of each report, so that later ones can tell how things went: numbers by kind and by code."""

    as_of: dt.date
    counts: dict[Kind, Count]
    unpublished: int
    standing: int
    overdue: int
    found: dict[str, int]


class PublicDay(msgspec.Struct, frozen=True, kw_only=True):
    """What may be told of a day: published records by kind, the clocks of published ones, findings in their rows."""

    as_of: dt.date
    published: dict[Kind, int]
    clocks: dict[ClockState, int]
    found: dict[str, int]


class UnitReport(msgspec.Struct, frozen=True, kw_only=True):
    """What one unit has to see to; an empty ``name``: what no record's unit answers for."""

    name: str
    unpublished: list[Owed]
    standing: list[Owed]
    clocks: list[Due]
    found: dict[str, list[tuple[str, Finding]]]

    @property
    def weight(self) -> int:
        """How many things that are."""
        late = sum(one.state is ClockState.OVERDUE for one in self.clocks)
        return len(self.unpublished) + len(self.standing) + late + sum(map(len, self.found.values()))


def day_of(examined: Examined, findings: Iterable[Finding]) -> Day:
    """The numbers of a day."""
    duties = examined.duties
    return Day(
        as_of=examined.resolved.facts.as_of,
        counts=examined.resolved.counts,
        unpublished=len(duties.unpublished),
        standing=len(duties.standing),
        overdue=sum(one.state is ClockState.OVERDUE for one in duties.clocks),
        found=dict(sorted(Counter(one.code for one in findings).items())),
    )


def told_publicly(examined: Examined, findings: Iterable[Finding]) -> PublicDay:
    """The numbers of a day that would be the same if nothing withheld stood in the export.

    Of findings those alone that a published record has by itself: what is found between records may rest on others.
    """
    withheld = {record_id for ids in examined.resolved.reasons.values() for record_id in ids}
    public = Counter(one.state for one in examined.duties.clocks if one.id not in withheld)
    rows = {place: record_id for place, record_id, _ in _rows(examined) if record_id not in withheld}
    alone = {one.code for one in examined.rules.watches}
    found = Counter(one.code for one in findings if one.code in alone and (one.place.file, one.place.row) in rows)
    return PublicDay(
        as_of=examined.resolved.facts.as_of,
        published={kind: count.published for kind, count in examined.resolved.counts.items()},
        clocks=dict(sorted(public.items())),
        found=dict(sorted(found.items())),
    )


def by_unit(examined: Examined, findings: Iterable[Finding]) -> list[UnitReport]:
    """Every unit that has something to see to, the one with most first."""
    units = {(one.kind, key): name for one in examined.surveys for key, name in one.watched.units.items()}
    places = {place: (record_id, kind) for place, record_id, kind in _rows(examined)}
    reports: defaultdict[str, UnitReport] = defaultdict(_nothing)
    for owed in examined.duties.unpublished:
        reports[units.get((owed.kind, owed.id), "")].unpublished.append(owed)
    for owed in examined.duties.standing:
        reports[units.get((owed.kind, owed.id), "")].standing.append(owed)
    for due in examined.duties.clocks:
        reports[units.get((due.kind, due.id), "")].clocks.append(due)
    for finding in findings:
        record_id, kind = places.get((finding.place.file, finding.place.row), ("", None))
        name = units.get((kind, record_id), "") if kind is not None else ""
        reports[name].found.setdefault(finding.code, []).append((record_id, finding))
    named = [msgspec.structs.replace(one, name=name) for name, one in reports.items()]
    return sorted(named, key=lambda one: (not one.name, -one.weight, one.name))


def _nothing() -> UnitReport:
    return UnitReport(name="", unpublished=[], standing=[], clocks=[], found={})


def _rows(examined: Examined) -> Iterator[tuple[tuple[str, int], str, Kind]]:
    """Every row of the export: where it is, its record's id and kind."""
    for one in examined.surveys:
        for record_id, row in one.ids:
            yield (one.file, row), record_id, one.kind
