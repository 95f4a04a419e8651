"""Many values looked for at once in bytes, in time that does not depend on how many they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
import re
from typing import Final

import ahocorasick_rs
import msgspec

from site_builder.audit.values import Form, Value

_ALNUM: Final = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_JOINED: Final = re.compile(rb"[0-9A-Za-z._-]*")
_ENDS: Final = b"._-"
_ESCAPED: Final = b'"\\'
_QUOTE: Final = _ESCAPED[0]
_CHARACTER: Final = 4


class Pattern(msgspec.Struct, frozen=True):
    """A value to be found. ``whole``: only as a word of its own; ``longer``: published codes it stands in."""

    value: Value
    whole: bool = False
    longer: frozenset[bytes] = frozenset()


class Matcher:
    """Finds patterns in bytes of UTF-8; built once, shared by all workers."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = patterns
        self._search = ahocorasick_rs.BytesAhoCorasick(
            (one.value.text.encode("utf-8", "surrogatepass") for one in patterns),
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )

    def __reduce__(self) -> tuple[type[Matcher], tuple[Sequence[Pattern]]]:
        """On another machine it is built anew."""
        return Matcher, (self.patterns,)

    def find(self, data: bytes) -> Iterator[tuple[int, int]]:
        """(place, number of the pattern) of everything found."""
        if not self.patterns:
            return
        for number, start, end in self._search.find_matches_as_indexes(data, overlapping=True):
            if self._stands(data, start, end, self.patterns[number]):
                yield start, number

    def _stands(self, data: bytes, start: int, end: int, pattern: Pattern) -> bool:
        if pattern.value.form is Form.TEXT:
            return True
        if not bounded(data, start, end):
            return False
        if pattern.longer and not pattern.longer.isdisjoint(_parts(joined(data, start, end))):
            return False
        return not pattern.whole or is_word(data, start, end)


def bounded(data: bytes, start: int, end: int) -> bool:
    """Whether no ASCII letter or digit goes on before or behind a letter or digit."""
    before = start > 0 and data[start] in _ALNUM and data[start - 1] in _ALNUM
    return not before and not (end < len(data) and data[end - 1] in _ALNUM and data[end] in _ALNUM)


def is_word(data: bytes, start: int, end: int) -> bool:
    """Whether no letter, digit or Chinese character of any kind stands before or behind.

    What escapes a quotation mark or a backslash it begins or ends with (JSON, CSV) is a part of that.
    """
    if data[start] in _ESCAPED and start > 0 and data[start - 1] in _ESCAPED:
        start -= 1
    if data[end - 1] == _QUOTE and data[end : end + 1] == b'"':
        end += 1
    before = data[max(0, start - _CHARACTER) : start].decode("utf-8", "ignore")
    behind = data[end : end + _CHARACTER].decode("utf-8", "ignore")
    return not before[-1:].isalnum() and not behind[:1].isalnum()


def joined(data: bytes, start: int, end: int) -> bytes:
    """The run of letters, digits, dots, hyphens and underscores around a code."""
    first = start
    while first > 0 and (data[first - 1] in _ALNUM or data[first - 1] in _ENDS):
        first -= 1
    match = _JOINED.match(data, end)
    return data[first : match.end() if match else end].strip(_ENDS)


def _parts(run: bytes) -> Iterable[bytes]:
    """The run, and without its last extension: ``S-1-2.html`` → also ``S-1-2``."""
    return {run, run.rpartition(b".")[0], run.rpartition(b".")[0].rpartition(b".")[0]}


class Verdicts:
    """What published text says of the candidates: which of them are public, or parts of what is."""

    MOST_LONGER: Final = 64
    """Published codes one withheld code may stand in before it is looked for no more."""

    def __init__(self) -> None:
        self.public: set[int] = set()
        self.part: set[int] = set()
        self.longer: dict[int, set[bytes]] = {}

    def read(self, candidates: Matcher, text: bytes) -> None:
        """Take in a published text."""
        for start, number in candidates.find(text):
            if number in self.public:
                continue
            value = candidates.patterns[number].value
            end = start + len(value.text.encode())
            if value.form is Form.CODE:
                run = joined(text, start, end)
                if run == value.text.encode() or len(run) <= end - start:
                    self.public.add(number)
                else:
                    self.longer.setdefault(number, set()).add(run)
            elif value.form is Form.NAME and not is_word(text, start, end):
                self.part.add(number)
            else:
                self.public.add(number)

    def add(self, other: Verdicts) -> None:
        """Take in what another reader found."""
        self.public |= other.public
        self.part |= other.part
        for number, runs in other.longer.items():
            self.longer.setdefault(number, set()).update(runs)

    def left(self, candidates: Matcher) -> list[Pattern]:
        """The patterns that remain to be looked for."""
        return [
            Pattern(one.value, number in self.part, frozenset(self.longer.get(number, ())))
            for number, one in enumerate(candidates.patterns)
            if number not in self.public and len(self.longer.get(number, ())) <= self.MOST_LONGER
        ]
