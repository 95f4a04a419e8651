"""All questions of a list held against the published records in one pass: the records go by, the questions stay.

Exact and folded by a table; look-alike letters and the form of the firm by another; near names by the hashes of the
lookup (``search/lookup/near``), told only where ``unlikeness`` says so; what holds or is held, by searching many at
once. A natural person is never near to anything.
"""

from __future__ import annotations

from collections.abc import Sequence
import enum
from itertools import chain
from typing import Final
import unicodedata

import msgspec

from site_builder.match.candidates import Held, Mistyped, Shortened, stem
from site_builder.match.codes import latin, sound_near
from site_builder.match.data import Entry
from site_builder.match.questions import Asked
from site_builder.search.lookup.characters import simplified
from site_builder.search.lookup.likeness import distance, unlikeness
from site_builder.search.lookup.near import SHORTEST_NAME
from site_builder.search.lookup.normalise import fold
from site_builder.vocabulary import Kind

MOST: Final = 5
"""Records told of one question at each level; the rest are counted."""

SHORT: Final = 2
"""How far (``unlikeness``) a short form is at least; below are mistakes."""

WORDS: Final = 3
"""How far words in another order are at least."""

HELD: Final = 5
"""How far a name is that holds a question or is held by it: told after all others."""


class Level(enum.IntEnum):
    """How a record answers a question; what is below ``NEAR`` is an answer, what is not has to be looked at."""

    SAME = 0
    WRITTEN = 1
    NEAR = 2


class Hit(msgspec.Struct, frozen=True):
    """A record that answers a question, and why it is one where it is not written the same."""

    level: Level
    why: str
    entry: Entry
    far: float = 0


class Found:
    """What answers one question: the hits that are told, and how many there are in all at each level."""

    def __init__(self) -> None:
        self.hits: list[Hit] = []
        self.counts = [0, 0, 0]

    def add(self, hit: Hit) -> None:
        """Take in a hit; a record is told once."""
        if any(one.entry.kind is hit.entry.kind and one.entry.id == hit.entry.id for one in self.hits):
            return
        self.counts[hit.level] += 1
        self.hits.append(hit)
        if self.counts[hit.level] > MOST:
            self.hits.remove(max((one for one in self.hits if one.level is hit.level), key=_place))

    @property
    def is_full(self) -> bool:
        """Whether no further near record would be told: there are better ones, or as many as near."""
        sure = self.counts[Level.SAME] + self.counts[Level.WRITTEN]
        return sure > 0 or sum(one.far <= 1 for one in self.hits) >= MOST

    def told(self) -> tuple[list[Hit], int]:
        """The hits in order, near ones only where there are no others, and how many more there are."""
        sure = [one for one in self.hits if one.level < Level.NEAR]
        hits = sure or self.hits
        most = sum(self.counts[: Level.NEAR]) if sure else self.counts[Level.NEAR]
        return sorted(hits, key=lambda one: (one.level, *_place(one))), most - len(hits)


def _place(hit: Hit) -> tuple[int, bool, float]:
    """Where a hit stands among those of its level: the likest first, of those alike the severe list before all else."""
    return int(hit.far), hit.entry.kind is not Kind.SEVERE, hit.far


