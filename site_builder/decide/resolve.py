"""Between the passes: what depends on other records is decided, everything is counted, the guards are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
import datetime as dt

import msgspec

from site_builder.decide.called import number_codes
from site_builder.decide.survey import Open, Survey, Surveyed, earlier_change, gathered
from site_builder.errors import Finding, Place
from site_builder.law.articles import articles
from site_builder.records.record import Record
from site_builder.release.guards import Fates
from site_builder.release.live import Count
from site_builder.rules.decision import DATED, Facts, Reason, Withhold
from site_builder.rules.personal_data import find_numbers
from site_builder.rules.ruled import CrossFacts
from site_builder.rules.ruleset import Law, RuleSet, decide_record, view_of
from site_builder.vocabulary import Kind


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """The whole export decided.

    ``facts`` are complete; ``dropped`` are staged positions not to be published, by (kind, shard); ``reasons`` every
    withheld record's reasons by kind and id; ``next_change`` the first later day on which something changes.
    ``by_law``: the ids whose fate the law of the live release's day decides otherwise.
    """

    facts: Facts
    dropped: dict[tuple[Kind, int], frozenset[int]]
    reasons: dict[Kind, dict[str, tuple[Reason, ...]]]
    counts: dict[Kind, Count]
    lists: Counter[str]
    named: dict[tuple[str, str], str]
    limited: dict[str, frozenset[str]]
    measures: frozenset[str]
    penalties: frozenset[str]
    authorities: dict[str, int]
    bases: dict[str, int]
    next_change: dt.date | None
    by_law: dict[Kind, frozenset[str]] = {}

    def sooner(self, day: dt.date | None) -> Resolved:
        """The same where something beside the records changes on a later ``day``."""
        days = [one for one in (self.next_change, day) if one is not None]
        return msgspec.structs.replace(self, next_change=min(days, default=None))


def resolve(surveys: Sequence[Surveyed], survey: Survey) -> Resolved:
    """Decide the open records and account for every row."""
    law = survey.law
    facts = msgspec.structs.replace(survey.facts, excused=_excused(surveys, law, survey.facts))
    final: dict[tuple[Kind, int], list[tuple[Open, tuple[Reason, ...]]]] = {}
    for kind in Kind:
        for one in surveys:
            if one.kind is kind:
                final[kind, one.shard] = [(record, _reasons(record.record, law, facts)) for record in one.open]
        if kind is Kind.SEVERE:
            facts = msgspec.structs.replace(facts, listed_codes=_merged(surveys, final, law, facts).listed)
    merged = _merged(surveys, final, law, facts)
    facts = msgspec.structs.replace(facts, in_force=merged.in_force, limited=merged.limited)
    reasons: dict[Kind, dict[str, tuple[Reason, ...]]] = {kind: {} for kind in Kind}
    for one in surveys:
        reasons[one.kind].update(one.withheld)
        reasons[one.kind].update((record.record.id, why) for record, why in final[one.kind, one.shard] if why)
    return Resolved(
        facts=facts,
        dropped={
            key: frozenset(record.position for record, why in decided if why and record.position >= 0)
            for key, decided in final.items()
        },
        reasons=reasons,
        counts={kind: _count(kind, surveys, reasons[kind]) for kind in survey.kinds},
        lists=merged.lists,
        named=merged.named,
        limited=merged.limited,
        measures=merged.measures,
        penalties=merged.penalties,
        authorities=merged.authorities,
        bases=merged.bases,
        next_change=_next_change(surveys, law, facts),
        by_law={kind: frozenset().union(*(one.by_law for one in surveys if one.kind is kind)) for kind in survey.kinds},
    )


def _excused(surveys: Sequence[Surveyed], law: Law, facts: Facts) -> frozenset[str]:
    """The numbers found in texts that are organisation codes of records published by themselves or by one another.

    A record withheld for personal data explains no other's number, or its absence would show. So the codes of all
    open records are taken for explained first, and those of records that stay withheld are taken away until none is.
    """
    sure = frozenset().union(*(one.codes for one in surveys))
    still_open = [one.record for surveyed in surveys for one in surveyed.open if one.position >= 0]
    while True:
        codes = sure.union(*map(number_codes, still_open))
        facts = msgspec.structs.replace(facts, excused=codes)
        published = [record for record in still_open if not _reasons(record, law, facts)]
        if len(published) == len(still_open):
            break
        still_open = published
    numbers: set[str] = set()
    for surveyed in surveys:
        for one in surveyed.open:
            found = find_numbers(view_of(one.record, law, facts), facts.as_of)
            numbers |= found.resident_ids | found.cards
    return frozenset(codes & numbers)


def _next_change(surveys: Iterable[Surveyed], law: Law, facts: Facts) -> dt.date | None:
    changes = (*(one.next_change for one in surveys), *law.changes_after(facts.as_of))
    best = min((day for day in changes if day is not None), default=None)
    for surveyed in surveys:
        for one in surveyed.open:  # on a day it is public, its own codes explain its numbers
            excused = facts.excused | number_codes(one.record)
            best = earlier_change(best, one.record, law, msgspec.structs.replace(facts, excused=excused))
    return best


def _reasons(record: Record, law: Law, facts: Facts) -> tuple[Reason, ...]:
    decision = decide_record(record, law, facts)
    return decision.reasons if isinstance(decision, Withhold) else ()


def _merged(
    surveys: Iterable[Surveyed],
    final: dict[tuple[Kind, int], list[tuple[Open, tuple[Reason, ...]]]],
    law: Law,
    facts: Facts,
) -> CrossFacts:
    parts = [one.gathered for one in surveys]
    for (kind, _), decided in final.items():
        published = [one.record for one, why in decided if not why]
        parts.append(gathered(kind, published, law.on(facts.as_of), facts))
    named: dict[tuple[str, str], str] = {}
    authorities: Counter[str] = Counter()
    bases: Counter[str] = Counter()
    for part in parts:
        authorities.update(part.authorities)
        bases.update(part.bases)
        for measure_and_list, entry in part.named.items():
            named.setdefault(measure_and_list, entry)
    return CrossFacts(
        listed=frozenset().union(*(part.listed for part in parts)),
        named=named,
        measures=frozenset().union(*(part.measures for part in parts)),
        penalties=frozenset().union(*(part.penalties for part in parts)),
        in_force=frozenset().union(*(part.in_force for part in parts)),
        limited={measure: lists for part in parts for measure, lists in part.limited.items()},
        lists=sum((part.lists for part in parts), Counter()),
        items=frozenset().union(*(part.items for part in parts)),
        authorities=dict(authorities),
        bases=dict(bases),
    )


def _count(kind: Kind, surveys: Iterable[Surveyed], reasons: dict[str, tuple[Reason, ...]]) -> Count:
    rows = sum(one.rows for one in surveys if one.kind is kind)
    rejected = sum(len(one.rejected) for one in surveys if one.kind is kind)
    first = Counter(why[0] for why in reasons.values())
    withheld = {reason.value: first[reason] for reason in Reason if first[reason]}
    return Count(rows, rows - rejected - len(reasons), withheld, rejected)


def fates(surveys: Sequence[Surveyed], resolved: Resolved, version_key: tuple[int, ...], export: str) -> Fates:
    """What the export comes to, to be remembered and compared."""
    published: dict[Kind, set[str]] = {kind: set() for kind in resolved.counts}
    for one in surveys:
        published[one.kind] |= {record_id for record_id, _ in one.ids} - set(one.rejected)
    withheld = {kind: frozenset(resolved.reasons[kind]) for kind in resolved.counts}
    entries = published[Kind.SEVERE] - withheld[Kind.SEVERE]
    return Fates(
        version_key=version_key,
        export=export,
        published={kind: frozenset(ids - withheld[kind]) for kind, ids in published.items()},
        withheld=withheld,
        starts={key: day for one in surveys for key, day in one.watched.starts.items() if key in entries},
        taken_away={
            kind: {key.lower(): taken for one in surveys if one.kind is kind for key, taken in one.taken_away.items()}
            for kind in resolved.counts
        },
    )


def dated(resolved: Resolved) -> dict[Kind, frozenset[str]]:
    """The ids withheld first by a date or by the overlay, or since the law changed: that is lawful and no loss."""
    return {
        kind: frozenset(
            one for one, why in reasons.items() if why[0] in DATED or one in resolved.by_law.get(kind, frozenset())
        )
        for kind, reasons in resolved.reasons.items()
    }


def ids_of(surveys: Iterable[Surveyed]) -> frozenset[tuple[Kind, str]]:
    """Every record of the export by kind and id in lower case."""
    return frozenset((one.kind, record_id.lower()) for one in surveys for record_id, _ in one.ids)


def repairs_revoked(surveys: Iterable[Surveyed]) -> dict[str, dt.date]:
    """The day by id on which a record's repair was revoked, as far as it has come."""
    return {key: day for one in surveys for key, day in one.repairs_revoked.items()}


