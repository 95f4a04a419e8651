"""The figures: counted from what is published, and from nothing else (contract, section 3, “No trace”)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

import msgspec

from site_builder.kinds.shown import SHOWN
from site_builder.pages import urls
from site_builder.pages.citing import citation
from site_builder.pages.contexts import (
    BarChart,
    Column,
    ColumnChart,
    FieldPicture,
    Link,
    Meta,
    Panel,
    Segment,
    Statistics,
)
from site_builder.pages.listings import YEAR, ListKey, short
from site_builder.pages.severe_lists import BROWSE
from site_builder.pages.surroundings import Surroundings, crumbs
from site_builder.vocabulary import Kind

TITLE = "统计"
INTRO = "按本站公示中的信息统计，不含未公开和已停止公开的信息。"
MOST = 20
"""Bars shown of a key with many values; the list itself has them all."""


YEARS: Final = 3
"""Calendar years of which months are shown; earlier ones are in the bars by year and in the file."""

MONTHS: Final = 12
NAMED: Final = 3
"""So many that lead are named in a sentence."""

GAP: Final = 0.16
"""What a column leaves free of its place."""

ORGANISATIONS: Final = "自然人的记录只按年统计，不在图中。"

Drawn = TypeVar("Drawn", ColumnChart, FieldPicture)

Counts = Mapping[ListKey, int]
"""How many records each list of a kind has."""

Counted = Mapping[int, int]
"""How many records there are by time: a year, or a month as ``year * 12 + month - 1``."""


def year_bars(counts: Counts) -> BarChart:
    """Entries by year of listing, the oldest first."""
    return BarChart("名单按列入年份", "条", _years(counts))


def browse_bars(group: str, counts: Counts) -> BarChart:
    """Entries of organisations by a browse key, the most first."""
    links = sorted(
        (Link(key.base, key.name, count) for key, count in counts.items() if key.group == group), key=_most_first
    )
    return BarChart(f"名单按{BROWSE[group]}（单位）", "条", tuple(links[:MOST]))


def statistics(
    entries: Counts,
    organisations: Counts,
    measures: Counts,
    models: Counts,
    others: Mapping[Kind, tuple[Counts, Counts]],
    months: Mapping[ListKey, Counted],
    years: Mapping[ListKey, Counted],
    picture: FieldPicture | None,
    around: Surroundings,
) -> tuple[Statistics, Meta]:
    """``statistics/``: entries by time, category, authority, region; measures by field, body, clause; models by year.

    ``organisations``: their entries among all, ``months`` those of each category, ``years`` of each authority. Of the
    optional kinds (all, and organisations') those that are counted, by what each says (``Shown.charts``).
    """
    charts = [month_chart(months, {key.base for key in entries})] if months else []
    charts += [authority_chart(years)] if years else []
    bars = [year_bars(entries)]
    bars += [browse_bars(group, organisations) for group in ("category", "region")]
    for group, name in (("body", "实施主体"), ("clause", "条款")):
        of_group = sorted((key for key in measures if key.group == group), key=lambda key: (-measures[key], key.name))
        links = tuple(Link(key.base, short(key.name), measures[key]) for key in of_group[:MOST])
        bars.append(BarChart(f"措施按{name}", "项", links))
    bars.append(BarChart("典型按授予年份", "个", _years(models)))
    bars += [one for kind, (counts, of_them) in others.items() for one in _charts(kind, counts, of_them)]
    page = Statistics(
        charts=tuple(_taken_away(one, around) for one in charts),
        picture=_taken_away(picture, around) if picture is not None else None,
        bars=tuple(one for one in bars if one.rows),
        citation=citation(TITLE, around.site.unit.owner, around.data_on, urls.STATISTICS, around),
        days=around.days,
        crumbs=crumbs(),
    )
    return page, around.meta(TITLE, INTRO, "statistics", urls.STATISTICS)


def _taken_away(chart: Drawn, around: Surroundings) -> Drawn:
    """A chart with what its figures are saved as, and how it is cited."""
    address = f"{urls.STATISTICS}#{chart.name}"
    told = citation(f"{TITLE}：{chart.title}", around.site.unit.owner, around.data_on, address, around)
    return msgspec.structs.replace(chart, saved=around.saved_as(chart.file, chart.title), citation=told)


def month_chart(months: Mapping[ListKey, Counted], lists: Container[str]) -> ColumnChart:
    """Entries by month of listing, stacked by category; a panel a year, the last ``YEARS``.

    ``lists``: the addresses of the lists there are; a year without entries has none.
    """
    keys = _by_total(months)
    totals = _summed(months.values())
    last = max(totals) // MONTHS
    shown = [year for year in range(last - YEARS + 1, last + 1) if year >= min(totals) // MONTHS]
    most = max(totals[month] for month in totals if month // MONTHS in shown)
    panels = []
    for year in shown:
        times = range(year * MONTHS, (year + 1) * MONTHS)
        address = urls.year(year) if urls.year(year) in lists else ""
        name = Link(address, f"{year:04} 年", sum(totals[month] for month in times))
        panels.append(Panel(name, _columns([months[key] for key in keys], times, most), "1 月", "12 月"))
    many = sum(totals.values())
    drawn = sum(panel.name.count or 0 for panel in panels)
    earlier = f"图中是 {shown[0]} 年以来列入的 {drawn:,} 条，更早的 {many - drawn:,} 条在下面的表里。"
    first = _alike([sum(months[key].values()) for key in keys])
    of_first = sum(months[keys[0]].values())
    return ColumnChart(
        name="severe-by-month",
        title="名单按列入月份和行为类别",
        sentence=f"现在公示中的单位记录共 {many:,} 条。"
        f"{_busiest(totals)}；"
        f"最多的行为类别是{_named(keys[:first])}，{'各 ' if first > 1 else ''}{of_first:,} 条，"
        f"{'各' if first > 1 else ''}占{_share(of_first, many)}。{earlier if drawn < many else ''}{ORGANISATIONS}",
        unit="条",
        most=most,
        legend=tuple(Link(key.base, key.name, sum(months[key].values())) for key in keys),
        panels=tuple(panels),
        heads=("月份", *(key.name for key in keys), "合计"),
        rows=tuple(
            (f"{month // MONTHS:04}-{month % MONTHS + 1:02}", _row([months[key] for key in keys], month))
            for month in range(max(totals), min(totals) - 1, -1)
            if totals[month]
        ),
        file=urls.figures("severe-by-month"),
    )


def authority_chart(years: Mapping[ListKey, Counted]) -> ColumnChart:
    """Entries by year of listing, a panel an authority, those with the most first."""
    keys = _by_total(years)
    totals = _summed(years.values())
    times = range(min(totals), max(totals) + 1)
    most = max(count for of_year in years.values() for count in of_year.values())
    sums = [sum(years[key].values()) for key in keys]
    leading = keys[: min(3, len(keys) - 1)]
    share = _share(sum(sums[: len(leading)]), sum(sums))
    first = _alike(sums)
    clear = len(leading) > 1 and sums[len(leading) - 1] > sums[len(leading)]
    rest = f"；最多的 {len(leading)} 个单位占{share}" if clear else ""
    ends = f"{times[0]:04}", f"{times[-1]:04}" if len(times) > 1 else ""
    return ColumnChart(
        name="severe-by-authority",
        title="名单按认定单位和列入年份",
        sentence=f"现在公示中的单位记录由 {len(keys):,} 个单位认定，最多的是{_named(keys[:first])}，"
        f"{'各 ' if first > 1 else ''}{sums[0]:,} 条{rest}。"
        f"{ORGANISATIONS}",
        unit="条",
        most=most,
        legend=(),
        panels=tuple(
            Panel(Link(key.base, key.name, count), _columns([years[key]], times, most), *ends)
            for key, count in zip(keys[:MOST], sums, strict=False)
        ),
        heads=("认定单位", *(f"{year:04} 年" for year in times), "合计"),
        rows=tuple(
            (key.name, (*(years[key].get(year, 0) for year in times), sum(years[key].values()))) for key in keys
        ),
        file=urls.figures("severe-by-authority"),
        small=True,
    )


def _by_total(counted: Mapping[ListKey, Counted]) -> list[ListKey]:
    return sorted(counted, key=lambda key: (-sum(counted[key].values()), key.name))


def _summed(all_counted: Iterable[Counted]) -> Counter[int]:
    totals: Counter[int] = Counter()
    for one in all_counted:
        totals.update(one)
    return totals


def _busiest(totals: Counted) -> str:
    """In which month the most were listed; where several are alike, in how many, and in which of them last."""
    most = max(totals.values())
    alike = [month for month, count in totals.items() if count == most]
    last = f"{max(alike) // MONTHS} 年 {max(alike) % MONTHS + 1} 月"
    if len(alike) == 1:
        return f"列入最多的月份是 {last}，{most:,} 条"
    return f"一个月里列入最多的是 {most:,} 条，有 {len(alike)} 个月都是，最近的是 {last}"


def _alike(most_first: Sequence[int]) -> int:
    """How many are as many as the first."""
    return most_first.count(most_first[0])


def _named(keys: Sequence[ListKey]) -> str:
    """Those that lead, by name where they are few."""
    if len(keys) > NAMED:
        return f"{keys[0].name}等 {len(keys)} 个"
    return "、".join(key.name for key in keys)


def _row(counted: Sequence[Counted], time: int) -> tuple[int, ...]:
    found = [one.get(time, 0) for one in counted]
    return (*found, sum(found))


def _columns(counted: Sequence[Counted], times: range, most: int) -> tuple[Column, ...]:
    """A column a time, its pieces one on another, the first at the bottom."""
    place = 100 / len(times)
    found = []
    for at, time in enumerate(times):
        top, segments = 100.0, []
        for tone, one in enumerate(counted, start=1):
            height = one.get(time, 0) * 100 / most
            if height:
                top -= height
                segments.append(Segment(tone, _percent(top), _percent(height)))
        found.append(Column(_percent(place * (at + GAP / 2)), _percent(place * (1 - GAP)), tuple(segments)))
    return tuple(found)


def _percent(value: float) -> str:
    return f"{max(value, 0):.2f}%"


def _share(part: int, whole: int) -> str:
    """``三成`` is no figure one can check: a whole per cent is."""
    return f" {part * 100 / whole:.0f}%"


def _charts(kind: Kind, counts: Counts, organisations: Counts) -> Iterator[BarChart]:
    """The records of an optional kind by each field they are counted by.

    By year all, in the years' order; else those of organisations, the most first.
    """
    shown = SHOWN[kind]
    for field in shown.charts:
        by_year = field == shown.day
        of_field = {key: count for key, count in (counts if by_year else organisations).items() if key.group == field}
        links = [Link(key.base, key.name, of_field[key]) for key in sorted(of_field, key=lambda key: -key.place)]
        ordered = links if by_year else sorted(links, key=_most_first)[:MOST]
        name = f"{shown.short}按{shown.filters[field]}{'' if by_year else '（单位）'}"
        yield BarChart(name, "条", tuple(ordered))


def _years(counts: Counts) -> tuple[Link, ...]:
    years = sorted(key for key in counts if key.group == YEAR)
    return tuple(Link(key.base, key.name, counts[key]) for key in years)


def _most_first(link: Link) -> tuple[int, str]:
    return (-(link.count or 0), link.href)
