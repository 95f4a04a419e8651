"""Makes a plain copy of a workbook's first sheet, so that nothing unchecked ever reaches the XLSX library.

The library aborts the whole process on some cells, shows formulas as values, and believes the zip's directory. It is
therefore given only a workbook written here: the first sheet, its texts and its styles, each checked as it streams by.
"""

from __future__ import annotations

from io import BufferedReader, BytesIO
import posixpath
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr
import zipfile

from site_builder.export.archive import BROKEN, open_zip, overlapping
from site_builder.export.names import same_name
from site_builder.export.xlsx_sheet import SheetScan, XlsxFault, damaged, safe_parser

_MOST_UNPACKED: Final = 512 << 20
_MOST_TEXTS: Final = 128 << 20
_MOST_SMALL: Final = 16 << 20
_MOST_CELLS: Final = 20_000_000
_CHUNK: Final = 1 << 18
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT: Final = (
    f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_WORKBOOK: Final = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><workbookPr date1904=%s/>'
    '<sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_LINKS: Final = (
    f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="rId3" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
)

Link = tuple[str, str, str]
"""A relationship: its id, the last word of its type, and the part it points to."""


def plain_copy(file: BufferedReader) -> tuple[BytesIO, SheetScan]:
    """A minimal workbook with only the first sheet of the one in ``file``, and what that sheet holds.

    Raises XlsxFault: not a workbook, encrypted, with macros, repeated or overlapping parts, too large, a value out of
    range, XML that is unsound or brings a document type.
    """
    try:
        with open_zip(file) as archive:
            _check_parts(file, archive)
            return _copy(archive)
    except BROKEN:
        raise damaged("不是完整的 .xlsx 文件（也可能设了密码，或是旧的 .xls）") from None


def _check_parts(file: BufferedReader, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = [same_name(member.filename) for member in members]
    if any(name.endswith("vbaproject.bin") for name in names):
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


def _copy(archive: zipfile.ZipFile) -> tuple[BytesIO, SheetScan]:
    workbook = next((target for _, kind, target in _links(archive, "") if kind == "officeDocument"), "")
    first, date_1904 = _first_sheet(_small(archive, workbook))
    links = _links(archive, workbook)
    sheets = [target for name, kind, target in links if name == first and kind == "worksheet"]
    if len(sheets) != 1:
        raise damaged("找不到第一个工作表，或它不是普通的工作表")
    out, scan = BytesIO(), SheetScan()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        copy.writestr("_rels/.rels", _ROOT)
        copy.writestr("xl/workbook.xml", _WORKBOOK % quoteattr(str(int(date_1904))))
        copy.writestr("xl/_rels/workbook.xml.rels", _LINKS)
        for kind, most in (("sharedStrings", _MOST_TEXTS), ("styles", _MOST_SMALL)):
            part = next((target for _, word, target in links if word == kind), "")
            if part:
                _stream(archive, part, copy, f"xl/{kind}.xml", most, _WellFormed())
        _stream(archive, sheets[0], copy, "xl/worksheets/sheet1.xml", _MOST_UNPACKED, scan)
    if scan.last_row * scan.last_column > _MOST_CELLS:
        message = f"表格占 {scan.last_row} 行、{scan.last_column} 列，超过 {_MOST_CELLS} 格"
        raise XlsxFault("too-large", message, "删去远处的单元格；行数很多时请改用 CSV 或 JSONL")
    out.seek(0)
    return out, scan


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


def _first_sheet(elements: list[tuple[str, dict[str, str]]]) -> tuple[str, bool]:
    """The relationship of the first sheet, and whether the workbook counts its days from 1904."""
    sheet = next((attributes for name, attributes in elements if name == "sheet"), {})
    first = next((value for key, value in sheet.items() if key.endswith(":id")), "")
    settings = next((attributes for name, attributes in elements if name == "workbookPr"), {})
    return first, settings.get("date1904", "0") in ("1", "true")


def _links(archive: zipfile.ZipFile, part: str) -> list[Link]:
    """The relationships of a part inside the workbook; of the workbook itself where ``part`` is empty."""
    folder, _, name = part.rpartition("/")
    found: list[Link] = []
    for element, attributes in _small(archive, posixpath.join(folder, "_rels", f"{name}.rels")):
        if element == "Relationship" and attributes.get("TargetMode", "Internal") == "Internal":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found.append((attributes.get("Id", ""), attributes.get("Type", "").rpartition("/")[2], target))
    return found
