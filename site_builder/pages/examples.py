"""Examples of what may be typed into the search box: pieces of published records, each of which finds its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import re
from typing import Final
from urllib.parse import quote

from site_builder.kinds.shown import SHOWN
from site_builder.pages import urls
from site_builder.pages.contexts import Link
from site_builder.pages.surroundings import told
from site_builder.public.view import View

NAME: Final = 6
"""Characters of a name: its beginning, which names no one company alone."""

CODE: Final = 8
"""Characters of a code: category and division."""

_YEAR_ON: Final = re.compile(r"[〔\[［(（].+")
_CLAUSE: Final = re.compile(r"[，。；、（(]")


def examples(views: Iterable[View]) -> tuple[Link, ...]:
    """A piece of each record's name, code and document number, leading to its search; of natural persons none."""
    pieces = (piece for view in views if not view.is_person for piece in _pieces(view))
    return tuple(Link(f"{urls.SEARCH}#q={quote(piece, safe='')}", piece) for piece in dict.fromkeys(pieces))


def _pieces(view: View) -> Iterator[str]:
    shown = SHOWN[view.kind]
    title, code, number = (told(view, field) for field in (shown.title, shown.code, shown.number))
    yield _CLAUSE.split(title)[0][:NAME].strip() or title[:NAME]
    if code:
        yield code[:CODE]
    if found := _YEAR_ON.search(number):
        yield found[0]
