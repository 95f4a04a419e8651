"""PDF files read to the end: every text and every string in them, and what is behind their filters."""

from __future__ import annotations

from collections.abc import Iterator
import contextlib
import io

from pypdf import PdfReader
from pypdf.generic import StreamObject

from site_builder.attachments.pdf import BROKEN
from site_builder.attachments.radicals import usual
from site_builder.audit.typed import lines_of
from site_builder.outputs.formats.format import UnreadableError


def text_lines(data: bytes) -> Iterator[bytes]:
    """The text of every page, and every string of every object. Raises ``UnreadableError``.

    Objects are read whether or not anything leads to them; older revisions of one are not, and so the bytes of the
    file may begin and end but once.
    """
    if data.count(b"%%EOF") != 1 or data.count(b"startxref") != 1:
        raise UnreadableError
    with _readable_pdf():
        texts = [usual(page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages]
        yield "\n".join([*texts, "".join("".join(texts).split()), ""]).encode("utf-8", "replace")
        yield lines_of(_strings(one) for one in _objects(data))


def streams(data: bytes) -> Iterator[bytes]:
    """What is behind the filters of every object but pictures. Raises ``UnreadableError``."""
    with _readable_pdf():
        for one in _objects(data):
            if isinstance(one, StreamObject) and one.get("/Subtype") != "/Image":
                yield one.get_data() + b"\n"


@contextlib.contextmanager
def _readable_pdf() -> Iterator[None]:
    try:
        yield
    except BROKEN:
        raise UnreadableError from None


def _objects(data: bytes) -> Iterator[object]:
    reader = PdfReader(io.BytesIO(data))
    for number in sorted({*reader.xref.get(0, {}), *reader.xref_objStm} - {0}):
        yield reader.get_object(number)


def _strings(one: object) -> Iterator[str]:
    """Every string in an object, but for what it only refers to."""
    if isinstance(one, (str, bytes)):
        yield one if isinstance(one, str) else one.decode("utf-8", "replace")
    elif isinstance(one, dict):
        for key, value in dict.items(one):
            yield str(key)
            yield from _strings(value)
    elif isinstance(one, list):
        for value in list.__iter__(one):
            yield from _strings(value)
