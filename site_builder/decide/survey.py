"""First pass: rows become records and are decided, shard by shard; what may be published is staged.

Three reasons need to know other records: ``on_severe_list``, ``personal_data`` (a number may be an organisation's
code of this export) and the measures an entry names. A survey gathers what they need; ``resolve`` decides them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
import datetime as dt
from itertools import chain
from pathlib import Path

import msgspec

from site_builder.attempts import put
from site_builder.config.classes import ClassStandard
from site_builder.decide.called import called, number_codes
from site_builder.decide.classing import classed
from site_builder.decide.row_warnings import (
    NOTHING_WATCHED,
    Watched,
    private_warnings,
    unseen_warnings,
    warnings,
    watched,
)
from site_builder.decide.stood import Stood, absent
from site_builder.decide.stories import TELLS_OF_LISTING, Mention, Story, mentions, stories_of
from site_builder.decide.taken import repair_revoked, takings
from site_builder.errors import Finding
from site_builder.export.readers import Batch
from site_builder.export.rows import read_rows
from site_builder.kinds.record import RECORDED
from site_builder.records.record import Record, unit_of
from site_builder.release.taken import Taking
from site_builder.rules.decision import FORBIDDEN, Facts, Reason, Withhold, decide
from site_builder.rules.ruled import CrossFacts
from site_builder.rules.ruleset import Law, RuleSet, change_days, decide_record, fate
from site_builder.vocabulary import Kind


class Survey(msgspec.Struct, frozen=True):
    """What the jobs of the first pass share.

    ``created`` is the day of the export. Nothing is staged without ``stage``; ``kinds`` are those the site shows;
    ``wanted`` is an id in lower case. ``stood``: the live release to ask about, where the memory of it was lost;
    ``before``: its as-of day, where there is one. ``stories``: of role models, that may tell of a listing, where the
    city watches for them. ``standards``: of sectors, by which penalties are classed.
    """

    law: Law
    facts: Facts
    photos: frozenset[str]
    created: dt.date
    stage: Path | None
    kinds: tuple[Kind, ...]
    wanted: str = ""
    stood: Stood | None = None
    before: dt.date | None = None
    stories: tuple[Story, ...] = ()
    standards: tuple[ClassStandard, ...] = ()

    @property
    def rules(self) -> RuleSet:
        """The law of the day."""
        return self.law.on(self.facts.as_of)

    @property
    def older(self) -> RuleSet | None:
        """The law of the live release's day, where it was changed since."""
        then = None if self.before is None else self.law.on(self.before)
        return then if then is not None and then.since < self.rules.since else None


class SurveyJob(msgspec.Struct, frozen=True):
    """One shard: a batch of rows of one resource and its number among that resource's shards."""

    kind: Kind
    shard: int
    batch: Batch


class Open(msgspec.Struct, frozen=True):
    """A record whose fate depends on others. ``position`` is its place among the staged records, or -1."""

    record: Record
    position: int


