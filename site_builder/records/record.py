"""What the records of all kinds have in common, and how a kind describes its part of an export."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import msgspec

from site_builder.records.columns import DISCLOSURE, Column, Type, date, need, word, words_of
from site_builder.vocabulary import Disclosure, Kind, Level, SubjectType


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
    word("subject_type", "主体类型", words_of(SubjectType), required=True),
    Column("subject_code", "统一社会信用代码", Type.CODE),
    Column("region", "行政区划代码", Type.CODE),
    CATALOGUE_ITEM,
)
"""The columns records about a subject begin with."""

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


AWAITED = ("act_ended_on", "sentence_served_on", "act_corrected_on", "duties_fulfilled_on")
"""Days that are told once they have come: one after the as-of day counts as empty (contract, section 3, “The term”)."""


LAST_DAYS = ("measures_suspended_until",)
"""Days through which something lasts: what is shown changes on the day after."""


def known_day(record: Record, column: str, as_of: dt.date) -> dt.date | None:
    """The day of a column as it is known on ``as_of``."""
    day: dt.date | None = getattr(record, column)
    return None if day is not None and day > as_of and column in AWAITED else day


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """A kind in an export: its record, its columns, and what is asked of its days.

    ``order``: pairs of columns of which the second day does not come before the first. ``done``: columns of what has
    been done, on a day not after the as-of day. ``before_export``: those of the decision itself, on a day not after
    that of the export (contract, section 2). ``ended``: the column of the day a matter ended, from which its report is
    due (LY 10). ``unit``: the column of the unit that answers for a record. ``ledger``: how ``pack`` numbers rows: the
    prefix of ids, the columns that tell one from another, the day's column. ``free``: free text about the subject.
    ``headers``: more headers that are accepted, each with its column.
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


def unit_of(record: Record, column: str) -> str:
    """The unit that answers for a record; several are joined."""
    found: str | tuple[str, ...] = getattr(record, column)
    return found if isinstance(found, str) else "、".join(found)
