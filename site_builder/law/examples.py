"""Cases worked by hand from a regulation's text, ``examples.yml`` of a city's folder: facts, and what they come to.

Every fault of the file is told at once with its row; facts that make no record are told as an export's row would be.
Nothing here reckons, and nothing fills in what a person has to find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
import datetime as dt
import difflib
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from site_builder.config.companions import OVERLAY_PAIRS
from site_builder.config.fields import Fields
from site_builder.config.source import Faults
from site_builder.export.cells import Cell
from site_builder.export.rows import read_rows
from site_builder.export.schema import COLUMNS, headers
from site_builder.law.cases import Examples, LegalReading, Ruling, Worked, WorkedCase, WorkedDeadline
from site_builder.law.english import read_node
from site_builder.law.folder import read_law
from site_builder.law.text import ArticleRef, LawText, read_ref
from site_builder.records.columns import Type
from site_builder.records.record import Record
from site_builder.rules.above import Norm
from site_builder.rules.decision import REASON_LABELS, OverlayOrder, Reason
from site_builder.rules.ruleset import Law
from site_builder.rules.watch import Clock
from site_builder.vocabulary import LABELS, Action, Kind

T = TypeVar("T")

EXAMPLES: Final = "examples.yml"

FATES: Final = {"published": True, "公开": True, "withheld": False, "不公开": False}
NO_DAY: Final = frozenset({"none", "无"})
"""How it is written that a record has no last day."""

_KINDS: Final = {word: kind for kind in Kind for word in (kind.value, LABELS[kind])}
_REASONS: Final = {word: reason for reason in Reason for word in (reason.value, REASON_LABELS[reason])}


def read_examples(folder: Path, law: Law, text: LawText | None) -> Examples:
    """The cases of a city's folder, whose articles are looked for in ``text``.

    Raises ``SiteBuilderError`` with every fault, exit code 2.
    """
    found = examples_of(folder, law.latest.code, law.latest.norms, text)
    asked = {case.applies for case in found.cases if case.applies}
    above = {one: read_law(folder, unfinished=True, applied=one) for one in asked}
    return msgspec.structs.replace(found, above=above)


def examples_of(folder: Path, code: str, norms: Iterable[Norm], text: LawText | None) -> Examples:
    """As ``read_examples``, for a law of that ``code`` below these ``norms``, whatever else is wrong with it."""
    file = folder / EXAMPLES
    faults = Faults(str(file))
    root = Fields(read_node(file, faults), faults)
    reading = _Reading(root, code, tuple(one.rule for one in norms if one.rule), text)
    cases = tuple(case for fields in root.sections("cases") if (case := reading.case(fields)) is not None)
    deadlines = tuple(span for fields in root.sections("deadlines") if (span := reading.deadline(fields)) is not None)
    root.finish()
    faults.stop()
    return Examples(cases, deadlines)


class _Reading:
    """Reads the cases of one file, whose head says who worked them and when where a case does not."""

    def __init__(self, root: Fields, code: str, rules: tuple[str, ...], text: LawText | None) -> None:
        self._faults = root.faults
        self._law = code
        self._rules = rules
        self._text = text
        self._by = root.text("worked_by", required=True)
        self._on = root.day("on", required=True)
        rows = root.section("rows")
        self._rows = {name: self._base(rows.section(name)) for name in rows.names()}
        self._names: set[str] = set()

    def case(self, fields: Fields) -> WorkedCase | None:
        """One case; None where it is faulty, which is noted."""
        worked = self._worked(fields)
        base = self._rows.get(fields.choice("row", tuple(self._rows), required=True))
        days = self._some(fields, "as_of", Fields.days)
        facts, orders = fields.section("facts"), fields.sections("orders")
        listed, codes = frozenset(fields.texts("listed")), frozenset(fields.texts("codes"))
        applies = frozenset(fields.choices("applies", self._rules))
        catalogue = frozenset(fields.texts("catalogue")) if "catalogue" in fields.names() else None
        disputed, readings, expected = fields.flag("disputed"), fields.sections("readings"), fields.section("expected")
        fields.finish()
        if base is None:
            return None
        kind, cells = base
        record = self._record(kind, fields.row, cells | self._cells(facts, kind), max(days, default=dt.date.max))
        ruled = None if disputed else self._ruling(expected, kind)
        told = tuple(self._reading(one, kind) for one in readings)
        if disputed and (len(told) < 2 or "expected" in fields.names()):  # noqa: PLR2004 (both readings)
            hint = "不写 expected；readings 里写上每一种读法的理由（why）和结果"
            self._faults.add("bad-value", fields.row, "有争议的案例要写两种以上的读法", hint)
        elif readings and not disputed:
            self._faults.add("bad-value", fields.row_of("readings"), "只有有争议的案例写读法", "加上 disputed: true")
        if record is None or worked is None or not days:
            return None
        return WorkedCase(
            **msgspec.structs.asdict(worked),
            record=record,
            days=days,
            orders=tuple(filter(None, (self._order(one, kind) for one in orders))),
            listed=frozenset(one.upper() for one in listed),
            codes=codes,
            catalogue=catalogue,
            expected=ruled,
            readings=told,
            applies=applies,
        )

    def deadline(self, fields: Fields) -> WorkedDeadline | None:
        """One case of working days; None where it is faulty, which is noted."""
        worked = self._worked(fields)
        clock, since = fields.choice("clock", tuple(Clock), required=True), fields.day("since", required=True)
        with_help, last_day = fields.flag("with_help"), fields.day("last_day", required=True)
        articles = self._articles(fields)
        fields.finish()
        if worked is None or not clock or since is None or last_day is None:
            return None
        return WorkedDeadline(
            **msgspec.structs.asdict(worked),
            clock=Clock(clock),
            since=since,
            with_help=with_help,
            last_day=last_day,
            articles=articles,
        )

    def _worked(self, fields: Fields) -> Worked | None:
        name, own = fields.text("name", required=True), fields.day("on")
        by, reviewed = fields.text("worked_by", default=self._by), fields.text("reviewed_by")
        if name in self._names:
            self._faults.add("bad-value", fields.row_of("name"), f"两个案例都叫「{name}」", "各起一个名称")
        self._names.add(name)
        if reviewed and reviewed == by:
            self._faults.add("bad-value", fields.row_of("reviewed_by"), "复核的人就是推算的人", "由另一个人复核")
        on = own or self._on
        return None if on is None else Worked(name=name, row=fields.row, worked_by=by, on=on, reviewed_by=reviewed)

    def _base(self, fields: Fields) -> tuple[Kind, dict[str, Cell]] | None:
        kind = _KINDS.get(fields.choice("kind", tuple(_KINDS), required=True))
        facts = fields.section("facts")
        fields.finish()
        if kind is None:
            return None
        cells = self._cells(facts, kind)
        return (kind, cells) if self._record(kind, fields.row, cells, dt.date.max) is not None else None

    def _cells(self, fields: Fields, kind: Kind) -> dict[str, Cell]:
        names, columns = headers(kind), {one.name: one for one in COLUMNS[kind]}
        cells: dict[str, Cell] = {}
        for written in fields.names():
            name = names.get(written)
            several = name is not None and columns[name].type is Type.LIST
            value: Cell = fields.texts(written) if several else fields.text(written, lines=True)
            if name is None:
                near = difflib.get_close_matches(written, names, n=1)
                hint = f"是不是「{near[0]}」？" if near else "列名用导出里的"
                self._faults.add("unknown-column", fields.row_of(written), f"{LABELS[kind]}没有「{written}」", hint)
            elif name in cells:
                self._faults.add("duplicate-key", fields.row_of(written), f"「{written}」写了两次", "只留一个")
            else:
                cells[name] = value
        return cells

    def _record(self, kind: Kind, row: int, cells: dict[str, Cell], created: dt.date) -> Record | None:
        """The record a row of an export of that day becomes."""
        file, values = self._faults.file, (tuple(cells.values()),)
        pictures = frozenset(str(value) for name, value in cells.items() if name == "photo")
        [read] = read_rows(kind, file, tuple(cells), (row,), values, pictures, created)
        self._faults.found += read.faults
        return read.record

    def _order(self, fields: Fields, kind: Kind) -> OverlayOrder | None:
        what = fields.choice("what", tuple(one for one in Action if one in OVERLAY_PAIRS[kind]), required=True)
        on, closed_on = fields.day("on", required=True), fields.day("closed_on")
        fields.finish()
        return OverlayOrder(Action(what), on, closed_on) if what and on is not None else None

    def _reading(self, fields: Fields, kind: Kind) -> LegalReading:
        return LegalReading(fields.text("why", required=True), self._ruling(fields, kind))

    def _ruling(self, fields: Fields, kind: Kind) -> Ruling:
        published = FATES.get(fields.choice("fate", tuple(FATES), required=True))
        if published is None:  # what else belongs there is not known
            return Ruling(published=False, articles=self._articles(fields))
        told = "last_day" in fields.names() or published
        ruling = Ruling(
            published=published,
            reasons=() if published else self._reasons(fields),
            last_day=self._last_day(fields) if told else msgspec.UNSET,
            term_text=fields.text("term_text", required=True) if published and kind is Kind.SEVERE else "",
            told=fields.texts("told") if "told" in fields.names() else msgspec.UNSET,
            warned=fields.texts("warned") if "warned" in fields.names() else msgspec.UNSET,
            articles=self._articles(fields),
        )
        fields.finish()
        return ruling

    def _reasons(self, fields: Fields) -> tuple[Reason, ...]:
        words = self._some(fields, "reasons", Fields.texts)
        for word in words:
            if word not in _REASONS:
                near = difflib.get_close_matches(word, _REASONS, n=1)
                hint = f"是不是「{near[0]}」？" if near else f"可以写：{'、'.join(REASON_LABELS.values())}"
                self._faults.add("bad-value", fields.row_of("reasons"), f"不认识的理由「{word}」", hint)
        return tuple(_REASONS[word] for word in words if word in _REASONS)

    def _last_day(self, fields: Fields) -> dt.date | None:
        written = fields.text("last_day", required=True)
        return None if written in NO_DAY else fields.day("last_day")

    def _some(self, fields: Fields, key: str, read: Callable[..., tuple[T, ...]]) -> tuple[T, ...]:
        """What stands under a key, which is no empty list."""
        before = len(self._faults.found)
        values = read(fields, key, required=True)
        if not values and len(self._faults.found) == before:
            self._faults.add("missing-key", fields.row_of(key), f"「{key}」是空的", "至少写一个")
        return values

    def _articles(self, fields: Fields) -> tuple[ArticleRef, ...]:
        found = []
        for one in self._some(fields, "articles", Fields.texts):
            ref, row = read_ref(one, self._law), fields.row_of("articles")
            if ref is None:
                self._faults.add("bad-value", row, f"「{one}」不是条款", "写成 第三十五条第二款、第三十二条第（三）项")
            elif ref.law == self._law and self._text is not None and not self._text.has(ref):
                self._faults.add("bad-value", row, f"法规里没有{one}", f"核对 {self._text.file.name}")
            else:
                found.append(ref)
        return tuple(found)
