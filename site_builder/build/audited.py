"""The audit as a build and the command run it: what was staged, on this machine's workers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from site_builder.audit.gate import Seen, audit, refuse_findings
from site_builder.audit.shared import Shared
from site_builder.audit.staged import Expected, Shard
from site_builder.build import workers
from site_builder.build.examine import GUARDS, Examined, Options, Verified, examine, open_export
from site_builder.build.survey import stage_file, withheld_file
from site_builder.config.site import Site
from site_builder.errors import SiteBuilderError
from site_builder.progress import Listener
from site_builder.release.guards import Memory
from site_builder.vocabulary import Kind


def audit_root(
    root: Path,
    site: Site,
    verified: Verified,
    examined: Examined,
    stage: Path,
    themes: Iterable[Path],
    jobs: int,
    shared: Shared | None = None,
    key: str = "",
) -> Seen:
    """Hold a finished web root against the export it was made from; ``key`` is the public one it is to be signed by.

    ``shared`` is what a rebuild takes over from an audited release. Raises with every finding.
    """
    expected = expected_of(verified, examined, stage)
    day = examined.settled.facts.as_of
    seen = audit(root, site, day, workers.run, jobs=jobs, expected=expected, themes=themes, shared=shared, key=key)
    refuse_findings(seen)
    return seen


def audit_with_export(
    root: Path,
    site: Site,
    options: Options,
    themes: Iterable[Path],
    work: Path,
    listener: Listener,
    key: str = "",
) -> Seen:
    """Read the export anew, stage it in ``work``, and hold a tree against it. Raises with every finding."""
    verified = open_export(site, options, None, work / "audited-export", listener)
    stage = work / "audited"
    stage.mkdir(mode=0o700)
    examined = examine(site, options, verified, Memory(None, None), stage, listener)
    if examined.stopping:
        allowed = GUARDS | {"approval-expired"}
        left = [one for one in examined.stopping if one.code not in allowed]
        if left:
            raise SiteBuilderError(left)
    listener.step("审核")
    return audit_root(root, site, verified, examined, stage, themes, options.jobs, key=key)


def expected_of(verified: Verified, examined: Examined, stage: Path) -> Expected:
    """What a web root made from these staged records is to hold."""
    settled, descriptor = examined.settled, verified.descriptor
    rows: dict[Kind, int] = dict.fromkeys(Kind, 0)
    for one in examined.surveys:
        rows[one.kind] += one.rows
    return Expected(
        rules=examined.rules,
        facts=settled.facts,
        shards=tuple(
            Shard(
                kind=one.kind,
                number=one.shard,
                staged=stage_file(stage, one.kind, one.shard),
                withheld=withheld_file(stage, one.kind, one.shard),
                dropped=settled.dropped.get((one.kind, one.shard), frozenset()),
                rejected=len(one.rejected),
            )
            for one in examined.surveys
        ),
        rows=rows,
        name=descriptor.name,
        version=descriptor.version,
        created=descriptor.created,
        digest=descriptor.digest,
    )
