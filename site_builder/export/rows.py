"""Rows become typed records, or every fault of every row (contract, sections 1 and 2).

No message repeats the content of a row that is not public, of a natural person's row, or of a code column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
import datetime as dt
from itertools import repeat
import re
from typing import Final, Protocol

import msgspec

from site_builder.errors import Finding, Place
from site_builder.export.cells import Cell, CellFault, Value, parse_column, printable
from site_builder.export.schema import COLUMNS, FIELDS, RECORDS
from site_builder.kinds.record import RECORDED
from site_builder.records.columns import Column
from site_builder.records.record import Record
from site_builder.records.values import NO_CODE, is_credit_code
from site_builder.vocabulary import Disclosure, Effect, Kind, SubjectType

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_REGION: Final = re.compile(r"[0-9]{6}")
_ARTICLE: Final = re.compile(r"[A-Z]{2,8}-[0-9]+")
_TERM: Final = ("term_months", "term_start", "term_basis", "term_level")
_QUOTED: Final = 20
_MISTAKEN: Final = {"O": "0", "I": "1"}
_CODED: Final = frozenset(
    kind for kind, columns in COLUMNS.items() if any(column.name == "subject_code" for column in columns)
)
"""The kinds whose subjects have a code."""


NOT_SAID: Final[Mapping[Effect, frozenset[str]]] = {}
"""No article is known to be of rewards or of penalties alone."""


class Note(Protocol):
    """Notes one fault of the row being read."""

    def __call__(self, column: str, code: str, message: str, hint: str = "") -> None:
        """Note it."""


class Row(msgspec.Struct, frozen=True):
    """One row read: its spreadsheet row, and the record, or the faults that speak against it."""

    number: int
    record: Record | None
    faults: tuple[Finding, ...] = ()
    record_id: str = ""


def read_rows(
    kind: Kind,
    file: str,
    columns: Sequence[str],
    numbers: Sequence[int],
    rows: Sequence[Sequence[Cell]],
    photos: frozenset[str],
    created: dt.date,
    effects: Mapping[Effect, frozenset[str]] = NOT_SAID,
) -> Iterator[Row]:
    """Each row of a batch as a record of ``kind``, or with all of its faults.

    ``columns`` are machine names aligned with the cells; ``photos`` the names of the export's pictures; ``created`` the
    day of the export; ``effects`` the articles of the city's law that rewards and penalties stand in, as ``DL-29``.
    """
    known = {column.name: column for column in COLUMNS[kind]}
    specs = [known[name] for name in columns]
    fields = [FIELDS[kind][name] for name in columns]
    required = frozenset(FIELDS[kind][column.name] for column in COLUMNS[kind] if column.required)
    clean = printable([cell for cells in rows for cell in cells])
    by_column = zip(specs, zip(*rows, strict=True), strict=bool(rows))
    parsed = [parse_column(cells, column, printable=clean) for column, cells in by_column]
    by_row = zip(*parsed, strict=True) if parsed else repeat((), len(rows))
    for number, cells, found in zip(numbers, rows, by_row, strict=True):
        values = {name: value for name, value in zip(fields, found, strict=True) if value is not None}
        faults: list[Finding] = []
        wrong = {name: value for name, value in values.items() if value.__class__ is CellFault}
        if wrong or not required <= values.keys():
            values = {name: value for name, value in values.items() if name not in wrong}
            faults += _cell_faults(kind, file, number, dict(zip(fields, cells, strict=True)), values, wrong)
        faults += _shape_faults(kind, file, number, values, photos, wrong.keys())
        faults += _clause_faults(file, number, values, effects)
        faults += _later_faults(kind, file, number, values, created)
        record = None if faults else RECORDS[kind](**values)
        yield Row(number, record, tuple(faults), str(values.get("id", "")))


def _cell_faults(
    kind: Kind,
    file: str,
    number: int,
    cells: dict[str, Cell],
    values: dict[str, Value],
    wrong: dict[str, CellFault],
) -> Iterator[Finding]:
    """What is wrong with single cells of a row, and what is missing in it."""
    labels = {FIELDS[kind][column.name]: column for column in COLUMNS[kind]}
    for name, fault in wrong.items():
        yield _cell_fault(kind, file, number, values, labels[name], cells[name], fault)
    for name, column in labels.items():
        if column.required and name not in values and name not in wrong:
            yield _fault(file, number, column.name, "missing", f"缺少必填的「{column.label}」")


def _fault(file: str, number: int, column: str, code: str, message: str, hint: str = "") -> Finding:
    return Finding(code, Place(file, number, column), message, hint)


def _cell_fault(
    kind: Kind, file: str, number: int, values: dict[str, Value], column: Column, cell: Cell, fault: CellFault
) -> Finding:
    open_row = values.get("disclosure") is Disclosure.PUBLIC
    of = values.get("subject_type", SubjectType.NATURAL_PERSON if kind in _CODED else None)
    person = of is SubjectType.NATURAL_PERSON or values.get("minor") is True
    found = ""
    if fault.quotable and open_row and not person and isinstance(cell, str):
        found = f"是「{cell.strip()[:_QUOTED]}」，"
    return _fault(file, number, column.name, fault.code, f"「{column.label}」{found}应为{fault.expected}")


def _shape_faults(
    kind: Kind, file: str, number: int, values: dict[str, Value], photos: frozenset[str], faulty: Collection[str]
) -> list[Finding]:
    """What is wrong between the parsed values of one row."""

    def fault(column: str, code: str, message: str, hint: str = "") -> None:
        faults.append(_fault(file, number, column, code, message, hint))

    faults: list[Finding] = []
    record_id = str(values.get("id", ""))
    if record_id and (not _ID.fullmatch(record_id) or record_id.lower() == "index"):
        fault(
            "id",
            "bad-id",
            "编号应以字母或数字开头，只含字母、数字、点、下划线、连字符，不超过 64 个字符，且不是 index",
        )
    region = str(values.get("region", ""))
    if region and not _REGION.fullmatch(region):
        fault("region", "bad-region", "行政区划代码应为六位数字")
    if kind in _CODED:
        _code_faults(kind, values, faulty, fault)
    if kind is Kind.SEVERE:
        _severe_faults(values, faulty, fault)
    photo = str(values.get("photo", ""))
    if photo and photo not in photos:
        fault(
            "photo",
            "unknown-photo",
            "照片应是本包内一个图片资源的名称",
            "在 datapackage.json 的 resources 中列出该图片",
        )
    return faults


def _later_faults(kind: Kind, file: str, number: int, values: dict[str, Value], created: dt.date) -> Iterator[Finding]:
    """What was decided, on a day that had not come when the export was made: no later day mends it."""
    for column in COLUMNS[kind]:
        day = values.get(column.name)
        if column.name in RECORDED[kind].before_export and isinstance(day, dt.date) and day > created:
            message = f"「{column.label}」晚于导出的生成日（{created}）"
            hint = "还没有作出的决定不能导出：核对这个日期，或者 datapackage.json 的 created"
            yield _fault(file, number, column.name, "later-than-export", message, hint)


def _code_faults(kind: Kind, values: dict[str, Value], faulty: Collection[str], fault: Note) -> None:
    if RECORDED[kind].uncoded and str(values.get("subject_code", "")).upper() == NO_CODE:
        del values["subject_code"]
    person = values.get("subject_type") is SubjectType.NATURAL_PERSON
    if person or "subject_type" not in values or "subject_code" in faulty:
        return
    code = str(values.get("subject_code", ""))
    if not code and values["subject_type"] in RECORDED[kind].uncoded:
        return
    if not code:
        fault("subject_code", "missing", "自然人以外的主体应填「统一社会信用代码」")
    elif not is_credit_code(code):
        fault(
            "subject_code",
            "bad-credit-code",
            f"统一社会信用代码不合 GB 32100（{len(code)} 个字符，应为 18 个，且字符与校验位正确）{_letters(code)}",
            "与登记机关的证照核对；代码列请用文本格式",
        )


def _letters(code: str) -> str:
    """Which characters of a code are letters that GB 32100 does not have, and what they are taken for."""
    found = [(place, char) for place, char in enumerate(code.upper(), start=1) if char in _MISTAKEN]
    told = "、".join(f"第 {place} 位是字母 {char}（多半是数字 {_MISTAKEN[char]}）" for place, char in found)
    return f"：{told}，代码里没有 I、O 这两个字母" if told else ""


def _severe_faults(values: dict[str, Value], faulty: Collection[str], fault: Note) -> None:
    person = values.get("subject_type") is SubjectType.NATURAL_PERSON
    if not person and "subject_type" in values:
        for name, label in (
            ("sentenced", "判处剥夺人身自由刑罚"),
            ("sentence_served_on", "刑罚执行完毕日期"),
        ):
            if values.get(name):
                fault(name, "person-only", f"「{label}」只用于自然人")
    given = [name for name in _TERM if name in values or name in faulty]
    if given and len(given) < len(_TERM):
        absent = next(name for name in _TERM if name not in given)
        fault(absent, "partial-term", "特别披露期限的月数、起算日、依据、依据层级应同时填写或同时空缺")


def _clause_faults(
    file: str, number: int, values: dict[str, Value], effects: Mapping[Effect, frozenset[str]]
) -> Iterator[Finding]:
    """Whether a measure's article speaks of the other sort of measures alone."""
    article, effect = _ARTICLE.match(str(values.get("clause", ""))), values.get("effect")
    of = {one for one, articles in effects.items() if article and article[0] in articles}
    if of and effect is not None and effect not in of:
        message = "类别与条款不符：该条款下只能是另一类措施"
        yield _fault(file, number, "kind", "kind-mismatch", message, "核对「条款」与「类别」")
