"""What was staged and decided, as the audit and the reports read it."""

from __future__ import annotations

from pathlib import Path

from site_builder.audit.staged import Expected, Shard
from site_builder.decide.examine import Examined, Verified
from site_builder.decide.survey import stage_file, withheld_file
from site_builder.vocabulary import Kind
from site_builder.write.rendering import hint_file, parts_folder


def expected_of(verified: Verified, examined: Examined, stage: Path) -> Expected:
    """What a web root made from these staged records is to hold."""
    resolved, descriptor = examined.resolved, verified.descriptor
    rows: dict[Kind, int] = dict.fromkeys(verified.kinds, 0)
    for one in examined.surveys:
        rows[one.kind] += one.rows
    return Expected(
        law=examined.law,
        facts=resolved.facts,
        shards=tuple(
            Shard(
                kind=one.kind,
                number=one.shard,
                staged=stage_file(stage, one.kind, one.shard),
                withheld=withheld_file(stage, one.kind, one.shard),
                dropped=resolved.dropped.get((one.kind, one.shard), frozenset()),
                rejected=len(one.rejected),
                hinted=hint_file(parts_folder(stage), one.kind, one.shard),
            )
            for one in examined.surveys
        ),
        rows=rows,
        name=descriptor.name,
        version=descriptor.version,
        created=descriptor.created,
        digest=descriptor.digest,
    )
