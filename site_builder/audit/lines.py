"""The lines of a page that no earlier page of the same folder had: what all pages share is read once a folder."""

from __future__ import annotations

from typing import Final

MOST: Final = 200_000
"""Lines remembered; then all are forgotten, and what is shared is read once more."""


class Lines:
    """Remembers the lines of one folder. Each worker process has its own."""

    def __init__(self) -> None:
        self._folder = ""
        self._seen: set[bytes] = set()

    def fresh(self, folder: str, page: bytes) -> tuple[list[int], bytes]:
        """The numbers (from 1) of the page's lines not seen in this folder, and the lines joined by line ends."""
        if folder != self._folder or len(self._seen) > MOST:
            self._folder = folder
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
