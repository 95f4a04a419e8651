"""Taking one record off the live site at once: the overlay written, the release rebuilt, the result proved."""

from __future__ import annotations

from collections.abc import Mapping
import datetime as dt
from pathlib import Path
import shlex

import msgspec

from site_builder.audit.file_list import UNLISTED, read_list
from site_builder.audit.gate import Seen
from site_builder.config.companions import OVERLAY_PAIRS, OverlayItem, read_overlay
from site_builder.config.load import load_site
from site_builder.config.overlay import add_items
from site_builder.config.site import Site
from site_builder.decide.examine import Options
from site_builder.errors import AFTER_SWITCH, Exit, Finding, Place, SiteBuilderError, machine, refuse
from site_builder.export.descriptor import load_descriptor
from site_builder.export.descriptor_fields import CHINA
from site_builder.export.package import open_in_place
from site_builder.law.cities import law_of
from site_builder.pages import urls
from site_builder.progress import Listener
from site_builder.release.live import AHEAD, Live, first_day, is_ahead, read_live
from site_builder.release.orders import add_order, drop_order, key_of, missing
from site_builder.release.overlay_guards import OVERLAY
from site_builder.release.place import held
from site_builder.release.resurrected import RESURRECTED
from site_builder.releasing.adopted import remember_or_adopt
from site_builder.releasing.audited import audit_with_export
from site_builder.releasing.locate import Located, Search, find_record, same_subject
from site_builder.releasing.own_export import own_export
from site_builder.releasing.pipeline import Report, Target, build
from site_builder.releasing.restoring import KeptOff, keep_off, write_back
from site_builder.render.environment import load_theme
from site_builder.rules.decision import ORDERED
from site_builder.vocabulary import Action, Kind
from site_builder.workers import Engine


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What was ordered: which record (``text`` is an id, code or name), what, by whom, why, from which day.

    ``today`` is the machine's day in Asia/Shanghai.
    """

    text: str
    what: Action
    by: str
    why: str
    as_of: dt.date
    today: dt.date

    @property
    def on(self) -> dt.date:
        """From which day it acts: never later than tomorrow, for it is asked for now."""
        return self.today if is_ahead(self.as_of, self.today) else self.as_of


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it.

    ``restored`` are the orders the overlay had lost that were written into it first; ``held_back`` the ids of records
    that were ordered off too: the live release lacks them, and the memory of why is lost. ``gone`` are the record's own
    addresses, which the live release had and has no more; ``purge`` every address whose bytes changed or went; both
    relative to the web root. ``articles`` are those of the city's rule; ``others`` the ids of records of the same
    subject that are still public.
    """

    kind: Kind
    id: str
    articles: tuple[str, ...]
    written: bool
    restored: tuple[OverlayItem, ...]
    was_live: bool
    report: Report
    seen: Seen
    gone: tuple[str, ...]
    purge: tuple[str, ...]
    others: tuple[str, ...]
    held_back: tuple[str, ...]


class Chosen(msgspec.Struct, frozen=True):
    """The record found, the live release, its kept export with the first day that may be shown, the subject's others.

    The first day is that of the export's making or approval, whichever is later.
    """

    located: Located
    live: Live
    export: Path
    first: dt.date
    others: tuple[Located, ...]

    def earliest(self, today: dt.date) -> dt.date:
        """The first day the release may be rebuilt for; a clock (``today``) from before its export moves nothing."""
        return first_day(self.live, today) if today >= self.first else self.live.as_of


def choose(site: Site, output: Path, order: Order, given: Path | None) -> Chosen:
    """The one record that is meant; ``given`` is the live release's export, for where it is not kept.

    Raises SiteBuilderError: ``other-site`` ``no-release`` ``no-export`` ``not-live-export`` ``unknown-record``
    ``ambiguous`` ``wrong-what``.
    """
    with held(output, site.id, site.export.name) as place:
        known = remember_or_adopt(place.folder)
        live = known.live
        if live is None:
            hint = f"核对 --output：线上版本所在的文件夹，里面有 {site.id}/current"
            raise refuse("no-release", f"{place.folder} 里没有上线的版本", hint=hint, exit_code=Exit.USAGE)
        export = own_export(site, place, live, given)
    if export is None:
        raise _no_export(site, output, live, lost=bool(known.lost))
    ignore = frozenset(site.export.ignore_columns)
    search = find_record(export, order.text, most=site.export.max_unpacked, ignore=ignore)
    if len(search.exact) != 1:
        raise _several(search, _published(output / site.id / "current"))
    located = search.exact[0]
    if order.what not in OVERLAY_PAIRS[located.kind]:
        allowed = "、".join(one for one in ORDERED if one in OVERLAY_PAIRS[located.kind])
        raise refuse("wrong-what", f"{located.kind} 的记录不能写 {order.what}", hint=f"可以写：{allowed}")
    others = same_subject(export, located.record, most=site.export.max_unpacked, ignore=ignore)
    return Chosen(located, live, export, _first_day(export, site.export.max_unpacked), tuple(others))


