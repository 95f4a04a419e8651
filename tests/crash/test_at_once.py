"""Several builds of one site at once, and a clock that is wrong."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

from killed_builds import Ground, Warm
import pytest
import small_sites


def test_of_builds_at_once_one_works_and_the_others_say_so(tmp_path, warm):
    """Also when the first build fails, and takes the place away while another comes."""
    other = Warm()
    try:
        grounds = [
            Ground(tmp_path / name, one, output=tmp_path / "out") for name, one in (("one", warm), ("other", other))
        ]
        for turn in range(6):
            extra = ["--as-of", "2026-01-01"] if turn == 0 else []
            with ThreadPoolExecutor(2) as pool:
                answers = list(pool.map(partial(Ground.build, extra=extra), grounds))
            codes = [answer["code"] for answer in answers]
            if turn == 0:
                assert set(codes) <= {1, 3}
                assert not (tmp_path / "out").exists()
                continue
            assert set(codes) in ({0}, {0, 3})
            assert grounds[0].version() == grounds[0].latest()
            grounds[0].assert_clean()
    finally:
        other.close()


@pytest.mark.parametrize("moment", ["1970-01-01T00:00:00+00:00", "2026-11-18T09:59:00+08:00"])
def test_clock_before_the_approval_refuses_a_build_and_leaves_the_site(tmp_path, warm, moment):
    ground = Ground(tmp_path, warm)
    assert ground.build()["code"] == 0
    before = small_sites.all_of(ground.output)
    answer = ground.build(clock=moment, today=True)
    assert answer["code"] == 1
    assert "as-of-before-live" in answer["said"]
    assert small_sites.all_of(ground.output) == before
    assert ground.build()["code"] == 0
    ground.assert_clean()


def test_clock_of_1970_refuses_the_first_build_and_leaves_no_folder(tmp_path, warm):
    ground = Ground(tmp_path, warm)
    answer = ground.build(clock="1970-01-01T00:00:00+00:00", today=True)
    assert answer["code"] == 1
    assert "created-later" in answer["said"]
    assert not ground.output.exists()


def test_next_build_after_a_release_that_was_not_switched_in_takes_it_away(tmp_path, warm):
    """Even where older releases are kept: the dead build's was never live, and is not one of them."""
    ground = Ground(tmp_path, warm, publish__keep=3)
    assert ground.build()["code"] == 0
    were_live, seen = {ground.version()}, set()
    for number in range(0, 32, 3):
        assert ground.build(["switch", number])["code"] == -9
        were_live.add(ground.version())
        seen |= releases(ground)
    assert ground.build()["code"] == 0
    were_live.add(ground.version())
    assert seen - were_live
    assert releases(ground) <= were_live


def releases(ground):
    """The versions on disk, each with its file list."""
    found = list((ground.place / "releases").iterdir())
    assert all((one / "release-files.txt").is_file() for one in found)
    return {one.name.partition("_")[0] for one in found}


def test_nothing_of_a_killed_build_lives_on(tmp_path, warm):
    """The kernel kills the workers and Pagefind with the build: none of them still works in the site's folder."""
    ground = Ground(tmp_path, warm)
    life = ground.build(jobs=2)["seconds"]
    for share in (0.2, 0.4, 0.6, 0.8):
        ground.build(["timer", life * share], jobs=2)
        assert working_in(tmp_path) == []


def working_in(folder):
    """The processes whose current folder or an open file is below a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            held = [process / "cwd", *(process / "fd").iterdir()]
            if any(str(one.readlink()).startswith(str(folder)) for one in held):
                found.append(process.name)
    return found
