"""The records of a CSV, strictly (RFC 4180): what a lenient parser would guess at is a fault here.

A record ends where its quotes are paired, and must then match the grammar as a whole. So an unclosed quote is
found where it opened, instead of swallowing the rows after it. Exports and the tables of offices are read alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import csv
from functools import cache
import re
from typing import Final

from site_builder.export.batch import FaultLog
from site_builder.export.text_lines import LONGEST_LINE, TextFault

csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))

_QUOTED: Final = re.compile(r'"[^"]*(?:""[^"]*)*"')
_FEWEST: Final = 2


class CsvRecords:
    """The records of a CSV, each with its spreadsheet row (1 is the first), once and in order.

    ``complete`` is False once reading had to stop: at undecodable bytes, at a quote that is never closed.
    """

    def __init__(self, lines: Iterable[str], log: FaultLog, delimiter: str = ",") -> None:
        self.complete = True
        self._log = log
        self._delimiter = delimiter
        self._heads: list[str] = []
        self._grammar = _grammar(delimiter)
        self._raw = self._joined(lines)

    def __iter__(self) -> Iterator[tuple[int, list[str] | None]]:
        """Each record's row and fields: ``[]`` for an empty line, None for a malformed one, which is noted."""
        for row, record in self._raw:
            fields = self._fields(row, record) if record else []
            if not self.complete:
                return
            yield row, fields

    def header(self) -> tuple[int, list[str]] | None:
        """The first record; None, and noted, where there is none to go by."""
        row, record = next(self._raw, (1, ""))
        if not record:
            if self.complete:
                self._log.note("no-header", row, "", "第一行不是表头", "第一行写列名，前面不留空行")
            return None
        fields = self._fields(row, record)
        return None if fields is None else (row, fields)

    def named(self, headings: Iterable[str]) -> None:
        """Take the header's texts: faults inside a record are then told with their column."""
        self._heads = list(headings)

    def fits(self, row: int, fields: list[str]) -> bool:
        """Whether a record has as many fields as the header; noted where not. Warns of a cell that holds lines.

        Where quotes were paired by chance and rows run into one cell, the record is as wide as the header only if the
        cell holds as many delimiters as a row does, or more.
        """
        width = len(self._heads)
        if len(fields) != width:
            hint = "含逗号或换行的内容要用双引号括起；也检查这一行的引号是否配对"
            self._log.note("ragged-row", row, "", f"有 {len(fields)} 格，表头有 {width} 格", hint)
            return False
        for position, field in enumerate(fields):
            if "\n" in field and field.count(self._delimiter) >= max(_FEWEST, width - 1):
                hint = "多半是双引号配错了对，把后面几行并了进来：用编辑器打开，从这一行查起"
                message = f"这一格里有 {field.count(chr(10)) + 1} 行文字，像是表里的几行"
                self._log.note("swallowed-rows", row, self._heads[position], message, hint, warning=True)
        return True

    def _joined(self, lines: Iterable[str]) -> Iterator[tuple[int, str]]:
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
            column = "" if fault.before is None else self._heading("\n".join([*parts, fault.before]))
            self._stop(fault.code, row, fault.message, fault.hint, column)
            return
        if parts:
            self._unclosed(row)

    def _heading(self, before: str) -> str:
        """The column in which a record breaks off after the text ``before``."""
        at = _QUOTED.sub("", before).count(self._delimiter)
        return self._heads[at] if at < len(self._heads) else ""

    def _fields(self, row: int, record: str) -> list[str] | None:
        """The fields of one record; None where it is malformed, which is noted."""
        if "\0" in record:
            self._log.note("nul-character", row, "", "含 NUL 字符", "重新导出这个文件")
        elif "\r" in record:
            hint = "换行用 LF 或 CRLF"
            self._log.note("bare-cr", row, "", "含单独的回车符（后面没有换行符）", hint)
        elif '"' not in record:
            return record.split(self._delimiter)
        elif self._grammar.fullmatch(record):
            return next(csv.reader([record], delimiter=self._delimiter, strict=True))
        elif "\n" in record:
            self._unclosed(row)
        else:
            hint = "整格用双引号括起，格内的双引号写两次"
            self._log.note("stray-quote", row, "", "双引号的前面或后面还有文字", hint)
        return None

    def _unclosed(self, row: int) -> None:
        hint = "补上右引号；格内的双引号写两次。之后的行未能读出"
        self._stop("unclosed-quote", row, "双引号没有配对：从这一行起有一格没有结束", hint)

    def _stop(self, code: str, row: int, message: str, hint: str, column: str = "") -> None:
        self.complete = False
        self._log.note(code, row, column, message, hint)


@cache
def _grammar(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    field = rf'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{mark}\n]*+)'
    return re.compile(f"{field}(?:{mark}{field})*+")
