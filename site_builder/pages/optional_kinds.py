"""The pages of the optional kinds: a record, its row, its kind's lists, and the page that leads to all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import datetime as dt
import enum
from typing import Final

from markupsafe import Markup
import msgspec

from site_builder.kinds.shown import SHOWN
from site_builder.pages import urls
from site_builder.pages.citing import citation
from site_builder.pages.contexts import ContentPage, Link, Meta
from site_builder.pages.listings import WHOLE, ListKey, Words, whole_list, year_key
from site_builder.pages.optional_contexts import Fact, OptionalPage, OptionalRow
from site_builder.pages.surroundings import OTHERS, Surroundings, crumbs, label, paragraphs, told
from site_builder.pages.verdict import doors, verdict
from site_builder.public.columns import ShownColumn
from site_builder.public.law_words import LawWords, Way
from site_builder.public.view import DATED, SubjectView, View
from site_builder.vocabulary import LABELS, Kind

SECTION: Final = OTHERS[0]
TITLE: Final = OTHERS[2]
INTRO: Final = "其他依照法规公示的信息，每一类写明条款。"
_APART: Final = frozenset(
    {"subject_name", "public_until", "objection_received_on", "subject_code", "subject_type", "region"}
)
"""What a record's page shows at its head."""

_LAST: Final = frozenset({"natural_person_basis", *(one.name for one in DATED)})
"""What a record's page says last: why a person is named, and the days of the record itself."""


def optional_row(view: View, around: Surroundings) -> OptionalRow:
    """A record in a list."""
    shown = SHOWN[view.kind]
    return OptionalRow(
        href=urls.record(view.kind, view.id),
        name=view.name,
        code=told(view, shown.code),
        region=around.region(getattr(view, "region", "")),
        cells=tuple((shown.label(name), told(view, name)) for name in shown.heads),
        public_until=view.public_until,
        objection=getattr(view, "objection_received_on", None) is not None,
    )


def optional_page(view: View, around: Surroundings) -> tuple[OptionalPage, Meta]:
    """A record's page and its head."""
    kind, shown = view.kind, SHOWN[view.kind]
    address, title = urls.record(kind, view.id), shown.short
    disputable = "objection" in shown.overlay
    said = around.words.of(kind)
    meaning, clause = said.meanings.get(str(getattr(view, shown.category)), ("", "")) if shown.category else ("", "")
    page = OptionalPage(
        id=view.id,
        name=view.name,
        verdict=verdict(view),
        doors=doors(view, around),
        kind=title,
        tone=shown.tone,
        code=told(view, shown.code),
        tags=tuple(tag for tag in _tags(view, around) if tag),
        objection_received_on=getattr(view, "objection_received_on", None),
        public_until=view.public_until,
        facts=tuple(_facts(view, around)),
        meaning=meaning,
        law=around.clause(clause or said.clause),
        about=said.intro or shown.intro,
        advice=around.advice(_ways(view, around.words)) if disputable else (),
        contact=around.contact(told(view, shown.authority)),
        citation=citation(
            f"{title}：{view.name}（{view.id}）",
            told(view, shown.authority) or around.site.unit.owner,
            view.published_on,
            address,
            around,
        ),
        crumbs=crumbs((urls.OTHERS, TITLE), (urls.first_of(kind), label(kind))),
    )
    meta = around.meta(
        f"{view.name}－{title}",
        summary(view),
        SECTION,
        address,
        published_on=view.published_on,
        source=told(view, shown.authority),
        keywords=tuple(word for word in (view.name, title) if word),
        noindex=view.is_person,
        unavailable_after=view.public_until,
    )
    return page, meta


def summary(view: View) -> str:
    """A record in a few words, for its page's head and the feeds."""
    shown = SHOWN[view.kind]
    told_first = "，".join(f"{shown.label(name)} {text}" for name in shown.heads if (text := told(view, name)))
    return f"{view.name}，{told_first}。"[:120]


def _ways(view: View, words: LawWords) -> tuple[Way, ...]:
    """What the subject can do: object, and where there is something to repair have it repaired."""
    return words.of(view.kind).ways or ((words.objection, words.repair) if _repairable(view) else (words.objection,))


def _repairable(view: View) -> bool:
    """Whether there is something to repair, and it may be; where a kind has decisions, only what one was made on."""
    shown = SHOWN[view.kind]
    return (
        "repaired" in shown.overlay
        and not told(view, shown.kept)
        and (not shown.number or told(view, shown.number) != "")
    )


