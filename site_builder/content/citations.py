"""Citations of the regulations a site shows: in free text, and as the clause codes of measures.

``《大连市社会信用条例》第三十二条第（三）项`` leads to ``laws/dalian.html#art-32-3``, 第三十五条第二款 to
``#art-35-p2`` where the site has the official text; the paragraphs of a digest are its own, and no citation leads to
one. A citation that names a regulation the site does not show, or an article it does not have, leads nowhere; one that
names an item or a paragraph the article does not have leads to the article. 《条例》, 本条例 and the like are not
resolved: what they mean stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
import re
import unicodedata

from site_builder.content.laws import Law
from site_builder.numerals import NUMERAL, to_number, to_numeral


@dataclass(frozen=True, slots=True)
class ArticleIndex:
    """What an article has: how many paragraphs, and its items as (paragraph, item, anchor) in reading order.

    A digest's has no paragraphs, and its items stand in none (0).
    """

    paragraphs: int
    items: tuple[tuple[int, int, str], ...]

    def item(self, number: int, paragraph: int = 0) -> str:
        """The anchor of an item, in one paragraph or (0) the first that has it; empty where there is none."""
        for place, item, anchor in self.items:
            if item == number and (not paragraph or place in {0, paragraph}):
                return anchor
        return ""


@dataclass(frozen=True, slots=True)
class LawIndex:
    """A regulation as citations see it: its machine name, clause code, full title, page, and articles by number."""

    name: str
    code: str
    title: str
    href: str
    articles: dict[int, ArticleIndex]


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision of a site's regulation: ``item`` is 0 for a whole article, or where the article lacks it.

    So is ``paragraph``, and where the item is found without it.
    """

    law: str
    title: str
    article: int
    item: int
    href: str
    paragraph: int = 0

    @property
    def key(self) -> tuple[str, int, int]:
        """(regulation's name, article, item or 0), to gather records by provision."""
        return (self.law, self.article, self.item)

    @property
    def label(self) -> str:
        """``《大连市社会信用条例》第三十四条第（一）项``."""
        paragraph = f"第{to_numeral(self.paragraph)}款" if self.paragraph else ""
        item = f"第（{to_numeral(self.item)}）项" if self.item else ""
        return f"《{self.title}》第{to_numeral(self.article)}条{paragraph}{item}"


_STATE = "中华人民共和国"
_NUMBER = rf"(?:{NUMERAL}|[0-9]{{1,3}})"
_ARTICLE = (
    rf"第\s*(?P<article>{_NUMBER})\s*条(?!之)"
    rf"(?:\s*第\s*(?P<paragraph>{_NUMBER})\s*款)?"
    rf"(?:\s*第?\s*(?:\(\s*(?P<inner>{_NUMBER})\s*\)|(?P<bare>{_NUMBER}))\s*项)?"
)
_FURTHER = re.compile(rf"\s*(?:[、,;和与及]|以及)\s*{_ARTICLE}")
_CLAUSE = re.compile(r"([A-Z]{2,8})-([0-9]{1,3})(?:-p([0-9]{1,2}))?(?:-([0-9]{1,3}))?")


def index_law(name: str, code: str, title: str, law: Law, href: str = "") -> LawIndex:
    """The index of a parsed regulation; ``href`` is its page, ``laws/<name>.html`` unless said otherwise."""
    articles = {
        article.number: ArticleIndex(
            0 if law.digest else len(article.paragraphs),
            tuple((0 if law.digest else item.paragraph, item.number, item.anchor) for item in article.items),
        )
        for article in law.articles
    }
    return LawIndex(name, code, title, href or f"laws/{name}.html", articles)


def find_citations(text: str, laws: tuple[LawIndex, ...]) -> tuple[Provision, ...]:
    """All citations in a text that lead somewhere on the site, in reading order.

    A title may stand with or without 《》; ``《…》第三十二条、第三十五条`` cites two articles; numbers may be
    Chinese or Arabic, brackets of either width.
    """
    by_title = {_plain(law.title): law for law in laws}
    if not by_title:
        return ()
    titles = "|".join(re.escape(title) for title in sorted(by_title, key=len, reverse=True))
    plain = _plain(text)
    found: list[Provision] = []
    for match in re.finditer(rf"(?:《(?P<quoted>{titles})》|(?P<title>{titles})){_ARTICLE}", plain):
        law = by_title[match["quoted"] or match["title"]]
        part: re.Match[str] | None = match
        while part is not None:
            if citation := _citation(law, part):
                found.append(citation)
            part = _FURTHER.match(plain, part.end())
    return tuple(found)


def resolve(text: str, laws: tuple[LawIndex, ...]) -> str | None:
    """Where the first citation in a text leads, relative to the web root; None where none leads anywhere."""
    found = find_citations(text, laws)
    return found[0].href if found else None


def find_clause(code: str, laws: tuple[LawIndex, ...]) -> Provision | None:
    """What a clause code means: ``DL-34``, ``DL-34-1`` an item, ``DL-35-p2`` a paragraph; None if it is not there."""
    match = _CLAUSE.fullmatch(code)
    law = next((law for law in laws if match and law.code == match[1]), None)
    if match is None or law is None:
        return None
    return _cite(law, int(match[2]), int(match[3] or 0), int(match[4] or 0))


def titles(text: str) -> list[str]:
    """The titles a text has in 《》, in reading order."""
    return re.findall(r"《([^《》]+)》", unicodedata.normalize("NFKC", text))


def address_of(text: str, addresses: Mapping[str, str]) -> str:
    """The address of the first statute a text cites in 《》 that is among ``addresses`` by title; else empty."""
    for title in titles(text):
        if title in addresses or title.removeprefix(_STATE) in addresses:
            return addresses.get(title) or addresses[title.removeprefix(_STATE)]
    return ""


def clause_href(code: str, laws: tuple[LawIndex, ...]) -> str | None:
    """Where a clause code leads (``laws/dalian.html#art-34-1``), or None."""
    citation = find_clause(code, laws)
    return citation.href if citation else None


def clause_label(code: str, laws: tuple[LawIndex, ...]) -> str | None:
    """A clause code in words (``《…》第三十四条第（一）项``), or None."""
    citation = find_clause(code, laws)
    return citation.label if citation else None


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _number(written: str | None) -> int:
    if not written:
        return 0
    return int(written) if written.isascii() else to_number(written) or 0


def _citation(law: LawIndex, match: re.Match[str]) -> Provision | None:
    item = match["inner"] or match["bare"]
    return _cite(law, _number(match["article"]), _number(match["paragraph"]), _number(item))


def _cite(law: LawIndex, number: int, paragraph: int, item: int) -> Provision | None:
    article = law.articles.get(number)
    if article is None:
        return None
    anchor = article.item(item, paragraph) if item else ""
    kept = item if anchor else 0
    within = paragraph if 0 < paragraph <= article.paragraphs and (anchor or not item) else 0
    if within and not item:
        anchor = f"art-{number}-p{within}"
    return Provision(law.name, law.title, number, kept, f"{law.href}#{anchor or f'art-{number}'}", within)
