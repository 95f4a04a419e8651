"""A site's place on disk: ``releases/``, ``current``, ``state/`` — locked, switched in one step, pruned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
import datetime as dt
import fcntl
import os
from pathlib import Path
import shutil
import tempfile

from site_builder.errors import Exit, refuse
from site_builder.release.journal import recover


class Place:
    """``output/<site>/`` while it is held: no other build may change it."""

    def __init__(self, folder: Path, work: Path) -> None:
        self.releases = folder / "releases"
        self.current = folder / "current"
        self.state = folder / "state"
        self.work = work

    def live_root(self) -> Path | None:
        """The live web root, where there is one."""
        return self.releases / self.current.readlink().name if self.current.is_symlink() else None

    def recover(self) -> None:
        """Bring what is remembered in step with what is live: after a switch, and after a crash."""
        live = self.live_root()
        recover(self.state, live.name if live is not None else None)

    def holds(self, release: str) -> bool:
        """Whether a release is there, and live."""
        return self.live_root() == self.releases / release and (self.releases / release).is_dir()

    def name_for(self, version: str, as_of: dt.date) -> str:
        """A free name among the releases: ``<version>_<as-of>[_<n>]``."""
        name, number = f"{version}_{as_of}", 1
        while (self.releases / name).exists():
            number += 1
            name = f"{version}_{as_of}_{number}"
        return name

    def settle(self, built: Path, name: str) -> Path:
        """Put a finished web root among the releases."""
        self.releases.mkdir(exist_ok=True)
        built.chmod(0o755)
        return built.rename(self.releases / name)

    def switch(self, release: Path) -> None:
        """Make a release live, in one rename. One that cannot be switched in is taken away again."""
        fresh = self.current.with_name(".current.new")
        try:
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(Path("releases") / release.name)
            fresh.replace(self.current)
        except BaseException:
            if self.live_root() != release:
                fresh.unlink(missing_ok=True)
                shutil.rmtree(release)
            raise

    def prune(self, keep: int) -> list[str]:
        """Remove all releases but the live one and the ``keep`` newest beside it; an old one holds what has expired."""
        live = self.live_root()
        others = [one for one in self.releases.iterdir() if one != live and not one.is_symlink()]
        others.sort(key=lambda one: (one.stat().st_mtime_ns, one.name), reverse=True)
        for one in others[keep:]:
            shutil.rmtree(one)
        return [one.name for one in others[keep:]]


@contextmanager
def held(output: Path, site_id: str) -> Iterator[Place]:
    """Hold a site's place for one build. What a failed first build made is taken away again.

    Raises ``SiteBuilderError`` with exit code 3 while another build holds it.
    """
    folder = output / site_id
    state = folder / "state"
    made = [one for one in (*reversed(state.parents), state) if not one.exists()]
    state.mkdir(parents=True, exist_ok=True)
    state.chmod(0o700)
    lock = os.open(state / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        hint = "等它结束后再试；如果没有构建在运行，请检查占用该文件的进程"
        raise refuse("locked", f"另一个构建正在使用 {folder.name}", hint=hint, exit_code=Exit.LOCKED) from None
    try:
        for left in state.glob("work-*"):
            shutil.rmtree(left)
        work = Path(tempfile.mkdtemp(prefix="work-", dir=state))
        try:
            place = Place(folder, work)
            place.recover()
            yield place
        finally:
            shutil.rmtree(work, ignore_errors=True)
    except BaseException:
        if state in made and not (folder / "current").is_symlink():
            (state / "lock").unlink(missing_ok=True)
            for one in (folder / "releases", *reversed(made)):
                with suppress(OSError):
                    one.rmdir()
        raise
    finally:
        os.close(lock)
