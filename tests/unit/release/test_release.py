"""Releases on disk: held by one build, switched in one step, pruned, and untouched by a build that fails."""

import datetime as dt
import hashlib
import json
import os
from pathlib import Path
import subprocess
import sys

import pytest
import small_sites

from site_builder.errors import Exit, SiteBuilderError
from site_builder.export import rows
from site_builder.release.live import LIVE, Count, Live, against_live, encode_live, read_live, same_export
from site_builder.release.place import held
from site_builder.release.shared import listed
from site_builder.release.tree import Tree
from site_builder.vocabulary import Kind

DAY = dt.timedelta(days=1)
HOLDER = """
import sys
from pathlib import Path
from site_builder.release.place import held
with held(Path(sys.argv[1]), sys.argv[2], "small"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def there(tmp_path):
    """A site folder, one entry's export, and where to build."""
    return Ground(tmp_path)


class Ground:
    """One site with as many exports as a test needs."""

    def __init__(self, folder, city="dalian", **site):
        self.folder = folder
        self.city = city
        self.site = small_sites.write_site(folder / "content", city, **site)
        self.output = folder / "out"
        self.count = 0

    def export(self, *severe, version=small_sites.VERSION, **changes):
        self.count += 1
        rows = list(severe) or [small_sites.entry("S-1")]
        return small_sites.write_export(self.folder / f"export-{self.count}", severe=rows, version=version, **changes)

    def build(self, export, **options):
        return small_sites.build_site(self.site, export, self.output, **options)

    def refused(self, export, **options):
        with pytest.raises(SiteBuilderError) as caught:
            self.build(export, **options)
        stopping = [finding for finding in caught.value.findings if not finding.warning]
        return caught.value.exit_code, [finding.code for finding in stopping]

    @property
    def place(self):
        return self.output / self.city

    @property
    def live(self):
        return read_live(self.place / "state")

    def everything(self):
        return small_sites.all_of(self.output)


def test_first_build_makes_the_release_and_switches_it_in(there):
    report = there.build(there.export())
    assert there.place.joinpath("current").readlink() == Path("releases/2026.11.18_2026-11-20")
    assert Path(report.release) == there.place / "releases" / "2026.11.18_2026-11-20"
    assert report.active
    assert sorted(path.name for path in there.place.iterdir()) == ["current", "releases", "state"]


def test_state_is_private_and_the_web_root_is_readable(there):
    there.build(there.export())
    assert (there.place / "state").stat().st_mode & 0o777 == 0o700
    assert there.place.joinpath("current").resolve().stat().st_mode & 0o777 == 0o755
    folders = {path.name for path in (there.place / "current").iterdir() if path.is_dir()}
    assert not folders & {"state", "releases"}


def test_state_keeps_nothing_of_the_work(there):
    there.build(there.export())
    assert not list((there.place / "state").glob("work-*"))


