"""A desk of their own for the tests of this folder: a small site and commands run on it."""

import pytest
from webmasters_desk import Desk


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)
