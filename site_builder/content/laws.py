"""A regulation's text as chapters, articles, paragraphs (款) and items (项), each with its anchor.

Two ways of writing are read: the official text as it is handed around (headings and bold or none, a table of
contents, an office's cover note, page breaks in the middle of a sentence), and our digest, which has a line beginning
with ``> 摘要``. Words are kept as written; only what a page break split is put together again.

Anchors: ``art-32`` an article, ``art-35-p2`` its second paragraph, ``art-32-1`` its item (一). Should an article have
a second list with the same numbers, that list's items also name their paragraph: ``art-32-p3-1``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
import re
from typing import TypeAlias

from site_builder.errors import Exit, Finding, Place, SiteBuilderError
from site_builder.numerals import LARGEST, NUMERAL, to_number, to_numeral


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (款) of an article, counted from 1."""

    number: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ArticleItem:
    """An item (项): its number, its text without the number, and the paragraph it belongs to."""

    number: int
    text: str
    anchor: str
    paragraph: int

    @property
    def label(self) -> str:
        """``（三）``."""
        return f"（{to_numeral(self.number)}）"


Part: TypeAlias = Paragraph | ArticleItem


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its number, ``第三十二条``, its anchor, and its paragraphs and items in reading order."""

    number: int
    label: str
    anchor: str
    parts: tuple[Part, ...]

    @property
    def items(self) -> tuple[ArticleItem, ...]:
        """Its items alone."""
        return tuple(part for part in self.parts if isinstance(part, ArticleItem))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its paragraphs alone."""
        return tuple(part for part in self.parts if isinstance(part, Paragraph))


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; number 0 and no title where the regulation has none."""

    number: int
    title: str
    articles: tuple[Article, ...]

    @property
    def label(self) -> str:
        """``第三章``; empty for number 0."""
        return f"第{to_numeral(self.number)}章" if self.number else ""

    @property
    def anchor(self) -> str:
        """``ch-3``."""
        return f"ch-{self.number}"


@dataclass(frozen=True, slots=True)
class Law:
    """A regulation: its title, the note under the title (who passed it, or what the digest is), its chapters."""

    title: str
    note: str
    digest: bool
    chapters: tuple[Chapter, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles, in order."""
        return tuple(article for chapter in self.chapters for article in chapter.articles)


_ARTICLE = re.compile(rf"第({NUMERAL})条(?:\s+(.*))?")
_BOLD_ARTICLE = re.compile(rf"\*\*第({NUMERAL})条\*\*\s*(.*)")
_CHAPTER = re.compile(rf"第({NUMERAL})章(?:\s+(.*))?")
_SECTION = re.compile(rf"第{NUMERAL}节\s+\S{{1,30}}")
_ITEM = re.compile(rf"[（(]\s*({NUMERAL})\s*[）)]\s*(.*)")
_TITLE = re.compile(r"[^，。；：、《》（）()\s]{2,60}(?:条例|办法|规定|细则|规则|法)")
_PASSED = re.compile(r"[（(].*\d+年\d+月\d+日.*[）)]")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})")
_PAGE_NUMBER = re.compile(r"[-—–－·\s]*\d{1,4}[-—–－·\s]*")
_DATED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日(?:印发)?")
_OFFICE_NOTE = re.compile(rf"(?:抄送|抄报|主送|附件)\s*[:：].*|共印\s*\d+\s*份.*|{_DATED.pattern}")
_OFFICE = re.compile(r"\S{2,30}(?:办公室|人民政府|委员会)")
_ENDS = "。；：！？」』”）.;:!?)"
_DIGEST = re.compile(r">\s*摘要")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its Markdown, and where it stands; ``heading`` counts the ``#`` before it."""

    row: int
    text: str
    heading: int
    bold: bool
    quoted: bool

    @property
    def article(self) -> re.Match[str] | None:
        return (_BOLD_ARTICLE if self.bold else _ARTICLE).fullmatch(self.text)

    @property
    def chapter(self) -> re.Match[str] | None:
        return _CHAPTER.fullmatch(self.text)


def parse_law(text: str, file: str = "") -> Law:
    """The regulation written in ``text`` (line feeds at line ends); ``file`` names it in messages.

    Raises :class:`SiteBuilderError` with every fault: ``law-empty`` no article found, or one
    without text; ``law-order`` an article,
    chapter or item missing, repeated or out of order. A digest may leave articles and items out, never repeat them.
    """
    digest = any(_DIGEST.match(line) for line in text.split("\n"))
    lines = list(_lines(text))
    marks = [index for index, line in enumerate(lines) if line.article]
    if not marks:
        hint = "每条单独起行，如「第一条　……」"
        raise SiteBuilderError([Finding("law-empty", Place(file), "没有找到条文", hint)], Exit.USAGE)
    start = next((i for i in range(marks[0], -1, -1) if lines[i].chapter), marks[0])
    body = _Body(digest, file)
    for line in lines[start : _end(lines, marks[-1])]:
        body.take(line)
    chapters = body.finish()
    preamble = lines[: next((i for i, line in enumerate(lines) if line.chapter or line.article), 0)]
    return Law(_title(preamble), _note(preamble), digest, chapters)


def beginnings(text: str) -> list[int]:
    """The rows of a text in which an article or a chapter begins."""
    return [line.row for line in _lines(text) if line.article or line.chapter]


def _lines(text: str) -> Iterable[_Line]:
    for row, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip()
        heading = len(line) - len(line.lstrip("#"))
        quoted = line.startswith(">")
        line = line.lstrip("#>").strip()
        if re.match(r"[-*•]\s+", line):
            line = line[1:].strip()
        if line:
            bold = _BOLD_ARTICLE.fullmatch(line) is not None
            yield _Line(row, line if bold or _RULE.fullmatch(line) else line.replace("**", ""), heading, bold, quoted)


