"""Files that need not be searched, or not for all: a rebuild's that an audited release has too, and a library's.

Those a rebuild takes over, unchanged, are held by their digests and against what is new.

What was searched for then and is searched for now was not found in them; what is searched for only now may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
import hashlib
from typing import Final

import msgspec

from site_builder.audit.forbidden import Forbidden
from site_builder.audit.patterns import Matcher, Pattern
from site_builder.audit.values import Form, Value

LIBRARY: Final = frozenset({"6c45ce054c8266f05a61e746acc91ec67e043de378b2f6d8e08ac1c5d0032b1a"})
"""SHA-256 of what takes long to search and is a library just as it was published: the grid's ``tabulator.js``."""

_LENGTH: Final = 16


class TakenOver(msgspec.Struct, frozen=True):
    """What a rebuild takes over from an audited release.

    ``files``: path → SHA-256 of the files it shares with that release, from the release's file list. ``searched``: what
    the audit of that release searched for (``Seen.searched``). ``gone``: paths of that release that are no more.
    """

    files: Mapping[str, str]
    searched: frozenset[bytes]
    gone: frozenset[str] = frozenset()


def searched(forbidden: Forbidden | None) -> frozenset[bytes]:
    """A digest of each value looked for and how; private, as what it is a digest of may be guessed."""
    if forbidden is None:
        return frozenset()
    return frozenset(map(_digest, (*forbidden.raw.patterns, *forbidden.folded.patterns)))


def newly(forbidden: Forbidden, before: frozenset[bytes]) -> Forbidden:
    """What is looked for now and was not before."""

    def left(matcher: Matcher) -> Matcher:
        return Matcher([one for one in matcher.patterns if _digest(one) not in before])

    raw, folded = left(forbidden.raw), left(forbidden.folded)
    return replace(forbidden, raw=raw, folded=folded)


def names(paths: Iterable[str]) -> Matcher:
    """Finds what a link to one of the paths must hold: the file's name, of a folder's page the folder's."""
    ends = {path.removesuffix("index.html").rstrip("/").rpartition("/")[2] for path in paths}
    return Matcher([Pattern(Value(end, Form.TEXT, "")) for end in sorted(ends - {""})])


def _digest(pattern: Pattern) -> bytes:
    value = pattern.value
    told = [value.text, value.form.value, str(pattern.whole), *sorted(one.decode() for one in pattern.longer)]
    return hashlib.blake2b("\0".join(told).encode("utf-8", "surrogatepass"), digest_size=_LENGTH).digest()