def keys_of(view: View, around: Surroundings) -> tuple[ListKey, ...]:
    """Every list a record stands in: that of all, and one by each filter of its kind, or each item of a list there."""
    kind, shown = view.kind, SHOWN[view.kind]
    keys = [whole_list(kind)]
    for field in shown.filters:
        value = getattr(view, field)
        if isinstance(value, dt.date):
            key = year_key(kind, field, value.year)
            if field != shown.day:  # the files of years are those of another day
                key = msgspec.structs.replace(key, view=urls.view_of_word(field, f"{value.year:04}-"))
            keys.append(key)
        elif isinstance(value, tuple):
            keys += [
                ListKey(field, urls.by(kind, field, urls.slug(one)), one, view=urls.view_of_text(field, one))
                for one in dict.fromkeys(value)
            ]
        elif field == "region" and value:
            known = value in around.site.regions
            view_of = urls.view_of_word(field, value) if known else ""  # the other regions have many codes
            base = urls.by(kind, field, value if known else "other")
            keys.append(ListKey(field, base, around.region(value), view=view_of))
        elif isinstance(value, enum.Enum):
            word = str(value)
            place = list(LABELS).index(word)
            keys.append(ListKey(field, urls.by(kind, field, word), label(word), place, urls.view_of_word(field, word)))
        elif value:
            keys.append(
                ListKey(field, urls.by(kind, field, urls.slug(value)), value, view=urls.view_of_text(field, value))
            )
    return tuple(keys)


def words(kind: Kind, key: ListKey, around: Surroundings) -> Words:
    """What the lists of an optional kind say."""
    shown, said, whole = SHOWN[kind], around.words.of(kind), key.group == WHOLE
    trail = () if whole else ((urls.first_of(kind), label(kind)),)
    return Words(
        template="optional-list.html",
        section=SECTION,
        title=key.name if whole else f"{label(kind)}：{key.name}",
        intro=said.intro or shown.intro,
        law=around.clause(said.clause),
        heads=("名称", *(shown.label(name) for name in shown.heads)),
        none=said.none or shown.none,
        crumbs=crumbs((urls.OTHERS, TITLE), *trail),
    )


def others_page(counts: Mapping[Kind, int], around: Surroundings) -> tuple[ContentPage, Meta]:
    """``lists/``: the optional kinds the site shows, and how many records each has."""
    items = Markup("").join(
        Markup('<li><h2><a href="{}">{}</a> <span class="count">{}</span></h2><p>{}</p></li>').format(
            f"../{urls.first_of(kind)}", label(kind), counts[kind], around.words.of(kind).intro or SHOWN[kind].intro
        )
        for kind in around.optional
    )
    body = Markup('<p class="intro">{}</p><ul class="guides">{}</ul>').format(INTRO, items)
    return ContentPage(TITLE, body, (), crumbs()), around.meta(TITLE, INTRO, SECTION, urls.OTHERS)


def ways(counts: Mapping[Kind, int], around: Surroundings) -> tuple[Link, ...]:
    """Ways to the optional kinds, with how many records each has."""
    return tuple(Link(urls.first_of(kind), label(kind), counts[kind]) for kind in around.optional)


def _tags(view: View, around: Surroundings) -> tuple[str, ...]:
    """What stands below a record's name: the sort of its subject, and where it is."""
    return (told(view, "subject_type"), around.region(view.region)) if isinstance(view, SubjectView) else ()


def _facts(view: View, around: Surroundings) -> Iterator[Fact]:
    """What the record says, in the order of the columns; first of what was done, then of whom and by what right."""
    columns = [one for one in SHOWN[view.kind].columns if one.name not in _APART and told(view, one.name)]
    for column in sorted(columns, key=lambda one: one.name in _LAST):
        if column.name != "source" or told(view, "source") != told(view, SHOWN[view.kind].authority):
            yield _fact(view, column, around)


def _fact(view: View, column: ShownColumn, around: Surroundings) -> Fact:
    value = getattr(view, column.name)
    if isinstance(value, tuple):
        return Fact(column.label, tuple(around.basis(text) for text in value))
    return Fact(column.label, tuple(around.basis(line) for line in paragraphs(told(view, column.name))))
