"""What checks in a browser start from: Chromium itself, and windows of it that are closed behind each."""

import pytest
from search_pages import browser


@pytest.fixture(scope="module")
def chromium():
    with browser() as started:
        yield started


@pytest.fixture
def window(chromium):
    """Opens windows of the browser and closes them after the test."""
    contexts = []

    def opens(size, **given):
        contexts.append(chromium.new_context(viewport=size, locale="zh-CN", **given))
        return contexts[-1].new_page()

    yield opens
    for context in contexts:
        context.close()
