"""The audit as a build and the command run it: what was staged, on the run's engine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from site_builder.audit.gate import Seen, audit, refuse_findings
from site_builder.audit.shared import TakenOver
from site_builder.config.site import Site
from site_builder.decide.above import not_taken_back
from site_builder.decide.examine import Examined, Options, Verified, examine, open_export
from site_builder.decide.stopping import NOT_AGAIN
from site_builder.errors import SiteBuilderError
from site_builder.findings import GUARDS
from site_builder.progress import Listener
from site_builder.release.guards import Memory
from site_builder.release.live import Live
from site_builder.releasing.audited import Standing
from site_builder.releasing.expected import expected_of
from site_builder.workers import Engine


def taken_over(last: Standing, inputs: str, root: Path) -> TakenOver | None:
    """What need not be searched again of what a new web root shares with the live release.

    With another program, or other words in the site's folder, something else is looked for or excused: then nothing.
    """
    if last.audit.inputs != inputs:
        return None
    gone = frozenset(path for path in last.files.digests if not (root / path).is_file())
    return TakenOver(last.files.digests, last.audit.searched, gone)


def audit_root(
    root: Path,
    site: Site,
    verified: Verified,
    examined: Examined,
    stage: Path,
    themes: Iterable[Path],
    engine: Engine,
    shared: TakenOver | None = None,
    key: str = "",
) -> Seen:
    """Hold a finished web root against the export it was made from; ``key`` is the public one it is to be signed by.

    ``shared`` is what a rebuild takes over from an audited release. Raises with every finding.
    """
    expected = expected_of(verified, examined, stage)
    day = examined.resolved.facts.as_of
    seen = audit(root, site, day, engine.run, expected=expected, themes=themes, shared=shared, key=key)
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
    live: Live | None = None,
) -> Seen:
    """Read the export anew, stage it in ``work``, and hold a tree against it. Raises with every finding.

    ``live``: where it is the live release's tree, what is remembered of that.
    """
    verified = open_export(site, options, None, work / "audited-export", listener)
    kept = not_taken_back(site, live.applied) if live is not None else frozenset[str]()
    verified = msgspec.structs.replace(verified, kept=kept)
    stage = work / "audited"
    stage.mkdir(mode=0o700)
    examined = examine(site, options, verified, Memory(None, None), stage, listener)
    if examined.stopping:
        allowed = GUARDS | NOT_AGAIN
        left = [one for one in examined.stopping if one.code not in allowed]
        if left:
            raise SiteBuilderError(left)
    listener.step("审核")
    return audit_root(root, site, verified, examined, stage, themes, options.engine, key=key)
