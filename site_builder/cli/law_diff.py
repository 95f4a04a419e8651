"""``site-builder law diff``: what changes in a law from one day to another, and for which records."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
import tempfile
from typing import Final

import click
import msgspec

from site_builder import workers
from site_builder.cli.check import some
from site_builder.cli.law import law_folders
from site_builder.cli.options import Day, Params, export_option, json_option, options_of
from site_builder.cli.saying import say_json
from site_builder.cli.terminal import Bars
from site_builder.config.load import load_site
from site_builder.config.site import SHIPPED, Site
from site_builder.content.library import law_files
from site_builder.law.changes import LawChange, law_changes
from site_builder.law.cities import law_of
from site_builder.law.folder import read_law
from site_builder.law.text import text_files
from site_builder.reports.law_change import Affected, LawEffect, affected
from site_builder.rules.decision import REASON_LABELS
from site_builder.vocabulary import LABELS

EFFECTS: Final = {
    LawEffect.LEAVES: "停止公示",
    LawEffect.APPEARS: "开始公示",
    LawEffect.LAST_DAY: "公示至哪一天改变",
    LawEffect.SHOWN: "公示内容变化",
}


class LawDiff(msgspec.Struct, frozen=True, kw_only=True):
    """What changes in one law, and, where a site was named, for which of its records: ids, never a value."""

    regulation: str
    changes: tuple[LawChange, ...]
    records: tuple[Affected, ...] = ()


class LawDiffAnswer(msgspec.Struct, frozen=True):
    """What ``law diff --json`` prints."""

    laws: list[LawDiff]


@click.command("diff", short_help="两天之间法规改了什么，哪些记录因此变化。")
@click.argument("laws", metavar="[LAW]...", nargs=-1)
@click.option("--from", "first", type=Day(), required=True, help="从哪天，形如 2026-11-20：这一天之后的改变。")
@click.option("--to", "last", type=Day(), required=True, help="到哪天为止，这一天在内。")
@click.option("--site", "site_file", type=click.Path(path_type=Path), help="站点文件 site.yml：另说哪些记录因此变化。")
@export_option
@json_option
def law_diff_command(
    laws: tuple[str, ...],
    first: dt.date,
    last: dt.date,
    site_file: Path | None,
    export: Path | None,
    *,
    as_json: bool,
) -> None:
    """说出两天之间法规改了什么：哪一天，哪一条规则、哪一句话、哪一条条文，原来怎样，以后怎样。

    写上 --site，再逐条比较它的导出：哪些记录因为法规改变而停止公示、开始公示，公示至哪一天或者内容改变；
    只有数目和编号。

    LAW 是随程序带的城市（如 dalian），或者一个文件夹；写了 --site 的是站点的法规，都不写的是随程序带的每一座城市。
    """
    if last < first:
        raise click.UsageError("--to 早于 --from")
    if site_file is not None and laws:
        raise click.UsageError("LAW 和 --site 只写一个")
    if site_file is None:
        found = [_of_folder(one.folder, first, last) for one in law_folders(laws)]
    else:
        found = [_of_site(load_site(site_file), export, first, last, quiet=as_json)]
    if as_json:
        say_json(LawDiffAnswer(found))
        return
    for one in found:
        _say(one, first, last)


def _of_folder(folder: Path, first: dt.date, last: dt.date) -> LawDiff:
    law = read_law(folder, unfinished=True)
    changes = law_changes(folder, law, first, last, text_files(folder))
    return LawDiff(regulation=law.on(last).regulation, changes=changes)


def _of_site(site: Site, export: Path | None, first: dt.date, last: dt.date, *, quiet: bool) -> LawDiff:
    folder, law = SHIPPED.get(site.site.city, site.law_folder), law_of(site)
    params = Params(export=export, as_of=first, jobs=workers.cores(), quarantine=True, allow=())
    with Bars(quiet=quiet) as bars, tempfile.TemporaryDirectory() as scratch:
        records = affected(site, options_of(site, params), last, Path(scratch), bars)
    changes = law_changes(folder, law, first, last, law_files(site.folder, site.laws))
    return LawDiff(regulation=law.on(last).regulation, changes=changes, records=records)


def _say(diff: LawDiff, first: dt.date, last: dt.date) -> None:
    click.echo(f"《{diff.regulation}》：{first} 之后，到 {last}")
    if not diff.changes:
        click.echo("法规没有改变")
    for day in sorted({one.day for one in diff.changes} | {one.day for one in diff.records}):
        click.echo(f"\n{day} 起")
        for one in (one for one in diff.changes if one.day == day):
            click.echo(f"  {one.where}  {one.head}")
            for mark, text in (("－", one.before), ("＋", one.after)):
                if text:
                    click.echo(f"    {mark} {text}")
        for each in (one for one in diff.records if one.day == day):
            why = f"（{REASON_LABELS[each.reason]}）" if each.reason is not None else ""
            click.echo(f"  {LABELS[each.kind]}：{len(each.ids)} 条{EFFECTS[each.effect]}{why}：{some(list(each.ids))}")
    click.echo()
