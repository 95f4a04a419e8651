"""The Parquet downloads: one typed column a field, a row group a batch; read by DuckDB, pandas, R, QGIS and others.

A shard's rows become an Arrow stream in its worker; joining writes the shards out one after another, so memory does
not grow with their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
import datetime as dt
from functools import cache
import io
from pathlib import Path
from typing import Any, Final, cast

from arro3.core import Array, DataType, Field, RecordBatch, RecordBatchReader, Schema, list_array
from arro3.io import read_ipc_stream, read_parquet, write_ipc_stream, write_parquet

from site_builder.attempts import new_file
from site_builder.outputs.columns import Cell
from site_builder.outputs.formats.format import Format, RowSet, UnreadableError
from site_builder.public.columns import ShownColumn

_NOTE: Final = b"ARROW:schema"
_EPOCH: Final = dt.date(1970, 1, 1).toordinal()
_ITEM: Final = Field("item", DataType.string(), nullable=False)
_COMPRESSION: Final = "zstd(3)"
_MAKER: Final = "site-builder"
"""Named as the maker of the file, so that the library's version does not change its bytes."""


def part(table: RowSet, rows: Sequence[Sequence[Cell]]) -> list[bytes]:
    """The rows as one batch of an Arrow stream; days are days, lists are lists, what is absent is null."""
    schema = _schema(table.columns)
    columns = zip(*rows, strict=True) if rows else ([] for _ in table.columns)
    arrays = [_ARRAY[column.type](values) for column, values in zip(table.columns, columns, strict=True)]
    out = io.BytesIO()
    write_ipc_stream(RecordBatch.from_arrays(arrays, schema=schema), out)
    return [out.getvalue()]


def join(path: Path, tables: Sequence[RowSet]) -> None:
    """Write the file of all parts, in their order."""
    (table,) = tables
    with new_file(path) as new, new.open("xb") as out:
        reader = RecordBatchReader.from_batches(_schema(table.columns), _batches(table.parts))
        write_parquet(reader, out, compression=_COMPRESSION, created_by=_MAKER, skip_arrow_metadata=True)


def _batches(parts: Iterable[bytes]) -> Iterator[RecordBatch]:
    for one in parts:
        yield from read_ipc_stream(io.BytesIO(one))


def read(path: Path, _: RowSet) -> Iterator[tuple[Any, ...]]:
    """The values of each row; days are days and lists are lists."""
    with readable():
        for batch in read_parquet(path):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


@contextmanager
def readable() -> Iterator[None]:
    """Whatever the library's reader says of a broken file; it may even panic, which is no ``Exception``."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException:  # noqa: BLE001  # as said
        raise UnreadableError from None


def types(path: Path) -> list[tuple[str, str, bool]]:
    """The columns as the file has them; a type the downloads do not have is empty.

    A note of Arrow's own types, by which this library would read and others would not, is refused.
    """
    with readable():
        if _NOTE in frame(path):
            raise UnreadableError
        schema = read_parquet(path).schema
        return [(one.name, _type_of(one.type), one.nullable) for one in map(schema.field, range(len(schema)))]


def _type_of(found: DataType) -> str:
    if DataType.is_list(found):
        item = found.value_field
        return "list" if item is not None and DataType.is_string(item.type) and not item.nullable else ""
    return next((name for name, holds in _KNOWN.items() if holds(found)), "")


def frame(path: Path) -> bytes:
    """What a file says beside its values: the footer (names, types, smallest and largest values, who made it)."""
    with path.open("rb") as file:
        file.seek(-8, 2)
        size = int.from_bytes(file.read(4), "little")
        file.seek(-8 - size, 2)
        return file.read(size)


@cache
def _schema(columns: tuple[ShownColumn, ...]) -> Schema:
    return Schema([_field(column) for column in columns])


def _field(column: ShownColumn) -> Field:
    return Field(column.name, _TYPE[column.type], nullable=not (column.required or column.type in {"boolean", "list"}))


def _text(values: Sequence[Cell]) -> Array:
    return Array(cast("Sequence[Any]", values), type=DataType.string())


def _day(values: Sequence[Cell]) -> Array:
    days = [None if value is None else cast("dt.date", value).toordinal() - _EPOCH for value in values]
    return Array(days, type=DataType.int32()).cast(DataType.date32())


def _flag(values: Sequence[Cell]) -> Array:
    return Array(cast("Sequence[Any]", values), type=DataType.bool())


def _list(values: Sequence[Cell]) -> Array:
    items: list[str] = []
    ends = [0]
    for value in values:
        items += cast("tuple[str, ...]", value)
        ends.append(len(items))
    offsets = Array(ends, type=DataType.int32())
    return list_array(offsets, Array(items, type=DataType.string()), type=DataType.list(_ITEM))


_ARRAY: Final[dict[str, Callable[[Sequence[Cell]], Array]]] = {
    "string": _text,
    "date": _day,
    "boolean": _flag,
    "list": _list,
}
"""The values of a column by its type."""

_KNOWN: Final = {"string": DataType.is_string, "date": DataType.is_date32, "boolean": DataType.is_boolean}
"""How a type is known in a file."""

_TYPE: Final = {
    "string": DataType.string(),
    "date": DataType.date32(),
    "boolean": DataType.bool(),
    "list": DataType.list(_ITEM),
}

FORMAT: Final = Format(
    name="parquet",
    label="PARQUET",
    media="application/vnd.apache.parquet",
    part=part,
    join=join,
    read=read,
    frame=frame,
    types=types,
)
