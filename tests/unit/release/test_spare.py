"""The spare: a second tree of the live release's files, which the next night changes instead of linking all anew."""

import errno
import os
from pathlib import Path
import shutil

from nights import Nights
import pytest
import small_sites

from site_builder.errors import SiteBuilderError
from site_builder.release import spare as spares

STRAY = "severe/演示杂物.html"


@pytest.fixture
def there(tmp_path):
    return Nights(tmp_path)


def inodes(root):
    return {str(one.relative_to(root)): one.stat().st_ino for one in Path(root).rglob("*") if one.is_file()}


@pytest.mark.parametrize("precompress", [False, True])
def test_night_leaves_a_spare_of_the_very_files_and_the_next_turns_it(tmp_path, precompress):
    there = Nights(tmp_path, publish__precompress=precompress)
    there.nights(1)
    assert inodes(there.spare) == inodes(there.live)
    for _ in range(3):
        tree, before = there.spare.stat().st_ino, inodes(there.live)
        there.build()
        assert there.live.stat().st_ino == tree
        assert inodes(there.spare) == inodes(there.live)
        assert small_sites.files_of(there.live) == there.whole()
        same = {path for path, inode in inodes(there.live).items() if before.get(path) == inode}
        assert "severe/S-1.html" in same
        assert "index.html" not in same
    assert [one.name for one in (there.output / "dalian/releases").iterdir()] == [there.live.name]


def stray(root):
    (root / STRAY).write_text("演示")


def lost(root):
    (root / "severe/S-1.html").unlink()


def replaced(root):
    page = root / "severe/S-1.html"
    data, times = page.read_bytes(), page.stat()
    page.unlink()
    page.write_bytes(data.replace("演示".encode(), "伪造".encode()))
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))


def moved(root):
    (root / "severe").rename(root / "weg")
    shutil.copytree(root / "weg", root / "severe", copy_function=shutil.copy2)
    shutil.rmtree(root / "weg")


@pytest.mark.parametrize("touch", [stray, lost, replaced, moved])
def test_spare_in_which_a_name_was_touched_is_not_used(there, touch):
    there.nights(1)
    tree = there.spare.stat().st_ino
    touch(there.spare)
    there.build()
    assert there.live.stat().st_ino != tree
    assert small_sites.files_of(there.live) == there.whole()
    assert inodes(there.spare) == inodes(there.live)


def test_spare_of_a_live_release_in_which_a_name_was_touched_is_not_used(there):
    there.nights(1)
    tree = there.spare.stat().st_ino
    stray(there.live)
    there.build()
    assert there.live.stat().st_ino != tree
    assert small_sites.files_of(there.live) == there.whole()
    assert not there.spare.exists()
    there.build()
    assert inodes(there.spare) == inodes(there.live)


def test_damaged_live_file_stops_the_night_whether_or_not_there_is_a_spare(there):
    live = there.nights(1)
    with (live / "severe/S-1.html").open("ab") as page:
        page.write("<!-- 演示 -->".encode())
    with pytest.raises(SiteBuilderError, match="不符"):
        there.build()
    assert there.live == live
    there.build(0, full=True)
    assert small_sites.files_of(there.live) == there.whole()
    assert not there.spare.exists()


def test_file_of_the_spare_alone_is_looked_at_before_it_is_live(there, monkeypatch):
    """Where a link could not be had there are two files, and it is the spare's that is live next."""
    there.build(0)
    link, left = os.link, ["severe/S-1.html"]

    def once(source, *targets, **options):
        if source in left:
            left.remove(source)
            raise OSError
        link(source, *targets, **options)

    with monkeypatch.context() as failing:
        failing.setattr("site_builder.release.tree.os.link", once)
        there.build()
    page, live = there.spare / "severe/S-1.html", there.live
    assert page.stat().st_ino != (live / "severe/S-1.html").stat().st_ino
    with page.open("ab") as file:
        file.write(b"x")
    with pytest.raises(SiteBuilderError, match="不符"):
        there.build()
    assert there.live == live
    there.build(0)
    assert small_sites.files_of(there.live) == there.whole()


@pytest.mark.parametrize("made", ["link", "file"])
def test_what_stands_in_the_place_of_the_spare_gives_way(there, made):
    there.build(0)
    if made == "link":
        there.spare.symlink_to(there.folder)
    else:
        there.spare.write_text("演示")
    assert there.report().pruned
    assert inodes(there.spare) == inodes(there.live)
    assert there.folder.exists()


def test_spare_that_cannot_be_told_of_is_no_warning(there, monkeypatch):
    there.build(0)
    with monkeypatch.context() as full:
        full.setattr(spares, "flush_all", _no_space)
        report = there.report()
    assert report.pruned
    assert [one.code for one in report.warnings if one.code == "old-release"] == []
    assert not there.spare.exists()


def _no_space(_):
    raise OSError(errno.ENOSPC, "演示")


@pytest.mark.parametrize("what", ["", "garbled"])
def test_spare_that_is_not_told_of_is_removed_with_the_next_release(there, what):
    there.nights(1)
    told, tree = there.output / "dalian/state/spare.msgpack", there.spare.stat().st_ino
    told.unlink()
    if what:
        told.write_bytes(b"\xc1")
    there.build()
    assert there.live.stat().st_ino != tree
    assert inodes(there.spare) == inodes(there.live)


@pytest.mark.parametrize("how", ["export", "full", "keep"])
def test_any_other_build_removes_the_spare(there, how):
    there.nights(2)
    if how == "export":
        there.export = small_sites.write_export(
            there.folder / "next", severe=[small_sites.entry("S-1")], version="2026.11.19"
        )
        there.build(1, allow=["vanished", "shrink"])
    elif how == "full":
        there.build(1, full=True)
    else:
        shutil.rmtree(there.site.parent)
        there.site = small_sites.write_site(there.folder / "content", publish__keep=1)
        there.build(1)
        there.build(1)
    assert not there.spare.exists()
    assert not (there.output / "dalian/state/spare.msgpack").exists()
    assert small_sites.files_of(there.live) == there.whole()


def test_withheld_record_is_gone_from_the_spare_too(there):
    there.nights(2)
    small_sites.withhold(there.site, "S-1", there.output, today=there.day)
    left = [one for one in (there.output / "dalian").rglob("*") if one.name == "S-1.html"]
    assert left == []


def test_night_that_is_not_made_live_uses_the_spare_up(there):
    live = there.nights(1)
    there.build(1, activate=False)
    assert there.live == live
    there.build(1)
    assert small_sites.files_of(there.live) == there.whole()
    assert inodes(there.spare) == inodes(there.live)


@pytest.mark.parametrize("stops", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("at", [0, 1, 5])
def test_spare_that_could_not_be_finished_is_none(there, monkeypatch, stops, at):
    """Whatever stops it, the switch is done; the next night goes on as if there never was one."""
    there.nights(1)
    left, link = [at], os.link

    def stopping(source, target, **options):
        if "/gone-" in str(target):
            if not left[0]:
                raise stops
            left[0] -= 1
        link(source, target, **options)

    with monkeypatch.context() as once:
        once.setattr(spares.os, "link", stopping)
        if stops is OSError:
            there.build()
        else:
            with pytest.raises(KeyboardInterrupt):
                there.build()
    assert small_sites.files_of(there.live) == there.whole()
    assert not there.spare.exists()
    there.build()
    assert small_sites.files_of(there.live) == there.whole()
    assert inodes(there.spare) == inodes(there.live)
