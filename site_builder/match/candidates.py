"""Which of many names are worth comparing with which questions: found many at once, decided elsewhere.

All are folded. A mistake: by the hashes of the lookup (``search/lookup/near``). What holds or is held: by searching all
questions in all names, and back. A short form: by the rarest pair of neighbours it has, and by having all its
characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

from ahocorasick_rs import BytesAhoCorasick, Implementation
import numpy as np
from numpy.typing import NDArray

from site_builder.search.lookup.near import SHORTEST_NAME, hashes_of

LONGEST: Final = 100
"""UTF-16 units of the longest name that mistakes are looked for in."""

RARE: Final = 1000
"""A pair of neighbours is rare that one in so many names has, or fewer."""

FEW: Final = 20
"""So many names may have it in any case."""

PAIRS: Final = 2
"""Rare pairs a short form is looked for by: what it leaves out parts one of them at most."""

FORMS: Final = (
    "股份有限责任公司",
    "集团股份有限公司",
    "集团有限责任公司",
    "集团有限公司",
    "有限责任公司",
    "股份有限公司",
    "特殊普通合伙",
    "普通合伙",
    "有限合伙",
    "有限公司",
    "集团公司",
    "合伙企业",
    "公司",
    "集团",
)
"""Forms of firms a name may end with, folded; people leave them out, or write another."""

_END: Final = b"\n"
Hashes = NDArray[np.uint32]
Masks = NDArray[np.uint64]
Numbers = NDArray[np.int64]


class Mistyped:
    """Which names share a hash with which questions: then they may differ by a mistake."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        hashes, places = _hashed(names)
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._places = hashes[order], places[order]

    def pairs(self, names: Sequence[str]) -> Iterator[tuple[str, int]]:
        """(question, place among ``names``), each once."""
        if not len(self._hashes):
            return
        hashes, places = _hashed(names)
        first = np.searchsorted(self._hashes, hashes, "left")
        there = self._hashes[np.minimum(first, len(self._hashes) - 1)] == hashes
        hashes, places, first = hashes[there], places[there], first[there]
        last = np.searchsorted(self._hashes, hashes, "right")
        met: set[tuple[int, int]] = set()
        for place, begin, end in zip(places.tolist(), first.tolist(), last.tolist(), strict=True):
            met.update((asked, place) for asked in self._places[begin:end].tolist())
        yield from ((self._names[asked], place) for asked, place in sorted(met))


def _hashed(names: Sequence[str]) -> tuple[Hashes, Numbers]:
    """The hashes of all names (``near.hashes_of``), and whose each is."""
    of: dict[int, list[tuple[int, bytes]]] = {}
    for place, name in enumerate(names):
        units = name.encode("utf-16-le", "surrogatepass")
        if len(units) <= 2 * LONGEST:
            of.setdefault(len(units) // 2, []).append((place, units))
    hashes, places = [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)]
    for length, some in of.items():
        units_ = np.frombuffer(b"".join([one for _, one in some]), "<u2").reshape(-1, length).astype(np.uint32)
        found = hashes_of(units_)
        hashes.append(found.ravel())
        places.append(np.repeat(np.array([place for place, _ in some], np.int64), found.shape[1]))
    return np.concatenate(hashes), np.concatenate(places)


class Held:
    """Which names hold a question, or its part before the form of the firm; and which are held by one."""

    def __init__(self, names: Sequence[str]) -> None:
        long = [name for name in names if len(name) >= SHORTEST_NAME]
        of: dict[str, list[str]] = {}
        for name in long:
            for piece in {name, stem(name)}:
                if len(piece) >= SHORTEST_NAME:
                    of.setdefault(piece, []).append(name)
        self._asked = [*of.values()]
        self._pieces = [*of]
        self._held = _automaton(self._pieces)
        self._text, self._starts = _joined(long)
        self._long = long

    def pairs(self, names: Sequence[str]) -> Iterator[tuple[str, int, str]]:
        """(question, place among ``names``, why); of what is the same in whole nothing is told."""
        if not self._pieces or not names:
            return
        text, starts = _joined(names)
        for piece, at in _met(self._held, text, starts):
            for asked in self._asked[piece]:
                if asked != names[at]:
                    held = self._pieces[piece]
                    yield asked, at, "名称里含有它" if held == asked else f"名称里含有「{held}」"
        public: dict[str, list[int]] = {}
        for place, name in enumerate(names):
            public.setdefault(name, []).append(place)
        distinct = [*public]
        for inner, at in _met(_automaton(distinct), self._text, self._starts):
            if distinct[inner] != self._long[at]:
                yield from ((self._long[at], place, "它里面含有这个名称") for place in public[distinct[inner]])


