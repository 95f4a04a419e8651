"""The rows of one list: converted cell by cell, read as an export's rows are, and numbered; every fault at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
import enum
from typing import Final

import msgspec

from site_builder.errors import Finding, Place
from site_builder.export.rows import read_rows
from site_builder.export.schema import COLUMNS
from site_builder.pack.cells import Manner, Refused, convert
from site_builder.pack.heading import Heading
from site_builder.pack.ledger import Ledger
from site_builder.pack.mapping import Mapping as Map
from site_builder.pack.parts import Part, Step, part_of
from site_builder.pack.reading import label_of
from site_builder.pack.table import Raw, cell_at
from site_builder.pack.words import Words
from site_builder.records.columns import Column, Type
from site_builder.vocabulary import Disclosure, Kind, SubjectType

TELLING: Final = frozenset({Type.DATE, Type.WORD, Type.BOOLEAN, Type.INTEGER, Type.LIST})
"""Types whose values a report repeats; codes may be a person's number, and free text may be anything."""

_WORDS: Final = frozenset({"unknown-word", "bad-boolean"})
_STANDS_FOR: Final = "YZ"
"""A number while it is looked whether a row is sound; it gets its own only then."""


class Read(msgspec.Struct, frozen=True):
    """One table that was read: its file and sheet, the header's row, and how many records it has."""

    file: str
    sheet: str
    header: int
    rows: int


class LeftOut(msgspec.Struct, frozen=True):
    """A faulty row that stays out: where it is, what is wrong with it, and its cells under the office's headings."""

    place: Place
    reasons: tuple[str, ...]
    cells: dict[str, Raw]


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """One list ready to be written: ``columns`` are machine names, ``rows`` texts aligned with them.

    ``places`` say where each row stands; ``faults`` refuse the list, ``warnings`` do not; ``left_out`` are faulty rows
    that stay out because that was asked for.
    """

    kind: Kind
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tables: tuple[Read, ...] = ()
    places: tuple[Place, ...] = ()
    steps: tuple[Step, ...] = ()
    faults: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class _Row(msgspec.Struct):
    """One row on its way: its cells and what they became; ``wrong``: column → what is wrong with it."""

    part: Part
    place: Place
    cells: list[Raw]
    texts: dict[str, str]
    wrong: dict[str, Finding] = msgspec.field(default_factory=dict)


def pack_rows(
    kind: Kind,
    headings: Sequence[Heading],
    mapping: Map,
    ledger: Ledger | None,
    photos: Mapping[str, str],
    *,
    quarantine: bool = False,
) -> Packed:
    """The tables' rows as an export's. ``photos``: the office's picture names → resource names.

    With ``quarantine`` rows with a fault of their own are left out; what is wrong with a table as a whole refuses it.
    """
    known = {column.name: column for column in COLUMNS[kind]}
    parts = [part_of(one, label_of(one.table, len(headings)), mapping.hidden, known) for one in headings]
    given = {name for part in parts for name in part.columns.values()}
    fixed = {name: value for name, value in mapping.fixed.items() if name not in given}
    given |= fixed.keys() | ({"id"} if ledger is not None else set())
    columns = tuple(name for name in known if name in given)
    steps = [step for part in parts for step in part.steps]
    steps += [Step("", 0, known[one].label, f"本单位没有这一列，都填「{value}」") for one, value in fixed.items()]
    words = Words()
    rows = [
        _converted(part, number, cells, mapping, known, fixed, words, steps)
        for part in parts
        for number, cells in part.rows.items()
    ]
    for row in rows:
        if row.texts.get("photo"):
            row.texts["photo"] = photos.get(row.texts["photo"], row.texts["photo"])
    absent = [column for name, column in known.items() if column.required and name not in given]
    _read(kind, rows, columns, frozenset(photos.values()), numbered=ledger is not None)
    sound = [row for row in rows if not row.wrong]
    faults = [fault for part in parts for fault in part.faults]
    faults += [_absent(parts[0], column) for column in absent]
    if ledger is not None and not absent:
        faults += _numbered(kind, sound, ledger, steps)
    if not quarantine:
        gone = {column.name for column in absent}
        faults += words.findings(kind)
        faults += [
            fault
            for row in rows
            for name, fault in row.wrong.items()
            if fault.code not in _WORDS and not (fault.code == "missing" and name in gone)
        ]
    return Packed(
        kind=kind,
        columns=columns,
        rows=tuple(tuple(row.texts.get(name, "") for name in columns) for row in sound),
        tables=tuple(
            Read(one.heading.table.file, one.heading.table.sheet, one.heading.row, len(one.rows)) for one in parts
        ),
        places=tuple(row.place for row in sound),
        steps=tuple(steps),
        faults=tuple(sorted(faults, key=lambda one: one.place)),
        warnings=tuple(warning for part in parts for warning in part.warnings),
        left_out=tuple(_left_out(row) for row in rows if row.wrong) if quarantine else (),
    )


