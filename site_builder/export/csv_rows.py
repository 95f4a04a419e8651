"""Reads a list from CSV strictly (RFC 4180): what a lenient parser would guess at is a fault here.

A record ends where its quotes are paired, and must then match the grammar as a whole. So an unclosed quote is
found where it opened, instead of swallowing the rows after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
import csv
from operator import itemgetter
from pathlib import Path
import re
from typing import Final

from site_builder.errors import Finding
from site_builder.export.batch import Batch, Batcher, FaultLog, Headers
from site_builder.export.cells import Cell
from site_builder.export.columns import header_columns
from site_builder.export.descriptor import Resource
from site_builder.export.disk import on_disk, open_plain
from site_builder.export.text_lines import LONGEST_LINE, TextFault, text_lines

_FIELD: Final = r'(?:"[^"]*+(?:""[^"]*+)*+"|[^",\n]*+)'
_RECORD: Final = re.compile(f"{_FIELD}(?:,{_FIELD})*+")

csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))


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
        records = _Records(text_lines(file, resource.encoding), log)
        header = records.header()
        if header is None:
            return
        batcher.columns, positions = header_columns(header, headers, ignore, log)
        pick = _picker(positions, len(header))
        for number, fields in records.rows(len(header)):
            if batcher.add(number, pick([field or None for field in fields])):
                yield batcher.take()
        batcher.count, batcher.complete = records.count, records.complete
        yield from batcher.finish()


def _picker(positions: tuple[int, ...], width: int) -> Callable[[list[Cell]], tuple[Cell, ...]]:
    """What takes the cells at the given positions of a row ``width`` wide."""
    if positions == tuple(range(width)):
        return tuple
    if len(positions) > 1:
        return itemgetter(*positions)
    return lambda fields: tuple(fields[position] for position in positions)


class _Records:
    """The records of a CSV file, each with its spreadsheet row; ``count`` tells the data rows met so far."""

    def __init__(self, lines: Iterator[str], log: FaultLog) -> None:
        self.count = 0
        self.complete = True
        self._log = log
        self._raw = self._joined(lines)

    def header(self) -> list[str] | None:
        """The fields of the first record; None, and noted, where there is none to go by."""
        row, record = next(self._raw, (1, ""))
        if not record:
            if self.complete:
                self._log.note("no-header", row, "", "第一行不是表头", "第一行写列名，前面不留空行")
            return None
        return self._fields(row, record)

    def rows(self, width: int) -> Iterator[tuple[int, list[str]]]:
        """Each sound record after the header with its row; the others are noted. Empty lines may only end a file."""
        blank = 0
        for row, record in self._raw:
            if not record:
                blank = blank or row
                continue
            if blank:
                self._note_blank(blank, row - 1)
                blank = 0
            self.count += 1
            fields = self._fields(row, record)
            if not self.complete:
                return
            if fields is None:
                continue
            if len(fields) == width:
                yield row, fields
            else:
                hint = "含逗号或换行的内容要用双引号括起；也检查这一行的引号是否配对"
                self._log.note("ragged-row", row, "", f"有 {len(fields)} 格，表头有 {width} 格", hint)

    def _note_blank(self, first: int, last: int) -> None:
        rows = f"第 {first} 至 {last} 行" if last > first else "这一行"
        self._log.note("ragged-row", first, "", f"{rows}是空行", "删去数据中间的空行")

    def _joined(self, lines: Iterator[str]) -> Iterator[tuple[int, str]]:
        """Lines joined into records until their quotes are paired, each with its row."""
        row, size = 1, 0
        parts: list[str] = []
        try:
            for line in lines:
                odd = '"' in line and line.count('"') % 2 == 1
                if not parts and not odd:
                    yield row, line
                    row += 1
                    continue
                parts.append(line)
                size += len(line) + 1
                if odd and len(parts) > 1:
                    yield row, "\n".join(parts)
                    row, size, parts = row + 1, 0, []
                elif size > LONGEST_LINE:
                    break
        except TextFault as fault:
            self._stop(fault.code, row, fault.message, fault.hint)
            return
        if parts:
            self._unclosed(row)

    def _fields(self, row: int, record: str) -> list[str] | None:
        """The fields of one record; None where it is malformed, which is noted."""
        if "\0" in record:
            self._log.note("nul-character", row, "", "含 NUL 字符", "重新导出这个文件")
        elif "\r" in record:
            hint = "换行用 LF 或 CRLF"
            self._log.note("bare-cr", row, "", "含单独的回车符（后面没有换行符）", hint)
        elif '"' not in record:
            return record.split(",")
        elif _RECORD.fullmatch(record):
            return next(csv.reader([record], strict=True))
        elif "\n" in record:
            self._unclosed(row)
        else:
            hint = "整格用双引号括起，格内的双引号写两次"
            self._log.note("stray-quote", row, "", "双引号的前面或后面还有文字", hint)
        return None

    def _unclosed(self, row: int) -> None:
        hint = "补上右引号；格内的双引号写两次。之后的行未能读出"
        self._stop("unclosed-quote", row, "双引号没有配对：从这一行起有一格没有结束", hint)

    def _stop(self, code: str, row: int, message: str, hint: str) -> None:
        self.complete = False
        self._log.note(code, row, "", message, hint)
