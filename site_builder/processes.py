"""What Linux is asked for and Python has no call for: children that die with their parent, data that is on the disk."""

from __future__ import annotations

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
