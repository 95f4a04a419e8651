"""The vocabulary a city's ``rules.yml`` is written in: what may be asked of one column of a record, or of what is known.

A condition is one relation of one column. A rule's ``when`` is a list of groups: it holds where every condition of one
group does. Each relation is a pure function of the record and the facts; its parameters are read and typed here, and
nothing outside knows what a city asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
import datetime as dt
import re
from typing import Any, Final
import unicodedata

import msgspec

from site_builder.config.fields import Fields
from site_builder.law.terms import LONGEST, Term, over, unknown
from site_builder.records.columns import Column, Type
from site_builder.records.values import add_months, person_birth, years_old
from site_builder.rules.decision import Action, Facts
from site_builder.rules.empty import all_empty, is_empty
from site_builder.vocabulary import Disclosure, Kind

Holds = Callable[[Any, Facts], bool]
"""Asks one thing of a record and the facts."""

TermOf = Callable[[Any], Term]

CITED: Final = re.compile(r"《[^《》]*[^《》\s][^《》]*》")
"""A cited instrument: 《…》 with something between."""

ACTIONS: Final = {
    "revoked_on": Action.REVOKED,
    "repaired_on": Action.REPAIRED,
    "removed_on": Action.REMOVED,
    "withdrawn_on": Action.WITHDRAWN,
}
"""Columns beside which an item of the overlay acts."""

_GAP: Final = ".{0,12}?"
_STATE: Final = "中华人民共和国"
SUBJECTS: Final = ("natural_person", "organisation")
OLDEST: Final = 150
"""The highest age that may be asked for, in years."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Of what a condition is asked: the kind, its columns by name, its term, the search of what would be shown."""

    kind: Kind
    columns: Mapping[str, Column]
    term_of: TermOf | None
    personal_data: Holds


def groups(fields: Fields, asked: Asked) -> Holds:
    """The conditions under ``when`` (all hold) or the list ``when_any`` (all of one hold). Notes every fault."""
    several = fields.sections("when_any") if "when_any" in fields.names() else (fields.section("when"),)
    found = tuple(_group(one, asked) for one in several)
    if not all(found) or not found:
        fields.faults.add("missing-key", fields.row, f"「{fields.path}when」没有写条件", "写上列、关系和值")
    return lambda record, facts: any(all(holds(record, facts) for holds in group) for group in found)


def _group(fields: Fields, asked: Asked) -> tuple[Holds, ...]:
    found = []
    for name in fields.names():
        inner = fields.section(name)
        known = _relations(name, asked)
        if not known:
            near = "、".join((*asked.columns, *_KNOWN))
            fields.faults.add("unknown-column", fields.row_of(name), f"{asked.kind} 没有「{name}」", f"可以写：{near}")
        asks = [one for one in inner.names() if one not in _BESIDE]
        for relation in asks:
            if relation in known:
                found.append(known[relation](inner, name, asked))
            elif known:
                hint = f"可以写：{'、'.join(known)}"
                fields.faults.add("unknown-relation", inner.row_of(relation), f"「{name}」不能问「{relation}」", hint)
    return tuple(found)


def _relations(name: str, asked: Asked) -> Mapping[str, Callable[[Fields, str, Asked], Holds]]:
    """What may be asked of a column, or of one of the things that are known beside the record."""
    if name in _KNOWN:
        return _KNOWN[name]
    column = asked.columns.get(name)
    return {} if column is None else _OF_TYPE[column.type] | (_OF_CODE if name == "subject_code" else {})


def _is(fields: Fields, name: str, asked: Asked) -> Holds:
    word = fields.choice("is", _words(asked.columns[name]), required=True)
    return lambda record, _facts: _value(record, name) == word


def _is_not(fields: Fields, name: str, asked: Asked) -> Holds:
    word = fields.choice("is_not", _words(asked.columns[name]), required=True)
    return lambda record, _facts: _value(record, name) != word


def _among(fields: Fields, name: str, asked: Asked) -> Holds:
    words = frozenset(fields.choices("in", _words(asked.columns[name])))
    return lambda record, _facts: _value(record, name) in words


def _not_among(fields: Fields, name: str, asked: Asked) -> Holds:
    words = frozenset(fields.choices("not_in", _words(asked.columns[name])))
    return lambda record, _facts: _value(record, name) not in words


