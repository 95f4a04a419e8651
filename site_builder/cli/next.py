"""``site-builder next``: the next day on which what is published must change."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
import msgspec

from site_builder.cli.options import CHINA, Day, json_option, output_option, site_option
from site_builder.cli.terminal import say_json
from site_builder.config.load import load_site
from site_builder.errors import Exit, refuse
from site_builder.release.live import read_live


class Next(msgspec.Struct, frozen=True):
    """What ``next --json`` prints; ``stale`` when the live release is past its next change."""

    release: str
    as_of: dt.date
    next_change: dt.date | None
    stale: bool


@click.command("next", short_help="线上版本最迟哪一天必须重建。")
@site_option
@output_option
@click.option("--as-of", type=Day(), help="今天；不写则按北京时间。")
@json_option
@click.pass_context
def next_command(ctx: click.Context, site_file: Path, output: Path, as_of: dt.date | None, *, as_json: bool) -> None:
    """说出线上内容下一次必须变化的日子；已经过了那一天时退出码为 1。"""
    site = load_site(site_file)
    live = read_live(output / site.id / "state")
    if live is None:
        raise refuse("no-release", "还没有上线的版本", hint="先运行 build", exit_code=Exit.USAGE)
    today = as_of or dt.datetime.now(CHINA).date()
    stale = live.next_change is not None and today >= live.next_change
    found = Next(live.release, live.as_of, live.next_change, stale)
    if as_json:
        say_json(found)
    elif live.next_change is None:
        click.echo(f"{live.release}：没有已知的变化日")
    else:
        click.echo(
            f"{live.release}：{live.next_change} 起公开的内容会变化" + ("，线上版本已经过期，请重建" if stale else "")
        )
    ctx.exit(Exit.FINDINGS if stale else Exit.DONE)
