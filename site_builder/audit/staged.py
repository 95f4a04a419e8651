"""The export's records as the build staged them: what is published of each shard, and what is not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from site_builder.kinds.record import RECORDED
from site_builder.records.record import Record
from site_builder.rules.decision import Facts
from site_builder.rules.ruleset import Law
from site_builder.vocabulary import Kind


class Shard(msgspec.Struct, frozen=True):
    """One shard of a kind: the staged records, which of them are ``dropped`` (by position), and the withheld ones.

    ``hints``: where a file may lie that tells where values stand in the records' pages.
    """

    kind: Kind
    number: int
    staged: Path
    withheld: Path
    dropped: frozenset[int]
    rejected: int
    hints: Path | None = None

    def spots(self) -> dict[str, bytes]:
        """By id where values may stand in a record's page: begin and end of each, as 32-bit numbers; to be doubted."""
        if self.hints is None or not self.hints.exists():
            return {}
        try:
            return msgspec.msgpack.decode(self.hints.read_bytes(), type=dict[str, bytes])
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return {}

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
