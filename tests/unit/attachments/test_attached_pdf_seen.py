"""PDF files: what a page clips away, lays beside itself or hides under a mask is gone or refused; the rest passes."""

import io

from announced import dictionary, jpeg, name, pdf, put, put_text, stream, utf16
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    FloatObject,
    NumberObject,
)
import pytest

from site_builder.attachments.opened import Refused
from site_builder.attachments.pdf import open_pdf

WORDS = f"/F1 12 Tf <{utf16('演示')}> Tj"
LINE = f"BT /F1 12 Tf 72 770 Td <{utf16('演示')}> Tj ET"


def numbers(*values):
    return ArrayObject([FloatObject(one) for one in values])


def image(data, wide, tall, colours="DeviceRGB", bits=8, **keys):
    size = {"Width": NumberObject(wide), "Height": NumberObject(tall), "BitsPerComponent": NumberObject(bits)}
    if colours:
        size["ColorSpace"] = name(colours)
    return stream(data, Type=name("XObject"), Subtype=name("Image"), **size, **keys)


def drawn(content, picture=None, box=None, crop=None, form=None, pattern=None, **states):
    """A page of this content, with a picture ``Im``, a form ``Fm`` and states of drawing."""

    def change(writer):
        resources = {"XObject": dictionary(Im=put(writer, picture or image(b"\x10" * 3, 1, 1)))}
        if form is not None:
            inside = stream(
                form.encode(), Type=name("XObject"), Subtype=name("Form"), Resources=dictionary(**resources)
            )
            if box is not None:
                inside[name("BBox")] = numbers(*box)
            resources["XObject"][name("Fm")] = put(writer, inside)
        if pattern is not None:
            tiles = {"PatternType": NumberObject(1), "PaintType": NumberObject(1), "TilingType": NumberObject(1)}
            tiles |= {"BBox": numbers(0, 0, 9, 9), "XStep": NumberObject(9), "YStep": NumberObject(9)}
            made = stream(pattern.encode(), **tiles, Resources=dictionary(XObject=resources["XObject"]))
            resources["Pattern"] = dictionary(P=put(writer, made))
        if states:
            group = stream(b"", Type=name("XObject"), Subtype=name("Form"), BBox=numbers(0, 0, 9, 9))
            mask = dictionary(Type=name("Mask"), S=name("Luminosity"), G=put(writer, group))
            there = {key: mask if value == "mask" else value for key, value in states.items()}
            kinds = {"On": "SMask", "Off": "SMask", "Clear": "ca", "Half": "ca"}
            made = {key: dictionary(**{kinds[key]: value}) for key, value in there.items()}
            resources["ExtGState"] = dictionary(**made)
        put_text(writer, writer.pages[0], content, **resources)
        if crop is not None:
            writer.pages[0][name("CropBox")] = numbers(*crop)

    return pdf("演示", change=change)


OVAL = "0 50 m 0 80 20 100 50 100 c 80 100 100 80 100 50 c h"
CUT = {
    "clipped to less": (f"{LINE} q 0 0 50 100 re W n 100 0 0 100 0 0 cm /Im Do Q", {}),
    "clipped by lines": (f"{LINE} q 0 0 m 50 0 l 50 100 l 0 100 l h W* n 100 0 0 100 0 0 cm /Im Do Q", {}),
    "clipped after it is turned": (f"{LINE} q 0 0 50 100 re W n 0 100 -100 0 100 0 cm /Im Do Q", {}),
    "clipped in two steps": (f"{LINE} q 0 0 60 200 re W n 0 0 200 60 re W n 80 0 0 50 0 0 cm /Im Do Q", {}),
    "clipped by nothing": (f"{LINE} q W n 9 0 0 9 0 0 cm /Im Do Q", {}),
    "cut to a shape": (f"{LINE} q {OVAL} W n 100 0 0 100 0 0 cm /Im Do Q", {}),
    "two windows": (f"{LINE} q 0 0 40 100 re 60 0 40 100 re W n 100 0 0 100 0 0 cm /Im Do Q", {}),
    "beside the page": (f"{LINE} q 100 0 0 100 550 700 cm /Im Do Q", {}),
    "beside the cropped page": (f"{LINE} q 500 0 0 500 0 0 cm /Im Do Q", {"crop": (0, 300, 595, 842)}),
    "beside a form": (f"{LINE} /Fm Do", {"form": "q 100 0 0 100 0 0 cm /Im Do Q", "box": (0, 0, 50, 100)}),
    "in the page itself": (f"{LINE} q 0 0 5 9 re W n 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x10 EI Q", {}),
}


