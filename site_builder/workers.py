"""Jobs on all cores: one function over many jobs, results as they come, a bounded number under way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
import gc
import multiprocessing
import os
import pickle
from queue import SimpleQueue
import signal
import traceback
from typing import Any, Protocol, TypeVar

from site_builder.errors import Exit, refuse
from site_builder.processes import deaf, die_with

C = TypeVar("C")
J = TypeVar("J")
R = TypeVar("R")

GARBAGE = 100_000
"""New objects after which a worker looks for cycles among them; jobs make next to none."""

_held: Any = None
"""What the jobs of this worker process share, put in when the process was forked."""


def cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0))


class Engine(Protocol):
    """What does the jobs of a run: the processors of this machine (``Local``), or those of several (``cluster``)."""

    def run(self, function: Callable[[C, J], R], context: C, jobs: Iterable[J], /) -> Iterator[R]:
        """``function(context, job)`` for every job, in whatever order they are done. Raises what a job raises.

        A bounded number of jobs is under way, so memory does not grow with how many there are.
        """


@dataclass(frozen=True, slots=True)
class Local:
    """So many processes of this machine; with one, or where processes may share no locks, all in this process.

    They are forked, so the context crosses without pickling; jobs and results are pickled. At most three jobs a worker
    are under way. Workers die with this process.
    """

    workers: int = 1

    def run(self, function: Callable[[C, J], R], context: C, jobs: Iterable[J], /) -> Iterator[R]:
        """See ``Engine``."""
        if self.workers > 1 and _can_fork():
            yield from _forked(function, context, jobs, self.workers)
            return
        for job in jobs:
            yield function(context, job)


def _forked(function: Callable[[C, J], R], context: C, jobs: Iterable[J], workers: int) -> Iterator[R]:
    """Ctrl-C is heard where a result is waited for and by whoever takes it: within the pool, it would leave locks held.

    Jobs not begun are given up by the pool's own thread: given up here, one that breaks at that moment would stop it.
    """
    done: SimpleQueue[Future[R]] = SimpleQueue()
    under_way = 0
    with _frozen(), _pool(workers, (context, os.getpid())) as pool:
        for job in jobs:
            with deaf():  # also a child that is being forked must never hear it
                pool.submit(_call, function, job).add_done_callback(done.put)
            under_way += 1
            if under_way == workers * 3:
                yield done.get().result()
                under_way -= 1
        for _ in range(under_way):
            yield done.get().result()


@contextmanager
def _pool(workers: int, held: tuple[object, int]) -> Iterator[ProcessPoolExecutor]:
    fork = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(workers, mp_context=fork, initializer=_hold, initargs=held)
    try:
        yield pool
    except BrokenProcessPool:
        message = "一个工作进程意外终止（内存不足或被结束）"
        raise refuse("worker-died", message, hint="查看系统日志；可用 --jobs 1 重试", exit_code=Exit.MACHINE) from None
    finally:
        with deaf():
            pool.shutdown(cancel_futures=True)


@contextmanager
def _frozen() -> Iterator[None]:
    """The collector of cycles passes over what there is now: by marking it, it would copy it into each worker."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _can_fork() -> bool:
    """Whether workers may be had: the locks between them lie in ``/dev/shm``, which is not everywhere to be written."""
    try:
        multiprocessing.get_context("fork").Lock()
    except (OSError, ImportError):
        return False
    return True


def _hold(context: object, parent: int) -> None:
    die_with(parent)
    gc.set_threshold(GARBAGE)
    global _held  # noqa: PLW0603  # one per worker process, set once
    _held = context
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})


def _call(function: Callable[[Any, J], R], job: J) -> R:
    try:
        return function(_held, job)
    except Exception as error:  # noqa: BLE001  # raised again, whole or in words
        stopped = crossing(error)
    raise stopped  # outside, so that what does not cross is not its context


def crossing(error: Exception) -> Exception:
    """What stopped a job, as it can reach the process that asked for it."""
    if _crosses(error):
        return error
    return RuntimeError("".join(traceback.format_exception(error)))


def _crosses(error: Exception) -> bool:
    """Whether an error reaches the parent: one that does not come out of its pickle would break the pool."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # what we have just made
    except Exception:  # noqa: BLE001  # however it fails
        return False
    return True
