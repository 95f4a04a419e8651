"""The pages of measures: each measure, the whole list, and the lists by kind, body, basis and clause (DL 28)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from site_builder.kinds.measures.shown import MeasureView
from site_builder.pages import urls
from site_builder.pages.citing import citation
from site_builder.pages.contexts import Group, Link, Matrix, MeasureList, MeasurePage, MeasureRow, Meta, Rows
from site_builder.pages.surroundings import Surroundings, crumbs, label, paragraphs
from site_builder.vocabulary import Effect, Kind

TITLE: Final = label(Kind.MEASURE)
INTRO: Final = "列明谁可以对谁采取什么激励或者惩戒措施、依据是什么、从何时起。未经公布的惩戒措施不得实施。"
FILTERS: Final = {"kind": "类别", "body": "实施主体", "clause": "条款", "basis": "依据"}
"""The keys measures are browsed by."""

CITED_SHOWN: Final = 20
"""Entries named on a measure's own page; all of them have a list of their own."""


class MeasureGroup(msgspec.Struct, frozen=True):
    """The measures that share one value of a key."""

    key: str
    address: str
    name: str
    members: tuple[MeasureView, ...]


def measure_row(view: MeasureView, around: Surroundings, cited_by: int = 0) -> MeasureRow:
    """A measure in a list or on an entry."""
    return MeasureRow(
        href=urls.record(Kind.MEASURE, view.id),
        id=view.id,
        title=view.title,
        effect=label(view.effect),
        incentive=view.effect is Effect.INCENTIVE,
        content=view.content,
        targets=view.targets,
        bodies=view.implementing_bodies,
        clause=around.clause(view.clause),
        effective_on=view.effective_on,
        in_force=view.in_force,
        cited_by=cited_by,
        cited_all=urls.measure_entries(view.id) if cited_by else "",
        laws=laws_of(view),
    )


def laws_of(view: MeasureView) -> tuple[str, ...]:
    """The titles of what a measure rests on: ``《大连市社会信用条例》``."""
    return tuple(dict.fromkeys(text[: text.rfind("》") + 1] or text for text in view.basis))


def measure_page(view: MeasureView, cited: Rows, cited_count: int, around: Surroundings) -> tuple[MeasurePage, Meta]:
    """A measure's page and its head; ``cited`` are rendered rows of the newest entries that name it."""
    address = urls.record(Kind.MEASURE, view.id)
    page = MeasurePage(
        id=view.id,
        title=view.title,
        effect=label(view.effect),
        incentive=view.effect is Effect.INCENTIVE,
        content=paragraphs(view.content),
        targets=view.targets,
        bodies=tuple(Link(urls.measures_by("body", urls.slug(body)), body) for body in _bodies(view)),
        basis=tuple(around.basis(text) for text in view.basis),
        basis_level=label(view.basis_level) if view.basis_level is not None else "",
        clause=around.clause(view.clause),
        effective_on=view.effective_on,
        in_force=view.in_force,
        published_on=view.published_on,
        updated_on=view.updated_on,
        change_note=view.change_note,
        cited=cited,
        cited_count=cited_count,
        cited_all=urls.measure_entries(view.id) if cited_count else "",
        citation=citation(
            f"{TITLE}：{view.title}（{view.id}）", around.site.unit.owner, view.published_on, address, around
        ),
        crumbs=crumbs((urls.MEASURES, TITLE)),
    )
    meta = around.meta(
        f"{view.title}－{TITLE}",
        f"{label(view.effect)}：{view.content}"[:120],
        "measures",
        address,
        published_on=view.published_on,
        keywords=(view.title, label(view.effect), *_bodies(view)),
    )
    return page, meta


def measure_groups(views: Sequence[MeasureView], around: Surroundings) -> tuple[MeasureGroup, ...]:
    """Every list of measures by kind, body, basis and clause, in reading order."""
    found: dict[tuple[str, str, str], list[MeasureView]] = {}
    for view in views:
        for key in _keys(view, around):
            found.setdefault(key, []).append(view)
    order = list(FILTERS)
    return tuple(
        MeasureGroup(key, address, name, tuple(members))
        for (key, address, name), members in sorted(
            found.items(), key=lambda one: (order.index(one[0][0]), -len(one[1]), one[0][2])
        )
    )


