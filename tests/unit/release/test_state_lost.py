"""What is remembered of the live release is lost, garbled or of another moment: told at once, nothing comes back."""

import datetime as dt
import json
from pathlib import Path
import shutil

import msgspec
import pytest
import small_sites

from site_builder.errors import Exit, SiteBuilderError
from site_builder.release import journal
from site_builder.release.guards import LIVE_FATES, NEWEST_FATES, read_memory
from site_builder.release.live import LIVE, read_live
from site_builder.release.orders import ORDERS
from site_builder.release.place import held
from site_builder.releasing.remembered import remember
from site_builder.vocabulary import Kind

DAY = dt.timedelta(days=1)
MEMORIES = [LIVE, LIVE_FATES, NEWEST_FATES]
CACHES = ["pages.msgpack", "audited.msgpack"]


class Ground:
    """One site, its exports, and what became of its ``state/``."""

    def __init__(self, folder, city="dalian", **site):
        self.folder, self.city = folder, city
        self.site = small_sites.write_site(folder / "content", city, **site)
        self.output = folder / "out"
        self.place = self.output / city
        self.state = self.place / "state"
        self.count = 0

    def export(self, *ids, version=small_sites.VERSION, rows=None, **lists):
        """An export of plain entries, with ``rows`` (id → changes) among them changed."""
        self.count += 1
        severe = [small_sites.entry(one, **(rows or {}).get(one, {})) for one in ids]
        return small_sites.write_export(self.folder / f"export-{self.count}", severe=severe, version=version, **lists)

    def build(self, export, **options):
        return small_sites.build_site(self.site, export, self.output, **options)

    def withhold(self, text, **options):
        return small_sites.withhold(self.site, text, self.output, **options)

    def stopped(self, call, *arguments, **options):
        """The codes that stop a call, after which the site is as it was; where each is told."""
        before = small_sites.all_of(self.place / "releases"), (self.place / "current").readlink()
        with pytest.raises(SiteBuilderError) as caught:
            call(*arguments, **options)
        assert (small_sites.all_of(self.place / "releases"), (self.place / "current").readlink()) == before
        self.error = caught.value
        return sorted({one.code for one in caught.value.findings if not one.warning})

    def lost(self):
        """Which files of the state are told to be lost."""
        return sorted(one.place.file.removeprefix("state/") for one in remember(self.place).lost)

    def keep_state(self):
        """A copy of the state as it is, put back by what is returned, whole or some of its files."""
        copy = self.folder / f"backup-{len(list(self.folder.glob('backup-*')))}"
        shutil.copytree(self.state, copy)

        def put_back(*names):
            if not names:
                shutil.rmtree(self.state, ignore_errors=True)
                shutil.copytree(copy, self.state)
            for name in names:
                shutil.copy2(copy / name, self.state / name)

        return put_back

    def ids(self, kind="severe-list"):
        return small_sites.ids_of(self.place / "current", kind)


@pytest.fixture
def there(tmp_path):
    return Ground(tmp_path)


def garble(path):
    path.write_bytes(path.read_bytes()[::-1])


def cut_off(path):
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize("name", MEMORIES)
@pytest.mark.parametrize("how", [Path.unlink, garble, cut_off])
def test_missing_or_garbled_memory_stops_every_build_and_leaves_the_site(there, name, how):
    export = there.export("S-1")
    there.build(export)
    how(there.state / name)
    assert there.lost() == [name]
    assert there.stopped(there.build, export) == ["state-lost"]
    assert there.stopped(there.build, export, as_of=small_sites.AS_OF + DAY) == ["state-lost"]
    assert there.stopped(there.build, there.export("S-1", "S-2", version="2026.11.19")) == ["state-lost"]
    assert there.error.exit_code == Exit.FINDINGS


def test_whole_state_moved_away_stops_a_build_and_can_be_put_back_where_it_was(there):
    export = there.export("S-1")
    there.build(export)
    there.state.rename(there.folder / "elsewhere")
    assert there.lost() == sorted(MEMORIES)
    assert there.stopped(there.build, export) == ["state-lost"]
    assert not there.state.exists()
    (there.folder / "elsewhere").rename(there.state)
    assert there.build(export).unchanged


