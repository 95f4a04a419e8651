"""Reads the lists of an export, whatever their format: one interface over CSV, JSONL and XLSX."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from site_builder.errors import Finding
from site_builder.export.batch import Batch, Headers
from site_builder.export.cells import Cell
from site_builder.export.csv_rows import read_csv
from site_builder.export.descriptor import Resource, ResourceFormat
from site_builder.export.jsonl_rows import read_jsonl
from site_builder.export.xlsx_rows import read_xlsx

__all__ = ["Batch", "Cell", "Headers", "read"]


def read(
    path: Path,
    resource: Resource,
    headers: Headers,
    ignore: frozenset[str],
    faults: list[Finding],
    batch_rows: int = 2000,
) -> Iterator[Batch]:
    """The rows of one list at ``path`` in batches of at most ``batch_rows``.

    ``headers`` maps every accepted header to its machine name; ``ignore`` names the columns dropped without a fault.
    Faults of the file, the row count among them, are appended to ``faults`` while the batches are taken; they are
    complete when the iterator has ended. Raises SiteBuilderError where the machine refuses to read.
    """
    match resource.format:
        case ResourceFormat.CSV:
            return read_csv(path, resource, headers, ignore, faults, batch_rows)
        case ResourceFormat.JSONL:
            return read_jsonl(path, resource, headers, ignore, faults, batch_rows)
        case ResourceFormat.XLSX:
            return read_xlsx(path, resource, headers, ignore, faults, batch_rows)
        case ResourceFormat.JPEG | ResourceFormat.PNG | ResourceFormat.WEBP:
            raise ValueError(resource.format)
