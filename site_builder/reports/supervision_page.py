"""The supervisor's report as one HTML file that needs nothing else: the private one, and one without names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final

from site_builder.decide.duties import CLOCKS, STATES, ClockState, Owed
from site_builder.findings import GROUPS
from site_builder.law.articles import articles
from site_builder.release.diff_page import page_head
from site_builder.reports.supervision import Day, PublicDay, UnitReport
from site_builder.rules.decision import REASON_LABELS
from site_builder.rules.ruleset import RuleSet
from site_builder.vocabulary import LABELS

MEANINGS: Final = {code: meaning for group in GROUPS.values() for code, meaning in group.items()}


def private_page(title: str, days: Sequence[Day], units: Sequence[UnitReport], rules: RuleSet) -> Iterator[str]:
    """The report in pieces; the last of ``days`` is today, those before are what was kept."""
    now, meanings = days[-1], _meanings(rules)
    yield page_head(title) + '<p class="note">内部材料，不得公开。</p>'
    yield f"<p>核验日 {now.as_of}。</p>\n<h2>总数</h2>\n"
    yield from _table(
        ("类别", "行", "公开", "不公开", "隔离"),
        [
            (LABELS[kind], one.rows, one.published, sum(one.withheld.values()), one.rejected)
            for kind, one in now.counts.items()
        ],
    )
    yield "<h2>变化</h2>\n"
    codes = sorted({code for day in days for code in day.found})
    found: list[tuple[str | int, ...]] = [(meanings(code), *(day.found.get(code, 0) for day in days)) for code in codes]
    yield from _table(
        ("", *(str(day.as_of) for day in days)),
        [
            ("公开", *(sum(one.published for one in day.counts.values()) for day in days)),
            ("应公示未公示", *(day.unpublished for day in days)),
            ("应撤未撤", *(day.standing for day in days)),
            ("超期", *(day.overdue for day in days)),
            *found,
        ],
    )
    yield "<h2>各单位</h2>\n"
    yield from _table(
        ("单位", "应公示未公示", "应撤未撤", "期内", "超期", "其他问题和提醒"),
        [
            (
                one.name or "（不属于哪一个单位）",
                len(one.unpublished),
                len(one.standing),
                sum(due.state is ClockState.IN_TIME for due in one.clocks),
                sum(due.state is ClockState.OVERDUE for due in one.clocks),
                sum(map(len, one.found.values())),
            )
            for one in units
        ],
    )
    for one in units:
        yield f"<h3>{escape(one.name or '不属于哪一个单位')}</h3>\n"
        yield from _unit(one, rules.names, meanings)
    yield "</html>\n"


def public_page(title: str, now: PublicDay, rules: RuleSet) -> Iterator[str]:
    """What may be told: nobody is named, and nothing withheld is counted."""
    yield page_head(title)
    yield f"<p>核验日 {now.as_of}。</p>\n<h2>公示中的记录</h2>\n"
    yield from _table(("类别", "条"), [(LABELS[kind], count) for kind, count in now.published.items()])
    yield "<h2>办理期限</h2>\n"
    yield from _table(("状态", "件"), [(STATES[state], now.clocks.get(state, 0)) for state in STATES])
    if now.found:
        yield "<h2>正在核对的</h2>\n"
        yield from _table(("", "条"), [(_meanings(rules)(code), count) for code, count in now.found.items()])
    yield "</html>\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Iterator[str]:
    yield "<table><tr>" + "".join(f'<th scope="col">{escape(one)}</th>' for one in heads) + "</tr>\n"
    for first, *rest in rows:
        cells = "".join(f'<td class="n">{escape(str(one))}</td>' for one in rest)
        yield f'<tr><th scope="row">{escape(str(first))}</th>{cells}</tr>\n'
    yield "</table>\n"


def _unit(one: UnitReport, names: Mapping[str, str], meanings: Callable[[str], str]) -> Iterator[str]:
    yield "<ul>\n"
    for what, owed in (("应公示未公示", one.unpublished), ("应撤未撤", one.standing)):
        for (why, by), ids in _grouped(owed, names).items():
            yield _line(f"{what}：{why}（{by}）", ids)
    running: defaultdict[str, list[str]] = defaultdict(list)
    for due in one.clocks:
        running[f"{CLOCKS[due.clock]}，{STATES[due.state]}"].append(f"{due.id}（至 {due.last_day or '不知道'}）")
    for what, ids in running.items():
        yield _line(what, ids)
    for code, found in one.found.items():
        yield _line(f"{meanings(code)}（{code}）", [record_id or str(finding.place) for record_id, finding in found])
    yield "</ul>\n"


def _grouped(owed: Iterable[Owed], names: Mapping[str, str]) -> dict[tuple[str, str], list[str]]:
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one in owed:
        why = "、".join(REASON_LABELS[reason] for reason in one.reasons)
        found[why, articles(one.articles, names)].append(one.id)
    return found


def _line(what: str, ids: Sequence[str]) -> str:
    return f"<li>{escape(what)}，{len(ids)} 项：{escape('、'.join(ids))}</li>\n"


def _meanings(rules: RuleSet) -> Callable[[str], str]:
    """What a code means, in a few words: what the city asks, or the first sentence of what is said of it."""
    asked = {one.code: one.question for one in rules.watches}
    asked |= {one.code: one.question for one in rules.cross_watches}
    return lambda code: asked.get(code) or MEANINGS.get(code, code).removeprefix("提醒：").partition("。")[0]
