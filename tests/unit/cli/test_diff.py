"""``diff``: what a release would add, change and remove; the private report stays out of every web root."""

import json
import stat

from copied_sites import copied
import html5lib
import pytest
import small_sites
from webmasters_desk import Desk, clean


@copied
def desk(folder):
    """Five entries, a measure and a role model live."""
    made = Desk(folder)
    made.export(
        severe=[small_sites.entry(f"S-{number}") for number in range(1, 6)],
        measures=[small_sites.measure()],
        models=[small_sites.model()],
    )
    assert made.run("build").returncode == 0
    return made


def later(desk, severe, **lists):
    lists = {"measures": [small_sites.measure()], "models": [small_sites.model()]} | lists
    small_sites.write_export(desk.folder / "next", severe=severe, version="2026.11.19", **lists)
    return ("--export", str(desk.folder / "next"))


def test_diff_tells_added_changed_and_removed_ids_and_no_value(desk):
    rows = [
        small_sites.entry("S-1"),
        small_sites.entry("S-2", cause="演示新的事由甲乙", updated_on="2026-11-18"),
        small_sites.entry("S-3", removed_on="2026-11-19"),
        small_sites.entry("S-4", notified_on=None),
        small_sites.entry("S-5"),
        small_sites.entry("S-6"),
    ]
    done = clean(desk.run("diff", *later(desk, rows)))
    assert done.returncode == 0
    assert "严重失信主体名单：5 → 4" in done.stdout
    assert "新增 1：S-6" in done.stdout
    assert "改动 1：S-2（认定事由、更新日期）" in done.stdout
    assert "撤下 2：S-3（已移出名单）、S-4（未事先告知）" in done.stdout
    assert "诚信典型：1 → 1，没有变化" in done.stdout
    assert "甲乙" not in done.stdout + done.stderr


def test_report_holds_both_values_escaped_and_lies_in_the_private_state(desk):
    options = later(
        desk, [small_sites.entry("S-1", cause="演示<b>甲乙"), *(small_sites.entry(f"S-{n}") for n in range(2, 6))]
    )
    published = small_sites.all_of(desk.output / "dalian" / "releases")
    done = clean(desk.run("diff", *options, "--json"))
    assert done.returncode == 0
    report = desk.output / "dalian" / "state" / "diff.html"
    assert json.loads(done.stdout)["report"] == str(report)
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    text = report.read_text()
    html5lib.HTMLParser(strict=True).parse(text)
    assert "演示事由 S-1" in text
    assert "演示&lt;b&gt;甲乙" in text
    assert small_sites.all_of(desk.output / "dalian" / "releases") == published


@pytest.mark.parametrize("folder", ["current", "releases", "current/data"])
def test_report_is_refused_inside_what_is_published(desk, folder):
    before = small_sites.all_of(desk.output)
    where = desk.output / "dalian" / folder / "diff.html"
    done = clean(desk.run("diff", *later(desk, [small_sites.entry("S-1")]), "--report", str(where), "--json"))
    assert done.returncode == 2
    assert json.loads(done.stdout)["findings"][0]["code"] == "inside-release"
    assert small_sites.all_of(desk.output) == before


def test_guard_against_shrinking_is_explained(desk):
    rows = [
        small_sites.entry("S-1"),
        small_sites.entry("S-2", removed_on="2026-11-19"),
        *(small_sites.entry(f"S-{number}", notified_on=None) for number in range(3, 6)),
    ]
    done = clean(desk.run("diff", *later(desk, rows)))
    assert done.returncode == 1
    assert "shrink" in done.stderr
    assert "从 5 条到 1 条；因日期、处置或法规改变撤下的 1 条不算，" in done.stdout
    assert "其余少 3 条，占 60.0%，上限 20%：超过上限" in done.stdout
    told = json.loads(desk.run("diff", *later_again(desk), "--json").stdout)
    assert told["shrinkage"][0] == {"kind": "severe-list", "before": 5, "after": 1, "lawful": 1, "lost": 3}
    assert [one["lawful"] for one in told["kinds"]["severe-list"]["removed"]] == [True, False, False, False]


def later_again(desk):
    return ("--export", str(desk.folder / "next"))


def test_row_left_out_is_shown_as_gone_and_stops(desk):
    done = clean(desk.run("diff", *later(desk, [small_sites.entry(f"S-{number}") for number in range(1, 5)])))
    assert done.returncode == 1
    assert "撤下 1：S-5（本导出中没有，或者被隔离）" in done.stdout


def test_same_export_differs_in_nothing(desk):
    done = clean(desk.run("diff", "--json"))
    assert done.returncode == 0
    kinds = json.loads(done.stdout)["kinds"]
    assert all(not one["added"] + one["changed"] + one["removed"] for one in kinds.values())


def test_before_the_first_release_all_is_added_and_nothing_is_written(tmp_path):
    fresh = Desk(tmp_path)
    fresh.export(severe=[small_sites.entry("S-1")])
    before = small_sites.all_of(tmp_path)
    done = clean(fresh.run("diff", "--json"))
    told = json.loads(done.stdout)
    assert (told["live"], told["report"], told["kinds"]["severe-list"]["added"]) == (None, None, ["S-1"])
    assert small_sites.all_of(tmp_path) == before