def test_yesterdays_state_beside_todays_release_stops_a_build(there):
    there.build(there.export("S-1", "S-2"))
    put_back = there.keep_state()
    removed = there.export("S-1", "S-2", rows={"S-2": {"removed_on": small_sites.AS_OF}}, version="2026.11.19")
    there.build(removed)
    put_back()
    assert there.lost() == [LIVE]
    assert "2026.11.18_2026-11-20" in str(remember(there.place).lost[0])
    assert there.stopped(there.build, there.export("S-1", "S-2", version="2026.11.20")) == ["state-lost"]


def test_state_of_the_night_before_stops_a_build_though_the_export_is_the_same(there):
    export = there.export("S-1")
    there.build(export)
    put_back = there.keep_state()
    there.build(export, as_of=small_sites.AS_OF + DAY)
    put_back()
    assert there.stopped(there.build, export, as_of=small_sites.AS_OF + DAY) == ["state-lost"]


def test_state_of_this_morning_stops_a_build_though_todays_release_has_the_same_name(there):
    """Two orders in a day: the first release's name is free again, and taken again."""
    export = there.export("S-1", "S-2", "S-3")
    there.build(export)
    put_back, name = there.keep_state(), (there.place / "current").readlink()
    there.withhold("S-1")
    there.withhold("S-2")
    assert (there.place / "current").readlink() == name
    put_back()
    assert there.lost() == [LIVE]


@pytest.mark.parametrize("name", MEMORIES[1:])
def test_one_file_of_an_earlier_moment_stops_a_build(there, name):
    there.build(there.export("S-1", "S-2"))
    put_back = there.keep_state()
    there.withhold("S-1")
    put_back(name)
    assert there.lost() == [name]


def test_state_of_another_site_stops_a_build(tmp_path):
    there, other = Ground(tmp_path / "one"), Ground(tmp_path / "other")
    there.build(there.export("S-1"))
    other.build(other.export("S-1", "S-2"))
    shutil.rmtree(there.state)
    shutil.copytree(other.state, there.state)
    assert there.lost() == [LIVE]


@pytest.mark.parametrize("name", CACHES)
@pytest.mark.parametrize("how", [Path.unlink, garble, cut_off])
def test_cache_that_cannot_be_read_is_made_anew(there, name, how):
    there.build(there.export("S-1", "S-2"))
    how(there.state / name)
    newer = there.export("S-1", "S-2", rows={"S-2": {"cause": "演示另一事由"}}, version="2026.11.19")
    there.build(newer)
    small_sites.build_site(there.site, newer, there.folder / "whole")
    assert small_sites.files_of(there.place / "current") == small_sites.files_of(
        small_sites.live_root(there.folder / "whole")
    )


def test_cache_of_an_earlier_release_of_the_same_name_is_not_built_upon(there):
    export = there.export("S-1", "S-2", "S-3")
    there.build(export)
    put_back = there.keep_state()
    there.withhold("S-1")
    there.withhold("S-2")
    put_back(*CACHES)
    there.build(export, as_of=small_sites.AS_OF + DAY)
    small_sites.build_site(there.site, export, there.folder / "whole", as_of=small_sites.AS_OF + DAY)
    assert small_sites.files_of(there.place / "current") == small_sites.files_of(
        small_sites.live_root(there.folder / "whole")
    )


def test_first_build_has_nothing_to_lose(there):
    assert remember(there.place).lost == ()
    (there.state).mkdir(parents=True)
    assert remember(there.place).lost == ()
    there.build(there.export("S-1"))
    assert remember(there.place).lost == ()


def test_memory_without_a_live_release_is_believed_and_a_part_of_it_is_not(there):
    there.build(there.export("S-1", version="2026.11.19"))
    (there.place / "current").unlink()
    with pytest.raises(SiteBuilderError, match="older-export"):
        there.build(there.export("S-1"))
    (there.state / LIVE_FATES).unlink()
    assert there.lost() == [LIVE_FATES]


