"""A law's folder from the sheets of a workbook: written beside, read as a build would, and only then put in its place.

What is wrong is told by sheet and cell, in the words of the reader of the files, all at once.
"""

from __future__ import annotations

from collections.abc import Mapping as Table
import itertools
from pathlib import Path
import shutil
import tempfile
from typing import Final

import msgspec

from site_builder.config.site import CITY
from site_builder.config.source import Faults, Mapping, plain
from site_builder.errors import Exit, Finding, Place, SiteBuilderError
from site_builder.export.schema import COLUMNS
from site_builder.law.comments import comment_rows, head_comment
from site_builder.law.english import read_node
from site_builder.law.examples import EXAMPLES, examples_of
from site_builder.law.folder import RULES, read_law
from site_builder.law.from_sheets import LawFiles
from site_builder.law.keys import FILES
from site_builder.law.sheet_rows import cell_name, sheet_rows
from site_builder.law.text import read_law_text
from site_builder.law.to_sheets import BASICS, CASES, WORDS
from site_builder.law.words import WORDS as WORDS_FILE
from site_builder.law.yaml_text import WIDTH, Line, yaml_text

_SHEET: Final = {WORDS_FILE: WORDS, EXAMPLES: CASES, RULES: BASICS}
"""Where a fault of a whole file is told."""


class Imported(msgspec.Struct, frozen=True):
    """A folder that was written: its files, and how many comments within the old ones are gone."""

    folder: str
    files: tuple[str, ...]
    comments_lost: int


def import_law(file: str, sheets: Table[str, Table[int, list[str]]], folder: Path) -> Imported:
    """Write the law of a workbook (``file`` in messages) to a folder; other files that are there stay.

    ``sheets``: the cells of each sheet by row, from 1. The folder is as it was, or as the workbook says. Raises
    ``SiteBuilderError`` with every fault, exit code 2.
    """
    faults = Faults(file)
    read = LawFiles(sheet_rows(sheets, faults), faults)
    files, comments = read.files(), read.comments()
    parent = folder.absolute().parent
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=parent))
    try:
        new = beside / "new"
        if folder.is_dir():
            shutil.copytree(folder, new)
        new.mkdir(exist_ok=True)
        lost = sum(comment_rows(text) for text in _texts(new).values())
        lines = {name: yaml_text(node, 0) for name, node in files.items()}
        for name in FILES:
            (new / name).unlink(missing_ok=True)
        _write(new, lines, {})
        found = [*faults.found, *_read(new, lines, folder, file)]
        if found:
            raise SiteBuilderError([_told(one, file) for one in sorted(set(found), key=_order)], Exit.USAGE)
        _write(new, {name: yaml_text(node, WIDTH) for name, node in files.items()}, comments)
        if found := _read(new, {}, folder, file):
            raise SiteBuilderError(found, Exit.USAGE)
        _put(new, folder, beside / "old")
    finally:
        if folder.exists() or not (beside / "old").exists():  # else the only copy lies there
            shutil.rmtree(beside)
    return Imported(str(folder), tuple(files), lost)


def _texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text("utf-8-sig") for name in FILES if (folder / name).is_file()}


def _write(folder: Path, files: Table[str, list[Line]], comments: Table[str, str]) -> None:
    for name, lines in files.items():
        head = "".join(f"# {one}".rstrip() + "\n" for one in comments.get(name, "").splitlines())
        (folder / name).write_text(head + "".join(f"{line}\n" for line, _ in lines), "utf-8")


def _read(folder: Path, lines: Table[str, list[Line]], shown: Path, file: str) -> list[Finding]:
    """What is wrong with the folder, rows being those of ``lines`` in files that have any."""
    found: list[Finding] = []
    code = ""
    try:
        code = read_law(folder).latest.code
    except SiteBuilderError as error:
        found += error.findings
    try:
        if (folder / EXAMPLES).is_file():
            examples_of(folder, code or _code(folder), read_law_text(folder))
    except SiteBuilderError as error:
        found += error.findings
    return [_moved(one, folder, lines, shown, file) for one in found]


def _code(folder: Path) -> str:
    """The code of a law with faults."""
    city = plain(read_node(folder / CITY, Faults(CITY)) or Mapping((), 0)) if (folder / CITY).is_file() else {}
    code = city.get("code") if isinstance(city, dict) else ""
    return code if isinstance(code, str) else ""


def _moved(finding: Finding, folder: Path, lines: Table[str, list[Line]], shown: Path, file: str) -> Finding:
    """The same with the cell its row came from, or with the place of a file that is no part of the workbook."""
    path, row = Path(finding.place.file), finding.place.row
    if path.name in FILES and path.parent == folder:
        told = lines.get(path.name, [])
        number = _cell(told, row, finding.place.column) if 0 < row <= len(told) else 0
        column = "" if number else _SHEET.get(path.name, BASICS)
        return msgspec.structs.replace(finding, place=Place(file, number, column))
    inside = str(shown / path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
    return msgspec.structs.replace(finding, place=msgspec.structs.replace(finding.place, file=inside))


def _cell(lines: list[Line], row: int, column: str) -> int:
    """The cell of a row; of a case with a fault in a column, the cell of that fact where the case has it."""
    names = {column} | {one.label for of in COLUMNS.values() for one in of if one.name == column}
    first = lines[row - 1][0]
    margin = len(first) - len(first.lstrip(" -"))
    inside = itertools.takewhile(lambda line: len(line[0]) - len(line[0].lstrip(" ")) >= margin, lines[row:])
    facts = (cell for text, cell in inside if column and text.strip().split(":")[0] in names)
    return next(facts, lines[row - 1][1])


def _order(finding: Finding) -> tuple[bool, int, str, str]:
    return not finding.place.row, finding.place.row, finding.place.column, finding.message


def _told(finding: Finding, file: str) -> Finding:
    """A finding whose row is the number of a cell, with the cell's name."""
    if finding.place.file != file:
        return finding
    column = cell_name(finding.place.row) or finding.place.column
    return msgspec.structs.replace(finding, place=Place(file, 0, column))


def _put(new: Path, folder: Path, old: Path) -> None:
    """Put a folder in the place of another, which stays as it is where that cannot be done."""
    if not folder.is_dir():
        new.rename(folder)
        return
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise


def head_comments(folder: Path) -> dict[str, str]:
    """The comment at the head of each file of a law's folder."""
    return {name: head_comment(text) for name, text in _texts(folder).items()}


def inner_comments(folder: Path) -> int:
    """How many comments stand elsewhere in the files of a law's folder."""
    return sum(comment_rows(text) for text in _texts(folder).values())
