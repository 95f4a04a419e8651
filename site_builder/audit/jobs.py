"""The audit's jobs (shards of records with their pages, files, downloads, the lookup) and what each of them found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
import datetime as dt
from typing import Final

import msgspec

from site_builder.audit.feeds import Entries
from site_builder.audit.following import Change
from site_builder.audit.rows import Digested, Parts
from site_builder.audit.search import Found
from site_builder.audit.staged import Shard
from site_builder.vocabulary import Kind

BATCH: Final = 200
"""Files in one job, or fewer where they are large."""

BATCH_BYTES: Final = 16 << 20


class PagesJob(msgspec.Struct, frozen=True, tag=True):
    """The pages of a shard's published records; ``first`` of them is the first one's number among those of its kind."""

    shard: Shard
    first: int


class FilesJob(msgspec.Struct, frozen=True, tag=True):
    """Files to be read for their own sake."""

    paths: tuple[str, ...]


class DownloadJob(msgspec.Struct, frozen=True, tag=True):
    """A download to be compared with the records."""

    kind: Kind
    extension: str


class Tables(msgspec.Struct, frozen=True, tag=True):
    """The other forms of a kind's downloads, or (None) those of all kinds together, to be compared with their rows."""

    kind: Kind | None


class LookupJob(msgspec.Struct, frozen=True, tag=True):
    """The lookup to be compared with the records."""


Job = PagesJob | FilesJob | DownloadJob | Tables | LookupJob


class JobRead(msgspec.Struct, kw_only=True):
    """What a job found: things by path, files it read, anchors other pages must have, records and their days.

    ``records`` are (kind, path, the list it must be in, whether it is a natural person's), ``linked`` by folder what
    its lists lead to; ``parts`` tell by shard what the downloads must hold of it, ``years`` what those of each
    year must, ``valid`` what the list of ids must, ``entities`` what those of FollowTheMoney must; ``newest`` are the
    records last published or updated, ``entries`` what the feeds say of them, by feed.
    """

    found: list[tuple[str, Found]] = msgspec.field(default_factory=list)
    files: list[str] = msgspec.field(default_factory=list)
    anchors: dict[tuple[str, str], tuple[str, int]] = msgspec.field(default_factory=dict)
    records: list[tuple[Kind, str, str, bool]] = msgspec.field(default_factory=list)
    days: list[dt.date] = msgspec.field(default_factory=list)
    linked: dict[str, set[str]] = msgspec.field(default_factory=dict)
    parts: dict[tuple[Kind, int], Parts] = msgspec.field(default_factory=dict)
    years: dict[tuple[Kind, int], dict[str, Parts]] = msgspec.field(default_factory=dict)
    valid: dict[tuple[Kind, int], Digested] = msgspec.field(default_factory=dict)
    entities: dict[tuple[Kind, int], Digested] = msgspec.field(default_factory=dict)
    newest: list[Change] = msgspec.field(default_factory=list)
    entries: Entries = msgspec.field(default_factory=dict)


def batches(sizes: Mapping[str, int], paths: Iterable[str]) -> Iterator[FilesJob]:
    """The files in batches, the large ones alone and first, the others folder by folder."""
    ordered = sorted(paths, key=lambda path: (sizes[path] < BATCH_BYTES, path.rpartition("/")[0], path))
    batch: list[str] = []
    size = 0
    for path in ordered:
        if batch and (len(batch) == BATCH or size + sizes[path] > BATCH_BYTES):
            yield FilesJob(tuple(batch))
            batch, size = [], 0
        batch.append(path)
        size += sizes[path]
    if batch:
        yield FilesJob(tuple(batch))
