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


def test_what_is_no_picture_is_refused_with_its_place():
    with pytest.raises(SiteBuilderError, match=r"photos/a\.jpg"):
        upright_of(b"\xff\xd8 no picture", "photos/a.jpg")
