"""The rows of one list: converted cell by cell, read as an export's rows are, and numbered; every fault at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
import datetime as dt
import enum
from typing import Final

import msgspec

from site_builder.errors import Finding, Place
from site_builder.export.rows import read_rows
from site_builder.export.schema import COLUMNS
from site_builder.export.xlsx_sheet import letters
from site_builder.kinds.record import RECORDED
from site_builder.pack.cells import Manner, as_written, convert, unwrap
from site_builder.pack.converted import Converted, Refused
from site_builder.pack.doubts import doubts, without_records
from site_builder.pack.heading import Heading
from site_builder.pack.known import known_table
from site_builder.pack.ledger import Ledger
from site_builder.pack.left_out import LeftOut, left_out
from site_builder.pack.mapping import ListMap
from site_builder.pack.minors import MARKED, PERSON, is_minor, lost
from site_builder.pack.mixed import other_number
from site_builder.pack.numbering import number_rows
from site_builder.pack.parts import PUBLISHED, Row, Step, TablePart, part_of
from site_builder.pack.reading import label_of, once
from site_builder.pack.table import Raw, cell_at
from site_builder.pack.words import UnknownWords
from site_builder.records.columns import Column, Type
from site_builder.vocabulary import LABELS, Disclosure, Kind, SubjectType

TELLING: Final = frozenset({Type.DATE, Type.WORD, Type.BOOLEAN, Type.INTEGER, Type.LIST})
"""Types whose values a report repeats; codes may be a person's number, and free text may be anything."""

_SEVERAL: Final = 3
_PHOTOS: Final = "用 --photos 写明照片所在的文件夹，这一格写其中的文件名"
_WORDS: Final = frozenset({"unknown-word", "bad-boolean"})
_STANDS_FOR: Final = "YZ"
"""A number while it is looked whether a row is sound; it gets its own only then."""


class Read(msgspec.Struct, frozen=True):
    """One table that was read: its file and sheet, the header's row, and how many records it has."""

    file: str
    sheet: str
    header: int
    rows: int


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


def pack_rows(
    kind: Kind,
    headings: Sequence[Heading],
    mapping: ListMap,
    ledger: Ledger | None,
    photos: Mapping[str, str],
    *,
    created: dt.date,
    quarantine: bool = False,
) -> Packed:
    """The tables' rows as an export's of the day ``created``. ``photos``: the office's picture names → resource names.

    With ``quarantine`` rows with a fault of their own are left out; what is wrong with a table as a whole refuses it.
    """
    known = {column.name: column for column in COLUMNS[kind]}
    several = len(headings) > 1
    parts = [part_of(one, label_of(one.table, several=several), mapping, known) for one in headings]
    given = {name for part in parts for name in (*part.columns.values(), *part.fixed)}
    numbered = {"id"} if ledger is not None else set()
    steps = [step for part in parts for step in part.steps]
    words = UnknownWords()
    rows = [
        _converted(kind, part, number, cells, mapping, known, words, steps)
        for part in parts
        for number, cells in part.rows.items()
    ]
    given |= {"minor"} if any(row.texts.get("minor") for row in rows) else set()
    columns = tuple(name for name in known if name in given | numbered)
    for row in rows:
        if row.texts.get("photo"):
            row.texts["photo"] = photos.get(row.texts["photo"], row.texts["photo"])
    lacked = {id(part): known.keys() - {*part.columns.values(), *part.fixed, *numbered} for part in parts}
    asked_for = _read(kind, rows, columns, lacked, (frozenset(photos.values()), created), numbered=bool(numbered))
    absent = [
        (part, column)
        for part in parts
        for name, column in known.items()
        if name in lacked[id(part)] and (column.required or (id(part), name) in asked_for)
    ]
    sound = [row for row in rows if not row.wrong]
    faults = [fault for part in parts for fault in part.faults]
    faults += [_absent(part, column) for part, column in absent if not part.heading.asked]
    if ledger is not None and not absent:
        faults += number_rows(kind, sound, ledger, created, steps)
    if not quarantine:
        faults += words.findings(kind)
        faults += [fault for row in rows for name, fault in row.wrong.items() if name not in row.words]
    return Packed(
        kind=kind,
        columns=columns,
        rows=tuple(tuple(row.texts.get(name, "") for name in columns) for row in sound),
        tables=tuple(
            Read(one.heading.table.file, one.heading.table.sheet, one.heading.row, len(one.rows)) for one in parts
        ),
        places=tuple(row.place for row in sound),
        steps=tuple(steps),
        faults=(
            *once([fault for one in headings for fault in one.faults]),
            *sorted((one for one in faults if not one.warning), key=lambda one: one.place),
        ),
        warnings=(
            *(one for part in parts for one in part.warnings),
            *(one for one in faults if one.warning),
            *without_records(kind, parts),
            *doubts(kind, sound),
        ),
        left_out=tuple(left_out(row, mapping) for row in rows if row.wrong) if quarantine else (),
    )


