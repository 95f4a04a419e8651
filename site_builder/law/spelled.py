"""Words that may be written for machine names in a law's files, and numbers as the text of a law has them.

Each function of words gives, for a kind of record where that matters, every word and the machine name it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
import re
from typing import Final, TypeAlias

from site_builder.export.schema import COLUMNS, headers
from site_builder.kinds.shown import SHOWN
from site_builder.law.sentences import ORDERS
from site_builder.law.terms import ALWAYS
from site_builder.numerals import LARGEST, NUMERAL, to_number, to_numeral
from site_builder.rules.decision import REASON_LABELS, Reason
from site_builder.rules.term import span
from site_builder.rules.watch import Clock
from site_builder.vocabulary import LABELS, Category, Kind, Level, TermStart

Words: TypeAlias = Callable[["Kind | None"], Mapping[str, str]]
"""Every word that may be written, and the machine name it stands for; of a kind, where that is known."""

FLAGS: Final = {"是": "true", "否": "false"}
PERSONS: Final = {"自然人": "natural_person", "组织": "organisation"}
TERMS: Final = {"起算不明": "unknown", "已届满": "over"}
HELD: Final = {"个人信息": "personal_data"}
CLOCKS: Final = {
    "异议": Clock.OBJECTION.value,
    "撤销": Clock.REVOCATION.value,
    "报送": Clock.REPORT.value,
    "公示": Clock.PUBLISH.value,
}
ACTIONS: Final = {word: action.value for action, word in ORDERS.items()}
BESIDE: Final = {
    "主体": "subject",
    "处置": "overlay",
    "披露期限": "term",
    "所属目录": "catalogue",
    "失信名单": "severe_list",
    "公开的字段": "shown",
}
"""What is known beside the columns, as it is called where conditions are written."""

RELATIONS: Final = {
    "是": "is",
    "不是": "is_not",
    "是其中之一": "in",
    "不在其中": "not_in",
    "空着": "empty",
    "写明文件": "cites",
    "只写明": "cites_only",
    "说到": "tells_of",
    "已到": "past",
    "未到": "to_come",
    "已过": "over",
    "不早于期限": "not_by",
    "未满周岁": "younger_than",
    "写着": "orders",
    "不公开": "closes",
    "列为公开": "opens",
    "有同一代码": "has_code",
    "含有": "holds",
}
"""What may be asked, as it is called where conditions are written."""

PARAMETERS: Final = {"例外": "undone_by", "在哪一天": "on"}
"""What is written beside a relation."""

_LENGTH: Final = re.compile(rf"(?:({NUMERAL}|[0-9]{{1,3}})年)?(?:({NUMERAL}|[0-9]{{1,4}})个月)?")
_HALF: Final = "半年"
_YEAR: Final = 12


def as_written(_kind: Kind | None) -> dict[str, str]:
    """No words: what is written is meant."""
    return {}


def fixed(words: Mapping[str, str]) -> Words:
    """The same words whatever the kind."""
    return lambda _kind: words


def _labelled(members: tuple[str, ...]) -> dict[str, str]:
    return {LABELS[one]: str(one) for one in members}


KINDS: Final = _labelled(tuple(Kind))
LEVELS: Final = _labelled(tuple(Level))
WINS: Final = {"一律": ALWAYS, **LEVELS}
STARTS: Final = _labelled(tuple(TermStart))
CATEGORIES: Final = _labelled(tuple(Category))
REASONS: Final = {REASON_LABELS[one]: one.value for one in Reason}


def columns(kind: Kind | None) -> dict[str, str]:
    """Columns of an export, by their labels."""
    return {} if kind is None else {word: name for word, name in headers(kind).items() if word != name}


def asked(kind: Kind | None) -> dict[str, str]:
    """What a condition may ask about."""
    return columns(kind) | BESIDE


def starts(kind: Kind | None) -> dict[str, str]:
    """What a term runs from: an event for the severe list, a column for the others."""
    return columns(kind) if kind is not None else STARTS


def shown(kind: Kind | None) -> dict[str, str]:
    """Shown columns, by their labels; of any kind those that mean the same everywhere."""
    of = SHOWN.values() if kind is None else (SHOWN[kind],)
    told: dict[str, set[str]] = {}
    for one in (column for each in of for column in each.columns):
        told.setdefault(one.label, set()).add(one.name)
    return {label: next(iter(names)) for label, names in told.items() if len(names) == 1}


def values(kind: Kind | None) -> dict[str, str]:
    """The values of the column by which the records of a kind are divided."""
    if kind is None:
        return {}
    names = next((one.words for one in SHOWN[kind].columns if one.name == SHOWN[kind].category), ())
    return {LABELS.get(one, one): one for one in names}


def members(kind: Kind | None, name: str) -> dict[str, str]:
    """The words of a column that is an enumeration."""
    found = next((one for one in COLUMNS[kind] if one.name == name), None) if kind is not None else None
    spelled = {} if found is None else found.words
    return {word: member.value for word, member in spelled.items() if word != member.value}


def months(text: str) -> str:
    """So many months for a length as a law writes it (五年, 六个月, 一年六个月, 半年); else the text as it is."""
    if text == _HALF:
        return "6"
    match = _LENGTH.fullmatch(text)
    if match is None or not text:
        return text
    parts = [_number(one) for one in match.groups()]
    return text if None in parts else str((parts[0] or 0) * _YEAR + (parts[1] or 0))


def length(text: str) -> str:
    """So many months as a law writes them; what is no such number as it is."""
    told = span(int(text)) if text.isdecimal() and 0 < int(text) < _YEAR * 80 else text
    return told if months(told) == text else text


def workdays(text: str) -> str:
    """So many working days as a law writes them."""
    return f"{to_numeral(int(text))}个工作日" if text.isdecimal() and 0 < int(text) <= LARGEST else text


def counted(*units: str) -> Callable[[str], str]:
    """What gives the number of so many ``units`` (三个工作日); else the text as it is."""
    form = re.compile(rf"({NUMERAL}|[0-9]{{1,4}})(?:{'|'.join(units)})")

    def number(text: str) -> str:
        match = form.fullmatch(text)
        found = _number(match[1]) if match is not None else None
        return text if found is None else str(found)

    return number


def _number(text: str | None) -> int | None:
    if text is None:
        return 0
    return int(text) if text.isdecimal() else to_number(text)
