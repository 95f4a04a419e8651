"""What stands inside a text in another writing: entities, escapes, base64, invisible characters, markup between.

Each step reads only the lines it can change, so that plain text costs next to nothing.
"""

from __future__ import annotations

import binascii
from collections.abc import Callable, Iterator
import contextlib
import html
import re
from typing import Final
from urllib.parse import unquote_to_bytes

from site_builder.audit.decode import UndecodableError, readings
from site_builder.rules import written

DEPTH: Final = 4
"""Writings within writings that are read."""

_ESCAPED: Final = re.compile(rb"\\u\{?[0-9a-fA-F]|\\x[0-9a-fA-F]|\\[\"'/\\nrt]")
_UNITS, _BRACED, _HEX, _UNIT, _SIMPLE = (
    re.compile(pattern.pattern.encode())
    for pattern in (written.UNITS, written.BRACED, written.HEX, written.UNIT, written.SIMPLE)
)
_PERCENT: Final = re.compile(rb"%[0-9a-fA-F]{2}")
_ENTITY: Final = re.compile(rb"&(?:#[0-9xX]|[A-Za-z])")
_INVISIBLE: Final = re.compile(
    rb"\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf|\xef\xb8[\x80-\x8f]|\xc2\xad|\xcd\x8f|\xd8\x9c|\xe1\xa0\x8e"
    rb"|\xe1\x9e[\xb4\xb5]|\xef\xbf[\xb9-\xbb]|\xf3\xa0[\x80\x81][\x80-\xbf]|\xf3\xa0[\x84-\x86][\x80-\xbf]|\xf3\xa0\x87[\x80-\xaf]"
)
"""``written.UNSEEN``, in bytes."""

_TAG: Final = rb"</?(?:%b)(?:\s[^<>]*)?/?>"
_STYLED: Final = rb"wbr|mark|em|strong|b|i|u|bdi|bdo|font"
_MEANT: Final = rb"time|abbr|cite|code|data|del|dfn|ins|kbd|q|s|samp|small|strike|sub|sup|tt|var"
"""Names of tags that may stand within a sentence, too; what these part are two numbers."""

INLINE: Final = re.compile(_TAG % _STYLED + rb"|<!--.*?-->", re.IGNORECASE)
_SETS_APART: Final = re.compile(_TAG % _MEANT, re.IGNORECASE)
_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_URL_SAFE: Final = {ord("-"): ord("+"), ord("_"): ord("/")}
_DIGITS: Final = bytes(byte if byte in _ALPHABET else _URL_SAFE.get(byte, 0x20) for byte in range(256))
"""Leaves the digits of base64, reads the two of its form for addresses, and makes everything else a space."""

_SHORTEST: Final = 8
_WRAPPED: Final = re.compile(rb"(?:^[A-Za-z0-9+/]{40,}\r?\n)+^[A-Za-z0-9+/]+={0,2}\s*$", re.MULTILINE)
_WRAPS: Final = re.compile(rb"\n[A-Za-z0-9+/]{40}")
"""How a line that may be wrapped begins; looked for behind a line end, which is found at once."""

_MISALIGNED: Final = 12
_LINE: Final = 40
_PRINTABLE: Final = re.compile(rb"^[^\x00-\x1f\x7f]+$", re.MULTILINE)
"""A line without control characters: most of what is no text has some."""

_PACKED: Final = (b"\x1f\x8b", b"PK\x03\x04")
BASE64: Final = "base64"
SET_APART: Final = "set apart"


def unfold(text: bytes, depth: int = DEPTH, known: set[bytes] | None = None) -> Iterator[tuple[str, bytes]]:
    """(writing, text) of everything that stands in ``text`` in another writing, to ``depth`` levels.

    ``known`` are runs of base64 that were read before and are passed over; those read now are added.
    """
    seen: set[bytes] = {text}
    waiting = [("", text, depth)]
    while waiting:
        how, one, left = waiting.pop()
        for step, change in _STEPS.items():
            changed = _base64(one, known) if step == BASE64 else change(one)
            if not changed or changed in seen:
                continue
            seen.add(changed)
            via = f"{how}+{step}" if how else step
            yield via, changed
            if left > 1:
                waiting.append((via, _readable(changed) if step == BASE64 else changed, left - 1))


