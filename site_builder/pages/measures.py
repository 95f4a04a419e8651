"""The pages of measures: each measure, the whole list, and the lists by kind, body, basis and clause (DL 28)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
import re
from typing import Final

from site_builder.kinds.measures.shown import MeasureView
from site_builder.pages import urls
from site_builder.pages.citing import citation
from site_builder.pages.contexts import Link, Matrix, MeasurePage, MeasureRow, Meta, Rows
from site_builder.pages.listings import WHOLE, ListKey, Words, whole_list
from site_builder.pages.surroundings import Surroundings, crumbs, label, paragraphs
from site_builder.vocabulary import Effect, Kind

SECTION: Final = "measures"
TITLE: Final = label(Kind.MEASURE)
INTRO: Final = "列明谁可以对谁采取什么激励或者惩戒措施、依据是什么、从何时起。"
FILTERS: Final = {"kind": "类别", "field": "领域", "body": "实施主体", "clause": "条款", "basis": "依据"}
"""The keys measures are browsed by."""

FIELDS: Final = {
    name: re.compile(words)
    for name, words in (
        ("准入", "准入|许可|资质|特许经营|从业"),
        ("任职", "任职|职务|法定代表人|董事|监事|高级管理人员|公务员|招录"),
        ("融资", "融资|贷款|信贷|授信|债券|上市|担保|金融"),
        ("消费和出行", "消费|出境|乘坐|飞机|列车"),
        ("资金和优惠", "财政|资金|补贴|税|优惠|公共政策|政府采购|招标|投标|公共资源交易"),
        ("评优和荣誉", "评优|评先|表彰|荣誉|奖励|推介"),
        ("监管", "监管|检查|抽查|约谈|从严审"),
        ("办事", "绿色通道|容缺|优先|便利|简化|告知承诺|先离场后付费|专员"),
    )
}
"""In plain words what a measure touches, and the words of a measure that say so: no term of any law."""

OTHER_FIELD: Final = "其他"
CITED_SHOWN: Final = 20
"""Entries named on a measure's own page; all of them have a list of their own."""


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
        fields=fields_of(view),
    )


def fields_of(view: MeasureView) -> tuple[str, ...]:
    """What the measure touches, by its own title and content."""
    text = f"{view.title}\n{view.content}"
    return tuple(name for name, words in FIELDS.items() if words.search(text)) or (OTHER_FIELD,)


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
        bodies=tuple(Link(urls.by(Kind.MEASURE, "body", urls.slug(body)), body) for body in _bodies(view)),
        basis=tuple(around.basis(text) for text in view.basis),
        basis_level=label(view.basis_level) if view.basis_level is not None else "",
        clause=around.clause(view.clause),
        effective_on=view.effective_on,
        in_force=view.in_force,
        published_on=view.published_on,
        updated_on=view.updated_on,
        change_note=view.change_note,
        contact=around.contact(),
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
        SECTION,
        address,
        published_on=view.published_on,
        keywords=(view.title, label(view.effect), *_bodies(view)),
    )
    return page, meta


def keys_of(view: MeasureView, around: Surroundings) -> tuple[ListKey, ...]:
    """Every list a measure stands in: that of all, and those of its effect, fields, bodies, bases and clause."""
    keys = [
        whole_list(Kind.MEASURE),
        _key(
            "kind",
            view.effect,
            label(view.effect),
            urls.view_of_word("kind", view.effect),
            list(Effect).index(view.effect),
        ),
    ]
    names = (*FIELDS, OTHER_FIELD)
    keys += [_key("field", urls.slug(name), name, place=names.index(name)) for name in fields_of(view)]
    keys += [
        _key("body", urls.slug(body), body, urls.view_of_text("implementing_bodies", body)) for body in _bodies(view)
    ]
    keys += [
        _key("basis", urls.slug(text), text, urls.view_of_text("basis", text)) for text in dict.fromkeys(view.basis)
    ]
    if view.clause:
        told = around.clause(view.clause).text
        keys.append(_key("clause", urls.slug(view.clause), told, urls.view_of_text("clause", view.clause)))
    return tuple(keys)


def _key(group: str, value: str, name: str, view: str = "", place: int = 0) -> ListKey:
    return ListKey(group, urls.by(Kind.MEASURE, group, value), name, place, view)


def _bodies(view: MeasureView) -> tuple[str, ...]:
    return tuple(dict.fromkeys(view.implementing_bodies))


def words(key: ListKey, around: Surroundings) -> Words:
    """What the lists of measures say."""
    whole = key.group == WHOLE
    said = around.words.of(Kind.MEASURE)
    return Words(
        template="measures.html",
        section=SECTION,
        title=TITLE if whole else f"{TITLE}：{key.name}",
        intro=said.intro or INTRO,
        law=around.clause(said.clause),
        crumbs=crumbs() if whole else crumbs((urls.MEASURES, TITLE)),
    )


def choices(views: Sequence[MeasureView], around: Surroundings) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """What the measures of a page may be narrowed by, each value in the words of the row it is found in."""
    bodies = Counter(body for view in views for body in _bodies(view))
    fields = {name for view in views for name in fields_of(view)}
    laws = Counter(law for view in views for law in laws_of(view))
    clauses = sorted({view.clause for view in views if view.clause}, key=_clause_order)
    found = (
        ("kind", FILTERS["kind"], tuple(label(effect) for effect in Effect)),
        ("field", FILTERS["field"], tuple(name for name in (*FIELDS, OTHER_FIELD) if name in fields)),
        ("body", FILTERS["body"], tuple(sorted(bodies, key=lambda one: (-bodies[one], one)))),
        ("law", FILTERS["basis"], tuple(sorted(laws, key=lambda one: (-laws[one], one)))),
        ("clause", FILTERS["clause"], tuple(around.clause(clause).text for clause in clauses)),
    )
    return tuple(choice for choice in found if len(choice[2]) > 1)


def _clause_order(clause: str) -> tuple[tuple[bool, int, str], ...]:
    """``DL-34-2`` before ``DL-34-10``."""
    return tuple((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in clause.split("-"))


def matrix(views: Sequence[MeasureView]) -> Matrix:
    """Implementing bodies against effects, a count in each cell; those with the most measures first."""
    counts = Counter((body, view.effect) for view in views for body in _bodies(view))
    totals = Counter(body for body, _ in counts.elements())
    rows = []
    for body in sorted(totals, key=lambda one: (-totals[one], one)):
        address = urls.by(Kind.MEASURE, "body", urls.slug(body))
        cells = (
            Link(address, label(effect), counts[body, effect]) if counts[body, effect] else None for effect in Effect
        )
        rows.append((Link(address, body, totals[body]), tuple(cells)))
    return Matrix(tuple(label(effect) for effect in Effect), tuple(rows))
