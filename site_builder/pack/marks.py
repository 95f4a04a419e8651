"""What the XLSX library does not tell of a workbook's sheets: how many formulas there are, and where errors stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
import posixpath
import re
from typing import Final
from xml.parsers import expat
import zipfile

import msgspec

from site_builder.export.xlsx_sheet import safe_parser

_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,7})")
_MOST: Final = 1 << 30


class Marks(msgspec.Struct, frozen=True):
    """One sheet's formulas (a number), and its cells with an error value by (row, column), both from 0."""

    formulas: int = 0
    errors: frozenset[tuple[int, int]] = frozenset()


def sheet_marks(path: Path) -> dict[str, Marks]:
    """The marks of each sheet of an XLSX by its name; none for other kinds of workbook, or where it is unsound."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        if sum(one.file_size for one in archive.infolist()) > _MOST or "xl/workbook.xml" not in archive.namelist():
            return {}
        targets = {
            one["Id"]: posixpath.normpath(posixpath.join("/xl", one["Target"])).lstrip("/")
            for name, one in _elements(archive.read("xl/_rels/workbook.xml.rels"))
            if name == "Relationship"
        }
        return {
            one["name"]: _marks(archive.read(targets[link]))
            for name, one in _elements(archive.read("xl/workbook.xml"))
            if name.rpartition(":")[2] == "sheet" and (link := _link(one)) in targets
        }


def _link(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")


def _marks(data: bytes) -> Marks:
    formulas, errors = 0, set()
    for name, one in _elements(data):
        match name.rpartition(":")[2]:
            case "f":
                formulas += 1
            case "c" if one.get("t") == "e" and (cell := _CELL.fullmatch(one.get("r", ""))):
                column = 0
                for letter in cell[1]:
                    column = column * 26 + ord(letter) - 64
                errors.add((int(cell[2]) - 1, column - 1))
    return Marks(formulas, frozenset(errors))


def _elements(data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Every element's name and attributes, in order; nothing more where the XML is unsound."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = safe_parser()
    parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        found.clear()
    return iter(found)