def _keys(view: MeasureView, around: Surroundings) -> list[tuple[str, str, str]]:
    keys = [("kind", urls.measures_by("kind", view.effect), label(view.effect))]
    keys += [("body", urls.measures_by("body", urls.slug(body)), body) for body in _bodies(view)]
    keys += [("basis", urls.measures_by("basis", urls.slug(text)), text) for text in dict.fromkeys(view.basis)]
    if view.clause:
        keys.append(("clause", urls.measures_by("clause", urls.slug(view.clause)), around.clause(view.clause).text))
    return keys


def _bodies(view: MeasureView) -> tuple[str, ...]:
    return tuple(dict.fromkeys(view.implementing_bodies))


def measure_list(
    group: MeasureGroup | None,
    views: Sequence[MeasureView],
    groups: Sequence[MeasureGroup],
    cited: Mapping[str, int],
    around: Surroundings,
) -> tuple[MeasureList, Meta]:
    """All measures (``group`` None), or those of one group, by kind."""
    members = views if group is None else group.members
    address = urls.MEASURES if group is None else group.address
    title = TITLE if group is None else f"{TITLE}：{group.name}"
    law = around.clause("DL-28" if around.site.site.city == "dalian" else "LY-21")
    page = MeasureList(
        title=title,
        intro=INTRO,
        law=law,
        total=len(members),
        groups=tuple(
            Group(
                effect.value,
                label(effect),
                measures=tuple(
                    measure_row(one, around, cited.get(one.id, 0)) for one in members if one.effect is effect
                ),
            )
            for effect in Effect
        ),
        matrix=_matrix(groups) if group is None else None,
        filters=tuple((name, _filter(key, groups, address)) for key, name in FILTERS.items()),
        choices=_choices(views, around) if group is None else (),
        downloads=around.downloads(Kind.MEASURE),
        days=around.days,
        crumbs=crumbs() if group is None else crumbs((urls.MEASURES, TITLE)),
    )
    return page, around.meta(title, INTRO, "measures", address)


def short(name: str) -> str:
    """A clause without the title of its law: ``第三十四条第（一）项``; anything else as it is."""
    return name.rpartition("》")[2] or name


def _filter(key: str, groups: Sequence[MeasureGroup], current: str) -> tuple[Link, ...]:
    named = short if key == "clause" else str
    return tuple(
        Link(group.address, named(group.name), len(group.members), group.address == current)
        for group in groups
        if group.key == key
    )


def _choices(views: Sequence[MeasureView], around: Surroundings) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """What the measures of a page may be narrowed by, each value in the words of the row it is found in."""
    bodies = Counter(body for view in views for body in _bodies(view))
    laws = Counter(law for view in views for law in laws_of(view))
    clauses = sorted({view.clause for view in views if view.clause}, key=_clause_order)
    choices = (
        ("kind", FILTERS["kind"], tuple(label(effect) for effect in Effect)),
        ("body", FILTERS["body"], tuple(sorted(bodies, key=lambda one: (-bodies[one], one)))),
        ("law", FILTERS["basis"], tuple(sorted(laws, key=lambda one: (-laws[one], one)))),
        ("clause", FILTERS["clause"], tuple(around.clause(clause).text for clause in clauses)),
    )
    return tuple(choice for choice in choices if len(choice[2]) > 1)


def _clause_order(clause: str) -> tuple[tuple[bool, int, str], ...]:
    """``DL-34-2`` before ``DL-34-10``."""
    return tuple((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in clause.split("-"))


def _matrix(groups: Sequence[MeasureGroup]) -> Matrix:
    """Implementing bodies against kinds, a count in each cell."""
    rows = []
    for group in groups:
        if group.key != "body":
            continue
        counts = Counter(member.effect for member in group.members)
        cells = tuple(
            Link(group.address, label(effect), counts[effect]) if counts[effect] else None for effect in Effect
        )
        rows.append((Link(group.address, group.name, len(group.members)), cells))
    return Matrix(tuple(label(effect) for effect in Effect), tuple(rows))
