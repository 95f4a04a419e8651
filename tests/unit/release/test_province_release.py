"""A province's releases: the same folder, gate, switch, memory and signature as any site's, and no export."""

import datetime as dt
import json

import provinces
import pytest
import small_sites
import yaml

from site_builder.audit.gate import audit
from site_builder.config.load import load_site
from site_builder.errors import Exit, SiteBuilderError
from site_builder.release.live import read_live
from site_builder.release.stopped import read_stopped
from site_builder.releasing.remembered import remember_whole
from site_builder.signing import make_key, signature_of, verifies
from site_builder.workers import Local

DAY = dt.timedelta(days=1)
MEMBERS = [
    {"id": "north", "name": "信用演示北市", "base_url": "https://north.example"},
    {"id": "south", "name": "信用演示南市", "base_url": "https://south.example:8443", "base_path": "/credit/"},
]


class Ground:
    def __init__(self, folder, **changes):
        self.folder, self.output = folder, folder / "out"
        self.site = provinces.write_province(folder, MEMBERS, **changes)

    def build(self, *days, **options):
        day = small_sites.AS_OF + sum(days, dt.timedelta())
        return provinces.build_site_of_members(self.site, self.output, as_of=day, **options)

    def change(self, **changes):
        told = yaml.safe_load(self.site.read_text())
        for key, value in changes.items():
            section, _, name = key.partition("__")
            if name:
                told.setdefault(section, {})[name] = value
            else:
                told[section] = value
        self.site.write_text(yaml.safe_dump(told, allow_unicode=True))

    @property
    def root(self):
        return small_sites.live_root(self.output, "province")

    @property
    def releases(self):
        return sorted(one.name for one in (self.output / "province" / "releases").iterdir())

    def refused(self, **options):
        with pytest.raises(SiteBuilderError) as caught:
            self.build(**options)
        return [(one.code, caught.value.exit_code) for one in caught.value.findings if not one.warning]


@pytest.fixture
def ground(tmp_path):
    made = Ground(tmp_path)
    made.build()
    return made


def test_release_tells_its_day_and_its_members_and_nothing_published(ground):
    told = json.loads((ground.root / "release.json").read_bytes())
    assert ground.releases == ["2026.11.20_2026-11-20"]
    assert (told["version"], told["as_of"], told["export"], told["published"]) == ("2026.11.20", "2026-11-20", "", {})
    assert told["valid_through"] is None
    assert told["member_sites"] == {"north": "https://north.example/", "south": "https://south.example:8443/credit/"}


def test_web_root_depends_on_the_site_folder_and_the_day_alone(ground, tmp_path):
    other = Ground(tmp_path / "other")
    other.build(DAY)
    other.build(DAY, DAY)
    ground.build(DAY, DAY)
    assert small_sites.files_of(ground.root) == small_sites.files_of(other.root)
    for path, data in small_sites.files_of(ground.root).items():
        if path != "release.json":
            assert b"2026-11-2" not in data, path


def test_same_day_again_changes_nothing(ground):
    before = small_sites.all_of(ground.output)
    assert ground.build().unchanged
    assert small_sites.all_of(ground.output) == before


def test_next_day_and_another_site_file_are_releases_that_take_the_olds_place(ground):
    assert not ground.build(DAY).unchanged
    assert ground.releases == ["2026.11.21_2026-11-21"]
    ground.change(unit__owner="演示他单位")
    ground.build(DAY)
    assert ground.releases == ["2026.11.21_2026-11-21_2"]
    assert "演示他单位".encode() in (ground.root / "index.html").read_bytes()
    ground.change(publish__keep=1)
    ground.build(DAY, DAY)
    assert ground.releases == ["2026.11.21_2026-11-21_2", "2026.11.22_2026-11-22"]


def test_a_member_more_is_in_pages_and_manifest(ground):
    third = {"id": "west", "name": "信用演示西市", "base_url": "https://west.example"}
    ground.change(member_sites=[*MEMBERS, third])
    ground.build()
    for page in ("index.html", "search/index.html"):
        assert "信用演示西市".encode() in (ground.root / page).read_bytes()
    assert json.loads((ground.root / "release.json").read_bytes())["member_sites"]["west"] == "https://west.example/"


def test_earlier_day_is_refused_and_the_live_release_stays(ground):
    ground.build(DAY)
    before = small_sites.all_of(ground.output)
    assert ground.refused() == [("as-of-before-live", Exit.FINDINGS)]
    assert small_sites.all_of(ground.output) == before


