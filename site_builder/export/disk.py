"""Files of an export on disk: opened, copied; what the machine refuses is said in words instead of a traceback."""

from __future__ import annotations

from collections.abc import Iterator
import contextlib
import errno
from io import BufferedReader
import os
from pathlib import Path
import stat
from typing import IO, Final

from site_builder.errors import Exit, Place, machine, refuse

_CHUNK: Final = 1 << 20


@contextlib.contextmanager
def on_disk(doing: str, file: str) -> Iterator[None]:
    """Turn an OSError inside into a SiteBuilderError with ``Exit.MACHINE``; ``doing`` says what was tried.

    ``file`` stands as the place, the path the machine speaks of in the message; the code is ``machine``.
    """
    try:
        yield
    except OSError as error:
        found = machine(error)
        where = f"（{found.place}）" if found.place.file else ""
        raise refuse(
            "machine",
            f"{doing}未成功：{found.message}{where}",
            hint=found.hint,
            place=Place(file),
            exit_code=Exit.MACHINE,
        ) from error


def pour(source: IO[bytes], target: Path, most: int) -> int:
    """Write what ``source`` holds into a new private file; the bytes written.

    It stops, and more than ``most`` is told, as soon as more came out.
    """
    size = 0
    try:
        with target.open("xb") as out:
            os.fchmod(out.fileno(), 0o600)
            while size <= most and (chunk := source.read(_CHUNK)):
                size += len(chunk)
                out.write(chunk)
    except OSError as error:
        error.filename = error.filename or f"{source.name} → {target}"
        raise
    return size


def open_plain(path: Path) -> BufferedReader:
    """A file opened for reading, following no link and waiting for no pipe; anything but a file is an OSError."""
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    return os.fdopen(fd, "rb")
