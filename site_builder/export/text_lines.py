"""Decodes a text file line by line in its declared encoding, holding no more than a line and a chunk."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Final

import msgspec

LONGEST_LINE: Final = 16 << 20
"""Characters of the longest line, and of the longest CSV record, that are read."""

_CHUNK: Final = 1 << 20
_TELLING: Final = 24


class TextFault(Exception):  # noqa: N818 - a fault of the file, turned into a finding by the reader
    """Why a file cannot be read on, after the lines already given: a stable code, a message and a hint.

    ``before`` is the text of the broken line before the fault, where it stands at a place in a line.
    """

    def __init__(self, code: str, message: str, hint: str, before: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.before = before


def text_lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    r"""Each line without its ``\n`` or ``\r\n``; other carriage returns stay in it. A BOM at the start is dropped.

    The part after the last newline is a line only when it is not empty. Raises TextFault: ``not-in-encoding``
    (also for ``gb18030`` text that plainly is UTF-8) and ``line-too-long``.
    """
    rest: list[str] = []
    length = 0
    for text in _texts(file, encoding):
        if isinstance(text, _Undecodable):
            raise text.fault("".join(rest), encoding)
        first, *others = text.split("\n")
        rest.append(first)
        length += len(first)
        if others:
            yield "".join(rest).removesuffix("\r")
            for line in others[:-1]:
                yield line.removesuffix("\r")
            rest, length = [others[-1]], len(others[-1])
        if length > LONGEST_LINE:
            hint = "每行以换行结束；旧式 Mac 的单个回车不算换行"
            raise TextFault("line-too-long", f"一行超过 {LONGEST_LINE} 个字符", hint)
    if length:
        yield "".join(rest)


class _Undecodable(msgspec.Struct, frozen=True):
    """Bytes no character is made of."""

    found: bytes

    def fault(self, before: str, encoding: str) -> TextFault:
        """Where in its line they stand, after the text ``before``, counted as an editor counts."""
        at = len(before.encode(encoding)) + 1
        where = f"这一行第 {len(before) + 1} 个字（第 {at} 个字节，{self.found.hex(' ').upper()}）"
        return TextFault("not-in-encoding", f"{where}不是 {encoding}", _other(encoding), before)


def _texts(file: BinaryIO, encoding: str) -> Iterator[str | _Undecodable]:
    """The decoded text in pieces; the text before undecodable bytes still comes before them, and nothing after."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    suspicion = _Utf8Suspicion() if encoding == "gb18030" else None
    start = True
    while True:
        chunk = file.read(_CHUNK)
        if suspicion:
            suspicion.feed(chunk)
        try:
            text, broken = decoder.decode(chunk, final=not chunk), None
        except UnicodeDecodeError as error:
            text = error.object[: error.start].decode(encoding)
            broken = _Undecodable(error.object[error.start : error.end])
        if start and text:
            text, start = text.removeprefix("\ufeff"), False
        if text:
            yield text
        if broken:
            yield broken
            return
        if not chunk:
            break
    if suspicion and suspicion.plain:
        raise TextFault("not-in-encoding", "声明的是 gb18030，内容其实是 UTF-8", _other(encoding))


def _other(encoding: str) -> str:
    other = "gb18030" if encoding == "utf-8" else "utf-8"
    return f"核对描述文件的 encoding 是否应为 {other}，或按声明的编码重新保存"


class _Utf8Suspicion:
    """Whether bytes said to be GB 18030 are UTF-8: those would decode into wrong characters without an error."""

    def __init__(self) -> None:
        self._decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")("strict")
        self._wide = 0

    def feed(self, chunk: bytes) -> None:
        """Take in the next bytes; an empty chunk is the end."""
        if self._decoder is None:
            return
        try:
            text = self._decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError:
            self._decoder = None
        else:
            self._wide += 0 if text.isascii() else sum(char > "\x7f" for char in text)

    @property
    def plain(self) -> bool:
        """Whether everything was UTF-8, with so many wide characters that it is no coincidence."""
        return self._decoder is not None and self._wide >= _TELLING
