"""What may not be told of a person, looked for on the pages of natural persons and role models (contract, section 3).

The words are those of the decision (``rules.private_text``). What stands in a published field was decided, waivers and
all; any other line of the page is read anew, unless the site, the theme or the program says it itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
import html
from pathlib import Path
import re
from typing import Final
import unicodedata

import msgspec

from site_builder.audit.forbidden import site_texts
from site_builder.audit.own_words import program_texts
from site_builder.audit.record_pages import TAG
from site_builder.audit.search import Found
from site_builder.config.site import Site
from site_builder.public.cited import piece
from site_builder.public.view import View
from site_builder.rules.decision import Facts
from site_builder.rules.personal_data import as_rendered
from site_builder.rules.private_text import (
    REMEMBERED,
    PrivateKind,
    PrivateWords,
    kinds_told,
    own_words,
    private_text,
    waived,
    withholds,
)
from site_builder.vocabulary import Kind, SubjectType

RULE: Final = "private-text"

_INLINE: Final = re.compile(r"</?(?:a|abbr|b|bdi|code|em|i|mark|q|s|small|span|strong|sub|sup|time|u|wbr)\b[^<>]*>")
_LINK: Final = re.compile(r"<a\b[^<>]*>([^<>]*)</a>")
_NO_WORD: Final = re.compile(r"\W+")
_SHORTEST: Final = 4
_DECIDED: Final = "。"
"""Stands for a published field, or what the page's sentence cites of it, in a line that says more."""


@dataclass(slots=True)
class PrivateText:
    """What is looked for, the day's facts, and whose own words are no finding: the site's and the theme's."""

    words: PrivateWords
    facts: Facts
    site: Site
    themes: tuple[Path, ...]
    _own: str = field(default="")
    _asked: dict[str, bool] = field(default_factory=dict)
    _quiet: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))

    def __reduce__(self) -> tuple[object, ...]:
        """It crosses with what the site, the theme and the program say, as it was read here."""
        return PrivateText, (self.words, self.facts, self.site, self.themes, self._said())

    def of_view(self, view: View, page: bytes) -> Iterator[Found]:
        """What a published record and its page tell that withholds."""
        if not withholds(view):
            return
        for one in private_text(view, self.words, self.facts):
            yield _found(one.kind.label, one.column)
        values = zip(view.__struct_encode_fields__, msgspec.structs.astuple(view), strict=True)
        texts = {name: "。".join(one) if isinstance(one, tuple) else one for name, one in values}
        said = {name: one for name, one in texts.items() if isinstance(one, str)}
        yield from self._of_page(page, said, own_words(view), person=view.is_person)

    def of_row(self, kind: Kind, row: Mapping[str, object], page: bytes) -> Iterator[Found]:
        """The same of a record as a download tells it."""
        person = row.get("subject_type") in (SubjectType.NATURAL_PERSON, None)
        if not (person and "subject_type" in row) and kind is not Kind.ROLE_MODEL:
            return
        record_id = str(row.get("id"))
        own = tuple(str(row[name]) for name in ("subject_name", "name", "subject_code") if row.get(name))
        texts = {name: "。".join(one) if isinstance(one, list) else one for name, one in row.items()}
        free = {name: one for name, one in texts.items() if isinstance(one, str) and one}
        for column, text in free.items():
            told = kinds_told(text, column, self.words, self.facts, own=own, person=person)
            if told and not waived(record_id, column, text, self.facts):
                yield from (_found(one.label, column) for one in told)
        yield from self._of_page(page, free, own, person=person)

    def _of_page(self, page: bytes, texts: Mapping[str, str], own: tuple[str, ...], *, person: bool) -> Iterator[Found]:
        start, end = page.find(b"<main"), page.rfind(b"</main>")
        main = page[start:end].decode("utf-8", "replace") if start >= 0 else ""
        markup = _INLINE.sub("", main)
        known = "\n".join(_bare(one) for text in texts.values() for one in (text, *as_rendered(text)))
        links: list[str] | None = None

        def told(text: str) -> tuple[PrivateKind, ...]:
            return kinds_told(text, "", self.words, self.facts, own=own, person=person)

        lines, quiet = dict.fromkeys(html.unescape(TAG.sub("\n", markup)).splitlines()), self._quiet[person]
        for line in lines:
            if (line in quiet and not any(word in line for word in own)) or _bare(line) in known:
                continue
            if not told(line) or self._says(line.strip()):
                self._keep_quiet(line, own, person=person)
                continue
            asked = _without(line, self._phones(), "")
            links = self._own_links(main) if links is None else links
            cited = {one for text in texts.values() if len(one := piece(text)) >= _SHORTEST}
            pieces = (*sorted(cited, key=len, reverse=True), *links)
            yield from (_found(one.label, "") for one in told(_without(asked, pieces, _DECIDED)))

    def _keep_quiet(self, line: str, own: tuple[str, ...], *, person: bool) -> None:
        """Remember a line that tells nothing whoever's page it is on; most lines are the same on all pages."""
        quiet = self._quiet[person]
        if len(quiet) > REMEMBERED:
            quiet.clear()
        if not any(word in line for word in own):
            quiet.add(line)

    def _own_links(self, main: str) -> list[str]:
        """What links of a page are called in the words of the site, the longest first: those beside one another."""
        called = {html.unescape(one).strip() for one in _LINK.findall(main)}
        return sorted((one for one in called if len(one) >= _SHORTEST and self._says(one)), key=len, reverse=True)

    def _says(self, text: str) -> bool:
        """Whether the site itself says a text; of what stands on many pages it is asked once."""
        if len(self._asked) > REMEMBERED:
            self._asked.clear()
        if text not in self._asked:
            self._asked[text] = text in self._said()
        return self._asked[text]

    def _phones(self) -> tuple[str, ...]:
        """The telephone numbers of the authorities and of the site's unit."""
        given = (self.site.unit.phone, *(one.phone for one in self.site.authorities.values()))
        return tuple(dict.fromkeys(one for one in given if one))

    def _said(self) -> str:
        """All the site folder, the theme and the program say themselves; read when it is first asked for."""
        if not self._own:
            told = (*site_texts(self.site), *program_texts(self.themes))
            self._own = "\n".join(one.decode("utf-8", "replace") for one in told)
        return self._own


def private_of(words: PrivateWords, facts: Facts, site: Site, themes: Iterable[Path]) -> PrivateText:
    """What is looked for on a site's pages."""
    return PrivateText(words, facts, site, tuple(themes))


def _without(text: str, pieces: Iterable[str], instead: str) -> str:
    """The text with something else for each of the pieces."""
    for one in pieces:
        text = text.replace(one, instead)
    return text


def _found(label: str, column: str) -> Found:
    return Found(RULE, 0, column, f"疑似写到了个人的「{label}」")


@lru_cache(maxsize=REMEMBERED)
def _bare(text: str) -> str:
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text))
