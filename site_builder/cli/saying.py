"""What a run says when it is over: findings for people, one JSON object for machines."""

from __future__ import annotations

from collections import Counter
import os
import sys
from typing import Any

import click
import msgspec

from site_builder.errors import Finding

MOST_WARNED = 20
"""Warnings of one code shown on a terminal."""


def say_findings(findings: tuple[Finding, ...] | list[Finding]) -> None:
    """Findings on standard error, one after another; a hint is told once a code.

    Of warnings with one code the first few are told, the rest counted.
    """
    warned: Counter[str] = Counter()
    hinted: set[tuple[str, str]] = set()
    for finding in findings:
        if finding.warning:
            warned[finding.code] += 1
            if warned[finding.code] > MOST_WARNED:
                continue
        mark = "提醒" if finding.warning else "问题"
        told = (finding.code, finding.hint) in hinted
        hinted.add((finding.code, finding.hint))
        click.echo(f"{mark}  {msgspec.structs.replace(finding, hint='') if told else finding}", err=True)
    for code, count in warned.items():
        if count > MOST_WARNED:
            click.echo(f"提醒  {code} 另有 {count - MOST_WARNED} 项，用 check --json 看全部", err=True)


def let_go() -> None:
    """Have all that was said go out; what cannot, because its reader or the disk is not there, is given up.

    Otherwise Python tries once more as it ends, and tells of that.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            try:
                stream.flush()
            except OSError:
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say_json(value: Any) -> None:  # noqa: ANN401  # whatever a command reports
    """One JSON object on standard output; findings as their fields."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
