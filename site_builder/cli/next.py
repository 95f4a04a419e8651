"""``site-builder next``: the next day on which what is published must change, and a calendar of those after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
import datetime as dt
from pathlib import Path
import tempfile
from typing import Final

import click
import msgspec

from site_builder.cli.options import (
    Day,
    export_option,
    json_option,
    machine_day,
    no_release,
    output_of,
    output_option,
    site_option,
)
from site_builder.cli.private import write_private
from site_builder.cli.saying import say_findings, say_json
from site_builder.cli.terminal import Bars
from site_builder.config.load import load_site
from site_builder.config.site import Site
from site_builder.content.announcements import turns_after
from site_builder.decide.examine import Options, examine, open_export
from site_builder.errors import Exit, Finding, Place, refuse
from site_builder.release.calendar import CalendarEvent, calendar
from site_builder.release.live import Live, is_ahead, live_ahead
from site_builder.release.ours import refuse_other_site
from site_builder.release.stopped import read_stopped
from site_builder.releasing.remembered import remember_whole
from site_builder.reports.upcoming import Coming, Turn, coming
from site_builder.rules.decision import REASON_LABELS
from site_builder.vocabulary import LABELS

TURNS: Final = {
    Turn.LEAVES: "停止公示",
    Turn.APPEARS: "开始公示",
    Turn.CHANGES: "公示内容变化",
    Turn.OBJECTION_DUE: "异议应在今天办结",
}
ANNOUNCED: Final = {True: "开始显示", False: "不再显示"}


class Next(msgspec.Struct, frozen=True, omit_defaults=True):
    """What ``next --json`` prints. ``stale``: the live release must be built again, or its last rebuild was stopped.

    ``findings`` say why, where it is not that its next change has come.
    """

    release: str
    as_of: dt.date
    next_change: dt.date | None
    stale: bool
    findings: tuple[Finding, ...] = ()


@click.command("next", short_help="线上版本最迟哪一天必须重建。")
@site_option
@output_option
@click.option("--as-of", type=Day(), help="今天；不写则按北京时间。")
@click.option(
    "--calendar",
    "calendar_file",
    type=click.Path(path_type=Path),
    help="把今后每个变化日写成日历文件（.ics），只有数目，没有名称。",
)
@export_option
@json_option
@click.pass_context
def next_command(
    ctx: click.Context,
    site_file: Path,
    output: Path,
    as_of: dt.date | None,
    calendar_file: Path | None,
    export: Path | None,
    *,
    as_json: bool,
) -> None:
    """说出线上内容下一次必须变化的日子；已经过了那一天时退出码为 1，可以放进定时任务。

    线上版本的核验日在将来，上一次重建停下了，或者指着线上版本的链接不在了，退出码也是 1，并说明怎么办。

    --calendar 另写一个日历文件：哪一天有几条记录停止公示、开始公示或者变化，有几篇公告开始显示、
    不再显示，哪一天有异议到期。
    它要读线上版本的导出（--export，或者站点文件的 export.path）。
    """
    site = load_site(site_file, members=True)
    output = output_of(site, output)
    refuse_other_site(output / site.id, site.export.name)
    live = remember_whole(output / site.id).live
    if live is None:
        raise no_release(output / site.id)
    today = as_of or machine_day()
    late = live.next_change is not None and today >= live.next_change
    findings = [*live_ahead(live.as_of, today), *_stopped(output / site.id / "state"), *_unserved(output / site.id)]
    stale = late or bool(findings)
    days = 0
    if calendar_file is not None and site.is_province:
        hint = "日历到各成员网站的站点文件夹里做"
        raise refuse("member-sites", "这个站点由几个网站合成，没有自己的记录", hint=hint, exit_code=Exit.USAGE)
    if calendar_file is not None:
        found = _coming(site, output, live, export or site.export.path, today)
        events = list(_events(site, found, Counter(turns_after(site.folder, max(today, live.as_of)))))
        days = len(events)
        write_private(calendar_file, calendar(f"{site.site.name}：内容变化", today, events), output)
    if as_json:
        say_json(Next(live.release, live.as_of, live.next_change, stale, tuple(findings)))
    else:
        say_findings(findings)
        if live.next_change is None:
            click.echo(f"{live.release}：没有已知的变化日")
        else:
            told = "，线上版本已经过期，请重建" if late else ""
            what = "security.txt 到期" if site.is_province else "起公开的内容会变化"
            click.echo(f"{live.release}：{live.next_change} {what}{told}")
        if calendar_file is not None:
            click.echo(f"{calendar_file}：{days} 个日子")
    ctx.exit(Exit.FINDINGS if stale else Exit.DONE)


def _unserved(folder: Path) -> Iterator[Finding]:
    """That no visitor is served, where the link to the live release is gone."""
    if not (folder / "current").is_dir():
        hint = "再构建一次，就恢复；并查明是谁动了它"
        yield Finding("damaged", Place("current"), "指着线上版本的链接不在了，访客打不开网站", hint)


def _stopped(state: Path) -> list[Finding]:
    """What stopped the last rebuild, where it was stopped."""
    stopped = read_stopped(state)
    if stopped is None:
        return []
    said = f"核验日 {stopped.as_of} 的重建停下了："
    return [msgspec.structs.replace(one, message=f"{said}{one.message}") for one in stopped.findings]


def _coming(site: Site, output: Path, live: Live, export: Path, today: dt.date) -> tuple[Coming, ...]:
    """Read the live release's export anew and look ahead. Raises where the export is another."""
    if not export.exists():
        hint = "核对 --export，或站点文件的 export.path"
        raise refuse("missing-export", f"没有找到导出 {export}", hint=hint, exit_code=Exit.USAGE)
    options = Options(export=export, as_of=today if is_ahead(live.as_of, today) else max(today, live.as_of))
    with Bars(quiet=True) as bars, tempfile.TemporaryDirectory() as scratch:
        verified = open_export(site, options, live, Path(scratch) / "export", bars)
        if verified.descriptor.digest != live.export:
            message = f"这个导出（{verified.descriptor.version}）不是线上版本（{live.version}）的导出"
            raise refuse("not-live-export", message, hint="用 --export 指明线上版本的导出，或者先 build")
        stage = Path(scratch) / "stage"
        stage.mkdir(mode=0o700)
        memory = remember_whole(output / site.id).memory
        return coming(verified, examine(site, options, verified, memory, stage, bars), stage)


