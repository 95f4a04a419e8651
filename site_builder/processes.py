"""What is asked of Linux: children that die with their parent, data that is on the disk, signals that wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
import ctypes
import os
from pathlib import Path
import signal
from typing import Final

_LIBC: Final = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG: Final = 1
"""prctl(2): the signal this process gets when its parent dies; kept across ``exec``."""


def die_with(parent: int) -> None:
    """Have this process killed as soon as its parent, whose id is ``parent``, is dead; at once when it is already."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def deaf() -> Iterator[None]:
    """Ctrl-C and a request to end wait until this is over."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:  # one that came just before is heard while the others are being shut out
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def flush_all(folder: Path) -> None:
    """Wait until everything written to the folder's file system is on the disk. Raises ``OSError`` where it is not."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if _LIBC.syncfs(fd) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(fd)


def flush_names(folder: Path) -> None:
    """Wait until the names in a folder (what was made, renamed or removed there) are on the disk."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
