"""The group of commands: each is imported when it is asked for, so that help and completion answer at once."""

from __future__ import annotations

from collections.abc import Mapping
import importlib
from typing import Any

import click

from site_builder.cli.english import speak_english
from site_builder.cli.words import ENGLISH

Commands = Mapping[str, tuple[str, str, str]]
"""Command, in the order of the work → what it is, in Chinese and in English, in a few words; and how it is called."""


class LazyGroup(click.Group):
    """A group whose commands are modules of ``cli``: ``withhold`` is ``cli/withhold.py``'s ``withhold_command``.

    Of a group inside it their names begin with its own, ``under``: ``law test`` is ``law_test_command``.
    """

    def __init__(self, *args: Any, commands_of: Commands, under: str = "", **kwargs: Any) -> None:  # noqa: ANN401  # as click's
        super().__init__(*args, **kwargs)
        self._of = commands_of
        self._under = under

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the work."""
        del ctx
        return list(self._of)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, imported now."""
        del ctx
        if cmd_name not in self._of:
            return None
        whole = f"{self._under} {cmd_name}".strip()
        module = whole.replace("-", "_").replace(" ", "_")
        found = getattr(importlib.import_module(f"site_builder.cli.{module}"), f"{module}_command")
        if not isinstance(found, click.Command):
            return None
        if ENGLISH:
            speak_english(found, whole)
        if example := self._of[cmd_name][2]:
            found.epilog = f"{'Example: ' if ENGLISH else '例：'}site-builder {whole} {example}".rstrip()
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; one that is not there is answered with the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(error.command_name, possibilities=self._of, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing one."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, words[ENGLISH]) for name, words in self._of.items()])
