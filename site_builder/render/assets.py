"""The files a theme publishes under ``assets/``: those of its ``assets/`` folder, and one style sheet put together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from site_builder.render.environment import Theme

STYLE: Final = "site.css"
"""The one style sheet of a site, under ``assets/``."""

CLOSING: Final = "9"
"""Files of ``style/`` whose name begins so come after the components."""

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE: Final = re.compile(r"\s*([{};,>~])\s*")


def collect(theme: Theme) -> dict[str, bytes]:
    """Path under ``assets/`` (with ``/``) → bytes, sorted; a child's file stands in for its parent's.

    Hidden files and links are left out: a theme publishes only what plainly lies in its own folder.
    """
    found = {path: file.read_bytes() for path, file in _files(theme, "assets", "*").items()}
    style = stylesheet(theme)
    if style:
        found[STYLE] = style.encode()
    return dict(sorted(found.items()))


def stylesheet(theme: Theme) -> str:
    """The files of ``style/`` by name, with the style of every component (by name too) before the closing ones.

    A browser fetches one sheet before it paints; comments and the space around punctuation stay behind.
    """
    style = _files(theme, "style", "*.css")
    opening = [style[name] for name in sorted(style) if not name.startswith(CLOSING)]
    closing = [style[name] for name in sorted(style) if name.startswith(CLOSING)]
    components = _files(theme, "components", "*/style.css")
    parts: Iterable[Path] = (*opening, *(components[name] for name in sorted(components)), *closing)
    return "".join(_plain(path.read_text(encoding="utf-8")) for path in parts)


def _files(theme: Theme, part: str, pattern: str) -> dict[str, Path]:
    """The files of one part of a theme and all it inherits, by their path in it."""
    found: dict[str, Path] = {}
    for folder in reversed(theme.folders):
        for path in sorted((folder / part).rglob(pattern)):
            relative = path.relative_to(folder / part)
            if path.is_symlink() or not path.is_file() or any(name.startswith(".") for name in relative.parts):
                continue
            found[relative.as_posix()] = path
    return found


def _plain(css: str) -> str:
    """The same rules in fewer bytes. Our style files hold no strings with punctuation that matters here."""
    text = _SPACE.sub(r"\1", _COMMENT.sub("", css))
    return re.sub(r"\s+", " ", text).replace(";}", "}").strip()
