"""What the program is made of: its own files but for its themes, and the versions of the libraries that write pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import contextlib
import functools
import hashlib
from importlib.metadata import version
import os
from pathlib import Path
from typing import Final

LIBRARIES: Final = (
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
    "pypdf",
    "pypinyin",
    "python-calamine",
    "pyyaml",
    "xlsxwriter",
)
"""Libraries whose version may change a byte of a page."""

_PROGRAM: Final = Path(__file__).resolve().parent
_THEMES: Final = _PROGRAM / "themes"


@functools.cache
def program_digest() -> str:
    """SHA-256 in hex over the program's files and the libraries' versions; read once a process."""
    told = "".join(f"{name} {version(name)}\n" for name in LIBRARIES)
    return digest_of([told], (one for one in files_below(_PROGRAM) if not one[1].is_relative_to(_THEMES)))


@functools.cache
def shipped_assets() -> frozenset[str]:
    """SHA-256 in hex of every file that the program's own themes publish as it is; read once a process."""
    folders = [folder for folder in _THEMES.glob("*/assets") if folder.is_dir()]
    files = (path for folder in folders for _, path in files_below(folder))
    return frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and path of every file below a folder in a fixed order; hidden ones and caches are left out.

    A link to a folder is followed, as it is where the files are read; one that leads back to where it stands is not.
    """
    for path in _below(str(folder), frozenset()):
        yield path.removeprefix(f"{folder}/"), Path(path)


def _below(folder: str, above: frozenset[str]) -> Iterator[str]:
    real = os.path.realpath(folder)
    names: list[str] = []
    if real not in above:
        with contextlib.suppress(OSError):  # what cannot be read is told where it is asked for
            names = sorted(os.listdir(real))  # noqa: PTH208  # thousands
    paths = [f"{folder}/{name}" for name in names]
    folders = [path for path in paths if os.path.isdir(path)]  # noqa: PTH112
    for path in paths:
        if not os.path.basename(path).startswith(".") and not path.endswith(".pyc") and os.path.isfile(path):  # noqa: PTH113, PTH119
            yield path
    for path in folders:
        yield from _below(path, above | {real})


def digest_of(facts: Iterable[str], files: Iterable[tuple[str, Path]]) -> str:
    """SHA-256 in hex over facts, and over files by their names."""
    whole = hashlib.sha256()
    for fact in facts:
        whole.update(f"{fact}\n".encode())
    for name, path in files:
        data = path.read_bytes()
        whole.update(f"{name} {len(data)}\n".encode())
        whole.update(data)
    return whole.hexdigest()
