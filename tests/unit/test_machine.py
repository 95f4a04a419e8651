"""What a machine has and lacks: ``doctor``, the marks of the tests, and the line that tells what did not run."""

import json
import os
from pathlib import Path
import subprocess
import sys
import tomllib

import pytest

from site_builder import machine
from site_builder.machine import NEEDS, Need, Piece, Task

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bare(tmp_path):
    """The environment of a machine on which no program is to be found but the folder's own."""
    return {"PATH": str(tmp_path), "LANG": "C.UTF-8", "HOME": str(tmp_path)}


def doctor(*options, **environment):
    command = [sys.executable, "-m", "site_builder", "doctor", *options]
    return subprocess.run(command, cwd=ROOT, env=environment or None, capture_output=True, text=True, check=False)


def test_need_is_met_by_all_its_parts_and_tells_the_packages_of_those_that_are_not_there(tmp_path):
    (tmp_path / "here.ttf").touch()
    there = Piece("file", f"{str(tmp_path)[1:]}/*.ttf", ("fonts",))
    absent = Piece("file", f"{str(tmp_path)[1:]}/*.h", ("headers", "more-headers"))
    nothing = Piece("program", "demo-no-such-program", ("demo",))
    library = Piece("library", "libdemo-none.so.9", ("libdemo9",))
    assert [one.is_there() for one in (there, absent, nothing, library)] == [True, False, False, False]
    assert Need("x", "演示", (Task.TEST,), (there,)).lacking() == ()
    assert Need("x", "演示", (Task.TEST,), (there, absent, nothing)).lacking() == ("headers", "more-headers", "demo")
    assert Piece("library", "libc.so.6", ()).is_there()


def test_one_line_installs_all_that_is_lacking(monkeypatch):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    line = machine.install_line(["nginx-light", "curl"], ["demo>=1"])
    assert line.startswith("sudo apt-get install --yes --no-install-recommends nginx-light curl && ")
    assert line.endswith("-m pip install 'demo>=1'")
    assert machine.install_line([]) == ""
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    assert machine.install_line(["curl"]) == "apt-get install --yes --no-install-recommends curl"


def test_doctor_says_that_a_site_can_be_built_and_what_is_lacking_for_the_rest(bare):
    done = doctor("--json", **bare)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["ready"]["build"] is True
    assert told["ready"]["test"] is False
    assert told["obstacles"] == {}
    assert Path(told["program"], "themes", "credit").is_dir()
    absent = {one["name"] for one in told["needs"] if not one["there"]}
    assert {"curl", "rsync", "chromium"} <= absent
    packages = told["install"].partition("install --yes --no-install-recommends ")[2].split()
    assert {"curl", "rsync", "chromium"} <= set(packages)
    said = doctor(**bare).stdout
    assert "构建：可以" in said
    assert "缺  chromium" in said
    assert said.count("apt-get install") == 1


def test_doctor_exits_1_where_no_site_can_be_built(tmp_path):
    """In an environment that holds the program and what it starts with, and none of the other libraries."""
    library = tmp_path / "library"
    library.mkdir()
    for name in ("click", "msgspec", "yaml"):
        (library / name).symlink_to(Path(__import__(name).__file__).parent)
    distribution = library / "site_builder-0.dist-info"
    distribution.mkdir()
    (distribution / "METADATA").write_text("Name: site-builder\nVersion: 0\nRequires-Dist: nh3>=0.3\n")
    code = (
        "import sys; sys.path[:0] = sys.argv.pop(1).split(':');"
        "sys.path[:] = [one for one in sys.path if 'site-packages' not in one];"
        "from site_builder.cli import main; main()"
    )
    command = [sys.executable, "-S", "-c", code, f"{library}:{ROOT}", "doctor"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "构建：缺东西" in done.stdout
    assert "没有安装 nh3" in done.stdout
    assert "-m pip install 'nh3>=0.3'" in done.stdout
    assert done.stderr == ""


def test_every_mark_is_a_need_and_every_need_a_mark():
    marks = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]["markers"]
    named = {one.partition(":")[0].removeprefix("needs_") for one in marks}
    tested = {need.name for need in NEEDS if Task.TEST in need.tasks}
    assert tested == {need.name for need in NEEDS}
    assert tested <= named
    others = {"mount", "netns", "seeds", "cases", "shapes", "debian", "tools", "followthemoney", "libreoffice"}
    assert named - tested == others


@pytest.mark.needs_debian
def test_packages_are_debians():
    known = subprocess.run(["apt-cache", "pkgnames"], capture_output=True, text=True, check=True).stdout.split()
    wanted = {package for need in NEEDS for part in need.parts for package in part.packages}
    if len(known) > 10_000:  # the catalogue was fetched
        assert wanted <= set(known)


def test_what_is_lacking_is_skipped_and_told_in_the_closing_line(bare):
    """The real tests of the how-tos, where neither rsync nor rclone is."""
    command = [sys.executable, "-m", "pytest", "-W", "error", "tests/docs/test_howtos.py", "-k", "travels", "-n", "0"]
    done = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    last = done.stdout.splitlines()[-1]
    assert last.startswith("2 项检查没有运行：缺 ")
    assert "rsync（1）" in last
    assert "rclone（1）" in last
    assert "apt-get install --yes --no-install-recommends " in last
    assert "passed" not in done.stdout


def test_nothing_is_said_where_nothing_is_lacking():
    command = [sys.executable, "-m", "pytest", "-W", "error", "tests/unit/test_machine.py", "-k", "one_line", "-n", "0"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ.copy(), capture_output=True, text=True, check=False)
    assert "没有运行" not in done.stdout
    assert "1 passed" in done.stdout


def test_programs_are_installed_where_we_may_and_only_told_where_we_may_not(tmp_path, bare):
    """A stand-in for apt-get alone: it notes what it is asked for."""
    script = [sys.executable, str(ROOT / ".ci" / "programs.py")]
    told = subprocess.run(script, env=bare, capture_output=True, text=True, check=True)
    assert "没有装上，用到它们的检查不会运行：" in told.stdout
    asked = tmp_path / "asked"
    for name, line in (("apt-get", f'echo "$@" >> {asked}'), ("env", 'shift; exec "$@"'), ("sudo", 'shift; exec "$@"')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{line}\n")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "true").symlink_to("/bin/true")
    subprocess.run(script, env=bare, capture_output=True, text=True, check=True)
    update, install, *_ = asked.read_text().splitlines()
    assert update == "-qq update"
    assert install.startswith("-qq install --yes --no-install-recommends ")
    assert "chromium" in install.split()
