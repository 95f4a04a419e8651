"""Files for the webmaster and the machine: whole or not at all, and never inside a folder that is published."""

from __future__ import annotations

from collections.abc import Iterable
import os
from pathlib import Path
import tempfile

from site_builder.errors import Exit, Place, refuse, writing


def outside_releases(path: Path, output: Path) -> Path:
    """The folder a file is to stand in. Raises (exit 2) for one inside a release of ``output``."""
    folder = path.absolute().parent.resolve()
    for releases in output.resolve().glob("*/releases"):
        if folder.is_relative_to(releases.resolve()):
            message = "这里是要公开的网站文件夹，不能写内部材料"
            hint = "换一个地方，例如 output/<站点>/state/"
            raise refuse("inside-release", message, hint=hint, place=Place(str(path)), exit_code=Exit.USAGE)
    return folder


def write_private(path: Path, pieces: Iterable[str] | bytes, output: Path, *, mode: int = 0o600) -> Path:
    """Write a private file, replacing an older one. Raises (exit 2) for a path inside a release of ``output``."""
    target, folder = path.absolute(), outside_releases(path, output)
    with writing(target):
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines([pieces] if isinstance(pieces, bytes) else (piece.encode() for piece in pieces))
                os.fchmod(file.fileno(), mode)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    return target
