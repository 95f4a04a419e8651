"""The vocabulary a city's ``rules.yml`` is written in: what may be asked of a column of a record, or of what is known.

Each relation is a pure function of the record and the facts. Its parameters are read and typed here, and nothing
outside knows what a city asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
import datetime as dt
from functools import partial
import re
from typing import Any, Final, TypeAlias
import unicodedata

import msgspec

from site_builder.config.fields import Fields
from site_builder.kinds.rules import never
from site_builder.records.columns import Column, Type
from site_builder.records.record import known_day
from site_builder.records.values import person_birth, years_old
from site_builder.rules.decision import Facts
from site_builder.rules.empty import CITED, all_empty
from site_builder.rules.ruled import LastDay
from site_builder.rules.term import Terms, Unknown
from site_builder.vocabulary import Action, Disclosure, Kind

AnyRecord: TypeAlias = Any
"""A record of the kind whose columns a condition was checked against when it was read."""
Holds = Callable[[AnyRecord, Facts], bool]
"""Asks one thing of a record and the facts."""

_GAP: Final = ".{0,12}?"
_STATE: Final = "中华人民共和国"
OLDEST: Final = 150
"""The highest age that may be asked for, in years."""


def no_end(_record: AnyRecord, _as_of: dt.date) -> dt.date | None:
    """The last day of what has none."""
    return None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Of what a condition is asked: the kind, its columns by name.

    ``fields``: the fields of the records that are called otherwise than their column. ``terms``: those of the severe
    list. ``last_day``: the last day a record is shown by the city's law, None where the kind has no term;
    ``shown_to``: by the rules above it too. ``personal_data`` looks for it in what would be shown.
    ``not_repairable``: whether the law excludes a record from repair.
    """

    kind: Kind
    columns: Mapping[str, Column]
    fields: Mapping[str, str]
    terms: Terms | None
    last_day: LastDay | None
    personal_data: Holds
    not_repairable: Holds = never
    shown_to: LastDay = no_end

    def field(self, name: str) -> str:
        """What a column is called in the records."""
        return self.fields.get(name) or name


Relation = Callable[[Fields, str, Asked], Holds]
"""Reads what a relation says of a column, and gives what asks it."""


def _among(fields: Fields, name: str, asked: Asked, *, key: str, wanted: bool) -> Holds:
    """The value is this word, or one of these; or it is not. Texts have no words of their own.

    Words compare equal to their machine names.
    """
    words, field = _words(asked.columns[name]), asked.field(name)
    if key.startswith("is"):
        found = {fields.choice(key, words, required=True)}
    else:
        found = set(fields.choices(key, words, required=True) if words else fields.texts(key, required=True))
    return lambda record, _facts: (getattr(record, field) in found) is wanted


def _whether(fields: Fields, name: str, asked: Asked, *, key: str, asks: Callable[[str], Holds]) -> Holds:
    """What is written ``true`` or ``false``: what ``asks`` gives of the column holds, or does not."""
    wanted, holds = fields.flag(key, required=True), asks(asked.field(name))
    return lambda record, facts: holds(record, facts) is wanted


def _true(name: str) -> Holds:
    return lambda record, _facts: bool(getattr(record, name))


def _past(fields: Fields, name: str, asked: Asked) -> Holds:
    """As ``Facts.past``; ``undone_by``: the column of the day on which it was undone."""
    wanted = fields.flag("past", required=True)
    undone_by = fields.choice("undone_by", _days(asked))
    return lambda record, facts: facts.past(record, name, undone_by) is wanted


def _to_come(name: str) -> Holds:
    """The column's day is after the day it is asked for."""
    return lambda record, facts: (day := getattr(record, name)) is not None and day > facts.as_of


def _over(name: str) -> Holds:
    """The column's day is before the day it is asked for."""
    return lambda record, facts: (day := getattr(record, name)) is not None and day < facts.as_of


def _not_by(fields: Fields, name: str, asked: Asked) -> Holds:
    """The day is missing, or comes after that of another column."""
    other = fields.choice("not_by", _days(asked), required=True)

    def holds(record: AnyRecord, _facts: Facts) -> bool:
        day, latest = getattr(record, name), getattr(record, other)
        return day is None or (latest is not None and day > latest)

    return holds


def _empty(name: str) -> Holds:
    return lambda record, _facts: all_empty(_texts(getattr(record, name)))


def _no_word(name: str) -> Holds:
    return lambda record, _facts: getattr(record, name) is None


def _no_day(name: str) -> Holds:
    """There is no day, or one that counts as empty until it comes."""
    return lambda record, facts: known_day(record, name, facts.as_of) is None


def _cites(name: str) -> Holds:
    return lambda record, _facts: CITED.search(getattr(record, name)) is not None


def _tells_of(fields: Fields, name: str, asked: Asked) -> Holds:
    """The text holds one of these after NFKC; ``…`` in one stands for up to twelve characters of a line."""
    texts, field = fields.texts("tells_of", required=True), asked.field(name)
    parts = ([re.escape(unicodedata.normalize("NFKC", part)) for part in one.split("…")] for one in texts)
    patterns = [re.compile(_GAP.join(one)) for one in parts]

    def holds(record: AnyRecord, _facts: Facts) -> bool:
        told = [unicodedata.normalize("NFKC", one) for one in _texts(getattr(record, field))]
        return any(pattern.search(one) for pattern in patterns for one in told)

    return holds


