"""Nothing foreign is deleted: among the releases, through links, in the private folder; and no site takes another's."""

import json
import os
from pathlib import Path
import shutil
import subprocess

from copied_sites import copied
import pytest
import small_sites

from site_builder.errors import Exit, SiteBuilderError
from site_builder.pages import urls
from site_builder.release import ours
from site_builder.release.place import held

DAY = small_sites.dt.timedelta(days=1)


class Ground:
    """One site, its export, and where it is built."""

    def __init__(self, folder, **site):
        self.folder = folder
        self.site = small_sites.write_site(folder / "content", search__fulltext_limit=0, **site)
        self.export = small_sites.write_export(folder / "export", severe=[small_sites.entry("S-1")])
        self.output = folder / "out"
        self.place = self.output / "dalian"
        self.releases = self.place / "releases"
        self.day = small_sites.AS_OF

    def build(self, export=None, site=None):
        report = small_sites.build_site(site or self.site, export or self.export, self.output, as_of=self.day)
        self.day += DAY
        return report

    def refused(self, **options):
        with pytest.raises(SiteBuilderError) as caught:
            self.build(**options)
        return caught.value.exit_code, [(one.code, one.hint) for one in caught.value.findings]


@copied
def ground(folder):
    there = Ground(folder)
    there.build()
    return there


def told(report):
    return [(one.code, one.place.file, one.message) for one in report.warnings]


def foreign(releases):
    """What people and their tools put beside releases; the last ones look like releases."""
    (releases / "照片").mkdir()
    (releases / "照片" / "a.jpg").write_bytes(b"jpg")
    (releases / "备份.tar.gz").write_bytes(b"tar")
    (releases / "link").symlink_to(releases.parent.parent)
    (releases / "2026.11.18_2026-11-20_8").mkdir()
    (releases / "2026.11.18_2026-11-20_9").write_text("演示")
    (releases / "2026.11.17_2026-11-19").symlink_to(releases / "照片")
    other = releases / "2026.11.17_2026-11-18"
    other.mkdir()
    (other / "release.json").write_text('{"version": "2026.11.17", "as_of": "2026-11-18"}')
    (other / "release-files.txt").write_text("")
    return {path: data for path, data in small_sites.all_of(releases).items() if "-11-20/" not in f"{path}/"}


def test_what_is_no_release_of_this_site_is_left_and_told(ground):
    [live] = ground.releases.iterdir()
    left = foreign(ground.releases)
    report = ground.build()
    assert left.items() <= small_sites.all_of(ground.releases).items()
    assert report.pruned == (live.name,)
    [(code, place, message)] = told(report)
    assert (code, place) == ("not-a-release", "releases")
    for name in ("照片", "备份.tar.gz", "link", "2026.11.18_2026-11-20_9"):
        assert name in message
    for one in ("照片", "备份.tar.gz"):
        _away(ground.releases / one)
    for one in ground.releases.glob("2026*"):
        if one != small_sites.live_root(ground.output):
            _away(one)
    _away(ground.releases / "link")
    assert told(ground.build()) == []


def _away(path):
    path.unlink() if path.is_symlink() or path.is_file() else shutil.rmtree(path)


def test_hundreds_of_foreign_things_are_one_warning(ground):
    for number in range(300):
        (ground.releases / f"{number}.jpg").write_bytes(b"")
    [(_, _, message)] = told(ground.build())
    assert "等 300 个" in message
    assert len(message) < 400


def test_release_of_another_site_put_there_is_left(ground, tmp_path):
    """The same city, version and day: only the name of the export tells them apart."""
    other = Ground(tmp_path / "other", export__name="other")
    other.export = small_sites.write_export(
        tmp_path / "other" / "named", severe=[small_sites.entry("S-9")], name="other"
    )
    other.build()
    [theirs] = other.releases.iterdir()
    shutil.copytree(theirs, ground.releases / f"{theirs.name}_7")
    before = small_sites.all_of(ground.releases / f"{theirs.name}_7")
    report = ground.build()
    assert [code for code, _, _ in told(report)] == ["not-a-release"]
    assert small_sites.all_of(ground.releases / f"{theirs.name}_7") == before


def test_own_release_put_back_from_a_backup_is_pruned(ground, tmp_path):
    """It is a release of this site, however it came there; an old one holds what has expired."""
    [first] = ground.releases.iterdir()
    shutil.copytree(first, tmp_path / "backup")
    ground.build()
    shutil.copytree(tmp_path / "backup", first)
    assert first.name in ground.build().pruned
    assert len(list(ground.releases.iterdir())) == 1


@pytest.mark.parametrize("damage", ["release.json", "release-files.txt", "data/datapackage.json"])
def test_damaged_old_release_is_left_and_told(ground, damage):
    [first] = ground.releases.iterdir()
    shutil.copytree(first, ground.releases / f"{first.name}_2")
    (ground.releases / f"{first.name}_2" / damage).unlink()
    report = ground.build()
    assert [code for code, _, _ in told(report)] == ["not-a-release"]
    assert (ground.releases / f"{first.name}_2").is_dir()


