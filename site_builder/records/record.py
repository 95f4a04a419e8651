"""What the records of all kinds have in common, and how a kind describes its part of an export."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import msgspec

from site_builder.records.columns import DISCLOSURE, Column, Type, date, flag, need, word, words_of
from site_builder.vocabulary import SUBJECT_TYPES, Disclosure, Kind, Level, SubjectType


class Record(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One row of a resource. Absent text is empty, absent dates are None; every value is trimmed."""

    kind: ClassVar[Kind]

    id: str
    disclosure: Disclosure
    published_on: dt.date
    updated_on: dt.date | None = None
    change_note: str = ""

    @property
    def name(self) -> str:
        """What the record is called."""
        raise NotImplementedError

    @property
    def is_person(self) -> bool:
        """Whether the record is a natural person's."""
        return False


class SubjectRecord(Record, frozen=True, gc=False, kw_only=True):
    """A record about one subject; ``catalogue_item`` is the id of its item of the catalogue (LY 13)."""

    subject_name: str
    subject_type: SubjectType
    subject_code: str = ""
    region: str = ""
    catalogue_item: str = ""
    objection_received_on: dt.date | None = None
    objection_closed_on: dt.date | None = None
    objection_result_told_on: dt.date | None = None

    @property
    def name(self) -> str:
        """What the record is called."""
        return self.subject_name

    @property
    def is_person(self) -> bool:
        """Whether the subject is a natural person."""
        return self.subject_type is SubjectType.NATURAL_PERSON


class DecidedRecord(SubjectRecord, frozen=True, gc=False, kw_only=True):
    """A record that rests on a decision, which may be revoked, and that may be repaired (DL 43, 44; LY 33, 36)."""

    revoked_on: dt.date | None = None
    repaired_on: dt.date | None = None
    repair_revoked_on: dt.date | None = None


class CounterpartRecord(SubjectRecord, frozen=True, gc=False, kw_only=True):
    """A record of an administrative decision; ``subject_code`` is empty where a sole trader has none."""

    decided_on: dt.date
    authority: str
    legal_representative: str = ""
    minor: bool = False
    natural_person_basis: str = ""
    natural_person_basis_level: Level | None = None


class ListedRecord(DecidedRecord, frozen=True, gc=False, kw_only=True):
    """An entry of a list of subjects, from which they may be removed."""

    listed_on: dt.date
    minor: bool = False
    natural_person_basis: str = ""
    natural_person_basis_level: Level | None = None
    removed_on: dt.date | None = None


CATALOGUE_ITEM = Column("catalogue_item", "目录事项编号", Type.CODE)
"""The item of the catalogue a record belongs to (LY 13)."""

SUBJECT = (
    Column("id", "记录编号", Type.CODE, required=True),
    DISCLOSURE,
    need("subject_name", "主体名称"),
    word("subject_type", "主体类型", words_of(SUBJECT_TYPES), required=True),
    Column("subject_code", "统一社会信用代码", Type.CODE),
    Column("region", "行政区划代码", Type.CODE),
    CATALOGUE_ITEM,
)
"""The columns records about a subject begin with."""

COUNTERPART = (
    Column("id", "记录编号", Type.CODE, required=True),
    DISCLOSURE,
    need("subject_name", "行政相对人名称"),
    word("subject_type", "行政相对人类别", words_of(SubjectType), required=True),
    Column("subject_code", "统一社会信用代码", Type.CODE),
    Column("legal_representative", "法定代表人"),
    flag("minor", "未成年人"),
    Column("natural_person_basis", "自然人公开依据"),
    word("natural_person_basis_level", "自然人公开依据层级", words_of(Level)),
    Column("region", "行政区划代码", Type.CODE),
    CATALOGUE_ITEM,
)
"""The columns records of an administrative decision begin with: whom it is about."""
DATED = (
    date("published_on", "公示日期", required=True),
    date("updated_on", "更新日期"),
    Column("change_note", "变动理由"),
)
"""The columns most kinds end with."""

OBJECTION = (
    date("objection_received_on", "异议受理日期"),
    date("objection_closed_on", "异议办结日期"),
    date("objection_result_told_on", "异议结果告知日期"),
)
"""The columns of an objection (DL 42, LY 32)."""

OBJECTION_DAYS = tuple(column.name for column in OBJECTION)
OBJECTION_ORDER = tuple((OBJECTION_DAYS[0], later) for later in OBJECTION_DAYS[1:])
"""Nothing of an objection is done before it was received."""


AWAITED = ("act_ended_on", "sentence_served_on", "act_corrected_on", "duties_fulfilled_on")
"""Days that are told once they have come: one after the as-of day counts as empty (contract, section 3, “The term”)."""


ENDLESS = ("disclosed_through", "effective_through", "licensed_through")
"""Columns in which 2099-12-31 is written for what has no last day: there it counts as empty."""

NO_END = dt.date(2099, 12, 31)
"""How the national tables write it."""

LAST_DAYS = ("measures_suspended_until",)
"""Days through which something lasts: what is shown changes on the day after."""


def known_day(record: Record, column: str, as_of: dt.date) -> dt.date | None:
    """The day of a column as it is known on ``as_of``; None where what it ends has no end."""
    day: dt.date | None = getattr(record, column)
    if day is None or (day > as_of and column in AWAITED) or (day == NO_END and column in ENDLESS):
        return None
    return day


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """A kind in an export: its record, its columns, and what is asked of its days.

    ``order``: pairs of columns of which the second day does not come before the first. ``done``: columns of what has
    been done, on a day not after the as-of day. ``before_export``: those of the decision itself, on a day not after
    that of the export (contract, section 2). ``ended``: the column of the day a matter ended, from which its report is
    due (LY 10). ``unit``: the column of the unit that answers for a record. ``ledger``: how ``pack`` numbers rows: the
    prefix of ids, the columns that tell one from another, the day's column. ``free``: free text about the subject.
    ``headers``: more headers that are accepted, each with its column. ``uncoded``: the sorts of subject that may have
    no code, though they are no natural persons. ``annulled``: the column of the day the decision stopped standing,
    where the days until a record of it leaves are counted. ``decided``: that of the day it was made, where the days
    until it is published are.
    """

    record: type[Record]
    columns: tuple[Column, ...]
    order: tuple[tuple[str, str], ...]
    done: tuple[str, ...]
    ended: str
    unit: str
    ledger: tuple[str, tuple[str, ...], str]
    before_export: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    headers: dict[str, str] = {}
    uncoded: frozenset[SubjectType] = frozenset()
    annulled: str = ""
    decided: str = ""


def unit_of(record: Record, column: str) -> str:
    """The unit that answers for a record; several are joined."""
    found: str | tuple[str, ...] = getattr(record, column)
    return found if isinstance(found, str) else "、".join(found)
