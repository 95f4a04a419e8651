"""The lines of a page that no earlier page had: what pages share is read once."""

from __future__ import annotations

from typing import Final

MOST: Final = 200_000
"""Lines remembered; then all are forgotten, and what is shared is read once more."""


class Lines:
    """Remembers lines. Each worker process has its own."""

    def __init__(self) -> None:
        self._of = ""
        self._seen: set[bytes] = set()

    def fresh(self, page: bytes, of: str = "") -> tuple[list[int], bytes]:
        """The numbers (from 1) of the page's lines not seen before, and the lines joined by line ends.

        Lines of another folder (``of``) are forgotten: the same relative link leads elsewhere there.
        """
        if of != self._of or len(self._seen) > MOST:
            self._of = of
            self._seen = set()
        numbers: list[int] = []
        lines: list[bytes] = []
        seen = self._seen
        for number, line in enumerate(page.split(b"\n"), start=1):
            if line not in seen:
                seen.add(line)
                numbers.append(number)
                lines.append(line)
        return numbers, b"\n".join(lines)
