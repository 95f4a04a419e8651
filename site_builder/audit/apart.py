"""What a file's format puts between two values, taken for no gap: so that no two values are read as one number.

A comma between cells, a dot in a drawing's path, a slash in a program divide nobody's number. Each function gives the
text with a bar for every separator (dot, slash, comma) that is the format's, and as many lines as it had; spaces and
dashes stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
import json
import re
from typing import Final, NamedTuple

from site_builder.rules.digits import SEPARATORS

BAR: Final = "|"
"""Stands between values; no gap in a number contains it."""

_BARS: Final = dict.fromkeys(map(ord, SEPARATORS), BAR)
_DRAWN: Final = re.compile(
    r"[\s\"'](?:d|points|transform|viewBox|values|path|style|sizes|media)\s*=\s*(?:\"[^\"]*\"|'[^']*')"
    r"|<style\b.*?</style|<script\b(?![^>]*json).*?</script",
    re.IGNORECASE | re.DOTALL,
)
"""Attributes and elements whose numbers are coordinates and lengths, or a program's."""

_CODE: Final = (".js", ".mjs", ".css", ".map")
_JSON: Final = (".json", ".jsonl", ".webmanifest", ".bin")
_ESCAPED: Final = re.compile(r"(?:\\u[0-9a-fA-F]{4})+|\\[^u]")
_NO_VALUE: Final = str.maketrans('"\n', 2 * BAR)
_ARRAY: Final = re.compile(r"\[[-+0-9.eE,\s\[\]]*\]?")
_JSON_SCRIPT: Final = re.compile(r"(<script\b[^>]*json[^>]*>)(.*?)(</script)", re.IGNORECASE | re.DOTALL)


class Apart(NamedTuple):
    """How values are told apart: ``values`` in every text; ``rest``, which takes longer, where a number seems to be."""

    values: Callable[[str], str]
    rest: Callable[[str], str]


def of_file(path: str) -> Apart:
    """How values are told apart in a file of this name."""
    name = path.removesuffix(".gz").removesuffix(".br")
    if name.endswith(_CODE):
        return CODE
    if name.endswith(_JSON):
        return JSON
    return CELLS if name.endswith(".csv") else MARKUP


def _as_it_is(text: str) -> str:
    return text


def _cells(text: str) -> str:
    """A comma outside quotes ends a cell (RFC 4180)."""
    return _outside_quotes(text, lambda outside: outside.replace(",", BAR))


def _json(text: str) -> str:
    """Only strings say anything; what is escaped in them is read as what it stands for (RFC 8259)."""
    if "\\" in text:
        text = _ESCAPED.sub(_unescaped, text)
    return _outside_quotes(text, lambda outside: outside.replace(",", BAR).replace(".", BAR))


def _unescaped(found: re.Match[str]) -> str:
    """What escapes stand for, but a bar for a quote, for the end of a line, and for what is no JSON."""
    try:
        said: str = json.loads(f'"{found.group()}"', strict=False)
    except ValueError:
        return BAR
    return said.translate(_NO_VALUE)


def _outside_quotes(text: str, change: Callable[[str], str]) -> str:
    parts = text.split('"')
    parts[::2] = map(change, parts[::2])
    return '"'.join(parts)


def _arrays(text: str) -> str:
    """What stood in JSON, its strings unescaped: quotes tell nothing more, but numbers alone in brackets are a list."""
    return _ARRAY.sub(lambda found: found.group().translate(_BARS), text)


def _undrawn(text: str) -> str:
    """All is said but what draws, styles or runs."""
    text = _JSON_SCRIPT.sub(lambda found: found[1] + _json(found[2]) + found[3], text)
    return _DRAWN.sub(lambda found: found.group().translate(_BARS), text)


def _uncoded(text: str) -> str:
    """Programs and style sheets say nothing of a record."""
    return text.translate(_BARS)


MARKUP: Final = Apart(_as_it_is, _undrawn)
"""Pages, drawings and plain text."""

PLAIN: Final = Apart(_as_it_is, _as_it_is)
"""Pieces of many files, run together: nothing is known of where one begins."""

CODE: Final = Apart(_as_it_is, _uncoded)
CELLS: Final = Apart(_cells, _as_it_is)
JSON: Final = Apart(_json, _as_it_is)
UNESCAPED: Final = Apart(_arrays, _as_it_is)
"""What was read in JSON in another writing."""
