"""Lets the tests of this folder write small exports and sites, start nginx, and fork warm builds."""

from pathlib import Path
import sys

for _folder in ("sites", "hosting"):
    sys.path.insert(0, str(Path(__file__).parents[1] / _folder))

from ground import Ground, Warm  # noqa: E402
import pytest  # noqa: E402  # after the paths


@pytest.fixture(scope="module")
def warm():
    process = Warm()
    yield process
    process.close()


@pytest.fixture
def ground(tmp_path, warm):
    there = Ground(tmp_path, warm)
    assert there.build()["code"] == 0
    return there
