"""The downloads put together from the shards' parts: whole, by year, and those of all kinds together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import msgspec

from site_builder.outputs import following, formats
from site_builder.outputs.columns import Cell
from site_builder.outputs.formats import MEASURE_ENTRIES, MEASURE_LINKS, Format, RowSet
from site_builder.outputs.formats.format import write
from site_builder.pages import urls
from site_builder.vocabulary import Kind
from site_builder.write.parts import CITING, ENTITIES, VALID
from site_builder.write.rendering import Rendering, part_file

Shards = Sequence[int]


def write_kind(rendering: Rendering, one: Format, kind: Kind, shards: Shards, count: int) -> None:
    """A kind in one format: whole, and by year where the format is by line. ``count`` rows in all."""
    parts = _parts(rendering, kind, shards, one.name)
    table = msgspec.structs.replace(formats.table_of(kind), parts=parts, count=count)
    one.join(rendering.root / urls.download(kind, one.name), [table])
    for year, rows in years_of(rendering, kind, shards).items() if one.by_line else ():
        parts = _parts(rendering, kind, shards, f"{year}.{one.name}")
        table = msgspec.structs.replace(table, parts=parts, count=rows)
        one.join(rendering.root / urls.download_of_year(kind, year, one.name), [table])


def years_of(rendering: Rendering, kind: Kind, shards: Shards) -> dict[str, int]:
    """The rows of each year of a kind that has any."""
    rows: Counter[str] = Counter()
    for part in _parts(rendering, kind, shards, "years"):
        rows.update(msgspec.msgpack.decode(part, type=dict[str, int]))
    return dict(sorted(rows.items()))


def write_together(
    rendering: Rendering, one: Format, shards: Iterable[tuple[Kind, Shards]], links: Sequence[Sequence[Cell]]
) -> None:
    """All kinds in one file; ``links`` are the rows of measures as data."""
    numbers = dict(shards)
    tables = [
        msgspec.structs.replace(formats.table_of(kind), parts=_parts(rendering, kind, of_kind, one.name))
        for kind, of_kind in numbers.items()
    ]
    tables += _measure_tables(rendering, one, links, numbers[Kind.SEVERE])
    one.join(rendering.root / urls.download_of_all(one.name), tables)


def write_measure_tables(rendering: Rendering, links: Sequence[Sequence[Cell]], shards: Shards) -> None:
    """Measures as data: their links, and the entries that name them. ``shards`` are those of entries."""
    for one in formats.by_line():
        for table in _measure_tables(rendering, one, links, shards):
            one.join(rendering.root / f"{urls.DATA}{table.name}.{one.name}", [table])


def write_valid(rendering: Rendering, shards: Iterable[tuple[Kind, Shards]]) -> None:
    """All ids that are valid."""
    parts = {kind: _parts(rendering, kind, of_kind, VALID) for kind, of_kind in shards}
    following.write_valid(rendering.root / urls.IDS, parts)


def write_entities(rendering: Rendering, shards: Iterable[tuple[Kind, Shards]]) -> None:
    """The organisations and what was decided about them, in the model of FollowTheMoney."""
    parts = chain.from_iterable(_parts(rendering, kind, of_kind, ENTITIES) for kind, of_kind in shards)
    write(rendering.root / urls.ENTITIES, b"", parts)


def _measure_tables(
    rendering: Rendering, one: Format, links: Sequence[Sequence[Cell]], shards: Shards
) -> tuple[RowSet, RowSet]:
    citing = _parts(rendering, Kind.SEVERE, shards, f"{CITING}{one.name}")
    return (
        msgspec.structs.replace(MEASURE_LINKS, parts=one.part(MEASURE_LINKS, links)),
        msgspec.structs.replace(MEASURE_ENTRIES, parts=citing),
    )


class _Parts(msgspec.Struct, frozen=True):
    """What the shards have of a download, one after another; read anew each time it is asked for."""

    files: list[Path]

    def __iter__(self) -> Iterator[bytes]:
        return (file.read_bytes() for file in self.files)


def _parts(rendering: Rendering, kind: Kind, shards: Shards, extension: str) -> _Parts:
    files = (part_file(rendering.parts, kind, shard, extension) for shard in shards)
    return _Parts([file for file in files if file.exists()])