def test_kept_export_that_is_lost_stops_nothing_and_is_kept_again(there):
    export = there.export("S-1")
    there.build(export)
    shutil.rmtree(there.state / "exports")
    assert there.build(export).unchanged
    assert [small_sites.files_of(one) for one in (there.state / "exports").iterdir()] == [small_sites.files_of(export)]


def switched_without_its_end(there, export):
    """A build that died between the switch and putting its memory in place."""
    there.build(export)
    before = there.folder / "before"
    shutil.copytree(there.state, before)
    there.build(there.export("S-1", "S-2", version="2026.11.19"))
    for name in [*MEMORIES, *CACHES]:
        (there.state / name).rename(there.state / f"{name}{journal.NEW}")
        shutil.copy2(before / name, there.state / name)


def test_build_that_died_at_its_switch_has_lost_nothing(there):
    switched_without_its_end(there, there.export("S-1"))
    known = remember(there.place)
    assert known.lost == ()
    assert known.live.version == "2026.11.19"
    assert known.memory.live.published[Kind.SEVERE] == {"S-1", "S-2"}
    there.withhold("S-2")
    assert there.ids() == ["S-1"]


@pytest.mark.parametrize("done", [[LIVE_FATES], [LIVE_FATES, NEWEST_FATES, *CACHES]])
def test_build_that_died_while_it_put_its_memory_in_place_has_lost_nothing(there, done):
    switched_without_its_end(there, there.export("S-1"))
    for name in done:
        (there.state / f"{name}{journal.NEW}").rename(there.state / name)
    assert remember(there.place).lost == ()
    with held(there.output, there.city, "small"):
        pass
    assert remember(there.place).lost == ()
    assert read_live(there.state).version == "2026.11.19"


def test_memory_written_for_a_release_that_never_was_live_is_not_believed(there):
    there.build(there.export("S-1"))
    shutil.copy2(there.state / LIVE, there.state / f"{LIVE}{journal.NEW}")
    told = json.loads((there.state / LIVE).read_bytes())
    (there.state / f"{LIVE}{journal.NEW}").write_text(json.dumps(told | {"release": "2026.11.19_2026-11-20"}))
    assert remember(there.place).lost == ()
    assert remember(there.place).live == read_live(there.state)


def without_numbers(state):
    """The state as it was written before there were numbers and digests."""
    told = json.loads((state / LIVE).read_bytes())
    for key in ("schema", "files", "beside"):
        del told[key]
    (state / LIVE).write_text(json.dumps(told))
    for name in MEMORIES[1:]:
        fates = msgspec.msgpack.decode((state / name).read_bytes())
        del fates["schema"]
        (state / name).write_bytes(msgspec.msgpack.encode(fates))


def test_state_from_before_there_were_numbers_is_read_and_numbered_by_the_next_release(there):
    export = there.export("S-1", "S-2")
    there.build(export)
    without_numbers(there.state)
    assert remember(there.place).lost == ()
    assert there.build(export).unchanged
    assert there.stopped(there.build, there.export("S-1", version="2026.11.19")) == ["shrink", "vanished"]
    there.build(export, as_of=small_sites.AS_OF + DAY)
    live = read_live(there.state)
    assert json.loads((there.state / LIVE).read_bytes())["schema"] == 1
    assert (live.files, sorted(live.beside)) != ("", [])
    assert remember(there.place).lost == ()


@pytest.mark.parametrize("name", MEMORIES)
def test_state_from_before_there_were_numbers_is_known_to_be_of_an_earlier_moment(there, name):
    there.build(there.export("S-1", "S-2"))
    without_numbers(there.state)
    put_back = there.keep_state()
    there.build(there.export("S-1", "S-2", "S-3", version="2026.11.19"))
    without_numbers(there.state)
    put_back(name)
    assert there.lost() == [name]


