"""What a site says of its law, as the city's ``words.yml`` has it: nothing here is decided."""

from __future__ import annotations

from collections.abc import Mapping
import re
from typing import Final

import msgspec

from site_builder.vocabulary import Category, Kind

REFERENCE: Final = re.compile(r"\{([^{}\n]*)\}")
"""What stands for something the law says, as ``{普通期限}``."""


class Way(msgspec.Struct, frozen=True):
    """One way open (or barred) to the subject: heading, text, the guide page that tells more, the articles.

    ``clauses`` are codes such as ``DL-34-1``. ``categories``: the kinds of conduct it is told of, all where empty;
    ``special_term``: whether it is told where another rule sets the term (or where none does), either where None;
    ``letter``: whether the letter of the guide is of use.
    """

    title: str
    text: str
    guide: str
    clauses: tuple[str, ...]
    categories: tuple[Category, ...] = ()
    special_term: bool | None = None
    letter: bool = True


class KindWords(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of one kind.

    ``clause``: by which its list is published. ``columns``: the clauses a shown column comes from. ``items``: by the
    value of its category, the clause that names it. ``meanings``: by the value of its category, what it means and the
    clause that says so. ``ways``: what a subject can do. ``intro``, ``none``: said at the head of its list, and of one
    without records, in place of the usual words.
    """

    clause: str = ""
    columns: dict[str, tuple[str, ...]] = {}
    items: dict[str, str] = {}
    meanings: dict[str, tuple[str, str]] = {}
    ways: tuple[Way, ...] = ()
    intro: str = ""
    none: str = ""

    def ways_of(self, category: Category, *, special_term: bool) -> tuple[Way, ...]:
        """The ways open to the subject of an entry of this category, whose term another rule sets or the city's own."""
        return tuple(
            way
            for way in self.ways
            if (not way.categories or category in way.categories) and way.special_term in (None, special_term)
        )


class LawWords(msgspec.Struct, frozen=True, kw_only=True):
    """All a site says of its law.

    ``home``: what being listed means and the ways in general, for the home page. ``objection`` and ``repair``: the
    general ways, for the kinds without ways of their own. ``said``: what ``{…}`` stands for in the site's pages, such
    as ``普通期限``. ``applied``: the rules above the law that apply, for what pages tell only where one does.
    """

    home: tuple[Way, ...]
    objection: Way
    repair: Way
    kinds: dict[Kind, KindWords]
    said: dict[str, str]
    applied: frozenset[str] = frozenset()

    def of(self, kind: Kind) -> KindWords:
        """What is said of a kind."""
        return self.kinds.get(kind, NOTHING_SAID)


NOTHING_SAID: Final = KindWords()
"""A kind the law has no words for."""

_NO_WAY: Final = Way("", "", "", ())
NO_WORDS: Final = LawWords(home=(), objection=_NO_WAY, repair=_NO_WAY, kinds={}, said={})
"""Of a law that has no words yet."""


def put_in(text: str, said: Mapping[str, str]) -> str:
    """A text with what its references stand for; what is no reference stays."""
    return REFERENCE.sub(lambda found: said.get(found[1], found[0]), text)