class Surveyed(msgspec.Struct, frozen=True, kw_only=True):
    """What a shard's survey found.

    ``ids``: (id, row). ``rejected``: the ids (or "") of rows with faults. ``withheld``: (id, reasons) of rows whose
    fate is resolved. ``staged``: how many records were staged, among them the ``open`` ones with a position. ``codes``
    (of organisations, that could be taken for a resident ID), ``gathered``, ``next_change`` (the first later day on
    which a record of the shard changes) and ``absent`` (ids that are public now and should have stood on the live
    release) are of records that are not open. ``called``: by id how records that may be withheld could be named
    elsewhere. ``watched`` is what the webmaster's reports need. ``taken_away``: by id what takes a withheld record
    away; ``repairs_revoked``: by id the day a repair was revoked. ``by_law``: ids whose fate the law of the live
    release's day decides otherwise. ``stories``: those that may tell of a listing; ``mentioned``: withheld records, and
    those that may be, that stories tell of.
    """

    kind: Kind
    shard: int
    file: str
    rows: int
    rejected: tuple[str, ...]
    faults: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    ids: tuple[tuple[str, int], ...]
    withheld: tuple[tuple[str, tuple[Reason, ...]], ...]
    staged: int
    open: tuple[Open, ...]
    codes: frozenset[str]
    gathered: CrossFacts
    next_change: dt.date | None
    watched: Watched
    taken_away: dict[str, tuple[Taking, ...]]
    repairs_revoked: dict[str, dt.date]
    called: tuple[tuple[str, tuple[str, ...]], ...] = ()
    wanted: Record | None = None
    absent: frozenset[str] = frozenset()
    by_law: frozenset[str] = frozenset()
    stories: tuple[Story, ...] = ()
    mentioned: tuple[Mention, ...] = ()

    def counted(self) -> Surveyed:
        """The same without what was gathered of its records, of which there may be millions."""
        return msgspec.structs.replace(
            self,
            ids=(),
            withheld=(),
            open=(),
            codes=frozenset(),
            gathered=CrossFacts(),
            watched=NOTHING_WATCHED,
            taken_away={},
            repairs_revoked={},
            called=(),
            absent=frozenset(),
            by_law=frozenset(),
            stories=(),
            mentioned=(),
        )


def informed(survey: Survey, surveys: Sequence[Surveyed]) -> Survey:
    """The survey that knows the items open to the public, and the stories to look for listings in.

    An item whose text holds a number in doubt is not among them.
    """
    if any(one.code == TELLS_OF_LISTING for one in survey.rules.cross_watches):
        survey = msgspec.structs.replace(survey, stories=tuple(story for one in surveys for story in one.stories))
    if Kind.CATALOGUE not in survey.kinds:
        return survey
    items = frozenset().union(*(one.gathered.items for one in surveys))
    live = survey.stood
    if live is not None:
        live = msgspec.structs.replace(live, facts=msgspec.structs.replace(live.facts, catalogue=items))
    return msgspec.structs.replace(survey, facts=msgspec.structs.replace(survey.facts, catalogue=items), stood=live)


def stage_file(stage: Path, kind: Kind, shard: int) -> Path:
    """Where a shard's records are staged."""
    return stage / f"{kind}-{shard:06}.records"


def withheld_file(stage: Path, kind: Kind, shard: int) -> Path:
    """Where a shard's records that are withheld for a reason of their own are kept for the audit, and for it alone."""
    return stage / f"{kind}-{shard:06}.withheld"


