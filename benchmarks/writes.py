"""Writes the files of a list of sizes, one after another, and does nothing else: the floor under any generator.

``writes.py SIZES FOLDER``: ``SIZES`` holds a name and a number of bytes a line.
"""

from __future__ import annotations

import os
from pathlib import Path
import sys


def main() -> None:
    """Write them."""
    sizes, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True)
    page = bytes(1 << 20)
    into = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    with sizes.open(encoding="utf-8") as lines:
        for line in lines:
            name, size = line.split()
            file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644, dir_fd=into)
            os.write(file, page[: int(size)])
            os.close(file)


if __name__ == "__main__":
    main()
