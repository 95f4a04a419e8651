"""Where a content page leads to within the site, and what of that may be gone one day.

Were it linked when it is to go, the gate would find a dead link and refuse to take it away.
"""

from __future__ import annotations

from functools import lru_cache
import html
import posixpath
import re
from typing import Final
from urllib.parse import unquote, urlsplit

from site_builder.content.markdown import render_page
from site_builder.kinds.shown import SHOWN

_HREF: Final = re.compile(r' href="([^"]*)"')
_OUTSIDE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_USUAL: Final = frozenset({80, 443})
_LASTING: Final = frozenset({"index.html", "all", "all/index.html"})
"""What stays of a folder of records however many there are."""


@lru_cache(maxsize=4096)
def targets(text: str, folder: str, own: str = "") -> tuple[str, ...]:
    """The paths a page's Markdown leads to, from the web root and without ``/`` at the end; it stands in ``folder``.

    ``own``: the site's own address with its base path; a link that is written with it leads within the site too.
    """
    hrefs = (html.unescape(one) for one in _HREF.findall(_page(text)))
    inside = (_inside(one, folder, own) for one in hrefs)
    return tuple(dict.fromkeys(one for one in inside if one))


def _inside(href: str, folder: str, own: str) -> str:
    """Where a link leads from the web root; empty where it leads outside, or to a place of its own page."""
    if not _OUTSIDE.match(href):
        path = unquote(re.split("[#?]", href, maxsplit=1)[0])
        return path and posixpath.normpath(posixpath.join(folder, path))
    if not own or _origin(href) != _origin(own):
        return ""
    path, base = (posixpath.normpath(f"/{unquote(urlsplit(one).path)}").lstrip("/") for one in (href, own))
    return (path.removeprefix(base).lstrip("/") or ".") if f"{path}/".startswith(f"{base}/" if base else "") else ""


def _origin(address: str) -> tuple[str, int | None] | None:
    """The host and the port of a web address, whichever scheme it is served by; None of any other."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    return (host, None if port in _USUAL else port) if parts.scheme in {"http", "https"} and host else None


def _page(text: str) -> str:
    return render_page(text, "../") if "](" in text or "]:" in text else ""


def is_of_record(target: str) -> bool:
    """Whether a path is a record's, or of a list of some records: any record may be ordered off."""
    folders = (one.folder for one in SHOWN.values())
    return any(target.startswith(one) and target.removeprefix(one) not in _LASTING for one in folders)
