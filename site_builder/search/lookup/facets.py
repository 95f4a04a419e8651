"""What hits are filtered by, as small numbers, one a group: kind with category, year, and region with authority."""

from __future__ import annotations

from array import array
from typing import TypeAlias

import numpy as np

from site_builder.search.facets import GROUPS, WIDTHS
from site_builder.search.lookup.rows import LookupRow
from site_builder.search.lookup.units import Bytes, Numbers

Planes: TypeAlias = Bytes
"""A byte a row, in several rows of such bytes."""


class Facets:
    """Numbers the values of each group in the order they first come."""

    def __init__(self) -> None:
        self._numbers: tuple[dict[tuple[str, ...], int], ...] = tuple({} for _ in GROUPS)
        self._columns: tuple[array[int], ...] = tuple(array("I") for _ in GROUPS)

    def add(self, row: LookupRow) -> None:
        """The next row."""
        for numbers, column, names in zip(self._numbers, self._columns, GROUPS, strict=True):
            column.append(numbers.setdefault(tuple([getattr(row, name) for name in names]), len(numbers)))

    def columns(self) -> list[Numbers]:
        """For each group the rows' numbers."""
        return [np.array(column, np.uint32) for column in self._columns]

    def planes(self) -> Planes:
        """The bytes of all groups of a row, each group's lowest first, one row of the result a byte."""
        parts = [
            (column >> np.uint32(8 * place)).astype(np.uint8)
            for column, width in zip(self.columns(), WIDTHS, strict=True)
            for place in range(width)
        ]
        return np.stack(parts)

    def values(self) -> list[list[list[str]]]:
        """For each group the values, each a list of the group's fields, at the place of its number."""
        return [[list(value) for value in numbers] for numbers in self._numbers]
