"""Whether a natural person was a minor on the day of the decision, by a number that itself is never exported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
import datetime as dt
from typing import Final
import unicodedata

from site_builder.pack.cells import EXACT, EXPONENT, POWER, as_written, unwrap
from site_builder.pack.converted import Refused
from site_builder.pack.table import Broken, Raw
from site_builder.records.values import person_birth, resident_birth, years_old
from site_builder.vocabulary import LABELS, SubjectType

OF_AGE: Final = 18
"""Years from which a person is no minor (《中华人民共和国未成年人保护法》, article 2)."""

_OLD: Final = 15
"""Digits of an ID number before 2000."""

MARKED: Final = frozenset({"是", "true"})
"""What the mark of a minor is written as."""

PERSON: Final = frozenset({SubjectType.NATURAL_PERSON.value, LABELS[SubjectType.NATURAL_PERSON]})
"""What a natural person is written as."""


def is_minor(texts: Mapping[str, str], numbers: Iterable[Raw]) -> bool | None:
    """Whether one of a row's ``numbers`` tells that its subject was not of age; False where nothing tells.

    None where they would tell, but not whose they are or of which day, or where a number was lost.
    """
    kind, cells = texts.get("subject_type", ""), [one for one in numbers if str(one).strip()]
    if kind and kind not in PERSON:
        return False
    births = [born for one in cells if (born := _birth(_plain(one))) is not None]
    try:
        decided = dt.date.fromisoformat(texts.get("decided_on", ""))
    except ValueError:
        decided = None
    if kind and decided is not None and any(years_old(born, decided) < OF_AGE for born in births):
        return True
    unsure = bool(births) and (not kind or decided is None)
    return None if unsure or any(lost(one) is not None for one in cells) else False


def lost(number: Raw) -> Refused | None:
    """Why a cell that may hold a person's number no longer has it, None where it has one or holds something else."""
    if isinstance(number, Broken):
        return Refused(number.code, number.expected)
    written = _plain(number)
    large = isinstance(number, (int, float)) and abs(number) >= EXACT and person_birth(written) is None
    return POWER if large or EXPONENT.fullmatch(written) else None


def _birth(number: str) -> dt.date | None:
    """The birth date in an ID number of 18 characters, or of 15 as they were before 2000."""
    return person_birth(number) or (resident_birth(number) if len(number) == _OLD else None)


def _plain(number: Raw) -> str:
    """A number without what programs wrap around it, spaces and full-width characters."""
    written = unicodedata.normalize("NFKC", as_written(unwrap(number)[0]))
    return "".join(written.split()).lstrip("'’").upper()
