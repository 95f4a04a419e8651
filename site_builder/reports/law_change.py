"""What a change of law does to the records of an export: which leave, come, end on another day or read otherwise."""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt
import enum
from pathlib import Path

import msgspec

from site_builder.config.site import Site
from site_builder.decide.examine import Options, examine, open_export
from site_builder.progress import Listener
from site_builder.records.record import Record
from site_builder.release.guards import Memory
from site_builder.releasing.expected import expected_of
from site_builder.rules.decision import Facts, Reason
from site_builder.rules.ruleset import Law, fate
from site_builder.vocabulary import Kind


class LawEffect(enum.StrEnum):
    """What a change of law does to a record."""

    LEAVES = "leaves"
    APPEARS = "appears"
    LAST_DAY = "last_day"
    SHOWN = "shown"


class Affected(msgspec.Struct, frozen=True, order=True):
    """Records of a kind to which a change of law does the same thing on its day, and by which reason; their ids."""

    day: dt.date
    kind: Kind
    effect: LawEffect
    reason: Reason | None
    ids: tuple[str, ...]


def affected(site: Site, options: Options, last: dt.date, scratch: Path, listener: Listener) -> tuple[Affected, ...]:
    """What the changes of law after the as-of day of ``options``, up to ``last``, do to the records of its export.

    Each is decided on the day of a change by the law as it was and as it then is; so nothing else is told.
    """
    verified = open_export(site, options, None, scratch / "export", listener)
    stage = scratch / "stage"
    stage.mkdir(mode=0o700)
    examined = examine(site, options, verified, Memory(None, None), stage, listener)
    law, facts = examined.law, examined.resolved.facts
    days = [day for day in law.changes_after(options.as_of) if day <= last]
    found: dict[tuple[dt.date, Kind, LawEffect, Reason | None], list[str]] = {}
    for shard in expected_of(verified, examined, stage).shards if days else ():
        for record in (*shard.published(), *shard.kept_back()):
            for day, effect, reason in _effects(record, law, facts, days):
                found.setdefault((day, record.kind, effect, reason), []).append(record.id)
    told = (Affected(*key, tuple(sorted(ids))) for key, ids in found.items())
    return tuple(sorted(told, key=lambda one: (one.day, one.kind, one.effect, one.reason or "")))


def _effects(
    record: Record, law: Law, facts: Facts, days: list[dt.date]
) -> Iterator[tuple[dt.date, LawEffect, Reason | None]]:
    for day in days:
        then = msgspec.structs.replace(facts, as_of=day)
        older = Law((law.on(day - dt.timedelta(days=1)),))
        (before, why_not), (after, why) = (fate(record, one, then) for one in (older, law))
        if before == after:
            continue
        if after is None:
            yield day, LawEffect.LEAVES, why
        elif before is None:
            yield day, LawEffect.APPEARS, why_not
        else:
            yield day, LawEffect.SHOWN if before.public_until == after.public_until else LawEffect.LAST_DAY, None
