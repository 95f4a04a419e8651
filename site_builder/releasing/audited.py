"""The memory of the live release's audit: what was searched for, in ``state/audited.msgpack``.

So a rebuild's files that release has too need not be searched for it again.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import msgspec

from site_builder.audit.file_list import list_digest
from site_builder.pages import urls
from site_builder.release import numbered
from site_builder.release import shared as live_files

AUDITED: Final = "audited.msgpack"
"""The file's name in ``state/``."""


class Audited(msgspec.Struct, frozen=True, tag_field=numbered.SCHEMA, tag=2):
    """The audit of the live release. ``files``: SHA-256 of its list of files; ``inputs``: what it was built with.

    ``pages``: SHA-256 of the memory of its pages: a day that is changed where another stood would be read nowhere;
    empty where an older program wrote it.
    """

    release: str
    files: str
    inputs: str
    searched: frozenset[bytes]
    pages: str = ""


class Standing(msgspec.Struct, frozen=True):
    """The live release, known to have the very list of files that was audited: what of it may be shared, its audit."""

    files: live_files.Shared
    audit: Audited


def standing(state: Path, live: Path) -> Standing | None:
    """The live release at ``live`` where it stands as it was audited, and so does what is known of its pages.

    No other is built upon.
    """
    last = numbered.cached(state / AUDITED, Audited)
    try:
        pages = (state / live_files.PAGES).read_bytes()
    except OSError:
        return None
    if last is None or last != audited(live, last.inputs, last.searched, live.name, pages):
        return None
    return Standing(live_files.read_shared(state, live, urls.RELEASE_FILES), last)


def encode_audited(audited: Audited) -> dict[str, bytes]:
    """The audit of a release about to be live, as a file of ``state/``; private."""
    return {AUDITED: numbered.encode(AUDITED, audited)}


def audited(root: Path, inputs: str, searched: frozenset[bytes], release: str, pages: bytes) -> Audited:
    """What is to be remembered of a web root that passed and is to be ``release``, with the memory of its ``pages``."""
    return Audited(release, list_digest(root), inputs, searched, hashlib.sha256(pages).hexdigest())