def survey_shard(survey: Survey, job: SurveyJob) -> Surveyed:
    """Read, decide and stage one shard."""
    batch, law, rules, facts = job.batch, survey.law, survey.rules, survey.facts
    cells = (batch.columns, batch.numbers, batch.rows)
    read = read_rows(job.kind, batch.file, *cells, survey.photos, survey.created, rules.effects)
    rows = list(classed(read, survey.standards))
    records = [row.record for row in rows if row.record is not None]
    staged: list[Record] = []
    kept_back: list[Record] = []
    sure: list[Record] = []
    withheld: list[tuple[str, tuple[Reason, ...]]] = []
    taken_away: dict[str, tuple[Taking, ...]] = {}
    still_open: list[Open] = []
    forbidden: set[str] = set()
    mentioned: list[Mention] = []
    words_of: list[tuple[str, tuple[str, ...]]] = []
    # A change of law changes the site whatever its records do: what they do after it need not be known.
    change = min(law.changes_after(facts.as_of), default=None)
    older, by_law = survey.older, set[str]()
    asks_others = any(rule.reason is Reason.ON_SEVERE_LIST for rule in rules.kinds[job.kind].rules)
    for record in records:
        decision = decide_record(record, law, facts)
        reasons = decision.reasons if isinstance(decision, Withhold) else ()
        if older is not None and _withheld(record, older, facts) != bool(reasons):
            by_law.add(record.id)
        earlier = [reason for reason in reasons if reason is not Reason.PERSONAL_DATA]
        forbidden |= set() if FORBIDDEN.isdisjoint(reasons) else {record.id}
        depends = asks_others or Reason.PERSONAL_DATA in reasons
        if depends:
            still_open.append(Open(record, -1 if earlier else len(staged)))
        elif reasons:
            withheld.append((record.id, reasons))
        mentioned += mentions(record, survey.stories) if reasons else ()
        words_of += [(record.id, called(record))] if reasons or depends else []
        if reasons and (taken := takings(record, reasons, facts)):
            taken_away[record.id] = taken
        (kept_back if earlier else staged).append(record)
        if not depends:
            sure += [] if earlier else [record]
            change = earlier_change(change, record, law, facts)
    if staged and survey.stage is not None:
        put(stage_file(survey.stage, job.kind, job.shard), msgspec.msgpack.encode(staged))
    if kept_back and survey.stage is not None:
        put(withheld_file(survey.stage, job.kind, job.shard), msgspec.msgpack.encode(kept_back))
    warned = (
        *warnings(rows, batch.file, rules, facts, forbidden),
        *private_warnings(rows, batch.file, rules, facts),
        *unseen_warnings(rows, batch.file),
    )
    warned_rows = {one.place.row for one in warned}
    named = {row.record_id for row in rows if row.number in warned_rows}
    named |= {one for one, _ in withheld} | {one.record.id for one in still_open}
    return Surveyed(
        kind=job.kind,
        shard=job.shard,
        file=batch.file,
        rows=len(rows),
        rejected=tuple(row.record_id for row in rows if row.record is None),
        faults=tuple(fault for row in rows for fault in row.faults),
        warnings=warned,
        ids=tuple((row.record_id, row.number) for row in rows if row.record_id),
        withheld=tuple(withheld),
        staged=len(staged),
        open=tuple(still_open),
        codes=frozenset().union(*map(number_codes, sure)),
        gathered=gathered(job.kind, sure, rules, facts),
        next_change=change,
        called=tuple(one for one in words_of if one[1]),
        watched=watched(records, rules, facts, named),
        taken_away=taken_away,
        by_law=frozenset(by_law),
        repairs_revoked={one.id: day for one in records if (day := repair_revoked(one, facts)) is not None},
        wanted=next((one for one in records if survey.wanted and one.id.lower() == survey.wanted), None),
        absent=frozenset(one.id for one in sure if absent(one, law, survey.stood)),
        stories=tuple(stories_of(staged)),
        mentioned=tuple(mentioned),
    )


def gathered(kind: Kind, records: Sequence[Record], rules: RuleSet, facts: Facts) -> CrossFacts:
    """What these published records of a kind mean for others, whose they are, and what they cite."""
    unit = RECORDED[kind].unit if kind is not Kind.MEASURE else ""  # many bodies carry out a measure
    counts = Counter(unit_of(one, unit) for one in records) if unit else Counter[str]()
    cited = Counter(chain.from_iterable(dict.fromkeys(getattr(one, "basis", ())) for one in records))
    found = rules.kinds[kind].gather(records, facts)
    return msgspec.structs.replace(found, authorities=dict(counts), bases=dict(cited))


def earlier_change(best: dt.date | None, record: Record, law: Law, facts: Facts) -> dt.date | None:
    """The first day, no later than ``best``, on which the record's fate or view changes."""
    if best is not None and (best - facts.as_of).days <= 1:
        return best
    today: object = None
    for day in change_days(record, law, facts):
        if best is not None and day >= best:
            return best
        if today is None:
            today = fate(record, law, facts)[:1]
        if fate(record, law, msgspec.structs.replace(facts, as_of=day))[:1] != today:
            return day
    return best


def _withheld(record: Record, rules: RuleSet, facts: Facts) -> bool:
    return isinstance(decide(record, rules.kinds[record.kind].rules, facts), Withhold)
