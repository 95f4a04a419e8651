"""``site-builder check``: all of a build that writes nothing."""

from __future__ import annotations

from pathlib import Path
import tempfile
from typing import Unpack

import click
import msgspec

from site_builder.build.examine import Examined, Options, examine, open_export
from site_builder.cli.build import say_counts
from site_builder.cli.options import Params, options_of, output_option, reading_options
from site_builder.cli.terminal import Bars, say_findings, say_json
from site_builder.config.load import load_site
from site_builder.config.site import Site
from site_builder.errors import Exit, Finding, SiteBuilderError
from site_builder.release.guards import read_memory
from site_builder.release.live import Count, read_live
from site_builder.vocabulary import Kind


class Checked(msgspec.Struct, frozen=True):
    """What ``check --json`` prints."""

    findings: list[Finding]
    counts: dict[Kind, Count]


@click.command("check", short_help="只核验，不写任何文件。")
@reading_options
@output_option
def check_command(site_file: Path, output: Path, *, as_json: bool, **params: Unpack[Params]) -> None:
    """核验导出并说明每类记录公开多少、因何不公开；不写任何文件。"""
    site = load_site(site_file)
    with Bars(quiet=as_json) as bars:
        examined = examine_only(site, options_of(site, params), output, bars)
    findings = [*examined.stopping, *examined.warnings]
    if examined.stopping:
        raise SiteBuilderError(findings, Exit.FINDINGS)
    if as_json:
        say_json(Checked(findings, examined.settled.counts))
        return
    say_findings(findings)
    say_counts(examined.settled.counts)


def examine_only(site: Site, options: Options, output: Path, bars: Bars) -> Examined:
    """Examine an export against the live release, staging nothing; a zip is unpacked aside."""
    state = output / site.id / "state"
    with tempfile.TemporaryDirectory() as scratch:
        verified = open_export(site, options, read_live(state), Path(scratch) / "export", bars)
        return examine(site, options, verified, read_memory(state), None, bars)
