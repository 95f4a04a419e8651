"""``site-builder check``: all of a build that writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
import tempfile
from typing import Final, Unpack

import click
import msgspec

from site_builder.cli.build import say_counts
from site_builder.cli.check_report import write_report
from site_builder.cli.options import Params, options_of, output_of, output_option, reading_options, themes_of
from site_builder.cli.saying import say_findings, say_json
from site_builder.cli.terminal import Bars
from site_builder.cli.words import ENGLISH
from site_builder.config.load import load_site
from site_builder.config.site import Site
from site_builder.content.announcements import read_announcements
from site_builder.content.library import ShelvedLaw, read_laws
from site_builder.content.pages import guides_of
from site_builder.decide.above import UNREAD, asked_above, undecided
from site_builder.decide.duties import CLOCKS, NOTED_LATE, STATES, ClockState, Due, Duties, Owed, calendar_end
from site_builder.decide.examine import Examined, Options, examine, open_export, stopped_by
from site_builder.decide.site_warnings import marks_empty, pages_unfinished, site_warnings
from site_builder.errors import Exit, Finding, SiteBuilderError, refuse
from site_builder.law.articles import articles
from site_builder.law.reviewed import bases_unlinked, digests_old, review_findings
from site_builder.release.live import Count
from site_builder.release.ours import refuse_other_site
from site_builder.releasing.adopted import remember_or_adopt
from site_builder.render.environment import load_theme
from site_builder.rules.decision import REASON_LABELS
from site_builder.vocabulary import LABELS, Kind

MOST_IDS: Final = 10
"""Ids named in one line of a report on a terminal; ``--json`` has all."""

AWAITED: Final = {"not-approved", "no-signature"}
"""What the approval brings; before it, ``--pending`` only warns of it."""

STANDING: Final = {UNREAD}
"""What nobody can mend from one day to the next: ``--strict`` passes over it."""


class Checked(msgspec.Struct, frozen=True):
    """What ``check --json`` prints: findings, what is withheld by first reason, and what is owed."""

    findings: list[Finding]
    counts: dict[Kind, Count]
    duties: Duties


class CheckedProvince(msgspec.Struct, frozen=True):
    """What ``check --json`` prints of a site put together of others: its members' ids, how many files it is made of."""

    members: list[str]
    files: int
    findings: list[Finding]


@click.command("check", short_help="只核验，不写任何文件。")
@reading_options
@output_option
@click.option("--strict", is_flag=True, help="有提醒时退出码也为 1。")
@click.option("--pending", is_flag=True, help="审批之前核对：还没有批准、没有签名只作提醒。")
@click.option(
    "--report",
    "folder",
    type=click.Path(path_type=Path),
    help="在这个文件夹里写一份按单位的内部报告（index.html），并记下数目，下一次看变化。",
)
@click.option("--public", is_flag=True, help="报告另写一份可以公开的（public.html）：没有名称，不说不公开的。")
def check_command(
    site_file: Path,
    output: Path,
    folder: Path | None,
    *,
    strict: bool,
    pending: bool,
    public: bool,
    as_json: bool,
    **params: Unpack[Params],
) -> None:
    """核验导出，说明每类记录公开多少、因何不公开，并列出应公示未公示、应撤未撤、应转档和法定时限；网站上什么也不写。

    每项写明「文件:行:列 代码」、发现了什么、应当是什么、怎么办；代码的说明见 docs/findings.md。
    """
    site = load_site(site_file, members=True)
    if site.is_province:
        if folder is not None or pending or public:
            message = "这个站点由几个网站合成，没有自己的导出和记录，不用 --report、--public 和 --pending"
            raise refuse("member-sites", message, hint="监督报告由各成员网站自己写", exit_code=Exit.USAGE)
        _check_province(site, options_of(site, params), output, strict=strict, as_json=as_json)
        return
    if public and folder is None:
        raise click.UsageError("--public 要与 --report 一起写" if not ENGLISH else "--public goes with --report")
    with Bars(quiet=as_json) as bars:
        examined = examine_only(site, options_of(site, params), output, bars)
    stopping, warnings = list(examined.stopping), [*examined.warnings, *_asked(site, examined)]
    folders = _of_site_folder(site, examined)
    stopping += [one for one in folders if not one.warning]
    warnings += [one for one in folders if one.warning]
    if pending:
        warnings += [msgspec.structs.replace(one, warning=True) for one in stopping if one.code in AWAITED]
        stopping = [one for one in stopping if one.code not in AWAITED]
    findings = [*stopping, *warnings]
    if folder is not None:
        write_report(folder, site, examined, findings, output, public=public)
    if stopping:
        raise SiteBuilderError(findings, Exit.FINDINGS)
    if as_json:
        say_json(Checked(findings, examined.resolved.counts, examined.duties))
    else:
        say_findings(findings)
        say_counts(examined.resolved.counts)
        _say_duties(examined.duties, examined.rules.names)
        click.echo(f"没有问题，{len(warnings)} 项提醒")
    if strict and any(one.code not in STANDING for one in warnings):
        click.get_current_context().exit(Exit.FINDINGS)