@pytest.mark.parametrize("how", CUT)
def test_picture_of_which_a_part_is_clipped_away_is_refused(how):
    content, others = CUT[how]
    with pytest.raises(Refused, match="裁掉") as refused:
        open_pdf(drawn(content, **others))
    assert "裁好" in refused.value.hint


WHOLE = {
    "clipped to itself": f"{LINE} q 0 0 100 100 re W n 100 0 0 100 0 0 cm /Im Do Q",
    "rounded": f"{LINE} q 0.4 0.4 99.4 99.2 re W* n 100 0 0 100 0 0 cm /Im Do Q",
    "the whole page": f"{LINE} q 595 0 0 842 0 0 cm /Im Do Q",
    "after what was clipped": f"{LINE} q 0 0 5 5 re W n Q q 100 0 0 100 0 0 cm /Im Do Q",
    "a path that only fills": f"{LINE} 0 0 5 5 re f q 100 0 0 100 0 0 cm /Im Do Q",
    "lines within a clip": f"{LINE} q {OVAL} W n 0 0 m 500 500 l S Q",
    "in a form": f"{LINE} /Fm Do",
}


@pytest.mark.parametrize("how", WHOLE)
def test_picture_that_is_seen_whole_is_taken_and_stays_as_it_is(how):
    form = {"form": "q 100 0 0 100 0 0 cm /Im Do Q", "box": (0, 0, 100, 100)} if how == "in a form" else {}
    opened = open_pdf(drawn(WHOLE[how], **form))
    assert open_pdf(opened.data).data == opened.data


@pytest.mark.parametrize(
    ("content", "taken"),
    [
        (f"BT 72 900 Td {WORDS} ET", False),
        (f"BT -90 400 Td {WORDS} ET", False),
        (f"q 0 0 50 50 re W n BT 72 770 Td {WORDS} ET Q", False),
        (f"q 1 0 0 1 800 0 cm BT 72 770 Td {WORDS} ET Q", False),
        (f"BT 1 0 0 1 72 770 Tm 0 -900 TD {WORDS} ET", False),
        (f"q 70 760 9 30 re W n BT 72 770 Td {WORDS} ET Q", True),
        (f"q 80 760 9 30 re W n BT 72 770 Td {WORDS} ET Q", True),
        (f"q 1 0 0 -1 0 842 cm BT 1 0 0 -1 72 70 Tm {WORDS} ET Q", True),
        ("BT /F1 12 Tf 900 900 Td () Tj ET " + LINE, True),
    ],
)
def test_text_of_which_nothing_is_seen_is_refused(content, taken):
    if taken:
        assert open_pdf(drawn(content)).texts == ("演示",)
    else:
        with pytest.raises(Refused, match="文字画在页面以外"):
            open_pdf(drawn(content))


@pytest.mark.parametrize(
    ("content", "states", "told"),
    [
        (f"q /On gs {LINE} Q", {"On": "mask"}, "文字"),
        (f"{LINE} q /On gs 9 0 0 9 0 0 cm /Im Do Q", {"On": "mask"}, "图片"),
        (f"q /Clear gs {LINE} Q", {"Clear": FloatObject("0.01")}, "文字"),
        (f"{LINE} q /Clear gs 9 0 0 9 0 0 cm /Im Do Q", {"Clear": NumberObject(0)}, "图片"),
        (f"{LINE} q /On gs 0 0 9 9 re f Q", {"On": "mask"}, ""),
        (f"q /On gs /Off gs {LINE} Q", {"On": "mask", "Off": name("None")}, ""),
        (f"q /Half gs {LINE} Q", {"Half": FloatObject("0.4")}, ""),
    ],
)
def test_what_is_drawn_under_a_mask_or_without_colour_is_refused(content, states, told):
    if not told:
        assert open_pdf(drawn(content, **states)).texts == ("演示",)
        return
    with pytest.raises(Refused, match=told) as refused:
        open_pdf(drawn(content, **states))
    assert "透明" in refused.value.hint


@pytest.mark.parametrize("tile", ["9 0 0 9 0 0 cm /Im Do", "0 0 5 5 re f"])
def test_picture_that_fills_a_drawing_is_refused(tile):
    made = drawn(f"{LINE} /Pattern cs /P scn 0 0 50 50 re f", pattern=tile)
    if "Do" in tile:
        with pytest.raises(Refused, match="填充"):
            open_pdf(made)
    else:
        assert open_pdf(made).texts == ("演示",)


