"""What each kind gives its shard job: a record's page, its row, the lists it is in, what the feeds say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
import datetime as dt
from operator import attrgetter
from typing import Any

import msgspec

from site_builder.content.markdown import render_deeds
from site_builder.kinds.measures.shown import MeasureView
from site_builder.kinds.severe_list.shown import SevereView
from site_builder.kinds.shown import SHOWN
from site_builder.pages import measures, optional_kinds, role_models, severe, severe_lists
from site_builder.pages.contexts import MeasureRow, Meta, RoleModelRow, SevereRow
from site_builder.pages.listings import ListKey
from site_builder.pages.optional_contexts import OptionalRow
from site_builder.pages.surroundings import label, told
from site_builder.sound.filing import sound_of
from site_builder.vocabulary import Kind
from site_builder.write.rendering import UNCITED, Rendering


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPages:
    """How the records of a kind are shown; each function takes a view of that kind.

    ``template`` and ``section``: of a record's page. ``page``: it and its head. ``row``: the record in a list.
    ``keys``: every list it stands in. ``day``: what it is ordered by. ``summary``: what the feeds say of it.
    ``authority``: in whose feed it is, empty where in nobody's. ``made_of``: where given, what a page is made of
    without making it, because most pages of a rebuild are those of the last release. ``sound``: what its lists by sound
    are ordered by.
    """

    template: str
    section: str
    page: Callable[[Any], tuple[object, Meta]]
    row: Callable[[Any], SevereRow | MeasureRow | RoleModelRow | OptionalRow]
    keys: Callable[[Any], tuple[ListKey, ...]]
    day: Callable[[Any], dt.date]
    summary: Callable[[Any], str]
    authority: Callable[[Any], str]
    made_of: Callable[[Any], tuple[object, ...]] | None = None
    sound: Callable[[Any], str] = lambda _: ""


def pages_of(rendering: Rendering, kind: Kind) -> RecordPages:
    """How the records of a kind are shown."""
    match kind:
        case Kind.SEVERE:
            return _severe(rendering)
        case Kind.MEASURE:
            return _measures(rendering)
        case Kind.ROLE_MODEL:
            return _role_models(rendering)
        case _:
            return _optional(rendering, kind)


def _severe(rendering: Rendering) -> RecordPages:
    around, lasting = rendering.around, rendering.around.lasting()
    digests = {one: rendering.key(row) for one, row in around.measures.items()}

    def page(view: SevereView) -> tuple[object, Meta]:
        applied = tuple(around.measures[one] for one in view.measure_ids if one in digests)
        return severe.severe_page(view, applied, lasting)

    def made_of(view: SevereView) -> tuple[object, ...]:
        return msgspec.structs.astuple(view), [digests[one] for one in view.measure_ids if one in digests]

    return RecordPages(
        template="severe.html",
        section="severe",
        page=page,
        row=lambda view: severe.severe_row(view, around),
        keys=lambda view: severe_lists.keys_of(view, around),
        day=attrgetter("listed_on"),
        summary=severe.summary,
        authority=attrgetter("authority"),
        made_of=made_of,
        sound=lambda view: sound_of(view.subject_name, around.places),
    )


def _measures(rendering: Rendering) -> RecordPages:
    """Measures, with the entries that name each; many bodies carry out one, so none has it in its feed."""
    around, cited = rendering.around, rendering.cited

    def page(view: MeasureView) -> tuple[object, Meta]:
        named = cited.get(view.id, UNCITED)
        return measures.measure_page(view, named.rows, named.count, around)

    return RecordPages(
        template="measure.html",
        section=measures.SECTION,
        page=page,
        row=lambda view: measures.measure_row(view, around, cited.get(view.id, UNCITED).count),
        keys=lambda view: measures.keys_of(view, around),
        day=attrgetter("effective_on"),
        summary=lambda view: f"{label(view.effect)}：{view.content}",
        authority=lambda _: "",
    )


def _role_models(rendering: Rendering) -> RecordPages:
    around, photo = rendering.around, rendering.photos.get
    return RecordPages(
        template="role-model.html",
        section=role_models.SECTION,
        page=lambda view: role_models.role_model_page(view, render_deeds(view.deeds), photo, around),
        row=lambda view: role_models.role_model_row(view, photo),
        keys=role_models.keys_of,
        day=attrgetter("awarded_on"),
        summary=lambda view: f"{view.honour}，{view.awarded_by}授予。{view.summary}",
        authority=attrgetter("awarded_by"),
    )


def _optional(rendering: Rendering, kind: Kind) -> RecordPages:
    around, shown = rendering.around, SHOWN[kind]
    return RecordPages(
        template="optional.html",
        section=optional_kinds.SECTION,
        page=lambda view: optional_kinds.optional_page(view, around),
        row=lambda view: optional_kinds.optional_row(view, around),
        keys=lambda view: optional_kinds.keys_of(view, around),
        day=attrgetter(shown.day),
        summary=optional_kinds.summary,
        authority=lambda view: told(view, shown.authority),
    )
