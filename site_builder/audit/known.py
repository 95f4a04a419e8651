"""What earlier pages had and this one has again: it was read once and need not be read again.

Pages share most of their lines. A page is cut into blocks, and blocks not met before into lines; only lines not met
before are given back, in their order. What a reader of lines could miss is where something goes on from one line to the
next (a tag, wrapped base64): a page with such a line is given back whole, and nothing of it is remembered.

A record's page may be compared as it is without its own record's public words (``own.py``): then what was read once is
a line with such words in it, whatever the words. What it says together with other such words is searched in its plain
writing alone (``again``); a line with another writing in it besides is not remembered.

What was read is remembered by Python's hash of its bytes: 64 bits, keyed anew in each process. That two of ten million
lines have the same one happens once in some hundred thousand runs, and hides something only if that line does.
"""

from __future__ import annotations

import re
from typing import Final

from site_builder.audit.own import Own
from site_builder.audit.unfold import written_otherwise

MOST: Final = 600_000
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
        self._last: dict[bytes, bytes] = {}
        self.again = b""
        """The lines of the last page that were met around other words."""

    def fresh(self, page: bytes, own: Own | None = None) -> tuple[bytes, bool]:
        """The lines of the page not met before, and whether they are the whole page.

        ``own`` leaves a record's own words out of lines: so they are compared.
        """
        if len(self._lines) + len(self._blocks) > MOST:
            self._blocks, self._lines = set(), set()
        known = self._lines
        text = self._met(page) if self._by_block else page
        unmet = [line for line in text.split(b"\n") if hash(line) not in known]
        told = unmet if own is None else own(unmet)
        lines: dict[bytes, bytes] = {}
        again: list[bytes] = []
        for line, same in zip(unmet, told, strict=True):
            if hash(same) in known:
                again.append(line)
            else:
                lines[line] = same
        self.again = b"\n".join(again)
        for line in lines:
            if (line[-1:] != b">" or line.count(b'"') & 1 or line.count(b"'") & 1) and goes_on(line):
                return page, True
        fresh = b"\n".join(lines)
        self._last = lines
        known.update(hash(same) for line, same in lines.items() if same == line or not written_otherwise(same))
        if self._by_block and lines:
            self._keep(text)
        return fresh, False

    def forget(self, line: bytes) -> None:
        """Give the line, one of those given back last, back the next time too."""
        self._lines.discard(hash(self._last.get(line, line)))
        self._blocks.clear()

    def forget_last(self) -> None:
        """Give all that was given back last back the next time too."""
        self._lines.difference_update(map(hash, self._last.values()))
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
        """Remember the blocks that come again: those all of whose lines were met as they are."""
        known = self._lines
        first, *others = text.split(_CUT)
        blocks = [block for block in others if known.issuperset(map(hash, (b"</" + block).split(b"\n")))]
        blocks += [first] if known.issuperset(map(hash, first.split(b"\n"))) else []
        self._blocks.update(map(hash, blocks))


def goes_on(line: bytes) -> bool:
    """Whether what the line says ends on a later one: an open tag or comment, a line of base64."""
    return _WRAPPED.fullmatch(line) is not None or (b"<" in line and _OPEN.search(line) is not None)
