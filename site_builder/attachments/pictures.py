"""Pictures without what stands in them beside what is seen."""

from __future__ import annotations

import io
import re
from typing import Final

from PIL import Image, UnidentifiedImageError

from site_builder.attachments.opened import Opened, Refused

FORMATS: Final = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
"""Extension → what Pillow calls it."""

_HINT: Final = "换成完好的 JPEG、PNG 或 WebP 图片"
_SEGMENT: Final = 4
_SCAN: Final = 0xDA
_END: Final = b"\xff\xd9"
_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)
"""What ends a scan: no stuffed byte, no restart."""

_KEPT: Final = {0xE0: b"JFIF\0", 0xEE: b"Adobe"}
"""Of a JPEG's segments for programs those that tell how colours are coded, and how these begin."""

_COLOURS: Final = 12
"""Bytes of these that do; a smaller picture may follow."""

_UNSEEN: Final = 8
"""Opacity (of 255) below which nobody sees a colour."""


def open_picture(data: bytes, extension: str) -> Opened:
    """A picture of the web; it is drawn again, smaller, when it is published. Raises ``Refused``."""
    redrawn(data, FORMATS[extension])
    return Opened(data, (), pictures=True)


def redrawn(data: bytes, form: str) -> bytes:
    """The pixels that are seen, in the same format and size. Raises ``Refused`` where the bytes are no such picture."""
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=(form,)) as opened:
            opened.load()
            if (
                getattr(opened, "n_frames", 1) > 1 and opened.format != "MPO"
            ):  # a telephone's second picture is left out
                raise Refused("图片会动，有几幅画面", "换成一幅不动的图片")
            if opened.has_transparency_data or opened.mode == "P":
                whole = opened.convert("RGBA")
                bare = Image.new("RGBA", whole.size)
                bare.paste(whole, mask=whole.getchannel("A").point([0] * _UNSEEN + [255] * (256 - _UNSEEN)))
            else:
                bare = Image.new(opened.mode, opened.size)
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
        kind, end = data[at + 1], at + 2 + int.from_bytes(data[at + 2 : at + _SEGMENT], "big")
        if kind == _SCAN:
            behind = _MARKER.search(data, end)
            if behind is None:
                break
            out.append(data[at : behind.start()])
            at = behind.start()
            if behind[0] == _END:
                return b"".join([*out, _END])
            continue
        if kind in _KEPT:
            if data[at + _SEGMENT : end].startswith(_KEPT[kind]):
                colours = data[at + _SEGMENT : min(end, at + _SEGMENT + _COLOURS)] + b"\0\0" * (kind == 0xE0)  # noqa: PLR2004
                out.append(bytes((0xFF, kind, 0, len(colours) + 2)) + colours)
        elif kind not in range(0xE0, 0xF0) and kind != 0xFE:  # noqa: PLR2004
            out.append(data[at:end])
        at = end
    raise Refused("里面的图片读不懂", "用办公软件重新导出一次")
