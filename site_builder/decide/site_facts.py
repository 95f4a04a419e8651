"""What a site tells the rules beside the records: whose names are shown, the orders of the overlay, working days."""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt

from site_builder.config.companions import founded
from site_builder.config.site import Site
from site_builder.config.waivers import WAIVERS
from site_builder.errors import Finding, Place
from site_builder.rules.decision import Facts, OverlayOrder
from site_builder.rules.private_text import office_addresses
from site_builder.rules.ruleset import RuleSet
from site_builder.rules.workdays import Calendar
from site_builder.vocabulary import OPTIONAL, Kind


def facts_of(site: Site, rules: RuleSet, as_of: dt.date) -> Facts:
    """The facts by which the records of a site are decided on a day."""
    return Facts(
        as_of=as_of,
        show_responsible=_shows_responsible(site, rules),
        orders=_orders(site),
        calendar=_calendar(site),
        offices=office_addresses((site.unit.address, *(one.address for one in site.authorities.values()))),
        waived=frozenset((one.id.lower(), one.column, one.digest) for one in site.waivers.holding),
        grave=_grave(site, rules),
    )


def _grave(site: Site, rules: RuleSet) -> frozenset[str]:
    """The lists known to tell of severe acts: by the registry, or by the law the site says they rest on."""
    return (founded(site.lists) - rules.lists.keys()) | {one.name for one in rules.lists.values() if one.grave}


def shown_kinds(site: Site, rules: RuleSet) -> frozenset[Kind]:
    """The optional kinds a site shows: those it names, or else those its city shows as a rule."""
    ruled = rules.kinds
    chosen = site.publish.kinds
    return frozenset(
        kind for kind in OPTIONAL if kind in ruled and (ruled[kind].usual if chosen is None else kind in chosen)
    )


def waivers_void(site: Site, known: frozenset[tuple[Kind, str]]) -> Iterator[Finding]:
    """Waivers that do not hold: signed by nobody who is trusted, or for none of the export's records ``known``."""
    written = site.waivers.written
    if written and not site.waivers.hold:
        message = f"没有可信的签名，或者签名之后改过：{len(written)} 项放行都不生效"
        hint = "由第二个人用 site-builder waive --sign 看过再签"
        yield Finding("waiver-unsigned", Place(WAIVERS), message, hint, warning=True)
    ids = {record_id for _, record_id in known}
    for one in written:
        if one.id.lower() not in ids:
            message, hint = "放行的记录不在导出里", "可以从 waivers.yml 里去掉这一项"
            yield Finding("waiver-void", Place(WAIVERS, one.row), message, hint, warning=True)


def _shows_responsible(site: Site, rules: RuleSet) -> bool:
    chosen = site.publish.responsible_persons
    return rules.show_responsible if chosen is None else chosen == "show"


def _orders(site: Site) -> dict[tuple[Kind, str], tuple[OverlayOrder, ...]]:
    orders: dict[tuple[Kind, str], tuple[OverlayOrder, ...]] = {}
    for item in site.overlay:
        key = (Kind(item.kind), item.id.lower())
        orders[key] = (*orders.get(key, ()), OverlayOrder(item.what, item.on, item.closed_on))
    return orders


def _calendar(site: Site) -> Calendar:
    """Working days as the site was told of them, before the library's table."""
    told = site.holidays
    return Calendar(
        years=frozenset(one.year for one in told),
        off=frozenset(day for one in told for day in one.holidays),
        on=frozenset(day for one in told for day in one.workdays),
    )
