"""Makes a plain copy of a workbook, so that nothing unchecked ever reaches the XLSX library.

The library aborts the whole process on some cells, shows formulas as values, and believes the zip's directory. It is
therefore given only a workbook written here: the sheets wanted, their texts and their styles, each checked as it
streams by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BufferedReader, BytesIO
import posixpath
import re
from typing import Final
from xml.parsers import expat
import zipfile

import msgspec

from site_builder.export.archive import BROKEN, open_zip, overlapping
from site_builder.export.names import same_name
from site_builder.export.xlsx_sheet import MOST_CELLS, SheetScan, XlsxFault, damaged, letters, safe_parser

_MOST_UNPACKED: Final = 512 << 20
_MOST_TEXTS: Final = 128 << 20
_MOST_SMALL: Final = 16 << 20
_CHUNK: Final = 1 << 18
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT: Final = (
    f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_LINKS: Final = ("sharedStrings", "styles")
_DRESSED_FORMATS: Final = frozenset({"9", "10", "11", "12", "13", "48"})
"""The built-in formats of percents, fractions and powers of ten (ECMA-376 part 1, 18.8.30)."""

_DRESSES: Final = re.compile(r'"[^"]+"|^0{2,}(?!\.)|%|/|[Ee][+]|\\[^\s\\_-]')

NewScan = Callable[[frozenset[str]], SheetScan]
"""Makes the scan of a sheet, given the styles that dress numbers."""

Link = tuple[str, str, str]
"""A relationship: its id, the last word of its type, and the part it points to."""


class WorkbookSheet(msgspec.Struct, frozen=True):
    """A worksheet of a workbook: its place among all sheets, its name, and whether it is shown."""

    place: int
    name: str
    visible: bool
    link: str


class Copy(msgspec.Struct, frozen=True):
    """A minimal workbook with only the sheets wanted, in their order, and what each of them holds.

    ``sheets`` are all that the workbook has. ``from_1904``: its days are counted from 1904.
    """

    book: BytesIO
    scans: tuple[tuple[WorkbookSheet, SheetScan], ...]
    sheets: tuple[WorkbookSheet, ...]
    from_1904: bool


def plain_copy(file: BufferedReader) -> tuple[BytesIO, SheetScan]:
    """A minimal workbook with only the first sheet of the one in ``file``, and what that sheet holds.

    Raises XlsxFault: not a workbook, encrypted, with macros, repeated or overlapping parts, too large, a value out of
    range, XML that is unsound or brings a document type.
    """
    copy = copy_sheets(file, lambda sheet: sheet.place == 0, lambda _: SheetScan())
    if not copy.scans:
        raise damaged("找不到第一个工作表，或它不是普通的工作表")
    scan = copy.scans[0][1]
    extent = scan.extent
    if stray := extent.stray():
        row, column = stray
        message = f"表格占 {extent.last_row} 行、{extent.last_column} 列，大半是空的：{letters(column)}{row} 一带有内容"
        raise XlsxFault("too-large", message, "删去远处的单元格；行数很多时请改用 CSV 或 JSONL")
    if extent.cells > MOST_CELLS:
        message = f"表格占 {extent.last_row} 行、{extent.last_column} 列，超过 {MOST_CELLS} 格"
        raise XlsxFault("too-large", message, "删去远处的单元格；行数很多时请改用 CSV 或 JSONL")
    return copy.book, scan


def copy_sheets(
    file: BufferedReader, wanted: Callable[[WorkbookSheet], bool], scan: NewScan, *, macros: bool = False
) -> Copy:
    """A minimal workbook with the worksheets ``wanted`` of the one in ``file``. Raises XlsxFault as ``plain_copy``.

    ``scan`` makes what looks through a sheet, given the styles that show other text than the number of a cell.
    ``macros``: a workbook with macros is read too; they are not copied.
    """
    try:
        with open_zip(file) as archive:
            _check_parts(file, archive, macros=macros)
            return _copy(archive, wanted, scan)
    except BROKEN:
        raise damaged("不是完整的 .xlsx 文件（也可能设了密码，或是旧的 .xls）") from None


def _check_parts(file: BufferedReader, archive: zipfile.ZipFile, *, macros: bool) -> None:
    members = archive.infolist()
    names = [same_name(member.filename) for member in members]
    if not macros and any(name.endswith("vbaproject.bin") for name in names):
        raise XlsxFault("macros", "工作簿带有宏", "另存为不带宏的 .xlsx")
    if any(member.flag_bits & 1 for member in members):
        raise damaged("工作簿是加密的")
    if len(set(names)) != len(names) or overlapping(file, archive.start_dir, members):
        raise damaged("工作簿内部有同名或重叠的成员")
    _check_size(sum(member.file_size for member in members), _MOST_UNPACKED)


def _check_size(size: int, most: int) -> None:
    if size > most:
        hint = "行数很多时请改用 CSV 或 JSONL"
        raise XlsxFault("too-large", f"工作簿的一部分解开后超过 {most >> 20} MiB", hint)


def _copy(archive: zipfile.ZipFile, wanted: Callable[[WorkbookSheet], bool], new_scan: NewScan) -> Copy:
    workbook = next((target for _, kind, target in _links(archive, "") if kind == "officeDocument"), "")
    sheets, from_1904 = _sheets(_small(archive, workbook))
    links = _links(archive, workbook)
    parts = {name: target for name, kind, target in links if kind == "worksheet"}
    chosen = [one for one in sheets if one.link in parts and wanted(one)]
    styles = frozenset(_dressing(archive, [target for _, kind, target in links if kind == "styles"]))
    out = BytesIO()
    scans: list[tuple[WorkbookSheet, SheetScan]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        copy.writestr("_rels/.rels", _ROOT)
        copy.writestr("xl/workbook.xml", _workbook(len(chosen), from_1904=from_1904))
        copy.writestr("xl/_rels/workbook.xml.rels", _relations(len(chosen)))
        for kind, most in (("sharedStrings", _MOST_TEXTS), ("styles", _MOST_SMALL)):
            part = next((target for _, word, target in links if word == kind), "")
            if part:
                _stream(archive, part, copy, f"xl/{kind}.xml", most, _WellFormed())
        for number, one in enumerate(chosen, start=1):
            scan = new_scan(styles)
            _stream(archive, parts[one.link], copy, f"xl/worksheets/sheet{number}.xml", _MOST_UNPACKED, scan)
            scans.append((one, scan))
    out.seek(0)
    return Copy(out, tuple(scans), sheets, from_1904)


def _dressing(archive: zipfile.ZipFile, parts: list[str]) -> Iterator[str]:
    """The cell styles whose number format shows text, leading zeros, a percent or fractions beside the number."""
    elements = [one for part in parts for one in _small(archive, part)]
    formats = {one.get("numFmtId", ""): one.get("formatCode", "") for name, one in elements if name == "numFmt"}
    inside, style = False, 0
    for name, one in elements:
        if name in ("cellStyleXfs", "cellXfs", "cellStyles"):
            inside = name == "cellXfs"
        elif inside and name == "xf":
            number = one.get("numFmtId", "0")
            if number in _DRESSED_FORMATS or _DRESSES.search(formats.get(number, "").partition(";")[0]):
                yield str(style)
            style += 1


def _workbook(count: int, *, from_1904: bool) -> str:
    sheets = "".join(f'<sheet name="{one}" sheetId="{one}" r:id="rId{one}"/>' for one in range(1, count + 1))
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><workbookPr date1904="{int(from_1904)}"/>'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def _relations(count: int) -> str:
    def relation(name: str, kind: str, target: str) -> str:
        return f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'

    sheets = [relation(f"rId{one}", "worksheet", f"worksheets/sheet{one}.xml") for one in range(1, count + 1)]
    others = [relation(kind, kind, f"{kind}.xml") for kind in _LINKS]
    return f'<Relationships xmlns="{_PACKAGE}">{"".join([*sheets, *others])}</Relationships>'


class _WellFormed:
    """Checks that a part is XML without a document type."""

    def __init__(self) -> None:
        self._parser = safe_parser()

    def feed(self, data: bytes, *, final: bool = False) -> None:
        """Take in the next bytes."""
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError:
            raise damaged("工作簿内部的 XML 不完整或不合法") from None


def _stream(
    archive: zipfile.ZipFile, part: str, copy: zipfile.ZipFile, name: str, most: int, check: _WellFormed | SheetScan
) -> None:
    """Copy one part under a new name through its check."""
    size = 0
    with archive.open(part) as source, copy.open(name, "w") as target:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            _check_size(size, most)
            check.feed(chunk)
            target.write(chunk)
        check.feed(b"", final=True)


def _small(archive: zipfile.ZipFile, part: str) -> list[tuple[str, dict[str, str]]]:
    """The elements of a small part, local names with their attributes."""
    _check_size(archive.getinfo(part).file_size, _MOST_SMALL)
    elements: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        elements.append((name.rpartition(":")[2], {**local, **attributes}))

    parser = safe_parser()
    parser.StartElementHandler = start
    try:
        parser.Parse(archive.read(part), True)
    except expat.ExpatError:
        raise damaged("工作簿内部的 XML 不完整或不合法") from None
    return elements


def _sheets(elements: list[tuple[str, dict[str, str]]]) -> tuple[tuple[WorkbookSheet, ...], bool]:
    """All sheets in their order, and whether the workbook counts its days from 1904."""
    found = [attributes for name, attributes in elements if name == "sheet"]
    sheets = tuple(
        WorkbookSheet(
            place,
            one.get("name", ""),
            one.get("state", "visible") == "visible",
            next((value for key, value in one.items() if key.endswith(":id")), ""),
        )
        for place, one in enumerate(found)
    )
    settings = next((attributes for name, attributes in elements if name == "workbookPr"), {})
    return sheets, settings.get("date1904", "0") in ("1", "true")


def _links(archive: zipfile.ZipFile, part: str) -> list[Link]:
    """The relationships of a part inside the workbook; of the workbook itself where ``part`` is empty."""
    folder, _, name = part.rpartition("/")
    found: list[Link] = []
    for element, attributes in _small(archive, posixpath.join(folder, "_rels", f"{name}.rels")):
        if element == "Relationship" and attributes.get("TargetMode", "Internal") == "Internal":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found.append((attributes.get("Id", ""), attributes.get("Type", "").rpartition("/")[2], target))
    return found
