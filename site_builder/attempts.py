"""A job that is done again because its process died writes over what the first attempt left, and over nothing else.

New files are made where none is: a path that is written twice is a fault. Only where a cluster does a job again
(``again``) its first attempt's files may be there, whole or cut, and a process believed dead may even go on writing
them. So an attempt after the first writes each file aside and renames it into place: whoever reads one sees it whole,
whatever the others do. That no two jobs wrote the same path is seen when all that was written is put together.

What jobs leave for later ones in the work folder (``put``) is renamed into place by every attempt: one that wakes up
late and writes such a file again puts the same bytes there, whole, and never cuts what another has done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
import os
from pathlib import Path
import tempfile
from typing import Final

_ASIDE: Final[ContextVar[Path | None]] = ContextVar("aside", default=None)


@contextmanager
def again() -> Iterator[None]:
    """The job within is done again. What is not yet in its place lies in the temporary folder (``tempfile``)."""
    with tempfile.TemporaryDirectory(prefix="again-") as folder:
        token = _ASIDE.set(Path(folder, "file"))
        try:
            yield
        finally:
            _ASIDE.reset(token)


def aside() -> Path | None:
    """Where an attempt after the first writes a file before it is renamed into its place; None in a first one."""
    return _ASIDE.get()


def put(path: Path, data: bytes | bytearray) -> None:
    """Write a file that is whole whenever it is there: beside its place, under a hidden name, then renamed into it."""
    try:
        fd, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(fd, "wb") as file:
                file.write(data)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Where to make a new file that is to be ``path``; once it is made it is there."""
    beside = aside()
    if beside is None:
        yield path
        return
    beside.unlink(missing_ok=True)
    yield beside
    beside.replace(path)
