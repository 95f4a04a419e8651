"""What a format of the downloads is, and the tables it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec

from site_builder.attempts import new_file
from site_builder.outputs.columns import COLUMNS, Cell, heading
from site_builder.outputs.measure_links import CITING, LINKS
from site_builder.public.columns import ShownColumn
from site_builder.vocabulary import LABELS, Kind

CUT: Final = "……（这一格放不下，全文在同名的 CSV 和 JSONL 里）"
"""What a text that is too long for its cell of a workbook ends with."""

LIST_SEPARATOR: Final = "；"
"""Between the items of a list, where a cell is text."""


class UnreadableError(Exception):
    """A download that is not what its name says."""


class RowSet(msgspec.Struct, frozen=True, kw_only=True):
    """Rows to be written or read: ``parts`` are those of the shards, in order, ``count`` their rows where known.

    ``regions``: the names of the site's divisions by code, for a format that tells values in words.
    """

    name: str
    title: str
    columns: tuple[ShownColumn, ...]
    parts: Iterable[bytes] = ()
    count: int = 0
    regions: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The columns' names."""
        return [column.name for column in self.columns]

    @property
    def headings(self) -> list[str]:
        """What the columns are called, for people."""
        return [heading(column) for column in self.columns]


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """One format of the downloads: its ``name`` ends the files' names, its ``label`` is what visitors read.

    ``part`` makes the bytes of a shard's rows, in one piece or, ``by_line``, a piece a row; ``join`` writes the file of
    all parts. ``read`` gives its rows back, without a header and not by what wrote them; it raises ``UnreadableError``.
    The audit holds them against the records: days are days, lists are lists, what is absent is None. The formats that
    it writes a second time itself (``audit.rows.OWN``) give their cells as they stand, and ``audit.downloads`` says
    what they must be. ``frame`` is what a file says beside its rows; without one the audit searches the whole file.
    ``types`` are those a file itself gives its columns: (name, type as in Table Schema, whether a row may have none).

    ``text``: UTF-8, worth compressing. ``schema``: a Table Schema stands beside it, because it has no types of its own;
    ``arrays``: its lists are arrays there, else text. ``in_words``: for people, with Chinese headings, and words
    for machine words, flags and regions. ``by_line``: there are files by year too, and the tables of measures.
    ``together``: one file of all tables, which ``join`` is given at once; else one a kind.
    """

    name: str
    label: str
    media: str
    part: Callable[[RowSet, Sequence[Sequence[Cell]]], Sequence[bytes]]
    join: Callable[[Path, Sequence[RowSet]], None]
    read: Callable[[Path, RowSet], Iterator[Sequence[Any]]]
    frame: Callable[[Path], bytes] | None = None
    types: Callable[[Path], list[tuple[str, str, bool]]] | None = None
    text: bool = False
    schema: bool = False
    arrays: bool = False
    in_words: bool = False
    by_line: bool = False
    together: bool = False


def table_of(kind: Kind, regions: Mapping[str, str] | None = None) -> RowSet:
    """The table of a kind, yet without rows; ``regions`` are the names of the site's divisions by code."""
    return RowSet(name=kind.value, title=LABELS[kind], columns=COLUMNS[kind], regions=regions or {})


MEASURE_LINKS: Final = RowSet(name="measure-links", title="措施与依据", columns=LINKS)
MEASURE_ENTRIES: Final = RowSet(name="measure-entries", title="措施与名单记录", columns=CITING)


def write(path: Path, head: bytes, parts: Iterable[bytes]) -> None:
    """A new file of these bytes, one part after another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_file(path) as new, new.open("xb") as out:
        out.write(head)
        out.writelines(parts)


@contextmanager
def readable(*errors: type[Exception]) -> Iterator[None]:
    """These errors say that a file is not what its name says."""
    try:
        yield
    except errors:
        raise UnreadableError from None
