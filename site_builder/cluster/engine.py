"""The engine of a cluster, where the build runs: hands out jobs, takes in what they gave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
import ipaddress
import logging
from pathlib import Path
import pickle
import shutil
import tempfile
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar
from urllib.parse import urlsplit

from site_builder.cluster import worker
from site_builder.cluster.worker import SHARED, do, let_go, program
from site_builder.errors import Exit, Place, SiteBuilderError, refuse
from site_builder.processes import deaf

if TYPE_CHECKING:
    from distributed import Client, Future

C = TypeVar("C")
J = TypeVar("J")
R = TypeVar("R")

EXTRA: Final = "site-builder[cluster]"
"""What pip installs for it."""

_UNDER_WAY: Final = 3
"""Jobs a worker has at hand: one it does, two that wait."""

_LOOK: Final = 5
"""Seconds between two looks at whether there are scheduler and workers."""

_PATIENCE: Final = 12
"""Looks without any worker after which none is waited for."""

_QUIET: Final = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.tick.limit": "1h",
    "distributed.admin.system-monitor.interval": "30s",
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
"""Processes of this machine do not watch themselves (it cost a twentieth of a processor), and show nobody anything."""

_LOGGERS: Final = ("distributed", "distributed.client", "distributed.gc", "tornado", "tornado.application", "bokeh")


@dataclass(slots=True)
class Cluster:
    """Workers of the scheduler at an address (``tls://host:8786``); without one, so many processes of this machine.

    To be entered. It connects when the first job comes. Raises ``SiteBuilderError`` (exit code 4) where the cluster
    cannot be had, is lost, or a worker has another program; exit code 2 for an address that is not encrypted and leads
    to another machine, unless ``plain``.
    """

    scheduler: str = ""
    workers: int = 1
    plain: bool = False
    _around: ExitStack = field(default_factory=ExitStack)
    _client: Client | None = None

    def __enter__(self) -> Self:
        refuse_plain(self.scheduler, allowed=self.plain)
        _refuse_without_library()
        return self

    def __exit__(self, *_: object) -> None:
        self._around.close()

    def run(self, function: Callable[[C, J], R], context: C, jobs: Iterable[J], /) -> Iterator[R]:
        """See ``workers.Engine``."""
        import cloudpickle  # noqa: PLC0415  # comes with Dask

        client = self.connected()
        home = Path(tempfile.mkdtemp(prefix="jobs-"))
        try:
            with (home / SHARED).open("xb") as file:
                cloudpickle.dump((function, context), file)
            yield from _results(client, home, jobs)
        finally:
            shutil.rmtree(home, ignore_errors=True)
            with suppress(OSError):
                if client.status == "running":
                    client.run(let_go, on_error="ignore")

    def connected(self) -> Client:
        """The client of the scheduler, connected once."""
        if self._client is None:
            with deaf():
                self._client = _client(self.scheduler, self.workers, self._around)
        return self._client


def refuse_plain(scheduler: str, *, allowed: bool) -> None:
    """Whoever may speak to a scheduler may run any program: without TLS it is of this machine alone."""
    try:
        address = urlsplit(scheduler if "://" in scheduler else f"tcp://{scheduler}")
    except ValueError:
        message, hint = f"--scheduler 写的不是地址：{scheduler}", "写成 tls://主机:端口，形如 tls://10.0.0.5:8786"
        raise refuse("usage", message, hint=hint, exit_code=Exit.USAGE) from None
    if scheduler and address.scheme != "tls" and not allowed and not _is_here(address.hostname or ""):
        message = "调度器在别的机器上，连接却没有加密：谁都可以冒充它，或者在工作机上运行任何程序"
        hint = "写 tls://…，照 docs/cluster.md 配好证书；只在自己封闭的网络里用的，加上 --no-tls"
        raise refuse("scheduler-plain", message, hint=hint, exit_code=Exit.USAGE)


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def _refuse_without_library() -> None:
    try:
        import distributed  # noqa: F401, PLC0415
    except ModuleNotFoundError as error:
        message = f"集群要用的 Python 库没有安装（{error.name}）"
        hint = f"pip install '{EXTRA}'"
        raise refuse("missing-library", message, hint=hint, exit_code=Exit.MACHINE) from None


def _client(scheduler: str, workers: int, around: ExitStack) -> Client:
    """A client of the scheduler, or of a cluster of this machine that nobody else can speak to."""
    import dask  # noqa: PLC0415
    from distributed import Client, LocalCluster  # noqa: PLC0415
    from distributed.security import Security  # noqa: PLC0415

    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    around.enter_context(dask.config.set(_QUIET))
    try:
        if scheduler:
            return around.enter_context(Client(scheduler))
        secret = Security.temporary()
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            memory_limit=0,
            host="127.0.0.1",
            protocol="tls://",
            security=secret,
            dashboard_address=None,
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
            silence_logs=logging.CRITICAL,
            preload=[worker.__name__],
        )
        around.enter_context(cluster)
        return around.enter_context(Client(cluster, security=secret))
    except (OSError, RuntimeError, TypeError, ValueError) as error:  # also no certificates, no address, no start
        message = "连不上集群的调度器"
        hint = "核对 --scheduler 的地址（tls://主机:端口）、证书和 DASK_CONFIG，以及调度器是否在运行"
        raise refuse(
            "scheduler-unreachable", message, hint=hint, place=Place(scheduler), exit_code=Exit.MACHINE
        ) from error


def _results(client: Client, home: Path, jobs: Iterable[Any]) -> Iterator[Any]:
    most = max(1, _there(client)) * _UNDER_WAY
    under_way: set[Future] = set()
    try:
        for number, job in enumerate(jobs):
            (home / f"{number}.job").write_bytes(pickle.dumps(job))
            under_way.add(client.submit(do, str(home), program(), number, key=f"{home.name}-{number}", pure=False))
            if len(under_way) >= most:
                done, under_way = _some(client, under_way)
                yield from (_result(home, one) for one in done)
        while under_way:
            done, under_way = _some(client, under_way)
            yield from (_result(home, one) for one in done)
    finally:
        with suppress(OSError):
            if under_way and client.status == "running":
                client.cancel(list(under_way))


def _some(client: Client, under_way: set[Future]) -> tuple[set[Future], set[Future]]:
    """Those that are done, once there are any, and the others. Raises where nobody is left who could do one."""
    from distributed import CancelledError, wait  # noqa: PLC0415

    left = _PATIENCE
    while left:
        try:
            done, others = wait(under_way, timeout=_LOOK, return_when="FIRST_COMPLETED")
        except TimeoutError:
            if client.status != "running":
                raise _lost() from None
            left = _PATIENCE if _there(client) else left - 1
        except CancelledError:
            raise _lost() from None
        else:
            return done, others
    message, hint = "集群里没有工作进程", "核对各台工作机上的 dask worker 是否在运行、连的是不是这个调度器"
    raise refuse("no-workers", message, hint=hint, exit_code=Exit.MACHINE)


def _there(client: Client) -> int:
    """How many workers there are now."""
    try:
        return len(client.nthreads())
    except OSError:  # closed, refused or timed out
        raise _lost() from None


def _lost() -> SiteBuilderError:
    message, hint = "与集群的调度器断开了", "查看调度器的日志；线上没有变化，恢复之后再构建一次即可"
    return refuse("scheduler-lost", message, hint=hint, exit_code=Exit.MACHINE)


def _result(home: Path, future: Future) -> Any:  # noqa: ANN401  # whatever the job gives
    """What a job gave; what stopped it is raised here."""
    from distributed import KilledWorker  # noqa: PLC0415

    error = future.exception()
    if isinstance(error, SiteBuilderError):
        raise error
    if isinstance(error, KilledWorker):
        message = "同一项工作几次使工作进程意外终止（内存不足或被结束）"
        raise refuse("worker-died", message, hint="查看工作机的系统日志", exit_code=Exit.MACHINE)
    if isinstance(error, OSError):
        raise error
    if error is not None:
        message = f"一个工作进程不能工作（{type(error).__name__}）"
        hint = "核对它装的是同一个版本的 site-builder；查看它的日志"
        raise refuse("worker-differs", message, hint=hint, exit_code=Exit.MACHINE)
    number = future.key.rpartition("-")[2]
    path = home / f"{number}.result"
    value, stopped = pickle.loads(path.read_bytes())  # noqa: S301  # a worker with our program wrote it for us
    for left in (path, home / f"{number}.job"):
        left.unlink()
    if stopped is not None:
        raise stopped
    return value
