"""One file's bytes searched to the end for what may not leave and for personal data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
import datetime as dt
from typing import Final
import zlib

import msgspec

from site_builder.audit.apart import JSON, MARKUP, PLAIN, UNESCAPED, Apart, of_file
from site_builder.audit.decode import Reading, UndecodableError, is_bare, readings
from site_builder.audit.forbidden import Forbidden
from site_builder.audit.numbers import Excused, personal_numbers
from site_builder.audit.patterns import Matcher
from site_builder.audit.unfold import BASE64, SET_APART, unfold
from site_builder.pages import urls
from site_builder.search import lookup

PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp", ".ico", ".wasm", ".pagefind")
"""Files that hold no text for readers: bytes in them that look like a number are none."""

REMEMBERED: Final = 100_000
"""Runs of base64 kept in mind; then all are forgotten."""

MOST: Final = 5
"""Findings of one rule told of one file."""

_KEYS: Final = tuple(f"{urls.LOOKUP}{folder}/" for folder in ("leaf", "root", "page"))
_NUMBERS: Final = tuple(f"{urls.LOOKUP}{folder}/" for folder in ("list", "column", "near"))
_BLOCKS: Final = (urls.LOOKUP, urls.FULLTEXT)


class Found(msgspec.Struct, frozen=True):
    """One thing found in a file: the rule, the line (0: unknown), how it was decoded, what it is — never the value."""

    rule: str
    line: int
    how: str
    message: str


@dataclass(slots=True)
class Searcher:
    """Searches texts; ``forbidden`` is None where no export is at hand."""

    forbidden: Forbidden | None
    excused: Excused
    as_of: dt.date
    _known: set[bytes] = field(default_factory=set)

    def file(self, path: str, data: bytes, *, numbers: bool = True) -> Iterator[Found]:
        """Everything found in a file that is read whole; without ``numbers`` no personal ones are looked for."""
        apart = of_file(path) if numbers and not path.endswith(PICTURES) else None
        try:
            for reading in readings(path, data):
                yield from self._reading(path, reading, apart)
        except UndecodableError:
            yield Found("leak", 0, "", "无法解到底（压缩包损坏、过大或层数过多）")
        if self.forbidden is not None and path.startswith(_KEYS):
            yield from self._keys(path, data)

    def clean(self, text: bytes, apart: Apart | None = PLAIN) -> bool:
        """Whether nothing is to be found in a text, in any writing; runs of base64 that were clean are passed over."""
        if len(self._known) > REMEMBERED:
            self._known.clear()
        is_clean = next(self._text(text, "", apart, known=self._known), None) is None
        if not is_clean:
            self._known.clear()
        return is_clean

    def text(self, text: bytes, how: str = "", apart: Apart | None = MARKUP) -> Iterator[Found]:
        """Everything found in a text and in what it holds in other writings; without ``apart`` no numbers."""
        return self._text(text, how, apart)

    def _text(self, text: bytes, how: str, apart: Apart | None, known: set[bytes] | None = None) -> Iterator[Found]:
        yield from self._plain(text, how, apart)
        inside = UNESCAPED if apart is JSON else apart
        for step, inner in unfold(text, known=known):
            # Digests; two numbers side by side; what differs in quotes alone.
            unread = BASE64 in step or SET_APART in step or step.endswith("quotes")
            yield from self._plain(inner, f"{how}+{step}" if how else step, None if unread else inside)

    def names(self, paths: Iterable[str]) -> set[str]:
        """The files whose name, in any writing, holds what may not leave."""
        named = {path: path.encode("utf-8", "surrogateescape") for path in paths}
        if self.forbidden is None or self.clean(b"\n".join(named.values()), None):
            return set()
        return {path for path, name in named.items() if any(self.text(name, apart=None))}

    @property
    def patterns(self) -> int:
        """How many values are looked for."""
        return len(self.forbidden.raw.patterns) + len(self.forbidden.folded.patterns) if self.forbidden else 0

    @property
    def _raw(self) -> Matcher | None:
        return self.forbidden.raw if self.forbidden is not None else None

    def packed(self, reading: Reading) -> Iterator[Found]:
        """Everything found in the bytes something is unpacked from."""
        return self._matches(self._raw, reading.data, reading.how)

    def around(self, path: str, data: bytes) -> Iterator[Found]:
        """What stands in packed bytes beside what is packed."""
        yield from self.packed(Reading("", data, packed=True))
        if not is_bare(path, data):
            yield Found("leak", 0, "", "预先压缩的文件里除了原文还有别的内容")

    def _reading(self, path: str, reading: Reading, apart: Apart | None) -> Iterator[Found]:
        if reading.packed:
            yield from self.packed(reading)
        elif reading.how or not path.startswith(_BLOCKS) or path.endswith((".js", ".json")):
            if path.startswith(_KEYS):
                yield from self._matches(self._raw, reading.data, reading.how, cut=True)
            elif path.startswith(_NUMBERS):
                yield from self._matches(self._raw, reading.data, reading.how)
            else:
                yield from self.text(reading.data, reading.how, apart)
        else:
            yield from self._plain(reading.data, reading.how, apart)

    def _plain(self, text: bytes, how: str, apart: Apart | None) -> Iterator[Found]:
        yield from self._matches(self._raw, text, how)
        if apart is not None:
            for line, what in personal_numbers(text, self.as_of, self.excused, apart):
                yield Found("personal-data", 0 if how else line, how, f"疑似{what}")

    def _matches(self, matcher: Matcher | None, data: bytes, how: str, *, cut: bool = False) -> Iterator[Found]:
        """``cut``: the data are pieces cut anywhere, of which cannot be told where a name or a code ends."""
        if matcher is None:
            return
        for place, number in matcher.find(data):
            pattern = matcher.patterns[number]
            if not (cut and (pattern.whole or pattern.longer)):
                yield Found("leak", _line(data, place, how), how, f"含有不公开的内容（{pattern.value.field} 一栏的值）")

    def _keys(self, path: str, data: bytes) -> Iterator[Found]:
        """The lookup's own encoding: pieces of folded keys, cut anywhere."""
        assert self.forbidden is not None  # noqa: S101  # asked by the only caller
        try:
            texts = "\n".join(lookup.strings({path.removeprefix(urls.LOOKUP): data}))
        except (ValueError, IndexError, KeyError, TypeError, zlib.error, msgspec.MsgspecError):
            yield Found("leak", 0, "lookup", "检索块读不懂")
            return
        for _ in self.forbidden.folded.find(texts.encode("utf-8", "replace")):
            yield Found("leak", 0, "lookup", "检索的键里有不公开的内容")


def fewest(found: Iterator[Found]) -> list[Found]:
    """Each thing once, at most ``MOST`` of a rule."""
    kept: dict[Found, None] = {}
    told: dict[str, int] = {}
    for one in found:
        if one not in kept and told.get(one.rule, 0) < MOST:
            kept[one] = None
            told[one.rule] = told.get(one.rule, 0) + 1
    return list(kept)


def _line(text: bytes, place: int, how: str) -> int:
    """The line of a place, counted from 1, where the text is the file's own."""
    return 0 if how else text.count(b"\n", 0, place) + 1