def _end(lines: list[_Line], last: int) -> int:
    """Where the last article ends: before a rule or an office's note, else at the end of the text.

    After a line that ends in mid-sentence, neither is one: there a page broke.
    """
    for index in range(last + 1, len(lines)):
        text = lines[index].text
        if not lines[index - 1].text.endswith(tuple(_ENDS)):
            continue
        signed = _OFFICE.fullmatch(text) and (index + 1 == len(lines) or _DATED.fullmatch(lines[index + 1].text))
        if _RULE.fullmatch(text) or _OFFICE_NOTE.fullmatch(text) or signed:
            return index
    return len(lines)


def _title(preamble: list[_Line]) -> str:
    named = [line.text for line in preamble if _TITLE.fullmatch(line.text)]
    headed = [line.text for line in preamble if line.heading == 1]
    plain = [line.text for line in preamble if not line.quoted]
    return (named[-1:] or headed[-1:] or plain[:1] or [""])[0]


def _note(preamble: list[_Line]) -> str:
    quoted = "".join(line.text for line in preamble if line.quoted)
    passed = [line.text.strip("（()）") for line in preamble if _PASSED.fullmatch(line.text)]
    return quoted or (passed[-1:] or [""])[0]


class _Body:
    """Takes the lines from the first chapter on and builds chapters from them."""

    def __init__(self, digest: bool, file: str) -> None:
        self._digest = digest
        self._file = file
        self._found: list[Finding] = []
        self._chapters: list[tuple[int, str, list[Article]]] = []
        self._article: tuple[int, list[_Draft]] | None = None
        self._last_article = 0
        self._row = 0

    def take(self, line: _Line) -> None:
        """Take the next line of the text."""
        if match := line.chapter:
            self._close()
            self._open_chapter(line.row, match)
        elif match := line.article:
            self._close()
            self._open_article(line.row, match)
        elif not (_RULE.fullmatch(line.text) or _PAGE_NUMBER.fullmatch(line.text) or _SECTION.fullmatch(line.text)):
            self._add(line.text, line.row)

    def finish(self) -> tuple[Chapter, ...]:
        """The chapters; raises with every fault that was met."""
        self._close()
        if self._found:
            raise SiteBuilderError(self._found, Exit.USAGE)
        return tuple(Chapter(number, title, tuple(articles)) for number, title, articles in self._chapters)

    def _open_chapter(self, row: int, match: re.Match[str]) -> None:
        number = to_number(match[1]) or 0
        before = self._chapters[-1][0] if self._chapters else 0
        self._in_order(row, "章", before, number)
        self._chapters.append((number, re.sub(r"\s+", "", match[2] or ""), []))

    def _open_article(self, row: int, match: re.Match[str]) -> None:
        number = to_number(match[1]) or 0
        self._in_order(row, "条", self._last_article, number)
        self._last_article = number or self._last_article
        self._article = (number, [])
        self._row = row
        if match[2]:
            self._add(match[2], row)

    def _in_order(self, row: int, what: str, before: int, number: int) -> None:
        if number == before + 1 or (self._digest and number > before):
            return
        follows = number and before < LARGEST
        message = f"这里应当是第{to_numeral(before + 1)}{what}" if follows else "序号写得不对"
        self._fault("law-order", row, message, f"补上缺的{what}，或删去重复的，或改正序号")

    def _fault(self, code: str, row: int, message: str, hint: str) -> None:
        self._found.append(Finding(code, Place(self._file, row), message, hint))

    def _add(self, text: str, row: int) -> None:
        if self._article is None:
            return
        drafts = self._article[1]
        if match := _ITEM.fullmatch(text):
            drafts.append(_Draft(row, to_number(match[1]) or 0, match[2]))
        elif drafts and not self._digest and not drafts[-1].text.endswith(tuple(_ENDS)):
            drafts[-1].join(text)
        else:
            drafts.append(_Draft(row, None, text))

    def _close(self) -> None:
        if self._article is None:
            return
        number, drafts = self._article
        self._article = None
        if not any(draft.text for draft in drafts):
            self._fault("law-empty", self._row, "这一条没有内容", "补上条文")
        parts = self._parts(number, drafts)
        if not self._chapters:
            self._chapters.append((0, "", []))
        if number:
            label = f"第{to_numeral(number)}条"
            self._chapters[-1][2].append(Article(number, label, f"art-{number}", parts))

    def _parts(self, article: int, drafts: list[_Draft]) -> tuple[Part, ...]:
        parts: list[Part] = []
        anchors: set[str] = set()
        paragraph = before = 0
        for draft in drafts:
            if draft.item is None:
                paragraph, before = paragraph + 1, 0
                parts.append(Paragraph(paragraph, draft.text, f"art-{article}-p{paragraph}"))
                continue
            self._in_order(draft.row, "项", before, draft.item)
            before = draft.item or before
            anchor = f"art-{article}-{draft.item}"
            if anchor in anchors:
                anchor = f"art-{article}-p{paragraph}-{draft.item}"
            anchors.add(anchor)
            parts.append(ArticleItem(draft.item, draft.text, anchor, max(paragraph, 1)))
        return tuple(parts)


@dataclass(slots=True)
class _Draft:
    """A part being read: an item's number, or None for a paragraph."""

    row: int
    item: int | None
    text: str

    def join(self, text: str) -> None:
        """Put on what a page break split off; a space only between two Latin words."""
        latin = re.match(r"[0-9A-Za-z]", text) and re.search(r"[0-9A-Za-z]$", self.text)
        self.text += f" {text}" if latin else text