def test_newer_state_is_refused_and_the_site_stays(there):
    export = there.export("S-1")
    there.build(export)
    told = json.loads((there.state / LIVE).read_bytes())
    (there.state / LIVE).write_text(json.dumps(told | {"schema": 99, "news": True}))
    assert there.stopped(there.build, export) == ["state-newer"]
    assert "格式 99" in str(there.error)
    assert (there.state / LIVE).read_text() == json.dumps(told | {"schema": 99, "news": True})


LOSSES = {
    "all": lambda there: shutil.rmtree(there.state),
    "live.json": lambda there: (there.state / LIVE).unlink(),
    "both fates": lambda there: [garble(there.state / name) for name in MEMORIES[1:]],
}
"""Ways to lose what the guards need."""

losing = pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES)


@losing
def test_adopted_release_still_has_its_guards(tmp_path, lose):
    there = Ground(tmp_path)
    old = there.export(*(f"S-{number}" for number in range(10)), version="2026.11.10")
    there.build(old)
    there.build(there.export(*(f"S-{number}" for number in range(11))))
    lose(there)

    def refused(export):
        return there.stopped(there.build, export, adopt_live=True)

    assert refused(old) == ["older-export", "vanished"]
    assert refused(there.export("S-1", "S-2", version="2026.11.19")) == ["shrink", "vanished"]
    assert refused(there.export("S-1")) == ["other-bytes", "shrink", "vanished"]
    early = small_sites.AS_OF - DAY
    assert there.stopped(there.build, old, adopt_live=True, as_of=early)[0] == "as-of-before-live"
    there.build(there.export(*(f"S-{number}" for number in range(11)), version="2026.11.19"), adopt_live=True)
    assert remember(there.place).lost == ()
    assert there.stopped(there.build, old) == ["older-export", "vanished"]


@losing
def test_refused_adoption_leaves_what_was_left_of_the_state(there, lose):
    there.build(there.export("S-1", "S-2"))
    lose(there)
    left = small_sites.files_of(there.state) if there.state.exists() else None
    assert there.stopped(there.build, there.export("S-1", version="2026.11.19"), adopt_live=True)
    assert (small_sites.files_of(there.state) if there.state.exists() else None) == left


@losing
def test_live_export_built_again_adopts_and_says_so(there, lose):
    export = there.export("S-1", "S-2", rows={"S-2": {"removed_on": small_sites.AS_OF}})
    there.build(export)
    lose(there)
    report = there.build(export, adopt_live=True)
    assert report.active
    assert {one.code for one in report.warnings} == {"adopted"}
    assert remember(there.place).lost == ()
    assert read_memory(there.state).live.withheld[Kind.SEVERE] == {"S-2"}
    assert there.build(export).unchanged
    assert not there.build(export, as_of=small_sites.AS_OF + DAY).warnings


@losing
def test_removed_record_does_not_come_back_after_the_memory_of_it_was_lost(there, lose):
    """The row of the next export lacks its day of removal."""
    there.build(there.export("S-1", "S-2"))
    there.build(there.export("S-1", "S-2", rows={"S-2": {"removed_on": small_sites.AS_OF}}, version="2026.11.19"))
    lose(there)
    back = there.export("S-1", "S-2", version="2026.11.20")
    assert there.stopped(there.build, back, adopt_live=True) == ["resurrected"]
    assert "S-2" in str(there.error)
    assert "S-1" not in str(there.error)
    there.build(back, adopt_live=True, allow=["resurrected"])
    assert there.ids() == ["S-1", "S-2"]


@losing
def test_order_of_a_lost_overlay_is_asked_about_even_when_the_live_export_is_built_again(there, lose):
    export = there.export("S-1", "S-2")
    there.build(export)
    there.withhold("S-1")
    lose(there)
    small_sites.write_overlay(there.site, [])
    assert there.stopped(there.build, export, adopt_live=True) == ["resurrected"]
    assert there.ids() == ["S-2"]


def test_what_was_allowed_for_the_live_export_does_not_answer_for_what_was_lost(there):
    old, new = there.export("S-1", "S-2"), there.export("S-1", version="2026.11.19")
    there.build(new)
    there.build(old, allow=["older-export", "resurrected"])
    there.withhold("S-1")
    assert "resurrected" in read_live(there.state).allowed
    (there.state / LIVE_FATES).unlink()
    small_sites.write_overlay(there.site, [])
    assert there.stopped(there.build, old, adopt_live=True) == ["resurrected"]
    assert "S-1" in str(there.error)


