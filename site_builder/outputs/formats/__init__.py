"""The formats of the downloads, one module each; everything that is done in every format asks here."""

from __future__ import annotations

from site_builder.outputs.formats import csv, jsonl, parquet, sqlite, xlsx
from site_builder.outputs.formats.format import MEASURE_ENTRIES, MEASURE_LINKS, Format, RowSet, table_of

__all__ = [
    "FORMATS",
    "MEASURE_ENTRIES",
    "MEASURE_LINKS",
    "Format",
    "RowSet",
    "by_line",
    "media",
    "named",
    "of_a_kind",
    "table_of",
    "together",
]

FORMATS: tuple[Format, ...] = (csv.FORMAT, jsonl.FORMAT, xlsx.FORMAT, parquet.FORMAT, sqlite.FORMAT)
"""Every format, in the order visitors read them."""


def of_a_kind() -> tuple[Format, ...]:
    """The formats with a file of each kind."""
    return tuple(one for one in FORMATS if not one.together)


def by_line() -> tuple[Format, ...]:
    """The formats that come by year too, and that the tables of measures come in."""
    return tuple(one for one in FORMATS if one.by_line)


def together() -> tuple[Format, ...]:
    """The formats with one file of all kinds."""
    return tuple(one for one in FORMATS if one.together)


def named(name: str) -> Format:
    """The format whose files' names end so."""
    return next(one for one in FORMATS if one.name == name)


def media() -> dict[str, str]:
    """The media type of each format."""
    return {one.name: one.media for one in FORMATS}
