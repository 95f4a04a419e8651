"""Pictures without what stands in them beside what is seen."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, UnidentifiedImageError

from site_builder.attachments.opened import Opened, Refused

FORMATS: Final = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
"""Extension → what Pillow calls it."""

_HINT: Final = "换成完好的 JPEG、PNG 或 WebP 图片"
_SEGMENT: Final = 4
_KEPT: Final = frozenset((0xE0, 0xEE))
"""Of a JPEG's segments for programs those that tell how colours are coded: JFIF and Adobe."""


def open_picture(data: bytes, extension: str) -> Opened:
    """A picture of the web; it is drawn again, smaller, when it is published. Raises ``Refused``."""
    redrawn(data, FORMATS[extension])
    return Opened(data, (), pictures=True)


def redrawn(data: bytes, form: str) -> bytes:
    """The pixels alone, in the same format and size. Raises ``Refused`` where the bytes are no such picture."""
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=(form,)) as opened:
            opened.load()
            if getattr(opened, "n_frames", 1) > 1:
                raise Refused("图片会动，有几幅画面", "换成一幅不动的图片")
            bare = Image.new(opened.mode, opened.size)
            if opened.mode == "P":
                bare = opened.convert("RGBA")
            else:
                bare.paste(opened)
            bare.save(out, form, **({"quality": 90} if form == "JPEG" else {}))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refused("图片打不开，或者不是扩展名所说的格式", _HINT) from None
    return out.getvalue()


def bare_jpeg(data: bytes) -> bytes:
    """A JPEG's own bytes without comments and what programs have put in, the picture as it is. Raises ``Refused``."""
    if data[:2] != b"\xff\xd8":
        raise Refused("里面的图片读不懂", "用办公软件重新导出一次")
    out, at = [b"\xff\xd8"], 2
    while data[at : at + 1] == b"\xff" and at + _SEGMENT <= len(data):
        kind, size = data[at + 1], int.from_bytes(data[at + 2 : at + _SEGMENT], "big")
        if kind == 0xDA:  # noqa: PLR2004  # the pixels begin
            end = data.rfind(b"\xff\xd9")
            if end < at:
                break
            return b"".join([*out, data[at : end + 2]])
        if (kind not in range(0xE0, 0xF0) and kind != 0xFE) or kind in _KEPT:  # noqa: PLR2004
            out.append(data[at : at + 2 + size])
        at += 2 + size
    raise Refused("里面的图片读不懂", "用办公软件重新导出一次")
