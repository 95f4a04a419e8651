"""Whether a download is, byte for byte, what the published records make; then only its frame is left to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
import hashlib
import html
from pathlib import Path
import re
from typing import IO, Final, NamedTuple
import zipfile
import zlib

import msgspec

from site_builder.audit.rows import DAY_STYLE, Digested, Parts
from site_builder.outputs.columns import COLUMNS, heading
from site_builder.outputs.formats import jsonl, xlsx
from site_builder.public.columns import ShownColumn
from site_builder.vocabulary import Kind

_CHUNK: Final = 1 << 20
_FRAME: Final = 1 << 16
_SHEET: Final = "xl/worksheets/sheet1.xml"
_LEGEND: Final = "xl/worksheets/sheet2.xml"
_STYLES: Final = "xl/styles.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_ROWS: Final = b"</row>"
_TEXT: Final = re.compile(rb"<si><t[^<>]*>([^<>]*)</t></si>")
_PLACE: Final = re.compile(rb"t=\"s\"><v>(\d+)</v>")
_VALUE: Final = re.compile(rb"<c (?![^<>]*t=\"s\")[^<>]*[^/]>|<f>|<is>")
"""A cell that is no text of the shared ones."""

_STYLE: Final = re.compile(rb"<xf [^<>]*?numFmtId=\"(\d+)\"")
_DAYS: Final = b'formatCode="yyyy-mm-dd"'


class Vouched(msgspec.Struct, frozen=True):
    """The file's digest, and the bytes of it that are not the records': (name, bytes)."""

    digest: str
    frame: tuple[tuple[str, bytes], ...]


def vouched(path: Path, kind: Kind, extension: str, parts: Sequence[Parts]) -> Vouched | None:
    """The file's digest and frame where its rows are exactly ``parts``, in this order; else None. Streams the file.

    Of JSON lines those come first that are the first to show a column, where they would come too late.
    """
    found = [getattr(one, extension) for one in parts]
    if any(one is None for one in found):
        return None
    columns = COLUMNS[kind]
    names = [column.name for column in columns]
    header = b"\xef\xbb\xbf" + ",".join(names).encode() + b"\r\n" if extension == "csv" else b""
    frame: tuple[tuple[str, bytes], ...] = ((path.name, header),) if header else ()
    with path.open("rb") as file:
        if extension == "xlsx":
            frame = _book(file, columns, found)
            same = bool(frame)
        else:
            early = _early(parts) if extension == jsonl.FORMAT.name else []
            same = file.read(len(header)) == header and holds(file, found, early) and not file.read(1)
        if not same:
            return None
        file.seek(0)
        return Vouched(hashlib.file_digest(file, "sha256").hexdigest(), frame)


class _Early(NamedTuple):
    """A line that stands before all parts: the number of its part, and its place there."""

    part: int
    start: int
    size: int


def _early(parts: Sequence[Parts]) -> list[_Early]:
    """Those without which a column would not be among the first lines."""
    first: dict[int, tuple[int, _Early]] = {}
    before = 0
    for number, part in enumerate(parts):
        for one in part.shown:
            first.setdefault(one.column, (before + one.row, _Early(number, one.start, one.size)))
        before += part.count
    rows = dict(first.values())
    return [rows[row] for row in sorted(rows) if row >= jsonl.FIRST - jsonl.early_lines(rows)]


def holds(file: IO[bytes], parts: Sequence[Digested], early: Sequence[_Early] = ()) -> bool:
    """Whether the next bytes are the parts, but that those lines of them come first."""
    lines = [(one, file.read(one.size)) for one in early]
    for number, part in enumerate(parts):
        digest, at = hashlib.sha256(), 0
        for one, line in lines:
            if one.part == number:
                _feed(digest, file, one.start - at)
                digest.update(line)
                at = one.start + one.size
        _feed(digest, file, part.size - at)
        if digest.hexdigest() != part.digest:
            return False
    return True


def _feed(digest: hashlib._Hash, file: IO[bytes], size: int) -> None:
    """So many of the next bytes, or as many as there are."""
    while size and (piece := file.read(min(size, _CHUNK))):
        digest.update(piece)
        size -= len(piece)


def _book(file: IO[bytes], columns: Sequence[ShownColumn], parts: Sequence[Digested]) -> tuple[tuple[str, bytes], ...]:
    """Everything of a workbook but its rows, where these are the parts; else nothing."""
    try:
        with zipfile.ZipFile(file) as book:
            frame = dict(_members(book))
            with book.open(_SHEET) as sheet:
                head = _head(sheet)
                same = head.endswith(_ROWS) and holds(sheet, parts)
                tail = sheet.read(_FRAME)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError):
        return ()
    texts = [html.unescape(one.decode("utf-8", "replace")) for one in _TEXT.findall(frame.get(_STRINGS, b""))]
    legend = frame.get(_LEGEND, b"")
    places = [int(one) for one in _PLACE.findall(head)]
    heads = texts == _said(columns) and places == list(range(len(columns)))
    heads = heads and [int(one) for one in _PLACE.findall(legend)] == _places(columns)
    heads = heads and not _VALUE.search(legend) and not _VALUE.search(head)
    around = heads and head.count(b"<row") == 1 and b"<row" not in tail and len(tail) < _FRAME
    if not (same and around and tail.startswith(b"</sheetData>") and _shows_days(frame.get(_STYLES, b""))):
        return ()
    return ((_SHEET, head), (_SHEET, tail), *frame.items())


def _said(columns: Sequence[ShownColumn]) -> list[str]:
    """The texts of a workbook beside its rows: the headings, and what the last sheet says of each column."""
    headings = [heading(column) for column in columns]
    told = [text for column in columns for text in (heading(column), column.about, column.name)]
    return [text for text in dict.fromkeys([*headings, *xlsx.LEGEND_HEAD, *told]) if text]


def _places(columns: Sequence[ShownColumn]) -> list[int]:
    """Where in ``_said`` the last sheet's cells stand, row by row; an empty cell is none."""
    texts = _said(columns)
    rows = [xlsx.LEGEND_HEAD, *((heading(one), one.about, one.name) for one in columns)]
    return [texts.index(text) for row in rows for text in row if text]


def _head(sheet: IO[bytes]) -> bytes:
    """A sheet as far as its header row goes, and not a byte further."""
    head = bytearray()
    while len(head) < _FRAME and not head.endswith(_ROWS) and (byte := sheet.read(1)):
        head += byte
    return bytes(head)


def _members(book: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The members but the sheet of rows, and what the archive itself says.

    Raises ``KeyError`` for another sheet than that and the one behind it, which says what the columns mean.
    """
    infos = book.infolist()
    said = [book.comment, *(part for one in infos for part in (one.filename.encode(), one.comment, one.extra))]
    yield "", b"\n".join(said)
    for one in infos:
        if one.filename == _SHEET:
            continue
        another = one.filename.startswith("xl/worksheets/") and one.filename != _LEGEND
        if another or len({one.filename for one in infos}) < len(infos):
            raise KeyError(one.filename)
        yield one.filename, book.read(one)


def _shows_days(styles: bytes) -> bool:
    """Whether the style of dates is one."""
    formats = _STYLE.findall(styles[styles.find(b"<cellXfs") :])
    place = int(DAY_STYLE)
    return len(formats) > place and b'numFmtId="%b" %b' % (formats[place], _DAYS) in styles
