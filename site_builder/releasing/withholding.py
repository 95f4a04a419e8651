"""Taking one record off the live site at once: the overlay written, the release rebuilt, the result proved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
import datetime as dt
from pathlib import Path

import msgspec

from site_builder.audit.file_list import UNLISTED, read_list
from site_builder.audit.gate import Seen
from site_builder.config.companions import OverlayItem, read_overlay
from site_builder.config.load import load_site
from site_builder.config.overlay import add_items
from site_builder.config.site import Site
from site_builder.decide.examine import Options
from site_builder.errors import AFTER_SWITCH, Exit, Finding, Place, SiteBuilderError, machine, refuse
from site_builder.law.articles import articles
from site_builder.law.cities import law_of
from site_builder.pages import urls
from site_builder.processes import deaf
from site_builder.progress import Listener
from site_builder.release.live import AHEAD, read_live
from site_builder.release.orders import add_order, drop_order, key_of, missing
from site_builder.release.overlay_guards import OVERLAY
from site_builder.release.place import held
from site_builder.release.purges import Purge, keep_purge, read_purge
from site_builder.release.resurrected import RESURRECTED
from site_builder.releasing.auditing import audit_with_export
from site_builder.releasing.choosing import Chosen, Order
from site_builder.releasing.pipeline import Report, Target, build
from site_builder.releasing.restoring import KeptOff, keep_off, write_back
from site_builder.render.environment import load_theme
from site_builder.rules.decision import ORDERED
from site_builder.vocabulary import Kind
from site_builder.workers import Engine


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it.

    ``restored`` are the orders the overlay had lost that were written into it first; ``held_back`` the ids of records
    that were ordered off too: the live release lacks them, and the memory of why is lost. ``gone`` are the record's own
    addresses, which the live release had and has no more; ``purge`` every address whose bytes changed or went; both
    relative to the web root; of one taken off before they are those told then, with what changed now. ``articles`` are
    those of the city's rule, ``cited`` the same in words; ``others`` the ids of records of the same subject that are
    still public. ``off_since``: since when it is off where it was not live.
    """

    kind: Kind
    id: str
    articles: tuple[str, ...]
    cited: str
    written: bool
    restored: tuple[OverlayItem, ...]
    was_live: bool
    off_since: dt.date | None
    report: Report
    seen: Seen
    gone: tuple[str, ...]
    purge: tuple[str, ...]
    others: tuple[str, ...]
    held_back: tuple[str, ...]


def withhold(site: Site, order: Order, chosen: Chosen, target: Target, engine: Engine, listener: Listener) -> Withheld:
    """Write the order into the overlay, rebuild the live release's own export, and prove the record gone.

    The overlay is made whole first (``restoring``). What was written stays written where the rebuild fails: the next
    build obeys it. Raises as ``build``.
    """
    record, kind = chosen.located.record, chosen.located.kind
    root = (target.output / site.id / "current").resolve()
    before, _ = read_list(root)
    law = law_of(site).on(order.on)
    rule = next(one for one in law.kinds[record.kind].rules if one.reason is ORDERED[order.what])
    cited = articles(rule.articles, law.names)
    why = f"{order.why}（依据：{cited}）"
    item = OverlayItem(kind, record.id, order.on, order.what, None, order.by, why)
    options = Options(
        export=chosen.export,
        as_of=max(order.on, chosen.earliest(order.today)),
        engine=engine,
        kept=True,
        quarantine=chosen.live.quarantine,
        allow=frozenset({AHEAD}),  # the export itself may be of a day to come
        today=order.today,
    )
    target = msgspec.structs.replace(target, adopt_live=True)
    known = True
    try:
        with held(target.output, site.id, site.export.name) as place:
            restored = write_back(site, place.state, options)
            known = not missing([item], read_overlay(site.folder / OVERLAY), order.on)
            if not known:
                listener.step("写入 overlay.yml")
                with deaf():  # a copy of an order that the overlay does not hold would be written back into it
                    add_order(place.state, item)
                    add_items(site.folder / OVERLAY, item)
        report, kept_off = _rebuilt(site, options, target, listener)
    except KeyboardInterrupt:
        if not known and (target.output / site.id / "current").resolve() == root:
            with held(target.output, site.id, site.export.name) as place:
                drop_order(place.state, item)  # who deletes the item from the overlay is not to find it written back
        raise
    if order.on != order.as_of:
        message = f"--as-of {order.as_of} 晚于明天，已按今天 {order.on} 撤下"
        told = Finding(AHEAD, Place(), message, "核对 --as-of 和机器的钟", warning=True)
        report = msgspec.structs.replace(report, warnings=(*report.warnings, told))
    fresh = load_site(site.file)
    live = Path(report.release)
    seen = _proved(live, fresh, options, target, listener)
    after, _ = read_list(live)
    gone = tuple(_gone(kind, record.id, before, live))
    changed = (*(sorted(path for path, digest in before.items() if after.get(path) != digest)), *sorted(UNLISTED))
    was_live = urls.record(kind, record.id) in before
    overlay = read_overlay(fresh.folder / OVERLAY)
    with held(target.output, site.id, site.export.name) as place:
        earlier = None if was_live else read_purge(place.state, kind, record.id)
        if was_live:
            keep_purge(place.state, Purge(kind=kind, id=record.id, on=order.today, gone=gone, purge=changed), overlay)
    return Withheld(
        kind=kind,
        id=record.id,
        articles=rule.articles,
        cited=cited,
        written=not known,
        restored=(*restored, *kept_off.known),
        was_live=was_live,
        off_since=earlier.on if earlier else _since(overlay, item) if known else None,
        report=report,
        seen=seen,
        gone=earlier.gone if earlier else gone,
        purge=tuple(dict.fromkeys((*changed, *(earlier.purge if earlier else ())))),
        others=tuple(one.record.id for one in chosen.others if urls.record(one.kind, one.record.id) in after),
        held_back=tuple(one.id for one in kept_off.unseen),
    )


