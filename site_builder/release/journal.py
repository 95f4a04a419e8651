"""What is remembered changes with the switch, never without it: written aside before, put in place after.

``state/<name>.new`` stands from just before the switch until just after it. Whoever holds the place next looks whether
the switch came about (``current`` leads to the release the new memory speaks of) and finishes or forgets.
"""

from __future__ import annotations

from collections.abc import Mapping
import os
from pathlib import Path

import msgspec

from site_builder.processes import flush_names
from site_builder.release.live import LIVE

NEW = ".new"


class _Told(msgspec.Struct):
    """What every schema of ``live.json`` tells."""

    release: str


def prepare(state: Path, files: Mapping[str, bytes]) -> None:
    """Write the new memory aside. What was written is taken away again when not all can be."""
    written: list[Path] = []
    try:
        for name, data in files.items():
            path = state / f"{name}{NEW}"
            with path.open("wb") as file:
                written.append(path)
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        flush_names(state)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def commit(state: Path) -> None:
    """Put the new memory in place; the file that tells of the release comes last, so that a crash can be finished."""
    for path in sorted(_new(state), key=lambda one: one.name == f"{LIVE}{NEW}"):
        path.replace(path.with_suffix(""))
    flush_names(state)


def forget(state: Path) -> None:
    """Take away a new memory whose release was not switched in."""
    for path in _new(state):
        path.unlink()


def recover(state: Path, live_release: str | None) -> str | None:
    """Finish or forget what a crash left; ``live_release`` is the name ``current`` leads to.

    Returns the name of the release that was about to be live and is not, where there is one.
    """
    release = pending(state)
    if release is not None and release == live_release:
        commit(state)
        return None
    forget(state)
    return release


def pending(state: Path) -> str | None:
    """The release whose memory is written and not yet put in place."""
    try:
        return msgspec.json.decode((state / f"{LIVE}{NEW}").read_bytes(), type=_Told).release
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, UnicodeError, msgspec.MsgspecError):
        return None


def read(state: Path, name: str, live_release: str | None) -> bytes | None:
    """A remembered file as it is once a switch is finished that came about already; None where there is none."""
    switched = live_release is not None and pending(state) == live_release
    for path in ([state / f"{name}{NEW}"] if switched else []) + [state / name]:
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            continue
    return None


def _new(state: Path) -> list[Path]:
    return [path for path in state.glob(f"*{NEW}") if path.is_file()]
