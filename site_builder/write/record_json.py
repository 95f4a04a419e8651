"""The records for programs: a file each beside its page, and what says how they are to be read."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.kinds.severe_list.shown import SevereView
from site_builder.outputs import record_json
from site_builder.pages import urls
from site_builder.pages.surroundings import Surroundings
from site_builder.public.view import View
from site_builder.release.tree import Tree
from site_builder.vocabulary import Kind

CITING = ("basis", "natural_person_basis", "responsible_persons_basis", "term_basis")
"""The fields that cite."""


def write_records(tree: Tree, views: Sequence[View], lines: Sequence[bytes], around: Surroundings) -> None:
    """A file for each record, whose JSON line is that of ``lines`` in the same place."""
    for view, line in zip(views, lines, strict=True):
        measures = [urls.record(Kind.MEASURE, one) for one in _measures(view, around)]
        made = record_json.record_json(view, line, measures, _articles(view, around), around.canonical)
        tree.write(urls.record_json(view.kind, view.id), made)


def meanings(kinds: Sequence[Kind], around: Surroundings) -> dict[str, bytes]:
    """The context and the schemas the files name, by address."""
    schemas = {urls.schema(kind): record_json.schema(kind, around.canonical) for kind in kinds}
    return {urls.CONTEXT: record_json.context(kinds, around.canonical), **schemas}


def _measures(view: View, around: Surroundings) -> tuple[str, ...]:
    named = view.measure_ids if isinstance(view, SevereView) else ()
    return tuple(one for one in named if one in around.measures)


def _articles(view: View, around: Surroundings) -> list[str]:
    """The articles the record cites that the site has, each once."""
    cited: list[str] = []
    for name in CITING:
        found = getattr(view, name, ())
        cited += [found] if isinstance(found, str) else found
    addresses = [around.basis(text).href for text in cited if text]
    if clause := getattr(view, "clause", ""):
        addresses.append(around.clause(clause).href)
    return [one for one in dict.fromkeys(addresses) if one]
