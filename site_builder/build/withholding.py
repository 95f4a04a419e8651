"""Taking one record off the live site at once: the overlay written, the release rebuilt, the result proved."""

from __future__ import annotations

from collections.abc import Mapping
import datetime as dt
from pathlib import Path

import msgspec

from site_builder.audit.file_list import UNLISTED, read_list
from site_builder.audit.gate import Seen
from site_builder.build.audited import audit_with_export
from site_builder.build.examine import Options
from site_builder.build.finding import Located, Search, find_record, name_of, same_subject
from site_builder.build.pipeline import Report, Target, build
from site_builder.config.companions import OVERLAY_PAIRS, OverlayItem, OverlayWhat
from site_builder.config.load import load_site
from site_builder.config.overlay import add_item
from site_builder.config.site import Site
from site_builder.errors import AFTER_SWITCH, Exit, Finding, Place, SiteBuilderError, machine, refuse
from site_builder.pages import urls
from site_builder.progress import Listener
from site_builder.release.kept import kept
from site_builder.release.live import Live, read_live
from site_builder.release.ours import refuse_other_site
from site_builder.release.place import held
from site_builder.render.environment import load_theme
from site_builder.rules.cities import CITIES
from site_builder.rules.decision import Reason
from site_builder.rules.ruleset import rules_for
from site_builder.vocabulary import Kind

OVERLAY = "overlay.yml"

REASONS = {
    OverlayWhat.COURT: Reason.SUPPRESSED,
    OverlayWhat.REVOKED: Reason.REVOKED,
    OverlayWhat.REPAIRED: Reason.REPAIRED,
    OverlayWhat.REMOVED: Reason.REMOVED,
    OverlayWhat.WITHDRAWN: Reason.WITHDRAWN,
}
"""What an overlay item that withholds is decided as."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What was ordered: which record (``text`` is an id, code or name), what, by whom, why, from which day."""

    text: str
    what: OverlayWhat
    by: str
    why: str
    as_of: dt.date


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it.

    ``gone`` are the record's own addresses, which the live release had and has no more; ``purge`` every address whose
    bytes changed or went; both relative to the web root. ``articles`` are those of the city's rule; ``others`` the ids
    of records of the same subject that are still public.
    """

    kind: Kind
    id: str
    articles: tuple[str, ...]
    written: bool
    was_live: bool
    report: Report
    seen: Seen
    gone: tuple[str, ...]
    purge: tuple[str, ...]
    others: tuple[str, ...]


class Chosen(msgspec.Struct, frozen=True):
    """The record found, the live release and its kept export, and the other records of the same subject."""

    located: Located
    live: Live
    export: Path
    others: tuple[Located, ...]


def choose(site: Site, output: Path, order: Order) -> Chosen:
    """The one record that is meant.

    Raises SiteBuilderError: ``other-site`` ``no-release`` ``no-export`` ``unknown-record``
    ``ambiguous`` ``wrong-what``.
    """
    refuse_other_site(output / site.id, site.export.name)
    state = output / site.id / "state"
    live = read_live(state)
    if live is None:
        raise refuse("no-release", "还没有上线的版本", hint="先运行 build", exit_code=Exit.USAGE)
    export = kept(state, live.export)
    if export is None:
        hint = "重新运行 build（它会保存导出），或者在 overlay.yml 中手工写一条后再 build"
        raise refuse("no-export", "没有保存线上版本的导出", hint=hint, exit_code=Exit.USAGE)
    ignore = frozenset(site.export.ignore_columns)
    search = find_record(export, order.text, most=site.export.max_unpacked, ignore=ignore)
    if len(search.exact) != 1:
        raise _several(search, _published(output / site.id / "current"))
    located = search.exact[0]
    if order.what not in OVERLAY_PAIRS[located.kind]:
        allowed = "、".join(one for one in REASONS if one in OVERLAY_PAIRS[located.kind])
        raise refuse("wrong-what", f"{located.kind} 的记录不能写 {order.what}", hint=f"可以写：{allowed}")
    others = same_subject(export, located.record, most=site.export.max_unpacked, ignore=ignore)
    return Chosen(located, live, export, tuple(others))


def withhold(site: Site, order: Order, chosen: Chosen, target: Target, jobs: int, listener: Listener) -> Withheld:
    """Write the order into the overlay, rebuild the live release's own export, and prove the record gone.

    What was written stays written where the rebuild fails: the next build obeys it. Raises as ``build``.
    """
    record, kind = chosen.located.record, chosen.located.kind
    root = (target.output / site.id / "current").resolve()
    before, _ = read_list(root)
    rule = next(one for one in rules_for(record, CITIES[site.site.city]) if one.reason is REASONS[order.what])
    why = f"{order.why}（依据：{'、'.join(rule.articles)}）"
    item = OverlayItem(kind, record.id, order.as_of, order.what, None, order.by, why)
    known = any(
        (one.kind, one.id.lower(), one.what) == (kind, record.id.lower(), order.what) and one.on <= order.as_of
        for one in site.overlay
    )
    if not known:
        with held(target.output, site.id, site.export.name):
            listener.step("写入 overlay.yml")
            add_item(site.folder / OVERLAY, item)
    fresh = load_site(site.file)
    options = Options(export=chosen.export, as_of=order.as_of, kept=True, jobs=jobs, quarantine=chosen.live.quarantine)
    try:
        report = build(fresh, options, target, listener)
    except (SiteBuilderError, OSError) as error:
        if (target.output / site.id / "current").resolve() != root:
            raise  # what stopped it came after the switch
        stop = error if isinstance(error, SiteBuilderError) else SiteBuilderError([machine(error)], Exit.MACHINE)
        hint = "排除后再运行同一条命令"
        told = Finding("overlay-written", Place(OVERLAY), "已写入，线上网站还没有重建", hint, warning=True)
        raise SiteBuilderError([*stop.findings, told], stop.exit_code) from error
    live = Path(report.release)
    seen = _proved(live, fresh, options, target, listener)
    after, _ = read_list(live)
    return Withheld(
        kind=kind,
        id=record.id,
        articles=rule.articles,
        written=not known,
        was_live=urls.record(kind, record.id) in before,
        report=report,
        seen=seen,
        gone=tuple(_gone(kind, record.id, before, live)),
        purge=(*(sorted(path for path, digest in before.items() if after.get(path) != digest)), *sorted(UNLISTED)),
        others=tuple(one.record.id for one in chosen.others if urls.record(one.kind, one.record.id) in after),
    )


def _proved(live: Path, site: Site, options: Options, target: Target, listener: Listener) -> Seen:
    """Every byte of the new release held against the export. Raises with every finding."""
    themes = load_theme(target.themes, site.site.theme).folders
    try:
        with held(target.output, site.id, site.export.name) as place:
            return audit_with_export(live, site, options, themes, place.work, listener)
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
        who = f"{one.record.id} {name_of(one.record)}" if public else "（没有公开的记录）"
        hint = "用编号再运行一次" if public else "要处理没有公开的记录，请用它的编号"
        code = "ambiguous" if search.exact else "unknown-record"
        findings.append(Finding(code, Place(one.file, one.row), who, hint))
    return SiteBuilderError(findings)