def test_locked_site_is_left_alone_with_exit_code_3(there):
    export = there.export()
    there.build(export)
    before = there.everything()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(there.output), there.city],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        work = there.everything().keys() - before.keys()
        assert there.refused(export, full=True) == (Exit.LOCKED, ["locked"])
        assert there.everything().keys() - before.keys() == work
        command = ["build", "--site", there.site, "--export", export, "--as-of", "2026-11-20"]
        done = subprocess.run(
            small_sites.command(*command, "--output", there.output, "--jobs", "1"),
            cwd=small_sites.PROGRAM,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 3
        assert "locked" in done.stderr
        assert "Traceback" not in done.stderr
        holder.stdin.close()
        assert holder.wait() == 0
    assert there.everything() == before
    assert not there.build(export, full=True).unchanged


def test_another_site_of_the_output_is_not_held(there, tmp_path):
    other = small_sites.write_site(tmp_path / "content", "lingyuan")
    export = there.export()
    with held(there.output, "dalian", "small"):
        assert small_sites.build_site(other, export, there.output).active


def test_work_a_killed_build_left_is_cleared(there):
    export = there.export()
    there.build(export)
    left = there.place / "state" / "work-k1ll_d00"
    (left / "root").mkdir(parents=True)
    (left / "root" / "index.html").write_text("演示")
    there.build(export, full=True)
    assert not left.exists()


@pytest.mark.parametrize("later", [dt.timedelta(), DAY], ids=["same day", "next night"])
def test_announcement_taken_out_of_a_folder_that_is_a_link_is_gone(there, later):
    kept = there.folder / "kept"
    kept.mkdir()
    (kept / "a.md").write_text("---\ntitle: 演示公告\ncategory: 公告\ndate: 2026-11-01\n---\n\n演示内容。\n")
    (kept / "round").symlink_to(kept, target_is_directory=True)
    (there.site.parent / "news").symlink_to(kept, target_is_directory=True)
    export = there.export()
    there.build(export)
    shown = small_sites.live_root(there.output, there.city)
    assert (shown / "news/a.html").is_file()
    (kept / "a.md").unlink()
    report = there.build(export, as_of=small_sites.AS_OF + later)
    assert not report.unchanged
    assert not (small_sites.live_root(there.output, there.city) / "news/a.html").exists()


def test_same_build_again_changes_nothing(there):
    export = there.export()
    there.build(export)
    before = there.everything()
    report = there.build(export)
    assert report.unchanged
    assert there.everything() == before


def test_full_build_makes_the_same_bytes_under_a_new_name(there):
    export = there.export()
    there.build(export)
    before = small_sites.files_of(small_sites.live_root(there.output))
    report = there.build(export, full=True)
    assert Path(report.release).name == "2026.11.18_2026-11-20_2"
    assert small_sites.files_of(small_sites.live_root(there.output)) == before


def test_build_that_is_not_activated_leaves_the_live_release(there):
    there.build(there.export())
    live = small_sites.live_root(there.output)
    state = there.live
    report = there.build(there.export(version="2026.11.19"), activate=False)
    assert not report.active
    assert Path(report.release).is_dir()
    assert small_sites.live_root(there.output) == live
    assert there.live == state


@pytest.mark.parametrize("keep", [0, 1, 2])
def test_prune_keeps_the_newest_releases_beside_the_live_one(tmp_path, keep):
    there = Ground(tmp_path, publish__keep=keep)
    export = there.export()
    names = [f"2026.11.18_{small_sites.AS_OF + DAY * number}" for number in range(4)]
    for number in range(4):
        report = there.build(export, as_of=small_sites.AS_OF + DAY * number)
    left = sorted(path.name for path in (there.place / "releases").iterdir())
    assert left == names[3 - keep :]
    assert list(report.pruned) == [names[2 - keep]]
    assert small_sites.live_root(there.output).name == names[3]


def test_removed_record_is_gone_from_disk_after_the_next_build(there):
    there.build(there.export(small_sites.entry("S-1", cause="演示标记甲"), small_sites.entry("S-2")))
    removed = small_sites.entry("S-1", cause="演示标记甲", removed_on=small_sites.AS_OF)
    there.build(there.export(removed, small_sites.entry("S-2"), version="2026.11.19"))
    holding = [path for path, data in small_sites.files_of(there.output).items() if "演示标记甲".encode() in data]
    assert all(path.startswith("dalian/state/exports/") for path in holding), "only in the export, which is private"


def test_failing_first_build_leaves_no_folder(there):
    before = small_sites.all_of(there.folder)
    export = there.export(approval={"status": "pending"})
    before = small_sites.all_of(there.folder)
    assert there.refused(export) == (Exit.FINDINGS, ["not-approved"])
    assert small_sites.all_of(there.folder) == before


def test_failing_first_build_leaves_no_folder_above_the_output(there):
    export = there.export(approval={"status": "pending"})
    before = small_sites.all_of(there.folder)
    there.output = there.folder / "srv" / "www" / "out"
    assert there.refused(export)[0] == Exit.FINDINGS
    assert small_sites.all_of(there.folder) == before


def test_failing_first_build_leaves_what_another_site_has_in_the_output(there, tmp_path):
    other = small_sites.write_site(tmp_path / "content", "lingyuan")
    small_sites.build_site(other, there.export(), there.output)
    before = there.everything()
    assert there.refused(there.export(approval={"status": "pending"}))[0] == Exit.FINDINGS
    assert there.everything() == before


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"approval": {"status": "pending"}}, "not-approved"),
        ({"created": "2026-11-21T00:00:00+08:00"}, "created-later"),
        ({"approval": {"valid_through": "2026-11-19"}}, "approval-expired"),
        ({"name": "other"}, "export-name"),
    ],
)
def test_refused_export_leaves_everything_as_it_was(there, change, code):
    there.build(there.export())
    before = there.everything()
    exit_code, codes = there.refused(there.export(version="2026.11.19", **change))
    assert exit_code == Exit.FINDINGS
    assert code in codes or code == "export-name"
    assert there.everything() == before


