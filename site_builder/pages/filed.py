"""The pages of the further kinds: a record, its row, its kind's lists, and the page that leads to all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
import datetime as dt
import enum
from typing import Final

from markupsafe import Markup

from site_builder.kinds.shown import SHOWN
from site_builder.pages import urls
from site_builder.pages.advice import correcting
from site_builder.pages.citing import citation
from site_builder.pages.contexts import ContentPage, Link, Meta, Rows
from site_builder.pages.filed_contexts import Fact, FiledList, FiledPage, FiledRow
from site_builder.pages.listings import PAGE_ROWS, ListKey, page_count
from site_builder.pages.surroundings import OTHERS, Surroundings, crumbs, label, paragraphs
from site_builder.public.columns import Column
from site_builder.public.view import SubjectView, View
from site_builder.vocabulary import LABELS, Kind

SECTION: Final = OTHERS[0]
TITLE: Final = OTHERS[2]
INTRO: Final = "法规要求公布的其他名单和目录。"
WHOLE: Final = ""
"""The group of the list that holds all records of a kind."""

_APART: Final = frozenset(
    {"subject_name", "public_until", "objection_received_on", "subject_code", "subject_type", "region"}
)
"""What a record's page shows at its head."""


def told(view: View, name: str) -> str:
    """A field as text, in the words visitors read; empty where it is absent or has no name."""
    value = getattr(view, name) if name else ""
    if isinstance(value, enum.Enum):
        return label(str(value))
    if isinstance(value, tuple):
        return "、".join(value)
    return "" if value is None else str(value)


def filed_row(view: View, around: Surroundings) -> FiledRow:
    """A record in a list."""
    shown = SHOWN[view.kind]
    return FiledRow(
        href=urls.record(view.kind, view.id),
        name=view.name,
        code=told(view, shown.code),
        region=around.region(getattr(view, "region", "")),
        cells=tuple((shown.label(name), told(view, name)) for name in shown.heads),
        public_until=view.public_until,
        objection=getattr(view, "objection_received_on", None) is not None,
    )


def filed_page(view: View, around: Surroundings) -> tuple[FiledPage, Meta]:
    """A record's page and its head."""
    kind, shown = view.kind, SHOWN[view.kind]
    address, title = urls.record(kind, view.id), label(kind)
    disputable = "objection" in shown.overlay
    meaning, clause = shown.told.get(getattr(view, shown.category), ("", "")) if shown.category else ("", "")
    page = FiledPage(
        id=view.id,
        name=view.name,
        kind=title,
        code=told(view, shown.code),
        tags=tuple(tag for tag in _tags(view, around) if tag),
        objection_received_on=getattr(view, "objection_received_on", None),
        public_until=view.public_until,
        facts=tuple(
            _fact(view, one, around) for one in shown.columns if one.name not in _APART and told(view, one.name)
        ),
        meaning=meaning,
        law=around.clause(clause or shown.laws.get(around.site.site.city, "")),
        about=shown.intro,
        advice=around.advice(correcting(around.site.site.city, repairable=_repairable(view))) if disputable else (),
        citation=citation(
            f"{title}：{view.name}（{view.id}）",
            told(view, shown.authority) or around.site.unit.owner,
            view.published_on,
            address,
            around,
        ),
        crumbs=crumbs((urls.OTHERS, TITLE), (urls.first_of(kind), title)),
    )
    told_first = "，".join(f"{shown.label(name)} {text}" for name in shown.heads if (text := told(view, name)))
    meta = around.meta(
        f"{view.name}－{title}",
        f"{view.name}，{told_first}。"[:120],
        SECTION,
        address,
        published_on=view.published_on,
        source=told(view, shown.authority),
        keywords=tuple(word for word in (view.name, title) if word),
        noindex=view.is_person,
        unavailable_after=view.public_until,
    )
    return page, meta


def _repairable(view: View) -> bool:
    """Whether there is something to repair; where a kind has decisions, only what one was made on."""
    shown = SHOWN[view.kind]
    return "repaired" in shown.overlay and (not shown.number or told(view, shown.number) != "")


def keys_of(view: View) -> tuple[ListKey, ...]:
    """Every list a record stands in: that of all, and one by each filter of its kind."""
    kind, shown = view.kind, SHOWN[view.kind]
    keys = [ListKey(WHOLE, urls.whole(kind), label(kind))]
    for field in shown.filters:
        value = getattr(view, field)
        if isinstance(value, dt.date):
            keys.append(ListKey(field, urls.filed_by(kind, field, f"{value.year:04}"), f"{value.year:04} 年"))
        elif isinstance(value, enum.Enum):
            keys.append(ListKey(field, urls.filed_by(kind, field, str(value)), label(str(value))))
        elif value:
            keys.append(ListKey(field, urls.filed_by(kind, field, urls.slug(value)), value))
    return tuple(keys)


