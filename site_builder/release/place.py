"""A site's place on disk: ``releases/``, ``current``, ``state/`` — locked, switched in one step, pruned.

Killed at any moment, a build leaves the old release live or the new one, whole; whoever holds the place next clears
away the rest: what was under way (``state/work-*``), a release that was not switched in, the memory of it. All that is
half made lies in ``state/work-*``; what comes into ``releases/`` is whole and on the disk. What is not this site's own
is never touched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
import datetime as dt
import fcntl
import os
from pathlib import Path
import re
import shutil
import tempfile
from typing import Final, NamedTuple

from site_builder.errors import Exit, Finding, refuse
from site_builder.errors import Place as Where
from site_builder.processes import flush_all, flush_names
from site_builder.release import journal, ours, spare

_WORK: Final = re.compile("work-[a-z0-9_]{8}")
"""What ``mkdtemp`` calls the folder of a build."""

Pruned = tuple[list[str], list[Finding]]
"""Names of releases removed, and a warning for each that could not be."""


class Turn(NamedTuple):
    """The release before the live one, from which that differs in these files at most; ``paths`` are all of it."""

    old: Path
    paths: Collection[str]
    changed: Collection[str]


class SitePlace:
    """``output/<site>/`` while it is held: no other build may change it. ``name`` is the site's ``export.name``."""

    def __init__(self, folder: Path, work: Path, name: str) -> None:
        self.name = name
        self.folder = folder
        self.releases = folder / "releases"
        self.current = folder / "current"
        self.state = folder / "state"
        self.work = work

    def live_root(self) -> Path | None:
        """The live web root, where there is one."""
        name = live_name(self.folder)
        return self.releases / name if name is not None else None

    def recover(self) -> None:
        """Bring what is on disk in step with what is live: after a switch, one that failed, and a crash."""
        live = self.live_root()
        (self.folder / ".current.new").unlink(missing_ok=True)
        never_live = journal.recover(self.state, live.name if live is not None else None)
        if never_live is not None and ours.is_release(self.releases / never_live, self.name):
            self._discard(self.releases / never_live)

    def holds(self, release: str) -> bool:
        """Whether a release is there, and live."""
        return self.live_root() == self.releases / release and (self.releases / release).is_dir()

    def name_for(self, version: str, as_of: dt.date) -> str:
        """A free name among the releases: ``<version>_<as-of>[_<n>]``."""
        name, number = f"{version}_{as_of}", 1
        while os.path.lexists(self.releases / name):
            number += 1
            name = f"{version}_{as_of}_{number}"
        return name

    def resolve(self, built: Path, name: str) -> Path:
        """Put a finished web root among the releases, once every byte of it is on the disk."""
        self.releases.mkdir(exist_ok=True)
        built.chmod(0o755)
        flush_all(built)
        release = built.rename(self.releases / name)
        flush_names(self.releases)
        return release

    def switch(self, release: Path) -> None:
        """Make a release live, in one rename. Of one that cannot be switched in, ``recover`` clears the traces."""
        fresh = self.folder / ".current.new"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(Path("releases") / release.name)
        fresh.replace(self.current)
        flush_names(self.folder)

    def prune(self, keep: int, turn: Turn | None = None) -> Pruned:
        """Remove all releases but the live one and the ``keep`` newest beside it; an old one holds what has expired.

        One that cannot be removed is only a warning: the switch is done, and stays. What is no release of this site is
        left alone, and told. ``turn``: of a release to be removed that becomes the spare; any other spare goes, too.
        """
        live = self.live_root()
        there = sorted(one for one in self.releases.iterdir() if one != live)
        others = [one for one in there if ours.is_release(one, self.name)]
        removed: list[str] = []
        found = ours.left_alone([one for one in there if one not in others])
        for one in sorted(others, key=ours.age, reverse=True)[keep:]:
            try:
                self._discard(one, turn)
                removed.append(one.name)
            except OSError as error:
                found.append(_left(f"releases/{one.name}", error))
        try:
            if live is None or not spare.ready(self.state, live, ours.files_of(live)):
                spare.drop(self.state)
        except OSError as error:
            found.append(_left(f"state/{spare.TREE}", error))
        return removed, found

    def _discard(self, release: Path, turn: Turn | None = None) -> None:
        """Delete a release: out of ``releases/`` in one step, so that no half of one is ever there."""
        gone, live = release.rename(self.work / f"gone-{release.name}"), self.live_root()
        if turn is not None and live is not None and turn.old == release:
            spare.keep(self.state, gone, live, ours.files_of(live), turn.paths, turn.changed)
        if gone.exists():
            shutil.rmtree(gone)


def _left(place: str, error: OSError) -> Finding:
    """A warning that what is no release any more could not be removed."""
    message = f"旧版本没有删掉：{error.strerror or error}"
    hint = "它不再对外提供，但含有已经撤下的内容；排除原因后再构建一次，或者手工删除"
    return Finding("old-release", Where(place), message, hint, warning=True)


def live_name(folder: Path) -> str | None:
    """The name of the release that ``output/<site>/current`` leads to, where there is one."""
    current = folder / "current"
    return current.readlink().name if current.is_symlink() else None


@contextmanager
def held(output: Path, site_id: str, name: str) -> Iterator[SitePlace]:
    """Hold a site's place for one build; ``name`` is its ``export.name``. What a failed first build made is taken away.

    Whatever is set aside meanwhile (``tempfile``), the audit's copies of what is withheld too, lies in the work folder.
    Raises ``SiteBuilderError`` with exit code 3 while another build holds it, and 2 where it is another site's, or
    parts of it are links.
    """
    folder = output / site_id
    ours.refuse_links(folder)
    ours.refuse_other_site(folder, name)  # before anything is made, and again once nobody else can change it
    state = folder / "state"
    made = [one for one in (*reversed(state.parents), state) if not one.exists()]
    lock = _lock(state)
    try:
        ours.refuse_other_site(folder, name)
        for left in state.iterdir():
            if _WORK.fullmatch(left.name):
                shutil.rmtree(left)
        work = Path(tempfile.mkdtemp(prefix="work-", dir=state))
        before = tempfile.tempdir
        try:
            tempfile.tempdir = str(work)
            place = SitePlace(folder, work, name)
            place.recover()
            yield place
        finally:
            tempfile.tempdir = before
            shutil.rmtree(work, ignore_errors=True)
    except BaseException as error:
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(folder)  # what was written to or flushed does not say its name
        if state in made and [one.name for one in state.iterdir()] == ["lock"]:
            (state / "lock").unlink(missing_ok=True)
            for one in (folder / "releases", *reversed(made)):
                with suppress(OSError):
                    one.rmdir()
        raise
    finally:
        os.close(lock)


def _lock(state: Path) -> int:
    """Lock ``state/lock`` and return its file descriptor.

    The lock belongs to every process of a build, Pagefind included: while one of a killed build is still dying, and
    could still write, the next build is told to wait.
    """
    while True:
        state.mkdir(parents=True, exist_ok=True)
        state.chmod(0o700)
        lock = os.open(state / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(lock), (state / "lock").stat()):
                os.set_inheritable(lock, True)
                return lock
        except BlockingIOError:
            os.close(lock)
            hint = "等它结束后再试；如果没有构建在运行，请检查占用该文件的进程"
            message = f"另一个构建正在使用 {state.parent.name}"
            raise refuse("locked", message, hint=hint, exit_code=Exit.LOCKED) from None
        except FileNotFoundError:
            pass  # a failing first build took it away between the two calls: once more
        os.close(lock)