def _check_province(site: Site, options: Options, output: Path, *, strict: bool, as_json: bool) -> None:
    """A site put together of others: the site file, the guides and the theme, and the audit of what they make."""
    output = output_of(site, output)
    refuse_other_site(output / site.id, site.export.name)
    with Bars(quiet=as_json) as bars:
        from site_builder.releasing.province import check_province  # noqa: PLC0415  # takes long

        seen = check_province(site, options, themes_of(site), bars)
    warnings = [*marks_empty(site), *pages_unfinished(site, frozenset())]
    if as_json:
        say_json(CheckedProvince([one.id for one in site.member_sites], seen.files, warnings))
    else:
        say_findings(warnings)
        click.echo(f"没有问题：{len(site.member_sites)} 个成员网站，{seen.files} 个文件。成员网站答不答，在查询页上看")
    if strict and warnings:
        click.get_current_context().exit(Exit.FINDINGS)


def _asked(site: Site, examined: Examined) -> Iterator[Finding]:
    """What is asked for on top of what a build finds: holidays, the lawyers' reviews, and what ranks above the law."""
    facts = examined.resolved.facts
    yield from review_findings(site)
    yield from calendar_end(facts)
    yield from (one for one in undecided(site, examined.rules, facts.as_of) if one.warning)
    yield from asked_above(site, examined.rules, examined.surveys, examined.resolved)
    yield from site_warnings(site, examined.resolved, examined.rules)
    yield from marks_empty(site)
    yield from pages_unfinished(site, examined.rules.words.applied)


def _of_site_folder(site: Site, examined: Examined) -> list[Finding]:
    """What of the site folder's regulations, pages and theme a build would stop at; else what is asked of them."""
    words, day = examined.rules.words, examined.resolved.facts.as_of
    shelf: tuple[ShelvedLaw, ...] = ()
    found: list[Finding] = []
    try:
        shelf = read_laws(site.folder, site.laws, day)
    except SiteBuilderError as error:
        found += error.findings
    for read in (
        partial(guides_of, site, words),
        partial(read_announcements, site.folder, site.site.address),
        partial(load_theme, themes_of(site), site.site.theme),
    ):
        try:
            read()
        except SiteBuilderError as error:
            found += error.findings
    return found or [*digests_old(site, shelf, day), *bases_unlinked(site, shelf, examined.resolved.bases)]


def examine_only(site: Site, options: Options, output: Path, bars: Bars) -> Examined:
    """Examine an export against the live release, staging nothing; a zip is unpacked aside.

    What is lost of ``state/`` stops it as it stops a build, and is made up for as far as the live web root tells.
    """
    output = output_of(site, output)
    refuse_other_site(output / site.id, site.export.name)
    known = remember_or_adopt(output / site.id)
    with tempfile.TemporaryDirectory() as scratch:
        verified = open_export(site, options, known.live, Path(scratch) / "export", bars)
        return stopped_by(examine(site, options, verified, known.memory, None, bars), known.lost)


def _say_duties(duties: Duties, names: Mapping[str, str]) -> None:
    """The private reports: each line a number, why, by which articles, and the first ids."""
    for title, owed in (("应公示未公示", duties.unpublished), ("应撤未撤（线上仍在公示）", duties.standing)):
        if owed:
            click.echo(f"{title}：{len(owed)} 条")
        for (kind, why, by), ids in _grouped(owed, names).items():
            click.echo(f"    {LABELS[kind]}，{why}（{by}）：{some(ids)}")
    if duties.archived:
        click.echo(f"应转档保存：{sum(one.count for one in duties.archived)} 条")
    for one in duties.archived:
        by = articles(one.articles, names)
        click.echo(f"    {LABELS[one.kind]}，期满停止公示，不得从源数据中删除（{by}）：{one.count} 条")
    if duties.clocks:
        click.echo(f"法定时限：{len(duties.clocks)} 件")
    for (due, state), ids in _running(duties.clocks, names).items():
        click.echo(f"    {STATES[state]}  {due}：{some(ids)}")


def _grouped(owed: tuple[Owed, ...], names: Mapping[str, str]) -> dict[tuple[Kind, str, str], list[str]]:
    found: defaultdict[tuple[Kind, str, str], list[str]] = defaultdict(list)
    for one in owed:
        why = "、".join(REASON_LABELS[reason] for reason in one.reasons)
        found[one.kind, why, articles(one.articles, names)].append(one.id)
    return found


def _running(clocks: tuple[Due, ...], names: Mapping[str, str]) -> dict[tuple[str, ClockState], list[str]]:
    found: defaultdict[tuple[str, ClockState], list[str]] = defaultdict(list)
    for one in clocks:
        what = f"{CLOCKS[one.clock]}，{one.days} 个工作日（{articles(one.articles, names)}）"
        last = "" if one.clock in NOTED_LATE or one.last_day is None else f"至 {one.last_day}"
        found[what, one.state].append(f"{one.id} {last}".rstrip())
    return found


def some(ids: list[str]) -> str:
    """The first ids in a line, and how many there are."""
    more = f" 等 {len(ids)} 条" if len(ids) > MOST_IDS else ""
    return "、".join(ids[:MOST_IDS]) + more
