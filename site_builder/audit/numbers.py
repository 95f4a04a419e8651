"""Resident IDs, mobile and bank-card numbers in finished text (contract, section 3, personal data).

Finished text is read line by line by the reader of the decision (``rules.numbers``): what that withholds is found
here, and what it lets through is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import datetime as dt
from functools import lru_cache
from pathlib import PurePosixPath
import re
from typing import Final

import msgspec

from site_builder.audit.apart import BAR, Apart
from site_builder.rules.digits import MAY_HOLD
from site_builder.rules.numbers import Number, numbers
from site_builder.rules.written import OTHERWISE, readings

_FEWEST: Final = 11

REMEMBERED: Final = 20_000
"""Texts whose numbers are kept in mind: many of them are said of many records."""

_DIGEST: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:[0-9a-f]{16})+|[0-9a-f]{12}|[0-9a-f]{20}|[0-9a-f]{40})(?![0-9A-Za-z])"
)
"""Names made from digests: of files, of lists, of blocks run together; a number alone is none of them."""

_NAMED: Final = re.compile(r"(?<![^-._])[0-9]+(?![^-._])")


class Excused(msgspec.Struct, frozen=True):
    """Numbers that may stand in a site.

    ``codes``: organisations' codes of the export's code columns, which excuse anything. ``numbers``: what stands in
    code columns, in the fields that may name a telephone, and in the site folder: no mobile or card is told by them.
    ``names``: names of blocks and of the index that happen to be numbers.
    """

    codes: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def personal_numbers(text: bytes, as_of: dt.date, excused: Excused, apart: Apart) -> Iterator[tuple[int, str]]:
    """(line, counted from 1; what it is) of all personal data in a text; ``apart`` tells its values apart.

    Digests, and what takes long to tell apart, are looked for only where a number seems to stand.
    """
    said = text.decode("utf-8", "replace")
    if MAY_HOLD.search(said) is None:
        return
    said = apart.values(said)
    if any(personal(one, as_of, excused) for one in numbers(said.replace("\n", BAR))):
        lines = _DIGEST.sub(_kept, apart.rest(said))
        for one in numbers(lines.replace("\n", BAR)):
            if what := personal(one, as_of, excused):
                yield lines.count("\n", 0, one.start) + 1, what


def personal(number: Number, as_of: dt.date, excused: Excused) -> str:
    """What a number is, in words, or nothing where it may stand."""
    if number.digits in excused.codes or number.digits in excused.names:
        return ""
    if number.born is not None:
        return number.what.value if number.born <= as_of else ""
    return "" if number.digits in excused.numbers else number.what.value


def names_of_digits(paths: Iterable[str]) -> frozenset[str]:
    """The parts of files' names that happen to be digits alone: a digest may be, and another file tells it too."""
    return frozenset(part for path in paths for part in _NAMED.findall(PurePosixPath(path).stem))


@lru_cache(maxsize=REMEMBERED)
def numbers_in(text: str) -> frozenset[str]:
    """The numbers of a text that may be excused, and those of what stands in it in another writing."""
    told = (line for line in text.split("\n") if OTHERWISE.search(line))
    texts = (text, *(read for line in told for read in readings(line))) if len(text) >= _FEWEST else ()
    return frozenset([one.digits for read in texts for one in numbers(read)])


def _kept(match: re.Match[str]) -> str:
    """A bar for each character of a digest."""
    return match.group() if match.group().isdigit() else BAR * len(match.group())
