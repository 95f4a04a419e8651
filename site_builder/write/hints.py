"""What the audit is told of the records' pages of a shard: what each is joined of. It is doubted."""

from __future__ import annotations

from array import array

import msgspec

from site_builder.render.pages import Joined


class Hints:
    """Constants and values of many pages, each once."""

    def __init__(self) -> None:
        self._frames: dict[tuple[bytes, ...], int] = {}
        self._values: dict[str, int] = {}
        self._pages: dict[str, bytes] = {}

    def add(self, record_id: str, joined: Joined) -> None:
        """Take in a page; one that was not rendered now, or of which nothing is told, is left out."""
        if joined.constants:
            numbers, values = self._values.setdefault, self._values
            frame = self._frames.setdefault(joined.constants, len(self._frames))
            told = [frame, *[numbers(one, len(values)) for one in joined.values]]
            self._pages[record_id] = array("I", told).tobytes()

    def packed(self) -> bytes:
        """For ``audit.staged``: the constants of each frame, the values, and by id the numbers of a page's.

        The first number is the frame's; all are of 32 bits.
        """
        return msgspec.msgpack.encode((list(self._frames), [one.encode() for one in self._values], self._pages))
