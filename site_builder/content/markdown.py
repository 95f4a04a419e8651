"""Markdown to safe HTML: raw HTML shows as text, links lead only where links may lead, and a sanitizer looks last.

Three guards, each enough by itself for what it covers: the converter does not know raw HTML; every link's target is
read as a browser reads it and dropped unless it is allowed; nh3 keeps only the elements and attributes listed here.
"""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX
from markupsafe import Markup
import nh3

ROOT = "root:"
"""What a content page writes before an address of the site: ``[异议](root:guide/objection.html)``."""

DEEDS = "deeds"
"""The one field of a record that is Markdown."""

MAX_CHARS = 200_000
"""Longer texts are shown as they stand, paragraph by paragraph."""

MAX_BRACKETS = 1000
"""So are texts with more ``[``: the converter's time grows with their square."""

_TEXT_TAGS = frozenset({"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "p", "pre", "strong"})
_LIST_TAGS = frozenset({"dd", "dl", "dt", "li", "ol", "ul"})
_TABLE_TAGS = frozenset({"table", "tbody", "td", "th", "thead", "tr"})
_ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}}
_WITH_IDS = _ATTRIBUTES | {"h2": {"id"}, "h3": {"id"}, "h4": {"id"}}
_SCHEMES = frozenset({"http", "https", "mailto"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AUTHORITY = re.compile("[/?#]")
_HEADING = re.compile(r"h([1-6])")
_LOWEST = 4
_JOINING = frozenset("\n\r*_`&[]<>\\|")
"""Without these what is read is what is written."""

_TAG = re.compile("<[^<>]*>")
_FAR = re.compile(r"[\x00-\x20\x7f-\x9f\\\"'<>`]")
_STASHED = re.compile(rf"{STX}[^{ETX}]*{ETX}")
_CJK = r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—]"
_BROKEN_LINE = re.compile(rf"(?<={_CJK})\n(?={_CJK})")


def render_deeds(text: str, *, top: int = 2) -> Markup:
    """The deeds of a role model as HTML. Headings begin at level ``top`` and carry no id; links lead outside only.

    A relative link shows as its text: an export cannot know the site's addresses.
    """
    return _render(text, root=None, top=top)


def render_page(text: str, root: str) -> Markup:
    """A content page as HTML; ``root`` leads from the page to the web root (``../``) and replaces ``root:`` in links.

    Headings begin at level 2 and carry ids made from their words (``h-异议怎么提``); a repeated one gets a number.
    """
    return _render(text, root=root, top=2)


def words_of(text: str) -> str:
    """What Markdown says to whoever reads it: no markup, entities read, lines joined as on the page."""
    if _JOINING.isdisjoint(text):
        return text
    return html.unescape(_TAG.sub("", render_page(text, "")))


def _render(text: str, *, root: str | None, top: int) -> Markup:
    within = len(text) <= MAX_CHARS and text.count("[") <= MAX_BRACKETS
    raw = _converted(text, root, top) if within else None
    if raw is None:
        raw = "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
    return Markup(_sanitizer(ids=root is not None).clean(raw))  # noqa: S704 (made safe just here)


@functools.cache
def _sanitizer(*, ids: bool) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TEXT_TAGS | _LIST_TAGS | _TABLE_TAGS,
        attributes=_WITH_IDS if ids else _ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def _converted(text: str, root: str | None, top: int) -> str | None:
    """HTML of the converter, or None where the text is nested too deeply for it."""
    try:
        return _engine(root, top).reset().convert(text)
    except RecursionError:
        _engine.cache_clear()  # where it stopped is no state to go on from
        return None


@functools.lru_cache(maxsize=8)
def _engine(root: str | None, top: int) -> Markdown:
    engine = Markdown(extensions=["tables", "fenced_code", "def_list", "sane_lists"], output_format="html")
    engine.preprocessors.deregister("html_block")
    engine.inlinePatterns.deregister("html")
    # Below every other processor: escapes have been undone, so what is read here is what is written out.
    engine.treeprocessors.register(_Safe(engine, root, top), "safe", -10)
    return engine


class _Safe(Treeprocessor):
    """Shifts headings, drops pictures and links that may not be, joins lines broken between Chinese characters."""

    def __init__(self, engine: Markdown, root: str | None, top: int) -> None:
        super().__init__(engine)
        self._root = root
        self._top = top

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        self._headings(root)
        for element in root.iter():
            if element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                words = element.get("alt") or ""
                element.attrib.clear()
                element.tag, element.text = "span", words
        _join_lines(root)

    def _headings(self, root: Element) -> None:
        headings = [(element, int(match[1])) for element in root.iter() if (match := _HEADING.fullmatch(element.tag))]
        shift = self._top - min((level for _, level in headings), default=0)
        taken: set[str] = set()
        for element, level in headings:
            element.tag = f"h{min(level + shift, _LOWEST)}"
            if self._root is not None:
                element.set("id", _fresh(_slug("".join(element.itertext())), taken))

    def _link(self, element: Element) -> None:
        href = allowed_href((element.get("href") or "").replace(AMP_SUBSTITUTE, "&"), self._root)
        element.attrib.clear()
        if href is None:
            element.tag = "span"
            return
        element.set("href", href)
        if href.startswith(("http:", "https:")):
            element.set("rel", "external noopener noreferrer")


def allowed_href(href: str, root: str | None) -> str | None:
    """A link's target as it may stand in a page, or None.

    Allowed: ``http`` and ``https`` without user-info (RFC 3986, 3.2.1: what stands before ``@`` may pass for the host),
    ``mailto``; and with a ``root`` what is relative, ``root:`` replaced by it.
    """
    target = html.unescape(href).strip()
    if not target or _FAR.search(target) or target.startswith("//"):
        return None
    if root is not None and target.startswith(ROOT):
        inside = target.removeprefix(ROOT)
        wrong = inside.startswith("/") or ".." in inside.split("/") or _SCHEME.match(inside)
        return None if wrong else (root + inside or "./")
    scheme = _SCHEME.match(target)
    if scheme:
        known = scheme[1].lower()
        if known != "mailto" and "@" in _AUTHORITY.split(target[len(known) + 1 :].lstrip("/"), maxsplit=1)[0]:
            return None
        return known + target[len(known) :] if known in _SCHEMES else None
    return target if root is not None and not target.startswith("/") else None


def _slug(words: str) -> str:
    """``h-`` and the letters and digits of a heading, small, runs of anything else one hyphen."""
    plain = unicodedata.normalize("NFKC", _STASHED.sub(" ", words)).lower()
    return "-".join(["h", *re.findall(r"[^\W_]+", plain)])


def _fresh(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


def _join_lines(element: Element) -> None:
    """Take out line breaks between Chinese characters, where a browser would show a space; never in code."""
    if element.tag in {"pre", "code"}:
        return
    if element.text:
        element.text = _BROKEN_LINE.sub("", element.text)
    for child in element:
        _join_lines(child)
        if child.tail:
            child.tail = _BROKEN_LINE.sub("", child.tail)
