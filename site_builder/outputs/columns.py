"""The columns of the downloads: one typed set for every format (contract, section 1, the columns marked as shown)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
import datetime as dt
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypeVar

from site_builder.kinds.shown import SHOWN
from site_builder.pages import urls
from site_builder.public.columns import ShownColumn
from site_builder.public.view import ID, REGION, URL, View
from site_builder.vocabulary import LABELS, Kind

Value = str | bool | dt.date | tuple[str, ...] | None
Cell = Value | int
C = TypeVar("C", bound=Cell)
T = TypeVar("T")

COLUMNS: Final[dict[Kind, tuple[ShownColumn, ...]]] = {kind: (ID, URL, *shown.columns) for kind, shown in SHOWN.items()}
"""The columns of each kind's downloads, in order."""

YEAR_OF: Final = {kind: shown.day for kind, shown in SHOWN.items()}
"""The day whose year parts each kind into downloads by year: as the site's own pages by year do."""


def row(view: View, canonical: Callable[[str], str]) -> list[Value]:
    """A view as the values of its columns; absent text and dates are None, an empty list stays a list."""
    values, url = _getter(view.kind)
    found: list[Value] = [None if value.__class__ is str and not value else value for value in values(view)]
    found[url] = canonical(urls.record(view.kind, view.id))
    return found


@cache
def _getter(kind: Kind) -> tuple[Callable[[View], tuple[Any, ...]], int]:
    """What takes a view's values, with its id in the place of its address; that place."""
    view = SHOWN[kind].view
    fields = dict(zip(view.__struct_encode_fields__, view.__struct_fields__, strict=True)) | {URL.name: ID.name}
    names = [column.name for column in COLUMNS[kind]]
    return attrgetter(*(fields.get(name, name) for name in names)), names.index(URL.name)


def each_cell(rows: Iterable[Sequence[C]], writers: Iterable[Callable[[C], T]]) -> Iterator[tuple[T, ...]]:
    """The rows with every cell as its column's writer writes it; what a column says again is written once."""
    written: list[list[T]] = []
    for column, write in zip(zip(*rows, strict=True), writers, strict=False):
        cells = {value: write(value) for value in dict.fromkeys(column)}
        written.append([cells[value] for value in column])
    return zip(*written, strict=True)


def year_of(kind: Kind, view: View) -> str:
    """The year a record is filed under, four digits."""
    day: dt.date = getattr(view, YEAR_OF[kind])
    return f"{day.year:04}"


def heading(column: ShownColumn) -> str:
    """What a column is called where its values are told in words: a region's code is told by its name."""
    return "行政区划" if column.name == REGION.name else column.label


def words_of(column: ShownColumn) -> str:
    """The allowed values with their labels, for the data dictionary."""
    return "、".join(f"{word} {LABELS[word]}" for word in column.words)
