"""The export's records as the build staged them: what is published of each shard, and what is not."""

from __future__ import annotations

from array import array
import datetime as dt
from pathlib import Path
from typing import NamedTuple

import msgspec

from site_builder.kinds.record import RECORDED
from site_builder.records.record import Record
from site_builder.rules.decision import Facts
from site_builder.rules.ruleset import Law
from site_builder.vocabulary import Kind


class Hint(NamedTuple):
    """What a page may be joined of: one constant more than values, which stand between them. To be doubted."""

    constants: tuple[bytes, ...]
    values: list[bytes]


class Hints(msgspec.Struct, frozen=True, array_like=True):
    """The hints of a shard's pages, each constant and value once; ``pages`` tells by id their numbers, of 32 bits."""

    frames: list[tuple[bytes, ...]] = msgspec.field(default_factory=list)
    values: list[bytes] = msgspec.field(default_factory=list)
    pages: dict[str, bytes] = msgspec.field(default_factory=dict)

    def of(self, record_id: str) -> Hint | None:
        """The hint of a record's page, None where there is none that can be read."""
        told = self.pages.get(record_id, b"")
        numbers = array("I", told[: len(told) // 4 * 4])
        try:
            constants, values = self.frames[numbers[0]], [self.values[number] for number in numbers[1:]]
        except IndexError:
            return None
        return Hint(constants, values) if len(constants) == len(values) + 1 else None


class Shard(msgspec.Struct, frozen=True):
    """One shard of a kind: the staged records, which of them are ``dropped`` (by position), and the withheld ones.

    ``hinted``: where a file may lie that tells what the records' pages are joined of.
    """

    kind: Kind
    number: int
    staged: Path
    withheld: Path
    dropped: frozenset[int]
    rejected: int
    hinted: Path | None = None

    def hints(self) -> Hints:
        """What the records' pages may be joined of; to be doubted."""
        if self.hinted is None or not self.hinted.exists():
            return Hints()
        try:
            return msgspec.msgpack.decode(self.hinted.read_bytes(), type=Hints)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return Hints()

    def records(self) -> list[Record]:
        """The staged records: those no rule withholds for a reason of their own."""
        return _read(self.staged, self.kind)

    def published(self) -> list[Record]:
        """The records that are to stand in the site."""
        return [record for position, record in enumerate(self.records()) if position not in self.dropped]

    def kept_back(self) -> list[Record]:
        """The records that are not to stand in the site."""
        dropped = [one for place, one in enumerate(self.records()) if place in self.dropped] if self.dropped else []
        return dropped + _read(self.withheld, self.kind)


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What a web root is to hold. ``rows`` are the export's rows by kind; ``valid_through`` is found by the audit."""

    law: Law
    facts: Facts
    shards: tuple[Shard, ...]
    rows: dict[Kind, int]
    name: str
    version: str
    created: dt.datetime
    digest: str

    def shards_of(self, kind: Kind) -> list[Shard]:
        """The shards of a kind, in the export's order."""
        return sorted((one for one in self.shards if one.kind is kind), key=lambda one: one.number)


def _read(path: Path, kind: Kind) -> list[Record]:
    if not path.exists():
        return []
    record = RECORDED[kind].record
    return msgspec.msgpack.decode(path.read_bytes(), type=list[record])  # type: ignore[valid-type]
