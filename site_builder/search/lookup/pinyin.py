"""One reading a name: pypinyin's, a syllable for each Chinese character."""

from __future__ import annotations

from functools import cache, lru_cache
from operator import add

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.mmseg import seg

_HAN = (("〇", "〇"), ("\u3400", "\u9fff"), ("\U00020000", "\U0003ffff"))


def _is_han(character: str) -> bool:
    return any(first <= character <= last for first, last in _HAN)


class _Readings(dict[str, str]):
    """How a character is read alone; other characters stand for themselves."""

    def __missing__(self, character: str) -> str:
        reading = lazy_pinyin(character)[0].lower() if _is_han(character) else character
        self[character] = reading
        return reading


_READINGS = _Readings()


@cache
def _exceptions() -> dict[str, tuple[str, ...]]:
    """The phrases in which some character is not read as it is alone, by their first two characters.

    Most phrases are set aside by comparing the dictionaries themselves, tones and all, which is quick.
    """
    alone = {chr(point): readings.split(",")[0] for point, readings in PINYIN_DICT.items()}
    found: dict[str, list[str]] = {}
    for phrase, readings in PHRASES_DICT.items():
        if len(phrase) < 2 or all(alone.get(one) == given[0] for one, given in zip(phrase, readings, strict=False)):  # noqa: PLR2004 - a phrase has two characters
            continue
        if lazy_pinyin(phrase) != [_READINGS[character] for character in phrase]:
            found.setdefault(phrase[:2], []).append(phrase)
    return {start: tuple(phrases) for start, phrases in found.items()}


def _has_exception(name: str) -> bool:
    exceptions = _exceptions()
    if exceptions.keys().isdisjoint(map(add, name, name[1:])):
        return False
    return any(phrase in name for start in map(add, name, name[1:]) for phrase in exceptions.get(start, ()))


@lru_cache(maxsize=1 << 16)
def _phrase(phrase: str) -> tuple[str, ...]:
    """How one word of a name is read: as the dictionary says, or character by character."""
    tokens = tuple(token.lower() for token in lazy_pinyin(phrase))
    return tokens if len(tokens) == len(phrase) > 1 else tuple(map(_READINGS.__getitem__, phrase))


def syllables(name: str) -> list[str]:
    """The name's reading, one item a character: a syllable for a Chinese one, any other as it is.

    Equal to ``lazy_pinyin``; a name without a phrase of unusual reading is read character by character, which is
    some thirty times as fast.
    """
    if not _has_exception(name):
        return [_READINGS[character] for character in name]
    return [syllable for word in seg.cut(name) for syllable in _phrase(word)]