def _true(fields: Fields, name: str, _asked: Asked) -> Holds:
    wanted = fields.flag("is", required=True)
    return lambda record, _facts: bool(getattr(record, name)) is wanted


def _past(fields: Fields, name: str, asked: Asked) -> Holds:
    """The column's day has come, or an overlay item that acts beside it; not where it was undone since.

    ``undone_by``: the column of the day on which it was undone, not before it.
    """
    fields.flag("past", required=True)
    undone_by = fields.choice("undone_by", _days(asked))
    action, kind = ACTIONS.get(name), asked.kind

    def holds(record: Any, facts: Facts) -> bool:
        day = getattr(record, name)
        undone: dt.date | None = getattr(record, undone_by) if undone_by else None
        days = [day] if day is not None else []
        days += [one.on for one in facts.orders.get((kind, record.id.lower()), ()) if one.what is action]
        return any(one <= facts.as_of and not (undone is not None and one <= undone <= facts.as_of) for one in days)

    return holds


def _to_come(fields: Fields, name: str, _asked: Asked) -> Holds:
    fields.flag("to_come", required=True)

    def holds(record: Any, facts: Facts) -> bool:
        day = getattr(record, name)
        return day is not None and day > facts.as_of

    return holds


def _over(fields: Fields, name: str, _asked: Asked) -> Holds:
    """The column's day was the last one."""
    fields.flag("over", required=True)

    def holds(record: Any, facts: Facts) -> bool:
        day = getattr(record, name)
        return day is not None and day < facts.as_of

    return holds


def _months_over(fields: Fields, name: str, _asked: Asked) -> Holds:
    """So many months have passed since the column's day."""
    months = fields.number("months_over", required=True, maximum=LONGEST)

    def holds(record: Any, facts: Facts) -> bool:
        day = getattr(record, name)
        return day is not None and add_months(day, months) < facts.as_of

    return holds


def _not_by(fields: Fields, name: str, asked: Asked) -> Holds:
    """The day is missing, or comes after that of another column."""
    other = fields.choice("not_by", _days(asked), required=True)

    def holds(record: Any, _facts: Facts) -> bool:
        day, latest = getattr(record, name), getattr(record, other) if other else None
        return day is None or (latest is not None and day > latest)

    return holds


def _empty(fields: Fields, name: str, _asked: Asked) -> Holds:
    wanted = fields.flag("empty", required=True)
    return lambda record, _facts: _nothing(getattr(record, name)) is wanted


def _cites(fields: Fields, name: str, _asked: Asked) -> Holds:
    wanted = fields.flag("cites", required=True)
    return lambda record, _facts: (CITED.search(getattr(record, name)) is not None) is wanted


def _text_among(fields: Fields, name: str, _asked: Asked) -> Holds:
    texts = frozenset(fields.texts("in", required=True))
    return lambda record, _facts: getattr(record, name) in texts


def _text_not_among(fields: Fields, name: str, _asked: Asked) -> Holds:
    texts = frozenset(fields.texts("not_in", required=True))
    return lambda record, _facts: getattr(record, name) not in texts


def _tells_of(fields: Fields, name: str, _asked: Asked) -> Holds:
    """The text holds one of these; ``…`` in one stands for up to twelve characters of a line."""
    texts = fields.texts("tells_of", required=True)
    pattern = re.compile("|".join(_GAP.join(map(re.escape, one.split("…"))) for one in texts) or "(?!)")

    def holds(record: Any, _facts: Facts) -> bool:
        value = getattr(record, name)
        told = value if isinstance(value, tuple) else (value,)
        return any(pattern.search(unicodedata.normalize("NFKC", one)) for one in told)

    return holds


def _cites_only(fields: Fields, name: str, _asked: Asked) -> Holds:
    """No instrument is cited but these, with or without 中华人民共和国 before their names."""
    own = frozenset(fields.texts("cites_only", required=True))

    def holds(record: Any, _facts: Facts) -> bool:
        value = getattr(record, name)
        told = value if isinstance(value, tuple) else (value,)
        cited = {one.strip("《》").removeprefix(_STATE) for text in told for one in CITED.findall(text)}
        return cited <= own

    return holds