SIGN = bytes.fromhex("112233")
"""The colour of a pixel nobody sees."""


def hidden(data):
    found = PdfReader(io.BytesIO(data)).pages[0]["/Resources"]["/XObject"]["/Im"]
    return found, found.get_data()


def masked(base, mask, under="SMask"):
    def change(writer):
        base[name(under)] = put(writer, mask)
        put_text(writer, writer.pages[0], f"{LINE} 9 0 0 9 0 0 cm /Im Do", XObject=dictionary(Im=put(writer, base)))

    return pdf("演示", change=change)


def test_colours_under_a_mask_become_white_and_what_is_seen_stays():
    seen = b"\x10\x20\x30\x40\x50\x60"
    data = masked(image(seen[:3] + SIGN + SIGN + seen[3:], 4, 1), image(b"\xff\x00\x07\x80", 4, 1, "DeviceGray"))
    opened = open_pdf(data)
    found, pixels = hidden(opened.data)
    assert pixels == seen[:3] + b"\xff" * 6 + seen[3:]
    assert found["/SMask"].get_data() == b"\xff\x00\x00\x80"
    assert opened.pictures
    assert open_pdf(opened.data).data == opened.data


def test_picture_whose_mask_hides_nothing_stays_as_it_is():
    pixels = bytes(range(12))
    opened = open_pdf(masked(image(pixels, 4, 1), image(b"\xff\x08\x80\xff", 4, 1, "DeviceGray")))
    found, kept = hidden(opened.data)
    assert (kept, found["/SMask"].get_data()) == (pixels, b"\xff\x08\x80\xff")


def test_photograph_under_a_mask_is_white_where_nothing_is_seen():
    photo = image(jpeg((2, 1)), 2, 1, Filter=name("DCTDecode"))
    opened = open_pdf(masked(photo, image(b"\x00\xff", 2, 1, "DeviceGray")))
    found, pixels = hidden(opened.data)
    with Image.open(io.BytesIO(jpeg((2, 1)))) as plain:
        assert pixels == b"\xff\xff\xff" + bytes(plain.getpixel((1, 0)))
    assert "/Filter" not in found or found["/Filter"] == "/FlateDecode"
    assert open_pdf(opened.data).data == opened.data


@pytest.mark.parametrize(("decode", "bit"), [(None, "01"), ((0, 1), "01"), ((1, 0), "10")])
def test_stencil_hides_what_its_bits_say(decode, bit):
    """Of a stencil mask 1 is what is not painted, unless it says the contrary."""
    stencil = image(bytes([int(bit, 2) << 6]), 2, 1, "", bits=1)
    stencil[name("ImageMask")] = BooleanObject(True)
    if decode is not None:
        stencil[name("Decode")] = numbers(*decode)
    opened = open_pdf(masked(image(b"\x10\x20\x30" + SIGN, 2, 1), stencil, under="Mask"))
    found, pixels = hidden(opened.data)
    assert pixels == b"\x10\x20\x30\xff\xff\xff"
    assert "/Mask" not in found
    assert found["/SMask"].get_data() == b"\xff\x00"


def test_mask_larger_than_its_picture_hides_what_it_covers_whole():
    mask = image(b"\x00\x00\xff\x00", 4, 1, "DeviceGray")
    _, pixels = hidden(open_pdf(masked(image(SIGN + b"\x10\x20\x30", 2, 1), mask)).data)
    assert pixels == b"\xff\xff\xff\x10\x20\x30"


def unread():
    gray = image(b"\x00\xff", 2, 1, "DeviceGray")
    yield masked(image(SIGN * 2, 2, 1), image(b"\x00\xff", 2, 1, "DeviceGray", Matte=numbers(0, 0, 0)))
    yield masked(image(SIGN * 2, 2, 1, "DeviceCMYK"), gray)
    yield masked(image(SIGN, 2, 1), image(b"\x00\xff", 2, 1, "DeviceGray"))
    yield drawn(f"{LINE} 9 0 0 9 0 0 cm /Im Do", image(SIGN, 1, 1, Mask=numbers(17, 17, 34, 34, 51, 51)))
    yield masked(image(SIGN * 2, 2, 1), image(b"\x00\xff", 2, 1, "DeviceGray", Decode=numbers(0, 0.5)))


@pytest.mark.parametrize("data", list(unread()))
def test_mask_nobody_can_tell_the_meaning_of_is_refused(data):
    with pytest.raises(Refused, match="图片") as refused:
        open_pdf(data)
    assert "白底" in refused.value.hint
