"""Windows of a browser that was here before: a page comes in half the time, and nothing else is left of who came first.

Windows asked for alike share, one test after another, what a visitor's browser keeps of a site: its process and the
files it has fetched. What is typed, chosen, stored, set and allowed is gone when a test ends, and two windows of one
test share nothing.
"""

from __future__ import annotations

from collections import defaultdict
import json
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, Page


class KeptWindows:
    """The windows of a browser: ``close`` behind every test, ``leave`` at the end."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = defaultdict(list)
        self._out: list[tuple[str, BrowserContext]] = []
        self._waiting: dict[BrowserContext, Page] = {}

    def open(self, *, now: object = None, **given: object) -> Page:
        """An empty window; ``now``: what its clock says, all the time; the rest as a browser's context has it."""
        key = json.dumps([str(now), given], sort_keys=True)
        context = self._free[key].pop() if self._free[key] else self._browser.new_context(**given)
        if now is not None:
            context.clock.set_fixed_time(now)
        self._out.append((key, context))
        return context.new_page()

    def close(self) -> None:
        """Close what was opened since: one window waits at a small file of the site, so its process stays."""
        for key, context in self._out:
            context.set_offline(False)
            opened = [page for page in context.pages if page is not self._waiting.get(context)]
            waiting = self._waiting.get(context) or context.new_page()
            self._waiting[context] = waiting
            for page in opened:
                if page.url.startswith("http"):
                    waiting.goto(urljoin(page.url, "/robots.txt"))
                page.close()
            context.clear_cookies()
            browser = context.new_cdp_session(waiting)
            browser.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
            browser.detach()
            self._free[key].append(context)
        self._out.clear()

    def leave(self) -> None:
        """Close everything."""
        for context in [*self._waiting, *(context for _, context in self._out)]:
            context.close()