def _converted(
    part: Part,
    number: int,
    cells: list[Raw],
    mapping: Map,
    known: Mapping[str, Column],
    fixed: Mapping[str, str],
    words: Words,
    steps: list[Step],
) -> _Row:
    """One row with its cells as an export writes them; what was done is added to ``steps``, unknown words noted."""
    heading, place = part.heading, Place(part.label, number)
    row = _Row(part, place, cells, dict(fixed))
    manner = Manner(from_1904=heading.table.from_1904, cut_times=mapping.cut_times)
    unknown: list[tuple[str, str, str]] = []
    for position, name in part.columns.items():
        column, cell, title = known[name], cell_at(cells, position), heading.headings[position]
        converted = convert(cell, column, mapping.values.get(name, {}), manner)
        if isinstance(converted, Refused):
            message = f"「{title}」应为{converted.expected}"
            at = msgspec.structs.replace(place, column=name)
            row.texts[name] = ""
            row.wrong[name] = Finding(converted.code, at, message, "在原表里改正后重新打包")
            if converted.code in _WORDS:
                unknown.append((name, title, _shown(cell).strip()))
            continue
        row.texts[name] = converted.text
        if converted.done:
            told = (_shown(cell), converted.text) if column.type in TELLING else ("", "")
            steps.append(Step(heading.table.sheet, number, title, converted.done, *told))
    for name, title, word in unknown:
        words.note(known[name], word, row.wrong[name].place, title, open_row=_open(row, known))
    return row


def _read_table(part: Part) -> Read:
    table = part.heading.table
    return Read(table.file, table.sheet, part.heading.row, len(part.rows))


def _open(row: _Row, known: Mapping[str, Column]) -> bool:
    """Whether the row is public and no natural person's: its words may be repeated."""

    def word(name: str) -> enum.StrEnum | None:
        return known[name].words.get(row.texts.get(name, "")) if name in known else None

    person = "subject_type" in known and word("subject_type") in {None, SubjectType.NATURAL_PERSON}
    return word("disclosure") is Disclosure.PUBLIC and not person


def _read(
    kind: Kind, rows: Sequence[_Row], columns: tuple[str, ...], pictures: frozenset[str], *, numbered: bool
) -> None:
    """Note what an export's reader finds wrong with each row, beside what is known of it already."""
    standing = {"id": _STANDS_FOR} if numbered else {}
    texts = [tuple(row.texts.get(name, "") or standing.get(name, "") for name in columns) for row in rows]
    for row, read in zip(rows, read_rows(kind, "", columns, range(len(rows)), texts, pictures), strict=True):
        for fault in read.faults:
            place = msgspec.structs.replace(row.place, column=fault.place.column)
            row.wrong.setdefault(fault.place.column, msgspec.structs.replace(fault, place=place))


def _absent(part: Part, column: Column) -> Finding:
    hint = f"有这一列而叫法不同的，在对照表的 columns 里写；没有的，在 fixed 里写 {column.label}: 每行都填的内容"
    if column.name == "id":
        hint = "有编号列而叫法不同的，在对照表的 columns 里写；没有编号的，用 --assign-ids 台账 编号"
    place = Place(part.label, part.heading.row, column.name)
    return Finding("missing", place, f"表里没有必填的「{column.label}」这一列", hint)


def _numbered(kind: Kind, rows: Sequence[_Row], ledger: Ledger, steps: list[Step]) -> Iterator[Finding]:
    """Give every record without a number its own; two rows known by the same are one record twice."""
    for row in rows:
        if row.texts.get("id"):
            ledger.reserve(row.texts["id"])
    seen: dict[str, Place] = {}
    for row in rows:
        if row.texts.get("id"):
            continue
        row.texts["id"], key = ledger.number(kind, row.texts)
        if key in seen:
            message = f"与 {seen[key]} 是同一个主体、同一份文书，不能分别编号"
            yield Finding("repeated-record", row.place, message, "是同一条的删去一行；不是的写明不同的文书号")
        else:
            steps.append(Step(row.part.heading.table.sheet, row.place.row, "", "按台账编号", "", row.texts["id"]))
        seen.setdefault(key, row.place)


def _left_out(row: _Row) -> LeftOut:
    titles = row.part.heading.headings
    cells = {title: cell_at(row.cells, position) for position, title in titles.items()}
    return LeftOut(row.place, tuple(dict.fromkeys(one.message for one in row.wrong.values())), cells)


def _shown(cell: Raw) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def tally(steps: Iterable[Step]) -> Counter[str]:
    """How often each thing was done to cells."""
    return Counter(one.done for one in steps if one.row)
