"""What a copy follows the site by: ``data/ids.json`` (all that is valid) and ``changes/index.json`` (the newest).

Both are JSON with a record a line. They tell no name, and nothing of what is no longer public.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
import datetime as dt
from heapq import nsmallest
from pathlib import Path
from typing import Final

import msgspec

from site_builder.outputs.formats.format import write
from site_builder.pages import urls
from site_builder.public.view import View
from site_builder.vocabulary import Kind

MOST: Final = 5000
"""Records in ``changes/index.json``."""

_encode: Final = msgspec.json.Encoder().encode


class Valid(msgspec.Struct, frozen=True, gc=False):
    """A record in ``data/ids.json``: its id, its absolute address, the last day it is shown where that may be told."""

    id: str
    url: str
    public_until: dt.date | None


class Changed(msgspec.Struct, frozen=True, gc=False):
    """A record in ``changes/index.json``: on what day it last changed, and how; see ``last_change``."""

    on: dt.date
    what: str
    kind: Kind
    id: str
    url: str
    public_until: dt.date | None


def last_change(view: View) -> tuple[dt.date, str]:
    """The day a record last changed, by its own days, and how.

    ``published``, ``updated``, or ``objection``: one was received, and is open (DL 42, LY 32: it is marked; whoever
    uses the record says so too).
    """
    day, what = view.published_on, "published"
    if view.updated_on is not None and view.updated_on > day:
        day, what = view.updated_on, "updated"
    received = getattr(view, "objection_received_on", None)
    return (received, "objection") if received is not None and received >= day else (day, what)


def valid_part(views: Iterable[View], canonical: Callable[[str], str]) -> bytes:
    """A shard's lines of ``data/ids.json``."""
    return b",\n".join(
        [_encode(Valid(one.id, canonical(urls.record(one.kind, one.id)), one.public_until)) for one in views]
    )


def write_valid(path: Path, parts: Mapping[Kind, Iterable[bytes]]) -> None:
    """``data/ids.json``: by kind the records, in the order of the downloads."""
    write(path, b"{\n", _valid(parts))


def _valid(parts: Mapping[Kind, Iterable[bytes]]) -> Iterator[bytes]:
    for place, (kind, of_kind) in enumerate(parts.items()):
        yield (b',\n"%b":[' if place else b'"%b":[') % kind.encode()
        before = b"\n"
        for part in of_kind:
            if part:
                yield before + part
                before = b",\n"
        yield b"\n]"
    yield b"\n}\n"


def newest(changes: Iterable[Changed]) -> list[Changed]:
    """The newest of them, the newest first; those of a day by kind and id."""
    return nsmallest(MOST, changes, key=lambda one: (-one.on.toordinal(), one.kind.value, one.id))


def changes_json(shown: Sequence[Changed], of: int) -> bytes:
    """``changes/index.json`` of the newest of ``of`` records.

    ``since``: every record that changed on that day or later stands here; null where not even the newest day's
    all do.
    """
    since = shown[-1].on if shown else None
    if since is not None and len(shown) < of:
        since = since + dt.timedelta(days=1) if since < shown[0].on else None
    lines = b",\n".join(map(_encode, shown))
    return b'{\n"since":%b,\n"changes":[\n%b\n]\n}\n' % (_encode(since), lines)
