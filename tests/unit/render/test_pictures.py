"""Pictures: two sizes, upright, pixels alone."""

import io

from PIL import Image
import pytest

from site_builder.errors import SiteBuilderError
from site_builder.write.pictures import SMALL, WIDEST, jpeg, scaled, upright_of


def photograph(width, height, turned=1):
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010E] = "hidden-in-the-picture"
    out = io.BytesIO()
    Image.new("RGB", (width, height), (30, 90, 140)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_both_sizes_keep_the_shape_and_fit():
    picture = upright_of(photograph(1500, 3000), "a.jpg")
    assert scaled(picture, WIDEST).size == (600, 1200)
    assert scaled(picture, SMALL).size == (240, 480)
    assert picture.size == (1500, 3000)


def test_small_picture_is_not_made_larger():
    assert scaled(upright_of(photograph(40, 50), "a.jpg"), SMALL).size == (40, 50)


def test_turned_picture_stands_upright_without_metadata():
    data = jpeg(scaled(upright_of(photograph(400, 200, turned=6), "a.jpg"), WIDEST))
    with Image.open(io.BytesIO(data)) as written:
        assert written.size == (200, 400)
        assert not written.getexif()
    assert b"hidden-in-the-picture" not in data


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_what_shows_through_is_white_and_what_nobody_sees_is_not_drawn(form):
    image = Image.new("RGBA", (40, 20), (0, 0, 255, 255))
    image.paste((255, 0, 0, 0), (10, 0, 30, 20))
    out = io.BytesIO()
    image.save(out, form, **({"lossless": True, "exact": True} if form == "WEBP" else {}))
    drawn = upright_of(out.getvalue(), "a.png")
    assert drawn.mode == "RGB"
    assert [drawn.getpixel((x, 10)) for x in (0, 20)] == [(0, 0, 255), (255, 255, 255)]


def test_colour_that_stands_for_nothing_is_white():
    image = Image.new("RGB", (9, 9), (1, 2, 3))
    out = io.BytesIO()
    image.save(out, "PNG", transparency=(1, 2, 3))
    assert upright_of(out.getvalue(), "a.png").getpixel((4, 4)) == (255, 255, 255)


def test_what_is_no_picture_is_refused_with_its_place():
    with pytest.raises(SiteBuilderError, match=r"photos/a\.jpg"):
        upright_of(b"\xff\xd8 no picture", "photos/a.jpg")