def test_faulty_row_leaves_everything_as_it_was(there):
    there.build(there.export())
    before = there.everything()
    export = there.export(
        small_sites.entry("S-1"), small_sites.entry("S-2", decided_on="2024-13-01"), version="2026.11.19"
    )
    assert there.refused(export) == (Exit.FINDINGS, ["bad-date"])
    assert there.everything() == before
    assert there.build(export, quarantine=True).counts[Kind.SEVERE].rejected == 1


def test_picture_that_cannot_be_drawn_leaves_everything_as_it_was(there):
    there.build(there.export())
    before = there.everything()
    export = there.export(
        version="2026.11.19",
        models=[small_sites.model("R-1", photo="face")],
        pictures={"face": ("png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)},
    )
    assert there.refused(export)[0] == Exit.FINDINGS
    assert there.everything() == before


def test_broken_theme_leaves_everything_as_it_was(there, tmp_path):
    there.build(there.export())
    before = there.everything()
    themes = tmp_path / "themes"
    (themes / "slim").mkdir(parents=True)
    (themes / "slim" / "theme.yml").write_text("name: other\n")
    with pytest.raises(SiteBuilderError) as caught:
        there.build(there.export(version="2026.11.19"), themes=themes)
    assert caught.value.exit_code == Exit.USAGE
    assert there.everything() == before


def test_switch_that_fails_leaves_everything_as_it_was(there):
    there.build(there.export())
    current = there.place / "current"
    current.unlink()
    current.mkdir()
    (current / "index.html").write_text("演示")
    before = there.everything()
    with pytest.raises(OSError, match="current"):
        there.build(there.export(version="2026.11.19"))
    assert there.everything() == before


def test_memory_that_cannot_be_written_leaves_everything_as_it_was(there):
    there.build(there.export())
    (there.place / "state" / "live.json.new").mkdir()
    before = there.everything()
    with pytest.raises(OSError, match=r"live\.json"):
        there.build(there.export(version="2026.11.19"))
    assert there.everything() == before


def test_failing_first_build_tells_its_fault_while_another_site_appears_beside_it(tmp_path):
    output = tmp_path / "out"

    def fail():
        with held(output, "dalian", "small"):
            (output / "lingyuan").mkdir()
            raise ValueError("演示")

    with pytest.raises(ValueError, match="演示"):
        fail()
    assert [path.name for path in output.iterdir()] == ["lingyuan"]


def test_older_export_needs_leave(there):
    there.build(there.export(version="2026.11.18.2"))
    older = there.export(version="2026.11.18")
    before = there.everything()
    assert there.refused(older) == (Exit.FINDINGS, ["older-export"])
    assert there.everything() == before
    assert there.build(older, allow=["older-export"]).active
    assert there.live.version == "2026.11.18"
    assert "older-export" in there.live.allowed


@pytest.mark.parametrize(("live", "newer"), [("2026.11.18.2", "2026.11.18.10"), ("2026.11.9.1", "2026.11.18")])
def test_versions_are_ordered_by_their_numbers(there, live, newer):
    if live == "2026.11.9.1":
        live = "2026.11.09.1"
    there.build(there.export(version=live))
    assert there.build(there.export(version=newer)).active


def test_version_of_the_live_release_with_other_bytes_is_refused(there):
    there.build(there.export())
    before = there.everything()
    other = there.export(small_sites.entry("S-1", cause="演示另文"))
    assert there.refused(other) == (Exit.FINDINGS, ["other-bytes"])
    assert there.refused(other, allow=["older-export", "unpublished-measure"])[1] == ["other-bytes"]
    assert there.everything() == before


def test_day_before_the_live_releases_is_refused(there):
    export = there.export()
    there.build(export)
    before = there.everything()
    assert there.refused(export, as_of=small_sites.AS_OF - DAY) == (Exit.FINDINGS, ["as-of-before-live"])
    assert there.refused(there.export(version="2026.11.19"), as_of=small_sites.AS_OF - DAY)[1] == ["as-of-before-live"]
    assert there.everything() == before


def test_expired_approval_refuses_a_new_export_and_not_a_rebuild(there):
    lasts = {"valid_through": "2026-11-20"}
    export = there.export(approval=lasts)
    there.build(export)
    later = small_sites.AS_OF + DAY
    assert there.refused(there.export(version="2026.11.19", approval=lasts), as_of=later)[1] == ["approval-expired"]
    report = there.build(export, as_of=later)
    assert [finding.code for finding in report.warnings] == ["approval-expired"]
    assert there.live.as_of == later


def test_rebuild_of_the_live_export_repeats_its_quarantine(there):
    export = there.export(small_sites.entry("S-1"), small_sites.entry("S-2", category="演示"))
    assert there.refused(export)[1] == ["unknown-word"]
    there.build(export, quarantine=True)
    report = there.build(export, as_of=small_sites.AS_OF + DAY)
    assert report.counts[Kind.SEVERE].rejected == 1
    assert there.live.quarantine


def test_rebuild_of_the_live_export_repeats_what_was_allowed(there):
    export = there.export(small_sites.entry("S-1", measure_ids=["M-9"]), measures=[small_sites.measure("M-1")])
    assert there.refused(export)[1] == ["unpublished-measure"]
    there.build(export, allow=["unpublished-measure"])
    report = there.build(export, as_of=small_sites.AS_OF + DAY)
    assert [finding.code for finding in report.warnings] == ["unpublished-measure"]
    assert there.live.allowed == ("unpublished-measure",)


def test_leave_is_given_for_one_export_alone(there):
    there.build(there.export(small_sites.entry("S-1", measure_ids=["M-9"])), allow=["unpublished-measure"])
    other = there.export(small_sites.entry("S-1", measure_ids=["M-9"], cause="演示另文"), version="2026.11.19")
    assert there.refused(other)[1] == ["unpublished-measure"]


def test_return_of_an_entry_whose_own_code_looks_like_a_persons_number_is_foreseen(tmp_path):
    site = small_sites.write_site(tmp_path / "content")
    day = dt.timedelta(days=1)
    back = {"repaired_on": small_sites.AS_OF - day, "repair_revoked_on": small_sites.AS_OF + 2 * day}
    rows = [small_sites.entry("S-1"), small_sites.entry("S-2", subject_code=small_sites.double_code(1), **back)]
    export = small_sites.write_export(tmp_path / "export", severe=rows)
    found = small_sites.examined(site, export).resolved
    assert [str(one) for one in found.reasons[Kind.SEVERE]["S-2"]] == ["repaired", "personal_data"]
    assert found.next_change == small_sites.AS_OF + 2 * day


def test_guard_that_first_speaks_on_a_rebuild_only_warns(there):
    """The measure is repealed tomorrow: the nightly rebuild must still take it away."""
    repealed = small_sites.measure("M-1", repealed_on=small_sites.AS_OF + DAY)
    export = there.export(small_sites.entry("S-1", measure_ids=["M-1"]), measures=[repealed])
    there.build(export)
    report = there.build(export, as_of=small_sites.AS_OF + DAY)
    assert [finding.code for finding in report.warnings] == ["unpublished-measure"]
    assert small_sites.ids_of(small_sites.live_root(there.output), "measures") == []


def test_unpublished_measure_only_warns_in_lingyuan(tmp_path):
    there = Ground(tmp_path, "lingyuan")
    report = there.build(there.export(small_sites.entry("S-1", measure_ids=["M-9"])))
    assert [finding.code for finding in report.warnings] == ["unpublished-measure"]


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
def test_measure_of_another_list_stands_on_no_page_of_the_entry_and_the_entry_on_none_of_its(tmp_path, city):
    there = Ground(tmp_path, city)
    export = there.export(
        small_sites.entry("S-1", measure_ids=["M-1", "M-2"]),
        small_sites.entry("S-2", measure_ids=["M-1", "M-2"], list_name="演示另一名单"),
        small_sites.entry("S-3", measure_ids=["M-1"], list_name="演示另一名单", disclosure="query"),
        measures=[small_sites.measure("M-1", lists=["演示严重失信名单"]), small_sites.measure("M-2")],
    )
    report = there.build(export)
    told = [one for one in report.warnings if one.code == "measure-not-for-list"]
    assert [("S-2" in one.message, "M-1" in one.message) for one in told] == [(True, True)]
    root = small_sites.live_root(there.output, city)
    named = {row["id"]: row["measure_ids"] for row in small_sites.rows_of(root, "severe-list")}
    assert named == {"S-1": ["M-1", "M-2"], "S-2": ["M-2"]}
    assert "measures/M-1.html" in (root / "severe" / "S-1.html").read_text()
    assert "measures/M-1.html" not in (root / "severe" / "S-2.html").read_text()
    assert "measures/M-2.html" in (root / "severe" / "S-2.html").read_text()
    links = small_sites.files_of(root / "data")
    assert not [path for path, data in links.items() if b"M-1,S-2," in data]
    assert [path for path, data in links.items() if b"M-1,S-1," in data]


def test_incentive_is_no_measure_for_an_entry(there):
    export = there.export(
        small_sites.entry("S-1", measure_ids=["M-1"]),
        measures=[small_sites.measure("M-1", kind="incentive", clause="DL-29-1")],
    )
    assert there.refused(export)[1] == ["unpublished-measure"]


def test_taking_a_record_away_by_overlay_is_never_refused(there):
    export = there.export(small_sites.entry("S-1"), small_sites.entry("S-2"), approval={"valid_through": "2026-11-20"})
    there.build(export)
    order = {"kind": "severe-list", "id": "s-1", "on": small_sites.AS_OF, "what": "court"}
    small_sites.write_overlay(there.site, [order])
    there.build(export, as_of=small_sites.AS_OF + DAY)
    assert small_sites.ids_of(small_sites.live_root(there.output), "severe-list") == ["S-2"]


def entries(count, **changes):
    """So many entries; ``changes`` maps a number to what is different in it, or None where the row is left out."""
    changed = {int(number.removeprefix("n")): value for number, value in changes.items()}
    rows = [changed.get(number, {}) for number in range(count)]
    return [small_sites.entry(f"S-{number}", **row) for number, row in enumerate(rows) if row is not None]


def test_record_left_out_of_the_export_stops_a_release_until_allowed(there):
    there.build(there.export(*entries(10)))
    fewer = there.export(*entries(10, n3=None), version="2026.11.19")
    before = there.everything()
    assert there.refused(fewer) == (Exit.FINDINGS, ["vanished"])
    assert there.everything() == before
    there.build(fewer, allow=["vanished"])
    assert "vanished" in there.live.allowed
    assert there.build(fewer, as_of=small_sites.AS_OF + DAY).active


def test_record_of_another_kind_is_missed_too(there):
    there.build(there.export(measures=[small_sites.measure()], models=[small_sites.model()]))
    assert there.refused(there.export(version="2026.11.19"), allow=["shrink"])[1] == ["vanished", "vanished"]


def test_rejected_record_of_the_live_release_has_vanished(there):
    there.build(there.export(*entries(10)))
    faulty = there.export(*entries(10, n3={"category": "演示"}), version="2026.11.19")
    assert "vanished" in there.refused(faulty, quarantine=True)[1]


def test_faults_of_quarantined_rows_are_warnings(there):
    export = there.export(small_sites.entry("S-1"), small_sites.entry("S-2", category="演示"))
    report = there.build(export, quarantine=True)
    assert [(finding.code, finding.warning) for finding in report.warnings] == [("unknown-word", True)]


@pytest.mark.parametrize("column", ["decided_on", "listed_on"])
def test_decision_of_a_day_after_the_exports_is_a_fault_of_its_row_on_any_later_day(there, column):
    made = dt.date.fromisoformat(small_sites.CREATED[:10])
    export = there.export(small_sites.entry("S-1", **{column: made}), small_sites.entry("S-2", **{column: made + DAY}))
    for as_of in (small_sites.AS_OF, small_sites.AS_OF + 400 * DAY):
        assert there.refused(export, as_of=as_of) == (1, ["later-than-export"])
    report = there.build(export, quarantine=True)
    assert report.counts[Kind.SEVERE].rejected == 1
    [told] = [one for one in report.warnings if one.code == "later-than-export"]
    assert (told.place.row, told.place.column) == (3, column)
    assert small_sites.ids_of(there.place / "current", Kind.SEVERE) == ["S-1"]


def test_rebuild_leaves_out_a_row_that_was_taken_in_before_its_day_was_asked_about(there, monkeypatch):
    export = there.export(small_sites.entry("S-1"), small_sites.entry("S-2", listed_on=small_sites.AS_OF))
    with monkeypatch.context() as earlier:
        earlier.setattr(rows, "_later_faults", lambda *_: ())
        there.build(export)
    assert small_sites.ids_of(there.place / "current", Kind.SEVERE) == ["S-1", "S-2"]
    report = there.build(export, as_of=small_sites.AS_OF + DAY, full=True)
    assert report.counts[Kind.SEVERE].rejected == 1
    assert small_sites.ids_of(there.place / "current", Kind.SEVERE) == ["S-1"]


def test_record_taken_off_by_a_date_has_not_vanished(there):
    there.build(there.export(*entries(10)))
    assert there.build(there.export(*entries(10, n3={"removed_on": small_sites.AS_OF}), version="2026.11.19")).active


def test_withheld_record_may_be_left_out(there):
    there.build(there.export(*entries(10, n3={"disclosure": "query"})))
    assert there.build(there.export(*entries(10, n3=None), version="2026.11.19")).active


def test_fall_by_more_than_the_sites_percent_stops_a_release_until_allowed(there):
    there.build(there.export(*entries(10)))
    fifth = there.export(*entries(10, n1={"cause": "无"}, n2={"cause": "无"}), version="2026.11.19")
    there.build(fifth)
    more = there.export(*entries(10, **{f"n{one}": {"cause": "无"} for one in range(1, 5)}), version="2026.11.20")
    assert there.refused(more) == (Exit.FINDINGS, ["shrink"])
    there.build(more, allow=["shrink"])
    assert "shrink" in there.live.allowed


@pytest.mark.parametrize(
    "row",
    [
        {"removed_on": small_sites.AS_OF},
        {"repaired_on": small_sites.AS_OF},
        {"revoked_on": small_sites.AS_OF},
        {"removed_on": small_sites.AS_OF, "cause": "无"},
    ],
)
def test_records_withheld_by_a_date_are_no_fall(there, row):
    there.build(there.export(*entries(10)))
    changed = {f"n{one}": row for one in range(1, 9)}
    assert there.build(there.export(*entries(10, **changed), version="2026.11.19")).active


def test_records_withheld_by_the_overlay_are_no_fall(there):
    there.build(there.export(*entries(10)))
    orders = [{"kind": "severe-list", "id": f"S-{one}", "on": small_sites.AS_OF, "what": "court"} for one in range(9)]
    small_sites.write_overlay(there.site, orders)
    assert there.build(there.export(*entries(10), version="2026.11.19")).active


def test_records_past_their_term_are_no_fall(tmp_path):
    there = Ground(tmp_path, "lingyuan")
    ended = {f"n{one}": {"act_ended_on": dt.date(2021, 11, 20)} for one in range(9)}
    there.build(there.export(*entries(10, **ended)))
    assert there.build(there.export(*entries(10, **ended), version="2026.11.21"), as_of=small_sites.AS_OF + DAY).active


def test_percent_is_the_sites(tmp_path):
    there = Ground(tmp_path, guard__max_shrink=50)
    there.build(there.export(*entries(10)))
    half = {f"n{one}": {"cause": "无"} for one in range(5)}
    assert there.build(there.export(*entries(10, **half), version="2026.11.19")).active


def test_published_list_without_a_profile_stops_a_release_in_lingyuan_until_allowed(tmp_path):
    there = Ground(tmp_path, "lingyuan", lists=False)
    export = there.export()
    assert there.refused(export) == (Exit.FINDINGS, ["list-profile"])
    assert there.build(export, allow=["list-profile"]).active


def test_list_nobody_sees_needs_no_profile(tmp_path):
    there = Ground(tmp_path, "lingyuan", lists=False)
    assert there.build(there.export(small_sites.entry("S-1", disclosure="query"))).active


def test_dalian_asks_for_no_profile(tmp_path):
    there = Ground(tmp_path, "dalian", lists=False)
    assert there.build(there.export()).active


def test_older_export_brings_nothing_back_that_the_newest_withholds_or_lacks(there):
    older = there.export(*entries(10))
    gone = entries(10, n2={"removed_on": small_sites.AS_OF}, n3=None)
    there.build(there.export(*gone, version="2026.11.19"))
    assert there.refused(older) == (Exit.FINDINGS, ["older-export", "resurrected"])
    assert there.refused(older, allow=["older-export"])[1] == ["resurrected"]
    there.build(older, allow=["older-export", "resurrected"])
    assert {"older-export", "resurrected"} <= set(there.live.allowed)


def test_newest_export_is_remembered_past_an_older_one(there):
    """After going back, another old export is still compared with the newest that was ever accepted."""
    oldest = there.export(*entries(10), version="2026.11.10")
    older = there.export(*entries(10, n2={"removed_on": small_sites.AS_OF}), version="2026.11.12")
    there.build(there.export(*entries(10, n2={"removed_on": small_sites.AS_OF}), version="2026.11.15"))
    there.build(older, allow=["older-export"])
    assert "resurrected" in there.refused(oldest, allow=["older-export"])[1]


def test_next_change_is_the_first_day_something_changes(there):
    assert there.build(there.export(small_sites.entry("S-1", removed_on=dt.date(2027, 2, 3)))).next_change == dt.date(
        2027, 2, 3
    )
    assert there.live.next_change == dt.date(2027, 2, 3)


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ({"published_on": dt.date(2026, 12, 1)}, dt.date(2026, 12, 1)),
        ({"repaired_on": dt.date(2026, 12, 2)}, dt.date(2026, 12, 2)),
        ({"repaired_on": small_sites.AS_OF, "repair_revoked_on": dt.date(2026, 12, 3)}, dt.date(2026, 12, 3)),
        ({"revoked_on": dt.date(2026, 12, 4)}, dt.date(2026, 12, 4)),
        ({"objection_received_on": dt.date(2026, 12, 5)}, dt.date(2026, 12, 5)),
        (
            {"objection_received_on": small_sites.AS_OF, "objection_closed_on": dt.date(2026, 12, 6)},
            dt.date(2026, 12, 6),
        ),
        ({"act_ended_on": dt.date(2021, 12, 7)}, dt.date(2026, 12, 8)),
        ({"removed_on": small_sites.AS_OF, "revoked_on": dt.date(2026, 12, 9)}, None),
        ({"disclosure": "query", "removed_on": dt.date(2026, 12, 9)}, None),
        ({"act_ended_on": None, "act_ongoing": True}, None),
    ],
)
@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
def test_every_kind_of_change_is_foreseen(tmp_path, city, row, day):
    there = Ground(tmp_path, city)
    far = {"act_ended_on": dt.date(2024, 4, 30)}
    found = small_sites.examined(there.site, there.export(small_sites.entry("S-1", **(far | row)))).resolved.next_change
    assert (found if found is None or found < dt.date(2029, 1, 1) else None) == day


