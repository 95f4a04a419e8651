"""What is written in a city's ``rules.yml`` as the sentences a lawyer reads, made from the very words of the file.

The file has been read by ``law.folder`` before. Every relation of the vocabulary has words here; what has none is noted
as a key that was not read, so that nothing written is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from site_builder.config.fields import Fields
from site_builder.law.terms import ALWAYS
from site_builder.numerals import LARGEST, to_numeral
from site_builder.records.columns import Column
from site_builder.rules.decision import OWN_COLUMNS
from site_builder.rules.starts import STARTS
from site_builder.rules.term import span
from site_builder.vocabulary import ACTION_LABELS, LABELS, Action, Level, TermStart


class Said(NamedTuple):
    """Of what something is said, and what."""

    subject: str
    predicate: str


Columns = Mapping[str, Column]
Words = Callable[[Fields, str, Columns], str]
"""What a relation says of a column, or of one of the things known beside it, from the keys under it."""

ORDERS: Final = ACTION_LABELS
"""What the overlay may say."""

_PERSON: Final = {"natural_person": "是自然人", "organisation": "不是自然人"}
_TERM: Final = {"unknown": "从哪天起算不明", "over": "已经届满（最后一天的次日起）"}


def condition(rule: Fields, columns: Columns) -> str:
    """What is written under ``when`` or ``when_any``: one sentence without its end."""
    several = rule.sections("when_any") if "when_any" in rule.names() else (rule.section("when"),)
    groups = [[_said(group, name, columns) for name in group.names()] for group in several]
    first = groups[0][0] if groups and groups[0] else Said("", "")
    if len(groups) > 1 and all(len(group) == 1 and group[0].predicate == first.predicate for group in groups):
        return f"{'、'.join(group[0].subject for group in groups)}，有一项{first.predicate}"
    sentences = ["，并且".join(f"{one.subject}{one.predicate}" for one in group) for group in groups]
    if len(sentences) == 1:
        return sentences[0]
    return "有下列情形之一：" + "；".join(
        f"（{to_numeral(number)}）{one}" for number, one in enumerate(sentences, start=1)
    )


def _said(group: Fields, name: str, columns: Columns) -> Said:
    inner = group.section(name)
    relation = next((one for one in inner.names() if one in RELATIONS), "")
    subject = KNOWN.get(name) or label(name, columns)
    if relation == "past" and name in OWN_COLUMNS.values():
        subject += "（或者处置里同一件事的日期）"
    words = IN_KNOWN.get(name, {}).get(relation) or RELATIONS.get(relation)
    said = Said(subject, words(inner, name, columns) if words is not None else "")
    inner.finish()
    return said


def label(name: str, columns: Columns) -> str:
    """What a column is called in an export: ``「移出日期」``."""
    return f"「{columns[name].label}」" if name in columns else f"「{name}」"


def several_years(months: int) -> str:
    """So many months as a regulation writes them, past a thousand in figures."""
    return span(months) if 0 < months <= LARGEST else f"{months} 个月"


def days(number: int) -> str:
    """``三个工作日``."""
    return f"{to_numeral(number) if 0 < number <= LARGEST else number}个工作日"


def _word(column: Column | None, value: str) -> str:
    """A value as people read it: the label of a word, else as written."""
    spelled = column.words.items() if column is not None else ()
    return f"「{next((text for text, one in spelled if one.value == value and text != value), value)}」"


def _among(key: str, begins: str, ends: str = "") -> Words:
    def words(fields: Fields, name: str, columns: Columns) -> str:
        column = columns.get(name)
        values = [fields.text(key)] if key.startswith("is") else list(fields.texts(key))
        return f"{begins}{'、'.join(_word(column, one) for one in values)}{ends if len(values) > 1 else ''}"

    return words


def _is(fields: Fields, name: str, columns: Columns) -> str:
    column = columns.get(name)
    if column is not None and column.words:
        return f"是{_word(column, fields.text('is'))}"
    return "写的是「是」" if fields.flag("is") else "写的是「否」或者空着"


def _whether(key: str, holds: str, fails: str) -> Words:
    return lambda fields, _name, _columns: holds if fields.flag(key) else fails


def _past(fields: Fields, _name: str, columns: Columns) -> str:
    if not fields.flag("past"):
        return "没有到"
    undone = fields.text("undone_by")
    return "已到（当天起）" + (f"，除非{label(undone, columns)}在那天或者以后，而且也已到" if undone else "")


def _younger(fields: Fields, _name: str, columns: Columns) -> str:
    return f"是证件号，按它在{label(fields.text('on'), columns)}那天未满 {fields.number('younger_than')} 周岁"


def _told(key: str, begins: str, marks: str = "「」") -> Words:
    def words(fields: Fields, _name: str, _columns: Columns) -> str:
        return begins + "、".join(f"{marks[0]}{one}{marks[1]}" for one in fields.texts(key))

    return words


def _holds(fields: Fields, _name: str, _columns: Columns) -> str:
    return {"personal_data": "有身份证号、手机号或者银行卡号"}[fields.text("holds")]


RELATIONS: Final[Mapping[str, Words]] = {
    "in": _among("in", "是", "之一"),
    "not_in": _among("not_in", "不是", "之一"),
    "is": _is,
    "is_not": _among("is_not", "不是"),
    "empty": _whether("empty", "空着（只写「无」「略」「见文书」之类也是）", "不是空的"),
    "cites": _whether("cites", "写明了《…》", "没有写明《…》"),
    "cites_only": _told("cites_only", "里的《…》没有别的，只有", "《》"),
    "tells_of": _told("tells_of", "说到"),
    "past": _past,
    "to_come": _whether("to_come", "还没有到（晚于核验日）", "已到（不晚于核验日）"),
    "over": _whether("over", "已经过了（早于核验日）", "没有过（不早于核验日）"),
    "not_by": lambda fields, _name, columns: f"不在{label(fields.text('not_by'), columns)}当天或者以前（空着也是）",
    "younger_than": _younger,
    "orders": lambda fields, _name, _columns: f"写着{ORDERS[Action(fields.text('orders', default=Action.COURT))]}",
    "closes": _whether("closes", "不是社会公开（不在公布的目录里也是）", "是社会公开（无从对照也是）"),
    "opens": _whether("opens", "是社会公开", "不是社会公开（没有写明、目录里没有也是）"),
    "has_code": _whether("has_code", "有同一个统一社会信用代码", "没有同一个统一社会信用代码"),
    "holds": _holds,
    "excluded": _whether("excluded", "依法不适用", "没有不适用的情形"),
}
"""What each relation of the vocabulary says."""

KNOWN: Final = {
    "subject": "主体",
    "overlay": "处置（overlay.yml）里",
    "term": "披露期限",
    "catalogue": "公开的记录所属的目录事项",
    "severe_list": "公示中的严重失信主体名单上",
    "shown": "公开的字段里",
    "repair": "信用修复",
}
"""What is known beside the columns."""

IN_KNOWN: Final[Mapping[str, Mapping[str, Words]]] = {
    "subject": {"is": lambda fields, _name, _columns: _PERSON[fields.text("is")]},
    "term": {"is": lambda fields, _name, _columns: _TERM[fields.text("is")]},
}
"""The relations that say something else of what is known than of a column."""


def term(fields: Fields) -> str:
    """A city's disclosure term: how long, from when, what comes at its end, and which other terms win."""
    months = fields.number("months")
    begins = STARTS[TermStart(fields.text("start"))][1]
    told = [f"{several_years(months)}（{months} 个月），自{begins}之日起，到那一个月的同一天为止"]
    if sentenced := fields.text("when_sentenced"):
        told.append(f"判处剥夺人身自由刑罚的，自{STARTS[TermStart(sentenced)][1]}之日起")
    extended = fields.text("at_end") == "extend"
    told.append("届满还没有移出名单的，延至移出之日" if extended else "届满停止公示，移出与否都一样")
    wins = fields.texts("special_wins")
    fields.finish()
    if ALWAYS in wins:
        told.append("另有规定的期限，一律从其规定")
    else:
        levels = "、".join(LABELS[Level(one)] for one in wins)
        told.append("另有规定的期限不比它长的，从其规定" + (f"；依据是{levels}的，长也从其规定" if levels else ""))
    return "；".join(told)