def test_day_to_come_is_refused_by_the_machines_clock_and_the_way_back_is_open(ground):
    today = small_sites.AS_OF
    with pytest.raises(SiteBuilderError) as caught:
        ground.build(DAY, DAY, today=today)
    assert [one.code for one in caught.value.findings] == ["as-of-in-the-future"]
    ground.build(DAY, DAY, today=today, allow=["as-of-in-the-future"])
    ground.build(today=today)
    assert read_live(ground.output / "province" / "state").as_of == today


def test_gate_reads_every_byte_and_refuses_what_is_changed(ground):
    site = load_site(ground.site, members=True)
    seen = audit(ground.root, site, small_sites.AS_OF, Local(1).run)
    assert (seen.findings, seen.files) == ((), len(small_sites.files_of(ground.root)))
    page = ground.root / "search" / "index.html"
    page.write_bytes(page.read_bytes().replace("演示南市".encode(), "演示东市".encode()))
    (ground.root / "extra.html").write_text("演示")
    found = audit(ground.root, site, small_sites.AS_OF, Local(1).run).findings
    assert {(one.code, one.place.file) for one in found} == {
        ("file-list", "search/index.html"),
        ("file-list", "extra.html"),
    }


def test_dead_link_on_a_guide_stops_the_release(ground):
    before = small_sites.all_of(ground.root)
    pages = ground.site.parent / "pages"
    pages.mkdir()
    (pages / "about.md").write_text("---\ntitle: 说明\norder: 1\n---\n\n[没有的](nowhere.html)\n")
    assert ground.refused() == [("link", Exit.FINDINGS)]
    assert (small_sites.all_of(ground.root), ground.releases) == (before, ["2026.11.20_2026-11-20"])
    (stopped,) = read_stopped(ground.output / "province" / "state").findings
    assert stopped.code == "link"
    (pages / "about.md").unlink()
    ground.build()
    assert read_stopped(ground.output / "province" / "state") is None


def test_guides_are_pages_of_the_province(ground):
    pages = ground.site.parent / "pages"
    pages.mkdir()
    (pages / "contact.md").write_text("---\ntitle: 联系\norder: 1\n---\n\n演示说明。\n")
    ground.build()
    assert "演示说明".encode() in (ground.root / "guide" / "contact.html").read_bytes()
    assert b"guide/contact.html" in (ground.root / "index.html").read_bytes()
    assert b"guide/contact.html" in (ground.root / ".well-known" / "security.txt").read_bytes()


def test_memory_of_the_release_fits_it_and_is_missed_where_it_is_lost(ground):
    folder = ground.output / "province"
    assert remember_whole(folder).live.next_change == dt.date(2027, 2, 1)
    (folder / "state" / "live.json").unlink()
    assert {code for code, _ in ground.refused()} == {"state-lost"}
    ground.build(DAY, adopt_live=True)
    assert remember_whole(folder).live.as_of == small_sites.AS_OF + DAY


def test_release_is_signed_by_the_sites_own_key(tmp_path):
    key = make_key(tmp_path / "site.key")
    ground = Ground(tmp_path, publish__sign_key="../site.key")
    ground.build()
    signature = signature_of((ground.root / "release.json.sig").read_bytes())
    assert verifies(key, signature, (ground.root / "release.json").read_bytes())
    site = load_site(ground.site, members=True)
    assert audit(ground.root, site, small_sites.AS_OF, Local(1).run, key=key).findings == ()
    other = make_key(tmp_path / "other.key")
    assert {one.code for one in audit(ground.root, site, small_sites.AS_OF, Local(1).run, key=other).findings} == {
        "signature"
    }


def test_province_and_city_do_not_take_each_others_place(ground, tmp_path):
    export = small_sites.write_export(tmp_path / "export", severe=[small_sites.entry("S-1")])
    city = small_sites.write_site(tmp_path / "content")
    named = city.parent.rename(city.parent.with_name("province")) / "site.yml"
    with pytest.raises(SiteBuilderError) as caught:
        small_sites.build_site(named, export, ground.output)
    (finding,) = caught.value.findings
    assert (finding.code, caught.value.exit_code) == ("other-site", Exit.USAGE)
    assert "由几个网站合成的网站" in finding.message
    small_sites.build_site(named, export, tmp_path / "cities")
    with pytest.raises(SiteBuilderError) as caught:
        provinces.build_site_of_members(ground.site, tmp_path / "cities")
    assert [one.code for one in caught.value.findings] == ["other-site"]


def test_what_is_no_release_of_the_province_is_left_alone(ground):
    foreign = ground.output / "province" / "releases" / "2026.01.01_2026-01-01"
    foreign.mkdir()
    (foreign / "release.json").write_text('{"version": "2026.01.01", "as_of": "2026-01-01"}')
    (foreign / "release-files.txt").write_text("")
    report = ground.build(DAY)
    assert [one.code for one in report.warnings] == ["not-a-release"]
    assert foreign.is_dir()