def _cites_only(fields: Fields, name: str, asked: Asked) -> Holds:
    """No instrument is cited but these, with or without 中华人民共和国 before their names."""
    own, field = {one.removeprefix(_STATE) for one in fields.texts("cites_only", required=True)}, asked.field(name)

    def holds(record: AnyRecord, _facts: Facts) -> bool:
        found = (one for text in _texts(getattr(record, field)) for one in CITED.findall(text))
        return {one[1:-1].removeprefix(_STATE) for one in found} <= own

    return holds


def _younger(fields: Fields, name: str, asked: Asked) -> Holds:
    """The resident ID tells a birth fewer years ago, on the day of another column that every record has."""
    age = fields.number("younger_than", required=True, maximum=OLDEST)
    on = fields.choice("on", _days(asked, given=True), required=True)

    def holds(record: AnyRecord, _facts: Facts) -> bool:
        born = person_birth(getattr(record, name))
        return born is not None and years_old(born, getattr(record, on)) < age

    return holds


def _subject(fields: Fields, _name: str, _asked: Asked) -> Holds:
    person = fields.choice("is", ("natural_person", "organisation"), required=True) == "natural_person"
    return lambda record, _facts: record.is_person is person


def _orders(fields: Fields, _name: str, _asked: Asked) -> Holds:
    action = Action(fields.choice("orders", tuple(Action), required=True, default=Action.COURT))
    return lambda record, facts: facts.ordered(record, action)


def _term(fields: Fields, _name: str, asked: Asked) -> Holds:
    """``unknown``: nothing tells when it starts; ``over``: its last day has passed."""
    wanted = fields.choice("is", ("unknown", "over") if asked.terms is not None else ("over",), required=True)
    terms, last_day = asked.terms, asked.last_day
    if last_day is None:
        fields.faults.add("bad-value", fields.row, f"{asked.kind} 没有写 term", "在它的 term 里写上披露期限")
        return never
    if terms is not None and wanted == "unknown":
        return lambda record, facts: isinstance(terms.own(record, facts.as_of), Unknown)

    def over(record: AnyRecord, facts: Facts) -> bool:
        last = last_day(record, facts.as_of)
        return last is not None and facts.as_of > last

    return over


def _closed(_name: str) -> Holds:
    """The record is open to the public, and its item of the catalogue is not, or is not there.

    Never where the export has no catalogue, the record names no item, or is a natural person's.
    """

    def holds(record: AnyRecord, facts: Facts) -> bool:
        if facts.catalogue is None or record.is_person or not record.catalogue_item:
            return False
        return record.disclosure is Disclosure.PUBLIC and record.catalogue_item not in facts.catalogue

    return holds


def _opened(_name: str) -> Holds:
    """The record names an item of the catalogue that is open to the public."""
    return lambda record, facts: facts.catalogue is not None and record.catalogue_item in facts.catalogue


def _listed(_name: str) -> Holds:
    """A published entry of the severe list has the record's code."""
    return lambda record, facts: record.subject_code.upper() in facts.listed_codes


def _repair(fields: Fields, _name: str, asked: Asked) -> Holds:
    """The city's law excludes the entry from repair (``not_repairable``), or does not."""
    wanted = fields.flag("excluded", required=True)
    return lambda record, facts: asked.not_repairable(record, facts) is wanted


def _shown(fields: Fields, _name: str, asked: Asked) -> Holds:
    fields.choice("holds", ("personal_data",), required=True)
    return asked.personal_data


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def _words(column: Column) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(word) for word in column.words.values()))


def _days(asked: Asked, *, given: bool = False) -> tuple[str, ...]:
    """The columns of days; with ``given`` those that are never empty."""
    days = (column for column in asked.columns.values() if column.type is Type.DATE)
    return tuple(column.name for column in days if column.required or not given)


_AMONG: Final[Mapping[str, Relation]] = {
    "in": partial(_among, key="in", wanted=True),
    "not_in": partial(_among, key="not_in", wanted=False),
}
_TOLD: Final[Mapping[str, Relation]] = {
    "empty": partial(_whether, key="empty", asks=_empty),
    "cites_only": _cites_only,
    "tells_of": _tells_of,
}
_TEXT: Final[Mapping[str, Relation]] = {**_TOLD, **_AMONG, "cites": partial(_whether, key="cites", asks=_cites)}
OF_TYPE: Final[Mapping[Type, Mapping[str, Relation]]] = {
    Type.TEXT: _TEXT,
    Type.CODE: _TEXT,
    Type.LIST: _TOLD,
    Type.DATE: {
        "past": _past,
        "to_come": partial(_whether, key="to_come", asks=_to_come),
        "over": partial(_whether, key="over", asks=_over),
        "not_by": _not_by,
        "empty": partial(_whether, key="empty", asks=_no_day),
    },
    Type.BOOLEAN: {"is": partial(_whether, key="is", asks=_true)},
    Type.INTEGER: {},
    Type.AMOUNT: {"empty": partial(_whether, key="empty", asks=_empty)},
    Type.WORD: {
        **_AMONG,
        "empty": partial(_whether, key="empty", asks=_no_word),
        "is": partial(_among, key="is", wanted=True),
        "is_not": partial(_among, key="is_not", wanted=False),
    },
}
OF_CODE: Final = {"younger_than": _younger}
KNOWN: Final[Mapping[str, Mapping[str, Relation]]] = {
    "subject": {"is": _subject},
    "overlay": {"orders": _orders},
    "term": {"is": _term},
    "catalogue": {
        "closes": partial(_whether, key="closes", asks=_closed),
        "opens": partial(_whether, key="opens", asks=_opened),
    },
    "severe_list": {"has_code": partial(_whether, key="has_code", asks=_listed)},
    "shown": {"holds": _shown},
    "repair": {"excluded": _repair},
}
"""What is known beside the columns: who the subject is, the overlay, the term, the catalogue, the list, repair."""
