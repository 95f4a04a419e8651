"""The browser's lookup run in Node over a folder, for tests and measurements."""

from __future__ import annotations

import json
from pathlib import Path
import subprocess
from typing import Any, Self

from playwright._impl._driver import compute_driver_executable

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "site_builder" / "themes" / "credit" / "assets" / "search" / "lookup"
SCRIPT = Path(__file__).with_name("lookup_in_node.mjs")


class Node:
    """A Node process that answers calls; use as a context, and call ``open`` with a folder first."""

    def __init__(self) -> None:
        node, _ = compute_driver_executable()  # the one that comes with Playwright: no other is to be installed
        command = [node, "--no-warnings", SCRIPT, ASSETS]
        self._process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def call(self, method: str, *args: object) -> Any:  # noqa: ANN401 - whatever JSON the method gives
        """The method's result (``lookup_in_node.mjs`` has the methods); a failure is raised with its stack."""
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        self._process.stdin.write(json.dumps({"method": method, "args": args}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["result"]


def write_index(folder: Path, files: dict[str, bytes]) -> None:
    """Put an index's files below a folder."""
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
