"""The web root depends only on the export, the site folder and the day: never on what was there before.

Where and when it is built: ``test_worlds``.
"""

import os
import subprocess

import full_exports
import pytest
import small_sites

ONE_CITY = pytest.mark.parametrize("workshop", ["dalian"], indirect=True)
"""One city is enough for what no city decides."""


class Workshop:
    """A site and an export that are built again and again."""

    def __init__(self, folder, city):
        self.city = city
        self.folder = folder
        self.site = small_sites.write_site(folder / "content", city)
        self.export = small_sites.write_export(
            folder / "export", pictures=full_exports.pictures(), **full_exports.lists()
        )

    def build(self, output, *, jobs=1, export=None, prior=()):
        """The files and the modes of the web root that a process of its own builds."""
        command = [*small_sites.command("build"), "--as-of", "2026-11-20", "--jobs", str(jobs)]
        command += ["--site", self.site, "--export", export or self.export, "--output", output, *prior]
        path = os.pathsep.join([str(small_sites.PROGRAM), *filter(None, [os.environ.get("PYTHONPATH")])])
        subprocess.run(
            list(map(str, command)),
            cwd=small_sites.PROGRAM,
            env=os.environ | {"PYTHONPATH": path},
            check=True,
            capture_output=True,
        )
        root = small_sites.live_root(output, self.city)
        modes = {str(one.relative_to(root)): one.stat().st_mode for one in [root, *root.rglob("*")]}
        return small_sites.files_of(root), modes


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
def test_earlier_releases_change_nothing(workshop, tmp_path):
    earlier = full_exports.lists(30)
    earlier["severe"].append(small_sites.entry("GONE-1", disclosure="query"))
    export = small_sites.write_export(
        tmp_path / "export", version="2026.11.01", pictures=full_exports.pictures(), **earlier
    )
    workshop.build(tmp_path / "out", export=export, prior=["--allow", "unpublished-measure"])
    assert workshop.build(tmp_path / "out") == workshop.first


def test_full_build_is_the_same_as_the_first(workshop, tmp_path):
    workshop.build(tmp_path / "out")
    assert workshop.build(tmp_path / "out", prior=["--full"]) == workshop.first


def test_files_may_be_read_by_the_web_server_and_written_by_nobody_else(workshop):
    for path, mode in workshop.first[1].items():
        assert mode & 0o777 in {0o644, 0o755}, path