def filed_index(
    kind: Kind,
    total: int,
    rows: Rows,
    keys: Sequence[ListKey],
    counts: Mapping[str, int],
    around: Surroundings,
    *,
    noindex: bool,
) -> tuple[FiledList, Meta]:
    """The first page of a kind: its newest records, and ways to all of them and to its other lists."""
    base = urls.whole(kind)
    filters = tuple(
        (name, tuple(Link(key.base, key.name, counts[key.base]) for key in _ordered(kind, field, keys, counts)))
        for field, name in SHOWN[kind].filters.items()
    )
    return _list(ListKey(WHOLE, base, label(kind)), None, kind, total, rows, around, noindex=noindex, filters=filters)


def filed_list(
    kind: Kind,
    key: ListKey,
    number: int | None,
    total: int,
    rows: Rows,
    around: Surroundings,
    *,
    noindex: bool,
) -> tuple[FiledList, Meta]:
    """One page of a list: its index (``number`` None) or a numbered page, which knows nothing of day or release."""
    return _list(key, number, kind, total, rows, around, noindex=noindex)


def others_page(counts: Mapping[Kind, int], around: Surroundings) -> tuple[ContentPage, Meta]:
    """``lists/``: the further kinds the site shows, and how many records each has."""
    items = Markup("").join(
        Markup('<li><h2><a href="{}">{}</a> <span class="count">{}</span></h2><p>{}</p></li>').format(
            f"../{urls.first_of(kind)}", label(kind), counts[kind], SHOWN[kind].intro
        )
        for kind in around.further
    )
    body = Markup('<p class="intro">{}</p><ul class="guides">{}</ul>').format(INTRO, items)
    return ContentPage(TITLE, body, (), crumbs()), around.meta(TITLE, INTRO, SECTION, urls.OTHERS)


def ways(counts: Mapping[Kind, int], around: Surroundings) -> tuple[Link, ...]:
    """Ways to the further kinds, with how many records each has."""
    return tuple(Link(urls.first_of(kind), label(kind), counts[kind]) for kind in around.further)


def _list(
    key: ListKey,
    number: int | None,
    kind: Kind,
    total: int,
    rows: Rows,
    around: Surroundings,
    *,
    noindex: bool,
    filters: tuple[tuple[str, tuple[Link, ...]], ...] = (),
) -> tuple[FiledList, Meta]:
    shown = SHOWN[kind]
    first, count = number is None, page_count(total)
    start = urls.first_of(kind) if key.group == WHOLE else key.base
    title = key.name if key.group == WHOLE else f"{label(kind)}：{key.name}"
    if number is None:
        older = urls.numbered(key.base, count) if total > PAGE_ROWS else ""
    else:
        older = urls.numbered(key.base, number - 1) if number > 1 else ""
    trail = (
        ((urls.OTHERS, TITLE),)
        if key.group == WHOLE and first
        else ((urls.OTHERS, TITLE), (urls.first_of(kind), label(kind)))
    )
    page = FiledList(
        title=title if first else f"{title}（第 {number} 页）",
        intro=shown.intro if first else "",
        law=around.clause(shown.laws.get(around.site.site.city, "")) if first else around.clause(""),
        total=total if first else rows.count,
        heads=("名称", *(shown.label(name) for name in shown.heads)),
        rows=rows,
        none=shown.none,
        filters=filters,
        newer="" if first else start,
        older=older,
        pages=tuple(Link(urls.numbered(key.base, one), str(one)) for one in range(count, 0, -1))
        if first and count > 1
        else (),
        downloads=around.downloads(kind) if first else (),
        days=around.days if first else None,
        crumbs=crumbs(*trail),
    )
    address = start if number is None else urls.numbered(key.base, number)
    return page, around.meta(page.title, f"{page.title}。{shown.intro}"[:120], SECTION, address, noindex=noindex)


def _ordered(kind: Kind, field: str, keys: Sequence[ListKey], counts: Mapping[str, int]) -> list[ListKey]:
    """The lists of one filter: years from the newest, words in their order, names by how many."""
    found = [key for key in keys if key.group == field]
    words = next(one.words for one in SHOWN[kind].columns if one.name == field)
    if field == SHOWN[kind].day:
        return sorted(found, key=lambda key: key.name, reverse=True)
    if words:
        order = [LABELS[word] for word in words]
        return sorted(found, key=lambda key: order.index(key.name))
    return sorted(found, key=lambda key: (-counts[key.base], key.name))


def _tags(view: View, around: Surroundings) -> tuple[str, ...]:
    """What stands below a record's name: the sort of its subject, and where it is."""
    return (told(view, "subject_type"), around.region(view.region)) if isinstance(view, SubjectView) else ()


def _fact(view: View, column: Column, around: Surroundings) -> Fact:
    value = getattr(view, column.name)
    if isinstance(value, tuple):
        return Fact(column.label, tuple(around.basis(text) for text in value))
    return Fact(column.label, tuple(around.basis(line) for line in paragraphs(told(view, column.name))))
