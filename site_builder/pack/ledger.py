"""``--assign-ids``: permanent numbers for an office that has none, kept in a private ledger that only grows.

A record is known again by what stays the same: its subject and its document, however they are typed. A natural
person's number is never written down, only its masked form. Beside a number stands the day its record was first
published: an office's table without that column has one day for all rows, this month's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
import csv
import datetime as dt
import io
from pathlib import Path
import re
from typing import Final
import unicodedata

from site_builder.errors import Finding, Place, SiteBuilderError
from site_builder.kinds.record import RECORDED
from site_builder.records.values import person_code
from site_builder.vocabulary import LABELS, Kind, SubjectType

HEADER: Final = ("kind", "id", "key", "published_on")
_WITHOUT_DAYS: Final = HEADER[:-1]
"""The header of a ledger of before days were kept."""

PREFIXES: Final = {kind: one.ledger[0] for kind, one in RECORDED.items()}
"""严重, 措施, 典型, …"""

IDENTITY: Final = {kind: one.ledger[1] for kind, one in RECORDED.items()}
"""By which columns a record is known again; a name only where there is no code."""

YEARS: Final = {kind: one.ledger[2] for kind, one in RECORDED.items()}


Fold = Callable[[str], str]
"""What makes the ways of typing a name one: widths, brackets, spaces, letter case."""

_DOTS: Final = re.compile(r"(?<![0-9])[.．·•・‧∙⋅]|[.．·•・‧∙⋅](?![0-9])")
"""Dots in names are typed in many ways; between digits they divide numbers and stay."""

_BETWEEN: Final = re.compile(r"(?<=[0-9])[()\[\]〔〕【】]+(?=[0-9])")
"""Brackets between digits divide numbers: 〔2026〕1号 is not 20261号."""


class Ledger:
    """Numbers given so far, by kind and key, with the days of first publication.

    ``days``: number → ISO date. ``fold`` is how the parts of a key are compared.
    """

    def __init__(self, entries: list[tuple[str, str, str]], days: dict[str, str], fold: Fold) -> None:
        self.entries = entries
        self._days = days
        self._old = frozenset(record_id for _, record_id, _ in entries)
        self._fold = fold
        self._ids = {(kind, key): record_id for kind, record_id, key in entries}
        self._alike: dict[tuple[str, str], list[str]] = {}
        for kind, record_id, key in entries:
            self._alike.setdefault((kind, self._folded(key)), []).append(record_id)
        self._taken = {record_id.lower(): (kind, self._folded(key)) for kind, record_id, key in entries}
        self._next: dict[str, int] = {}

    def reserve(self, kind: Kind, row: Mapping[str, str]) -> bool:
        """Keep a number that the office gives itself from being given; False where it was given to another record."""
        record = (kind.value, self._folded(key_of(kind, row)))
        return self._taken.setdefault(row["id"].lower(), record) == record

    def number(self, kind: Kind, row: Mapping[str, str]) -> tuple[str, str]:
        """The record's number, given now where it has none, and what it is known by, folded.

        Where entries of the past differ in typing alone, the one typed like the row is meant, or else the oldest.
        """
        key = key_of(kind, row)
        folded = self._folded(key)
        alike = self._alike.get((kind.value, folded), [])
        known = self._ids.get((kind.value, key)) or next(iter(alike), None)
        if known is not None:
            return known, folded
        head = f"{PREFIXES[kind]}{row.get(YEARS[kind], '')[:4] or '0000'}-"
        number = self._next.get(head, 1)
        while f"{head}{number:04}".lower() in self._taken:
            number += 1
        self._next[head] = number + 1
        given = f"{head}{number:04}"
        self._taken[given.lower()] = (kind.value, folded)
        self._ids[kind.value, key] = given
        self._alike[kind.value, folded] = [given]
        self.entries.append((kind.value, given, key))
        return given, folded

    def first_day(self, record_id: str, day: str, created: dt.date, *, fixed: bool) -> str:
        """The day (ISO) a record is first published, kept from now on.

        ``day`` is the table's, or, ``fixed``, one for all of its rows: then the day kept before is it, but where that
        had not come when the export was made (``created``), on which nothing was published.
        """
        kept = self._days.get(record_id, "")
        first = kept if fixed and kept and kept <= created.isoformat() else day
        self._days[record_id] = first
        return first

    def lacks_day(self, record_id: str) -> bool:
        """Whether a number was given before days were kept."""
        return record_id in self._old and record_id not in self._days

    def _folded(self, key: str) -> str:
        parts = unicodedata.normalize("NFKC", key).split("|")
        return "|".join(self._fold(_DOTS.sub("", _BETWEEN.sub("-", part))) for part in parts)

    def text(self) -> str:
        """The ledger as it is written: CSV, in the order the numbers were given."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows((*entry, self._days.get(entry[1], "")) for entry in self.entries)
        return out.getvalue()


def read_ledger(path: Path, fold: Fold) -> Ledger:
    """The ledger at ``path``; a new one where there is none. Raises SiteBuilderError where it is unsound."""
    if not path.exists():
        return Ledger([], {}, fold)
    try:
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        rows = []
    header = tuple(rows[0]) if rows else ()
    entries = [(row[0], row[1], row[2]) for row in rows[1:] if len(row) == len(header)]
    sound = header in {HEADER, _WITHOUT_DAYS} and len(entries) == len(rows) - 1
    ids, keys = {one.lower() for _, one, _ in entries}, {(kind, key) for kind, _, key in entries}
    if not sound or len(ids) != len(entries) or len(keys) != len(entries):
        message = "编号台账读不懂，或者编号、记录有重复"
        raise SiteBuilderError([Finding("bad-ledger", Place(path.name), message, "从备份恢复；不要手工删行或改编号")])
    days = {row[1]: row[3] for row in rows[1:] if header == HEADER and row[3]}
    if wrong := [number for number, row in enumerate(rows[1:], start=2) if not _is_day(days.get(row[1], ""))]:
        message = "台账里的公示日期不是日期"
        place = Place(path.name, wrong[0], HEADER[-1])
        raise SiteBuilderError([Finding("bad-ledger", place, message, "写成 2026-06-01 的样子，不知道的空着")])
    return Ledger(entries, days, fold)


def _is_day(text: str) -> bool:
    """Whether a text is empty or an ISO date."""
    try:
        return not text or dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def key_of(kind: Kind, row: Mapping[str, str]) -> str:
    """What a record is known by: its code (a person's masked) or its name, and its document."""
    parts = {name: _plain(row.get(name, "")) for name in IDENTITY[kind]}
    if row.get("subject_type") in {SubjectType.NATURAL_PERSON.value, LABELS[SubjectType.NATURAL_PERSON]}:
        masked = person_code(row.get("subject_code", ""))
        parts["subject_code"] = f"{masked}{_plain(row.get('subject_name') or row.get('name') or '')}"
    if parts.get("subject_code"):
        parts.pop("subject_name", None)
        parts.pop("name", None)
    return "|".join(value for value in parts.values() if value)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
