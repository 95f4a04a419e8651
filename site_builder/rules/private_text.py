"""What free text tells of a person that is nobody's business: illness, a home, income, third persons, minors, faith.

What is looked for is data (``cities/above/national/private.yml``, a city's own beside it). A natural person's record,
or a role model's story, that tells it is withheld; an organisation's is warned of. Which kind, in which column: never
a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
import hashlib
from operator import add
import re
from typing import Final, NamedTuple
import unicodedata

import msgspec

from site_builder.public.view import View
from site_builder.rules.decision import Facts
from site_builder.rules.personal_data import CODE_FIELDS, as_rendered
from site_builder.rules.written import UNSEEN
from site_builder.vocabulary import Kind

SUBJECT: Final = "\ue000"
"""Stands for the name of the record's own subject in a text that is read."""

NAMES: Final = CODE_FIELDS | frozenset(
    {
        "subject_name",
        "name",
        "item",
        "title",
        "legal_representative",
        "principal",
        "actual_controller",
        "list_name",
        "authority",
        "source",
        "awarded_by",
        "rated_by",
        "implementing_bodies",
        "lists",
        "term_text",
        "version",
    }
)
"""Fields that hold codes, names of subjects and of offices, or what the program wrote itself: no free text."""

_UNSEEN: Final = re.compile(rf"[\s{UNSEEN}_`~\\]+")
_CITED: Final = re.compile(r"《[^《》]*》")
_SEPARATOR: Final = "。"
_MASKS: Final = re.compile("[*●○■※•]")

REMEMBERED: Final = 20_000
"""Texts of which is remembered what they tell: many are said of many records."""


class PrivateKind(NamedTuple):
    """One kind of what may not be told: its name, what it is called, its articles, the columns it is not asked of.

    Three regular expressions: ``words`` are looked for in every text, ``of_persons`` in those of natural persons'
    records too; ``unless`` is what sounds like them and is something else. They are long: each is compiled when a text
    is first asked for it, and a text is asked only where it holds one of the ``signs`` (``signs_of_persons``) of a
    pattern, one or two characters, of which at least one stands in all that pattern finds.
    """

    name: str
    label: str
    articles: tuple[str, ...]
    not_in: frozenset[str]
    words: str
    of_persons: str
    unless: str
    signs: frozenset[str]
    signs_of_persons: frozenset[str]

    def asked(self, *, person: bool) -> tuple[tuple[str, frozenset[str]], ...]:
        """Each pattern that a text of a natural person's record, or of another, is asked for, with its signs."""
        always = (self.words, self.signs)
        return (always, (self.of_persons, self.signs_of_persons)) if person else (always,)


@dataclass(frozen=True, slots=True, eq=False)
class PrivateWords:
    """All kinds, and what people call the laws whose articles they cite, by their code."""

    kinds: tuple[PrivateKind, ...] = ()
    laws: tuple[tuple[str, str], ...] = ()

    def get_ready(self) -> None:
        """Compile what texts will be asked for: before processes are forked, once for all of them."""
        for kind in self.kinds:
            for pattern in (kind.words, kind.of_persons, kind.unless):
                _compiled(pattern)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class ToldAt(NamedTuple):
    """A kind, and the places where a text tells of it."""

    kind: PrivateKind
    spans: tuple[tuple[int, int], ...]


class ToldOf(NamedTuple):
    """A column, and a kind that its text tells of."""

    column: str
    kind: PrivateKind


def withholds(view: View) -> bool:
    """Whether what is told there withholds the record: a natural person's, or a role model's story."""
    return view.is_person or view.kind is Kind.ROLE_MODEL


def private_text(view: View, words: PrivateWords, facts: Facts) -> Iterator[ToldOf]:
    """What the free text shown of a record tells, but what is waived: each kind and column once."""
    for column, text in free_texts(view):
        found = kinds_told(text, column, words, facts, own=own_words(view), person=view.is_person)
        if found and not waived(view.id, column, text, facts):
            yield from (ToldOf(column, kind) for kind in found)


