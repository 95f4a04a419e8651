"""What a city's ``rules.yml`` has the webmaster warned of in a record, and the working days it gives for things.

A warning never withholds and never repeats a value. One that is told by conditions alone is written in data whole; the
others are functions here, whose numbers and words come from the data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final
import unicodedata

import msgspec

from site_builder.config.fields import Fields
from site_builder.kinds.record import COLUMN_LABELS, RECORDED
from site_builder.law.conditions import groups
from site_builder.law.relations import AnyRecord, Asked
from site_builder.records.record import AWAITED, NO_END, known_day
from site_builder.records.values import is_resident_id
from site_builder.rules.clocks import UNKNOWN_YEAR, Span, running_objections
from site_builder.rules.decision import Facts
from site_builder.rules.watch import Clock, Warned
from site_builder.vocabulary import Kind

Looks = Callable[[AnyRecord, Facts], Iterable[Warned]]
MOST_DAYS: Final = 400


class Watching(msgspec.Struct, frozen=True, kw_only=True):
    """What warnings are made from: what may be asked of each kind, and the spans."""

    asked: Mapping[Kind, Asked]
    spans: Mapping[Clock, Span]


def read_watch(fields: Fields, code: str, of: Watching) -> Looks:
    """What a warning of this code looks for. Notes every fault."""
    if "when" in fields.names() or "when_any" in fields.names():
        return _told(fields, of)
    if code not in _LOOKS:
        hint = f"程序自带的：{'、'.join(_LOOKS)}；别的写上 kind、when、column、message、hint"
        fields.faults.add("bad-value", fields.row, f"不认识的提醒「{code}」", hint)
        return lambda _record, _facts: ()
    return _LOOKS[code](fields, of)


def _told(fields: Fields, of: Watching) -> Looks:
    """Records of one kind for which the conditions hold."""
    kind = Kind(fields.choice("kind", tuple(of.asked), required=True, default=Kind.SEVERE))
    holds = groups(fields, of.asked[kind])
    warned = Warned(
        fields.choice("column", tuple(of.asked[kind].columns), required=True),
        fields.text("message", required=True),
        fields.text("hint", required=True),
    )
    return lambda record, facts: (warned,) if holds(record, facts) else ()


def _out_of_order(_fields: Fields, _of: Watching) -> Looks:
    """Columns whose day comes before the day it should follow, or after the as-of day though it tells what was done."""

    def looks(record: AnyRecord, facts: Facts) -> Iterator[Warned]:
        for column in RECORDED[record.kind].done:
            day = getattr(record, column)
            if day is not None and day > facts.as_of:
                yield Warned(column, "晚于核验日，而它说的是已经做了的事", "核对这个日期")
        for earlier, later in RECORDED[record.kind].order:
            first, second = getattr(record, earlier), getattr(record, later)
            if first is not None and second is not None and second < first:
                yield Warned(
                    later, f"早于{COLUMN_LABELS[record.kind].get(earlier, earlier)}，应在同一天或更晚", "核对这两个日期"
                )

    return looks


def _future_date(_fields: Fields, _of: Watching) -> Looks:
    """A day that starts a term and has not come: it counts as empty."""

    def looks(record: AnyRecord, facts: Facts) -> Iterator[Warned]:
        for column in AWAITED:
            day = getattr(record, column, None)
            if day is not None and day > facts.as_of:
                yield Warned(column, "晚于核验日：到那一天之前按空缺处理", "核对这个日期；预计的日期不要填，到时再填")

    return looks


def _disclosed_through(fields: Fields, of: Watching) -> Looks:
    """A last day of showing, as the office has it, that is none, or comes after the law's: the earlier decides."""
    last_day = of.asked[Kind(fields.choice("kind", tuple(of.asked), required=True, default=Kind.SEVERE))].shown_to

    def looks(record: AnyRecord, facts: Facts) -> Iterator[Warned]:
        told = record.disclosed_through
        if told == NO_END:
            yield Warned("disclosed_through", f"写的是 {NO_END}：不是公示的最后一天，按空缺处理", _DISCLOSED)
        elif told is not None and (last := last_day(record, facts.as_of)) is not None and told > last:
            yield Warned("disclosed_through", f"晚于法定的最后一天（{last}）：公示到早的那一天", _DISCLOSED)

    return looks


_DISCLOSED: Final = "与处罚机关核对公示截止期；另有法律、行政法规规定的，写明依据再问本站的律师"


