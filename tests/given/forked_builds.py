"""A process that has imported everything and forks real builds on command: each is a whole ``site-builder build``.

Reads one JSON object a line, answers with one. ``{"warm": […]}`` runs a build in the process itself, so that what is
read once a process is read. ``{"argv": […], "end": null | [how, …]}`` runs a build that ends

- by itself (null),
- killed by the kernel's timer after so many seconds: ``["timer", seconds]``,
- killed at its n-th change to the disk after the first ``os.fsync``, near the switch: ``["switch", n]``,
- interrupted there as by Ctrl-C: ``["interrupt", n]``,
- with an ``OSError`` at its n-th change, once or from then on: ``["fail", n, errno, lasting]``.

Changes are what Python's own audit hooks tell of (files opened for writing, folders made, names changed or removed,
times set) and ``os.write`` and ``os.fsync``, in the build's main process. The answer holds the exit code (negative: the
signal), how many changes there were, and what was said on standard error. It comes once every process of the build,
Pagefind included, has let go of the site's lock.
"""

from contextlib import redirect_stdout
import ctypes
import datetime as dt
import fcntl
import gc
import io
import json
import os
from pathlib import Path
import resource
import signal
import sys
import tempfile
import time
import traceback

from site_builder.cli.main import commands, main

CHANGES = {"os.mkdir", "os.rename", "os.symlink", "os.remove", "os.rmdir", "os.chmod", "os.utime", "os.link"}
NOW = "2026-11-20T12:00:00+08:00"
"""What the machine's clock tells, unless the command says another ``clock``."""

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Ending:
    """Counts changes to the disk, and ends the build at one."""

    def __init__(self, end, told):
        self.how, *self.rest = end or [""]
        self.told = told
        self.count = 0
        self.names = []
        self.watching = True
        sys.addaudithook(self.hook)
        for name in ("write", "fsync"):
            setattr(os, name, self.counted(name, getattr(os, name)))

    def hook(self, event, arguments):
        if event in CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING):
            self.change(event)

    def counted(self, name, real):
        def call(*arguments):
            self.change(f"os.{name}")
            return real(*arguments)

        return call

    def since(self, event):
        return self.count - self.names.index(event)

    def change(self, event):
        if not self.watching:
            return
        self.count += 1
        self.names.append(event)
        if self.how == "switch" and "os.fsync" in self.names and self.since("os.fsync") > self.rest[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.how == "interrupt" and "os.fsync" in self.names and self.since("os.fsync") == self.rest[0] + 1:
            os.kill(os.getpid(), signal.SIGINT)
        if self.how == "fail":
            number, code, lasting = self.rest
            if self.count == number or (lasting and self.count > number):
                raise OSError(code, os.strerror(code), "演示")


def build(command, said, told):
    """In the child: the whole command, its exit code."""
    os.setpgid(0, 0)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.dup2(said, 2)
    limit = command.get("file_size", resource.RLIM_INFINITY)
    if command.get("plain"):
        drop_roots_powers()
    end = command.get("end")
    ending = Ending(end, told)
    if end and end[0] == "timer":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, end[1])
    sys.argv = ["site-builder", *command["argv"]]
    code = 70
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        main(dt.datetime.fromisoformat(command.get("clock", NOW)))
    except SystemExit as done:
        code = int(done.code or 0)
    except BaseException:  # noqa: BLE001  # the process ends below: its fault is told first
        traceback.print_exc()
    finally:
        ending.watching = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        os.pwrite(told, json.dumps(ending.names).encode(), 0)
        sys.stderr.flush()
        os._exit(code)


def drop_roots_powers():
    """From here on root is a user like others: modes of files count (prctl(2), capset(2))."""
    libc = ctypes.CDLL(None)
    secure_bits, no_root, version = 28, 1, 0x20080522
    libc.prctl(secure_bits, no_root, 0, 0, 0)
    libc.capset((ctypes.c_uint32 * 2)(version, 0), (ctypes.c_uint32 * 6)())


def wait_for_all(lock):
    """Until no process of the build holds the site's lock; one that outlives its build for a minute is a fault."""
    if lock.exists():
        signal.alarm(60)
        with lock.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX)
        signal.alarm(0)


def say(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def serve():
    for line in sys.stdin:
        command = json.loads(line)
        if "warm" in command:
            with redirect_stdout(io.StringIO()):
                commands.main(command["warm"], standalone_mode=False, obj=dt.datetime.fromisoformat(NOW))
            gc.freeze()  # what is here already need not be looked at, and so copied, in every child
            say({})
            continue
        reading, said = os.pipe()
        with tempfile.TemporaryFile() as told, open(reading, encoding="utf-8") as hearing:  # noqa: PTH123  # a descriptor
            start = time.monotonic()
            pid = os.fork()
            if pid == 0:
                build(command, said, told.fileno())
            os.close(said)
            _, status, used = os.wait4(pid, 0)
            seconds = time.monotonic() - start
            if "lock" in command:
                wait_for_all(Path(command["lock"]))
            told.seek(0)
            answer = {
                "code": os.waitstatus_to_exitcode(status),
                "changes": json.loads(told.read() or b"[]"),
                "said": hearing.read(),
                "seconds": seconds,
                "processor": used.ru_utime + used.ru_stime,
            }
        say(answer)


if __name__ == "__main__":
    serve()
