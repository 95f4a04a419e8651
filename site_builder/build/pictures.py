"""Pictures of role models: drawn again without metadata, and only those a published record names."""

from __future__ import annotations

from collections.abc import Iterable
import io

from PIL import Image, ImageOps, UnidentifiedImageError

from site_builder.errors import Place, refuse
from site_builder.export.descriptor import Descriptor
from site_builder.export.package import PackageFiles
from site_builder.pages import urls
from site_builder.public.views import RoleModelView
from site_builder.release.tree import Tree

WIDEST = 1200
"""Pixels on the longer side."""


def write_pictures(
    files: PackageFiles, descriptor: Descriptor, views: Iterable[RoleModelView], tree: Tree
) -> dict[str, str]:
    """Write each picture a published role model names; its resource name → its address."""
    paths = {one.name: one.path for one in descriptor.resources if one.is_picture}
    written: dict[str, str] = {}
    for name in sorted({view.photo for view in views if view.photo}):
        written[name] = urls.photo(name)
        with files.open(paths[name]) as file:
            tree.write(written[name], redraw(file.read(), paths[name]))
    return written


def redraw(data: bytes, path: str) -> bytes:
    """The picture as a JPEG of at most ``WIDEST`` pixels a side: pixels alone, upright, no metadata.

    Raises ``SiteBuilderError`` when the bytes are no picture that can be drawn.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise refuse("bad-picture", "图片打不开", hint="换成完好的 JPEG、PNG 或 WebP 图片", place=Place(path)) from None
    upright.thumbnail((WIDEST, WIDEST))
    out = io.BytesIO()
    upright.info.clear()
    upright.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
