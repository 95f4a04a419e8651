"""What runs in the workers of a cluster: one job of a run, in the work folder of the build."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
import errno
import gc
import os
from pathlib import Path
import pickle
import platform
import signal
import tempfile
import threading
from typing import Any, Final

from site_builder import attempts
from site_builder.errors import Exit, Place, SiteBuilderError, refuse
from site_builder.program import program_digest
from site_builder.workers import GARBAGE, crossing

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the machine says of a disk or a quota that is full: no fault of what is shared."""

SHARED: Final = "shared"
"""The file of a run's function and context."""

_one: Final = threading.Lock()
"""A worker does one job at a time, however many threads it was given: contexts remember."""

_held: tuple[str, Callable[[Any, Any], Any], Any] | None = None
"""The folder of the run a worker works for, its function and its context."""


def dask_setup(_: object) -> None:
    """Where Dask loads this into a process of this machine: Ctrl-C is the build's to hear, which ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def program() -> str:
    """What a worker must have in common with the build, in one line."""
    return f"{program_digest()} Python {platform.python_version()}"


def do(folder: str, wanted: str, number: int) -> None:
    """In a worker: do a job of the run in ``folder`` and leave the result there, unless it is there already."""
    if wanted != program():
        raise _worker("worker-differs", "一台工作机上的程序与构建的不同", "在每台机器上装同一个版本，再重启工作进程")
    home = Path(folder)
    result = home / f"{number}.result"
    with _one:
        try:
            function, context = _shared(home)
            if result.exists():
                return
            attempt = _attempt(home, number)
        except OSError as error:
            if error.errno in FULL:
                raise
            hint = "每台机器要在同一个路径挂载同一个输出文件夹，用同一个用户（编号相同）运行"
            raise _worker("folder-not-shared", "一台工作机看不到构建的工作文件夹", hint) from None
        os.umask(0o022)
        before, tempfile.tempdir = tempfile.tempdir, folder
        try:
            with attempts.again() if attempt else nullcontext():
                job = pickle.loads((home / f"{number}.job").read_bytes())  # noqa: S301  # the build wrote it for us
                outcome = _outcome(function, context, job)
        finally:
            tempfile.tempdir = before
        if outcome[1] is not None and _claim(home, number, attempt + 1).exists():
            raise RuntimeError("another does this job: what failed here is nothing to it")
        fresh = home / f"{number}.new{attempt}"
        fresh.write_bytes(pickle.dumps(outcome))
        fresh.replace(result)


def _worker(code: str, message: str, hint: str) -> SiteBuilderError:
    """What is wrong with this worker's machine, and which it is."""
    return refuse(code, message, hint=hint, place=Place(platform.node()), exit_code=Exit.MACHINE)


def _shared(home: Path) -> tuple[Callable[[Any, Any], Any], Any]:
    """Function and context of a run; read once a worker and run, and kept until it is over."""
    global _held  # noqa: PLW0603  # one per worker process
    if _held is None or _held[0] != str(home):
        let_go()
        with (home / SHARED).open("rb") as file:
            function, context = pickle.load(file)  # noqa: S301  # the build wrote it for us
        _held = str(home), function, context
        gc.set_threshold(GARBAGE)
        gc.freeze()
    return _held[1], _held[2]


def _attempt(home: Path, number: int) -> int:
    """How often this job was begun before; noted for whoever begins it again."""
    attempt = 0
    while True:
        try:
            _claim(home, number, attempt).touch(0o600, exist_ok=False)
        except FileExistsError:
            attempt += 1
        else:
            return attempt


def _claim(home: Path, number: int, attempt: int) -> Path:
    return home / f"{number}.begun{attempt}"


def _outcome(function: Callable[[Any, Any], Any], context: object, job: object) -> tuple[Any, Exception | None]:
    try:
        return function(context, job), None
    except Exception as error:  # noqa: BLE001  # it is raised where the job was asked for
        return None, crossing(error)


def let_go() -> None:
    """Forget the run that is over, and with it what its context held of records."""
    global _held  # noqa: PLW0603  # as above
    _held = None
    gc.unfreeze()