def _no_export(site: Site, output: Path, live: Live, *, lost: bool) -> SiteBuilderError:
    """Without an export nothing can be built: where to take one from, and what to run."""
    command = ["site-builder", "build", "--site", str(site.file), "--output", str(output), "--export"]
    hint = (
        f"再运行同一条命令，加上 --export 和那份导出的路径（它的 datapackage.json 的 SHA-256 是 {live.export}）；"
        f"那份导出哪里都没有了的，把这一条写进 overlay.yml，再用新的一版：{shlex.join(command)} 新的导出"
        + (" --adopt-live" if lost else "")
    )
    message = f"没有线上版本 {live.version} 自己的导出：state/ 里没有完好的一份，站点文件的 export.path 也不是它"
    return refuse("no-export", message, hint=hint, exit_code=Exit.USAGE)


def withhold(site: Site, order: Order, chosen: Chosen, target: Target, engine: Engine, listener: Listener) -> Withheld:
    """Write the order into the overlay, rebuild the live release's own export, and prove the record gone.

    The overlay is made whole first (``restoring``). What was written stays written where the rebuild fails: the next
    build obeys it. Raises as ``build``.
    """
    record, kind = chosen.located.record, chosen.located.kind
    root = (target.output / site.id / "current").resolve()
    before, _ = read_list(root)
    rule = next(one for one in law_of(site).on(order.on).kinds[record.kind].rules if one.reason is ORDERED[order.what])
    why = f"{order.why}（依据：{'、'.join(rule.articles)}）"
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
    with held(target.output, site.id, site.export.name) as place:
        restored = write_back(site, place.state, options)
        known = not missing([item], read_overlay(site.folder / OVERLAY), order.on)
        if not known:
            listener.step("写入 overlay.yml")
            add_order(place.state, item)
            add_items(site.folder / OVERLAY, item)
    try:
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
    return Withheld(
        kind=kind,
        id=record.id,
        articles=rule.articles,
        written=not known,
        restored=(*restored, *kept_off.known),
        was_live=urls.record(kind, record.id) in before,
        report=report,
        seen=seen,
        gone=tuple(_gone(kind, record.id, before, live)),
        purge=(*(sorted(path for path, digest in before.items() if after.get(path) != digest)), *sorted(UNLISTED)),
        others=tuple(one.record.id for one in chosen.others if urls.record(one.kind, one.record.id) in after),
        held_back=tuple(one.id for one in kept_off.unseen),
    )


def standing(site: Site, order: Order, chosen: Chosen) -> int:
    """The row of the overlay from which on the order stands in it, 0 where it does not."""
    wanted = (chosen.located.kind, chosen.located.record.id.lower(), order.what)
    return next((one.row for one in read_overlay(site.folder / OVERLAY) if key_of(one) == wanted), 0)


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


def _first_day(export: Path, most: int) -> dt.date:
    """The first day an export may be shown: that of its making or its approval, whichever is later."""
    descriptor, _ = load_descriptor(open_in_place(export, most))
    approved = descriptor.approval.on
    return max(descriptor.created_on, approved.astimezone(CHINA).date()) if approved else descriptor.created_on


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


def _published(root: Path) -> frozenset[str]:
    """The paths of the live release."""
    return frozenset(read_list(root)[0])


def _several(search: Search, published: frozenset[str]) -> SiteBuilderError:
    """No record or several are meant: each candidate named, as far as it is public."""
    found = search.exact or search.near
    if not found:
        return refuse(
            "unknown-record", "导出里没有这个编号、代码或名称的记录", hint="核对写法；可以只写名称的一部分来找"
        )
    findings = []
    for one in found:
        public = urls.record(one.kind, one.record.id) in published
        who = f"{one.record.id} {one.record.name}" if public else "（没有公开的记录）"
        hint = "用编号再运行一次" if public else "要处理没有公开的记录，请用它的编号"
        code = "ambiguous" if search.exact else "unknown-record"
        findings.append(Finding(code, Place(one.file, one.row), who, hint))
    return SiteBuilderError(findings)
