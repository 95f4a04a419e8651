"""A day mistyped, a clock that is wrong: what must not go live does not, and what went live is taken back."""

import datetime as dt
import json

from copied_sites import copied
import pytest
import small_sites
from webmasters_desk import AS_OF, Desk, clean

from site_builder.config.companions import read_overlay
from site_builder.config.load import load_site
from site_builder.decide.examine import Options
from site_builder.release.live import read_live
from site_builder.releasing.preview import Preview

FAR = "2062-11-20"
TOMORROW = "2026-11-21"
LEAVE = ("--allow", "as-of-in-the-future")
ORDER = ("--by", "演示科", "--why", "演示裁定", "--jobs", "1", "--json")


class Site(Desk):
    """A desk whose list has an entry that ends by 2062, one removed already, one that stays, and one that is due."""

    def __init__(self, folder):
        super().__init__(folder, search__fulltext_limit=0)
        self.export(severe=self.rows())

    def rows(self):
        return [
            small_sites.entry("S-1"),
            small_sites.entry("S-2", removed_on="2030-01-01"),
            small_sites.entry("S-3", removed_on="2026-11-19"),
            small_sites.entry("S-4", published_on="2026-12-01"),
        ]

    def newer(self, version="2026.11.19", **changes):
        small_sites.write_export(self.folder / version, severe=self.rows(), version=version, **changes)
        return ("--export", str(self.folder / version))

    def build(self, *options, **changes):
        return clean(self.run("build", "--json", *options, **changes))

    def nightly(self, today=AS_OF, *options):
        """As the timer builds: without a day of its own."""
        arguments = ["build", "--site", self.site, "--output", self.output, "--jobs", "1", "--json", *options]
        return clean(self.on(today, *arguments))

    def withhold(self, record, *options, today=AS_OF):
        return clean(self.run("withhold", record, *ORDER, *options, today=today))

    @property
    def live(self):
        return read_live(self.output / "dalian" / "state")

    def public(self):
        return small_sites.ids_of(small_sites.live_root(self.output), "severe-list")


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


@copied
def ahead(folder):
    """The site with a release of 2062 live, in 2026."""
    site = Site(folder)
    assert site.build(*LEAVE, day=FAR).returncode == 0
    assert site.public() == ["S-1", "S-4"]
    return site


def found(done):
    told = json.loads(done.stdout)
    return [one for one in told.get("findings", told.get("warnings", ())) if not one["warning"] or "release" in told]


def codes(done):
    return [one["code"] for one in found(done)]


def test_day_later_than_tomorrow_stops_a_switch_and_writes_nothing(site):
    before = small_sites.all_of(site.folder)
    done = site.build(day=FAR)
    assert (done.returncode, codes(done)) == (1, ["as-of-in-the-future"])
    assert FAR in done.stdout
    assert AS_OF in done.stdout
    assert small_sites.all_of(site.folder) == before


def test_tomorrow_may_go_live(site):
    assert site.build(day=TOMORROW).returncode == 0
    assert str(site.live.as_of) == TOMORROW
    assert clean(site.run("next")).returncode == 0


@pytest.mark.parametrize("command", ["check", "explain", "diff"])
def test_what_only_looks_takes_any_day(site, command):
    done = clean(site.run(command, *(("S-1",) if command == "explain" else ()), day=FAR))
    assert done.returncode == 0, done.stderr


def test_build_that_is_not_activated_and_preview_take_any_day(site, tmp_path):
    done = site.build("--no-activate", day=FAR)
    assert (done.returncode, json.loads(done.stdout)["active"]) == (0, False)
    assert not (site.output / "dalian" / "current").exists()
    options = Options(export=site.folder / "export", as_of=dt.date.fromisoformat(FAR), today=small_sites.AS_OF)
    (tmp_path / "scratch").mkdir()
    made = Preview(tmp_path / "scratch").make(load_site(site.site), options, site.site.with_name("themes"))
    assert (made.root / "severe" / "S-1.html").is_file()


def test_leave_is_for_one_run_and_no_rebuild_repeats_it(ahead):
    assert codes(ahead.build(*LEAVE, day=FAR)) == ["as-of-in-the-future"]
    assert ahead.live.allowed == ()
    done = ahead.build(day="2062-11-21")
    assert (done.returncode, codes(done)) == (1, ["as-of-in-the-future"])


def test_release_of_a_day_to_come_is_stale_for_next_and_for_audit(ahead):
    done = clean(ahead.run("next", "--json"))
    told = json.loads(done.stdout)
    assert (done.returncode, told["stale"], codes(done)) == (1, True, ["as-of-in-the-future"])
    assert "--as-of" in told["findings"][0]["hint"]
    said = clean(ahead.run("next"))
    assert FAR in said.stdout + said.stderr
    done = clean(ahead.run("audit", "--jobs", "1", "--json"))
    assert (done.returncode, codes(done)) == (1, ["as-of-in-the-future"])
    assert ahead.nightly().returncode == 0
    assert clean(ahead.run("next")).returncode == 0
    assert clean(ahead.run("audit", "--jobs", "1")).returncode == 0


def test_audit_of_a_tree_that_is_not_live_takes_any_day(site):
    done = site.build("--no-activate", day=FAR)
    assert clean(site.run("audit", json.loads(done.stdout)["release"], "--jobs", "1")).returncode == 0


