"""How the audit's jobs are run: the build hands in its engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

C = TypeVar("C")
J = TypeVar("J")
R = TypeVar("R")


class Runner(Protocol):
    """``function(context, job)`` for every job, in whatever order they are done; see ``workers.Engine``."""

    def __call__(self, function: Callable[[C, J], R], context: C, jobs: Iterable[J], /) -> Iterator[R]:
        """Run them."""
