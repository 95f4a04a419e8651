"""An export whose files are replaced by others at a chosen moment of a build.

Moments are the openings of the source's own files, as Python's audit hooks tell of them (just before each), and what a
build tells its listener: its steps and its advances. All is real: the files are replaced, the build is a build.
"""

import os
from pathlib import Path
import shutil
import sys

_watching = []
"""The swap that is heard, if any: an audit hook cannot be taken off again."""


def _hook(event, arguments):
    if event == "open" and _watching and isinstance(arguments[0], str | os.PathLike):
        _watching[0].opening(Path(arguments[0]))


sys.addaudithook(_hook)


class Swap:
    """Listens to a build; at the moment numbered ``at`` (the first is 0) it calls ``act``, once."""

    def __init__(self, source, at=-1, act=None):
        self.source, self.at, self.act = source, at, act
        self.moments = []

    def __enter__(self):
        _watching.append(self)
        return self

    def __exit__(self, *_):
        _watching.clear()

    def opening(self, path):
        if path == self.source or self.source in path.parents:
            self._moment(path.name)

    def step(self, name, *_):
        self._moment(name)

    def advance(self, *_):
        self._moment("advance")

    def switched(self, *_):
        self._moment("switched")

    @property
    def opened(self):
        """The source's files, as often as each was opened."""
        known = {path.name for path in (self.source, *self.source.rglob("*"))}
        return [one for one in self.moments if one in known]

    def _moment(self, name):
        number = len(self.moments)
        self.moments.append(name)
        if number == self.at:
            _watching.clear()  # what is done at a moment is no moment itself
            self.act()
            _watching.append(self)


def renamed_over(source, other):
    """Put ``other`` in the source's place, as a tool that writes aside and renames does."""
    aside = source.with_name(f"{source.name}.aside")
    if other.is_dir():
        shutil.copytree(other, aside)
        source.rename(source.with_name(f"{source.name}.gone"))
        aside.rename(source)
        shutil.rmtree(source.with_name(f"{source.name}.gone"))
    else:
        shutil.copyfile(other, aside)
        aside.replace(source)


def written_over(source, other):
    """Write the bytes of ``other`` into the source's own files, as a tool that copies over does."""
    if not other.is_dir():
        shutil.copyfile(other, source)
        return
    for path in other.iterdir():
        shutil.copyfile(path, source / path.name)


def taken_away(source, _):
    """Remove the source."""
    if source.is_dir():
        shutil.rmtree(source)
    else:
        source.unlink()