def test_nightly_rebuild_goes_back_to_the_true_day_by_itself(ahead):
    """What its own dates end only later is public again; what they ended before stays away."""
    done = ahead.nightly()
    assert done.returncode == 0, done.stdout
    assert ahead.public() == ["S-1", "S-2"]
    assert str(ahead.live.as_of) == AS_OF
    assert ahead.nightly("2026-12-01").returncode == 0
    assert ahead.public() == ["S-1", "S-2", "S-4"]


def test_withholding_takes_the_record_off_and_goes_back_to_the_true_day(ahead):
    done = ahead.withhold("S-1")
    assert done.returncode == 0, done.stdout
    assert ahead.public() == ["S-2"]
    assert str(ahead.live.as_of) == AS_OF
    assert ahead.nightly().returncode == 0
    assert ahead.public() == ["S-2"]


def test_rebuild_goes_back_no_further_than_today(ahead):
    done = ahead.build(day="2026-11-19")
    assert (done.returncode, codes(done)) == (1, ["as-of-before-live"])
    assert str(ahead.live.as_of) == FAR


def test_another_export_waits_for_the_way_back_that_its_finding_tells(ahead):
    newer = ahead.newer()
    done = ahead.build(*newer)
    assert (done.returncode, codes(done)) == (1, ["as-of-before-live"])
    [kept] = (ahead.output / "dalian" / "state" / "exports").iterdir()
    assert f"state/exports/{kept.name}" in found(done)[0]["hint"]
    assert ahead.nightly(AS_OF, "--export", kept).returncode == 0
    assert ahead.build(*newer).returncode == 0
    assert ahead.public() == ["S-1", "S-2"]


def test_another_export_may_be_let_back_at_once_by_leave_that_is_not_remembered(ahead):
    allow = ("--allow", "as-of-before-live")
    done = ahead.build(*ahead.newer(), *allow)
    assert (done.returncode, codes(done)) == (0, ["as-of-before-live"])
    assert ahead.live.allowed == ()
    assert ahead.public() == ["S-1", "S-2"]
    assert codes(ahead.build(*ahead.newer("2026.11.20"), *allow, day="2026-11-19")) == ["as-of-before-live"]


def test_clock_that_was_fast_when_the_export_was_made_does_not_lock_the_site(site):
    """The export itself is of 2062: no rebuild can be of today, but a record is taken off, and a right export goes."""
    wrong = site.newer("2062.11.20", created=f"{FAR}T09:00:00+08:00")
    assert site.build(*wrong, day=FAR, today=FAR).returncode == 0
    done = site.withhold("S-1")
    assert done.returncode == 0, done.stdout
    assert site.public() == ["S-4"]
    assert [str(one.on) for one in read_overlay(site.site.parent / "overlay.yml")] == [AS_OF]
    assert codes(site.nightly(AS_OF, *wrong)) == ["approved-later", "created-later"]
    assert clean(site.run("next")).returncode == 1
    leave = [word for code in ("as-of-before-live", "older-export", "resurrected") for word in ("--allow", code)]
    assert site.build(*site.newer(), *leave).returncode == 0
    assert site.public() == ["S-2"]
    assert clean(site.run("next")).returncode == 0


@pytest.mark.parametrize("clock", ["1970-01-01", "2026-11-10"])
def test_clock_that_stands_before_the_export_changes_nothing_and_hinders_no_withholding(site, clock):
    assert site.build().returncode == 0
    before = small_sites.all_of(site.output / "dalian" / "releases")
    assert site.nightly(clock).returncode == 1
    assert small_sites.all_of(site.output / "dalian" / "releases") == before
    done = site.withhold("S-1", today=clock)
    assert done.returncode == 0, done.stdout
    assert site.public() == ["S-2"]
    assert str(site.live.as_of) == AS_OF
    assert site.nightly().returncode == 0
    assert site.public() == ["S-2"]


def test_withholding_from_a_day_mistyped_takes_the_record_off_today(site):
    assert site.build().returncode == 0
    done = site.withhold("S-1", "--as-of", FAR)
    assert (done.returncode, site.public(), codes(done)) == (0, ["S-2"], ["as-of-in-the-future"])
    assert [str(one.on) for one in read_overlay(site.site.parent / "overlay.yml")] == [AS_OF]
    assert FAR in clean(site.run("withhold", "S-2", *ORDER[:-1], "--as-of", FAR)).stderr
    assert site.public() == []


def test_withholding_from_a_day_gone_by_takes_the_record_off_too(site):
    assert site.build().returncode == 0
    assert site.withhold("S-1", "--as-of", "2026-11-01").returncode == 0
    assert (site.public(), str(site.live.as_of)) == (["S-2"], AS_OF)


def test_order_given_under_a_fast_clock_is_not_undone_by_the_true_day(site):
    assert site.build().returncode == 0
    assert site.withhold("S-1", today=FAR).returncode == 0
    done = site.nightly()
    assert (done.returncode, codes(done)) == (1, ["resurrected"])
    assert site.public() == ["S-4"]
    red = clean(site.run("next", "--json"))
    assert (red.returncode, set(codes(red))) == (1, {"as-of-in-the-future", "resurrected"})
    told = json.loads(site.withhold("S-1").stdout)
    assert (told["restored"], told["written"]) == (["S-1"], False)
    assert site.public() == ["S-2"]
    assert site.nightly().returncode == 0
    assert clean(site.run("next")).returncode == 0
