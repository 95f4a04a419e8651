"""What the jobs of the second pass share: the decided facts, the site around the pages, the renderer, the folders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
import hashlib
from pathlib import Path
from typing import Final

import msgspec

from site_builder.decide.survey import stage_file
from site_builder.export.schema import RECORDS
from site_builder.pages import urls
from site_builder.pages.contexts import Layout, Meta, Picture, Rows
from site_builder.pages.day import DAY_MARK, AsOf, put_day
from site_builder.pages.surroundings import Surroundings
from site_builder.public.view import View
from site_builder.release.shared import Page, Shared
from site_builder.release.tree import Tree
from site_builder.render.pages import Joined, Renderer
from site_builder.rules.decision import Facts
from site_builder.rules.ruleset import Law, view_of
from site_builder.vocabulary import Kind


def _told(value: object) -> object:
    """What the encoder does not know: markup, and the as-of day."""
    return value.written if isinstance(value, AsOf) else str(value)


_encode = msgspec.msgpack.Encoder(enc_hook=_told).encode


class Cited(msgspec.Struct, frozen=True):
    """What entries name a measure: rendered rows of the newest, and how many there are."""

    rows: Rows = Rows()
    count: int = 0


UNCITED: Final = Cited()


@dataclass(frozen=True, slots=True)
class Rendering:
    """Shared by all jobs of the second pass; each worker process has its own copy.

    ``fulltext``: the kinds whose text is searched, not their names and numbers alone. ``base``: the digest of all that
    pages depend on beside their contexts, the site's kinds and whether anything is announced, which are in its
    navigation; ``shared``: the live release, whose pages are kept where nothing differs. ``photos``: a picture's
    resource name → its sizes; ``cited``: what entries name each measure. ``record_json``: whether each record has a
    JSON file beside its page.
    """

    law: Law
    facts: Facts
    around: Surroundings
    renderer: Renderer
    stage: Path
    parts: Path
    root: Path
    dropped: dict[tuple[Kind, int], frozenset[int]]
    fulltext: frozenset[Kind]
    base: str
    shared: Shared | None = None
    photos: Mapping[str, Picture] = field(default_factory=dict)
    cited: Mapping[str, Cited] = field(default_factory=dict)
    record_json: bool = False

    def tree(self) -> Tree:
        """The web root, to be written to; close it."""
        return Tree(self.root, self.shared, squeeze=self.around.site.publish.precompress)

    def views(self, kind: Kind, shard: int) -> Iterator[View]:
        """The published records of a shard, crossed into what a visitor may see."""
        path = stage_file(self.stage, kind, shard)
        if not path.exists():
            return
        records = msgspec.msgpack.decode(path.read_bytes(), type=list[RECORDS[kind]])  # type: ignore[valid-type]
        dropped = self.dropped.get((kind, shard), frozenset())
        for position, record in enumerate(records):
            if position not in dropped:
                yield view_of(record, self.law, self.facts)

    def write(self, tree: Tree, template: str, page: object, meta: Meta, section: str) -> None:
        """Write one page to its address: rendered, or taken over where it was rendered from the very same before."""
        key = self.key(template, page, meta, section)
        if not tree.keep(urls.file_of(meta.path), key):
            layout, root = self._surrounding(meta, section)
            self._put(tree, key, meta, self.renderer.page(template, page, meta, layout, root))

    def key(self, *made_of: object) -> bytes:
        """The digest of what a page is made of, beside what all pages are: 16 bytes."""
        return hashlib.blake2b(
            _encode((self.base, self.around.kinds, bool(self.around.news), made_of)), digest_size=16
        ).digest()

    def render(self, tree: Tree, key: bytes, template: str, page: object, meta: Meta, section: str) -> Joined:
        """Write one page to its address; ``key`` is the digest of all it is made of. Returns what it is joined of."""
        layout, root = self._surrounding(meta, section)
        data, joined = self.renderer.page_of_values(template, page, meta, layout, root)
        has_day = self._put(tree, key, meta, data)
        return on_day(joined, self.around.as_of.written) if has_day else joined

    def _surrounding(self, meta: Meta, section: str) -> tuple[Layout, str]:
        """What is around a page, and the way from it to the web root."""
        root = self.around.site.site.base_path if meta.path == urls.NOT_FOUND else urls.root_of(meta.path)
        return self.around.layout(section), root

    def _put(self, tree: Tree, key: bytes, meta: Meta, page: bytes) -> bool:
        """Write a rendered page; whether the as-of day stands in it."""
        data, days = put_day(page, self.around.as_of)
        tree.write(urls.file_of(meta.path), data, Page(key, days))
        return bool(days)


def on_day(joined: Joined, day: str) -> Joined:
    """What a page is joined of, the as-of day's digits for each mark of it."""
    mark, digits = DAY_MARK.encode(), day.encode()
    constants = tuple(one.replace(mark, digits) for one in joined.constants)
    return Joined(constants, [one.replace(DAY_MARK, day) for one in joined.values])


def parts_folder(stage: Path) -> Path:
    """Where the second pass leaves the parts of what is put together later, beside what was staged."""
    return stage.with_name("parts")


def row_file(parts: Path, kind: Kind, shard: int) -> Path:
    """Where the rendered rows of a shard lie, one after another."""
    return parts / f"{kind}-rows-{shard:06}.html"


def hint_file(parts: Path, kind: Kind, shard: int) -> Path:
    """Where is told what the records' pages of a shard are joined of."""
    return parts / f"{kind}-joined-{shard:06}.msgpack"


def part_file(parts: Path, kind: Kind, shard: int, extension: str) -> Path:
    """Where a shard's part of a download lies."""
    return parts / f"{kind}-{shard:06}.{extension}"
