"""What the program and its tests ask of a machine, and what of it is there.

The one list: ``doctor`` tells it, ``make test`` installs it, and each name is a mark of the tests (``needs_<name>``).
"""

from __future__ import annotations

from collections.abc import Iterable
import ctypes
import enum
from importlib import metadata
import os
from pathlib import Path
import re
import shlex
import shutil
import subprocess
import sys
from typing import Final, Literal

import msgspec

OLDEST_PYTHON: Final = (3, 11)
DISTRIBUTION: Final = "site-builder"
_PATIENCE: Final = 60
"""Seconds for a program to say its version."""


class Task(enum.StrEnum):
    """What somebody wants to do on the machine."""

    BUILD = "build"
    SERVE = "serve"
    TEST = "test"


class Piece(msgspec.Struct, frozen=True):
    """One thing that is there or not, and Debian's packages that bring it.

    ``name``: a program's name, a shared library's, or a pattern of files below ``/``.
    """

    kind: Literal["program", "library", "file"]
    name: str
    packages: tuple[str, ...]

    def is_there(self) -> bool:
        """Whether this machine has it."""
        match self.kind:
            case "program":
                return program(self.name) is not None
            case "library":
                return _loads(self.name)
            case "file":
                return any(Path("/").glob(self.name))


class Need(msgspec.Struct, frozen=True):
    """What certain tasks need, ``what`` for, in words for people. It is there when all its parts are.

    ``helps``: tasks that can be done without it.
    """

    name: str
    what: str
    tasks: tuple[Task, ...]
    parts: tuple[Piece, ...]
    helps: tuple[Task, ...] = ()

    def lacking(self) -> tuple[str, ...]:
        """Debian's packages this machine wants for it; none where all of it is there."""
        return tuple(one for part in self.parts if not part.is_there() for one in part.packages)


def _program(name: str, *packages: str) -> Piece:
    return Piece("program", name, packages or (name,))


_ATOMIC: Final = Piece("library", "libatomic.so.1", ("libatomic1",))
_TEST: Final = (Task.TEST,)
_SERVE: Final = (Task.SERVE,)

NEEDS: Final = (
    Need("nginx", "供应网站", (*_SERVE, *_TEST), (_program("nginx", "nginx-light"),)),
    Need("systemd", "每天重建的定时器（没有时用 cron）", _TEST, (_program("systemd-analyze", "systemd"),), _SERVE),
    Need("rsync", "送到别的机器", _TEST, (_program("rsync"),), _SERVE),
    Need("rclone", "送到对象存储", _TEST, (_program("rclone"),), _SERVE),
    Need(
        "chromium",
        "在浏览器里检查页面",
        _TEST,
        (
            _program("chromium"),
            Piece("file", "usr/share/fonts/**/NotoSansCJK*", ("fonts-noto-cjk",)),
            _ATOMIC,  # Playwright's own Node wants it
        ),
    ),
    Need("node", "不开浏览器检查检索的脚本（用 Playwright 带的 Node）", _TEST, (_ATOMIC,)),
    Need("curl", "照教程走一遍", _TEST, (_program("curl"),)),
    Need("openssl", "用另一个程序验证签名", _TEST, (_program("openssl"),)),
    Need(
        "cc", "在别的时钟下构建", _TEST, (_program("cc", "gcc"), Piece("file", "usr/include/stdio.h", ("libc6-dev",)))
    ),
    Need("fish", "fish 的补全", _TEST, (_program("fish"),)),
    Need("zsh", "zsh 的补全", _TEST, (_program("zsh"),)),
)
"""What Debian's packages bring, beside Python."""


def program(name: str) -> str | None:
    """Where a program is; those of the administrator count though they are not in everybody's ``PATH``."""
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")


def lacking(needs: Iterable[Need]) -> tuple[str, ...]:
    """Debian's packages that bring all that is lacking, each once."""
    return tuple(dict.fromkeys(package for need in needs for package in need.lacking()))


def for_building() -> dict[str, str]:
    """What keeps a site from being built here, each with the words for it: system, Python, libraries, Pagefind."""
    found: dict[str, str] = {}
    if sys.platform != "linux":
        found["linux"] = f"这里是 {sys.platform}，程序只在 Linux 上运行"
    if sys.version_info < OLDEST_PYTHON:
        found["python"] = f"这里是 Python {sys.version_info.major}.{sys.version_info.minor}，需要 3.11 以上"
    absent = missing_libraries()
    if absent:
        found["libraries"] = f"没有安装 {'、'.join(absent)}"
    if "pagefind-bin" not in absent and not _runs(sys.executable, "-m", "pagefind_bin", "--version"):
        found["pagefind"] = "全文索引程序 Pagefind 不能运行"
    return found


def missing_libraries() -> tuple[str, ...]:
    """The libraries the installed program asks for that are not there, as pip takes them."""
    try:
        wanted = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return ()
    always = (one for one in wanted if "extra ==" not in one)
    return tuple(one for one in always if not _is_installed(re.split(r"[^A-Za-z0-9._-]", one)[0]))


def install_line(packages: Iterable[str], libraries: Iterable[str] = ()) -> str:
    """The one line for a shell that installs Debian's packages and Python's libraries; empty where there are none."""
    lines = []
    wanted = tuple(packages)
    if wanted:
        sudo = "" if os.geteuid() == 0 else "sudo "
        lines.append(f"{sudo}apt-get install --yes --no-install-recommends {' '.join(wanted)}")
    wanted = tuple(libraries)
    if wanted:
        lines.append(shlex.join([sys.executable, "-m", "pip", "install", *wanted]))
    return " && ".join(lines)


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _runs(*command: str) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
