"""Where a content page leads to within the site, and what of that may be gone one day.

Were it linked when it is to go, the gate would find a dead link and refuse to take it away.
"""

from __future__ import annotations

from functools import lru_cache
import html
import posixpath
import re
from typing import Final
from urllib.parse import unquote

from site_builder.content.markdown import render_page
from site_builder.kinds.shown import SHOWN

_HREF: Final = re.compile(r' href="([^"]*)"')
_OUTSIDE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LASTING: Final = frozenset({"index.html", "all", "all/index.html"})
"""What stays of a folder of records however many there are."""


@lru_cache(maxsize=4096)
def targets(text: str, folder: str) -> tuple[str, ...]:
    """The paths a page's Markdown leads to, from the web root and without ``/`` at the end; it stands in ``folder``."""
    paths = (unquote(re.split("[#?]", html.unescape(one), maxsplit=1)[0]) for one in _HREF.findall(_page(text)))
    inside = (one for one in paths if one and not _OUTSIDE.match(one))
    return tuple(dict.fromkeys(posixpath.normpath(posixpath.join(folder, one)) for one in inside))


def _page(text: str) -> str:
    return render_page(text, "../") if "](" in text or "]:" in text else ""


def is_of_record(target: str) -> bool:
    """Whether a path is a record's, or of a list of some records: any record may be ordered off."""
    folders = (one.folder for one in SHOWN.values())
    return any(target.startswith(one) and target.removeprefix(one) not in _LASTING for one in folders)