def kinds_told(
    text: str, column: str, words: PrivateWords, facts: Facts, *, own: tuple[str, ...], person: bool
) -> tuple[PrivateKind, ...]:
    """The kinds a text of this column tells of, waived or not; ``own``: whose record it stands in."""
    read = (text, *as_rendered(text)) if column == "deeds" else (text,)
    found: list[PrivateKind] = []
    for one in read:
        for word in own:
            one = one.replace(word, SUBJECT)  # noqa: PLW2901  # the same text, read
        clean, there = _told(words, one, person)
        for kind, spans in there:
            if column not in kind.not_in and not _offices_alone(clean, spans, facts.offices):
                found.append(kind)
    return tuple(dict.fromkeys(found))


def own_words(view: View) -> tuple[str, ...]:
    """What a record's own subject is called, and its code as it is shown."""
    return tuple(one for one in (view.name, getattr(view, "subject_code", "")) if one)


def free_texts(view: View) -> Iterator[tuple[str, str]]:
    """(column, text) of the free text that is shown of a record; the items of a list as one text."""
    for field, name in _free(view.__class__):
        value = getattr(view, field)
        if value:
            yield name, value if value.__class__ is str else _SEPARATOR.join(value)


@cache
def _free(view: type[View]) -> tuple[tuple[str, str], ...]:
    """The fields of a view that hold free text, each with its column."""
    columns = {one.encode_name: one.name for one in msgspec.structs.fields(view) if one.type in {str, tuple[str, ...]}}
    return tuple((field, name) for name, field in columns.items() if name not in NAMES)


def waived(record_id: str, column: str, text: str, facts: Facts) -> bool:
    """Whether a second person lets this text of this column stand."""
    return bool(facts.waived) and (record_id.lower(), column, digest(text)) in facts.waived


def digest(text: str) -> str:
    """SHA-256 of a column's text in hex: what a waiver is for, and no other text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def office_addresses(addresses: Iterable[str]) -> frozenset[str]:
    """Addresses as they are compared with what stands in a text."""
    return frozenset(clean for one in addresses if (clean := _clean(one)))


def _clean(text: str) -> str:
    """A text as it is read: compatible forms as one, no space, no mark of Markdown, no title of an instrument."""
    plain = _MASKS.sub("×", unicodedata.normalize("NFKC", text).upper())
    return _CITED.sub("《》", _UNSEEN.sub("", plain.replace("\n", _SEPARATOR)))


@lru_cache(maxsize=REMEMBERED)
def _told(words: PrivateWords, text: str, person: bool) -> tuple[str, tuple[ToldAt, ...]]:
    """A text as it is read, and the kinds of which something stands there."""
    clean, found, every = _clean(text), [], _all_signs(words, person)
    if every.isdisjoint(clean) and every.isdisjoint(map(add, clean, clean[1:])):
        return clean, ()
    there = {*clean, *map(add, clean, clean[1:])}
    for kind in words.kinds:
        asked = [pattern for pattern, signs in kind.asked(person=person) if not signs.isdisjoint(there)]
        spans = tuple(span for pattern in asked for span in _places(pattern, kind.unless, clean))
        if spans:
            found.append(ToldAt(kind, spans))
    return clean, tuple(found)


@lru_cache(maxsize=4)
def _all_signs(words: PrivateWords, person: bool) -> frozenset[str]:
    """The signs of every kind together."""
    return frozenset().union(*(signs for kind in words.kinds for _, signs in kind.asked(person=person)))


def _places(words: str, unless: str, text: str) -> Iterator[tuple[int, int]]:
    """The places of a pattern that are not within something else."""
    pattern = _compiled(words)
    match = pattern.search(text)
    if match is None:
        return
    others = list(_all(_compiled(unless), text))
    while match is not None:
        start, end = match.span()
        if not any(first <= start and end <= last for first, last in others):
            yield start, end
        match = pattern.search(text, start + 1)


def _all(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Every place of a pattern, those that overlap too."""
    match = pattern.search(text)
    while match is not None:
        yield match.span()
        match = pattern.search(text, match.start() + 1)


def _offices_alone(text: str, spans: tuple[tuple[int, int], ...], offices: frozenset[str]) -> bool:
    """Whether all the places lie within an office's address."""
    there = [office for office in offices if office in text]
    if not there:
        return False
    covered = [one.span() for office in there for one in re.finditer(re.escape(office), text)]
    return all(any(first <= start and end <= last for first, last in covered) for start, end in spans)
