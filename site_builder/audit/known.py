"""What earlier pages had and this one has again, byte for byte: it was read once and need not be read again.

Pages share most of their lines. A page is cut into blocks, and blocks not met before into lines; only lines not met
before are given back, in their order. What a reader of lines could miss is where something goes on from one line to the
next (a tag, wrapped base64): a page with such a line is given back whole, and nothing of it is remembered.
"""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 48 << 20
"""Bytes remembered (about); then all are forgotten, and what is shared is read once more."""

_CUT: Final = b"\n</"
_OVERHEAD: Final = 100
_OPEN: Final = re.compile(rb"<[A-Za-z/!](?:[^<>\"']|\"[^\"]*\"|'[^']*')*(?:\"[^\"]*|'[^']*)?\Z")
_WRAPPED: Final = re.compile(rb"[A-Za-z0-9+/_-]{40,}\r?")


class Known:
    """Remembers lines, and with ``blocks`` whole blocks of them: for pages that are alike in long stretches.

    Each worker process has its own.
    """

    def __init__(self, *, blocks: bool) -> None:
        self._by_block = blocks
        self._held = 0
        self._blocks: set[bytes] = set()
        self._lines: set[bytes] = set()

    def fresh(self, page: bytes) -> tuple[bytes, bool]:
        """The lines of the page not met before, and whether they are the whole page."""
        if self._held > MOST:
            self._held = 0
            self._blocks, self._lines = set(), set()
        known = self._lines
        met = self._met(page) if self._by_block else []
        text = _CUT.join(met) if self._by_block else page
        lines = [line for line in text.split(b"\n") if line not in known]
        for line in lines:
            if (line[-1:] != b">" or line.count(b'"') & 1 or line.count(b"'") & 1) and goes_on(line):
                return page, True
        fresh = b"\n".join(lines)
        self._held += len(fresh) + _OVERHEAD * len(lines)
        known.update(lines)
        if met:
            self._held += len(text) + _OVERHEAD * len(met)
            self._blocks.update(met)
        return fresh, False

    def forget(self, line: bytes) -> None:
        """Give the line back the next time too."""
        self._lines.discard(line)
        self._blocks.clear()

    def _met(self, page: bytes) -> list[bytes]:
        """The blocks not met before; one that is not the page's first begins with what it was cut by."""
        blocks = self._blocks
        cut = page.split(_CUT)
        met = [block for block in cut if block not in blocks]
        if met and met[0] is not cut[0]:
            met.insert(0, b"")
        return met


def goes_on(line: bytes) -> bool:
    """Whether what the line says ends on a later one: an open tag or comment, a line of base64."""
    return _WRAPPED.fullmatch(line) is not None or (b"<" in line and _OPEN.search(line) is not None)
