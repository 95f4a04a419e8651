"""A watch looks at one record for what the webmaster should know. It never withholds, refuses or repeats a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
import enum

import msgspec

from site_builder.kinds.measures.record import Measure
from site_builder.kinds.role_models.record import RoleModel
from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.records.record import Filed
from site_builder.rules.decision import Facts

Record = SevereEntry | Measure | RoleModel | Filed


class Warned(msgspec.Struct, frozen=True):
    """One warning about a record: the column it is about, what was found, what to do."""

    column: str
    message: str
    hint: str


class Watch(msgspec.Struct, frozen=True):
    """One thing a city watches for: a stable code, its articles, what it asks, and what it finds in a record."""

    code: str
    articles: tuple[str, ...]
    question: str
    looks: Callable[[Record, Facts], Iterable[Warned]]


class Across(msgspec.Struct, frozen=True):
    """One thing a city watches for between records, or between releases: see ``decide.cross_record_warnings``."""

    code: str
    articles: tuple[str, ...]
    question: str


class Clock(enum.StrEnum):
    """What a regulation gives a number of working days for."""

    OBJECTION = "objection"
    REVOCATION = "revocation"
    REPORT = "report"
