"""The keys of all rows as one array of UTF-16 units, and where in it a query may start.

UTF-16, because that is how the browser compares text. Every row has the same keys, empty ones too, each closed by
``END``: key k of the array is row k // ``KEYS``'s. What else a name may be read as stands in one key, parted by
``OTHER``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Generic, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from site_builder.search.lookup.keys import CODE, LATIN, SAID, SHORTEST, TEXT, Keys

N = TypeVar("N", bound=np.generic)
Units: TypeAlias = NDArray[np.uint16]
Numbers: TypeAlias = NDArray[np.uint32]
Places: TypeAlias = NDArray[np.int32]
Bytes: TypeAlias = NDArray[np.uint8]

END: Final = "\x01"
"""Closes a key; no folded text holds it, and nothing is below it."""

WIDTH: Final = 48
"""Units of a suffix that are compared; what agrees further is told apart by the rows themselves."""

START: Final = 1
"""The flag's lowest bit: the suffix is a whole key. The bits above it are the key's type."""

OTHER: Final = "\x03"
"""Stands between readings; no folded text holds it."""

_PART: Final = "\x02"
"""Stands before a syllable or a part of an id until the array is made; no folded text holds it either."""

_TYPES: Final = np.array([TEXT, TEXT, CODE, SAID, SAID, LATIN, LATIN, LATIN, LATIN, CODE], np.uint8)
KEYS: Final = len(_TYPES)
"""Keys a row has: title, number, code, authority, list, initials and other ones, reading and other ones, id."""

_IN_PARTS: Final = 7
"""From here on a key may be entered at a part's start alone."""

_BEGUN: Final = ~np.isin(np.arange(KEYS), [3, 4, 6, 8])
"""The keys whose beginning is told apart from what stands within: not an authority's, a list's or another reading's."""

_SHORTEST: Final = np.array([SHORTEST[type_] for type_ in _TYPES], np.int32)
_LOW_SURROGATES: Final = (0xDC00, 0xDFFF)

SCANNED: Final = 1 << 20
"""Places looked at together."""

PIECE: Final = 1 << 25
"""Numbers in one stretch of memory."""

BATCH: Final = 1 << 15
"""Keys that wait as text, or groups of them."""


class Text:
    """All keys. ``ranks`` are the units by their place in ``alphabet``, so that ``END`` is 0; zeros stand behind them.

    ``starts`` says where a query may start. What is given is emptied.
    """

    def __init__(self, units: _Long[np.uint16], starts: _Long[np.bool_], ends: list[Numbers]) -> None:
        seen = np.zeros(1 << 16, np.bool_)
        seen[ord(END)] = True
        for part in units.parts():
            seen[part] = True
        self.alphabet: Units = np.flatnonzero(seen).astype(np.uint16)
        ranks = (np.cumsum(seen) - 1).astype(np.uint16)
        self.counts = np.zeros(len(self.alphabet), np.int64)
        for part, starting in zip(units.parts(), starts.parts(), strict=True):
            self.counts += np.bincount(ranks[part[starting]], minlength=len(self.alphabet))
        self.ranks: Units = np.zeros(len(units) + WIDTH, np.uint16)
        self.starts: NDArray[np.bool_] = np.zeros(len(self.ranks), np.bool_)
        at = 0
        for part, starting in zip(units.emptied(), starts.emptied(), strict=True):
            self.ranks[at : at + len(part)] = ranks[part]
            self.starts[at : at + len(part)] = starting
            at += len(part)
        self._ends = np.concatenate([np.zeros(0, np.uint32), *ends])

    def starting(self, first: int, last: int) -> Places:
        """The places, ascending, where a query may start that begins with a rank from ``first`` to before ``last``."""
        found = []
        for at in range(0, len(self.ranks), SCANNED):
            inside = (self.ranks[at : at + SCANNED] - np.uint16(first)) < last - first
            inside &= self.starts[at : at + SCANNED]
            found.append(np.flatnonzero(inside).astype(np.int32) + np.int32(at))
        return np.concatenate(found)

    def owners(self, places: Places) -> tuple[Numbers, Bytes, Bytes]:
        """For ascending places: rows, flags, lengths.

        A flag is ``START`` where a key begins, and the type; a length the units to the key's end, which is counted, at
        most one more than ``WIDTH``.
        """
        keys = np.searchsorted(self._ends, places).astype(np.uint32)
        lengths = np.minimum(self._ends[keys] - places + 1, WIDTH + 1).astype(np.uint8)
        rows, keys = np.divmod(keys, np.uint32(KEYS))
        begins = self.ranks[places - 1] == 0
        begins[places == 0] = True
        begins &= _BEGUN[keys]
        return rows, _TYPES[keys] << 1 | begins, lengths

    def spelt(self, place: int, length: int) -> str:
        """``length`` units from a place, a pair that is cut in two as half of it."""
        units = self.alphabet[self.ranks[place : place + length]]
        return units.astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")


