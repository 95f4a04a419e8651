"""What is remembered of the live release, in ``state/live.json``: private, outside every web root."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from site_builder.errors import Finding, Place
from site_builder.release import numbered
from site_builder.vocabulary import Kind

LIVE = "live.json"
"""The file's name in ``state/``."""


class Count(msgspec.Struct, frozen=True):
    """One resource accounted for: ``published + withheld + rejected = rows``; ``withheld`` is by first reason."""

    rows: int
    published: int
    withheld: dict[str, int]
    rejected: int


class Live(msgspec.Struct, frozen=True, kw_only=True, tag_field=numbered.SCHEMA, tag=1):
    """The live release: its folder, its export, its day, how it was built, and when it must change.

    ``inputs`` is the digest of all the web root depends on beside the export and the day. ``allowed``, ``quarantine``
    and ``warnings`` are repeated when the same export is built again. ``files`` is the digest of the release's list of
    files, as its own ``release.json`` tells it; ``beside`` the SHA-256 of each file that is remembered with this one,
    by name. Both are empty where they were not written down yet.
    """

    release: str
    version: str
    version_key: tuple[int, ...]
    export: str
    as_of: dt.date
    inputs: str
    allowed: tuple[str, ...]
    quarantine: bool
    counts: dict[Kind, Count]
    next_change: dt.date | None
    warnings: tuple[Finding, ...] = ()
    files: str = ""
    beside: dict[str, str] = msgspec.field(default_factory=dict)


def read_live(state: Path) -> Live | None:
    """The live release, or None before the first. Raises ``SiteBuilderError`` where it cannot be read."""
    return numbered.read(state / LIVE, Live)


def encode_live(live: Live) -> bytes:
    """The release as it is written down."""
    return numbered.encode(LIVE, live)


def same_export(live: Live | None, export: str, as_of: dt.date) -> bool:
    """Whether this is the live release's own export again, on the same or a later day: taking away is never refused."""
    return live is not None and live.export == export and as_of >= live.as_of


def against_live(
    live: Live | None, version: str, version_key: tuple[int, ...], export: str, as_of: dt.date
) -> list[Finding]:
    """What the live release forbids: other bytes under its version, an earlier day, an older version (a guard)."""
    if live is None:
        return []
    found: list[Finding] = []
    place = Place("datapackage.json", 0, "version")
    if version == live.version and export != live.export:
        message = f"版本 {live.version} 已经发布过，但内容不同"
        found.append(Finding("other-bytes", place, message, "改了内容就要用新的版本号，例如在末尾加 .1"))
    if as_of < live.as_of:
        message = f"核验日 {as_of} 早于线上版本的核验日 {live.as_of}"
        found.append(Finding("as-of-before-live", Place(), message, "核验日只能与线上版本相同或者更晚"))
    if version_key < live.version_key:
        message = f"版本 {version} 低于线上版本 {live.version}"
        found.append(Finding("older-export", place, message, "如果确实要退回较早的导出，用 --allow older-export"))
    return found
