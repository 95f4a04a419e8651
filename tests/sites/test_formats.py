"""One set of rows, written in every way an export may be written, gives one web root."""

import datetime as dt

import full_exports
import pytest
import small_sites

WAYS = {
    "csv with labels": {"labels": True},
    "csv in gb18030": {"encoding": "gb18030"},
    "csv in gb18030 with labels": {"encoding": "gb18030", "labels": True},
    "csv with a byte order mark": {"bom": True},
    "json lines": {"style": "jsonl"},
    "json lines with labels": {"style": "jsonl", "labels": True},
    "json lines in gb18030": {"style": "jsonl", "encoding": "gb18030"},
    "xlsx": {"style": "xlsx"},
    "xlsx with labels": {"style": "xlsx", "labels": True},
    "zip": {"zipped": True},
    "zip of xlsx": {"zipped": True, "style": "xlsx"},
}


def lists():
    """The showcase without what only JSON lines and CSV can tell apart, such as a line break at an end."""
    found = full_exports.lists(8)
    found["severe"][0] |= {"cause": '演示，"引号", 逗号\n第二行', "decision_no": "00123", "term_basis": None}
    found["severe"][1] |= {"updated_on": dt.date(2025, 12, 31), "objection_assisted": True, "minor": False}
    return found


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The web root of the plain CSV."""
    return built(tmp_path_factory.mktemp("plain"))


def built(folder, **way):
    site = small_sites.write_site(folder / "content")
    export = small_sites.write_export(folder / "export", pictures=full_exports.pictures(), **lists(), **way)
    small_sites.build_site(site, export, folder / "out")
    return small_sites.files_of(small_sites.live_root(folder / "out"))


@pytest.mark.parametrize("way", WAYS)
def test_web_root_is_the_same_but_for_the_hash_of_the_export(plain, tmp_path, way):
    found = built(tmp_path, **WAYS[way])
    assert sorted(found) == sorted(plain)
    assert [path for path in found if found[path] != plain[path] and path != "release.json"] == []


def test_zip_of_an_export_is_the_same_export(plain, tmp_path):
    assert built(tmp_path, zipped=True) == plain


def test_columns_may_stand_in_any_order(tmp_path):
    rows = [small_sites.entry("S-1"), small_sites.person("S-2")]
    turned = [dict(reversed(row.items())) for row in rows]
    files = []
    for name, found in (("a", rows), ("b", turned)):
        site = small_sites.write_site(tmp_path / name / "content")
        export = small_sites.write_export(tmp_path / name / "export", severe=found, style="jsonl")
        small_sites.build_site(site, export, tmp_path / name / "out")
        files.append(small_sites.without_release(small_sites.files_of(small_sites.live_root(tmp_path / name / "out"))))
    assert files[0] == files[1]


def test_rows_may_stand_in_any_order_but_for_the_downloads(tmp_path):
    """Pages and lists are ordered by what the rows say; the downloads keep the order of the export."""
    rows = [small_sites.entry(f"S-{number}", listed_on=dt.date(2024, 1, 1 + number)) for number in range(6)]
    files = []
    for name, found in (("a", rows), ("b", rows[::-1])):
        site = small_sites.write_site(tmp_path / name / "content")
        export = small_sites.write_export(tmp_path / name / "export", severe=found)
        small_sites.build_site(site, export, tmp_path / name / "out")
        files.append(small_sites.without_release(small_sites.files_of(small_sites.live_root(tmp_path / name / "out"))))
    pages = [{path: data for path, data in found.items() if path.endswith(".html")} for found in files]
    changed = {path for path in pages[0] if pages[0][path] != pages[1][path]}
    assert changed <= {"data/index.html"}
