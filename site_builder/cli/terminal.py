"""How a run looks: bars on a terminal, plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

from contextlib import suppress
import sys
from types import TracebackType
from typing import Final, Self

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from site_builder.cli.outcome import Outcome

LONG: Final = 10_000
"""From this amount of work on, a step tells each tenth of it where there is no terminal."""


class Bars:
    """Progress on standard error: rich bars on a terminal, plain lines otherwise; nothing when quiet."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._total = self._done = 0
        if not quiet and sys.stderr is not None and sys.stderr.isatty():
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
        else:
            self._total, self._done = total or 0, 0
            self._tell(name if total is None else f"{name}（{total}）")

    def advance(self, amount: int = 1) -> None:
        """So much is done."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task, amount)
        elif self._total >= LONG:
            before, self._done = self._done, self._done + amount
            if self._done * 10 // self._total > before * 10 // self._total:
                self._tell(f"  {self._done:,} / {self._total:,}")

    def switched(self, release: str) -> None:
        """The command's end is to know of it."""
        ctx = click.get_current_context(silent=True)
        outcome = ctx.find_object(Outcome) if ctx is not None else None
        if outcome is not None:
            outcome.release = release

    def _tell(self, line: str) -> None:
        if not self._quiet:
            with suppress(OSError):  # nobody listens any more; the run goes on
                click.echo(line, err=True)

    def _finish(self) -> None:
        if self._progress is not None and self._task is not None:
            task = self._progress.tasks[-1]
            done = task.total if task.total is not None else 1
            self._progress.update(self._task, total=done, completed=done)
