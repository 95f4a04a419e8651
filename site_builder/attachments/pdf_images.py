"""The images of a PDF without the colours that nobody sees: those where a mask lets nothing through."""

from __future__ import annotations

from collections.abc import Iterable
import io
from typing import Final

from PIL import Image, UnidentifiedImageError
from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject, NumberObject, PdfObject, StreamObject

from site_builder.attachments.opened import Refused
from site_builder.attachments.pdf_fonts import at

_HINT: Final = "把图片的透明部分换成白底，再插入，重新导出"
_UNSEEN: Final = 8
"""Opacity (of 255) below which nobody sees a colour."""

_BYTE: Final = 8
_MODES: Final = {1: "L", 3: "RGB"}
_NAMED: Final = {"/DeviceGray": 1, "/CalGray": 1, "/G": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/RGB": 3, "/ICCBased": 0}


def unmasked(image: StreamObject) -> tuple[StreamObject, StreamObject] | None:
    """The image with white where its mask lets nothing through, and its mask; None where nothing is hidden.

    Both have a byte a colour and no filter; of the first nothing else is said. Raises ``Refused`` where it cannot be
    told what is hidden.
    """
    mask = image.get("/SMask", image.get("/Mask"))
    mask = mask.get_object() if isinstance(mask, PdfObject) else mask
    if mask is None:
        return None
    if not isinstance(mask, StreamObject):
        raise Refused("PDF 里的图片有一种颜色不画出来", _HINT)
    if "/Matte" in mask:
        raise Refused("PDF 里带透明部分的图片读不了", _HINT)
    opacity = _opacity(mask, soft="/SMask" in image)
    if min(opacity.tobytes(), default=0) >= _UNSEEN:
        return None
    found = _pixels(image)
    colours = found.convert("L") if found.mode == "1" else found
    hidden = opacity.resize(colours.size, Image.Resampling.BOX).point([255] * _UNSEEN + [0] * (256 - _UNSEEN))
    colours.paste(255 if colours.mode == "L" else (255, 255, 255), mask=hidden)
    seen = _plain(opacity.point([0] * _UNSEEN + [*range(_UNSEEN, 256)]))
    seen.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image")})
    seen.update(
        {NameObject("/Width"): NumberObject(opacity.width), NameObject("/Height"): NumberObject(opacity.height)}
    )
    seen[NameObject("/ColorSpace")] = NameObject("/DeviceGray")
    return _plain(colours), seen


def _opacity(mask: StreamObject, *, soft: bool) -> Image.Image:
    """How much of each pixel is seen, 0 to 255; of a stencil mask all or nothing."""
    found = _pixels(mask).convert("L")
    decoded = [*_each(at(mask, "/Decode"))]
    if decoded not in ([], [0, 1], [1, 0]):
        raise Refused("PDF 里图片的蒙版读不了", _HINT)
    turned = (decoded == [1, 0]) is soft  # of a stencil 1 is what is not painted
    return found.point([255 - one for one in range(256)]) if turned else found


def _pixels(image: StreamObject) -> Image.Image:
    """The samples of an image, as they stand in it; raises ``Refused`` for what is stored in another way."""
    filters = [str(one) for one in _each(at(image, "/Filter"))]
    size = _number(image, "/Width"), _number(image, "/Height")
    try:
        if filters == ["/DCTDecode"]:
            found: Image.Image = Image.open(io.BytesIO(image._data), formats=("JPEG",))  # noqa: SLF001  # undecoded
            found.load()
        elif "/CCITTFaxDecode" in filters:
            raise Refused("PDF 里图片的蒙版读不了", _HINT)
        else:
            found = Image.frombytes(_mode(image), size, image.get_data())
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Refused("PDF 里带透明部分的图片读不了", _HINT) from None
    if found.size != size or found.mode not in {"1", *_MODES.values()}:
        raise Refused("PDF 里带透明部分的图片读不了", _HINT)
    return found


def _mode(image: StreamObject) -> str:
    """What Pillow calls the samples."""
    bits = 1 if at(image, "/ImageMask") else at(image, "/BitsPerComponent")
    colours = [*_each(at(image, "/ColorSpace"))]
    parts = 1 if at(image, "/ImageMask") else _NAMED.get(str(colours[0]) if colours else "", -1)
    profile = colours[1] if parts == 0 and len(colours) > 1 else None
    parts = _number(profile, "/N") if isinstance(profile, StreamObject) else parts
    if (bits, parts) == (1, 1):
        return "1"
    if bits == _BYTE and parts in _MODES:
        return _MODES[parts]
    raise Refused("PDF 里带透明部分的图片读不了", _HINT)


def _number(values: StreamObject, key: str) -> int:
    found = at(values, key)
    if not isinstance(found, int):
        raise Refused("PDF 里带透明部分的图片读不了", _HINT)
    return int(found)


def _plain(image: Image.Image) -> StreamObject:
    made = DecodedStreamObject()
    made.set_data(image.tobytes())
    made[NameObject("/BitsPerComponent")] = NumberObject(_BYTE)
    return made


def _each(values: object) -> Iterable[object]:
    several = values if isinstance(values, ArrayObject) else () if values is None else (values,)
    return [one.get_object() if isinstance(one, PdfObject) else one for one in several]
