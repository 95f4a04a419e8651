"""When the program itself is wrong: one finding with what to report, and the traceback in a private file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
import datetime as dt
import os
from pathlib import Path
import platform
import tempfile
import traceback
from typing import Final

import click

import site_builder
from site_builder.cli.options import SITE_VARIABLE, site_here
from site_builder.cli.private import write_private
from site_builder.errors import Finding, Place

FILE: Final = "bug.txt"
"""The last bug's name in ``state/``."""

Find = Callable[[str], click.Command | None]
"""The command of a name."""


def bug(error: BaseException, arguments: Sequence[str], find: Find) -> Finding:
    """The finding for an error nobody foresaw; its place is the private file with the traceback.

    It repeats no value: neither what the error says nor what the options were given.
    """
    command = said(arguments, find)
    path = _written(error, command, arguments)
    kept = "文件里有回溯，可能含不公开的内容：只有本人能读，不要公开传送" if path else "回溯没有能保存"
    return Finding(
        "bug",
        Place(str(path or "")),
        f"程序自己出了错（{type(error).__name__}），不是导出或站点文件的问题",
        f"交给维护程序的人：site-builder {site_builder.__version__}，命令「{command}」，以及上面的文件。{kept}",
    )


def said(arguments: Sequence[str], find: Find) -> str:
    """The command as it was given, with the names of its options and none of their values."""
    name = arguments[0] if arguments else ""
    command = None
    with suppress(Exception):  # a command that cannot even be imported is known by its name
        command = find(name)
        name = name if command is not None else ""
        if isinstance(command, click.Group) and (inner := command.get_command(click.Context(command), arguments[1])):
            command, name = inner, f"{name} {arguments[1]}"
    known = {opt for param in command.params for opt in param.opts} if command is not None else set()
    given = [one.partition("=")[0] for one in arguments[1:]]
    return " ".join(["site-builder", *filter(None, [name]), *(one for one in given if one in known and one[0] == "-")])


def _written(error: BaseException, command: str, arguments: Sequence[str]) -> Path | None:
    """The traceback in the site's ``state/``, else in a temporary file; None where neither can be written."""
    with suppress(Exception):
        output, state = _places(arguments)
        if state.is_dir():
            return write_private(state / FILE, _lines(error, command), output)
    with suppress(Exception):
        handle, name = tempfile.mkstemp(prefix="site-builder-bug-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(_lines(error, command))
        return Path(name)
    return None


def _lines(error: BaseException, command: str) -> Iterator[str]:
    yield f"site-builder {site_builder.__version__}, Python {platform.python_version()}, {platform.platform()}\n"
    yield f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S%z} {command}\n\n"
    yield from traceback.format_exception(error)


def _places(arguments: Sequence[str]) -> tuple[Path, Path]:
    """The output folder, and the site's ``state/`` in it, by the options that were given."""
    output = Path(_value(arguments, "--output") or "output")
    given = _value(arguments, "--site") or os.environ.get(SITE_VARIABLE, "")
    site = Path(given) if given else site_here()
    folder = site if site.is_dir() else site.parent
    return output, output / folder.absolute().name / "state"


def _value(arguments: Sequence[str], option: str) -> str:
    for number, one in enumerate(arguments, start=1):
        name, equals, value = one.partition("=")
        if name == option:
            return value if equals else "".join(arguments[number : number + 1])
    return ""