def _events(
    site: Site, found: tuple[Coming, ...], announcements: Mapping[tuple[dt.date, bool], int]
) -> Iterator[CalendarEvent]:
    """One event a day; ``announcements``: how many begin (True) or are gone (False) on which."""
    for day in sorted({one.day for one in found} | {day for day, _ in announcements}):
        turns = [one for one in found if one.day == day]
        changing = sum(one.count for one in turns if one.turn is not Turn.OBJECTION_DUE)
        due = sum(one.count for one in turns if one.turn is Turn.OBJECTION_DUE)
        told = [(announcements.get((day, begins), 0), words) for begins, words in ANNOUNCED.items()]
        title = [f"{changing} 条公示内容变化"] if changing else []
        title += [f"{count} 篇公告{words}" for count, words in told if count]
        title[:1] = [f"重新构建：{one}" for one in title[:1]]
        title += [f"{due} 件异议今天到期"] if due else []
        lines = [*map(_line, turns), *(f"公告：{count} 篇{words}" for count, words in told if count)]
        yield CalendarEvent(f"{site.id}-{day}", day, f"{site.site.name}　{'，'.join(title)}", tuple(lines))


def _line(one: Coming) -> str:
    why = f"（{REASON_LABELS[one.reason]}）" if one.turn is Turn.LEAVES and one.reason is not None else ""
    return f"{LABELS[one.kind]}：{one.count} 条{TURNS[one.turn]}{why}"
