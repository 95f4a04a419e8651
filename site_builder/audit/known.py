"""What earlier pages had and this one has again: it was read once and need not be read again.

Pages share most of their lines. A page is cut into blocks, and blocks not met before into lines; only lines not met
before are given back, in their order. What a reader of lines could miss is where something goes on from one line to the
next (a tag, wrapped base64): a page with such a line is given back whole, and nothing of it is remembered.

What was read is remembered by Python's hash of its bytes: 64 bits, keyed anew in each process. That two of ten million
lines have the same one happens once in some hundred thousand runs, and hides something only if that line does.
"""

from __future__ import annotations

from functools import partial
import re
from typing import Final

MOST: Final = 200_000
"""Lines and blocks remembered, about 80 bytes each; then all are forgotten, and what is shared is read once more."""

_CUT: Final = b"\n</"
_OPEN: Final = re.compile(rb"<[A-Za-z/!](?:[^<>\"']|\"[^\"]*\"|'[^']*')*(?:\"[^\"]*|'[^']*)?\Z")
_WRAPPED: Final = re.compile(rb"[A-Za-z0-9+/_-]{40,}\r?")


class Known:
    """Remembers lines, and with ``blocks`` whole blocks of them: for pages that are alike in long stretches.

    Each worker process has its own.
    """

    def __init__(self, *, blocks: bool) -> None:
        self._by_block = blocks
        self._blocks: set[int] = set()
        self._lines: set[int] = set()
        self._last: list[bytes] = []

    def __reduce__(self) -> tuple[partial[Known], tuple[()]]:
        """What one process remembers tells another nothing: the hashes have another key there."""
        return partial(Known, blocks=self._by_block), ()

    def fresh(self, page: bytes) -> tuple[bytes, bool]:
        """The lines of the page not met before, and whether they are the whole page."""
        if len(self._lines) + len(self._blocks) > MOST:
            self._blocks, self._lines = set(), set()
        known = self._lines
        text = self._met(page) if self._by_block else page
        lines = list(dict.fromkeys([line for line in text.split(b"\n") if hash(line) not in known]))
        for line in lines:
            if (line[-1:] != b">" or line.count(b'"') & 1 or line.count(b"'") & 1) and goes_on(line):
                return page, True
        self._last = lines
        known.update(map(hash, lines))
        if self._by_block and lines:
            self._keep(text)
        return b"\n".join(lines), False

    def forget(self, line: bytes) -> None:
        """Give the line, one of those given back last, back the next time too."""
        self._lines.discard(hash(line))
        self._blocks.clear()

    def forget_last(self) -> None:
        """Give all that was given back last back the next time too."""
        self._lines.difference_update(map(hash, self._last))
        self._blocks.clear()

    def _met(self, page: bytes) -> bytes:
        """The blocks not met before; all but a page's first begin with the cut."""
        blocks = self._blocks
        cut = page.split(_CUT)
        met = [block for block in cut if hash(block) not in blocks]
        if met and met[0] is not cut[0]:
            met.insert(0, b"")
        return _CUT.join(met)

    def _keep(self, text: bytes) -> None:
        """Remember the blocks, now that all their lines were met."""
        self._blocks.update(map(hash, text.split(_CUT)))


def goes_on(line: bytes) -> bool:
    """Whether what the line says ends on a later one: an open tag or comment, a line of base64."""
    return _WRAPPED.fullmatch(line) is not None or (b"<" in line and _OPEN.search(line) is not None)
