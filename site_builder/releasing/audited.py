"""The audit as a build and the command run it: what was staged, on the run's engine.

``state/audited.msgpack`` remembers what the audit of the live release searched for, so that a rebuild's files that
release has too need not be searched for it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from site_builder.audit.file_list import list_digest
from site_builder.audit.gate import Seen, audit, refuse_findings
from site_builder.audit.shared import TakenOver
from site_builder.config.site import Site
from site_builder.decide.above import not_taken_back
from site_builder.decide.examine import Examined, Options, Verified, examine, open_export
from site_builder.decide.stopping import NOT_AGAIN
from site_builder.errors import SiteBuilderError
from site_builder.findings import GUARDS
from site_builder.pages import urls
from site_builder.progress import Listener
from site_builder.release import numbered
from site_builder.release import shared as live_files
from site_builder.release.guards import Memory
from site_builder.release.live import Live
from site_builder.releasing.expected import expected_of
from site_builder.workers import Engine

AUDITED: Final = "audited.msgpack"
"""The file's name in ``state/``."""


class Audited(msgspec.Struct, frozen=True, tag_field=numbered.SCHEMA, tag=1):
    """The audit of the live release. ``files``: SHA-256 of its list of files; ``inputs``: what it was built with."""

    release: str
    files: str
    inputs: str
    searched: frozenset[bytes]


class Standing(msgspec.Struct, frozen=True):
    """The live release, known to have the very list of files that was audited: what of it may be shared, its audit."""

    files: live_files.Shared
    audit: Audited


def standing(state: Path, live: Path) -> Standing | None:
    """The live release at ``live`` where it stands as it was audited; no other is built upon."""
    last = numbered.cached(state / AUDITED, Audited)
    if last is None or last != audited(live, last.inputs, last.searched, live.name):
        return None
    return Standing(live_files.read_shared(state, live, urls.RELEASE_FILES), last)


def encode_audited(audited: Audited) -> dict[str, bytes]:
    """The audit of a release about to be live, as a file of ``state/``; private."""
    return {AUDITED: numbered.encode(AUDITED, audited)}


def audited(root: Path, inputs: str, searched: frozenset[bytes], release: str) -> Audited:
    """What is to be remembered of a web root that passed and is to be ``release``."""
    return Audited(release, list_digest(root), inputs, searched)


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