def period(fields: Fields, columns: Columns) -> str:
    """The term of a kind that is not the severe list: until a day of its own, and so many months at most."""
    until, starts, told = fields.text("last_day"), fields.texts("start"), []
    if until:
        told.append(f"到{label(until, columns)}那天为止")
    if starts:
        months = fields.number("months")
        begins = "，空着的自".join(label(one, columns) for one in starts)
        told.append(f"{several_years(months)}（{months} 个月），自{begins}起，到那一个月的同一天为止")
    fields.finish()
    return "；".join(told) + ("；以先到的为准" if len(told) > 1 else "")


def clock(fields: Fields) -> str:
    """The working days there are for something."""
    number, helped = fields.number("days"), fields.number("with_help")
    fields.finish()
    return days(number) + (f"；需要其他单位协助的，{days(helped)}" if helped and helped != number else "")


def setting(name: str, value: str) -> str:
    """What a city has chosen where a site says nothing, or a release would stop."""
    return SETTINGS[name][value]


SETTINGS: Final = {
    "responsible_persons": {
        "show": "法定代表人等责任人，站点没有另写的，显示",
        "hide": "法定代表人等责任人，站点没有另写的，不显示",
    },
    "unpublished_measure": {
        "stop": "名单记录引用没有公布的惩戒措施，停止发布",
        "warn": "名单记录引用没有公布的惩戒措施，只提醒",
    },
    "list_profile": {
        "stop": "公示的名单没有写明认定、移出、异议和修复，停止发布",
        "warn": "公示的名单没有写明认定、移出、异议和修复，只提醒",
    },
}
"""What the settings at the head of ``rules.yml`` say."""
