"""Stories of role models that tell of a listing which is not public today (DL 35, 44; LY 15, 33).

They are for people to rewrite; what is decided does not change. A story is looked at where it has words of a listing at
all; then every entry that is withheld is looked for in it, by name and by code. What was found is kept, as ids; neither
the names of entries nor their texts are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import re
from typing import Final
import unicodedata

import msgspec

from site_builder.kinds.record import RECORDED
from site_builder.kinds.role_models.record import RoleModel
from site_builder.records.record import ListedRecord, Record
from site_builder.vocabulary import Kind

TELLS_OF_LISTING: Final = "story-tells-of-listing"
"""The code by which a city watches for it."""

_LISTING: Final = re.compile("失信|黑名单|列入|移出|修复|惩戒|处罚")
"""Words without which a text tells of no listing."""


class Story(msgspec.Struct, frozen=True):
    """A column of a role model that has words of a listing: its letters and digits, whose it is by code and name.

    ``name`` is a natural person's alone, whose code is seldom known; it stands for the person as a code does.
    """

    id: str
    column: str
    text: str
    code: str
    name: str


class Mention(msgspec.Struct, frozen=True):
    """An entry that may not be public, and the column of a role model that tells of it."""

    entry: str
    model: str
    column: str


def stories_of(records: Iterable[Record]) -> Iterator[Story]:
    """The columns of role models that may tell of a listing."""
    for one in records:
        if isinstance(one, RoleModel):
            for column in RECORDED[Kind.ROLE_MODEL].free:
                text = _letters(getattr(one, column))
                if _LISTING.search(text):
                    name = _letters(one.name) if one.is_person else ""
                    yield Story(one.id, column, text, one.subject_code.upper(), name)


def mentions(entry: Record, stories: Iterable[Story]) -> Iterator[Mention]:
    """The stories that name an entry's subject, or are its own."""
    if not isinstance(entry, ListedRecord):
        return
    name, code = _letters(entry.subject_name), entry.subject_code.upper()
    for one in stories:
        own = (code and code == one.code) or (entry.is_person and name == one.name)
        named = (name and name in one.text) or (code and code in one.text)
        # A name may hold such a word itself: 某某环境修复公司.
        if (own or named) and _LISTING.search(one.text.replace(name, "") if name else one.text):
            yield Mention(entry.id, one.id, one.column)


def _letters(text: str) -> str:
    """Letters and digits alone, in one width and case: neither Markdown nor spaces keep a name from being found."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum()).upper()