def duplicates(surveys: Iterable[Surveyed]) -> list[Finding]:
    """Records of one id, ignoring case, anywhere in the export; their rows are named, their ids are not."""
    seen: dict[str, Place] = {}
    found: list[Finding] = []
    for one in surveys:
        for record_id, row in one.ids:
            place = Place(one.file, row, "id")
            first = seen.setdefault(record_id.lower(), place)
            if first is not place:
                message = f"编号与 {first.file} 第 {first.row} 行相同（不分大小写）"
                found.append(Finding("repeated-id", place, message, "每条记录用一个不变的编号；更正请改原来那一行"))
    return found


def unpublished_measures(resolved: Resolved, rules: RuleSet) -> list[Finding]:
    """Published entries may only name published penalties: guard ``unpublished-measure``, in some cities a warning."""
    entries: dict[str, str] = {}
    for (measure, _), entry in resolved.named.items():
        entries.setdefault(measure, entry)
    wrong = sorted(measure for measure in entries if measure not in resolved.penalties)
    by = articles(rules.kinds[Kind.MEASURE].duties, rules.names)
    hint = f"公布该措施，或者从名单记录中去掉它的编号；确需本次放行用 --allow unpublished-measure（{by}）"
    return [
        Finding(
            "unpublished-measure",
            Place("severe-list"),
            f"公示中的名单记录 {entries[measure]} 引用的惩戒措施"
            + ("不是失信惩戒措施" if measure in resolved.measures else "没有公布或已废止"),
            hint,
            warning=not rules.unpublished_measure_stops,
        )
        for measure in wrong
    ]


def measures_of_other_lists(resolved: Resolved) -> list[Finding]:
    """Published entries that name a measure which is not for their list: it is left off their pages (DL 34, LY 22)."""
    hint = "从名单记录中去掉这项措施的编号；措施也适用于这份名单的，改正措施的「适用名单」"
    return [
        Finding(
            "measure-not-for-list",
            Place("severe-list"),
            f"公示中的名单记录 {entry} 引用的惩戒措施 {measure} 不适用于它的名单，页面不列出",
            hint,
            warning=True,
        )
        for (measure, name), entry in sorted(resolved.named.items())
        if name not in resolved.limited.get(measure, {name})
    ]
