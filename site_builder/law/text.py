"""The text of a city's regulation, where it is at hand: the official one, or the digest that ships."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
import re
from typing import Final

import msgspec

from site_builder.config.source import read_text
from site_builder.content.dated_articles import change_days, wording_of
from site_builder.content.laws import Article, ArticleItem, parse_law
from site_builder.numerals import NUMERAL, to_number, to_numeral

_REF: Final = re.compile(
    rf"(?:(?P<law>[A-Z]{{2,8}}) ?)?第(?P<article>{NUMERAL})条"
    rf"(?:第(?P<paragraph>{NUMERAL})款)?(?:第[（(]?(?P<item>{NUMERAL})[）)]?项)?"
)


class ArticleRef(msgspec.Struct, frozen=True):
    """A place in a regulation by its numbers; 0 where no 款 or 项 is named."""

    law: str
    article: int
    paragraph: int = 0
    item: int = 0

    @property
    def code(self) -> str:
        """The article alone, as rules cite it: ``DL 35``."""
        return f"{self.law} {self.article}"

    def __str__(self) -> str:
        """``第三十五条第二款``, without the regulation."""
        paragraph = f"第{to_numeral(self.paragraph)}款" if self.paragraph else ""
        item = f"第（{to_numeral(self.item)}）项" if self.item else ""
        return f"第{to_numeral(self.article)}条{paragraph}{item}"


def read_ref(text: str, law: str) -> ArticleRef | None:
    """What ``第三十二条第（三）项`` or ``DL 第二十八条`` names; ``law`` is meant where none is written."""
    match = _REF.fullmatch(text.strip())
    if match is None:
        return None
    numbers = [to_number(match[one]) if match[one] else 0 for one in ("article", "paragraph", "item")]
    if None in numbers:
        return None
    return ArticleRef(match["law"] or law, *(one or 0 for one in numbers))


class LawText(msgspec.Struct, frozen=True):
    """A regulation's articles by number, and the file they were read from; a digest keeps no paragraphs."""

    file: Path
    digest: bool
    articles: dict[int, Article]

    def has(self, ref: ArticleRef) -> bool:
        """Whether the place is there; of a digest the article, and the item where the digest has items of it."""
        article = self.articles.get(ref.article)
        if article is None:
            return False
        items = [one for one in article.items if self.digest or ref.paragraph in {0, one.paragraph}]
        if ref.item and not (self.digest and not article.items) and ref.item not in {one.number for one in items}:
            return False
        return self.digest or ref.paragraph <= len(article.paragraphs)

    def words(self, number: int) -> tuple[str, ...]:
        """What an article says, a paragraph or an item each; nothing where it is not there."""
        article = self.articles.get(number)
        parts = article.parts if article is not None else ()
        return tuple(f"{one.label}{one.text}" if isinstance(one, ArticleItem) else one.text for one in parts)


def text_file(folder: Path) -> Path | None:
    """Where the text of a city's regulation stands: the first file in ``law/`` of its folder."""
    return next((one for one in sorted((folder / "law").glob("*.*")) if one.suffix in {".md", ".txt"}), None)


def read_law_text(folder: Path, day: dt.date | None = None) -> LawText | None:
    """The text of a city's regulation on a day, else with every article it ever has; None where there is none.

    Raises ``SiteBuilderError`` as ``parse_law`` does.
    """
    file = text_file(folder)
    return None if file is None else law_text(file, day)


def law_text(file: Path, day: dt.date | None = None) -> LawText:
    """The text in a file."""
    text = read_text(file)
    days = [day] if day is not None else [dt.date.min, *sorted(change_days(text, str(file)))]
    laws = [parse_law(wording_of(text, one, str(file)), str(file)) for one in days]
    return LawText(file, laws[-1].digest, {one.number: one for law in laws for one in law.articles})


def text_files(folder: Path) -> tuple[Path, ...]:
    """The files of the regulation's text in a city's folder: one, or none."""
    file = text_file(folder)
    return () if file is None else (file,)


def text_days(folder: Path) -> set[dt.date]:
    """The days on which the text of a city's regulation changes."""
    file = text_file(folder)
    return set() if file is None else change_days(read_text(file), str(file))
