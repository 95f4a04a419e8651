"""A text that is written otherwise, read as what it stands for: references, escapes, percent signs, tags in a word.

The gate reads finished text so (``audit.unfold``): what it would find in any of these writings is decided on here.
"""

from __future__ import annotations

from collections.abc import Iterator
import html
import re
from typing import Final
from urllib.parse import unquote

DEPTH: Final = 4
"""How often what was read is read again."""

UNSEEN: Final = (
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f\xad\u034f\u061c\u17b4\u17b5\u180e\ufff9-\ufffb"
    "\U000e0000-\U000e007f\U000e0100-\U000e01ef"
)
"""Characters nobody sees (Unicode, Default_Ignorable_Code_Point), as ranges of a regular expression."""

OTHERWISE: Final = re.compile(rf"[&<\n\r\t{UNSEEN}]|%[0-9A-Fa-f]{{2}}|\\[ux\"'/\\nrt]")
"""What a text that is written otherwise contains."""

UNITS: Final = re.compile(r"(?:\\+u[0-9A-Fa-f]{4})+")
BRACED: Final = re.compile(r"\\+u\{([0-9A-Fa-f]{1,6})\}")
HEX: Final = re.compile(r"(?:\\+x[0-9A-Fa-f]{2})+")
UNIT: Final = re.compile(r"\\+[ux]")
SIMPLE: Final = re.compile(r"\\([\"'/\\nrt])")
_INLINE: Final = re.compile(r"</?(?:wbr|mark|em|strong|b|i|u|bdi|bdo|font)(?:\s[^<>]*)?/?>|<!--.*?-->", re.IGNORECASE)
_ENDS: Final = re.compile(r"[\n\r\t]")
_INVISIBLE: Final = re.compile(f"[{UNSEEN}]")


def readings(text: str) -> Iterator[str]:
    """The text, and what it says in other writings and in writings within them, each once."""
    yield text
    if OTHERWISE.search(text) is None:
        return
    found, texts = {text}, [text]
    for _ in range(DEPTH):
        texts = list(dict.fromkeys(read for one in texts for step in _STEPS if (read := step(one)) not in found))
        found.update(texts)
        yield from texts


def _code_points(text: str) -> str:
    """As JavaScript, JSON and Python escape."""
    if "\\" not in text:
        return text
    text = UNITS.sub(lambda units: _bytes(units).decode("utf-16-be", "replace"), text)
    text = BRACED.sub(lambda point: chr(int(point[1], 16) % 0x110000), text)
    return HEX.sub(lambda pairs: _bytes(pairs).decode("utf-8", "replace"), text)


def _escapes(text: str) -> str:
    return SIMPLE.sub(lambda one: "\n" if one[1] in "nrt" else one[1], _code_points(text))


def _bytes(escapes: re.Match[str]) -> bytes:
    return bytes.fromhex(UNIT.sub("", escapes[0]))


def _tags(text: str) -> str:
    return _INLINE.sub("", text)


def _invisible(text: str) -> str:
    return _INVISIBLE.sub("", text)


def _lines(text: str) -> str:
    """Each line and cell for itself."""
    return _ENDS.sub("|", text)


_STEPS: Final = (html.unescape, unquote, _code_points, _escapes, _tags, _invisible, _lines)