@losing
def test_record_whose_dates_and_known_orders_explain_that_it_was_not_there_is_not_asked_about(tmp_path, lose):
    there = Ground(tmp_path, "lingyuan")
    rows = {
        "S-2": {"published_on": small_sites.AS_OF + DAY},
        "S-3": {"repaired_on": small_sites.AS_OF - 9 * DAY, "repair_revoked_on": small_sites.AS_OF + DAY},
        "S-4": {"disclosure": "query"},
        "S-5": {"repair_revoked_on": small_sites.AS_OF + DAY},
    }
    ids = ["S-1", *rows]
    repair = {"kind": "severe-list", "id": "S-5", "on": small_sites.AS_OF - DAY, "what": "repaired"}
    small_sites.write_overlay(there.site, [repair])
    there.build(there.export(*ids, rows=rows))
    lose(there)
    assert there.ids() == ["S-1"]
    newer = there.export(*ids, rows=rows, version="2026.11.19")
    assert not there.build(newer, adopt_live=True, as_of=small_sites.AS_OF + DAY).warnings[3:]
    assert there.ids() == ["S-1", "S-2", "S-3", "S-5"]


@losing
def test_order_given_under_a_fast_clock_is_asked_about_when_the_clock_is_right_again(there, lose):
    """The overlay still says it, of a day years ahead: not in force today, it explains nothing."""
    export = there.export("S-1", "S-2")
    there.build(export)
    ahead = small_sites.AS_OF + 3000 * DAY
    there.withhold("S-1", today=ahead, as_of=ahead)
    lose(there)
    day = dict.fromkeys(("as_of", "today"), small_sites.AS_OF)
    assert there.stopped(there.build, export, adopt_live=True, **day) == ["resurrected"]
    assert "S-1" in str(there.error)


def test_honour_of_a_subject_that_was_listed_is_not_asked_about(there):
    code = small_sites.credit_code(77)
    rows = {"S-1": {"subject_code": code}}
    honours = [small_sites.model("R-1", subject_code=code), small_sites.model("R-2")]
    there.build(there.export("S-1", rows=rows, models=honours))
    shutil.rmtree(there.state)
    rows["S-1"]["removed_on"] = small_sites.AS_OF + DAY
    newer = there.export("S-1", rows=rows, models=honours, version="2026.11.19")
    there.build(newer, adopt_live=True, as_of=small_sites.AS_OF + DAY)
    assert there.ids("role-models") == ["R-1", "R-2"]


def test_honour_that_should_have_stood_there_is_asked_about(there):
    there.build(
        there.export("S-1", models=[small_sites.model("R-1"), small_sites.model("R-2", withdrawn_on=small_sites.AS_OF)])
    )
    shutil.rmtree(there.state)
    newer = there.export("S-1", models=[small_sites.model("R-1"), small_sites.model("R-2")], version="2026.11.19")
    assert there.stopped(there.build, newer, adopt_live=True) == ["resurrected"]
    assert "R-2" in str(there.error)


def test_optional_kinds_are_adopted_too(there):
    lists = small_sites.optional()
    there.build(there.export("S-1", others=lists))
    shutil.rmtree(there.state)
    fewer = {kind: rows[1:] for kind, rows in lists.items()}
    assert "vanished" in there.stopped(
        there.build, there.export("S-1", others=fewer, version="2026.11.19"), adopt_live=True
    )
    there.build(there.export("S-1", others=lists, version="2026.11.19"), adopt_live=True)


def test_after_the_first_accepted_release_nothing_is_asked_any_more(there):
    there.build(there.export("S-1"))
    shutil.rmtree(there.state)
    there.build(there.export("S-1", version="2026.11.19"), adopt_live=True)
    there.build(there.export("S-1", "S-2", version="2026.11.20"))
    assert there.ids() == ["S-1", "S-2"]


