"""The kinds of file that may stand beside an announcement, by extension; each is read to the end before it may."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from site_builder.attachments.docx import DOCX
from site_builder.attachments.office import open_office
from site_builder.attachments.opened import Opened, Refused
from site_builder.attachments.pictures import FORMATS, open_picture
from site_builder.attachments.xlsx import XLSX
from site_builder.errors import Exit, Place, refuse

EXTENSIONS: Final = ("pdf", "docx", "xlsx", *FORMATS)
"""What may be attached."""

LARGEST: Final = 20 << 20
"""Bytes of one file."""


_SMALL: Final = 1 << 20
"""Bytes of a file that is kept in memory once read: the decision, the pages and the gate each ask for it."""


def open_attachment(path: Path, place: Place) -> Opened:
    """A file read to the end and written anew. Raises ``SiteBuilderError`` with ``attachment`` at ``place``."""
    data = path.read_bytes()
    extension = path.suffix[1:]
    try:
        if len(data) > LARGEST:
            raise Refused(f"文件超过 {LARGEST >> 20} MiB", "压缩图片，或者分成几个文件")  # noqa: TRY301
        return (_opened if len(data) <= _SMALL else _opened.__wrapped__)(data, extension)
    except Refused as why:
        raise refuse("attachment", why.message, hint=why.hint, place=place, exit_code=Exit.USAGE) from None


@lru_cache(maxsize=64)
def _opened(data: bytes, extension: str) -> Opened:
    match extension:
        case "pdf":
            from site_builder.attachments.pdf import open_pdf  # noqa: PLC0415  # its library takes long to come

            return open_pdf(data)
        case "docx":
            return open_office(data, DOCX)
        case "xlsx":
            return open_office(data, XLSX)
        case _:
            return open_picture(data, extension)