def standing(site: Site, order: Order, chosen: Chosen) -> int:
    """The row of the overlay from which on the order stands in it, 0 where it does not."""
    wanted = (chosen.located.kind, chosen.located.record.id.lower(), order.what)
    return next((one.row for one in read_overlay(site.folder / OVERLAY) if key_of(one) == wanted), 0)


def _since(overlay: Iterable[OverlayItem], item: OverlayItem) -> dt.date | None:
    """From which day on the overlay orders what ``item`` does."""
    return min((one.on for one in overlay if key_of(one) == key_of(item)), default=None)


def _rebuilt(site: Site, options: Options, target: Target, listener: Listener) -> tuple[Report, KeptOff]:
    """The live export built again with the overlay as it is now; what else had to be ordered off for that."""
    root = (target.output / site.id / "current").resolve()
    try:
        try:
            return build(load_site(site.file), options, target, listener), KeptOff()
        except SiteBuilderError as error:
            if {one.code for one in error.findings if not one.warning} != {RESURRECTED}:
                raise
        kept_off = keep_off(site, options, target.output, listener)
        return build(load_site(site.file), options, target, listener), kept_off
    except (SiteBuilderError, OSError) as error:
        if (target.output / site.id / "current").resolve() != root:
            raise  # what stopped it came after the switch
        stop = error if isinstance(error, SiteBuilderError) else SiteBuilderError([machine(error)], Exit.MACHINE)
        hint = "排除后再运行同一条命令；不运行，下一次构建（每夜的也是）也照它不公开"
        told = Finding("overlay-written", Place(OVERLAY), "已写入，线上网站还没有重建", hint, warning=True)
        raise SiteBuilderError([*stop.findings, told], stop.exit_code) from error


def _proved(live: Path, site: Site, options: Options, target: Target, listener: Listener) -> Seen:
    """Every byte of the new release held against the export. Raises with every finding."""
    themes = load_theme(target.themes, site.site.theme).folders
    try:
        with held(target.output, site.id, site.export.name) as place:
            now = read_live(place.state)
            return audit_with_export(live, site, options, themes, place.work, listener, live=now)
    except SiteBuilderError as error:
        told = Finding(AFTER_SWITCH, Place(), "已经上线的版本，审核发现下列问题", "报告这个缺陷，必要时停掉网站")
        raise SiteBuilderError([told, *error.findings], error.exit_code) from error


def _gone(kind: Kind, record_id: str, before: Mapping[str, str], live: Path) -> list[str]:
    """The record's own addresses of the former release. Raises where one is still there."""
    page = urls.record(kind, record_id)
    own = [one for one in before if one == page or one in (f"{page}.gz", f"{page}.br")]
    own += [one for one in before if one.startswith(urls.measure_entries(record_id))] if kind is Kind.MEASURE else []
    left = [one for one in (*own, page) if (live / one).exists()]
    if left:
        hint = "不要让它继续在线：停掉网站，并报告这个缺陷"
        raise SiteBuilderError(
            [refuse("still-there", "地址还在", hint=hint, place=Place(one)).findings[0] for one in left]
        )
    return own
