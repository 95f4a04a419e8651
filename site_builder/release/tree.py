"""A web root being written: every byte goes through here, and every file's digest is kept for the file list."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


class Tree:
    """Writes files below ``root``; each once. ``files`` are (path, SHA-256 in hex) of what was written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: list[tuple[str, str]] = []
        self._fd = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
        self._folders: set[str] = set()

    def write(self, path: str, data: bytes) -> str:
        """Write one new file and return its digest. Raises ``FileExistsError`` when the path was written before."""
        folder = path.rpartition("/")[0]
        if folder and folder not in self._folders:
            (self.root / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644, dir_fd=self._fd)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(fd, view) :]
        finally:
            os.close(fd)
        digest = hashlib.sha256(data).hexdigest()
        self.files.append((path, digest))
        return digest

    def adopt(self, path: str) -> tuple[str, int]:
        """Take into the list a file that was written below the root by other means; its digest and size."""
        with (self.root / path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self.files.append((path, digest))
        return digest, (self.root / path).stat().st_size

    def close(self) -> None:
        """Let go of the folder."""
        os.close(self._fd)
