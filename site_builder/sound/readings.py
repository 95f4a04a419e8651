"""How a name is read: a syllable for each Chinese character, by pypinyin's phrases, surnames and the places at hand.

Some names are read in more than one way (朝阳); all of them are given, the likeliest first.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
import itertools
from operator import add
from pathlib import Path
import re
from typing import Final, NamedTuple, TypeAlias

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.mmseg import seg

from site_builder.public.places import NOWHERE, Places
from site_builder.sound.beginning import start_of

Reading: TypeAlias = tuple[str, ...]
"""A syllable for a Chinese character, any other character as it is."""

MOST: Final = 4
"""Readings of a name that are kept."""

SHORT: Final = 3
"""Characters of what is taken for a person's name, whatever words it holds."""

NAME: Final = 4
"""Characters of a person's name; in a longer one, what is common in names of firms is no surname first of all."""

_HAN = (("〇", "〇"), ("\u3400", "\u9fff"), ("\U00020000", "\U0003ffff"))


def _is_han(character: str) -> bool:
    return any(first <= character <= last for first, last in _HAN)


def _table(name: str) -> dict[str, tuple[Reading, ...]]:
    """``<characters> <syllables>|<other syllables>``, a line each."""
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return {
        characters: tuple(tuple(one.split()) for one in said.split("|"))
        for characters, said in (line.split(" ", 1) for line in lines)
    }


@cache
def _surnames() -> dict[str, Reading]:
    """How characters are read as a surname, where they have another reading too."""
    return {name: said[0] for name, said in _table("surnames.txt").items()}


@cache
def _several() -> dict[str, tuple[Reading, ...]]:
    """What is read in several ways in names, the likeliest first; a character in a known word is read as in it."""
    return _table("several.txt")


class _Readings(dict[str, str]):
    """How a character is read alone; other characters stand for themselves."""

    def __missing__(self, character: str) -> str:
        reading = lazy_pinyin(character)[0].lower() if _is_han(character) else character
        self[character] = reading
        return reading


_READINGS = _Readings()


_TONES: Final = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǘǚǜńňǹḿ", "aaaaeeeeiiiioooouuuuüüünnnm")


def _by_beginning() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase in PHRASES_DICT:
        found.setdefault(phrase[:2], []).append(phrase)
    return found


_PHRASES: Final = _by_beginning()
"""The dictionary's phrases by their first two characters: made where it is imported, once for all forked processes."""


@cache
def _exceptions(start: str) -> tuple[str, ...]:
    """The phrases that begin so in which some character is not read as it is alone.

    The dictionaries themselves are compared, which is quick, of the beginnings that are met alone.
    """
    return tuple(phrase for phrase in _PHRASES[start] if len(phrase) > 1 and _is_exception(phrase))


def _is_exception(phrase: str) -> bool:
    said = zip(phrase, PHRASES_DICT[phrase], strict=False)
    return any(given[0].translate(_TONES) != _alone(one).translate(_TONES) for one, given in said)


def _alone(character: str) -> str:
    return PINYIN_DICT.get(ord(character), "").split(",")[0]


def _has_exception(name: str) -> bool:
    starts = [start for start in map(add, name, name[1:]) if start in _PHRASES]
    return any(phrase in name for start in starts for phrase in _exceptions(start))


@lru_cache(maxsize=1 << 16)
def _phrase(phrase: str) -> Reading:
    """How one word of a name is read: as the dictionary says, or character by character."""
    tokens = tuple(token.lower() for token in lazy_pinyin(phrase))
    return tokens if len(tokens) == len(phrase) > 1 else tuple(map(_READINGS.__getitem__, phrase))


class _Known(NamedTuple):
    """What is known beside the phrases: the characters that may be read otherwise, and words with their readings."""

    characters: frozenset[str]
    words: dict[str, tuple[Reading, ...]]
    pattern: re.Pattern[str]


@lru_cache(maxsize=8)
def _known(places: Places) -> _Known:
    words = {word: ways for word, ways in _several().items() if len(word) > 1}
    for name, said in places.readings:
        words[name] = tuple(dict.fromkeys((said, *words.get(name, ()))))
    characters = frozenset({word[0] for word in (*words, *_several(), *_surnames())})
    longest = sorted(words, key=lambda word: (-len(word), word))
    return _Known(characters, words, re.compile("|".join(map(re.escape, longest))))


@lru_cache(maxsize=1 << 12)
def readings(name: str, places: Places = NOWHERE) -> tuple[Reading, ...]:
    """The readings of a name without brackets, spaces and marks, the likeliest first; each has an item a character.

    A surname is looked for at its beginning, and behind the site's own city. A name without anything unusual is read
    character by character, which is some thirty times as fast.
    """
    known = _known(places)
    if known.characters.isdisjoint(name) and not _has_exception(name):
        return (tuple([_READINGS[character] for character in name]),)
    start = start_of(name, places)
    ways = [*_ways(name[:start], known), *_ways_of_rest(name[start:], known)]
    found = itertools.islice(itertools.product(*ways), MOST)
    return tuple(dict.fromkeys(tuple(itertools.chain.from_iterable(one)) for one in found))


def _ways_of_rest(rest: str, known: _Known) -> Iterator[tuple[Reading, ...]]:
    """The ways to read each word of what a subject calls itself."""
    surname = next((word for word in (rest[:2], rest[:1]) if word in _surnames()), "")
    ways = list(_ways(rest, known))
    alone = bool(surname) and (len(surname) > 1 or len(ways[0][0]) == 1 or len(rest) <= SHORT)
    if not alone or known.pattern.match(rest):
        yield from ways
        return
    said = [_surnames()[surname], *(_word(surname) if len(surname) == 1 else ())]
    if surname in _several() and len(rest) > NAME:
        said.reverse()
    yield tuple(dict.fromkeys(said))
    yield from _ways(rest[len(surname) :], known)


def _ways(text: str, known: _Known) -> Iterator[tuple[Reading, ...]]:
    """The ways to read each word of a text."""
    end = 0
    for match in known.pattern.finditer(text):
        yield from map(_word, seg.cut(text[end : match.start()]))
        yield known.words[match.group()]
        end = match.end()
    yield from map(_word, seg.cut(text[end:]))


def _word(word: str) -> tuple[Reading, ...]:
    return _several().get(word) or (_phrase(word),)
