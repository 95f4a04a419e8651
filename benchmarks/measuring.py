"""Runs a program and tells what it cost: wall clock, processor time and peak memory of its whole process tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
import os
from pathlib import Path
import resource
import subprocess
import threading
import time
from typing import IO

INTERVAL = 0.05
"""Seconds between two looks at the memory."""

SHARE = 10
"""A look that took long is followed by a pause so many times as long: the watcher takes at most a tenth of a core."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run cost: seconds, seconds of all processors (user and system), bytes; its steps with their seconds.

    ``said`` is what it wrote to standard output.
    """

    wall: float
    cpu: float
    memory: int
    steps: tuple[tuple[str, float], ...]
    said: str


class BenchError(Exception):
    """A measured program failed."""


def measure(command: Sequence[str], folder: Path) -> Run:
    """Run ``command`` in ``folder``. Each line of its standard error begins a step. Raises ``BenchError``."""
    os.sync()
    before = _children()
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        watcher = _Watcher(process.pid)
        watcher.start()
        lines: list[tuple[float, str]] = []
        steps = threading.Thread(target=_timed_lines, args=(process.stderr, lines))
        steps.start()
        said = process.stdout.read().decode(errors="replace") if process.stdout else ""
        code = process.wait()
        wall = time.perf_counter() - start
        watcher.stop()
        steps.join()
    if code:
        told = "\n".join(line for _, line in lines) + said
        raise BenchError(f"{' '.join(command)} → {code}\n{told}")
    ends = [at for at, _ in lines[1:]] + [start + wall]
    taken = tuple((line, end - at) for (at, line), end in zip(lines, ends, strict=True)) if lines else ()
    return Run(wall, _children() - before, watcher.peak, taken, said)


def _children() -> float:
    """Seconds of processor time of all finished children and theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _timed_lines(stream: IO[bytes] | None, lines: list[tuple[float, str]]) -> None:
    """Steps alone: what is told of a finding begins with 提醒, an arrow or a count; so does how far a step is."""
    told = ((time.perf_counter(), line.decode(errors="replace").strip()) for line in stream or ())
    lines.extend((at, line) for at, line in told if not line.startswith(("提醒", "→", *"0123456789")))


class _Watcher(threading.Thread):
    """Looks at the memory of a process and all below it until stopped; ``peak`` is the most seen, in bytes.

    Memory is the sum of the proportional set sizes, so what processes share is counted once.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._done = threading.Event()
        self.peak = 0

    def run(self) -> None:
        pause = INTERVAL
        while not self._done.wait(pause):
            start = time.perf_counter()
            self.peak = max(self.peak, sum(map(_proportional, _tree(self._pid))))
            pause = max(INTERVAL, SHARE * (time.perf_counter() - start))

    def stop(self) -> None:
        """Look no more."""
        self._done.set()
        self.join()


def _tree(root: int) -> list[int]:
    """The process and all below it that live now."""
    found = [root]
    for pid in found:
        try:
            tasks = list(Path(f"/proc/{pid}/task").iterdir())
            for task in tasks:
                found += [int(child) for child in (task / "children").read_text("ascii").split()]
        except OSError:  # it has ended
            continue
    return found


def _proportional(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:  # it has ended
        pass
    return 0


def machine(folder: Path) -> list[tuple[str, str]]:
    """What the figures were measured on; ``folder`` is where files were written."""
    uname = os.uname()
    models = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        if line.startswith("model name")
    ]
    total = Path("/proc/meminfo").read_text("ascii").split()[1]
    return [
        ("处理器", models[0] if models else uname.machine),
        ("可用核数", str(len(os.sched_getaffinity(0)))),
        ("内存", f"{int(total) / 1024 / 1024:.0f} GiB"),
        ("内核", f"{uname.sysname} {uname.release}"),
        ("文件系统", _file_system(folder.resolve())),
        ("开始时的平均负载", f"{os.getloadavg()[0]:.1f}"),
    ]


def _file_system(folder: Path) -> str:
    mounts = [line.split()[1:3] for line in Path("/proc/self/mounts").read_text("utf-8").splitlines()]
    above = [(len(point), kind) for point, kind in mounts if folder.is_relative_to(point)]
    return max(above)[1]
