"""A process that forks real builds, and a site that they build."""

from killed_builds import Ground, Warm
import pytest


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
