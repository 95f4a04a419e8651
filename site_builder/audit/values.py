"""Which values of the export may not leave: those of withheld records, and what published ones do not show."""

from __future__ import annotations

from collections.abc import Iterator
import enum
from functools import lru_cache
import re
from typing import Final

import msgspec

from site_builder.kinds.record import RECORDED
from site_builder.records.columns import Type
from site_builder.records.record import Record
from site_builder.records.values import person_code

SHORTEST_TEXT: Final = 6
"""Characters from which free text is searched (shorter is said everywhere)."""

SHORTEST_WORD: Final = 4
"""Characters of a code or name without Chinese characters from which it is searched."""

SHORTEST_CHINESE: Final = 2
"""Characters of a name with Chinese characters from which it is searched."""

LONGEST: Final = 48
"""Longer text is searched in pieces of this many characters: a part of it is a leak too."""

REMEMBERED: Final = 20_000
"""Texts whose values are kept in mind: most of them are said of many records."""

_SHORTEST_NUMBER: Final = 6
_WHOLE: Final = 200
_SENTENCE: Final = re.compile(r"[\n\r。；;！!？?]+")
_MARKDOWN: Final = re.compile(r"[*_#`>\[\]()|~]+|\n\s*[-+]\s|\n\s*\d+[.)]\s")
_CITED: Final = re.compile(
    r"《[^《》]*》|第\s*[一二三四五六七八九十百零〇两0-9]+\s*条(?:之[一二三四五六七八九十]+)?"
    r"(?:\s*第\s*[一二三四五六七八九十0-9]+\s*款)?(?:\s*第?\s*[（(]?\s*[一二三四五六七八九十0-9]+\s*[）)]?\s*项)?"
)

_DAY: Final = re.compile(r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?:T[0-9:.]+(?:Z|[-+][0-9]{2}:[0-9]{2}))?")
_MONTH: Final = re.compile(r"(?:19|20)[0-9]{2}-[01][0-9]")
"""Days and months, in a text or a number too, are nobody's: another's day is written the same."""


class Form(enum.Enum):
    """How a value is looked for."""

    CODE = "code"
    """Ids, numbers, codes: whole, between characters that are no ASCII letters or digits."""
    NAME = "name"
    """Anywhere; only as a whole word where a published text holds it as a part."""
    TEXT = "text"
    """Anywhere."""


class Value(msgspec.Struct, frozen=True):
    """One value to be looked for; ``field`` tells in a finding what it is a value of."""

    text: str
    form: Form
    field: str


FORMS: Final = {
    **dict.fromkeys(
        (
            *("id", "subject_code", "decision_no", "certificate_no", "authority_code", "source_code"),
            *("region", "measure_ids", "clause", "photo"),
        ),
        Form.CODE,
    ),
    **dict.fromkeys(
        ("subject_name", "name", "legal_representative", "principal", "actual_controller", "title", "authority"),
        Form.NAME,
    ),
    **dict.fromkeys(
        ("source", "awarded_by", "list_name", "lists", "honour", "implementing_bodies", "targets"), Form.NAME
    ),
}
"""The fields that are no free text."""

CITING: Final = frozenset(
    {"basis", "term_basis", "natural_person_basis", "responsible_persons_basis", "beyond_maximum_basis"}
    | {"gravity_basis"}
)
"""Fields that name instruments and articles, which are public whoever cites them."""


AMOUNTS: Final = frozenset(
    column.name for one in RECORDED.values() for column in one.columns if column.type is Type.AMOUNT
)
"""Fields of sums, which are nobody's: a number of six digits stands in many places."""


def strings(record: Record) -> Iterator[tuple[str, str]]:
    """(field, text) of every text of a record; dates, truth values and enumeration words are none."""
    for name, value in zip(record.__struct_fields__, msgspec.structs.astuple(record), strict=True):
        if value.__class__ is str:
            if value:
                yield name, value
        elif value.__class__ is tuple:
            for item in value:
                if item:
                    yield name, item


def withheld_values(record: Record, shown: frozenset[str] = frozenset()) -> Iterator[Value]:
    """What of the record may not leave: everything but the texts ``shown`` of it."""
    for name, text in strings(record):
        if text not in shown:
            yield from values_of(name, text)
            if name == "subject_code" and (masked := person_code(text)) and masked not in shown:
                yield Value(masked, Form.CODE, name)


@lru_cache(maxsize=REMEMBERED)
def values_of(field: str, text: str) -> tuple[Value, ...]:
    """The values a field's text is searched by."""
    return tuple(_values_of(field, text))


def _values_of(field: str, text: str) -> Iterator[Value]:
    if field in AMOUNTS:
        return
    form = FORMS.get(field, Form.TEXT)
    if form is not Form.TEXT:
        whole = " ".join(text.split())
        if _telling(whole) and (field == "id" or _DAY.fullmatch(whole) is None):
            yield Value(whole, form, field)
        return
    for piece in _pieces(field, text):
        if len(piece) >= SHORTEST_TEXT and not _is_anybodys(piece):
            yield Value(piece, Form.TEXT, field)


def _telling(text: str) -> bool:
    """Whether a code or name is long enough not to be met by chance; a short number may be a count."""
    if text.isascii():
        return len(text) >= (_SHORTEST_NUMBER if text.isdigit() else SHORTEST_WORD)
    return len(text) >= SHORTEST_CHINESE


def _is_anybodys(piece: str) -> bool:
    """Whether a text says nothing but a day, a month, or instruments and articles."""
    return bool(_DAY.fullmatch(piece) or _MONTH.fullmatch(piece)) or not _CITED.sub("", piece).strip("、，, ")


def _pieces(field: str, text: str) -> Iterator[str]:
    """Lines, sentences and, of long ones, parts; without markup and citations."""
    if field in CITING:
        text = _CITED.sub("\n", text)
    if field == "deeds":
        text = _MARKDOWN.sub("\n", text)
    for line in text.splitlines():
        whole = line.strip()
        if LONGEST < len(whole) <= _WHOLE:
            yield whole
        for sentence in {whole[:LONGEST], *_SENTENCE.split(whole)}:
            part = sentence.strip()
            if part:
                yield part[:LONGEST]
            for start in range(LONGEST, len(part), LONGEST):
                yield part[start : start + LONGEST]
