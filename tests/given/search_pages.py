"""A folder served on this machine and opened in Chromium, for the search's tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
import shutil
import threading
from typing import ClassVar

from playwright.sync_api import Browser, Page, sync_playwright

from site_builder.hosting.headers import headers_of

ASSETS = Path(__file__).parents[2] / "site_builder" / "themes" / "credit" / "assets" / "search"
CHROMIUM = shutil.which("chromium") or "chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Requests are not told."""


BASE = "/sub/dir/"


class Below(SimpleHTTPRequestHandler):
    """The web root below ``BASE`` with the shipped content policy; notes what is asked for."""

    asked: ClassVar[list[str]] = []
    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(BASE) if path.startswith(BASE) else "/none")

    def end_headers(self) -> None:
        for name, value in headers_of(self.path.partition("?")[0].removeprefix(BASE)).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        self.asked.append(self.path)


def complaints(page: Page, *types: str) -> list[str]:
    """What goes wrong in the page, and what it writes to its console as one of these types, as it comes."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type in types else None)
    return said


@contextmanager
def served_below(root: Path) -> Iterator[str]:
    """The address of a web root below ``BASE``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Below, directory=str(root)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{BASE}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield started
        finally:
            started.close()


@contextmanager
def opened(folder: Path) -> Iterator[Page]:
    """An empty page of a site in the folder, with the search's assets below ``assets/search/``."""
    shutil.copytree(ASSETS, folder / "assets" / "search")
    (folder / "index.html").write_text('<!doctype html><html lang="zh-CN"><title>演示</title>', encoding="utf-8")
    with served(folder) as address, browser() as started:
        page = started.new_page()
        page.goto(address)
        yield page
