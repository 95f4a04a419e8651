"""The picture of measures by field: how many reward and how many penalise in each, side by side, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from site_builder.kinds.measures.shown import MeasureView
from site_builder.pages import urls
from site_builder.pages.contexts import FieldBars, FieldPicture, Link
from site_builder.pages.measures import FIELDS, OTHER_FIELD, fields_of
from site_builder.pages.surroundings import Surroundings, label
from site_builder.vocabulary import Effect, Kind

NAME: Final = "measures-by-field"
TITLE: Final = "激励和惩戒涉及哪些领域"

MIDDLE: Final = 50
LONGEST: Final = 41
"""How long the longest bar is, in per cent of the picture: what is left of its half holds a number."""

WORDS: Final = {
    "准入": "能不能进入一个行业、取得许可和资质",
    "任职": "能不能担任职务、参加招录",
    "融资": "贷款、发债、上市、担保更容易还是更难",
    "消费和出行": "高消费、出境、乘坐飞机和列车",
    "资金和优惠": "财政资金、税收优惠、采购和招投标",
    "评优和荣誉": "评优评先、表彰和奖励",
    "监管": "检查得少一些还是多一些",
    "办事": "手续更简便还是更严",
    OTHER_FIELD: "以上各项没有说到的",
}
"""What each field is about, to somebody who is not of the trade."""


def field_picture(views: Sequence[MeasureView], around: Surroundings) -> FieldPicture | None:
    """The fields, those with the most measures first and what is in none of them last; None without measures."""
    counts = Counter((field, view.effect) for view in views for field in fields_of(view))
    totals = Counter(field for field, _ in counts.elements())
    if not totals:
        return None
    names = sorted(totals, key=lambda one: (one == OTHER_FIELD, -totals[one], [*WORDS].index(one)))
    most = max(counts.values())
    file = urls.figures(NAME)
    return FieldPicture(
        name=NAME,
        title=TITLE,
        sentence=_sentence(views, counts),
        heads=(label(Effect.INCENTIVE), label(Effect.PENALTY)),
        rows=tuple(
            _bars(name, totals[name], counts[name, Effect.INCENTIVE], counts[name, Effect.PENALTY], most)
            for name in names
        ),
        file=file,
        saved=around.saved_as(file, TITLE),
    )


def figures(picture: FieldPicture) -> list[tuple[str, ...]]:
    """The numbers of the picture, the head first."""
    rows = [(one.field.text, str(one.reward), str(one.penalty), str(one.field.count)) for one in picture.rows]
    return [("领域", *picture.heads, "合计"), *rows]


def _bars(name: str, total: int, reward: int, penalty: int, most: int) -> FieldBars:
    link = Link(urls.by(Kind.MEASURE, "field", urls.slug(name)), name, total)
    return FieldBars(
        field=link,
        about=WORDS[name],
        reward=reward,
        penalty=penalty,
        start=_percent(MIDDLE - LONGEST * reward / most),
        left=_percent(LONGEST * reward / most),
        right=_percent(LONGEST * penalty / most),
        end=_percent(MIDDLE + LONGEST * penalty / most),
    )


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _sentence(views: Sequence[MeasureView], counts: Counter[tuple[str, Effect]]) -> str:
    """What the picture shows, made from its numbers."""
    of_effect = Counter(view.effect for view in views)
    each = "，".join(f"{label(one)} {of_effect[one]:,} 项" for one in Effect)
    told = f"公布的措施共 {len(views):,} 项：{each}。"
    for effect in Effect:
        found = {field: count for (field, of), count in counts.items() if of is effect and field != OTHER_FIELD}
        if found:
            most = max(found.values())
            names = "、".join(field for field in FIELDS if found.get(field) == most)
            told += f"{label(effect)}涉及最多的是{names}（{most:,} 项）。"
    return f"{told}一项措施可以涉及几个领域；领域按措施自己的文字归入，不是法规的分类。"
