"""A web root being written: every byte goes through here, and every file's digest is kept for the file list."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

from site_builder.attempts import aside
from site_builder.release import squeezed
from site_builder.release.shared import Page, Shared, Written, pack

_CHUNK = 1 << 20
_FIRST: Final = 946_684_800
"""2000-01-01, in seconds of Unix time."""
_SPAN: Final = 788_918_400
"""The seconds from there to 2025-01-01."""


def time_of(digest: str) -> tuple[int, int]:
    """A file's times, in seconds: from its SHA-256 (hex), not from the clock.

    Web servers tell a file's state by its time and size, so another content needs another time though it was written
    within the same second or by a clock that was set back; and the same content keeps its time in the next release.
    """
    seconds = _FIRST + int(digest[:16], 16) % _SPAN
    return seconds, seconds


class Tree:
    """Writes files below ``root``; each once. What the ``shared`` release holds in the same bytes becomes a hard link.

    A job that is done again (``attempts``) writes its files again. With ``squeeze``, what is worth it stands beside
    itself as ``.gz`` and ``.br``.
    """

    def __init__(self, root: Path, shared: Shared | None = None, *, squeeze: bool = False) -> None:
        self.root = root
        self._files: list[tuple[str, str]] = []
        self._pages: list[tuple[str, Page]] = []
        self._shared = shared
        self._squeeze = squeeze
        self._fd = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
        self._shared_fd = -1 if shared is None else os.open(shared.root, os.O_RDONLY | os.O_DIRECTORY)
        self._folders: set[str] = set()

    def write(self, path: str, data: bytes, page: Page | None = None) -> str:
        """Write one new file and return its digest. Raises ``FileExistsError`` when the path was written before."""
        digest = self._put(path, data, page)
        if self._squeeze:
            same = self._shared is not None and self._shared.digests.get(path) == digest
            self._put_squeezed(path, data, same=same)
        return digest

    def keep(self, path: str, key: bytes) -> bool:
        """Take a page over from the shared release if it was rendered from the same; whether it was."""
        shared = self._made_of(path, key)
        if shared is None or path not in shared.digests or not self._link(path):
            return False
        self._note(path, shared.digests[path], shared.pages[path])
        for beside in (path + extension for extension in squeezed.EXTENSIONS):
            if beside in shared.digests:
                self.share(beside)
        return True

    def keep_folder(self, folder: str, key: bytes) -> bool:
        """Take a folder (its path ends in ``/``) over from the shared release if made of the same; whether it was."""
        shared = self._made_of(folder, key)
        if shared is None:
            return False
        for path in shared.digests:
            if path.startswith(folder):
                self.share(path)
        self._pages.append((folder, shared.pages[folder]))
        return True

    def share(self, path: str) -> None:
        """Take over a file of the shared release: a link, or a copy where it cannot be linked."""
        if self._shared is None:
            raise ValueError("nothing is shared")
        if not self._link(path):
            self._write(path, (self._shared.root / path).read_bytes(), self._shared.digests[path])
        self.stands(path)

    def stands(self, path: str) -> None:
        """Take into the list a file of the shared release that lies below the root already."""
        if self._shared is None:
            raise ValueError("nothing is shared")
        self._note(path, self._shared.digests[path], self._shared.pages.get(path))

    def adopt(self, path: str) -> tuple[str, int]:
        """Take into the list a file that was written below the root by other means; its digest and size."""
        with (self.root / path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.utime(file.fileno(), time_of(digest))
        self._files.append((path, digest))
        if self._squeeze and squeezed.worth(path):
            for extension, squeeze in squeezed.EXTENSIONS.items():
                with (self.root / path).open("rb") as source, (self.root / f"{path}{extension}").open("xb") as out:
                    whole = hashlib.sha256()
                    for chunk in squeeze(iter(lambda: source.read(_CHUNK), b"")):
                        whole.update(chunk)
                        out.write(chunk)
                os.utime(self.root / f"{path}{extension}", time_of(whole.hexdigest()))
                self._files.append((path + extension, whole.hexdigest()))
        return digest, (self.root / path).stat().st_size

    def made_folder(self, folder: str, key: bytes) -> None:
        """Note what a folder (its path ends in ``/``) was made of as a whole."""
        self._pages.append((folder, Page(key)))

    def close(self) -> Written:
        """Let go of the folders; what was written."""
        os.close(self._fd)
        if self._shared_fd >= 0:
            os.close(self._shared_fd)
        return pack(self._files, self._pages)

    def _made_of(self, path: str, key: bytes) -> Shared | None:
        """The shared release, where its page (or folder) of this path was made of the same."""
        page = self._shared.pages.get(path) if self._shared is not None else None
        return self._shared if page is not None and page.key == key else None

    def _put(self, path: str, data: bytes, page: Page | None = None) -> str:
        digest = hashlib.sha256(data).hexdigest()
        if self._shared is None or self._shared.digests.get(path) != digest or not self._link(path):
            self._write(path, data, digest)
        self._note(path, digest, page)
        return digest

    def _put_squeezed(self, path: str, data: bytes, *, same: bool) -> None:
        """The squeezed files beside one; where the shared release has it the ``same``, its own are taken over."""
        if not squeezed.worth(path):
            return
        for extension, squeeze in squeezed.EXTENSIONS.items():
            if same and self._shared is not None and path + extension in self._shared.digests:
                self.share(path + extension)
            elif len(small := b"".join(squeeze([data]))) < len(data):
                self._put(path + extension, small)

    def _note(self, path: str, digest: str, page: Page | None) -> None:
        self._files.append((path, digest))
        if page is not None:
            self._pages.append((path, page))

    def _folder_for(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder and folder not in self._folders:
            (self.root / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)

    def _write(self, path: str, data: bytes, digest: str) -> None:
        self._folder_for(path)
        try:
            beside = aside()
            name, folder = (path, self._fd) if beside is None else (str(beside), None)
            fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644, dir_fd=folder)
            try:
                view = memoryview(data)
                while view:
                    view = view[os.write(fd, view) :]
                os.utime(fd, time_of(digest))
            finally:
                os.close(fd)
            if beside is not None:
                os.rename(beside, path, dst_dir_fd=self._fd)
        except OSError as error:
            error.filename = str(self.root / path)
            raise

    def _link(self, path: str) -> bool:
        """Link a file of the shared release; false where that cannot be (gone, another file system, too many links)."""
        self._folder_for(path)
        beside = aside()
        try:
            if beside is None:
                os.link(path, path, src_dir_fd=self._shared_fd, dst_dir_fd=self._fd, follow_symlinks=False)
            else:
                os.link(path, beside, src_dir_fd=self._shared_fd, follow_symlinks=False)
                os.rename(beside, path, dst_dir_fd=self._fd)
                beside.unlink(missing_ok=True)  # a file renamed to itself stays
        except FileExistsError:
            raise
        except OSError:
            return False
        return True