def _converted(  # one row needs all that is known of its table
    kind: Kind,
    part: TablePart,
    number: int,
    cells: list[Raw],
    mapping: ListMap,
    known: Mapping[str, Column],
    words: UnknownWords,
    steps: list[Step],
) -> Row:
    """One row with its cells as an export writes them; what was done is added to ``steps``, unknown words noted."""
    heading, place = part.heading, Place(part.label, number)
    row = Row(part, place, cells, dict(part.fixed))
    manner = Manner(from_1904=heading.table.from_1904, cut_times=mapping.cut_times)
    unknown: list[tuple[str, str, str]] = []
    met: set[str] = set()
    for position, name in part.columns.items():
        column, cell, title = known[name], cell_at(cells, position), heading.headings[position]
        converted = _convert(kind, cell, column, mapping, manner)
        if isinstance(converted, Refused):
            message = f"「{title}」（{letters(position + 1)} 列）应为{converted.expected}"
            at = msgspec.structs.replace(place, column=name)
            row.texts[name] = ""
            hint = "在原表里改正后重新打包"
            if converted.code == "lossy-number" and column.type is Type.CODE:
                hint = "只改格式找不回丢了的位数：把这一格设成文本格式，照证照或原来的系统重新输入，再打包"
            row.wrong[name] = Finding(converted.code, at, message, hint)
            if converted.code in _WORDS:
                unknown.append((name, title, as_written(unwrap(cell)[0]).strip()))
                row.words.add(name)
            continue
        row.texts[name] = _joined(row.texts[name], converted.text, column) if name in met else converted.text
        met.add(name)
        if converted.done:
            told = (as_written(cell), converted.text) if column.type in TELLING else ("", "")
            steps.append(Step(heading.table.sheet, number, title, converted.done, *told))
    if row.texts.get("minor") not in MARKED:
        _look_for_minor(row, steps)
    for position in heading.mixed:
        _leave_out(kind, row, position, steps)
    for name, title, word in unknown:
        words.note(known[name], word, row.wrong[name].place, title, open_row=_open(row, known))
    return row


def _joined(before: str, text: str, column: Column) -> str:
    """What two columns of theirs make up together: of a list each item once."""
    parts = f"{before}；{text}".split("；") if column.type is Type.LIST else [before, text]
    return "；".join(dict.fromkeys(filter(None, parts)))


def _leave_out(kind: Kind, row: Row, position: int, steps: list[Step]) -> None:
    """Leave out a number of a mixed column that is no code; one in place of a code that must be there is a fault."""
    number, of = row.texts.get("subject_code", ""), row.texts.get("subject_type", "")
    if other := other_number(kind, of, number):
        row.texts["subject_code"] = ""
        title, uncoded = row.part.heading.headings[position], {LABELS[one] for one in RECORDED[kind].uncoded}
        steps.append(Step(row.part.heading.table.sheet, row.place.row, title, f"{other}，不导出"))
        if of not in PERSON | uncoded | RECORDED[kind].uncoded:
            message = f"「{title}」（{letters(position + 1)} 列）是{other}，应为 18 位的统一社会信用代码"
            hint = "查到这个主体的统一社会信用代码，在原表里改正后重新打包"
            at = msgspec.structs.replace(row.place, column="subject_code")
            row.wrong.setdefault("subject_code", Finding("bad-credit-code", at, message, hint))


