"""What a run says when it is stopped: whether the live site is another, which path was refused, and no traceback."""

import errno
import json
import os
from pathlib import Path
import subprocess
import sys
import tempfile

from forked_builds import wait_for_all
from killed_builds import Ground
import pytest
from sizes import EVERY, NEAR, thinned
import small_sites

SWITCH = 48
"""So many changes are near the switch; behind them an old release is taken away."""

LIVE, SAME = "已经上线", "没有变化"


def started(ground, command, *options, mount=(), redirect="", **environment):
    """A command in a shell of its own, after a tmpfs was mounted for it alone: (options of it, folder)."""
    if command == "build":
        whole = ground.argv()
    else:
        whole = [command, "--site", str(ground.site), "--output", str(ground.output), "--as-of", str(small_sites.AS_OF)]
    script = "".join(f"mount -t tmpfs -o {limits} none {place} && " for limits, place in mount)
    script += f'exec "$0" -W error -m site_builder "$@" {redirect}'
    shell = ["unshare", "-m"] if mount else []
    done = subprocess.run(
        [*shell, "sh", "-c", script, sys.executable, *whole, *map(str, options)],
        cwd=small_sites.PROGRAM,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    assert "Exception ignored" not in done.stderr + done.stdout, done.stderr
    return done


def assert_told(ground, before, answer):
    """A stopped run says that the site is another exactly where it is."""
    now = ground.version()
    assert now in {before, ground.latest()}
    if answer["code"]:
        assert (LIVE in answer["said"], SAME in answer["said"]) == (now != before, now == before), answer["said"]
        assert now == before or ground.latest() in answer["said"]


@pytest.mark.parametrize("end", ["interrupt", "fail"])
def test_run_stopped_near_the_switch_says_whether_the_site_is_another(ground, end):
    changes = ground.build()["changes"]
    first = changes.index("os.fsync")
    seen = set()
    left = len(changes) - first
    for number in (*range((end == "fail") % NEAR, min(SWITCH, left), NEAR), *range(SWITCH, left, EVERY)):
        before = ground.version()
        how = ["interrupt", number] if end == "interrupt" else ["fail", first + 1 + number, errno.EIO, False]
        answer = ground.build(how)
        assert_told(ground, before, answer)
        seen.add((answer["code"], ground.version() != before))
    stopped = 130 if end == "interrupt" else 4
    assert {(stopped, False), (stopped, True)} <= seen
    assert ground.build()["code"] == 0
    ground.assert_clean()


def test_build_whose_words_nobody_can_read_is_live_and_says_so(ground):
    done = started(ground, "build", redirect="> /dev/full")
    assert (done.returncode, ground.version()) == (4, ground.latest())
    assert f"新版本 {(ground.place / 'current').resolve().name} 已经上线" in done.stderr
    assert SAME not in done.stderr
    ground.assert_clean()


WAYS = ["> /dev/full", "2> /dev/full", "> /dev/full 2>&1", ">&-", "2>&-", "| true"]
SAID = [(way, options) for way in WAYS for options in thinned([(), ("--json",)], 2, WAYS.index(way))]


@pytest.mark.parametrize(("redirect", "options"), SAID)
def test_no_traceback_where_words_cannot_be_written(ground, redirect, options):
    done = started(ground, "check", *options, "--export", ground.folder / "none", redirect=redirect)
    assert done.returncode in {0, 2, 4}
    before = ground.version()
    done = started(ground, "build", *options, redirect=redirect)
    assert done.returncode in {0, 4}
    assert ground.version() == ground.latest() != before


def test_order_carried_out_whose_words_nobody_can_read_says_so_and_may_be_given_again(ground):
    order = ["S-1", "--by", "演示", "--why", "演示", "--json"]
    done = started(ground, "withhold", *order, redirect="> /dev/full")
    assert done.returncode == 4
    assert LIVE in done.stderr
    assert SAME not in done.stderr
    assert small_sites.ids_of(small_sites.live_root(ground.output), "severe-list") == []
    told = json.loads(started(ground, "withhold", *order).stdout)
    assert (told["written"], told["was_live"]) == (False, False)


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["text", "json"])
def test_order_that_the_disk_does_not_take_says_that_it_is_written_and_the_site_the_same(ground, options):
    before = ground.version()
    (ground.place / "releases").chmod(0o555)
    argv = [
        "withhold",
        "S-1",
        "--by",
        "演示",
        "--why",
        "演示",
        "--as-of",
        str(small_sites.AS_OF),
        "--jobs",
        "1",
        *options,
    ]
    argv += ["--site", str(ground.site), "--output", str(ground.output)]
    answer = ground.warm.run({"argv": argv, "plain": True})
    (ground.place / "releases").chmod(0o755)
    assert (answer["code"], ground.version()) == (4, before)
    for words in ("permission 没有权限", "overlay-written", "线上网站还没有重建", SAME):
        assert words in answer["said"]


