"""A disk that fails: every n-th change refused, no space, no more file names, a size limit, no leave to write."""

from contextlib import contextmanager
import errno
import os
import subprocess

from killed_builds import Ground
import pytest
from sizes import EVERY
from sizes import NEAR as STEP

NEAR = 50
ERRORS = [errno.ENOSPC, errno.EIO]
ROOMY = {"size": "64m", "nr_inodes": 20_000}


def assert_old_or_new(ground, before, answer):
    """The live site is the old release or the new one, whole; a build that says it is done is live."""
    now = ground.version()
    assert answer["code"] in {0, 4}, answer["said"]
    assert now in {before, ground.latest()}
    if answer["code"] == 0:
        assert now == ground.latest()
    else:
        assert "演示" in answer["said"] or answer["said"].count("→") == 1


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
def test_every_change_to_the_disk_may_fail(ground, lasting):
    """Refused at the program's own calls (opening for writing, writing, renaming, …), in the building process."""
    changes = ground.build()["changes"]
    switch = changes.index("os.fsync")
    near = range(switch - 5 + lasting % STEP, min(switch + NEAR, len(changes)), STEP)
    failed = 0
    for turn, number in enumerate(sorted({*range(1, len(changes) + 1, EVERY), *near})):
        before = ground.version()
        answer = ground.build(["fail", number, ERRORS[turn % len(ERRORS)], lasting])
        assert_old_or_new(ground, before, answer)
        failed += answer["code"] == 4
        if number < switch and answer["code"]:
            assert ground.version() == before
        if turn % 5 == 0 or EVERY == 1:
            assert ground.build()["code"] == 0
            ground.assert_clean()
    assert failed > len(near) // 2


@pytest.mark.parametrize("size", [0, 200, 2000, 8000, 20_000, 40_000])
def test_limit_on_a_files_size_leaves_the_live_site(ground, size):
    """The kernel's own limit: what Python, Pagefind and the workers write fails alike."""
    for jobs in (1, 2):
        before = ground.version()
        answer = ground.build(jobs=jobs, file_size=size)
        assert (answer["code"], ground.version()) == (4, before), answer["said"]
    assert ground.build()["code"] == 0
    ground.assert_clean()


@contextmanager
def small_disk(folder):
    """A disk of its own; ``resize(**options)`` changes what it holds."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755,size=64m,nr_inodes=20000", "none", folder], check=True)

    def resize(**limits):
        words = ",".join(f"{name}={value}" for name, value in limits.items())
        subprocess.run(["mount", "-o", f"remount,{words}", folder], check=True)

    try:
        yield resize
    finally:
        subprocess.run(["umount", folder], check=True)


def used(folder):
    told = os.statvfs(folder)
    return (told.f_blocks - told.f_bfree) * told.f_frsize, told.f_files - told.f_ffree


@pytest.mark.needs_mount
@pytest.mark.parametrize("what", ["size", "nr_inodes"])
def test_full_disk_leaves_the_live_site(tmp_path, warm, what):
    with small_disk(tmp_path / "disk") as resize:
        ground = Ground(tmp_path, warm, output=tmp_path / "disk" / "out")
        assert ground.build()["code"] == 0
        size, files = used(tmp_path / "disk")
        failed = 0
        for share in (0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9):
            before = ground.version()
            more = {"size": size + int(size * share), "nr_inodes": files + max(1, int(files * share))}
            resize(**{**ROOMY, what: more[what]})
            answer = ground.build(jobs=1 + int(share * 100) % 2)
            assert_old_or_new(ground, before, answer)
            assert answer["code"] == 0 or ground.version() == before
            failed += answer["code"] == 4
            resize(**ROOMY)
        assert failed > 3
        assert ground.build()["code"] == 0
        ground.assert_clean()


@pytest.mark.needs_mount
def test_read_only_disk_leaves_the_live_site(tmp_path, warm):
    with small_disk(tmp_path / "disk"):
        ground = Ground(tmp_path, warm, output=tmp_path / "disk" / "out")
        assert ground.build()["code"] == 0
        before = ground.version()
        subprocess.run(["mount", "-o", "remount,ro", tmp_path / "disk"], check=True)
        answer = ground.build()
        assert (answer["code"], ground.version()) == (4, before)
        assert "只读" in answer["said"]
        subprocess.run(["mount", "-o", "remount,rw", tmp_path / "disk"], check=True)
        assert ground.build()["code"] == 0
        ground.assert_clean()


@pytest.mark.parametrize("closed", [".", "releases"])
def test_folder_one_may_not_write_leaves_the_live_site(ground, closed):
    before, folder = ground.version(), ground.place / closed
    folder.chmod(0o555)
    answer = ground.build(plain=True)
    assert (answer["code"], ground.version()) == (4, before)
    assert "没有权限" in answer["said"]
    folder.chmod(0o755)
    assert ground.build(plain=True)["code"] == 0
    ground.assert_clean()