def test_release_that_was_only_built_adopts_nothing(there):
    export = there.export("S-1")
    there.build(export)
    shutil.rmtree(there.state)
    assert not there.build(export, adopt_live=True, activate=False).active
    assert there.stopped(there.build, export) == ["state-lost"]


def test_memory_of_a_newer_export_than_the_live_one_outlives_what_is_lost_beside_it(there):
    oldest = there.export("S-1", "S-2", version="2026.11.10")
    older = there.export("S-1", "S-2", rows={"S-2": {"removed_on": small_sites.AS_OF}}, version="2026.11.12")
    there.build(there.export("S-1", "S-2", rows={"S-2": {"removed_on": small_sites.AS_OF}}, version="2026.11.15"))
    there.build(older, allow=["older-export"])
    (there.state / LIVE).unlink()
    there.build(older, adopt_live=True)
    assert read_memory(there.state).newest.version_key == (2026, 11, 15)
    assert "resurrected" in there.stopped(there.build, oldest, allow=["older-export"])


def test_adopting_where_nothing_is_lost_changes_nothing(there):
    export = there.export("S-1")
    there.build(export)
    before = small_sites.all_of(there.output)
    assert there.build(export, adopt_live=True).unchanged
    assert small_sites.all_of(there.output) == before


def test_quarantine_of_the_adopted_release_holds_for_its_own_export(there):
    export = there.export("S-1", "S-2", rows={"S-2": {"category": "演示"}})
    there.build(export, quarantine=True)
    shutil.rmtree(there.state)
    assert there.build(export, adopt_live=True).counts[Kind.SEVERE].rejected == 1


@pytest.mark.parametrize("name", ["release.json", "release-files.txt", "data/severe-list.jsonl"])
@pytest.mark.parametrize("how", [Path.unlink, cut_off])
def test_live_release_that_is_not_whole_is_not_adopted(there, name, how):
    export = there.export("S-1", "S-2")
    there.build(export)
    shutil.rmtree(there.state)
    how(there.place / "current" / name)
    assert there.stopped(there.build, export, adopt_live=True) == ["state-lost"]
    assert "备份" in str(there.error)


def test_live_release_that_is_gone_with_its_memory_is_not_adopted(there):
    export = there.export("S-1")
    there.build(export)
    shutil.rmtree(there.state)
    shutil.rmtree(there.place / "releases")
    with pytest.raises(SiteBuilderError, match="不能从它接管"):
        there.build(export, adopt_live=True)


@losing
def test_withhold_works_at_once_where_its_export_is_still_kept(there, lose):
    there.build(there.export("S-1", "S-2"))
    exports = there.keep_state()
    lose(there)
    if not there.state.exists():
        exports()
        [(there.state / name).unlink() for name in [*MEMORIES, *CACHES]]
    done = there.withhold("S-1")
    assert there.ids() == ["S-2"]
    assert done.gone == ("severe/S-1.html",)
    assert {one.code for one in done.report.warnings} == {"adopted"}
    assert done.held_back == ()
    assert remember(there.place).lost == ()


def site_export(there, export):
    """Write into the site's file which export is the live one."""
    text = there.site.read_text().replace("../../export", f"../../{export.name}")
    there.site.write_text(text)


@pytest.mark.parametrize("zipped", [False, True])
def test_withhold_takes_the_export_the_site_names_where_none_is_kept(there, zipped):
    export = there.export("S-1", "S-2", zipped=zipped)
    site_export(there, export)
    there.build(export)
    shutil.rmtree(there.state)
    there.withhold("S-1")
    assert there.ids() == ["S-2"]
    [kept] = (there.state / "exports").iterdir()
    assert (kept / "severe-list.csv").is_file()


@pytest.mark.parametrize("zipped", [False, True])
def test_withhold_says_what_it_needs_where_there_is_no_export_and_works_with_it(there, zipped):
    export = there.export("S-1", "S-2", zipped=zipped)
    there.build(export)
    digest = read_live(there.state).export
    shutil.rmtree(there.state)
    assert there.stopped(there.withhold, "S-1") == ["no-export"]
    assert there.error.exit_code == Exit.USAGE
    for words in ("--export", digest, "2026.11.18", "--adopt-live"):
        assert words in str(there.error)
    there.withhold("S-1", export=export)
    assert there.ids() == ["S-2"]


