"""An overlay that can be read and says what nobody meant: a new export waits, and what can be obeyed is obeyed."""

import json

from copied_sites import copied
import pytest
import small_sites
from test_taken_away import NEXT, Office, stopping, warned

from site_builder.config.load import load_site
from site_builder.decide.examine import Options
from site_builder.release.overlay_guards import OVERLAY, misnamed
from site_builder.releasing.preview import Preview


@copied
def office(folder):
    made = Office(folder)
    assert made.build().returncode == 0
    return made


def item(record="S-1", kind="severe-list", days=0, what="court"):
    return {"kind": kind, "id": record, "on": small_sites.AS_OF + small_sites.dt.timedelta(days=days), "what": what}


WRONG = {
    "overlay-name": [item()],
    "overlay-day": [item(), item("S-2", days=9)],
    "unknown-overlay-id": [item(), item("S-99")],
}


@pytest.mark.parametrize("code", WRONG)
def test_new_export_is_stopped_until_it_is_mended_or_allowed(office, code):
    small_sites.write_overlay(office.site, WRONG[code])
    if code == "overlay-name":
        office.overlay.rename(office.overlay.with_suffix(".yaml"))
    new = office.next_export()
    before = small_sites.all_of(office.output)
    done = office.build(new=new)
    assert (done.returncode, stopping(done)) == (1, [code])
    assert small_sites.all_of(office.output) == before
    assert office.build(code, new=new).returncode == 0


@pytest.mark.parametrize("code", WRONG)
def test_rebuild_of_the_live_export_tells_it_and_takes_away_all_the_same(office, code):
    small_sites.write_overlay(office.site, WRONG[code])
    if code == "overlay-name":
        office.site.parent.joinpath("Overlay.yml").write_text("[]\n")
    done = office.build(day=NEXT)
    assert done.returncode == 0, done.stdout
    assert code in warned(done)
    assert office.public() == ["S-2", "S-3", "S-4"]


@pytest.mark.parametrize("code", WRONG)
def test_withholding_tells_it_and_takes_away_all_the_same(office, code):
    small_sites.write_overlay(office.site, WRONG[code])
    if code == "overlay-name":
        office.overlay.rename(office.overlay.with_suffix(".yaml"))
    done = office.withhold("S-3")
    assert done.returncode == 0, done.stdout
    assert "S-3" not in office.public()
    assert code in warned(done)


@pytest.mark.parametrize(
    "name",
    [
        *("overlay.yaml", "Overlay.yml", "OVERLAY.YML", "overlays.yml", "ovrelay.yml", "overlay.ym"),
        *("overlay .yml", "ｏｖｅｒｌａｙ．yml", "overlay.yam"),
    ],
)
def test_name_that_is_the_overlays_but_for_a_slip_is_told_with_and_without_an_overlay(name):
    for names in ([name], [name, OVERLAY], [OVERLAY, "site.yml", name]):
        assert [(one.code, one.place.file) for one in misnamed(names)] == [("overlay-name", name)]


COPIES = ["overlay.yml.bak", "overlay.yml.txt", "overlay.yml~", "overlay (1).yml", "overlay - 副本.yml", "overlay.json"]


@pytest.mark.parametrize("name", COPIES)
def test_copy_beside_the_overlay_is_left_alone_and_one_without_it_is_told(name):
    assert misnamed([name, OVERLAY]) == []
    assert [one.place.file for one in misnamed([name])] == [name]


def test_other_files_of_a_site_folder_are_not_taken_for_the_overlay():
    names = ["site.yml", "lists.yml", "authorities.yml", "overview.yml", ".overlay.x.yml", "README.md", "layout.yml"]
    assert misnamed(names) == misnamed([*names, OVERLAY]) == []


def test_day_a_week_ahead_is_no_finding(office):
    small_sites.write_overlay(office.site, [item(days=7)])
    assert office.build(new=office.next_export()).returncode == 0


def test_mistyped_kind_is_told_with_the_kind_it_should_be(office):
    small_sites.write_overlay(office.site, [item(kind="measures")])
    done = office.build(new=office.next_export())
    assert stopping(done) == ["unknown-overlay-id"]
    told = json.loads(done.stdout)["findings"][0]
    assert "severe-list" in told["hint"]
    assert (told["place"]["file"], told["place"]["row"] > 0) == ("overlay.yml", True)


def test_first_release_knows_no_ids_but_its_exports(tmp_path):
    office = Office(tmp_path)
    small_sites.write_overlay(office.site, [item("S-99")])
    assert stopping(office.build()) == ["unknown-overlay-id"]


def test_id_that_was_known_and_has_left_the_export_is_only_a_remark_for_ever_after(office):
    small_sites.write_overlay(office.site, [item(), item("s-2", what="objection")])
    assert office.build(new=office.next_export()).returncode == 0
    del office.rows["S-1"], office.rows["S-2"]
    for leave in (("vanished", "shrink"), (), ()):
        done = office.build(*leave, new=office.next_export())
        assert done.returncode == 0, done.stdout
        assert warned(done).count("overlay-id-left") == 2


def test_mistyped_id_that_a_rebuild_only_warned_of_stops_the_next_export(office):
    small_sites.write_overlay(office.site, [item("S-11")])
    assert warned(office.build(day=NEXT)) == ["unknown-overlay-id"]
    assert stopping(office.build(day=NEXT, new=office.next_export())) == ["unknown-overlay-id"]


def test_row_with_faults_counts_as_had(tmp_path):
    office = Office(tmp_path)
    office.rows["S-5"] = small_sites.entry("S-5", category="演示")
    small_sites.write_overlay(office.site, [item("S-5")])
    done = office.run("build", "--export", str(office.next_export()), "--quarantine", "--json")
    assert done.returncode == 0, done.stdout


def test_preview_shows_the_site_and_tells_of_the_overlay(office, tmp_path):
    small_sites.write_overlay(office.site, [item("S-99"), item()])
    (tmp_path / "scratch").mkdir()
    options = Options(export=office.at, as_of=small_sites.AS_OF)
    made = Preview(tmp_path / "scratch").make(load_site(office.site), options, office.site.with_name("themes"))
    assert [one.code for one in made.warnings] == ["unknown-overlay-id"]
    assert not (made.root / "severe" / "S-1.html").exists()
