"""How much of each check is done: a small size by ``make test``, the full one by ``make long``.

``make long`` sets ``SITE_BUILDER_LONG=1``. The tests are the same.
What one may want to change alone has a variable of its own.
"""

import os

LONG = os.environ.get("SITE_BUILDER_LONG") == "1"


def size(name: str, small: int, full: int) -> int:
    """The size ``SITE_BUILDER_<name>`` says, else the small or the full one."""
    return int(os.environ.get(f"SITE_BUILDER_{name}", full if LONG else small))


KILLS = size("KILLS", 100, 1000)
"""Builds killed while a reader crawls (``tests/crash``)."""

EVERY = size("EVERY", 50, 1)
"""Away from the switch every so many changes to the disk are refused, or interrupted; one a build."""

NEAR = size("NEAR", 2, 1)
"""Near the switch every so many changes to the disk; what refuses once and what refuses from then on take turns."""

WORLDS = size("WORLDS", 10, 3000)
"""Entries of the site that is built in sixteen surroundings."""

HISTORIES = size("HISTORIES", 30, 2000)
"""Histories of releases."""

FOLLOWED = size("FOLLOWED", 6, 100)
"""Releases in a row that a copy follows."""

LAWS = size("LAWS", 100, 10_000)
"""Examples of every Hypothesis test that says no number of its own."""

DATED = size("DATED", 60, 10_000)
"""Laws with days, each held against the law of every day alone."""

QUERIES = size("QUERIES", 100, 500)
"""Random queries of each kind that are asked in the browser."""

MISTYPED = size("MISTYPED", 100, 400)
"""Mistyped names that are asked in the browser."""

INVENTED = size("INVENTED", 3000, 10_000)
"""Invented records among which those queries look."""

HARMLESS = size("HARMLESS", 2000, 100_000)
"""Texts that hold nobody's number."""

NAMES = size("NAMES", 10_000, 100_000)
"""Names among which mistyped ones are looked for."""


def examples(small: int) -> int:
    """Examples of a Hypothesis test whose examples are dear: ten times as many at full size."""
    return small * 10 if LONG else small


def thinned(cells, every, start=0):
    """The cells of a matrix that are tried: at small size every so many, from the ``start``-th on; at full size all.

    All, too, where lines of the program are changed one by one, to see whether any test notices.
    """
    return list(cells) if LONG or "MUTANT_UNDER_TEST" in os.environ else list(cells)[start % every :: every]
