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
    """Findings on standard error, what stops before what warns, those of a code together under how many there are.

    A hint is told once a code. Of many only the first few of each code and column; ``rest`` says where all are.
    """
    for mark, colour, found in (
        ("问题", "red", [one for one in findings if not one.warning]),
        ("提醒", "yellow", [one for one in findings if one.warning]),
    ):
        styled = click.style(mark, fg=colour)
        many, codes, counts = len(found) > MOST_TOLD, Counter(one.code for one in found), Counter(map(_sort, found))
        told: Counter[tuple[str, str]] = Counter()
        for code, count in codes.items():
            hinted: set[str] = set()
            if count > 1:
                click.echo(f"{styled}  {code}：{count} 项", err=True)
            for (each, column), number in counts.most_common() if many and count > FIRST else ():
                if each == code and column:
                    click.echo(f"  {number:>6}  {code} {column}", err=True)
            for finding in (one for one in found if one.code == code):
                told[_sort(finding)] += 1
                if many and told[_sort(finding)] > FIRST:
                    continue
                again = finding.hint in hinted
                hinted.add(finding.hint)
                click.echo(f"{styled}  {msgspec.structs.replace(finding, hint='') if again else finding}", err=True)
        if many and max(told.values()) > FIRST:
            click.echo(f"{styled}  每种只列出前 {FIRST} 项；{rest}", err=True)


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
