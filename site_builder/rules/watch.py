"""A watch looks at one record for what the webmaster should know. It never withholds, refuses or repeats a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
import enum
from typing import Any

import msgspec

from site_builder.records.record import Record
from site_builder.rules.decision import Facts
from site_builder.vocabulary import Kind


class Warned(msgspec.Struct, frozen=True):
    """One warning about a record: the column it is about, what was found, what to do."""

    column: str
    message: str
    hint: str


class Watch(msgspec.Struct, frozen=True):
    """One thing a city watches for: a stable code, its articles, what it asks, and what it finds in a record.

    ``kind`` is the kind whose records it looks at, where it does not look at all.
    """

    code: str
    articles: tuple[str, ...]
    question: str
    looks: Callable[[Any, Facts], Iterable[Warned]]
    kind: Kind | None = None

    def finds(self, record: Record, facts: Facts) -> Iterable[Warned]:
        """What it finds in a record of any kind."""
        return self.looks(record, facts) if self.kind in (None, record.kind) else ()


class CrossWatch(msgspec.Struct, frozen=True):
    """One thing a city watches for between records, or between releases: see ``decide.cross_record_warnings``."""

    code: str
    articles: tuple[str, ...]
    question: str


class Clock(enum.StrEnum):
    """What a regulation gives a number of working days for."""

    OBJECTION = "objection"
    REVOCATION = "revocation"
    REPORT = "report"
    PUBLISH = "publish"
