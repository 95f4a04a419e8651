"""The lookup by brute force: what holds every word of a query, in the order of hits."""

from __future__ import annotations

import re
from unicodedata import normalize

from site_builder.records.values import is_credit_code
from site_builder.search.lookup import LookupRow
from site_builder.search.lookup.keys import Keys, keys_of
from site_builder.search.lookup.normalise import fold
from site_builder.search.lookup.rows import in_order

EQUAL, BEGINS, HOLDS, TOLD, NOT = 3, 2, 1, 0, -1

_SPACES = re.compile(r"[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+", re.ASCII)
_CODE = re.compile(r"[1-9a-z]{2}[1-8oizs][0-9oizs]{5}[0-9a-z]{10}")
_RESIDENT = re.compile(r"[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx]", re.ASCII)


def words(query: str) -> list[str]:
    """The different folded words of a query: parted at white space, but a whole code is one however it is typed."""
    whole = fold(query)
    if _CODE.fullmatch(whole):
        digits = whole.translate(str.maketrans("oizs", "0125"))
        if is_credit_code(digits):
            return [digits]
        if not _RESIDENT.fullmatch(whole):
            return [whole]
    found = map(fold, _SPACES.split(normalize("NFKC", query)))
    return list(dict.fromkeys(word for word in found if word))


def score_in(text: str, word: str) -> int:
    if text == word:
        return EQUAL
    if text.startswith(word):
        return BEGINS
    return HOLDS if word in text else NOT


def score_in_reading(reading: list[str], word: str) -> int:
    tails = ["".join(reading[first:]) for first in range(len(reading))]
    if tails[0] == word:
        return EQUAL
    if tails[0].startswith(word):
        return BEGINS
    return HOLDS if any(tail.startswith(word) for tail in tails) else NOT


def score(keys: Keys, word: str) -> int:
    scores = [score_in(text, word) for text in (keys.title, keys.number) if text]
    if len(word) >= 2:
        for place, reading in enumerate(keys.readings):
            best = max(score_in_reading(one, word) for one in (reading, [syllable[0] for syllable in reading]))
            scores.append(best if place == 0 else min(best, HOLDS))
    if len(word) >= 4:
        scores += [score_in(keys.code, word), score_in_reading(keys.id or [""], word)]
    if len(word) >= 3 and any(word in text for text in (keys.authority, keys.list_name)):
        scores.append(TOLD)
    return max(scores, default=NOT)


class Oracle:
    def __init__(self, rows: list[LookupRow]) -> None:
        self.rows = list(in_order(rows))
        self.keys = [keys_of(row) for row in self.rows]

    def answer(self, query: str) -> list[tuple[LookupRow, int]]:
        asked = words(query)
        found = []
        for number, keys in enumerate(self.keys):
            scores = [score(keys, word) for word in asked]
            if scores and min(scores) > NOT:
                best = max(scores) if len(asked) == 1 else min(BEGINS, max(scores))
                found.append((best, number))
        return [(self.rows[number], best) for best, number in sorted(found, reverse=True)]