def _automaton(texts: Iterable[str]) -> BytesAhoCorasick | None:
    patterns = [text.encode("utf-8", "surrogatepass") for text in texts]
    return BytesAhoCorasick(patterns, implementation=Implementation.ContiguousNFA) if patterns else None


def _joined(texts: Sequence[str]) -> tuple[bytes, Numbers]:
    """The texts as one, a line each, and where each begins."""
    lines = [text.encode("utf-8", "surrogatepass") + _END for text in texts]
    return b"".join(lines), np.array([0, *accumulate(map(len, lines))][:-1], np.int64)


def _met(automaton: BytesAhoCorasick | None, text: bytes, starts: Numbers) -> list[tuple[int, int]]:
    """(pattern, line) of all that is met, each once."""
    found = automaton.find_matches_as_indexes(text, overlapping=True) if automaton is not None else []
    if not found:
        return []
    lines = np.searchsorted(starts, np.array([begin for _, begin, _ in found], np.int64), "right") - 1
    return sorted(set(zip([pattern for pattern, _, _ in found], lines.tolist(), strict=True)))


class Shortened:
    """Which names may have the characters of which questions in their order, with others between them.

    Names and questions are compared without the form of the firm.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = [name for name in names if len(stem(name)) >= SHORTEST_NAME]
        stems = [stem(name) for name in self._names]
        self._pairs, self._of = _neighbours(stems)
        self._masks = _masks(stems)

    def pairs(self, names: Sequence[str]) -> Iterator[tuple[str, int]]:
        """(question, place among ``names``), each once."""
        stems = [stem(name) for name in names]
        pairs, places = _neighbours(stems)
        order = np.argsort(pairs, kind="stable")
        pairs, places = pairs[order], places[order]
        first = np.searchsorted(pairs, self._pairs, "left")
        count = np.searchsorted(pairs, self._pairs, "right") - first
        chosen = self._rarest(count, max(FEW, len(names) // RARE))
        first, count, asked = first[chosen], count[chosen], self._of[chosen]
        at = np.repeat(first - (np.cumsum(count) - count), count) + np.arange(count.sum())
        asked, place = np.repeat(asked, count), places[at]
        masks = _masks(stems)
        fits = ((self._masks[asked] & ~masks[place]) == 0).all(axis=1)
        for one, other in sorted(set(zip(asked[fits].tolist(), place[fits].tolist(), strict=True))):
            yield self._names[one], other

    def _rarest(self, count: Numbers, most: int) -> Numbers:
        """Of each question's pairs, as they are counted, the places of the rarest: no more than ``most`` names have."""
        order = np.lexsort((count, self._of))
        begins = np.flatnonzero(np.diff(self._of[order], prepend=-1))
        rank = np.arange(len(order)) - np.repeat(begins, np.diff(np.append(begins, len(order))))
        return order[(rank < PAIRS) & (count[order] > 0) & (count[order] <= most)]


def _neighbours(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Every pair of neighbouring characters as a number, and whose it is."""
    points, lengths = _points(texts)
    whose = np.repeat(np.arange(len(texts)), lengths)
    inside = whose[1:] == whose[:-1]
    return (points[:-1] << 21 | points[1:])[inside], whose[:-1][inside]


def _masks(texts: Sequence[str]) -> Masks:
    """Two bits of 64 for each character a text has; a text that has all of another's characters has all its bits."""
    points, lengths = _points(texts)
    mixed = points.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    bits = np.stack([np.uint64(1) << (mixed >> np.uint64(shift) & np.uint64(63)) for shift in (58, 40)], axis=1)
    begins = np.cumsum(lengths) - lengths
    return np.bitwise_or.reduceat(bits, begins, axis=0) if len(texts) else np.zeros((0, 2), np.uint64)


def _points(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """The code points of all texts, one after another, and how many each has."""
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(joined, "<u4").astype(np.int64), np.array([*map(len, texts)], np.int64)


def stem(folded: str) -> str:
    """A folded name without the form of the firm at its end; the whole where nothing else is left."""
    left = folded
    while left.endswith(FORMS) and (form := next((one for one in FORMS if left.endswith(one) and left != one), "")):
        left = left[: -len(form)]
    return left
