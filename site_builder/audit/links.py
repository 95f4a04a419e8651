"""The addresses a page names, and what they lead to: a file of the web root, and in it an anchor."""

from __future__ import annotations

from collections.abc import Iterator
import html
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
_INSIDE: Final = re.compile(rb"href\s*=\s*(?:\"#([^\"]*)\"|'#([^']*)'|#([^\s>]*))", re.IGNORECASE)
_REFRESH: Final = re.compile(r"url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_OUTSIDE: Final = frozenset(("http", "https", "mailto", "tel"))
_CSS_URL: Final = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
_XML_URL: Final = re.compile(r"""<(?:loc|id|uri)>([^<]+)<|\b(?:href|template|src)=["']([^"']+)["']""")

_PLAIN: Final = re.compile(r"(?:\.\./)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*)?(?<!^)")
"""A relative address without anything to be read: most of them."""


class Base(msgspec.Struct, frozen=True):
    """Where the site is served: ``https://host`` and a path that begins and ends with a slash."""

    url: str
    path: str


class Target(msgspec.Struct, frozen=True):
    """What an address leads to: a file of the web root (empty: outside) and an anchor; ``dead`` leads nowhere."""

    file: str
    anchor: str = ""
    dead: bool = False


OUTSIDE: Final = Target("")
DEAD: Final = Target("", dead=True)


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


def is_cut(line: bytes) -> bool:
    """Whether a tag of the line goes on in the next one."""
    return b"<" in line and any(part[:1].isalpha() for part in _TAG.sub(b"", line).split(b"<")[1:])


def own_anchors(page: bytes) -> set[str]:
    """The anchors the page leads to in itself."""
    found = _INSIDE.findall(page)
    return {unquote(html.unescape((one or two or three).decode("utf-8", "replace"))) for one, two, three in found}


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
        yield from (html.unescape(one or two) for one, two in _XML_URL.findall(text))
    elif path == urls.ROBOTS:
        yield from (line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("Sitemap:"))


def resolve(page: str, address: str, base: Base) -> Target:
    """Where an address on ``page`` leads. Scripts and data written as addresses lead nowhere."""
    if _PLAIN.fullmatch(address):
        up = address.count("../")
        folders = page.split("/")[:-1]
        if up > len(folders):
            return DEAD
        return Target(urls.file_of("/".join([*folders[: len(folders) - up], address[3 * up :]])))
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return DEAD
    if parts.scheme or parts.netloc:
        absolute = f"{parts.scheme}://{parts.netloc}"
        if absolute != base.url:
            return OUTSIDE if parts.scheme in _OUTSIDE or not parts.scheme else DEAD
    if not parts.path and not parts.scheme:
        return Target(page, unquote(parts.fragment))
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
    return Target(file, unquote(parts.fragment))
