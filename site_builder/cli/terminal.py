"""How a run looks: bars on a terminal, plain lines elsewhere, one JSON object for machines."""

from __future__ import annotations

from collections import Counter
import sys
from types import TracebackType
from typing import Any, Self

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from site_builder.errors import Finding

MOST_WARNED = 20
"""Warnings of one code shown on a terminal."""


class Bars:
    """Progress on standard error: rich bars on a terminal, one plain line a step otherwise; nothing when quiet."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        if not quiet and sys.stderr.isatty():
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self._progress = Progress(*columns, console=Console(stderr=True))

    def __enter__(self) -> Self:
        """Start drawing."""
        if self._progress is not None:
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop drawing."""
        if self._progress is not None:
            self._finish()
            self._progress.stop()

    def step(self, name: str, total: int | None = None) -> None:
        """A step begins."""
        if self._progress is not None:
            self._finish()
            self._task = self._progress.add_task(name, total=total)
        elif not self._quiet:
            click.echo(name if total is None else f"{name}（{total}）", err=True)

    def advance(self, amount: int = 1) -> None:
        """So much is done."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task, amount)

    def _finish(self) -> None:
        if self._progress is not None and self._task is not None:
            task = self._progress.tasks[-1]
            done = task.total if task.total is not None else 1
            self._progress.update(self._task, total=done, completed=done)


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


def say_json(value: Any) -> None:  # noqa: ANN401  # whatever a command reports
    """One JSON object on standard output; findings as their fields."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
