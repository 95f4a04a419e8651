"""The page and the row of a severe entry (contract, sections 1 and 4; DL 33, LY 21)."""

from __future__ import annotations

from site_builder.kinds.severe_list.shown import SevereView
from site_builder.pages import urls
from site_builder.pages.citing import citation
from site_builder.pages.contexts import Basis, Event, MeasureRow, Meta, SeverePage, SevereRow
from site_builder.pages.surroundings import Surroundings, crumbs, label, paragraphs
from site_builder.pages.verdict import doors, verdict
from site_builder.vocabulary import Category, Kind

TITLE = label(Kind.SEVERE)


def severe_row(view: SevereView, around: Surroundings) -> SevereRow:
    """An entry in a list."""
    return SevereRow(
        href=urls.record(Kind.SEVERE, view.id),
        id=view.id,
        name=view.subject_name,
        code=view.subject_code,
        category=label(view.category),
        region=around.region(view.region),
        authority=view.authority,
        list_name=view.list_name,
        listed_on=view.listed_on,
        term_text=view.term_text,
        public_until=view.public_until,
        objection=view.objection_received_on is not None,
    )


def summary(view: SevereView) -> str:
    """An entry in one sentence, for its page's head and the feeds."""
    what = f"{view.subject_name}，{label(view.category)}"
    return f"{what}，{view.authority}认定，{view.listed_on} 列入，{view.term_text}。"


def severe_page(view: SevereView, applied: tuple[MeasureRow, ...], around: Surroundings) -> tuple[SeverePage, Meta]:
    """An entry's page and its head; ``applied`` are the measures it names that are published and in force."""
    address = urls.record(Kind.SEVERE, view.id)
    year = str(view.listed_on.year)
    page = SeverePage(
        id=view.id,
        name=view.subject_name,
        verdict=verdict(view),
        doors=doors(view, around),
        code=view.subject_code,
        subject_type=label(view.subject_type),
        region=around.region(view.region),
        category=label(view.category),
        category_basis=category_basis(view.category, around),
        authority=view.authority,
        source=view.source,
        list_name=view.list_name,
        listed_on=view.listed_on,
        decision_no=view.decision_no,
        decided_on=view.decided_on,
        published_on=view.published_on,
        updated_on=view.updated_on,
        term_text=view.term_text,
        term_basis=view.term_basis,
        told=view.told,
        public_until=view.public_until,
        objection_received_on=view.objection_received_on,
        act_text=_act(view),
        natural_person_basis=view.natural_person_basis,
        responsible=_responsible(view),
        responsible_basis=view.responsible_persons_basis,
        contents=_contents(view),
        basis=tuple(around.basis(text) for text in view.basis),
        measures=applied,
        measures_suspended=view.measures_suspended,
        timeline=_timeline(view),
        advice=around.advice(around.words.of(Kind.SEVERE).ways_of(view.category, special_term=view.special_term)),
        contact=around.contact(view.authority),
        change_note=view.change_note,
        citation=citation(
            f"{TITLE}：{view.subject_name}（{view.id}）", view.authority, view.published_on, address, around
        ),
        crumbs=crumbs((urls.SEVERE, TITLE), (urls.year(view.listed_on.year), f"{year} 年")),
    )
    meta = around.meta(
        f"{view.subject_name}－{TITLE}",
        summary(view),
        "severe",
        address,
        published_on=view.published_on,
        source=view.source,
        keywords=tuple(word for word in (view.subject_name, view.list_name, view.authority) if word),
        noindex=view.is_person,
        unavailable_after=view.public_until,
    )
    return page, meta


def category_basis(category: Category, around: Surroundings) -> Basis:
    """The item of the regulation that names the kind of conduct, where it does."""
    found = around.clause(around.words.of(Kind.SEVERE).items.get(category, ""))
    return found if found.href else Basis("")


def _act(view: SevereView) -> str:
    if view.act_ended_on is not None:
        return f"{view.act_ended_on} 终止"
    return "仍在持续" if view.act_ongoing else ""


def _responsible(view: SevereView) -> tuple[tuple[str, str], ...]:
    people = (
        ("法定代表人", view.legal_representative),
        ("主要负责人", view.principal),
        ("实际控制人", view.actual_controller),
    )
    return tuple((title, name) for title, name in people if name)


def _contents(view: SevereView) -> tuple[tuple[str, tuple[str, ...]], ...]:
    contents = (
        ("认定事由", view.cause),
        ("认定依据", "\n".join(view.basis)),
        ("失信惩戒措施提示", view.measures_notice),
        ("移出条件", view.removal_conditions),
        ("移出程序", view.removal_procedure),
        ("救济措施", view.remedies),
    )
    return tuple((title, paragraphs(text)) for title, text in contents if text)


def _timeline(view: SevereView) -> tuple[Event, ...]:
    days = [
        (view.decided_on, "作出认定决定"),
        (view.listed_on, "列入名单"),
        (view.published_on, "开始公示"),
    ]
    if view.act_ended_on is not None:
        days.append((view.act_ended_on, "失信行为终止"))
    if view.objection_received_on is not None:
        days.append((view.objection_received_on, "受理异议，处理中"))
    if view.updated_on is not None:
        days.append((view.updated_on, "更新信息"))
    days.sort(key=lambda event: event[0])
    if view.public_until is not None:
        last = Event(view.public_until, "公示期满", future=True)
    else:
        last = Event(None, view.term_text, future=True)
    return (*(Event(day, text) for day, text in days), last)
