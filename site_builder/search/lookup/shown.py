"""The rows themselves, for checking and showing hits: blocks of 16, named by the segment of 1,024 they belong to.

A block is gzip JSON: one list a field of ``LookupRow`` in its order.
"""

from __future__ import annotations

import msgspec

from site_builder.search.lookup.blocks import Out, name_of, pack
from site_builder.search.lookup.rows import FIELDS, LookupRow

BLOCK_ROWS = 16
"""Rows of a block."""

SEGMENT_ROWS = 1024
"""Rows whose blocks share a content name."""


class RowsWriter:
    """Takes the rows in order and writes them; ``segments`` are the content names, run together."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._columns: list[list[str]] = [[] for _ in FIELDS]
        self._blocks: list[bytes] = []
        self._names: list[str] = []

    def add(self, row: LookupRow) -> None:
        """The next row."""
        for column, field in zip(self._columns, msgspec.structs.astuple(row), strict=True):
            column.append(field)
        if len(self._columns[0]) == BLOCK_ROWS:
            self._end_block()

    def _end_block(self) -> None:
        self._blocks.append(pack(msgspec.json.encode(self._columns)))
        for column in self._columns:
            column.clear()
        if len(self._blocks) == SEGMENT_ROWS // BLOCK_ROWS:
            self._end_segment()

    def _end_segment(self) -> None:
        name = name_of(b"".join(self._blocks))
        for place, block in enumerate(self._blocks):
            self._out(f"row/{name}-{place}.bin", block)
        self._names.append(name)
        self._blocks = []

    def close(self) -> str:
        """Write what is left; returns the segments' names, run together."""
        if self._columns[0]:
            self._end_block()
        if self._blocks:
            self._end_segment()
        return "".join(self._names)
