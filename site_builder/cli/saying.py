"""What a run says when it is over: findings for people, one JSON object for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
import os
import sys
from typing import Any

import click
import msgspec

from site_builder.errors import Finding

json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")

MOST_TOLD = 20
"""Findings that are all told on a terminal; of more only the first of each code and column."""

FIRST = 5
"""Findings of one code and column told where there are many."""


def say_findings(findings: Sequence[Finding], *, rest: str = "用 --json 看全部") -> None:
    """Findings on standard error, one after another, what stops before what warns; a hint is told once a code.

    Of many, first how many there are of each code and column, then the first few of each; ``rest`` says where all are.
    """
    hinted: set[tuple[str, str]] = set()
    for mark, found in (
        ("问题", [one for one in findings if not one.warning]),
        ("提醒", [one for one in findings if one.warning]),
    ):
        counts = Counter(map(_sort, found))
        many = len(found) > MOST_TOLD
        if many:
            click.echo(f"{mark}  共 {len(found)} 项：", err=True)
            for (code, column), count in counts.most_common():
                click.echo(f"  {count:>6}  {code} {column}".rstrip(), err=True)
        told: Counter[tuple[str, str]] = Counter()
        for finding in found:
            told[_sort(finding)] += 1
            if many and told[_sort(finding)] > FIRST:
                continue
            again = (finding.code, finding.hint) in hinted
            hinted.add((finding.code, finding.hint))
            click.echo(f"{mark}  {msgspec.structs.replace(finding, hint='') if again else finding}", err=True)
        if many and max(counts.values()) > FIRST:
            click.echo(f"{mark}  每种只列出前 {FIRST} 项；{rest}", err=True)


def _sort(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.place.column


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
