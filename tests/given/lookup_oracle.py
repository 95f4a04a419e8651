"""The lookup by brute force: what holds every word of a query, in the order of hits."""

from __future__ import annotations

from site_builder.search.lookup import LookupRow
from site_builder.search.lookup.keys import Keys, keys_of
from site_builder.search.lookup.normalise import words
from site_builder.search.lookup.rows import in_order

EQUAL, BEGINS, HOLDS, NOT = 3, 2, 1, 0


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
    if len(word) >= 2 and keys.syllables:
        scores += [score_in_reading(reading, word) for reading in (keys.syllables, keys.initials)]
    if len(word) >= 4 and keys.code:
        scores.append(score_in(keys.code, word))
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
