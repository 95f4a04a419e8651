"""Pictures of role models: drawn again without metadata, in two sizes, and only those a published record names."""

from __future__ import annotations

from collections.abc import Iterable
import io

from PIL import Image, ImageOps, UnidentifiedImageError

from site_builder.errors import Place, refuse
from site_builder.export.descriptor import Descriptor
from site_builder.export.package import PackageFiles
from site_builder.kinds.role_models.shown import RoleModelView
from site_builder.pages import urls
from site_builder.pages.contexts import Picture
from site_builder.release.tree import Tree

WIDEST = 1200
"""Pixels on the longer side."""

SMALL = 480
"""Pixels on the longer side of the small size, for lists and phones."""


def write_pictures(
    files: PackageFiles, descriptor: Descriptor, views: Iterable[RoleModelView], tree: Tree
) -> dict[str, Picture]:
    """Write each picture a published role model names, in its sizes; its resource name → where they are."""
    paths = {one.name: one.path for one in descriptor.resources if one.is_picture}
    written: dict[str, Picture] = {}
    for name in sorted({view.photo for view in views if view.photo}):
        with files.open(paths[name]) as file:
            picture = upright_of(file.read(), paths[name])
        large, small = scaled(picture, WIDEST), scaled(picture, SMALL)
        address, small_address = urls.photo(name), urls.small_photo(name)
        tree.write(address, jpeg(large))
        if small.size == large.size:
            small_address = address
        else:
            tree.write(small_address, jpeg(small))
        written[name] = Picture(address, *large.size, small_address, *small.size)
    return written


def upright_of(data: bytes, path: str) -> Image.Image:
    """The picture's pixels alone, upright, on white where it shows through.

    Raises ``SiteBuilderError`` when the bytes are no picture.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
            upright = ImageOps.exif_transpose(opened)
            if upright.has_transparency_data:
                seen = upright.convert("RGBA")
                upright = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
            return upright.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise refuse("bad-picture", "图片打不开", hint="换成完好的 JPEG、PNG 或 WebP 图片", place=Place(path)) from None


def scaled(picture: Image.Image, widest: int) -> Image.Image:
    """A copy of at most ``widest`` pixels a side; a small picture stays as it is."""
    copy = picture.copy()
    copy.thumbnail((widest, widest))
    return copy


def jpeg(picture: Image.Image) -> bytes:
    """The picture as a JPEG without metadata."""
    out = io.BytesIO()
    picture.info.clear()
    picture.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