def test_change_of_an_entry_that_names_an_organisations_code_is_foreseen(there):
    code = small_sites.double_code()
    row = small_sites.entry("S-1", subject_code=code, cause=f"演示企业 {code}", removed_on=dt.date(2026, 12, 1))
    report = there.build(there.export(row))
    assert report.counts[Kind.SEVERE].published == 1
    assert report.next_change == dt.date(2026, 12, 1)


def test_honour_freed_by_a_severe_entrys_end_is_foreseen(there):
    """While the entry stands the honour is withheld; it returns on the day the entry leaves."""
    code = small_sites.credit_code(77)
    gone = dt.date(2026, 12, 1)
    export = there.export(
        small_sites.entry("S-1", subject_code=code, removed_on=gone),
        models=[small_sites.model("R-1", subject_code=code)],
    )
    assert there.build(export).next_change == gone
    assert small_sites.ids_of(small_sites.live_root(there.output), "role-models") == []
    there.build(export, as_of=gone)
    assert small_sites.ids_of(small_sites.live_root(there.output), "role-models") == ["R-1"]


def live(**changes):
    values = {
        "release": "2026.11.18_2026-11-20",
        "version": "2026.11.18",
        "version_key": (2026, 11, 18),
        "export": "ab",
        "as_of": small_sites.AS_OF,
        "inputs": "cd",
        "allowed": ("older-export",),
        "quarantine": True,
        "counts": dict.fromkeys(Kind, Count(2, 1, {"removed": 1}, 0)),
        "next_change": None,
    }
    return Live(**(values | changes))


