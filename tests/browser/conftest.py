"""What checks in a browser start from: Chromium itself, and windows of it that are closed behind each."""

from kept_windows import KeptWindows
import pytest
from search_pages import browser


@pytest.fixture(scope="module")
def chromium():
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def kept(chromium):
    windows = KeptWindows(chromium)
    yield windows
    windows.leave()


@pytest.fixture
def window(kept):
    """Opens windows of a browser that may know the site's files already, and closes them after the test."""
    yield lambda size, **given: kept.open(viewport=size, locale="zh-CN", **given)
    kept.close()


@pytest.fixture
def first_window(chromium):
    """Opens windows of a browser that was never here, and closes them: for what loading itself is to show."""
    windows = KeptWindows(chromium)
    yield lambda size, **given: windows.open(viewport=size, locale="zh-CN", **given)
    windows.leave()
