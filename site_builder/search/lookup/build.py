"""From rows to the whole index."""

from __future__ import annotations

from collections.abc import Iterable
import itertools
from pathlib import Path

import msgspec
import numpy as np

from site_builder.search.facets import FACETS, WIDTHS, told
from site_builder.search.lookup.blocks import MANIFEST, Out, write_block, write_json
from site_builder.search.lookup.directory import write_directory
from site_builder.search.lookup.facets import Facets
from site_builder.search.lookup.keys import keys_of
from site_builder.search.lookup.leaves import Leaves
from site_builder.search.lookup.lists import encode_list
from site_builder.search.lookup.near import Near
from site_builder.search.lookup.pieces import Pieces
from site_builder.search.lookup.rows import FIELDS, LookupRow, in_order
from site_builder.search.lookup.shown import RowsWriter
from site_builder.search.lookup.suffixes import buckets
from site_builder.search.lookup.units import Keyring

FORMAT = 4
"""Raised when the browser's side of an older release could not read the index."""


def build(rows: Iterable[LookupRow], out: Out, scratch: Path | None = None) -> None:
    """Write the index of ``rows``: the same bytes for the same rows in whatever order they come.

    The rows lie below ``scratch`` meanwhile; without one, in the machine's temporary folder.
    """
    keyring, facets, shown, near = Keyring(), Facets(), RowsWriter(out), Near(out)
    count, kinds = 0, set[str]()
    for row in in_order(rows, scratch):
        keyring.add(keys_of(row))
        facets.add(row)
        shown.add(row)
        near.add(count, row)
        kinds.add(row.kind)
        count += 1
    tables = {
        "segment": shown.close(),
        "near": near.close(),
        "facet": facets.values(),
        "filter": _write_filters(facets, out),
        "column": _write_columns(facets, out),
    }
    leaves, pieces = Leaves(facets.planes(), out), Pieces(count, facets.columns(), out)
    for bucket in buckets(keyring.close()):
        pieces.watch(bucket)
        leaves.add(bucket)
    leaves.close()
    manifest = {
        "format": FORMAT,
        "rows": count,
        "root": write_directory(leaves, pieces.found, out),
        "tables": write_json("tables", tables, out),
        "fields": FIELDS,
        "facets": told(FACETS, kinds),
        "widths": WIDTHS,
    }
    out(MANIFEST, msgspec.json.encode(manifest))


def _write_filters(facets: Facets, out: Out) -> str:
    """For each group's values the list of their rows; returns the name of the block that names them."""
    names = []
    for column, values in zip(facets.columns(), facets.values(), strict=True):
        order = np.argsort(column, kind="stable").astype(np.uint32)
        lists = np.split(order, np.searchsorted(column[order], np.arange(1, len(values))))
        names.append("".join(write_block("list", encode_list(rows, len(column)), out) for rows in lists[: len(values)]))
    return write_json("filter", names, out)


def _write_columns(facets: Facets, out: Out) -> list[str]:
    """For each group the numbers of all rows, as byte planes; returns the blocks' names."""
    planes = facets.planes()
    starts = itertools.accumulate(WIDTHS, initial=0)
    return [
        write_block("column", planes[start : start + width].tobytes(), out)
        for start, width in zip(starts, WIDTHS, strict=False)
    ]
