"""The filters templates may use: each a small pure function."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable

    import jinja2

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")

_PARTS: Final = 10_000
"""Parts kept in mind."""

_STEP: Final = 1024
"""Bytes in a KB, KB in a MB, and so on."""


def date(value: dt.date) -> str:
    """``2026-11-20``: a day as the site prints it. What is no day is an error, never an empty string."""
    if not isinstance(value, dt.date):
        raise TypeError(f"a date was expected, not {type(value).__name__}")
    return value.strftime("%Y-%m-%d") if isinstance(value, dt.datetime) else value.isoformat()


@lru_cache(maxsize=4096)
def dated(text: str) -> Markup:
    """``公示至 <time>2026-11-20</time>``: the text escaped, each day in it marked so that no line breaks inside it."""
    return Markup(_DAY.sub(r"<time>\g<0></time>", str(escape(text))))  # noqa: S704 — escaped before


def number(value: int) -> str:
    """``12,345``: a whole number with its thousands grouped."""
    return f"{value:,}"


def lines(text: str) -> list[str]:
    """The paragraphs of a plain text: its lines, trimmed, without the empty ones."""
    return [line for line in map(str.strip, text.splitlines()) if line]


def size(count: int) -> str:
    """``12.3 KB``: a count of bytes for a reader."""
    if count < _STEP:
        return f"{count} B"
    value = float(count)
    for unit in ("KB", "MB"):
        value /= _STEP
        if value < _STEP:
            return f"{value:.1f} {unit}"
    return f"{value / _STEP:.1f} GB"


def host(url: str) -> str:
    """``credit.example.cn``: the host of a web address, empty when there is none."""
    return urlsplit(url).hostname or ""


def weblink(url: str) -> str:
    """The address when it is an ``http`` or ``https`` one, else an empty string (``javascript:`` never passes)."""
    return url if url.lower().startswith(("https://", "http://")) else ""


def share(count: int | None, most: int | None) -> str:
    """``37.5%``: how long a bar is beside the longest one, for the width of an SVG shape."""
    if not count or not most:
        return "0%"
    return f"{count * 100 / most:.1f}%"


def part_of(environment: jinja2.Environment) -> Callable[[object, str, str], Markup]:
    """The filter ``part``: ``{{ measure | part("applied.html", root) }}`` is that template, its ``page`` the measure.

    A part is rendered once for each object, however many pages show it.
    """
    made: dict[tuple[int, str, str], tuple[object, Markup]] = {}

    def part(value: object, template: str, root: str) -> Markup:
        key = id(value), template, root
        found = made.get(key)
        if found is None:
            if len(made) >= _PARTS:
                made.clear()
            text = environment.get_template(template).render(page=value, root=root)
            found = made[key] = value, Markup(text)  # noqa: S704  # our own template's output; the value keeps its id
        return found[1]

    return part


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "date": date,
    "dated": dated,
    "number": number,
    "lines": lines,
    "size": size,
    "host": host,
    "weblink": weblink,
    "share": share,
}
"""Name in templates → function; besides Jinja's own filters there are no others."""
