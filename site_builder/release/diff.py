"""What a release adds, changes and removes against the live one: published rows compared by id, field by field.

Both sides are the rows a visitor may download. The result is private all the same: it names what goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
import os
from pathlib import Path
from typing import Any, Self

import msgspec

from site_builder.vocabulary import Kind


class ColumnChange(msgspec.Struct, frozen=True):
    """One column of a row: what the live release says, and what this one would."""

    column: str
    before: Any
    after: Any


class Changed(msgspec.Struct, frozen=True):
    """A record that stays and reads otherwise."""

    id: str
    changes: tuple[ColumnChange, ...]


class Removed(msgspec.Struct, frozen=True):
    """A record that leaves: why, in the words of the decision; ``lawful``: by a date or an order."""

    id: str
    why: str
    lawful: bool


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One kind compared: how many rows there were and would be, and what differs, each part in order of ids."""

    kind: Kind
    before: int
    after: int
    added: tuple[str, ...]
    changed: tuple[Changed, ...]
    removed: tuple[Removed, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.changed or self.removed)


class LiveRows:
    """The JSON lines of a release's download by id; lines are read when asked for, only their places are held."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._places: dict[str, tuple[int, int]] = {}
        self._fd = -1

    def __enter__(self) -> Self:
        """Find the lines; a release without the file has none."""
        if self._path is None or not self._path.exists():
            return self
        offset = 0
        decode = msgspec.json.Decoder(_Named).decode
        with self._path.open("rb") as lines:
            for line in lines:
                self._places[decode(line).id] = (offset, len(line))
                offset += len(line)
        self._fd = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        if self._fd >= 0:
            os.close(self._fd)

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def line(self, record_id: str) -> bytes | None:
        """A record's line, or None where it has none."""
        place = self._places.get(record_id)
        return None if place is None else os.pread(self._fd, place[1], place[0])


def compare(
    kind: Kind, live: LiveRows, lines: Iterable[tuple[str, bytes]], fate: Callable[[str], tuple[str, bool]]
) -> Difference:
    """The live rows against ``lines`` of (id, JSON line); ``fate`` tells why an id left, and whether lawfully."""
    added: list[str] = []
    changed: list[Changed] = []
    seen: set[str] = set()
    for record_id, line in lines:
        seen.add(record_id)
        before = live.line(record_id)
        if before is None:
            added.append(record_id)
        elif before != line:
            changed.append(Changed(record_id, tuple(_changes(before, line))))
    return Difference(
        kind=kind,
        before=len(live),
        after=len(seen),
        added=tuple(sorted(added)),
        changed=tuple(sorted(changed, key=lambda one: one.id)),
        removed=tuple(Removed(one, *fate(one)) for one in sorted(set(live) - seen)),
    )


class _Named(msgspec.Struct):
    id: str


def _changes(before: bytes, after: bytes) -> Iterator[ColumnChange]:
    old, new = msgspec.json.decode(before), msgspec.json.decode(after)
    for column in dict.fromkeys((*new, *old)):
        if old.get(column) != new.get(column):
            yield ColumnChange(column, old.get(column), new.get(column))
