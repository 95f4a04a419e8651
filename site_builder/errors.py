"""What is wrong, where, and what to do about it — in words for the person who has to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
import enum
import errno
from itertools import islice
import os
from pathlib import Path
from typing import Final

import msgspec


class Place(msgspec.Struct, frozen=True, order=True):
    """Where a finding is: a file, and inside it a spreadsheet row (the header is 1) and a column.

    ``row`` 0 and an empty ``column`` mean the whole file; an empty ``file`` means the run itself.
    """

    file: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        """``file:row:column`` with what is unknown left out from the right."""
        parts = [self.file]
        if self.row:
            parts.append(str(self.row))
        if self.column:
            parts.append(self.column)
        return ":".join(parts)


class Finding(msgspec.Struct, frozen=True):
    """One thing found: a stable ``code`` (kebab-case), its place, what was found, and a hint.

    ``message`` never repeats a value of a row that is not public; ``warning`` marks what does not stop a build;
    ``articles`` are those it rests on, as ``DL 42``.
    """

    code: str
    place: Place
    message: str
    hint: str = ""
    warning: bool = False
    articles: tuple[str, ...] = ()

    def __str__(self) -> str:
        """``file:row:column CODE message``, the hint on a line of its own."""
        head = f"{self.place} {self.code} {self.message}".strip()
        return f"{head}\n    → {self.hint}" if self.hint else head


AFTER_SWITCH = "after-switch"
"""The code of the finding that heads those made after the switch."""


class Exit(enum.IntEnum):
    """The exit codes of every command (contract, section 5)."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    LOCKED = 3
    MACHINE = 4
    BUG = 70
    """An error nobody foresaw, in the program itself (``EX_SOFTWARE`` of sysexits)."""


_FULL: Final = "清出空间后再运行一次"
_MODE: Final = "检查它和所在文件夹的所有者和权限：命令要由输出文件夹的所有者来运行"
_MACHINE: Final = {
    errno.ENOSPC: ("disk-full", "磁盘已满", _FULL),
    errno.EDQUOT: ("disk-full", "磁盘配额已满", _FULL),
    errno.EFBIG: ("file-too-large", "文件超过系统允许的大小", "检查文件大小限制（ulimit -f）"),
    errno.EACCES: ("permission", "没有权限", _MODE),
    errno.EPERM: ("permission", "没有权限", _MODE),
    errno.EROFS: ("permission", "文件系统是只读的", "换一个可写的文件夹，或者重新挂载"),
    errno.EXDEV: ("machine", "两处不在同一个磁盘上", "releases 和 state 要在同一个磁盘上：不要单独挂载其中一个"),
    errno.ENOENT: ("machine", "文件不存在", ""),
    errno.ELOOP: ("machine", "是一个链接", "换成文件本身"),
    errno.EISDIR: ("machine", "是一个文件夹，不是文件", ""),
    errno.ENOTDIR: ("machine", "不是文件夹", ""),
    errno.EIO: ("machine", "磁盘读写出错", "检查磁盘"),
    errno.ENAMETOOLONG: ("machine", "文件名过长", ""),
    errno.EMFILE: ("machine", "打开的文件过多", "检查打开文件数的限制（ulimit -n）"),
}
"""What the operating system refuses: the code of the finding, what it is, what to do."""


def machine(error: OSError) -> Finding:
    """What the machine refused, in words, and where: for a renaming both names."""
    unknown = ("machine", os.strerror(error.errno) if error.errno else "系统错误", "")
    code, message, hint = _MACHINE.get(error.errno or 0, unknown)
    names = [str(name) for name in (error.filename, error.filename2) if name is not None]
    return Finding(code, Place(" → ".join(names)), message, hint or "排除原因后再运行一次")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Have what the machine refuses while ``path`` is written beside its place, and then put there, name ``path``.

    Raises ``missing-folder`` (exit 2) where the folder it is to stand in is not there.
    """
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOENT and not path.absolute().parent.is_dir():
            hint = "先建好这个文件夹，或者换一个地方"
            message = f"没有文件夹 {path.absolute().parent}"
            raise refuse("missing-folder", message, hint=hint, place=Place(str(path)), exit_code=Exit.USAGE) from None
        if error.filename is None or f"{os.sep}.{path.name[:80]}." in str(error.filename):
            error.filename, error.filename2 = str(path), None
        raise


_ABOVE: Final = 3
_BELOW: Final = ("*", "*/*")
_LOOKED_AT: Final = 10_000


def near(folder: Path, holds: Callable[[Path], bool]) -> list[Path]:
    """For a hint: which folders may be meant by one that is a level off, in order; none where none is near.

    The first above it (three levels) that ``holds``; else all below it (two levels, the nearer one).
    """

    def may(one: Path) -> bool:
        try:
            return holds(one)
        except OSError:  # a folder that may not be read is none to advise
            return False

    above = [one for one in folder.absolute().parents[:_ABOVE] if may(one)]
    below = (sorted(filter(may, islice(folder.glob(level), _LOOKED_AT))) for level in _BELOW)
    return above[:1] or next(filter(None, below), [])


class SiteBuilderError(Exception):
    """What stops a run: one or more findings, and the exit code they lead to."""

    def __init__(self, findings: list[Finding], exit_code: Exit = Exit.FINDINGS) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[type[SiteBuilderError], tuple[list[Finding], Exit]]:
        """Errors cross from worker processes whole."""
        return SiteBuilderError, (self.findings, self.exit_code)


def refuse(
    code: str, message: str, *, hint: str = "", place: Place | None = None, exit_code: Exit = Exit.FINDINGS
) -> SiteBuilderError:
    """An error of a single finding, ready to be raised."""
    return SiteBuilderError([Finding(code, place or Place(), message, hint)], exit_code)
