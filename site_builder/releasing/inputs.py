"""The digest of all a web root depends on beside the export and the day: site folder, theme, code, libraries."""

from __future__ import annotations

from collections.abc import Iterable
import hashlib
from importlib.metadata import version
from pathlib import Path

from site_builder.config.site import Site
from site_builder.render.environment import OWN

LIBRARIES = (
    "arro3-core",
    "arro3-io",
    "brotli",
    "deflate",
    "jinja2",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "numpy",
    "pagefind-bin",
    "pillow",
    "pypinyin",
    "python-calamine",
    "pyyaml",
    "xlsxwriter",
)
"""Libraries whose version may change a byte of a page."""

CODE = Path(__file__).resolve().parents[1]


def inputs_digest(site: Site, themes: Iterable[Path], *facts: str) -> str:
    """SHA-256 in hex over files, versions and ``facts``; no hidden file, no cache and no export is among the files."""
    whole = hashlib.sha256()
    for fact in (*facts, *(f"{name} {version(name)}" for name in LIBRARIES)):
        whole.update(f"{fact}\n".encode())
    laws = [law.file for law in site.laws if law.file.is_file()]
    for folder in (CODE, site.folder, *themes):
        for path in sorted(folder.rglob("*")):
            of_another = folder == CODE and path.is_relative_to(OWN)
            if path.is_file() and path.suffix != ".pyc" and not path.name.startswith(".") and not of_another:
                _add(whole, str(path.relative_to(folder)), path)
    for path in laws:
        _add(whole, path.name, path)
    return whole.hexdigest()


def _add(whole: hashlib._Hash, name: str, path: Path) -> None:
    data = path.read_bytes()
    whole.update(f"{name} {len(data)}\n".encode())
    whole.update(data)