def test_live_release_is_remembered_as_it_was(tmp_path):
    assert read_live(tmp_path) is None
    (tmp_path / LIVE).write_bytes(encode_live(live()))
    assert read_live(tmp_path) == live()
    (tmp_path / LIVE).write_bytes(encode_live(live(next_change=small_sites.AS_OF)))
    assert read_live(tmp_path).next_change == small_sites.AS_OF
    assert [path.name for path in tmp_path.iterdir()] == ["live.json"]


def test_own_export_is_the_same_bytes_on_the_same_or_a_later_day():
    assert same_export(live(), "ab", small_sites.AS_OF)
    assert same_export(live(), "ab", small_sites.AS_OF + DAY)
    assert not same_export(live(), "ab", small_sites.AS_OF - DAY)
    assert not same_export(live(), "other", small_sites.AS_OF)
    assert not same_export(None, "ab", small_sites.AS_OF)


def test_first_release_meets_no_guard():
    assert against_live(None, "2026.11.18", (2026, 11, 18), "ab", small_sites.AS_OF) == []


def test_tree_writes_each_file_once_with_its_digest(tmp_path):
    tree = Tree(tmp_path)
    assert tree.write("a/b/c.html", b"one") == hashlib.sha256(b"one").hexdigest()
    tree.write("index.html", b"")
    with pytest.raises(FileExistsError):
        tree.write("index.html", b"other")
    (tmp_path / "data.csv").write_bytes(b"two")
    assert tree.adopt("data.csv") == (hashlib.sha256(b"two").hexdigest(), 3)
    written = tree.close()
    files = small_sites.files_of(tmp_path)
    assert dict(listed([written])) == {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    assert (tmp_path / "a" / "b" / "c.html").read_bytes() == b"one"


def test_release_tells_no_visitor_when_it_was_built(there):
    there.build(there.export())
    release = json.loads((small_sites.live_root(there.output) / "release.json").read_text())
    assert set(release) == {"version", "created", "as_of", "export", "published", "valid_through", "files"}


def test_output_may_be_reached_through_a_link(there, tmp_path):
    there.build(there.export())
    (tmp_path / "link").symlink_to(there.output)
    there.output = tmp_path / "link"
    assert there.build(there.export(version="2026.11.19")).active
    assert os.path.realpath(there.place / "current").endswith("2026.11.19_2026-11-20")