def test_withhold_refuses_another_export_and_one_that_is_not_whole(there):
    export = there.export("S-1", "S-2")
    there.build(export)
    shutil.rmtree(there.state)
    other = there.export("S-1", version="2026.11.19")
    assert there.stopped(there.withhold, "S-1", export=other) == ["not-live-export"]
    (export / "severe-list.csv").write_text("演示")
    assert there.stopped(there.withhold, "S-1", export=export) == ["hash-differs", "size-differs"]
    assert not (there.folder / "content" / "dalian" / "overlay.yml").read_text().count("S-1")


def test_withhold_is_not_stopped_by_a_kept_export_that_was_damaged(there):
    export = there.export("S-1", "S-2")
    there.build(export)
    [kept] = (there.state / "exports").iterdir()
    cut_off(kept / "severe-list.csv")
    assert there.stopped(there.withhold, "S-1") == ["no-export"]
    assert "--adopt-live" not in there.error.findings[0].hint
    there.withhold("S-1", export=export)
    assert there.ids() == ["S-2"]
    assert small_sites.files_of(kept) == small_sites.files_of(export)
    there.withhold("S-2")
    assert there.ids() == []


@losing
def test_withhold_holds_back_what_nobody_knows_the_reason_of(there, lose):
    """Overlay, memory and the copy of the orders are gone: the order of today works, and those of before still hold."""
    export = there.export("S-1", "S-2", "S-3", models=[small_sites.model("R-1"), small_sites.model("R-2")])
    there.build(export)
    there.withhold("S-1")
    there.withhold("R-1")
    lose(there)
    (there.state / ORDERS).unlink(missing_ok=True)
    small_sites.write_overlay(there.site, [])
    done = there.withhold("S-2", export=export)
    assert (there.ids(), there.ids("role-models")) == (["S-3"], ["R-2"])
    assert done.held_back == ("S-1", "R-1")
    text = (there.site.parent / "overlay.yml").read_text()
    assert text.count("不知因何") == 2
    there.build(export, as_of=small_sites.AS_OF + DAY)
    assert (there.ids(), there.ids("role-models")) == (["S-3"], ["R-2"])


def test_record_that_was_ordered_off_before_is_ordered_off_again_once(there):
    export = there.export("S-1", "S-2")
    there.build(export)
    there.withhold("S-1")
    shutil.rmtree(there.state)
    small_sites.write_overlay(there.site, [])
    done = there.withhold("S-1", export=export)
    assert (done.held_back, done.was_live) == ((), False)
    assert (there.site.parent / "overlay.yml").read_text().count("id:") == 1


def test_copy_of_the_orders_from_a_newer_program_stops_a_build_and_one_that_is_lost_or_garbled_does_not(there):
    export = there.export("S-1", "S-2", "S-3")
    there.build(export)
    there.withhold("S-1")
    told = json.loads((there.state / ORDERS).read_bytes())
    (there.state / ORDERS).write_text(json.dumps(told | {"schema": 99}))
    assert there.stopped(there.build, export, as_of=small_sites.AS_OF + DAY) == ["state-newer"]
    there.withhold("S-2")
    assert there.ids() == ["S-3"]
    for harm in (garble, Path.unlink):
        harm(there.state / ORDERS)
        assert there.lost() == []


def test_orders_written_back_hold_though_the_memory_is_lost(there):
    """The overlay and the proof of the live release are gone; the copy of the orders is not."""
    there.build(there.export("S-1", "S-2", "S-3"))
    there.withhold("S-1")
    (there.state / LIVE).unlink()
    small_sites.write_overlay(there.site, [])
    done = there.withhold("S-2")
    assert ([one.id for one in done.restored], done.held_back) == (["S-1"], ())
    assert there.ids() == ["S-3"]
