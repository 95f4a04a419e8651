"""What the audit's jobs share: the web root, what is looked for, what was read before, what is taken over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
import re
from typing import Final

from site_builder.audit import links
from site_builder.audit.apart import PLAIN, Apart
from site_builder.audit.decode import is_utf8
from site_builder.audit.jobs import JobRead
from site_builder.audit.known import Known
from site_builder.audit.patterns import Matcher
from site_builder.audit.pieces import Pieces
from site_builder.audit.private_pages import PrivateText
from site_builder.audit.search import Found, Searcher, fewest
from site_builder.audit.staged import Expected, Shard
from site_builder.content.citations import LawIndex
from site_builder.pages import urls
from site_builder.public.view import View
from site_builder.rules.ruleset import view_of
from site_builder.vocabulary import Kind

COMPRESSED: Final = (".gz", ".br")
"""How the names of forms squeezed ahead of time end."""

HEAP: Final = 2 << 20
"""Bytes of new text searched in one go."""

_BY_YEAR: Final = f"({urls.SEVERE}[0-9]+/)[^/]*"
_WHOLE: Final = "|".join(urls.FOLDER_OF[kind] for kind in Kind if kind is not Kind.SEVERE)
_LISTS: Final = re.compile(rf"{_BY_YEAR}|({_WHOLE})(?:index\.html|all/[^/]*)")
"""The pages of the lists every record must be in: of its year, or of its kind."""


def list_of(path: str) -> str:
    """The list a page is of that every record must be in: its year's or its kind's folder; else empty."""
    found = _LISTS.fullmatch(path)
    return (found[1] or found[2]) if found else ""


@dataclass(slots=True)
class Audit:
    """What the jobs share; each worker process has its own copy.

    ``sizes`` are those of the files on disk, ``listed`` their digests in the list of files.
    ``laws`` are the site's. ``private``: what is looked for on natural persons' and role models' pages.
    ``record_json``: each record has a JSON file.
    ``pieces`` remembers of downloads and of records' pages what was searched, ``alike`` of the lines of those that were
    read line by line, ``others`` of other pages' lines.
    """

    root: Path
    base: links.Base
    sizes: Mapping[str, int]
    listed: Mapping[str, str]
    regions: dict[str, str]
    searcher: Searcher
    expected: Expected | None
    taken: Taken | None = None
    laws: tuple[LawIndex, ...] = ()
    private: PrivateText | None = None
    record_json: bool = False
    alike: Known = field(default_factory=lambda: Known(blocks=True))
    others: Known = field(default_factory=lambda: Known(blocks=False))
    pieces: Pieces = field(default_factory=Pieces)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds the site shows, as far as the export is known."""
        return tuple(self.expected.rows) if self.expected is not None else ()

    @property
    def dataset(self) -> str:
        """The name of the published data package."""
        return self.expected.name if self.expected is not None else ""

    @property
    def tags_are_no_value(self) -> bool:
        """Whether no value looked for holds a tag, so that a page may be read in what stands between its own."""
        return self.searcher.forbidden is None or not self.searcher.forbidden.holds_tags

    @property
    def up_is_no_value(self) -> bool:
        """Whether no value looked for holds ``../``, so that it may be left out of what lines are compared by."""
        return self.searcher.forbidden is None or not self.searcher.forbidden.holds_up

    def note(self, read: JobRead, path: str, digest: str) -> None:
        """Note a file as read; its digest must be the listed one. A file that is not listed is told of elsewhere."""
        read.files.append(path)
        if self.listed.get(path, digest) != digest:
            read.found.append((path, Found("file-list", 0, "", "内容与文件清单的摘要不一致")))

    def read(self, path: str) -> bytes:
        """A file, whole; one that is not there is empty."""
        return (self.root / path).read_bytes() if path in self.sizes else b""

    def data(self) -> set[str]:
        """What lies in ``data/`` beside pages and squeezed forms."""
        files = {path for path in self.sizes if path.startswith(urls.DATA)}
        return {path for path in files if not path.endswith((".html", *COMPRESSED))}

    def canonical(self, address: str) -> str:
        """The absolute address of a page."""
        return urls.canonical(self.base.url, self.base.path, address)

    def views(self, shard: Shard) -> Iterator[View]:
        """What is to be seen of a shard's published records."""
        if self.expected is not None:
            for record in shard.published():
                yield view_of(record, self.expected.law, self.expected.facts)

    def all_views(self, kind: Kind) -> Iterator[View]:
        """What is to be seen of a kind, in the export's order."""
        if self.expected is not None:
            for shard in self.expected.shards_of(kind):
                yield from self.views(shard)


@dataclass(slots=True)
class Taken:
    """What a rebuild takes over, and the searchers for what is new: values, and names of files that are gone."""

    files: Mapping[str, str]
    searcher: Searcher
    gone: Matcher
    lines: Known = field(default_factory=lambda: Known(blocks=True))

    def over(self, path: str, digest: str) -> bool:
        """Whether a file is taken over. Lists are read anew: a record must be in one."""
        return self.files.get(path) == digest and not list_of(path)


class Heap:
    """New text of many files, searched in one go; only where something is in it, or it is no UTF-8, file by file.

    What was found in a piece need not be found in its file, where other words stand beside it: pieces are forgotten.
    Without ``apart`` no numbers are looked for. ``old`` is the one of what is taken over, searched for what is new.
    """

    def __init__(self, audit: Audit, read: JobRead, searcher: Searcher, apart: Apart | None = PLAIN) -> None:
        self._audit, self._read, self._searcher, self._apart = audit, read, searcher, apart
        self._texts: list[bytes] = []
        self._paths: dict[str, None] = {}
        self._size = 0
        new = audit.taken.searcher if audit.taken is not None and searcher is audit.searcher else None
        self.old = Heap(audit, read, new, None) if new is not None else self

    def add(self, path: str, text: bytes) -> None:
        """Put in what is new in a file."""
        self._texts.append(text)
        self._paths[path] = None
        self._size += len(text)
        if self._size > HEAP:
            self.search()

    def search(self) -> None:
        """Search what was put in."""
        text = b"\n".join(self._texts)
        if not (is_utf8(text) and self._searcher.clean(text, self._apart)):
            self._audit.pieces = Pieces()
            for path in self._paths:
                file = self._audit.root / path
                data = file.read_bytes() if file.exists() else b""
                found = (one for one in self._searcher.file(path, data) if self._apart or one.rule == "leak")
                self._read.found += [(path, one) for one in fewest(found)]
        self._texts, self._paths, self._size = [], {}, 0
        if self.old is not self:
            self.old.search()
