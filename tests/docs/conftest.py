"""A shell of their own for the tests of the documentation."""

import os
from pathlib import Path
import shutil
import subprocess
import sys
import tempfile

import pytest

ROOT = Path(__file__).parents[2]


class Desk:
    """Somebody's home folder and shell; ``site-builder`` and ``python`` are this program's, whatever the PATH."""

    def __init__(self, home):
        self.home = home
        self.folder = ROOT
        self.environment = {
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PATH": f"{home / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "TMPDIR": str(home / "tmp"),
        }
        (home / "tmp").mkdir()
        self.program("python", f'exec {sys.executable} "$@"')
        self.program("site-builder", f'exec {sys.executable} -m site_builder "$@"')

    def program(self, name, line):
        path = self.home / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{line}\n")
        path.chmod(0o755)

    def run(self, script, expected=0):
        """A script as somebody would type it: all they would see. Folder and PATH stay for the next one."""
        left = self.home / "left"
        whole = f"set -e\ntrap 'pwd > {left}; printf %s \"$PATH\" >> {left}' EXIT\n{script}"
        done = subprocess.run(
            ["bash", "--norc", "-c", whole],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == expected, f"{script}\n{done.stdout}"
        assert "Traceback" not in done.stdout
        assert "[warn]" not in done.stdout
        folder, path = left.read_text().split("\n", 1)
        self.folder = Path(folder)
        bins = f"{self.home / 'bin'}:"
        self.environment["PATH"] = bins + path.replace(bins, "")
        return done.stdout


@pytest.fixture(scope="module")
def desk():
    """A desk in a folder every user may enter, as a web server's user has to."""
    home = Path(tempfile.mkdtemp(prefix="desk-"))
    home.chmod(0o755)
    yield Desk(home)
    shutil.rmtree(home)
