"""What ``data/ids.json`` and ``changes/index.json`` must hold, written a second time from the published records.

They are held byte for byte: nothing more, nothing less. Apart from the program's own writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
import datetime as dt
import hashlib
from itertools import chain
from pathlib import Path
from typing import Final

from site_builder.audit.rows import Digested, digested
from site_builder.audit.vouched import holds
from site_builder.pages import urls
from site_builder.public.view import View
from site_builder.vocabulary import Kind

Change = tuple[int, str, str, bytes]
"""A record and its line: the day's number below zero (the newest first), its kind, its id, what the file says."""

MOST: Final = 5000
"""How many of the newest records are told."""

DIFFERS: Final = "缺少、多出或者不同于应当公开的记录"


def valid(views: Sequence[View], canonical: Callable[[str], str]) -> Digested:
    """A shard's lines of the list of ids."""
    return digested(b",\n".join([b"{%b}" % _told(view, canonical) for view in views]))


def changes(views: Iterable[View], canonical: Callable[[str], str]) -> Iterator[Change]:
    """The shard's records with the day they last changed: publication, update, or an objection that is open."""
    for view in views:
        day, what = last_change(view)
        line = f'{{"on":"{day.isoformat()}","what":"{what}","kind":"{view.kind.value}",'.encode()
        yield -day.toordinal(), view.kind.value, view.id, line + _told(view, canonical) + b"}"


def last_change(view: View) -> tuple[dt.date, str]:
    """The day a record last changed, and how."""
    own = {"objection": getattr(view, "objection_received_on", None), "published": view.published_on}
    known = {what: day for what, day in (own | {"updated": view.updated_on}).items() if day is not None}
    day = max(known.values())
    return day, next(one for one, when in known.items() if when == day)


def newest(found: Iterable[Change]) -> list[Change]:
    """Those that are told, in order."""
    return sorted(found)[:MOST]


def _told(view: View, canonical: Callable[[str], str]) -> bytes:
    until = f'"{view.public_until.isoformat()}"' if view.public_until is not None else "null"
    told = f'"id":"{view.id}","url":"{canonical(urls.record(view.kind, view.id))}","public_until":{until}'
    return told.encode()


def wanted(
    shards: Mapping[Kind, Sequence[Digested]], shown: Sequence[Change], records: int
) -> dict[str, list[Digested]]:
    """Path → what the file must hold, part after part; ``records`` are all there are, ``shown`` the newest."""
    return {urls.IDS: [*_ids(shards)], urls.CHANGES_INDEX: [digested(_index(shown, records))]}


def _ids(shards: Mapping[Kind, Sequence[Digested]]) -> Iterator[Digested]:
    between = "{\n"
    for kind, of_kind in shards.items():
        yield digested(f'{between}"{kind.value}":['.encode())
        filled = [one for one in of_kind if one.size]
        yield from chain.from_iterable((digested(b",\n" if place else b"\n"), one) for place, one in enumerate(filled))
        between = "\n],\n"
    yield digested(b"\n]\n}\n")


def _index(shown: Sequence[Change], records: int) -> bytes:
    days = sorted(-one[0] for one in shown)
    since = days[:1]
    if len(shown) < records:  # of the earliest day there may be more that are not told
        since = [day + 1 for day in since if day < days[-1]]
    first = f'"{dt.date.fromordinal(since[0])}"' if since else "null"
    lines = b",\n".join([line for *_, line in shown])
    return b'{\n"since":%b,\n"changes":[\n%b\n]\n}\n' % (first.encode(), lines)


def held(path: Path, parts: Sequence[Digested]) -> str | None:
    """The file's SHA-256 where it is these parts and nothing more, else None. Streams the file."""
    with path.open("rb") as file:
        if not holds(file, parts) or file.read(1):
            return None
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()