class _Long(Generic[N]):
    """Numbers one after another, in pieces so large that the system has their memory back as soon as they are let go.

    (From 32 MiB on, that is; of smaller ones the allocator keeps what it may want again.)
    """

    def __init__(self, kind: type[N]) -> None:
        self._kind = kind
        self._pieces: list[NDArray[N]] = []
        self._used = PIECE

    def __len__(self) -> int:
        return len(self._pieces) * PIECE - (PIECE - self._used)

    def add(self, numbers: NDArray[N]) -> None:
        """Put numbers behind the others."""
        while len(numbers):
            if self._used == PIECE:
                self._pieces.append(np.empty(PIECE, self._kind))
                self._used = 0
            fitting, numbers = numbers[: PIECE - self._used], numbers[PIECE - self._used :]
            self._pieces[-1][self._used : self._used + len(fitting)] = fitting
            self._used += len(fitting)

    def parts(self) -> Iterator[NDArray[N]]:
        """All of them, some million at a time."""
        for piece in self._pieces:
            yield from self._cut(piece)

    def emptied(self) -> Iterator[NDArray[N]]:
        """All of them, each let go after it was given."""
        while self._pieces:
            yield from self._cut(self._pieces[0])
            del self._pieces[0]

    def _cut(self, piece: NDArray[N]) -> Iterator[NDArray[N]]:
        used = self._used if piece is self._pieces[-1] else PIECE
        for at in range(0, used, SCANNED):
            yield piece[at : min(at + SCANNED, used)]


class Keyring:
    """Collects the keys of rows 0, 1, 2, …; ``close`` gives them as ``Text``."""

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._units = _Long(np.uint16)
        self._starts = _Long(np.bool_)
        self._ends: list[Numbers] = []
        self._length = 0

    def add(self, keys: Keys) -> None:
        """The next row's keys."""
        initials = list(dict.fromkeys(["".join([syllable[0] for syllable in one]) for one in keys.readings]))
        self._waiting += (
            *(f"{one}{END}" for one in (keys.title, keys.number, keys.code, keys.authority, keys.list_name)),
            f"{''.join(initials[:1])}{END}{OTHER.join(initials[1:])}{END}",
            f"{_in_parts(keys.syllables)}{END}{OTHER.join(map(_in_parts, keys.readings[1:]))}{END}",
            f"{_in_parts(keys.id)}{END}",
        )
        if len(self._waiting) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        marked = np.frombuffer("".join(self._waiting).encode("utf-16-le"), "<u2").astype(np.uint16, copy=False)
        self._waiting.clear()
        mark = marked == ord(_PART)
        part = np.zeros(len(marked), np.bool_)
        part[1:] = mark[:-1]
        units, part = marked[~mark], part[~mark]
        end = units == ord(END)
        key = np.cumsum(end, dtype=np.int32) - end
        ends = np.flatnonzero(end).astype(np.uint32)
        left = ends[key] - np.arange(len(units), dtype=np.uint32)
        key %= KEYS
        starts = (key < _IN_PARTS) | part
        starts &= units != ord(OTHER)
        starts &= left >= _SHORTEST[key]
        starts &= (units < _LOW_SURROGATES[0]) | (units > _LOW_SURROGATES[1])
        self._units.add(units)
        self._starts.add(starts)
        self._ends.append(ends + np.uint32(self._length))
        self._length += len(units)

    def close(self) -> Text:
        """All keys there are."""
        if self._waiting:
            self._flush()
        return Text(self._units, self._starts, self._ends)


def _in_parts(parts: list[str]) -> str:
    return f"{_PART}{_PART.join(parts)}" if parts else ""
