"""Sixteen builds of one export in sixteen surroundings: one digest over the whole release, search index included.

``sizes.WORLDS`` says of how many entries.
"""

from functools import cached_property
import hashlib
import os
from pathlib import Path
import shutil
import subprocess
import sys

import full_exports
import pytest
from sizes import WORLDS as ENTRIES
import small_sites

HERE = Path(__file__).parent / "world"
YEAR = 365 * 86400
WORLDS = {
    "as it is": {},
    "again": {},
    "one processor": {"cpus": 1},
    "a time zone west, clock 55 years back": {"env": {"TZ": "America/St_Johns"}, "shift": -55 * YEAR},
    "a time zone east, clock 73 years on": {"env": {"TZ": "Pacific/Kiritimati"}, "shift": 73 * YEAR},
    "half a day on, in Shanghai": {"env": {"TZ": "Asia/Shanghai"}, "shift": 11 * 3600 + 59},
    "no locale": {"env": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "order": "up"},
    "Turkish": {"env": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}, "umask": 0o077},
    "hash seed 0, files backwards": {"env": {"PYTHONHASHSEED": "0"}, "order": "down"},
    "hash seed 4242, files mixed": {"env": {"PYTHONHASHSEED": "4242"}, "order": "mixed"},
    "umask 077, one processor": {"umask": 0o077, "cpus": 1, "order": "down"},
    "umask 000": {"umask": 0o000, "env": {"PYTHONHASHSEED": "7"}},
    "a date of its own for builds": {"env": {"SOURCE_DATE_EPOCH": "86400", "PYTHONOPTIMIZE": "1"}},
    "another folder, with spaces and Chinese": {"folder": "演示 目录"},
    "a deep folder, written backwards, clock past 2038": {"folder": "a/b/c/d/e", "backwards": True, "shift": 12 * YEAR},
    "everything at once": {
        "env": {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "99", "HOME": "/nonexistent", "USER": "x"},
        "shift": -46 * YEAR,
        "order": "mixed",
        "umask": 0o027,
        "cpus": 1,
        "folder": "another",
        "backwards": True,
    },
}


def world_of(name):
    """A world as a test's parameter: another clock wants a C compiler."""
    return pytest.param(name, marks=[pytest.mark.needs_cc] if "shift" in WORLDS[name] else [])


class Workshop:
    """A site and an export, built in a world."""

    def __init__(self, folder):
        self.folder = folder
        small_sites.write_site(folder / "content", publish__precompress=False)
        small_sites.write_export(folder / "export", pictures=full_exports.pictures(), **full_exports.lists(ENTRIES))

    @cached_property
    def clock(self):
        """The shared object that shifts the clock of whatever loads it."""
        path = self.folder / "clock.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-o", path, HERE / "clock.c", "-ldl"], check=True)
        return path

    def surroundings(self, world):
        """The environment variables that make the world's clock and order of files."""
        made = {"WORLD_ORDER": world["order"]} if "order" in world else {}
        if "shift" in world:
            made |= {"WORLD_CLOCK_SHIFT": str(world["shift"]), "LD_PRELOAD": str(self.clock)}
        return made

    def digest(self, output, world):
        """SHA-256 over the paths, modes and bytes of everything in the web root."""
        folder = self.folder
        if "folder" in world:
            folder = output.parent / world["folder"]
            for part in ("content", "export"):
                copy(self.folder / part, folder / part, backwards=world.get("backwards", False))
        command = [*small_sites.command("build"), "--as-of", "2026-11-20", "--output", output]
        command += ["--site", folder / "content" / "dalian" / "site.yml", "--export", folder / "export"]
        env = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), str(small_sites.PROGRAM)])} | world.get("env", {})
        env |= self.surroundings(world)
        before = os.sched_getaffinity(0)
        try:
            os.sched_setaffinity(0, sorted(before)[: world.get("cpus", len(before))])
            done = subprocess.run(
                list(map(str, command)),
                cwd=folder,
                env=env,
                umask=world.get("umask", 0o022),
                check=False,
                capture_output=True,
                text=True,
            )
        finally:
            os.sched_setaffinity(0, before)
        assert done.returncode == 0, done.stderr
        root = small_sites.live_root(output)
        whole = hashlib.sha256()
        paths = sorted(path.relative_to(root).as_posix() for path in [root, *root.rglob("*")])
        assert any(path.startswith("search/fulltext/") for path in paths)
        assert any(path.startswith("search/lookup/leaf/") for path in paths)
        for path in paths:
            one = root / path
            data = one.read_bytes() if one.is_file() else b""
            whole.update(f"{path} {one.stat().st_mode:o} {len(data)}\n".encode() + data)
        return whole.hexdigest(), len(paths)


def copy(source, target, *, backwards):
    """A tree copied file by file, the last first where ``backwards``; its times are another day's."""
    for path in sorted(source.rglob("*"), reverse=backwards):
        if path.is_file():
            there = target / path.relative_to(source)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, there)
            os.utime(there, (86400, 86400))


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    made = Workshop(tmp_path_factory.mktemp("worlds"))
    made.first = made.digest(made.folder / "first", WORLDS["as it is"])
    return made


def test_there_are_sixteen_worlds():
    assert len(WORLDS) == 16


@pytest.mark.parametrize("name", [world_of(name) for name in list(WORLDS)[1:]])
def test_surroundings_change_no_byte(workshop, tmp_path, name):
    assert workshop.digest(tmp_path / "out", WORLDS[name]) == workshop.first


@pytest.mark.needs_cc
def test_world_reaches_the_child(workshop):
    """The clock and the order of files are the world's, or the tests above would show nothing."""
    code = (
        "import os, time, datetime as d\nprint(time.gmtime().tm_year, d.datetime.now().year, *os.listdir('/'), sep='/')"
    )
    told = {}
    for name, world in (("here", {}), ("there", {"shift": 20 * YEAR, "order": "down"})):
        env = os.environ | {"PYTHONPATH": str(HERE)} | workshop.surroundings(world)
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        told[name] = done.stdout.strip().split("/")
    assert int(told["there"][0]) - int(told["here"][0]) in {19, 20}
    assert told["there"][1] == told["there"][0]
    assert told["there"][2:] == sorted(told["here"][2:], reverse=True)
