"""The digest of all a web root depends on beside the export and the day: site folder, theme, code, libraries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import functools
import hashlib
from importlib.metadata import version
import os
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
    for fact in (*facts, *_libraries()):
        whole.update(f"{fact}\n".encode())
    laws = [law.file for law in site.laws if law.file.is_file()]
    for folder in (CODE, site.folder, *themes):
        for name in _files(folder):
            _add(whole, name, folder / name)
    for path in laws:
        _add(whole, path.name, path)
    return whole.hexdigest()


@functools.cache
def _libraries() -> tuple[str, ...]:
    """Name and version of each library; asked once a process."""
    return tuple(f"{name} {version(name)}" for name in LIBRARIES)


def _files(folder: Path) -> Iterator[str]:
    """The files below a folder in a fixed order, without hidden ones and caches; of the code without its themes."""
    for home, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if Path(home, one) != OWN or folder != CODE)
        for name in sorted(names):
            path = f"{home}/{name}"
            if not name.startswith(".") and not name.endswith(".pyc") and os.path.isfile(path):  # noqa: PTH113  # thousands
                yield path.removeprefix(f"{folder}/")


def _add(whole: hashlib._Hash, name: str, path: Path) -> None:
    data = path.read_bytes()
    whole.update(f"{name} {len(data)}\n".encode())
    whole.update(data)