def _objection_overdue(fields: Fields, of: Watching) -> Looks:
    """An open objection past its working days."""
    span = _span(fields, of, Clock.OBJECTION)

    def looks(record: AnyRecord, facts: Facts) -> Iterator[Warned]:
        for received, allowed in running_objections(record, facts, span):
            gone = facts.calendar.passed(received, facts.as_of)
            if gone.days > allowed:
                days = f"{gone.days} 个" if gone.known else f"至少 {gone.days} 个"
                message = f"异议受理已过 {days}工作日，应在 {allowed} 个工作日内处理"
                yield Warned("objection_received_on", message, "尽快核查处理、告知异议人，并填写办结日期")

    return looks


def _objection_unknown(fields: Fields, of: Watching) -> Looks:
    """An open objection of which the table of holidays cannot tell whether it is overdue."""
    span = _span(fields, of, Clock.OBJECTION)

    def looks(record: AnyRecord, facts: Facts) -> Iterator[Warned]:
        for received, allowed in running_objections(record, facts, span):
            gone = facts.calendar.passed(received, facts.as_of)
            if not gone.known and gone.days <= allowed:
                message = f"不知道异议是否已超过 {allowed} 个工作日：节假日表没有覆盖这一年"
                yield Warned("objection_received_on", message, UNKNOWN_YEAR)

    return looks


def _stale_act(fields: Fields, _of: Watching) -> Looks:
    """An act said to go on holds the term back; nobody has confirmed it for so many days."""
    most = fields.number("days", required=True, maximum=MOST_DAYS)

    def looks(record: AnyRecord, facts: Facts) -> Iterator[Warned]:
        if not record.act_ongoing:
            return
        if known_day(record, "act_ended_on", facts.as_of) is not None:
            yield Warned("act_ongoing", "写着行为持续中，又有终止日期：按终止日期计算", "去掉其中一个")
            return
        gone = [record.removed_on, record.repaired_on, record.revoked_on]
        if any(day is not None and day <= facts.as_of for day in gone):
            return
        last = max(record.published_on, record.updated_on or record.published_on)
        days = (facts.as_of - last).days
        if days > most:
            message = f"写着行为持续中，但已有 {days} 天没有更新，披露期限一直没有起算"
            hint = "向认定单位核实；行为已终止的填写终止日期，仍在持续的更新「更新日期」"
            yield Warned("act_ongoing", message, hint)

    return looks


def _forbidden_words(fields: Fields, _of: Watching) -> Looks:
    """Free text about a natural person that names what may not be collected."""
    words = fields.texts("words", required=True)

    def looks(record: AnyRecord, _facts: Facts) -> Iterator[Warned]:
        if not getattr(record, "is_person", False):
            return
        for column in RECORDED[record.kind].free:
            plain = "".join(char for char in unicodedata.normalize("NFKC", getattr(record, column)) if char.isalnum())
            if any(word in plain for word in words):
                message = "自然人的文字里出现不得采集的个人信息的名称"
                yield Warned(column, message, f"查找「{'、'.join(words)}」，写了个人信息的从导出中去掉")

    return looks


def _code_is_resident_id(_fields: Fields, _of: Watching) -> Looks:
    """An organisation's code that is a resident ID too may be its owner's; it would be shown unmasked."""

    def looks(record: AnyRecord, facts: Facts) -> Iterator[Warned]:
        if getattr(record, "is_person", True) or not hasattr(record, "subject_code"):
            return
        if is_resident_id(record.subject_code, facts.as_of):
            message = "统一社会信用代码同时是一个合格的居民身份证号，可能误填了经营者本人的"
            hint = "与登记机关的证照核对；填错的改正，没有代码的不要用身份证号代替"
            yield Warned("subject_code", message, hint)

    return looks


def _span(fields: Fields, of: Watching, clock: Clock) -> Span:
    if clock not in of.spans:
        fields.faults.add("missing-key", fields.row, f"没有写期限 {clock}", f"在 clocks 里写上 {clock} 的条号和工作日")
        return Span((), 0, 0)
    return of.spans[clock]


_LOOKS: Final[Mapping[str, Callable[[Fields, Watching], Looks]]] = {
    "dates-out-of-order": _out_of_order,
    "future-date": _future_date,
    "objection-overdue": _objection_overdue,
    "objection-clock-unknown": _objection_unknown,
    "stale-ongoing-act": _stale_act,
    "forbidden-words": _forbidden_words,
    "code-is-resident-id": _code_is_resident_id,
    "disclosed-through": _disclosed_through,
}
"""The warnings the program brings, by code."""
