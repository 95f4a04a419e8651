"""Files that need not be searched, or not for all: a rebuild's that an audited release has too, and the program's own.

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
from site_builder.program import shipped_assets

_PAGEFIND: Final = frozenset(
    {
        "252d272bd34d483d19a752060f6a065114d15ab12c42d8f905ca565e2768a009",
        "3a74cefceacd066e8d3bc8c52e7bc1c869544ca3d9031b44a9b7136356d5d7f4",
        "4ca50d25bcab9e1c3afbc00ab5f7761114e83c8fc1b83d38655af1558b650c2a",
    }
)
"""SHA-256 of what Pagefind (1.5.2) puts beside every index: its script, its worker, its WebAssembly."""

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


def is_ours(digest: str) -> bool:
    """Whether a file of this SHA-256 is one of the program's own or a library's, as it is on every site."""
    return digest in _PAGEFIND or digest in shipped_assets()


def _digest(pattern: Pattern) -> bytes:
    value = pattern.value
    told = [value.text, value.form.value, str(pattern.whole), *sorted(one.decode() for one in pattern.longer)]
    return hashlib.blake2b("\0".join(told).encode("utf-8", "surrogatepass"), digest_size=_LENGTH).digest()