def _younger(fields: Fields, name: str, asked: Asked) -> Holds:
    """The resident ID tells a birth fewer years ago, on the day of another column."""
    age = fields.number("younger_than", required=True, maximum=OLDEST)
    on = fields.choice("on", _days(asked), required=True)

    def holds(record: Any, _facts: Facts) -> bool:
        born = person_birth(getattr(record, name))
        return born is not None and bool(on) and years_old(born, getattr(record, on)) < age

    return holds


def _subject(fields: Fields, _name: str, _asked: Asked) -> Holds:
    person = fields.choice("is", SUBJECTS, required=True) == SUBJECTS[0]
    return lambda record, _facts: record.is_person is person


def _orders(fields: Fields, _name: str, asked: Asked) -> Holds:
    action = Action(fields.choice("orders", tuple(Action), default=Action.COURT))
    kind = asked.kind
    return lambda record, facts: facts.ordered(kind, record.id, action)


def _term(fields: Fields, _name: str, asked: Asked) -> Holds:
    """``unknown``: nothing tells when it starts; ``over``: its last day has passed."""
    wanted = fields.choice("is", ("unknown", "over"), required=True)
    term_of = asked.term_of
    if term_of is None:
        fields.faults.add("bad-value", fields.row, f"{asked.kind} 没有写 term", "在它的 term 里写上披露期限")
        return lambda _record, _facts: False
    if wanted == "unknown":
        return lambda record, _facts: unknown(term_of(record))
    return lambda record, facts: over(term_of(record), facts.as_of)


def _catalogue(fields: Fields, _name: str, _asked: Asked) -> Holds:
    """The record is open to the public, and its item of the catalogue is not, or is not there.

    Never where the export has no catalogue, the record names no item, or is a natural person's.
    """
    fields.flag("closes", required=True)

    def holds(record: Any, facts: Facts) -> bool:
        if facts.catalogue is None or record.is_person or not record.catalogue_item:
            return False
        return record.disclosure is Disclosure.PUBLIC and record.catalogue_item not in facts.catalogue

    return holds


def _severe(fields: Fields, _name: str, _asked: Asked) -> Holds:
    """A published entry of the severe list has the record's code."""
    fields.flag("has_code", required=True)
    return lambda record, facts: record.subject_code.upper() in facts.listed_codes


def _shown(fields: Fields, _name: str, asked: Asked) -> Holds:
    fields.choice("holds", ("personal_data",), required=True)
    return asked.personal_data


def _words(column: Column) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(word) for word in column.words.values()))


def _days(asked: Asked) -> tuple[str, ...]:
    return tuple(name for name, column in asked.columns.items() if column.type is Type.DATE)


def _value(record: Any, name: str) -> str:
    value = getattr(record, name)
    return "" if value is None else str(value)


def _nothing(value: str | tuple[str, ...] | dt.date | None) -> bool:
    if value is None or isinstance(value, dt.date):
        return value is None
    return all_empty(value) if isinstance(value, tuple) else is_empty(value)


_TEXT: Final = {
    "empty": _empty,
    "cites": _cites,
    "cites_only": _cites_only,
    "tells_of": _tells_of,
    "in": _text_among,
    "not_in": _text_not_among,
}
_OF_TYPE: Final[Mapping[Type, Mapping[str, Callable[[Fields, str, Asked], Holds]]]] = {
    Type.TEXT: _TEXT,
    Type.CODE: _TEXT,
    Type.LIST: {"empty": _empty, "tells_of": _tells_of, "cites_only": _cites_only},
    Type.DATE: {
        "past": _past,
        "to_come": _to_come,
        "over": _over,
        "months_over": _months_over,
        "not_by": _not_by,
        "empty": _empty,
    },
    Type.BOOLEAN: {"is": _true},
    Type.INTEGER: {},
    Type.WORD: {"is": _is, "is_not": _is_not, "in": _among, "not_in": _not_among},
}
_OF_CODE: Final = {"younger_than": _younger}
_KNOWN: Final[Mapping[str, Mapping[str, Callable[[Fields, str, Asked], Holds]]]] = {
    "subject": {"is": _subject},
    "overlay": {"orders": _orders},
    "term": {"is": _term},
    "catalogue": {"closes": _catalogue},
    "severe_list": {"has_code": _severe},
    "shown": {"holds": _shown},
}
"""What is known beside the columns: who the subject is, the overlay, the term, the catalogue, the severe list."""

_BESIDE: Final = ("undone_by", "on")
"""Parameters that stand beside a relation."""
