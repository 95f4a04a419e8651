"""An export against the live release, without building: what would be added, changed and removed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec

from site_builder.config.site import Site
from site_builder.decide.examine import Examined, Options, Verified, examine, open_export, stopped_by
from site_builder.decide.resolve import Resolved, dated
from site_builder.outputs import columns
from site_builder.outputs.formats import jsonl, table_of
from site_builder.pages import urls
from site_builder.progress import Listener
from site_builder.release.diff import Difference, LiveRows, compare
from site_builder.release.guards import Shrinkage, shrinkage
from site_builder.release.live import Live
from site_builder.release.ours import refuse_other_site
from site_builder.releasing.adopted import remember_or_adopt
from site_builder.releasing.expected import expected_of
from site_builder.rules.decision import DATED, REASON_LABELS
from site_builder.rules.ruleset import view_of
from site_builder.vocabulary import Kind


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """An examined export held against the live release (None before the first)."""

    live: Live | None
    version: str
    examined: Examined
    differences: tuple[Difference, ...]
    shrinkage: tuple[Shrinkage, ...]


def compare_with_live(site: Site, options: Options, place: Path, scratch: Path, listener: Listener) -> Compared:
    """Hold an export against ``place`` (``output/<site>``), writing nothing there; ``scratch`` takes what is staged.

    What is lost of ``state/`` stops it as it stops a build, and is made up for as far as the live web root tells.
    """
    refuse_other_site(place, site.export.name)
    known = remember_or_adopt(place)
    live, memory = known.live, known.memory
    verified = open_export(site, options, live, scratch / "export", listener)
    stage = scratch / "stage"
    stage.mkdir(mode=0o700)
    examined = stopped_by(examine(site, options, verified, memory, stage, listener), known.lost)
    listener.step("与线上版本比较")
    root = place / "releases" / live.release if live is not None else None
    differences = []
    for kind in Kind:
        if kind not in verified.kinds and (live is None or kind not in live.counts):
            continue
        with LiveRows(root / urls.download(kind, "jsonl") if root is not None else None) as rows:
            lines = _lines(site, verified, examined, stage, kind)
            differences.append(compare(kind, rows, lines, partial(_fate, examined.resolved, kind)))
    fallen = shrinkage(memory.live, examined.fates, dated(examined.resolved)) if memory.live is not None else []
    return Compared(
        live=live,
        version=verified.descriptor.version,
        examined=examined,
        differences=tuple(differences),
        shrinkage=tuple(fallen),
    )


def _lines(site: Site, verified: Verified, examined: Examined, stage: Path, kind: Kind) -> Iterator[tuple[str, bytes]]:
    """The lines the JSON lines download of a kind would have."""
    canonical = partial(urls.canonical, site.site.base_url, site.site.base_path)
    for shard in expected_of(verified, examined, stage).shards_of(kind):
        for record in shard.published():
            view = view_of(record, examined.law, examined.resolved.facts)
            yield view.id, jsonl.part(table_of(kind), [columns.row(view, canonical)])[0]


def _fate(resolved: Resolved, kind: Kind, record_id: str) -> tuple[str, bool]:
    """Why a live record is not published any more, and whether by a date or an order."""
    reasons = resolved.reasons[kind].get(record_id)
    if reasons is None:
        return "本导出中没有，或者被隔离", False
    return "、".join(REASON_LABELS[reason] for reason in reasons), reasons[0] in DATED
