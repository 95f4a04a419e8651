"""PDF files: the text of every page, and the pages written anew with nothing but what is seen on them.

Only what a page draws is taken over, by lists of what may be: so neither an older revision nor metadata, marked
content, annotations, scripts or embedded files come along. What a reader would see and this cannot read is refused.
"""

from __future__ import annotations

import io
import logging
import struct
from typing import Final
import unicodedata
import zlib

from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError, DeprecationError, PyPdfError
from pypdf.generic import DictionaryObject

from site_builder.attachments.opened import Opened, Refused
from site_builder.attachments.pdf_copy import PageCopy
from site_builder.attachments.pdf_fonts import AGAIN, of
from site_builder.attachments.pdf_seen import ask_seen
from site_builder.attachments.radicals import usual

MOST_PAGES: Final = 500

BROKEN: Final = (
    *(PyPdfError, DependencyError, DeprecationError, ArithmeticError, AssertionError, AttributeError, LookupError),
    *(OSError, RuntimeError, TypeError, ValueError, struct.error, zlib.error),
)
"""What the library may raise where a file is not sound."""

logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False


def open_pdf(data: bytes) -> Opened:
    """Read a PDF and write it anew. Raises ``Refused``."""
    try:
        written, pictures = _rewritten(data)
        ask_seen(written)
        texts = page_texts(written)
        if texts != page_texts(data):
            raise Refused("重写之后文字与原来的不同", AGAIN)
    except BROKEN:
        raise Refused("PDF 读不懂，或者已经损坏", AGAIN) from None
    for number, text in enumerate(texts, start=1):
        if any(_is_no_text(char) for char in text):
            raise Refused(f"第 {number} 页有的文字认不出是什么字", AGAIN)
    return Opened(written, texts, pictures or not all(text.strip() for text in texts))


def page_texts(data: bytes) -> tuple[str, ...]:
    """The text of each page, each character as it is written elsewhere."""
    return tuple(usual(page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages)


def _is_no_text(char: str) -> bool:
    return (char not in "\n\r\t\f" and unicodedata.category(char) in {"Cc", "Co", "Cn", "Cs"}) or char == "\ufffd"


def _rewritten(data: bytes) -> tuple[bytes, bool]:
    """The pages alone, and whether there is a picture on one."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise Refused("PDF 加了密码或者限制", "去掉密码和限制，重新导出")
    _ask_root(reader.root_object)
    if len(reader.pages) > MOST_PAGES:
        raise Refused(f"PDF 超过 {MOST_PAGES} 页", "分成几个文件")
    writer = PdfWriter()
    writer.metadata = None
    copy = PageCopy(reader, writer)
    for page in reader.pages:
        copy.page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), copy.pictures


def _ask_root(root: DictionaryObject) -> None:
    names = of(root.get("/Names"))
    action = of(root.get("/OpenAction"))
    if "/EmbeddedFiles" in names or "/Collection" in root or "/AF" in root:
        raise Refused("PDF 里嵌着别的文件", "把那些文件另作附件，PDF 重新导出")
    if "/JavaScript" in names or "/AA" in root or action.get("/S") == "/JavaScript":
        raise Refused("PDF 里有脚本", AGAIN)
    if of(root.get("/AcroForm")).get("/Fields") or "/XFA" in of(root.get("/AcroForm")):
        raise Refused("PDF 里有可以填写的表单", "用「打印」做成不能填写的 PDF")
    if "/OCProperties" in root:
        raise Refused("PDF 里有可以显示或者隐藏的图层", AGAIN)
