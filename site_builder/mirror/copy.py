"""A copy on disk: ``releases/``, ``current``, and ``mirror.json`` that says of which site; held by one at a time.

What is fetched lies in ``releases/.work-…`` until it is whole; one rename makes it what is read. Then everything else
in ``releases/`` is deleted: of what is no longer valid nothing is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
import datetime as dt
import errno
import fcntl
import hashlib
import os
from pathlib import Path
import shutil
import tempfile
from typing import Final

import msgspec

from site_builder.errors import Exit, Place, SiteBuilderError, near, refuse
from site_builder.mirror.told import Told, read_told
from site_builder.pages import urls
from site_builder.processes import flush_all, flush_names

MARK: Final = "mirror.json"
CURRENT: Final = "current"
_RELEASES: Final = "releases"
_NEW: Final = ".current.new"
_WORK: Final = ".work-"


class Of(msgspec.Struct, frozen=True):
    """``mirror.json``: the site the folder is a copy of.

    ``files``: digests (of ``release.json``) of the file lists the copy had on the as-of day, and let go of.
    """

    url: str
    schema: int = 1
    as_of: dt.date | None = None
    files: tuple[str, ...] = ()


class Copy:
    """A copy while it is held; ``work`` is a new folder on its file system, gone when it is let go."""

    def __init__(self, folder: Path, work: Path, mark: int) -> None:
        self.folder, self.work = folder, work
        self._releases, self._mark = folder / _RELEASES, mark

    @property
    def root(self) -> Path | None:
        """The web root that is read, where there is one."""
        return root_of(self.folder)

    def told(self) -> Told | None:
        """The release the copy has. Raises ``mirror-damaged`` where it no longer says which."""
        root = self.root
        if root is None:
            return None
        path = root / urls.RELEASE
        try:
            return read_told(path.read_bytes(), str(path))
        except (OSError, SiteBuilderError):
            raise _damaged(path) from None

    def had(self) -> frozenset[str]:
        """Digests of the file lists the copy had before on its present as-of day."""
        told = self.told()
        of = _read(os.pread(self._mark, os.fstat(self._mark).st_size, 0), self.folder / MARK)
        return frozenset(of.files) if told is not None and told.as_of == of.as_of else frozenset()

    def _note(self) -> None:
        """Note the release the copy has, before it lets go of it.

        It is written in place, for whoever holds the copy holds this file, and is whole at every moment: room is made
        behind it first, then all of it is written at once.
        """
        told = self.told()
        if told is None:
            return
        size = os.fstat(self._mark).st_size
        of = _read(os.pread(self._mark, size, 0), self.folder / MARK)
        of = Of(of.url, of.schema, told.as_of, tuple(sorted(self.had() | {told.files})))
        data = msgspec.json.encode(of) + b"\n"
        more = max(0, len(data) - size)
        if os.pwrite(self._mark, b" " * more, size) < more:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.folder / MARK))
        os.pwrite(self._mark, data.ljust(size), 0)
        os.fsync(self._mark)

    def switch(self, root: Path, name: str) -> Path:
        """Make a finished web root the one that is read, and delete all others."""
        self._note()
        flush_all(root)
        place, number = self._releases / name, 1
        while os.path.lexists(place):
            number += 1
            place = self._releases / f"{name}_{number}"
        root.rename(place)
        new = self.folder / _NEW
        new.unlink(missing_ok=True)
        new.symlink_to(f"{_RELEASES}/{place.name}")
        flush_names(self._releases)
        new.replace(self.folder / CURRENT)
        flush_names(self.folder)
        self.prune()
        return place

    def prune(self) -> None:
        """Delete what lies in ``releases/`` beside what is read and what is under way."""
        stays = {one.name for one in (self.root, self.work) if one is not None}
        for one in self._releases.iterdir():
            if one.name not in stays:
                if one.is_dir() and not one.is_symlink():
                    shutil.rmtree(one)
                else:
                    one.unlink()


def root_of(folder: Path) -> Path | None:
    """The web root of a copy, where the folder is one that has any."""
    try:
        releases, name = os.path.split(os.readlink(folder / CURRENT))  # noqa: PTH115  # as it is written, not followed
    except OSError:
        return None
    root = folder / _RELEASES / name
    inside = releases == _RELEASES and not name.startswith(".")
    return root if inside and root.is_dir() and not root.is_symlink() else None


def web_root(folder: Path) -> Path | None:
    """The web root a folder stands for: of a copy or an output folder what is current, else itself where it is one."""
    return next((root for root in (folder / CURRENT, folder) if (root / urls.RELEASE).is_file()), None)


@contextmanager
def held(folder: Path, url: str) -> Iterator[Copy]:
    """Hold the copy of the site at ``url`` in ``folder``, made where it is not there.

    Raises ``mirror-folder`` where something else is in it, ``mirror-other-site`` where it is a copy of another site,
    ``locked`` where another run holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / MARK
    if not mark.exists() and any(one.name != MARK for one in folder.iterdir()):
        copies = near(folder, lambda one: (one / MARK).is_file())
        hint = f"副本的文件夹是 {copies[0]}；另取一份的，" if copies else ""
        hint += "换一个新的或者空的文件夹"
        raise refuse("mirror-folder", "文件夹里有别的东西", hint=hint, place=Place(str(folder)), exit_code=Exit.USAGE)
    with os.fdopen(os.open(mark, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message, hint = "另一个 mirror 正在更新这份副本", "等它结束"
            raise refuse("locked", message, hint=hint, place=Place(str(folder)), exit_code=Exit.LOCKED) from None
        file.seek(0)
        if root_of(folder) is None or not _same_site(file.read(), url, mark):
            file.seek(0)
            file.truncate()  # as long as nothing was taken, it is nobody's copy
            file.write(msgspec.json.encode(Of(url)) + b"\n")
            file.flush()
        releases = folder / _RELEASES
        releases.mkdir(exist_ok=True)
        if releases.is_symlink():
            hint = "换回真正的文件夹；要换磁盘，就换整个副本的文件夹"
            raise refuse("linked-folder", "releases/ 是链接", hint=hint, place=Place(str(releases)))
        work = Path(tempfile.mkdtemp(prefix=_WORK, dir=releases))
        try:
            copy = Copy(folder, work, file.fileno())
            copy.prune()
            yield copy
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _same_site(data: bytes, url: str, mark: Path) -> bool:
    """Whether the folder is a copy of the site; false where it is none yet."""
    if not data:
        return False
    of = _read(data, mark)
    if of.url != url:
        hint = "每个网站用一个文件夹；网站搬了的，把这个文件夹移开，重新取"
        place = Place(str(mark.parent))
        message = f"这份副本是另一个网站的：{of.url}"
        raise refuse("mirror-other-site", message, hint=hint, place=place, exit_code=Exit.USAGE)
    return True


def _read(data: bytes, mark: Path) -> Of:
    try:
        return msgspec.json.decode(data, type=Of)
    except (msgspec.MsgspecError, UnicodeError):
        raise _damaged(mark) from None


def _damaged(path: Path) -> Exception:
    hint = "把副本的文件夹移开，重新取；先核对网站的版本不早于副本的"
    return refuse("mirror-damaged", "副本里的这个文件读不懂，不知道副本是哪一版", hint=hint, place=Place(str(path)))


def digest_at(path: Path) -> str:
    """The SHA-256 of a regular file; nothing where there is none."""
    try:
        with path.open("rb") as file:
            return "" if path.is_symlink() else hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
