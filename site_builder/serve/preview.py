"""A small web server over a web root, on 127.0.0.1: base path, headers, types, refusals and the 404 page as online."""

from __future__ import annotations

from collections.abc import Callable
import errno
import functools
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
import socket
from socketserver import BaseRequestHandler
import sys
import threading
from typing import Final
from urllib.parse import unquote, urlsplit

from site_builder.errors import Exit, refuse
from site_builder.hosting.headers import POLICIES, Policies, headers_of, is_served, type_of
from site_builder.pages import urls


class _Handler(SimpleHTTPRequestHandler):
    """Serves files below the base path; everything else is the site's own 404 page."""

    def __init__(self, *args: object, base_path: str, directory: str, policies: Policies = POLICIES) -> None:
        self._base_path = base_path
        self._policies = policies
        self._address = urls.NOT_FOUND
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """The file of an address; one outside the base path, or that is not served, has none."""
        self._address = unquote(urlsplit(path).path).removeprefix(self._base_path)
        if not path.startswith(self._base_path) or not is_served(self._address):
            return str(Path(self.directory) / ".none")
        return super().translate_path("/" + path[len(self._base_path) :])

    def guess_type(self, path: str) -> str:  # type: ignore[override]
        """The type of a file."""
        return type_of(urls.file_of(self._address) if path.endswith("index.html") else self._address)

    def end_headers(self) -> None:
        """The headers of every answer."""
        for name, value in headers_of(self._address, self._policies).items():
            self.send_header(name, value)
        super().end_headers()

    def list_directory(self, path: object) -> None:
        """No listings."""
        del path
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for what is not there."""
        page = Path(self.directory) / urls.NOT_FOUND
        self._address = urls.NOT_FOUND
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", type_of(urls.NOT_FOUND))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet: the browser shows what is wrong."""


LOCAL: Final = "127.0.0.1"


def _free(port: int) -> int:
    """The next port that nothing listens on; 0, which takes any, where there is none."""
    for other in range(port + 1, 65536):
        with socket.socket() as probe:
            if probe.connect_ex((LOCAL, other)) != 0:
                return other
    return 0


class LocalServer(ThreadingHTTPServer):
    """A server on 127.0.0.1; an error in an answer goes where those of threads go. A browser that went away is none.

    Raises ``port-taken`` where another program answers there, with the next port that is free.
    """

    def __init__(self, port: int, handler: Callable[..., BaseRequestHandler]) -> None:
        try:
            super().__init__((LOCAL, port), handler)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            hint = f"换一个端口：--port {_free(port)}"
            raise refuse("port-taken", f"端口 {port} 已经有程序在用", hint=hint, exit_code=Exit.MACHINE) from None

    def handle_error(self, request: object, client_address: object) -> None:
        """Hand the error on."""
        del request, client_address
        error = sys.exception()
        if error is not None and not isinstance(error, ConnectionError):
            thrown = (type(error), error, error.__traceback__, threading.current_thread())
            threading.excepthook(threading.ExceptHookArgs(thrown))


def preview(root: Path, base_path: str, port: int, policies: Policies = POLICIES) -> LocalServer:
    """A server over ``root``, not yet running. It follows ``current``: a new release is seen at once."""
    handler = functools.partial(_Handler, base_path=base_path, directory=str(root), policies=policies)
    return LocalServer(port, handler)
