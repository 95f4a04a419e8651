"""The web root depends only on the export, the site folder and the day: never on where, when or how it is built."""

import os
from pathlib import Path
import shutil
import subprocess
import sys

import pytest
import showcase
import small

WORLDS = {
    "another time zone": {"TZ": "America/St_Johns"},
    "another locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "no locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "another hash seed": {"PYTHONHASHSEED": "4242"},
    "a date of its own for builds": {"SOURCE_DATE_EPOCH": "86400"},
}

ONE_CITY = pytest.mark.parametrize("workshop", ["dalian"], indirect=True)
"""One city is enough for what no city decides."""


class Workshop:
    """A site and an export that are built again and again."""

    def __init__(self, folder, city):
        self.city = city
        self.folder = folder
        self.site = small.write_site(folder / "content", city)
        self.export = small.write_export(folder / "export", pictures=showcase.pictures(), **showcase.lists())

    def build(self, output, *, jobs=1, umask=0o022, cwd=small.PROGRAM, site=None, export=None, world=None, prior=()):
        """The files and the modes of the web root that a process of its own builds."""
        command = [sys.executable, "-m", "site_builder", "build", "--as-of", "2026-11-20", "--jobs", str(jobs)]
        command += ["--site", site or self.site, "--export", export or self.export, "--output", output, *prior]
        path = os.pathsep.join([str(small.PROGRAM), *filter(None, [os.environ.get("PYTHONPATH")])])
        subprocess.run(
            list(map(str, command)),
            cwd=cwd,
            umask=umask,
            env=os.environ | {"PYTHONPATH": path} | (world or {}),
            check=True,
            capture_output=True,
        )
        root = small.live_root(cwd / output, self.city)
        modes = {str(one.relative_to(root)): one.stat().st_mode for one in [root, *root.rglob("*")]}
        return small.files_of(root), modes


@pytest.fixture(scope="module", params=["dalian", "lingyuan"])
def workshop(request, tmp_path_factory):
    made = Workshop(tmp_path_factory.mktemp("workshop"), request.param)
    made.first = made.build(made.folder / "first")
    return made


def test_built_twice_is_the_same(workshop, tmp_path):
    assert workshop.build(tmp_path / "out") == workshop.first


def test_two_processes_build_the_same_as_one(workshop, tmp_path):
    assert workshop.build(tmp_path / "out", jobs=2) == workshop.first


@ONE_CITY
@pytest.mark.parametrize("world", WORLDS)
def test_surroundings_change_nothing(workshop, tmp_path, world):
    assert workshop.build(tmp_path / "out", world=WORLDS[world]) == workshop.first


@ONE_CITY
def test_umask_changes_nothing(workshop, tmp_path):
    assert workshop.build(tmp_path / "out", umask=0o077) == workshop.first


def test_folders_and_their_times_change_nothing(workshop, tmp_path):
    """The site and the export lie elsewhere, were written at another time, and are named relatively."""
    shutil.copytree(workshop.folder / "content", tmp_path / "演示 目录" / "content")
    shutil.copytree(workshop.export, tmp_path / "演示 目录" / "export")
    for path in tmp_path.rglob("*"):
        os.utime(path, (86400, 86400))
    built = workshop.build(
        Path("out"),
        cwd=tmp_path / "演示 目录",
        site=Path("content") / workshop.city / "site.yml",
        export=Path("export"),
    )
    assert built == workshop.first


@ONE_CITY
def test_earlier_releases_change_nothing(workshop, tmp_path):
    earlier = showcase.lists(30)
    earlier["severe"].append(small.entry("GONE-1", disclosure="query"))
    export = small.write_export(tmp_path / "export", version="2026.11.01", pictures=showcase.pictures(), **earlier)
    workshop.build(tmp_path / "out", export=export, prior=["--allow", "unpublished-measure"])
    assert workshop.build(tmp_path / "out") == workshop.first


def test_full_build_is_the_same_as_the_first(workshop, tmp_path):
    workshop.build(tmp_path / "out")
    assert workshop.build(tmp_path / "out", prior=["--full"]) == workshop.first


def test_files_may_be_read_by_the_web_server_and_written_by_nobody_else(workshop):
    for path, mode in workshop.first[1].items():
        assert mode & 0o777 in {0o644, 0o755}, path
