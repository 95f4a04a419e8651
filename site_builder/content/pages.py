"""The Markdown pages of a site folder, ``pages/*.md``, with what stands in their front matter."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
import re
from typing import Final

from site_builder.config.fields import Fields
from site_builder.config.site import Site
from site_builder.config.source import Faults, parse_yaml, read_text
from site_builder.content.told_where import told_where
from site_builder.errors import Exit, Finding, SiteBuilderError
from site_builder.public.law_words import LawWords, put_in
from site_builder.public.letters import Letter, LetterLine

_STEM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FENCE = "---"
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
NOTHING: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class ContentSource:
    """A page as written: ``stem`` is its address (``guide/<stem>.html``), ``text`` its Markdown; ``letter``: a form."""

    stem: str
    title: str
    order: int
    description: str
    text: str
    letter: Letter | None = None


def guides_of(site: Site, words: LawWords) -> tuple[ContentSource, ...]:
    """The guides of a site, with what its law says and what it says itself; raises as ``read_pages`` does."""
    return read_pages(site.folder, words.said | site.said, words.applied | site.conditions)


def read_pages(
    folder: Path, said: Mapping[str, str] = NOTHING, applied: Collection[str] = ()
) -> tuple[ContentSource, ...]:
    """The pages of a site folder, by ``order`` and then by address; without a ``pages`` folder there are none.

    ``said`` is what ``{…}`` stands for in them, such as ``普通期限``; ``applied`` are the rules above the city's law
    that apply, for what is told only where one does. HTML comments are shown nowhere.

    Files that do not end in ``.md`` are not read. Raises :class:`SiteBuilderError` with the faults of all pages.
    """
    pages: list[ContentSource] = []
    found: list[Finding] = []
    for path in sorted((folder / "pages").glob("*.md")):
        try:
            told = without_comments(told_where(read_text(path), applied, str(path)))
            pages.append(parse_page(path.stem, put_in(told, said), str(path)))
        except SiteBuilderError as error:
            found.extend(error.findings)
    if found:
        raise SiteBuilderError(found, Exit.USAGE)
    return tuple(sorted(pages, key=lambda page: (page.order, page.stem)))


def without_comments(text: str) -> str:
    """A page without its HTML comments, each line where it was."""
    return _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)


def parse_page(stem: str, text: str, file: str) -> ContentSource:
    """A page from its text: front matter between two lines ``---``, then Markdown.

    Front matter: ``title`` and ``order`` (a whole number) required, ``description`` and ``letter`` optional. Raises
    :class:`SiteBuilderError` with every fault; ``file`` names the page in messages.
    """
    faults = Faults(file)
    fields, body = front_matter(stem, text, faults, "title、order、description")
    page = ContentSource(
        stem=stem,
        title=fields.text("title", required=True),
        order=fields.number("order", required=True),
        description=fields.text("description"),
        text=body,
        letter=_letter(fields.section("letter")) if "letter" in fields.names() else None,
    )
    fields.finish()
    faults.stop()
    return page


def front_matter(stem: str, text: str, faults: Faults, wanted: str) -> tuple[Fields, str]:
    """What stands between two lines ``---`` at the head of a page, and the Markdown below; ``wanted``: the usual keys.

    Raises :class:`SiteBuilderError` where there is no front matter; a name that is no address is noted.
    """
    if not _STEM.fullmatch(stem):
        faults.add("bad-value", 0, "文件名就是网址，只用小写字母、数字和连字符", "改文件名，如 objection.md")
    lines = text.split("\n")
    end = next((index for index, line in enumerate(lines) if index and line.rstrip() == _FENCE), 0)
    if lines[0].rstrip() != _FENCE or not end:
        hint = f"开头写一行「---」，然后 {wanted}，再一行「---」"
        faults.add("missing-key", 1, "页面开头缺少说明", hint)
        raise faults.error()
    fields = Fields(parse_yaml("\n".join(lines[1:end]), faults, first_row=2), faults)
    return fields, "\n".join(lines[end + 1 :]).strip("\n")


def _letter(fields: Fields) -> Letter:
    found = Letter(
        title=fields.text("title", required=True),
        about=fields.text("about"),
        to=tuple(map(_line, fields.texts("to"))),
        grounds=tuple(map(_line, fields.texts("grounds"))),
        papers=tuple(map(_line, fields.texts("papers", required=True))),
    )
    fields.finish()
    return found


def _line(text: str) -> LetterLine:
    """``{…}`` stands for what the record's page calls so; ``|`` between names: the first there is."""
    before, _, rest = text.partition("{")
    field, _, after = rest.partition("}")
    return LetterLine(before, field, after)
