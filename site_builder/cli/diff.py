"""``site-builder diff``: what an export would change, before it goes live."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
import tempfile
from typing import Final, Unpack

import click
import msgspec

from site_builder.cli.check import some
from site_builder.cli.options import Params, options_of, output_of, output_option, reading_options
from site_builder.cli.private import write_private
from site_builder.cli.saying import say_findings, say_json
from site_builder.cli.terminal import Bars
from site_builder.config.load import load_site
from site_builder.config.site import Site
from site_builder.errors import Exit, Finding
from site_builder.outputs.columns import COLUMNS
from site_builder.release.diff import Difference, Removed
from site_builder.release.diff_page import diff_page
from site_builder.release.guards import Shrinkage
from site_builder.reports.comparison import Compared, LawTurn, compare_with_live
from site_builder.vocabulary import LABELS, Kind

REPORT: Final = "diff.html"
"""The report's name in ``state/``."""

COLUMN_LABELS: Final = {kind: {one.name: one.label for one in columns} for kind, columns in COLUMNS.items()}


class ChangedIds(msgspec.Struct, frozen=True):
    """A record that reads otherwise, and in which columns."""

    id: str
    columns: tuple[str, ...]


class KindOut(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of ``diff --json``: counts and ids, never a value."""

    before: int
    after: int
    added: tuple[str, ...]
    changed: tuple[ChangedIds, ...]
    removed: tuple[Removed, ...]
    by_law: LawTurn


class DiffOut(msgspec.Struct, frozen=True, kw_only=True):
    """What ``diff --json`` prints. ``report`` is where the private report lies."""

    live: str | None
    version: str
    kinds: dict[Kind, KindOut]
    shrinkage: tuple[Shrinkage, ...]
    report: str | None
    findings: tuple[Finding, ...]


@click.command("diff", short_help="本次导出与线上版本相比：新增、改动、撤下。")
@reading_options
@output_option
@click.option(
    "--report", type=click.Path(path_type=Path), help="私密报告写到哪里；不写则为 output/<站点>/state/diff.html。"
)
def diff_command(
    site_file: Path, output: Path, report: Path | None, *, as_json: bool, **params: Unpack[Params]
) -> None:
    """上线之前，逐条比较本次导出与线上版本：新增、改动（逐字段）、撤下（因何），并说明缩减保护怎样计算。

    终端上只有数目和编号；改动的内容在一份只有自己能读的 HTML 报告里，它不会进入公开的文件夹。
    导出有问题而不能发布时，退出码为 1。
    """
    site = load_site(site_file)
    output = output_of(site, output)
    place = output / site.id
    with Bars(quiet=as_json) as bars, tempfile.TemporaryDirectory() as scratch:
        compared = compare_with_live(site, options_of(site, params), place, Path(scratch), bars)
    if report is None and (place / "state").is_dir():
        report = place / "state" / REPORT
    if report is not None:
        report = write_private(report, _page(site, compared), output)
    stopping = compared.examined.stopping
    if as_json:
        say_json(_json(compared, report))
    else:
        say_findings(stopping)
        _say(site, compared, report)
    click.get_current_context().exit(Exit.FINDINGS if stopping else Exit.DONE)


def _say(site: Site, compared: Compared, report: Path | None) -> None:
    live = compared.live.release if compared.live is not None else "还没有上线的版本"
    click.echo(f"{live} → {compared.version}（核验日 {compared.examined.resolved.facts.as_of}）")
    for one in compared.differences:
        same = "，没有变化" if one.same else ""
        click.echo(f"{LABELS[one.kind]}：{one.before} → {one.after}{same}")
        for line in _lines(one):
            click.echo(f"    {line}")
    for line in (*_by_law(compared), *_shrinkage(site, compared)):
        click.echo(line)
    if report is not None:
        click.echo(f"逐字段的私密报告：{report}")


def _lines(one: Difference) -> Iterator[str]:
    if one.added:
        yield f"新增 {len(one.added)}：{some(list(one.added))}"
    if one.changed:
        labels = COLUMN_LABELS[one.kind]
        told = [
            f"{two.id}（{'、'.join(labels.get(it.column, it.column) for it in two.changes)}）" for two in one.changed
        ]
        yield f"改动 {len(one.changed)}：{some(told)}"
    if one.removed:
        yield f"撤下 {len(one.removed)}：{some([f'{two.id}（{two.why}）' for two in one.removed])}"


def _by_law(compared: Compared) -> Iterator[str]:
    """Which records come and go because the law changed since the live release, and on which days it did."""
    examined = compared.examined
    changes = examined.law.changes_after(compared.live.as_of) if compared.live is not None else []
    days = "、".join(str(day) for day in changes if day <= examined.resolved.facts.as_of)
    for one in compared.differences:
        turn = compared.by_law(one)
        for what, ids in (("撤下", turn.left), ("新增", turn.came)):
            if ids:
                yield f"法规改变（{days}）：{LABELS[one.kind]}因此{what} {len(ids)}：{some(list(ids))}"


def _shrinkage(site: Site, compared: Compared) -> Iterator[str]:
    """How the guard against shrinking counts, for each kind that falls."""
    most = site.guard.max_shrink
    for one in compared.shrinkage:
        if one.after < one.before:
            percent = one.lost * 100 / one.before
            verdict = "超过上限，构建会停下" if one.stops(most) else "没有超过上限"
            yield (
                f"缩减保护：{LABELS[one.kind]}从 {one.before} 条到 {one.after} 条；"
                f"因日期、处置或法规改变撤下的 {one.lawful} 条不算，其余少 {one.lost} 条，占 {percent:.1f}%，"
                f"上限 {most}%：{verdict}"
            )


def _page(site: Site, compared: Compared) -> Iterator[str]:
    live = compared.live.release if compared.live is not None else "无"
    title = f"{site.site.name}：{compared.version} 与线上版本相比"
    notes = [
        f"线上版本：{live}；本次：{compared.version}，核验日 {compared.examined.resolved.facts.as_of}",
        *_by_law(compared),
        *_shrinkage(site, compared),
        *(f"问题：{finding}" for finding in compared.examined.stopping),
    ]
    return diff_page(title, notes, compared.differences, COLUMN_LABELS)


def _json(compared: Compared, report: Path | None) -> DiffOut:
    kinds = {
        one.kind: KindOut(
            before=one.before,
            after=one.after,
            added=one.added,
            changed=tuple(ChangedIds(two.id, tuple(it.column for it in two.changes)) for two in one.changed),
            removed=one.removed,
            by_law=compared.by_law(one),
        )
        for one in compared.differences
    }
    return DiffOut(
        live=compared.live.release if compared.live is not None else None,
        version=compared.version,
        kinds=kinds,
        shrinkage=compared.shrinkage,
        report=str(report) if report is not None else None,
        findings=compared.examined.stopping,
    )
