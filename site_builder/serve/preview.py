"""A small web server over a web root, on 127.0.0.1: the base path and the 404 page as in production."""

from __future__ import annotations

import functools
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MISSING = "404.html"


class _Handler(SimpleHTTPRequestHandler):
    """Serves files below the base path; everything else is the site's own 404 page."""

    def __init__(self, *args: object, base_path: str, directory: str) -> None:
        self._base_path = base_path
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """The file of an address; one outside the base path has none."""
        if not path.startswith(self._base_path):
            return str(Path(self.directory) / ".none")
        return super().translate_path("/" + path[len(self._base_path) :])

    def list_directory(self, path: object) -> None:
        """No listings."""
        del path
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for what is not there."""
        page = Path(self.directory) / MISSING
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet: the browser shows what is wrong."""


def preview(root: Path, base_path: str, port: int) -> ThreadingHTTPServer:
    """A server over ``root``, not yet running. It follows ``current``: a new release is seen at once."""
    handler = functools.partial(_Handler, base_path=base_path, directory=str(root))
    return ThreadingHTTPServer(("127.0.0.1", port), handler)
