"""Which record is meant to be taken off, and the live release and export it stands in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
import shlex
from typing import Final

import msgspec

from site_builder.audit.file_list import read_list
from site_builder.config.companions import OVERLAY_PAIRS
from site_builder.config.site import Site
from site_builder.errors import Exit, SiteBuilderError, near, refuse
from site_builder.export.descriptor import load_descriptor
from site_builder.export.descriptor_fields import CHINA
from site_builder.export.package import open_in_place
from site_builder.pages import urls
from site_builder.release.live import Live, first_day, is_ahead
from site_builder.release.place import held
from site_builder.releasing.adopted import remember_or_adopt
from site_builder.releasing.locate import Located, Search, find_record, same_subject
from site_builder.releasing.own_export import own_export
from site_builder.rules.decision import ORDERED
from site_builder.vocabulary import ACTION_LABELS, LABELS, Action

MOST_LISTED: Final = 30
"""Candidates that are listed where several records may be meant."""


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
            if found := near(output, lambda one: (one / site.id / "current").is_dir()):
                hint = f"这个站点的版本在别处：加上 --output {found[0]}"
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
        pairs = OVERLAY_PAIRS[located.kind]
        allowed = "、".join(f"--what {one}（{ACTION_LABELS[one]}）" for one in ORDERED if one in pairs)
        message = f"{LABELS[located.kind]}的记录不能写「{ACTION_LABELS[order.what]}」（{order.what}）"
        raise refuse("wrong-what", message, hint=f"可以写：{allowed}")
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


def _first_day(export: Path, most: int) -> dt.date:
    """The first day an export may be shown: that of its making or its approval, whichever is later."""
    descriptor, _ = load_descriptor(open_in_place(export, most))
    approved = descriptor.approval.on
    return max(descriptor.created_on, approved.astimezone(CHINA).date()) if approved else descriptor.created_on


def _published(root: Path) -> frozenset[str]:
    """The paths of the live release."""
    return frozenset(read_list(root)[0])


def _several(search: Search, published: frozenset[str]) -> SiteBuilderError:
    """No record or several are meant: how many, and each candidate named, as far as it is public."""
    found = search.exact or search.near
    if not found:
        return refuse(
            "unknown-record", "导出里没有这个编号、代码或名称的记录", hint="核对写法；可以只写名称的一部分来找"
        )
    public = [one.record for one in found if urls.record(one.kind, one.record.id) in published]
    listed = "".join(f"\n    {one.id} {one.name}" for one in public[:MOST_LISTED])
    more = f"\n    …另有 {len(public) - MOST_LISTED} 条" if len(public) > MOST_LISTED else ""
    hidden = f"\n    （没有公开的记录 {len(found) - len(public)} 条）" if len(public) < len(found) else ""
    what = "编号、代码或名称正是这样写的" if search.exact else "没有正好叫这个名称的，名称里含有这几个字的"
    code = "ambiguous" if search.exact else "unknown-record"
    hint = "用编号再运行一次" + ("；要处理没有公开的记录，也用它的编号" if hidden else "")
    return refuse(code, f"{what}有 {len(found)} 条：{listed}{more}{hidden}", hint=hint)
