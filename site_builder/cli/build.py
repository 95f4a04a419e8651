"""``site-builder build``: from an export to a live release."""

from __future__ import annotations

from pathlib import Path
import time
from typing import Unpack

import click
import msgspec

from site_builder.cli.engines import EngineParams, engine_of, engine_options
from site_builder.cli.measured import measuring
from site_builder.cli.options import Params, options_of, output_of, output_option, reading_options, themes_of
from site_builder.cli.outcome import Outcome
from site_builder.cli.saying import say_findings, say_json
from site_builder.cli.terminal import Bars
from site_builder.config.load import load_site
from site_builder.config.site import Site
from site_builder.release.live import Count
from site_builder.releasing.pipeline import Report, Target, build
from site_builder.rules.decision import REASON_LABELS, Reason
from site_builder.vocabulary import LABELS, Kind


@click.command("build", short_help="核验、裁决、生成并切换到新版本。")
@reading_options
@output_option
@engine_options
@click.option("--full", is_flag=True, help="全部重新生成，不沿用上次的结果。")
@click.option("--no-activate", is_flag=True, help="只生成，不切换。")
@click.option(
    "--adopt-live", is_flag=True, help="state/ 丢失或与线上版本不符时，从线上版本接管；只在查明之后用，不放进定时任务。"
)
@click.option(
    "--metrics",
    type=click.Path(path_type=Path),
    help="结束时（无论成败）把指标写进这个文件，给 node_exporter 的 textfile collector 读；不能在网站文件夹里。",
)
@click.pass_context
def build_command(
    ctx: click.Context,
    site_file: Path,
    output: Path,
    metrics: Path | None,
    *,
    full: bool,
    no_activate: bool,
    adopt_live: bool,
    engine: str,
    scheduler: str,
    no_tls: bool,
    as_json: bool,
    **params: Unpack[Params],
) -> None:
    """核验导出，逐条裁决，生成整个网站；全部成功才切换上线。"""
    start = time.monotonic()
    outcome = ctx.find_object(Outcome)
    if metrics is not None and outcome is not None:
        outcome.ended = measuring(metrics, site_file, output)
    site = load_site(site_file, members=True)
    options = options_of(site, params)
    target = Target(
        output=output_of(site, output, made=True),
        themes=themes_of(site),
        full=full,
        activate=not no_activate,
        adopt_live=adopt_live,
    )
    asked = EngineParams(engine=engine, scheduler=scheduler, no_tls=no_tls)
    with Bars(quiet=as_json) as bars, engine_of(asked, params["jobs"]) as given:
        if site.is_province:
            from site_builder.releasing.province import build_province as making  # noqa: PLC0415  # takes long
        else:
            making = build
        report = making(site, msgspec.structs.replace(options, engine=given), target, bars)
    if as_json:
        say_json(report)
        return
    say_findings(report.warnings)
    _summary(site, report, time.monotonic() - start)


def say_counts(counts: dict[Kind, Count]) -> None:
    """What came in, what is published, what is withheld and why, what was rejected."""
    for kind, count in counts.items():
        withheld = sum(count.withheld.values())
        click.echo(
            f"{LABELS[kind]}：{count.rows} 行 = 公开 {count.published} + 不公开 {withheld} + 隔离 {count.rejected}"
        )
        for reason, number in count.withheld.items():
            click.echo(f"    {number:>6}  {REASON_LABELS[Reason(reason)]}（{reason}）")


def _summary(site: Site, report: Report, seconds: float) -> None:
    say_counts(report.counts)
    state = "与线上版本相同，没有改动" if report.unchanged else "已上线" if report.active else "已生成，尚未上线"
    click.echo(f"{report.release}：{state}；{report.pages} 个页面，{report.files} 个文件，{seconds:.1f} 秒")
    if report.next_change is not None:
        why = "那一天 security.txt 到期" if site.is_province else "那一天公开的内容会变化"
        click.echo(f"最迟在 {report.next_change} 重新构建：{why}")
