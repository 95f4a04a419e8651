"""Lets the tests of this folder write small sites and run commands on them."""

from pathlib import Path
import sys

import pytest

sys.path[:0] = [str(Path(__file__).parents[2] / "sites"), str(Path(__file__).parents[1] / "cli")]


@pytest.fixture
def desk(tmp_path):
    from desk import Desk  # noqa: PLC0415  # found by the line above

    return Desk(tmp_path)
