"""The preview server that tells the browser when to reload, and what was found: pages as online, plus one script.

The script is put at the end of a page as it goes out, never into a file. It asks by loading further scripts, so the
headers that go with a page are those of the real server, to the letter.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
import io
from pathlib import Path
import threading
from typing import Any, BinaryIO, Final
from urllib.parse import parse_qs, urlsplit

import msgspec

from site_builder.errors import Finding
from site_builder.hosting.headers import POLICIES, Policies
from site_builder.pages import urls
from site_builder.serve.preview import LocalServer, _Handler

OWN: Final = "-preview/"
"""Where the preview's own scripts are, below the base path; no page of a site begins so."""

PATIENCE: Final = 25.0
"""Seconds a question for news waits before it is answered with none."""

WAITING: Final = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>预览</title><body></body></html>'.encode()
)
"""Shown while the site cannot be made."""

CLIENT: Final = Path(__file__).with_name("client.js")


class BrowserState(msgspec.Struct, frozen=True):
    """What the browser is told: the number of the state, and what was found, in lines for people."""

    state: int
    stopped: bool
    findings: tuple[str, ...]


class Stage:
    """The root being shown and its findings; whoever waits for a change hears of it."""

    def __init__(self) -> None:
        self.root = Path("/nonexistent")
        self.policies: Policies = POLICIES
        self.shown = BrowserState(0, stopped=False, findings=())
        self._changed = threading.Condition()
        self._open = True

    def show(self, root: Path | None, findings: list[Finding], *, stopped: bool, policies: Policies = POLICIES) -> None:
        """Show another root (or the one before, where there is none) with what was found, and the site's policies."""
        with self._changed:
            self.root = root or self.root
            self.policies = policies
            self.shown = BrowserState(self.shown.state + 1, stopped, tuple(map(str, findings)))
            self._changed.notify_all()

    def after(self, state: int) -> BrowserState:
        """What is shown, as soon as it is another than ``state``."""
        with self._changed:
            self._changed.wait_for(lambda: self.shown.state != state or not self._open, PATIENCE)
            return self.shown

    def close(self) -> None:
        """Let all who wait go."""
        with self._changed:
            self._open = False
            self._changed.notify_all()


class _LiveHandler(_Handler):
    """Pages with the script at their end; the script; and what is shown, as a script."""

    def __init__(self, *args: Any, base_path: str, stage: Stage, **kwargs: Any) -> None:  # noqa: ANN401  # as the parent
        self._stage = stage
        self._base = base_path
        super().__init__(*args, base_path=base_path, directory=str(stage.root), policies=stage.policies, **kwargs)

    def do_GET(self) -> None:  # noqa: N802  # the library's name
        """Answer: the preview's own addresses, then the site's."""
        if not self._is_local():
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        parts = urlsplit(self.path)
        if parts.path == f"{self._base}{OWN}client.js":
            self._send_script(CLIENT.read_bytes())
        elif parts.path == f"{self._base}{OWN}news.js":
            state = parse_qs(parts.query).get("after", ["0"])[0]
            shown = self._stage.after(int(state) if state.isdigit() else 0)
            self._send_script(b"sitePreview(" + msgspec.json.encode(shown) + b");\n")
        else:
            super().do_GET()

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """A file; a page gets the script at its end."""
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() and self.path.partition("?")[0].endswith("/") else path
        if page.suffix != ".html" or not page.is_file():
            return super().send_head()
        body = self._with_script(page.read_bytes())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own 404 page with the script; a page of one line while there is no site yet."""
        page = self._stage.root / urls.NOT_FOUND
        if code != HTTPStatus.NOT_FOUND or (self._stage.root.is_dir() and not page.exists()):
            super().send_error(code, message, explain)
            return
        body = self._with_script(page.read_bytes() if page.exists() else WAITING)
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _with_script(self, page: bytes) -> bytes:
        script = f'<script src="{self._base}{OWN}client.js" data-state="{self._stage.shown.state}" defer></script>\n'
        head, end, tail = page.rpartition(b"</body>")
        return head + script.encode() + end + tail if end else page + script.encode()

    def _send_script(self, body: bytes) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/javascript; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _is_local(self) -> bool:
        """Findings are private: a page elsewhere that calls this machine by another name hears nothing."""
        name = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        return name in {"127.0.0.1", "localhost"}


class LiveServer(LocalServer):
    """Serves what a stage shows, on 127.0.0.1."""

    def __init__(self, stage: Stage, base_path: str, port: int) -> None:
        super().__init__(port, partial(_LiveHandler, base_path=base_path, stage=stage))
