"""The addresses a page names, and what they lead to: a file of the web root, and in it an anchor."""

from __future__ import annotations

from collections.abc import Iterator
import html
from itertools import pairwise
import posixpath
import re
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec

from site_builder.pages import urls

_TAG: Final = re.compile(rb"<([a-zA-Z][^\s/>]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE: Final = re.compile(rb"([^\s\"'<>/=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+))")
_LEADING: Final = frozenset((b"href", b"src", b"action", b"formaction", b"poster", b"srcset", b"data", b"xlink:href"))
_MAY_LEAD: Final = re.compile(rb"href|src|action|poster|data\s*=|http-equiv", re.IGNORECASE)
_DATA: Final = b"data"
_DATA_IS: Final = re.compile(rb"data\s*=")
_WORDS: Final = (b"href", b"src", b"action", b"poster", b"http-equiv", _DATA)
_BEFORE: Final = frozenset((b'"', b"'", b"=", b" ", b"\n", b"\t", b"\r", b"\x0c"))
_END: Final = re.compile(rb"[\"'>]")
_NAME_LENGTH: Final = 200
_REFRESH: Final = re.compile(r"url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_OUTSIDE: Final = frozenset(("http", "https", "mailto", "tel"))
_CSS_URL: Final = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
_XML_TAG: Final = re.compile(r"""<[a-zA-Z?](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_XML_TEXT: Final = re.compile(r"<(?:loc|id|uri)>([^<]+)<")
_XML_ATTRIBUTE: Final = re.compile(r"""\s(?:xlink:)?(?:href|template|src)\s*=\s*(?:"([^"]+)"|'([^']+)')""")

_PLAIN: Final = re.compile(r"[A-Za-z0-9_./-]+")
"""A path without anything to be read: most of them."""

_UP: Final = "../"
_SEARCH: Final = urls.file_of(urls.SEARCH)
_STATE: Final = "="
"""What follows the ``#`` of the search page, or of a table's, with this in it is a question, no place on the page."""


class Base(msgspec.Struct, frozen=True):
    """Where the site is served: ``https://host`` and a path that begins and ends with a slash."""

    url: str
    path: str


class LinkTarget(msgspec.Struct, frozen=True):
    """What an address leads to: a file of the web root (empty: outside) and an anchor; ``dead`` leads nowhere."""

    file: str
    anchor: str = ""
    dead: bool = False


OUTSIDE: Final = LinkTarget("")
DEAD: Final = LinkTarget("", dead=True)


def addresses(page: bytes) -> Iterator[tuple[int, str]]:
    """(place, address) of every attribute that leads somewhere, entities read."""
    for tag in _TAG.finditer(page):
        if not _MAY_LEAD.search(tag[2]):
            continue
        attributes = {one[1].lower(): one[2] or one[3] or one[4] or b"" for one in _ATTRIBUTE.finditer(tag[2])}
        for name, value in attributes.items():
            if name not in _LEADING:
                continue
            text = html.unescape(value.decode("utf-8", "replace"))
            if name == b"srcset":
                yield from ((tag.start(), part.split()[0]) for part in text.split(",") if part.strip())
            else:
                yield tag.start(), text
        if attributes.get(b"http-equiv", b"").lower() == b"refresh":
            content = html.unescape(attributes.get(b"content", b"").decode("utf-8", "replace"))
            yield from ((tag.start(), found) for found in _REFRESH.findall(content))


def leading(text: bytes) -> list[bytes]:
    """The lines of a text in which an address may stand."""
    low = text.lower()
    found: dict[int, bytes] = {}
    for word in _WORDS:
        at = low.find(word)
        while at >= 0:
            start, end = low.rfind(b"\n", 0, at) + 1, low.find(b"\n", at)
            end = len(low) if end < 0 else end
            if word is not _DATA or _DATA_IS.search(low, at, end):
                found[start] = text[start:end]
            at = low.find(word, end)
    return list(found.values())


def line_of(page: bytes, address: str) -> int:
    """The line an address stands in, counted from 1; 0 where it does not."""
    place = next((place for place, one in addresses(page) if one == address), None)
    return 0 if place is None else page.count(b"\n", 0, place) + 1


def lost_anchors(page: bytes) -> set[str]:
    """The anchors the page leads to in itself and does not have."""
    cut = page.split(b"#")
    wanted = {behind[:_NAME_LENGTH] for before, behind in pairwise(cut) if before[-1:] in _BEFORE}
    names = {_END.split(one, maxsplit=1)[0] for one in wanted}
    if all(b'id="%b"' % one in page for one in names if one):
        return set()
    inside = {unquote(address[1:]) for _, address in addresses(page) if address.startswith("#")}
    return inside - anchors(page) - {""}


def anchors(page: bytes) -> set[str]:
    """Every ``id`` of a page, and the ``name`` of its anchors."""
    found: set[str] = set()
    for tag in _TAG.finditer(page):
        for one in _ATTRIBUTE.finditer(tag[2]):
            if one[1].lower() == b"id" or (one[1].lower() == b"name" and tag[1].lower() == b"a"):
                found.add(html.unescape((one[2] or one[3] or one[4] or b"").decode("utf-8", "replace")))
    return found


def other_addresses(path: str, text: str) -> Iterator[str]:
    """The addresses a style sheet, XML file or robots file names."""
    extension = path.rpartition(".")[2]
    if extension == "css":
        yield from (one or two for one, two in _CSS_URL.findall(text))
    elif extension in {"xml", "svg"}:
        found = [(one, "") for one in _XML_TEXT.findall(text)]  # elsewhere between tags a text only speaks of addresses
        found += [one for tag in _XML_TAG.findall(text) for one in _XML_ATTRIBUTE.findall(tag)]
        yield from (html.unescape(one or two) for one, two in found)
    elif path == urls.ROBOTS:
        yield from (line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("Sitemap:"))


def resolve(page: str, address: str, base: Base) -> LinkTarget:
    """Where an address on ``page`` leads. Scripts and data written as addresses lead nowhere."""
    home = base.url + base.path
    if address.startswith(home):
        inside = address[len(home) :]
        if not inside or _is_plain(inside):
            return LinkTarget(urls.file_of(inside))
    up = 0
    while address.startswith(_UP, 3 * up):
        up += 1
    inside = address[3 * up :]
    if _is_plain(inside) or (up and not inside):
        folders = page.split("/")[:-1]
        if up > len(folders):
            return DEAD
        return LinkTarget(urls.file_of("/".join([*folders[: len(folders) - up], inside])))
    return _read(page, address, base)


def _is_plain(path: str) -> bool:
    """Whether a path goes only down, by names that begin with no dot."""
    return _PLAIN.fullmatch(path) is not None and path[0] not in "./" and "/." not in path and "//" not in path


def _read(page: str, address: str, base: Base) -> LinkTarget:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return DEAD
    if parts.scheme or parts.netloc:
        absolute = f"{parts.scheme}://{parts.netloc}"
        if absolute != base.url:
            return OUTSIDE if parts.scheme in _OUTSIDE or not parts.scheme else DEAD
    if not parts.path and not parts.scheme:
        return LinkTarget(page, unquote(parts.fragment))
    path = unquote(parts.path or "/")
    if path.startswith("/"):
        if not path.startswith(base.path):
            return DEAD
        joined = path[len(base.path) :]
    else:
        joined = posixpath.join(posixpath.dirname(page), path)
    folder = joined.endswith(("/", "/.", "/..")) or joined in {"", ".", ".."}
    tidy = posixpath.normpath(joined) if joined else "."
    if tidy == ".." or tidy.startswith("../"):
        return DEAD
    tidy = "" if tidy == "." else tidy
    file = urls.file_of(f"{tidy}/" if folder and tidy else tidy)
    asks = file == _SEARCH or (file.startswith(urls.DATA) and file.endswith(urls.file_of("/")))
    return LinkTarget(file, "" if asks and _STATE in parts.fragment else unquote(parts.fragment))
