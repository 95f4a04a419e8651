"""The columns of an export's resources: machine name, Chinese label, type, whether required (contract, section 1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
import enum
import re
from typing import Final

import msgspec

from site_builder.vocabulary import ALIASES, LABELS, SHAPES, Disclosure


class Type(enum.Enum):
    """What a cell of a column holds."""

    TEXT = "text"
    CODE = "code"
    LIST = "list"
    DATE = "date"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    WORD = "word"
    AMOUNT = "amount"


class Column(msgspec.Struct, frozen=True):
    """One column; ``words`` maps every accepted spelling of an enumeration to its member."""

    name: str
    label: str
    type: Type = Type.TEXT
    required: bool = False
    words: Mapping[str, enum.StrEnum] = msgspec.field(default_factory=dict)

    def member(self, text: str) -> enum.StrEnum | None:
        """The member of the enumeration a text stands for."""
        if (found := self.words.get(text)) is not None:
            return found
        of = set(self.words.values())
        return next((one for shape, one in SHAPES.items() if one in of and re.fullmatch(shape, text)), None)


def words_of(members: Iterable[enum.StrEnum], *, without: tuple[enum.StrEnum, ...] = ()) -> dict[str, enum.StrEnum]:
    """Every accepted spelling of an enumeration."""
    kept = [member for member in members if member not in without]
    return {member.value: member for member in kept} | {LABELS[member]: member for member in kept}


def word(name: str, label: str, words: Mapping[str, enum.StrEnum], *, required: bool = False) -> Column:
    """A column of an enumeration."""
    return Column(name, label, Type.WORD, required, words)


def date(name: str, label: str, *, required: bool = False) -> Column:
    """A column of days."""
    return Column(name, label, Type.DATE, required)


def amount(name: str, label: str) -> Column:
    """A column of sums of money, as decimal text."""
    return Column(name, label, Type.AMOUNT)


def flag(name: str, label: str) -> Column:
    """A column of truth values."""
    return Column(name, label, Type.BOOLEAN)


def list_of(name: str, label: str) -> Column:
    """A column of several texts."""
    return Column(name, label, Type.LIST)


def need(name: str, label: str) -> Column:
    """A column of text that must be given."""
    return Column(name, label, required=True)


DISCLOSURE: Final = word("disclosure", "披露方式", words_of(Disclosure) | ALIASES, required=True)
"""The column every resource has."""
