"""A table in a text file: its encoding and its delimiter are found out, its rows are read as an export's are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from pathlib import Path
import re
from typing import Final

from site_builder.errors import Finding, Place, SiteBuilderError, refuse
from site_builder.export.batch import FaultLog
from site_builder.export.csv_records import CsvRecords
from site_builder.export.text_lines import TextFault, text_lines
from site_builder.pack.table import Raw, Table

ENDINGS: Final = (".csv", ".txt", ".tsv")
DELIMITERS: Final = {",": ",", "\t": "制表符", ";": ";", "|": "|"}
"""What may stand between cells, and what it is called."""

LOOKED_AT: Final = 30
"""Rows by which the delimiter is told."""

_HINT: Final = "用 Excel 打开核对后，另存为 .xlsx 或 UTF-8 的 CSV"
_LOST: Final = "\ufffd"
_AS_TEXT: Final = re.compile(r'(^|[,;\t|])="([^"]*)"(?=[,;\t|]|$)')
"""What programs write for a number that is to stay a text: ``="0012"``, without the quotes CSV asks for."""

_PIECE: Final = re.compile(rb'[^,;\t\r\n"|]+')
_CJK: Final = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_FEWEST_WIDE: Final = 6
_FEWEST_CJK: Final = 2
_MOST_WRONG: Final = 3
"""A line speaks for UTF-8 that has some wide characters, and at least so many for each that is broken."""


def read_text(path: Path, delimiter: str, header: int, known: Callable[[Sequence[Raw]], int]) -> Table:
    """The one table of a text file. Raises SiteBuilderError with every malformed row.

    ``delimiter`` and ``header`` (a row) are what the map says, where it does; ``known`` tells how many headings of a
    row are known: without a word of the map, the delimiter is that under which the best header is found.
    """
    data = path.read_bytes().rstrip(b"\x1a")  # what old programs end a text with
    encoding = _encoding(path.name, data)
    if not delimiter:
        delimiter = max(DELIMITERS, key=lambda one: _promise(data, encoding, one, header, known))
    faults: list[Finding] = []
    records = CsvRecords(_lines(data, encoding), FaultLog(path.name, faults), delimiter)
    rows: dict[int, list[Raw]] = {}
    best = 2
    for row, fields in records:
        if fields:
            rows[row] = list(fields)
        if fields and row <= LOOKED_AT and (row == header or (not header and known(fields) > best)):
            best = known(fields)
            records.named(fields)
    faults += _lost(path.name, rows)
    if faults:
        raise SiteBuilderError(faults)
    notes = [f"编码 {encoding} → utf-8"] if encoding != "utf-8" else []
    notes += [f"分隔符 {DELIMITERS[delimiter]} → ,"] if delimiter != "," else []
    return Table(file=path.name, rows=rows, text=delimiter, notes=tuple(notes))


def _promise(
    data: bytes, encoding: str, delimiter: str, header: int, known: Callable[[Sequence[Raw]], int]
) -> tuple[int, int]:
    """How much speaks for a delimiter: the known headings of the best row, then its cells."""
    records = CsvRecords(_lines(data, encoding), FaultLog("", []), delimiter)
    first = islice(records, header or LOOKED_AT)
    return max(((known(fields), len(fields)) for row, fields in first if fields and row >= header), default=(0, 0))


def _lines(data: bytes, encoding: str) -> Iterator[str]:
    try:
        for line in text_lines(BytesIO(data), encoding):
            yield _AS_TEXT.sub(r'\1"=""\2"""', line) if '="' in line else line
    except TextFault as fault:
        raise TextFault(fault.code, fault.message, _HINT, fault.before) from None


def _encoding(file: str, data: bytes) -> str:
    """The encoding of the bytes. Raises where some lines speak for UTF-8 and others against it, or none is right.

    A text that is UTF-8 but for a few bytes would decode as GB 18030 without an error, into other characters.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    utf8 = gbk = 0
    for line in data.split(b"\n"):
        if not line.isascii():
            text = line.decode("utf-8", "replace")
            bad = text.count(_LOST) - line.count(_LOST.encode())
            wide = sum(char > "\x7f" for char in text) - bad
            utf8 += wide >= _FEWEST_WIDE and wide > _MOST_WRONG * bad
            gbk += wide <= _MOST_WRONG * bad
    if gbk and not utf8:
        utf8 = sum(map(_is_utf8, set(_PIECE.findall(data))))
    if gbk and utf8:
        message = f"{utf8} 处像是 UTF-8，{gbk} 处像是 GBK：一个文件里有两种编码"
        raise refuse("not-in-encoding", message, hint=_HINT, place=Place(file))
    return "gb18030" if gbk else "utf-8"


def _is_utf8(piece: bytes) -> bool:
    """Whether a cell of a text that otherwise is GBK is Chinese in UTF-8: it would decode, into other characters."""
    if piece.isascii():
        return False
    try:
        wide = [char for char in piece.decode() if char > "\x7f"]
    except UnicodeDecodeError:
        return False
    return len(wide) >= _FEWEST_CJK and all(map(_CJK.match, wide))


def _lost(file: str, rows: dict[int, list[Raw]]) -> Iterator[Finding]:
    """Cells in which an earlier program wrote a replacement for what it could not decode."""
    for row, cells in rows.items():
        for position, cell in enumerate(cells):
            if _LOST in str(cell):
                at = str(cell).index(_LOST) + 1
                message = f"第 {position + 1} 列的第 {at} 个字是 U+FFFD：以前转换编码时丢了原来的字"
                yield Finding("not-in-encoding", Place(file, row), message, "从原来的系统重新导出")