class Comparison:
    """The questions, each once; ``found`` is in their order."""

    def __init__(self, questions: Sequence[Asked]) -> None:
        self.found = [Found() for _ in questions]
        self._questions = questions
        self._names: dict[str, list[int]] = {}
        self._plain: dict[str, list[int]] = {}
        self._codes: dict[str, list[tuple[int, Level, str]]] = {}
        for place, one in enumerate(questions):
            if one.is_name:
                self._names.setdefault(one.folded, []).append(place)
                self._plain.setdefault(plainly(one.folded), []).append(place)
            else:
                self._note_code(place, one)
        long = [name for name in self._names if len(name) >= SHORTEST_NAME - 1]
        self._mistyped, self._held, self._shortened = Mistyped(long), Held(long), Shortened(long)

    def _note_code(self, place: int, one: Asked) -> None:
        if one.code and one.sound:
            level = Level.WRITTEN if one.why else Level.SAME
            self._codes.setdefault(one.code, []).append((place, level, one.why))
        for other in sound_near(one.code) if one.code and not one.sound else ():
            self._codes.setdefault(other, []).append((place, Level.NEAR, "与它只差一位的代码"))
        if one.masked:
            why = "证件号遮掩之后相同（前四位、后四位），核对是不是同一人"
            self._codes.setdefault(one.masked, []).append((place, Level.NEAR, why))

    def take(self, batch: Sequence[Entry]) -> None:
        """Hold some records against all questions."""
        names = [fold(entry.name) for entry in batch]
        for entry, name in zip(batch, names, strict=True):
            self._by_name(entry, name)
            self._by_code(entry)
        public = [(entry, name) for entry, name in zip(batch, names, strict=True) if _is_offered(entry, name)]
        offered = [name for _, name in public]
        for asked, at in self._mistyped.pairs(offered):
            self._note_mistyped(asked, *public[at])
        for asked, at, why in self._held.pairs(offered):
            self._add_near(asked, Hit(Level.NEAR, why, public[at][0], HELD + abs(len(asked) - len(offered[at])) / 100))
        for asked, at in self._shortened.pairs(offered):
            if not self._is_full(asked) and (far := unlikeness(stem(asked), stem(offered[at]))) < WORDS:
                self._add_near(asked, Hit(Level.NEAR, "是它省了字的简称", public[at][0], far))

    def _by_name(self, entry: Entry, name: str) -> None:
        for place in self._names.get(name, ()):
            text = self._questions[place].text
            why = written(text, entry.name)
            self.found[place].add(Hit(Level.WRITTEN if why else Level.SAME, why, entry))
        for place in self._plain.get(plainly(name), ()) if not entry.is_person else ():
            asked = self._questions[place].folded
            if asked != name:
                why = "有形似的字母" if latin(asked) == latin(name) else "只差组织形式"
                self.found[place].add(Hit(Level.NEAR, why, entry, 0.5))

    def _by_code(self, entry: Entry) -> None:
        for place, level, why in self._codes.get(fold(entry.code), ()) if entry.code else ():
            asked = self._questions[place]
            if level is Level.SAME and entry.code != asked.text:
                level, why = Level.WRITTEN, written(asked.text, entry.code)  # noqa: PLW2901
            self.found[place].add(Hit(level, why, entry))

    def _is_full(self, asked: str) -> bool:
        return all(self.found[place].is_full for place in self._names[asked])

    def _note_mistyped(self, asked: str, entry: Entry, name: str) -> None:
        if asked == name or self._is_full(asked):
            return
        far = unlikeness(asked, name)
        if far != float("inf"):
            mistakes = distance(asked, name)
            why = f"差 {mistakes} 个字" if far <= SHORT else "字的次序不同，或者省了字"
            self._add_near(asked, Hit(Level.NEAR, why, entry, far))

    def _add_near(self, asked: str, hit: Hit) -> None:
        for place in self._names[asked]:
            self.found[place].add(hit)


def _is_offered(entry: Entry, name: str) -> bool:
    """As the lookup has it: no natural person's, and not too short."""
    return not entry.is_person and len(name) >= SHORTEST_NAME


def plainly(folded: str) -> str:
    """What is left of a folded name without the form of the firm and with look-alike letters as one."""
    return stem(latin(folded))


_CLASSES: Final = (
    ("看不见的字符", lambda one: unicodedata.category(one) in {"Cf", "Cc", "Cs"} or one in "\u034f\u3164\uffa0"),
    ("空格", lambda one: one.isspace()),
    ("繁体字", lambda one: one in simplified() and one.isalpha()),
    ("全角", lambda one: unicodedata.normalize("NFKC", one) != one),
    ("括号", lambda one: unicodedata.category(one) in {"Ps", "Pe"}),
    ("大小写", lambda one: one.isalpha() and one.lower() != one.upper()),
    ("标点、横线", lambda one: unicodedata.category(one)[0] in "PSM"),
)
"""How two ways of writing may differ, by the characters one has and the other has not."""


def written(text: str, other: str) -> str:
    """How two texts that fold to the same differ, in words; empty where they do not."""
    if text == other:
        return ""
    signs = dict.fromkeys(chain(text, other))
    differing = [one for one in signs if text.count(one) != other.count(one)]
    told = {next((name for name, fits in _CLASSES if fits(one)), "") for one in differing} - {""}
    return f"写法不同：{'、'.join(name for name, _ in _CLASSES if name in told)}" if told else "写法不同"
