"""What each command says and how it exits where ``state/`` is lost, and that what it says to do works."""

import json
import shutil

from copied_sites import copied
import pytest
import small_sites
from webmasters_desk import Desk, clean


@copied
def desk(folder):
    made = Desk(folder)
    made.export()
    assert made.run("build").returncode == 0
    shutil.rmtree(made.output / "dalian" / "state")
    return made


def codes(done):
    return [one["code"] for one in json.loads(done.stdout)["findings"]]


def test_nightly_build_ends_with_exit_code_1_and_names_what_mends_it(desk):
    done = clean(desk.run("build", day="2026-11-21"))
    assert done.returncode == 1
    assert done.stderr.count("state/live.json state-lost 没有这个文件") == 1
    assert "build --adopt-live" in done.stderr
    assert done.stderr.endswith("共 3 项；线上网站没有变化。\n")


def test_next_ends_with_exit_code_1(desk):
    done = clean(desk.run("next", "--as-of", "2026-11-20", "--json"))
    assert done.returncode == 1
    assert set(codes(done)) == {"state-lost"}


@pytest.mark.parametrize("command", ["check", "diff"])
def test_check_and_diff_tell_it_beside_what_the_live_release_still_tells(desk, command):
    newer = desk.export("newer", severe=[small_sites.entry("S-2")], version="2026.11.19")
    done = clean(desk.run(command, "--export", str(newer), "--json"))
    assert done.returncode == 1
    assert set(codes(done)) >= {"state-lost", "vanished", "resurrected"}


def test_explain_still_explains(desk):
    assert clean(desk.run("explain", "S-1")).returncode == 0


def test_adopting_mends_it_and_every_command_works_again(desk):
    done = clean(desk.run("build", "--adopt-live"))
    assert done.returncode == 0
    assert "已从线上版本接管" in done.stderr
    for command, options in (("build", []), ("check", []), ("diff", []), ("next", ["--as-of", "2026-11-20"])):
        done = clean(desk.run(command, *options))
        assert (done.returncode, "state-lost" in done.stderr) == (0, False)


def test_withhold_works_with_the_export_and_tells_what_it_held_back(desk):
    order = ["--by", "演示科", "--why", "演示", "--as-of", "2026-11-20", "--jobs", "1"]
    export = str((desk.folder / "export").rename(desk.folder / "elsewhere"))
    refused = clean(desk.run("withhold", *order, "S-1"))
    assert refused.returncode == 2
    assert "no-export" in refused.stderr
    done = clean(desk.run("withhold", *order, "--export", export, "--json", "S-1"))
    told = json.loads(done.stdout)
    assert (done.returncode, told["was_live"], told["held_back"]) == (0, True, [])
    shutil.rmtree(desk.output / "dalian" / "state")
    small_sites.write_overlay(desk.site, [])
    done = clean(desk.run("withhold", *order, "--export", export, "R-0001"))
    assert done.returncode == 0
    assert "也写进了 overlay.yml，核实应当公开的再删去：S-1" in done.stdout
