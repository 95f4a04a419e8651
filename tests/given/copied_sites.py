"""A site that many tests begin from: built once, and given to each test as a copy to do with as it likes."""

import copy
from pathlib import Path
import shutil

import pytest


def copied(make):
    """A fixture of what ``make`` makes in the folder it is given: made once, and copied to each test's ``tmp_path``.

    What is made says its ``folder``; its other paths in that folder follow it.
    """
    made = []

    @pytest.fixture
    def given(tmp_path, tmp_path_factory):
        if not made:
            made.append(make(tmp_path_factory.mktemp("made")))
        return moved(made[0], tmp_path)

    return given


def moved(made, folder):
    """What stands in its own folder, copied to another."""
    shutil.copytree(made.folder, folder, symlinks=True, dirs_exist_ok=True)
    other = copy.deepcopy(made)
    for name, value in vars(made).items():
        if isinstance(value, Path) and value.is_relative_to(made.folder):
            setattr(other, name, folder / value.relative_to(made.folder))
    return other