@pytest.mark.needs_mount
@pytest.mark.parametrize("limits", ["ro", "size=4k,nr_inodes=1"], ids=["read-only", "full"])
def test_dev_shm_is_not_needed(warm, limits):
    with tempfile.TemporaryDirectory(dir="/var/tmp") as elsewhere:  # other tests' folders may lie there
        ground = Ground(Path(elsewhere), warm)
        assert ground.build()["code"] == 0
        done = started(ground, "build", "--jobs", "2", mount=[(limits, "/dev/shm")], TMPDIR=elsewhere)  # noqa: S108
        assert (done.returncode, ground.version()) == (0, ground.latest()), done.stderr
        ground.assert_clean()


@pytest.mark.needs_mount
@pytest.mark.parametrize("limits", ["ro", "size=4k", "nr_inodes=2"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_build_needs_no_folder_for_temporary_files_but_its_own(ground, tmp_path, limits, jobs):
    (tmp_path / "tmp").mkdir()
    mounts = [(limits, tmp_path / "tmp")]
    done = started(ground, "build", "--jobs", jobs, mount=mounts, TMPDIR=str(tmp_path / "tmp"))
    assert (done.returncode, ground.version()) == (0, ground.latest()), done.stderr


def test_killed_build_leaves_nothing_in_the_folder_for_temporary_files(ground, tmp_path):
    """What is withheld is set aside in the private folder alone, where the next build clears it."""
    (tmp_path / "tmp").mkdir()
    whole = [sys.executable, "-m", "site_builder", *ground.argv(), "--jobs", "2"]
    with subprocess.Popen(whole, cwd=small_sites.PROGRAM, env=os.environ | {"TMPDIR": str(tmp_path / "tmp")}) as dying:
        while dying.poll() is None and not list(ground.place.glob("state/work-*/tmp*")):
            os.sched_yield()
        dying.kill()
    assert dying.returncode == -9
    assert list((tmp_path / "tmp").iterdir()) == []
    wait_for_all(ground.place / "state" / "lock")
    assert ground.build()["code"] == 0
    ground.assert_clean()


@pytest.mark.needs_mount
def test_releases_on_another_disk_than_state_is_told_in_words(tmp_path, warm):
    there = Ground(tmp_path, warm)
    (there.place / "releases").mkdir(parents=True)
    done = started(there, "build", mount=[("mode=755", there.place / "releases")])
    assert done.returncode == 4
    assert "不在同一个磁盘上" in done.stderr
    assert str(there.place / "releases") in done.stderr
    assert SAME in done.stderr


@pytest.mark.parametrize("closed", [".", "releases", "state"])
def test_refused_path_is_named(ground, closed):
    folder = ground.place / closed
    folder.chmod(0o555)
    answer = ground.build(plain=True)
    folder.chmod(0o755)
    assert answer["code"] in {0, 4}
    if answer["code"]:
        assert f"{folder.resolve()}/" in answer["said"]
        assert "permission 没有权限" in answer["said"]
        assert SAME in answer["said"]


def test_unreadable_file_of_an_export_is_named(ground):
    argv = ground.argv()
    path = ground.folder / "exports" / str(ground.number) / "severe-list.csv"
    path.chmod(0)
    answer = ground.warm.run({"argv": argv, "plain": True})
    assert answer["code"] == 4
    assert str(path) in answer["said"]
    assert "没有权限" in answer["said"]