def _lines(text: bytes, mark: re.Pattern[bytes]) -> bytes:
    """The lines the mark stands in."""
    lines: list[bytes] = []
    at = 0
    while match := mark.search(text, at):
        start = text.rfind(b"\n", 0, match.start()) + 1
        end = text.find(b"\n", match.end())
        at = len(text) if end < 0 else end
        lines.append(text[start:at])
    return b"\n".join(lines)


def _entities(text: bytes) -> bytes:
    if b"&" not in text:
        return b""
    found = _lines(text, _ENTITY)
    return html.unescape(found.decode("utf-8", "replace")).encode("utf-8", "replace") if found else b""


def _escapes(text: bytes) -> bytes:
    if b"\\" not in text:
        return b""
    found = _lines(text, _ESCAPED)
    found = _UNITS.sub(lambda units: _utf16(_UNIT.sub(b"", units.group())), found)
    found = _BRACED.sub(lambda point: _character(int(point[1], 16)), found)
    found = _HEX.sub(lambda pairs: bytes.fromhex(_UNIT.sub(b"", pairs.group()).decode()), found)
    return _SIMPLE.sub(lambda one: b"\n" if one[1] in b"nrt" else one[1], found)


def _utf16(digits: bytes) -> bytes:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace").encode("utf-8", "replace")


def _character(point: int) -> bytes:
    return chr(point).encode("utf-8", "replace") if point <= 0x10FFFF else b""  # noqa: PLR2004  # the last code point


def _percent(text: bytes) -> bytes:
    return unquote_to_bytes(found) if b"%" in text and (found := _lines(text, _PERCENT)) else b""


def _doubled(text: bytes) -> bytes:
    """CSV's doubled quotes."""
    return text.replace(b'""', b'"') if b'""' in text else b""


def _invisible(text: bytes) -> bytes:
    return _INVISIBLE.sub(b"", found) if (found := _lines(text, _INVISIBLE)) else b""


def _markup(text: bytes) -> bytes:
    if b"<" not in text:
        return b""
    return INLINE.sub(b"", found) if (found := _lines(text, INLINE)) else b""


def _set_apart(text: bytes) -> bytes:
    found = _lines(text, _SETS_APART) if b"<" in text else b""
    return _SETS_APART.sub(b"", INLINE.sub(b"", found))


def _base64(text: bytes, known: set[bytes] | None = None) -> bytes:
    """What every run of base64 says, from each of the places it may begin at; runs of one case are words and codes."""
    out: list[bytes] = []
    runs = {run for run in set(text.translate(_DIGITS).split()) if len(run) >= _SHORTEST}
    runs.update(_wrapped(text))
    if known is not None:
        runs -= known
        known |= runs
    for run in runs:
        if run in (run.lower(), run.upper()):
            continue
        for start in range(4 if len(run) >= _MISALIGNED else 1):
            part = run[start:]
            part = part[: -1 if len(part) % 4 == 1 else None]
            data = binascii.a2b_base64(part + b"=" * (-len(part) % 4))
            if data.startswith(_PACKED):
                out += _unpacked(data)
            out.append(data)
    return b"\n".join(out)


def _wrapped(text: bytes) -> list[bytes]:
    """Base64 that goes on from line to line, each as one run."""
    if not (_WRAPS.search(b"\n" + text[:_LINE]) or _WRAPS.search(text)):
        return []
    return [one.translate(None, b"\r\n\t =") for one in _WRAPPED.findall(text)]


def _unpacked(data: bytes) -> list[bytes]:
    """What the bytes hold where they are a gzip or zip file that can be opened."""
    with contextlib.suppress(UndecodableError):
        return [one.data for one in readings("", data)]
    return []


def _readable(data: bytes) -> bytes:
    """The lines that are text: only they may hold another writing."""
    lines = []
    for line in _PRINTABLE.findall(data):
        with contextlib.suppress(UnicodeDecodeError):
            if line.decode().isprintable():
                lines.append(line)
    return b"\n".join(lines)


_STEPS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "entity": _entities,
    "escape": _escapes,
    "percent": _percent,
    "quotes": _doubled,
    "invisible": _invisible,
    "markup": _markup,
    SET_APART: _set_apart,
    BASE64: _base64,
}
"""Each writing and how it is read: what its lines say, or nothing where it does not stand in the text."""
