"""``site-builder withhold``: a court orders an entry off, today."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
import msgspec

from site_builder.cli.options import (
    Day,
    jobs_option,
    json_option,
    machine_day,
    output_of,
    output_option,
    site_option,
    themes_of,
)
from site_builder.cli.outcome import Outcome
from site_builder.cli.saying import say_findings, say_json
from site_builder.cli.terminal import Bars
from site_builder.cli.words import Word, in_both
from site_builder.config.load import load_site
from site_builder.config.site import Site
from site_builder.errors import Finding
from site_builder.release.guards import some_ids
from site_builder.release.overlay_guards import OVERLAY
from site_builder.releasing.choosing import Order, choose
from site_builder.releasing.pipeline import Target
from site_builder.releasing.withholding import Withheld, standing, withhold
from site_builder.rules.decision import ORDERED
from site_builder.vocabulary import ACTION_LABELS, ACTION_WORDS, LABELS, Action, Kind
from site_builder.workers import Local

_WHAT: dict[str, str] = {one: ACTION_LABELS[one] for one in ORDERED}
_STANDS = (
    "{0} 第 {1} 行起已写着不公开 {2}：下一次构建（每夜的也是）就照它不公开。"
    "要现在完成，再运行同一条命令；不要了，删去那一条（从「- 」到下一个「- 」之前）"
)
"""Said where it is interrupted before the site is another."""

MOST_TOLD = 30
"""Addresses to purge told on a terminal; ``--json`` has all."""


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What ``withhold --json`` prints. ``restored``: ids whose lost orders were written back into the overlay.

    ``gone`` and ``purge`` are whole addresses.
    """

    kind: Kind
    id: str
    articles: tuple[str, ...]
    written: bool
    restored: tuple[str, ...]
    was_live: bool
    off_since: dt.date | None
    release: str
    files: int
    gone: tuple[str, ...]
    purge: tuple[str, ...]
    others: tuple[str, ...]
    held_back: tuple[str, ...]
    warnings: tuple[Finding, ...]


@click.command("withhold", short_help="立即停止公开一条记录（例如法院要求）。")
@click.argument("text", metavar="ID|CODE|NAME")
@site_option
@click.option("--by", required=True, help="谁决定的（单位、经办人）；不公开。")
@click.option("--why", required=True, help="缘由和文书号；不公开。")
@click.option(
    "--what",
    type=Word(_WHAT, ACTION_WORDS),
    default=Action.COURT.value,
    show_default=True,
    help=in_both(_WHAT),
)
@click.option("--as-of", type=Day(), help="从哪一天起；不写则为今天（北京时间）。")
@click.option(
    "--export",
    "export",
    type=click.Path(path_type=Path),
    help="线上版本自己的导出；state/ 里保存的那一份丢了、坏了时才需要。",
)
@output_option
@jobs_option
@json_option
def withhold_command(
    text: str,
    site_file: Path,
    by: str,
    why: str,
    what: str,
    as_of: dt.date | None,
    export: Path | None,
    output: Path,
    jobs: int,
    *,
    as_json: bool,
) -> None:
    """按编号、代码或名称找到一条记录，写进 overlay.yml，用线上版本自己的导出重建。

    overlay.yml 丢了或少了从前的处置，先写回。然后逐字节证明它已不在，列出要清除的缓存地址。

    名称对上几条时只列出候选，什么都不做。撤下只是不再公开：导出和业务系统里的那一行从不删除。
    """
    site = load_site(site_file)
    today = machine_day()
    order = Order(text=text, what=Action(what), by=by, why=why, as_of=as_of or today, today=today)
    target = Target(output=output_of(site, output), themes=themes_of(site))
    chosen = choose(site, target.output, order, export)
    with Bars(quiet=as_json) as bars:
        try:
            done = withhold(site, order, chosen, target, Local(jobs), bars)
        except KeyboardInterrupt:
            if (outcome := click.get_current_context().find_object(Outcome)) and (row := standing(site, order, chosen)):
                outcome.written = _STANDS.format(site.folder / OVERLAY, row, chosen.located.record.id)
            raise
    if as_json:
        say_json(
            Done(
                kind=done.kind,
                id=done.id,
                articles=done.articles,
                written=done.written,
                restored=tuple(one.id for one in done.restored),
                was_live=done.was_live,
                off_since=done.off_since,
                release=done.report.release,
                files=done.seen.files,
                gone=tuple(_addresses(site, done.gone)),
                purge=tuple(_addresses(site, done.purge)),
                others=done.others,
                held_back=done.held_back,
                warnings=done.report.warnings,
            )
        )
        return
    say_findings(done.report.warnings)
    _tell(site, done)


def _tell(site: Site, done: Withheld) -> None:
    if done.restored:
        ids = some_ids([one.id for one in done.restored])
        click.echo(f"overlay.yml 里少了 {len(done.restored)} 项处置，已先写回：{ids}。请查明它为什么少了")
    state = "已写入" if done.written else "早已写在"
    click.echo(f"{LABELS[done.kind]} {done.id}：{state} overlay.yml（{done.cited}）")
    read = f"逐字节读过 {done.seen.files} 个文件（页面、名单、检索、下载、订阅）"
    click.echo(f"{done.report.release}：已上线；{read}，没有它的内容")
    if done.held_back:
        click.echo(
            f"state/ 丢失过，不知道线上因何没有这 {len(done.held_back)} 条，也写进了 overlay.yml，"
            f"核实应当公开的再删去：{some_ids(list(done.held_back))}"
        )
    if done.others:
        click.echo(f"同一主体还有公开的记录：{'、'.join(done.others)}")
    click.echo("导出和业务系统里的那一行要留着：撤下只是不再公开，源数据不得删除；期满的转档保存。")
    if not done.was_live and done.off_since is not None:
        click.echo(f"它在 {done.off_since} 已经撤下；那次要清除的地址，留着的一并列在下面。")
    elif not done.was_live:
        click.echo("它本来就没有公开。")
    for address in _addresses(site, done.gone):
        click.echo(f"  已不存在  {address}")
    purge = _addresses(site, done.purge)
    click.echo(f"请清除 CDN 和缓存中的 {len(purge)} 个地址（全部：--json 的 purge）：")
    for address in purge[:MOST_TOLD]:
        click.echo(f"  {address}")
    if len(purge) > MOST_TOLD:
        click.echo(f"  …另有 {len(purge) - MOST_TOLD} 个；也可以清除整个 {site.site.base_url}{site.site.base_path}")


def _addresses(site: Site, paths: tuple[str, ...]) -> list[str]:
    """Whole addresses; a folder's index under both its addresses."""
    found: list[str] = []
    for path in paths:
        folder = path.removesuffix("index.html")
        if path == "index.html" or path.endswith("/index.html"):
            found.append(f"{site.site.base_url}{site.site.base_path}{folder}")
        found.append(f"{site.site.base_url}{site.site.base_path}{path}")
    return found
