"""The files a theme publishes under ``assets/``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.render.environment import Theme


def collect(theme: Theme) -> dict[str, bytes]:
    """Path under ``assets/`` (with ``/``) → bytes, sorted; a child's file stands in for its parent's.

    Hidden files and links are left out: a theme publishes only what plainly lies in its own folder.
    """
    found: dict[str, bytes] = {}
    for folder in reversed(theme.folders):
        assets = folder / "assets"
        for path in sorted(assets.rglob("*")):
            relative = path.relative_to(assets)
            if path.is_symlink() or not path.is_file() or any(part.startswith(".") for part in relative.parts):
                continue
            found[relative.as_posix()] = path.read_bytes()
    return dict(sorted(found.items()))
