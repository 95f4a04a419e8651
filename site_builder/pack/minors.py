"""Whether a natural person was a minor on the day of the decision, by a number that itself is never exported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
import datetime as dt
from typing import Final
import unicodedata

from site_builder.pack.cells import as_written
from site_builder.pack.table import Raw
from site_builder.records.values import person_birth, years_old
from site_builder.vocabulary import LABELS, SubjectType

OF_AGE: Final = 18
"""Years from which a person is no minor (《中华人民共和国未成年人保护法》, article 2)."""

_PERSON: Final = {SubjectType.NATURAL_PERSON.value, LABELS[SubjectType.NATURAL_PERSON]}


def is_minor(texts: Mapping[str, str], numbers: Iterable[Raw]) -> bool:
    """Whether one of a row's ``numbers`` tells that its subject was not of age; False where nothing tells."""
    if texts.get("subject_type") not in _PERSON:
        return False
    try:
        decided = dt.date.fromisoformat(texts.get("decided_on", ""))
    except ValueError:
        return False
    plain = ("".join(unicodedata.normalize("NFKC", as_written(one)).split()).upper() for one in numbers)
    births = (person_birth(one) for one in plain)
    return any(born is not None and years_old(born, decided) < OF_AGE for born in births)