def test_foreign_folder_of_a_dead_builds_name_is_left(ground):
    """The memory of a build that was killed names a release that never came; something else stands there now."""
    live = (ground.place / "state" / "live.json").read_bytes()
    name = "2026.11.18_2026-11-20_5"
    new = live.replace(json.loads(live)["release"].encode(), name.encode())
    (ground.place / "state" / "live.json.new").write_bytes(new)
    (ground.releases / name).mkdir()
    (ground.releases / name / "a.jpg").write_bytes(b"jpg")
    ground.build()
    assert (ground.releases / name / "a.jpg").read_bytes() == b"jpg"
    assert not (ground.place / "state" / "live.json.new").exists()


def test_what_is_not_a_builds_in_the_private_folder_is_left(ground):
    state = ground.place / "state"
    for name in ("work-notes", "work-2026", "exports/上期"):
        (state / name).mkdir()
        (state / name / "a.txt").write_text("演示")
    ground.build()
    ground.build(
        small_sites.write_export(ground.folder / "next", severe=[small_sites.entry("S-1")], version="2026.11.19")
    )
    for name in ("work-notes", "work-2026", "exports/上期"):
        assert (state / name / "a.txt").is_file()
    assert len(list((state / "exports").iterdir())) == 2


@pytest.mark.parametrize("part", ["releases", "state"])
def test_part_that_is_a_link_is_refused_and_nothing_behind_it_is_touched(ground, tmp_path, part):
    moved = tmp_path / "big" / part
    moved.parent.mkdir()
    shutil.move(ground.place / part, moved)
    (moved / "照片").mkdir()
    (moved / "work-k1ll_d00").mkdir()
    moved.chmod(0o755)
    (ground.place / part).symlink_to(moved)
    before = small_sites.all_of(tmp_path)
    code, [(finding, hint)] = ground.refused()
    assert (code, finding) == (Exit.USAGE, "linked-folder")
    assert small_sites.all_of(tmp_path) == before
    assert moved.stat().st_mode & 0o777 == 0o755
    assert "移回来" in hint
    (ground.place / part).unlink()
    shutil.move(moved, ground.place / part)
    assert ground.build().active


@pytest.mark.parametrize("part", ["releases", "state"])
def test_part_that_is_a_link_is_refused_before_the_first_build(tmp_path, part):
    there = Ground(tmp_path)
    (tmp_path / "photos").mkdir()
    there.place.mkdir(parents=True)
    (there.place / part).symlink_to(tmp_path / "photos")
    before = small_sites.all_of(tmp_path)
    assert there.refused()[0] == Exit.USAGE
    assert small_sites.all_of(tmp_path) == before


def test_whole_site_may_be_moved_to_another_disk_and_linked(ground, tmp_path):
    shutil.move(ground.place, tmp_path / "big")
    ground.place.symlink_to(tmp_path / "big")
    left = foreign(ground.releases)
    assert ground.build().active
    assert left.items() <= small_sites.all_of(ground.releases).items()
    assert [code for code, _, _ in told(ground.build())] == ["not-a-release"]


def test_two_sites_of_one_folder_name_and_other_exports_are_refused(ground, tmp_path):
    site = small_sites.write_site(tmp_path / "second", search__fulltext_limit=0, export__name="second")
    export = small_sites.write_export(tmp_path / "theirs", severe=[small_sites.entry("S-9")], name="second")
    before = small_sites.all_of(ground.output)
    code, [(finding, hint)] = ground.refused(site=site, export=export)
    assert (code, finding) == (Exit.USAGE, "other-site")
    assert small_sites.all_of(ground.output) == before
    assert "--output" in hint
    assert small_sites.build_site(site, export, tmp_path / "elsewhere").active
    shutil.rmtree(ground.place / "state")
    before = small_sites.all_of(ground.output)
    assert ground.refused(site=site, export=export)[1][0][0] == "other-site"
    assert small_sites.all_of(ground.output) == before, "not even a folder for its memory is made"


def test_two_sites_of_one_folder_name_and_one_output_each_are_no_matter(ground, tmp_path):
    assert small_sites.build_site(ground.site, ground.export, tmp_path / "elsewhere").active
    assert ground.build().active


def test_live_release_that_does_not_say_whose_it_is_refuses_nobody(ground):
    (small_sites.live_root(ground.output) / "data" / "datapackage.json").unlink()
    small_sites.build_site(ground.site, ground.export, ground.output, as_of=ground.day, full=True)


def test_files_a_release_is_known_by_are_where_pages_have_them():
    assert (ours.RELEASE, ours.FILES) == (urls.RELEASE, urls.RELEASE_FILES)
    assert f"{urls.DATA}datapackage.json" == ours.PACKAGE


def test_folder_that_took_the_name_while_the_site_was_built_is_not_written_into(ground):
    with held(ground.output, "dalian", "small") as place:
        name = place.name_for("2026.11.18", small_sites.AS_OF)
        (ground.releases / name).symlink_to("nowhere")
        assert place.name_for("2026.11.18", small_sites.AS_OF) != name


def mounting():
    done = subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False)
    return os.geteuid() == 0 and done.returncode == 0


@pytest.mark.skipif(not mounting(), reason="mounting needs root")
def test_site_whose_folder_is_a_disk_of_its_own_is_built(tmp_path):
    there = Ground(tmp_path)
    there.place.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "none", there.place], check=True)
    try:
        assert there.build().active
        assert there.build().active
        assert Path(small_sites.live_root(there.output), "index.html").is_file()
    finally:
        subprocess.run(["umount", there.place], check=True)
