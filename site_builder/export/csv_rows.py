"""Reads a list of an export from CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import itemgetter
from pathlib import Path

from site_builder.errors import Finding
from site_builder.export.batch import Batch, Batcher, FaultLog, Headers
from site_builder.export.cells import Cell
from site_builder.export.columns import header_columns
from site_builder.export.csv_records import CsvRecords
from site_builder.export.descriptor import Resource
from site_builder.export.disk import on_disk, open_plain
from site_builder.export.text_lines import text_lines


def read_csv(
    path: Path,
    resource: Resource,
    headers: Headers,
    ignore: frozenset[str],
    faults: list[Finding],
    batch_rows: int,
) -> Iterator[Batch]:
    """The rows of a CSV file in batches; every fault of the file is appended to ``faults``.

    Cells are text, empty ones None. Faulty rows are left out and still counted; after an unclosed quote or
    undecodable bytes reading stops.
    """
    log = FaultLog(resource.path, faults)
    batcher = Batcher(resource, log, batch_rows)
    with on_disk("读取文件", log.file), open_plain(path) as file:
        records = CsvRecords(text_lines(file, resource.encoding), log)
        header = records.header()
        if header is None:
            return
        batcher.columns, positions = header_columns(header[1], headers, ignore, log)
        pick = _picker(positions, len(header[1]))
        records.named(header[1])
        for number, fields in _rows(records, batcher, log):
            if batcher.add(number, pick([field or None for field in fields])):
                yield batcher.take()
        batcher.complete = records.complete
        yield from batcher.finish()


def _rows(records: CsvRecords, batcher: Batcher, log: FaultLog) -> Iterator[tuple[int, list[str]]]:
    """Each sound record after the header; all are counted. Empty lines may only end a file."""
    blank = 0
    for row, fields in records:
        if fields == []:
            blank = blank or row
            continue
        if blank:
            rows = f"第 {blank} 至 {row - 1} 行" if row - 1 > blank else "这一行"
            log.note("ragged-row", blank, "", f"{rows}是空行", "删去数据中间的空行")
            blank = 0
        batcher.count += 1
        if fields is not None and records.fits(row, fields):
            yield row, fields


def _picker(positions: tuple[int, ...], width: int) -> Callable[[list[Cell]], tuple[Cell, ...]]:
    """What takes the cells at the given positions of a row ``width`` wide."""
    if positions == tuple(range(width)):
        return tuple
    if len(positions) > 1:
        return itemgetter(*positions)
    return lambda fields: tuple(fields[position] for position in positions)
