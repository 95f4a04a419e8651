"""Places on a page of a PDF: upright rectangles, and the matrices things are drawn by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

_SPARE: Final = 1.0
"""Points, and of a hundred of its side, that a picture may reach beyond what is seen: where numbers are rounded."""

Matrix = tuple[float, float, float, float, float, float]
SAME: Final[Matrix] = (1, 0, 0, 1, 0, 0)


class Box(NamedTuple):
    """An upright rectangle of a page, in points."""

    left: float
    low: float
    right: float
    high: float

    def cut(self, other: Box) -> Box:
        """What both have; of two that do not meet its sides stand the wrong way round."""
        return Box(*map(max, self[:2], other[:2]), *map(min, self[2:], other[2:]))

    def meets(self, other: Box) -> bool:
        """Whether they have anything in common."""
        both = self.cut(other)
        return both.left < both.right and both.low < both.high

    def holds(self, other: Box) -> bool:
        """Whether the other one is inside, but for what is spared."""
        wide, tall = (max(_SPARE, _SPARE / 100 * side) for side in (other.right - other.left, other.high - other.low))
        return Box(self.left - wide, self.low - tall, self.right + wide, self.high + tall).cut(other) == other


def numbers(operands: Sequence[object]) -> list[float]:
    """The operands as numbers; raises ``TypeError`` or ``ValueError`` where one is none."""
    return [float(one) for one in operands]  # type: ignore[arg-type]  # what is no number is not sound, told by who asks


def matrix_of(operands: Sequence[object]) -> Matrix:
    """Six numbers as a matrix; raises as ``numbers`` does."""
    a, b, c, d, e, f = numbers(operands)
    return a, b, c, d, e, f


def times(first: Matrix, second: Matrix) -> Matrix:
    """The first, then the second."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def place(matrix: Matrix, across: float, up: float) -> tuple[float, float]:
    """Where a point is drawn, in points from the page's left and low side."""
    a, b, c, d, e, f = matrix
    return a * across + c * up + e, b * across + d * up + f


def around(matrix: Matrix, box: Box) -> Box:
    """The upright rectangle around a box that is drawn by a matrix."""
    return bounds([place(matrix, across, up) for across in (box.left, box.right) for up in (box.low, box.high)])


def bounds(places: Sequence[tuple[float, float]]) -> Box:
    """The upright rectangle around places."""
    across, up = ([one[axis] for one in places] for axis in (0, 1))
    return Box(min(across), min(up), max(across), max(up))


def box_of(corners: object) -> Box:
    """Two opposite corners, in any order, as a box; raises as ``numbers`` does."""
    left, low, right, high = numbers(corners)  # type: ignore[arg-type]  # an array of four, or not sound
    return Box(min(left, right), min(low, high), max(left, right), max(low, high))
