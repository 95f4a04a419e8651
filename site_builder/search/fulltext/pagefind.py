"""Runs Pagefind: HTML files in a fresh folder outside the web root, its output read back."""

from __future__ import annotations

from collections.abc import Iterable
import contextlib
import errno
from functools import partial
import json
import os
from pathlib import Path
import signal
import subprocess
import tempfile
import zlib

from pagefind_bin import get_executable

from site_builder.errors import Exit, SiteBuilderError, refuse
from site_builder.processes import die_with

LANGUAGE = "und"
"""No language: words are neither stemmed nor cut."""

LONGEST = 3600
"""Seconds after which Pagefind is stopped."""

SHIPPED = (
    "pagefind.js",
    "pagefind-worker.js",
    "pagefind-entry.json",
    "wasm.unknown.pagefind",
    "*.pf_meta",
    "index/*.pf_index",
)
"""What the browser needs: not the fragments, which hold the encoded text, nor the stock interfaces."""

_LOOK = 2
"""Seconds between two looks at the disk."""
_GZIP = 31
_PIECE = 1 << 20
_PAGE = '<!doctype html><html lang="und"><head><title>.</title></head><body><p data-pagefind-body>{}</p></body></html>'


def run(pages: Iterable[tuple[str, str]], scratch: Path | None = None) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Index pages, each a name (of letters and digits) and its words, in a new folder below ``scratch``.

    Returns the files to ship and the fragments, by their paths. Raises ``fulltext-failed`` (exit 4) with what Pagefind
    said when it fails, after its whole process group is gone.
    """
    with tempfile.TemporaryDirectory(prefix="fulltext-", dir=scratch) as folder:
        source, target = Path(folder, "pages"), Path(folder, "index")
        source.mkdir()
        for name, words in pages:
            (source / f"{name}.html").write_text(_PAGE.format(words), encoding="ascii")
        _run(source, target)
        shipped = {path: data for pattern in SHIPPED for path, data in _files(target, pattern)}
        return shipped, dict(_files(target, "fragment/*.pf_fragment"))


def _files(folder: Path, pattern: str) -> Iterable[tuple[str, bytes]]:
    for path in sorted(folder.glob(pattern)):
        data = path.read_bytes()
        if not _whole(path.suffix, data):
            raise _failed(f"写出的文件 {path.name} 不完整，多半是磁盘满了")
        yield path.relative_to(folder).as_posix(), data


def _whole(suffix: str, data: bytes) -> bool:
    """Whether a file was written to its end: on a full disk Pagefind leaves cut files and says that all is well."""
    if suffix == ".js":
        return data.rstrip().endswith(b";")
    unpacking = zlib.decompressobj(_GZIP)
    try:
        if suffix == ".json":
            return bool(json.loads(data))
        while data and not unpacking.eof:
            unpacking.decompress(data, _PIECE)
            data = unpacking.unconsumed_tail
    except (ValueError, zlib.error):
        return False
    return unpacking.eof


def _run(source: Path, target: Path) -> None:
    command = [
        str(get_executable()), "--site", str(source), "--output-path", str(target),
        "--force-language", LANGUAGE, "--silent",
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        cwd=source.parent,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=partial(die_with, os.getpid()),  # noqa: PLW1509  # takes no lock between fork and exec
        close_fds=False,  # it holds the site's lock as long as it lives; nothing else is inheritable
    )
    try:
        said = _said(process, source)
    except BaseException:
        _stop(process)
        raise
    if process.returncode != 0:
        _stop(process)
        raise _failed(f"退出码 {process.returncode}：{said.decode(errors='replace').strip()[-500:]}")


def _said(process: subprocess.Popen[bytes], folder: Path) -> bytes:
    """What it said, once it is done. It waits without end and without a word for a disk that is full to have room."""
    for _ in range(max(1, LONGEST // _LOOK)):
        try:
            return process.communicate(timeout=min(_LOOK, LONGEST))[0]
        except subprocess.TimeoutExpired:
            disk = os.statvfs(folder)
            if disk.f_bavail == 0 or (disk.f_files and disk.f_favail == 0):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder)) from None
    raise _failed(f"超过 {LONGEST} 秒未完成")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the process with all it started: it was made the leader of a group of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _failed(reason: str) -> SiteBuilderError:
    return refuse(
        "fulltext-failed",
        f"全文索引程序 Pagefind 失败：{reason}",
        hint="检查磁盘空间、内存与 pagefind-bin 的安装",
        exit_code=Exit.MACHINE,
    )
