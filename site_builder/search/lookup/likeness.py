"""How far one folded name is from another: ``unlikeness`` of ``likeness.js``, the same for the same pair."""

from __future__ import annotations

from collections import Counter
from typing import Final

from site_builder.search.lookup.near import SHORTEST_NAME

_LONG: Final = 9
"""A text of more characters may have two mistakes."""


def distance(one: str, other: str) -> int:
    """Fewest characters to put in, leave out, change or swap with their neighbour to make one text of another."""
    begin, shortest = 0, min(len(one), len(other))
    while begin < shortest and one[begin] == other[begin]:
        begin += 1
    end = 0
    while end < shortest - begin and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = (
        one[begin : len(one) - end],
        other[begin : len(other) - end],
    )  # what is alike at both ends costs nothing
    if not one or not other:
        return len(one) + len(other)
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, left in enumerate(one, start=1):
        line = [row]
        for column, right in enumerate(other, start=1):
            best = min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (left != right))
            if row > 1 and column > 1 and left == other[column - 2] and one[row - 2] == right:
                best = min(best, before[column - 2] + 1)
            line.append(best)
        before, last = last, line
    return last[-1]


def in_order(text: str, other: str) -> int:
    """How many characters of a text stand in another in the same order."""
    last = [0] * (len(other) + 1)
    for character in text:
        line = [0]
        for place, one in enumerate(other):
            line.append(last[place] + 1 if one == character else max(last[place + 1], line[place]))
        last = line
    return last[-1]


def unlikeness(typed: str, name: str) -> float:
    """How far a name is from what was typed, infinite where it is not like it.

    Mistakes in the whole; from 2 on what a short form leaves out; from 3 on words in another order; from 4 on a short
    form with a mistake.
    """
    size = len(typed)
    mistakes = distance(typed, name)
    if mistakes <= (2 if size > _LONG else 1):
        return mistakes
    if size < SHORTEST_NAME:
        return float("inf")
    kept = in_order(typed, name)
    if kept == size:
        return 2 + (len(name) - size) / 100
    if Counter(typed) <= Counter(name) and kept * 2 >= size:
        return 3 + (len(name) - kept) / 100
    if size > SHORTEST_NAME and kept == size - 1:
        return 4 + (len(name) - kept) / 100
    return float("inf")
