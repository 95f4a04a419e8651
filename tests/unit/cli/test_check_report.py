"""``check --report``: by unit for a supervisor, with trends; and one that may be published, which tells no more."""

import json
import stat

import pytest
import small_sites
from webmasters_desk import Desk, clean


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    made.export(
        severe=[
            small_sites.entry("S-1", authority="演示甲局", objection_received_on="2026-11-19"),
            small_sites.entry("S-2", authority="演示乙局", notified_on=None, subject_name="演示不应出现公司"),
            small_sites.entry("S-3", authority="演示乙局", objection_received_on="2026-10-20"),
            small_sites.entry("S-4", authority="演示丙局", objection_received_on="2026-10-20", disclosure="query"),
            small_sites.entry("S-5", authority="演示丁局", removed_on="2026-12-01", subject_name="演示移出公司"),
        ],
        measures=[small_sites.measure(implementing_bodies=["演示甲局", "演示乙局"], basis_level="normative_document")],
    )
    return made


def report(desk, folder, *options, day="2026-11-20"):
    done = clean(desk.run("check", "--report", str(folder), *options, day=day))
    assert done.returncode == 0
    return (folder / "index.html").read_text()


def section(page, unit):
    return page.split(f"<h3>{unit}</h3>")[1].split("<h3>")[0]


def test_each_unit_is_told_what_it_has_to_see_to(desk, tmp_path):
    page = report(desk, tmp_path / "report")
    assert "应公示未公示：未事先告知（大连条例第三十二条、第三十三条），1 项：S-2" in section(page, "演示乙局")
    assert "异议处理，超期，1 项：S-3（至 2026-10-23）" in section(page, "演示乙局")
    assert "basis-below-law），1 项：M-0001" in section(page, "演示甲局、演示乙局")
    assert "<h3>演示丁局</h3>" not in page


def test_report_is_private_and_names_no_subject(desk, tmp_path):
    page = report(desk, tmp_path / "report", "--public")
    assert "内部材料" in page
    for path in (tmp_path / "report").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert "演示不应出现" not in path.read_text()
    assert stat.S_IMODE((tmp_path / "report").stat().st_mode) == 0o700


def test_report_shows_how_things_went_since_the_ones_before(desk, tmp_path):
    folder = tmp_path / "report"
    report(desk, folder)
    page = report(desk, folder, day="2026-12-20")
    assert '<th scope="col">2026-11-20</th><th scope="col">2026-12-20</th>' in page
    assert '<tr><th scope="row">公开</th><td class="n">4</td><td class="n">3</td></tr>' in page
    assert '<tr><th scope="row">超期</th><td class="n">2</td><td class="n">3</td></tr>' in page
    assert report(desk, folder, day="2026-12-20") == page
    kept = [json.loads(line)["as_of"] for line in (folder / "counts.jsonl").read_text().splitlines()]
    assert kept == ["2026-11-20", "2026-12-20"]


def test_public_one_is_the_same_without_what_is_withheld(desk, tmp_path):
    report(desk, tmp_path / "one", "--public")
    alone = desk.export(
        "alone",
        severe=[
            small_sites.entry("S-1", authority="演示甲局", objection_received_on="2026-11-19"),
            small_sites.entry("S-3", authority="演示乙局", objection_received_on="2026-10-20"),
            small_sites.entry("S-5", authority="演示丁局", removed_on="2026-12-01", subject_name="演示移出公司"),
        ],
        measures=[small_sites.measure(implementing_bodies=["演示甲局", "演示乙局"], basis_level="normative_document")],
    )
    report(desk, tmp_path / "other", "--public", "--export", str(alone))
    page = (tmp_path / "one" / "public.html").read_text()
    assert page == (tmp_path / "other" / "public.html").read_text()
    assert '<tr><th scope="row">严重失信主体名单</th><td class="n">3</td></tr>' in page
    assert '<tr><th scope="row">超期</th><td class="n">1</td></tr>' in page
    assert not [word for word in ("演示", "S-1", "S-3") if word in page.replace("演示站", "")]


def test_report_is_written_though_findings_stop_the_export(desk, tmp_path):
    export = desk.export("other", severe=[small_sites.entry("S-1", measure_ids=["M-404"]), small_sites.entry("S-2")])
    done = clean(desk.run("check", "--report", str(tmp_path / "report"), "--export", str(export)))
    assert done.returncode == 1
    assert "unpublished-measure" in (tmp_path / "report" / "index.html").read_text()


def test_report_is_never_written_into_a_release(desk):
    assert clean(desk.run("build")).returncode == 0
    folder = desk.output / "dalian" / "current" / "report"
    assert clean(desk.run("check", "--report", str(folder))).returncode == 2
    assert not list(folder.glob("*"))


def test_numbers_that_are_none_of_ours_are_left_alone(desk, tmp_path):
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "counts.jsonl").write_text("other\n")
    done = clean(desk.run("check", "--report", str(tmp_path / "report"), "--json"))
    assert done.returncode == 2
    assert json.loads(done.stdout)["findings"][0]["code"] == "report-counts"
    assert (tmp_path / "report" / "counts.jsonl").read_text() == "other\n"


def test_public_one_alone_is_no_usage(desk):
    assert clean(desk.run("check", "--public")).returncode == 2


def test_public_one_counts_nothing_of_a_published_record_that_rests_on_a_withheld_one(tmp_path):
    desk, code = Desk(tmp_path), small_sites.credit_code(77)
    models = [small_sites.model("R-1", subject_code=code)]
    desk.export(severe=[small_sites.entry("S-1", subject_code=code, disclosure="query")], models=models)
    assert "honour-of-listed" in report(desk, tmp_path / "one", "--public")
    alone = desk.export("alone", severe=[], models=models)
    report(desk, tmp_path / "other", "--public", "--export", str(alone))
    assert (tmp_path / "one" / "public.html").read_bytes() == (tmp_path / "other" / "public.html").read_bytes()
