"""Excel files: every cell; hidden sheets, rows and columns, comments, pictures and objects are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import re
from typing import Final

from site_builder.attachments.office import AGAIN, Sort, local, spoken, tree
from site_builder.attachments.opened import Refused

_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_STRINGS: Final = "xl/sharedStrings.xml"
_SLIGHT: Final = re.compile(r"0(?:\.[0-4]\d*)?")
"""A height or width at which nothing can be read."""

_ON: Final = frozenset(("1", "true"))
_PATH: Final = re.compile(rb"<mc:AlternateContent\b.*?</mc:AlternateContent>|<fileSharing\b[^>]*?/>", re.DOTALL)
_SETTINGS: Final = re.compile(rb"(<pageSetup\b[^>]*?)\s+[A-Za-z]+:id=\"[^\"]*\"")
_STRING: Final = re.compile(rb"<si\b[^>]*?/>|<si\b.*?</si>", re.DOTALL)
_LONG: Final = re.compile(rb"(<(?:\w+:)?v>)(-?\d+\.\d{7,}(?:[Ee][-+]?\d+)?)(</(?:\w+:)?v>)")
"""A number with more places than anybody wrote: what a computer's fractions leave, which looks like other numbers."""

_HINT: Final = "取消隐藏，核对以后另存为新的文件；不该公开的删去"


def _clean(name: str, part: bytes, parts: Mapping[str, bytes]) -> bytes:
    if name == "xl/workbook.xml":
        part = _PATH.sub(b"", part)
        if any(local(one.tag) == "sheet" and one.get("state", "visible") != "visible" for one, _ in tree(part)):
            raise Refused("工作簿里有隐藏的工作表", _HINT)
        return part
    if name == _STRINGS:
        return _used_alone(part, parts)
    if _SHEET.fullmatch(name):
        for one, _ in tree(part):
            if local(one.tag) in {"row", "col"} and _is_hidden(one.attrib):
                raise Refused("工作表里有隐藏的行或者列", _HINT)
            if local(one.tag) in {"drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls"}:
                raise Refused("工作表里有图片、图形或者批注", "图片另作附件，删去以后另存为新的文件")
        return _LONG.sub(_rounded, _SETTINGS.sub(rb"\1", part))
    return part


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    sizes = [attributes.get(name, "1") for name in ("ht", "width")]
    return attributes.get("hidden") in _ON or any(_SLIGHT.fullmatch(one) for one in sizes)


def _used_alone(part: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The shared strings, empty those no cell shows: Excel keeps what was deleted."""
    used = {one for name, sheet in parts.items() if _SHEET.fullmatch(name) for one in _numbers_of_strings(sheet)}
    if len(_STRING.findall(part)) != sum(local(one.tag) == "si" for one, _ in tree(part)):
        raise Refused("文件的一部分读不懂", AGAIN)
    number = -1

    def kept(string: re.Match[bytes]) -> bytes:
        nonlocal number
        number += 1
        return string[0] if number in used else b"<si><t/></si>"

    return _STRING.sub(kept, part)


def _numbers_of_strings(sheet: bytes) -> Iterator[int]:
    """Which of the shared strings the cells of a sheet show."""
    for cell, _ in tree(sheet):
        if local(cell.tag) == "c" and cell.get("t") == "s":
            texts = [(one.text or "").strip() for one in cell if local(one.tag) == "v"]
            yield from (int(text) for text in texts if text.isascii() and text.isdecimal())


def _rounded(number: re.Match[bytes]) -> bytes:
    """At most six places, or six digits of a number below one."""
    value = float(number[2])
    rounded = round(value, 6) if abs(value) >= 1 else float(f"{value:.6g}")
    return number[1] + repr(rounded).encode() + number[3]


def _lines(name: str, part: bytes) -> Iterator[str]:
    """Every string, number and name, a line each; a string's parts in one piece."""
    if name == "xl/styles.xml" or name.startswith("xl/theme/"):
        return
    line: list[str] = []
    for element, around in tree(part):
        if local(element.tag) not in {"r", "t", "rPr"} and "rPr" not in around:
            yield "".join(line)
            line = []
        line.append((element.text or "").strip("\n"))
        yield from spoken(element)
    yield "".join(line)


XLSX: Final = Sort(
    main="xl/workbook.xml",
    kept=re.compile(r"xl/(?:workbook|styles|sharedStrings)\.xml|xl/(?:worksheets|theme|tables)/[^/]+\.xml"),
    dropped=re.compile(r"xl/calcChain\.xml|xl/metadata\.xml|xl/volatileDependencies\.xml|xl/persons/.+"),
    clean=_clean,
    read=_lines,
    refused=f"去掉图片、图表和透视表；{AGAIN}",
)