def _look_for_minor(row: Row, steps: list[Step]) -> None:
    """Mark a minor by the numbers that are not exported, whatever the table says; one that was lost is a fault."""
    heading = row.part.heading
    if is_minor(row.texts, row.numbers):
        row.texts["minor"] = "是"
        steps.append(Step(heading.table.sheet, row.place.row, "", "按证件号码，决定那天未满 18 周岁：未成年人"))
        return
    for position in heading.births if row.texts.get("subject_type") in PERSON else ():
        if (refused := lost(cell_at(row.cells, position))) is not None:
            message = f"证件号码（{letters(position + 1)} 列）应为{refused.expected}，看不出是不是未成年人"
            hint = "在原表里改正后重新打包；没有证件号码的，在「未成年人」一列填是或者否"
            at = msgspec.structs.replace(row.place, column="minor")
            row.wrong.setdefault("minor", Finding(refused.code, at, message, hint))


def _convert(kind: Kind, cell: Raw, column: Column, mapping: ListMap, manner: Manner) -> Converted | Refused:
    """The cell as an export writes it: by the office's own words, else by those of the national tables."""
    own, table = mapping.values.get(column.name, {}), known_table(kind)
    if column.name in table.words:
        written = as_written(unwrap(cell)[0]).strip()
        if written not in own and (ours := table.word(column.name, written)) is not None:
            return Converted(ours, "国家表的写法 → 规定的写法")
    return convert(cell, column, own, manner)


def _open(row: Row, known: Mapping[str, Column]) -> bool:
    """Whether the row is public and no natural person's: its words may be repeated."""

    def word(name: str) -> enum.StrEnum | None:
        return known[name].member(row.texts.get(name, "")) if name in known else None

    person = "subject_type" in known and word("subject_type") in {None, SubjectType.NATURAL_PERSON}
    return word("disclosure") is Disclosure.PUBLIC and not person


def _read(
    kind: Kind,
    rows: Sequence[Row],
    columns: tuple[str, ...],
    lacked: Mapping[int, Collection[str]],
    export: tuple[frozenset[str], dt.date],
    *,
    numbered: bool,
) -> set[tuple[int, str]]:
    """Note what an export's reader finds wrong with each row, beside what is known of it already.

    ``lacked``: the columns a table does not have, by the table's identity; those that one of its rows must have are
    returned, each with its table's, and no row is to blame. ``export``: the names of its pictures, and its day.
    """
    asked_for: set[tuple[int, str]] = set()
    standing = {"id": _STANDS_FOR} if numbered else {}
    texts = [tuple(row.texts.get(name, "") or standing.get(name, "") for name in columns) for row in rows]
    required = {column.name for column in COLUMNS[kind] if column.required}
    for row, read in zip(rows, read_rows(kind, "", columns, range(len(rows)), texts, *export), strict=True):
        gone = lacked[id(row.part)]
        asked_for |= {(id(row.part), one.place.column) for one in read.faults if _is_missing(one, gone)}
        missing = {one.place.column for one in read.faults if one.code == "missing"} - {*gone, *row.wrong}
        if len(missing) >= max(_SEVERAL, len(required.difference(gone)) // 2):
            message = f"缺少 {len(missing)} 个必填的列，不像一条记录"
            hint = "不是记录的（标题、小计、说明、表尾）删去这一行；是记录的，按列补全"
            row.wrong[""] = Finding("missing", row.place, message, hint)
            continue
        for fault in (one for one in read.faults if not _is_missing(one, gone)):
            place = msgspec.structs.replace(row.place, column=fault.place.column)
            hint = _PHOTOS if fault.code == "unknown-photo" else fault.hint
            row.wrong.setdefault(fault.place.column, msgspec.structs.replace(fault, place=place, hint=hint))
    return asked_for


def _is_missing(fault: Finding, among: Collection[str]) -> bool:
    return fault.code == "missing" and fault.place.column in among


def _absent(part: TablePart, column: Column) -> Finding:
    hint = f"有这一列而叫法不同的，在对照表的 columns 里写；没有的，在 fixed 里写 {column.label}: 每行都填的内容"
    if column.name == "id":
        hint = "有编号列而叫法不同的，在对照表的 columns 里写；没有编号的，用 --assign-ids 台账 编号"
    if column.name == PUBLISHED:
        hint = hint.replace("每行都填的内容", "这一期公示的日期（台账里已有的行照第一次的）")
    place = Place(part.label, part.heading.row, column.name)
    return Finding("missing", place, f"表里没有必填的「{column.label}」这一列", hint)


def tally(steps: Iterable[Step]) -> Counter[str]:
    """How often each thing was done to cells."""
    return Counter(one.done for one in steps if one.row)
