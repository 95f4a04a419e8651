"""What hits are filtered by, as small numbers: kind with category, year, and region with authority.

Three numbers a row instead of five, because a category belongs to a kind and an authority to few regions.
"""

from __future__ import annotations

from array import array

from site_builder.search.lookup.rows import LookupRow

GROUPS: tuple[tuple[str, ...], ...] = (("kind", "category"), ("year",), ("region", "authority"))
"""The fields that share one number."""

WIDTHS = (2, 2, 3)
"""Bytes each group's number takes."""

FACETS_WIDTH = sum(WIDTHS)
"""Bytes of all groups of a row."""


class Facets:
    """Numbers the values of each group in the order they first come."""

    def __init__(self) -> None:
        self._numbers: tuple[dict[tuple[str, ...], int], ...] = tuple({} for _ in GROUPS)
        self.columns: tuple[array[int], ...] = tuple(array("I") for _ in GROUPS)

    def add(self, row: LookupRow) -> str:
        """The next row's numbers as Latin-1 characters, each lowest byte first."""
        found = []
        values = ((row.kind, row.category), (row.year,), (row.region, row.authority))
        for group, value in enumerate(values):
            numbers = self._numbers[group]
            number = numbers.setdefault(value, len(numbers))
            self.columns[group].append(number)
            found.append(number.to_bytes(WIDTHS[group], "little").decode("latin-1"))
        return "".join(found)

    def values(self) -> list[list[list[str]]]:
        """For each group the values, each a list of the group's fields, at the place of its number."""
        return [[list(value) for value in numbers] for numbers in self._numbers]
