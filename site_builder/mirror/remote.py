"""A site over HTTP: its files one by one, bounded, from the one address it has; no redirect is followed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
import hashlib
from http import HTTPStatus
import http.client
from io import FileIO
from pathlib import Path
import ssl
import threading
from typing import Final, Self
from urllib.parse import quote, urlsplit

import site_builder
from site_builder.errors import Exit, Place, refuse

_CHUNK: Final = 1 << 18
_TIMEOUT: Final = 60
"""Seconds a server may be silent."""
_TRIES: Final = 2
"""A connection that was kept open may have been closed by the server meanwhile: then one more."""
_AS_IT_IS: Final = "/%~!$&'()*+,;=:@"
"""What may stand in the path of an address beside letters and digits (RFC 3986), and what is encoded there already."""
_PORTS: Final = {"http": http.client.HTTP_PORT, "https": http.client.HTTPS_PORT}


class Remote:
    """A site at ``url``; no more than ``most`` bytes are taken of all its files together. Several threads may ask."""

    def __init__(self, url: str, most: int) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS[parts.scheme]
            (parts.hostname or "").encode("idna")
            path = quote(parts.path, safe=_AS_IT_IS)
        except (KeyError, ValueError):
            raise _no_address(url) from None
        if not parts.hostname or parts.username is not None or parts.query or parts.fragment:
            raise _no_address(url)
        self.is_secret = parts.scheme == "https"
        self._host, self._port = parts.hostname, port
        self._path = path if path.endswith("/") else f"{path}/"
        named = parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
        self.url = f"{parts.scheme}://{named}{self._path}"
        self.taken = 0
        self._most = most
        self._largest = 0, ""
        self._own = threading.local()
        self._lock = threading.Lock()
        self._open: list[http.client.HTTPConnection] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of all connections."""
        for one in self._open:
            one.close()

    def address(self, path: str) -> str:
        """The whole address of a file."""
        return self.url + quote(path)

    def read(self, path: str, most: int) -> bytes | None:
        """A file of at most ``most`` bytes; None where there is none."""
        with self._asked(path) as answer:
            if answer is None:
                return None
            data = answer.read(most + 1)
            self._took(path, len(data))
            if len(data) > most:
                raise self._too_large(path)
            return data

    def save(self, path: str, to: Path) -> str | None:
        """Write a file to a new one and return its SHA-256; None, and an empty file, where there is none."""
        with to.open("xb", buffering=0) as file, self._asked(path) as answer:
            if answer is None:
                return None
            digest, count = hashlib.sha256(), 0
            while data := answer.read(_CHUNK):
                count = self._took(path, len(data), count)
                digest.update(data)
                _write(file, data, to)
            return digest.hexdigest()

    def _took(self, path: str, count: int, before: int = 0) -> int:
        """Count bytes of a file of which ``before`` were counted; how many there are of it now."""
        count += before
        with self._lock:
            self.taken += count - before
            self._largest = max(self._largest, (count, path))
            if self.taken > self._most:
                raise self._too_large(self._largest[1])
        return count

    def _too_large(self, path: str) -> Exception:
        """Told of the file most was taken of: with several threads, the last one may be small."""
        hint = "核对网址；网站确实这样大的，调大 --max-size"
        return refuse("mirror-size", "收到的字节超过上限，没有再取", hint=hint, place=Place(self.address(path)))

    @contextmanager
    def _asked(self, path: str) -> Iterator[http.client.HTTPResponse | None]:
        """What the server answers; None for 403 and 404. Raises in words whatever is no answer."""
        try:
            with closing(self._answer(path)) as answer:
                yield self._judged(path, answer)
                answer.read(_CHUNK)  # what is left over of a short page, so that the connection may be used again
                if not answer.isclosed():
                    self._drop()
        except _LocalError as error:
            self._drop()
            raise error.error from None
        except (OSError, http.client.HTTPException) as error:
            self._drop()
            why = str(error) or error.__class__.__name__
            hint = "网络恢复之后再运行一次；手里的副本没有动"
            raise refuse(
                "mirror-unreachable",
                f"没有取到：{why}",
                hint=hint,
                place=Place(self.address(path)),
                exit_code=Exit.MACHINE,
            ) from None
        except BaseException:
            self._drop()
            raise

    def _answer(self, path: str) -> http.client.HTTPResponse:
        for left in reversed(range(_TRIES)):
            connection, used = self._connection()
            try:
                headers = {"Accept-Encoding": "identity", "User-Agent": f"site-builder/{site_builder.__version__}"}
                connection.request("GET", self._path + quote(path), headers=headers)
                return connection.getresponse()
            except (http.client.RemoteDisconnected, ConnectionError):
                self._drop()
                if not (left and used):
                    raise
        raise AssertionError("the last try returns or raises")

    def _judged(self, path: str, answer: http.client.HTTPResponse) -> http.client.HTTPResponse | None:
        place, status = Place(self.address(path)), answer.status
        if status == HTTPStatus.OK:
            return answer
        if status in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.GONE}:
            return None
        if answer.getheader("Location") is not None:
            to = ascii(answer.getheader("Location"))[1:-1][:200]
            hint = "转到别处的从不跟随；网站确实搬了的，向主办单位核对之后改用新的网址"
            raise refuse("mirror-redirect", f"服务器要转到 {to}（{status}）", hint=hint, place=place)
        hint = "过一会儿再运行一次；还是这样的，告诉主办单位；手里的副本没有动"
        raise refuse("mirror-http", f"服务器答复 {status}", hint=hint, place=place)

    def _connection(self) -> tuple[http.client.HTTPConnection, bool]:
        """The connection of the thread, and whether it was used before."""
        kept: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if kept is not None:
            return kept, True
        if self.is_secret:
            context = ssl.create_default_context()
            made: http.client.HTTPConnection = http.client.HTTPSConnection(
                self._host, self._port, timeout=_TIMEOUT, context=context
            )
        else:
            made = http.client.HTTPConnection(self._host, self._port, timeout=_TIMEOUT)
        self._own.connection = made
        with self._lock:
            self._open.append(made)
        return made, False

    def _drop(self) -> None:
        kept: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if kept is not None:
            kept.close()
            self._own.connection = None
            with self._lock:
                self._open.remove(kept)


def _no_address(url: str) -> Exception:
    hint = "写成 https://主机/ 或 https://主机/文件夹/，不带用户名、问号和 #"
    return refuse("mirror-url", "不是网站的网址", hint=hint, place=Place(url), exit_code=Exit.USAGE)


class _LocalError(Exception):
    """The machine refused what was to be written: no fault of the network."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error


def _write(file: FileIO, data: bytes, to: Path) -> None:
    try:
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]
    except OSError as error:
        error.filename = str(to)
        raise _LocalError(error) from None
