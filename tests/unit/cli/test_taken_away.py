"""What was taken away stays away: an overlay lost, restored or mistyped, a newer export that forgot a date."""

import json

from copied_sites import copied
import pytest
import small_sites
from webmasters_desk import AS_OF, Desk, clean

from site_builder.config.companions import read_overlay
from site_builder.release.orders import ORDERS, read_orders

ORDER = ("--by", "演示科", "--why", "演示裁定", "--jobs", "1", "--json")
NEXT = "2026-11-21"


class Office(Desk):
    """A desk with four entries live, and as many further exports as a test needs."""

    def __init__(self, folder):
        super().__init__(folder, search__fulltext_limit=0)
        self.rows = {f"S-{number}": small_sites.entry(f"S-{number}") for number in range(1, 5)}
        self.number = 0
        self.at = self.next_export()

    def next_export(self, **lists):
        """The list as it is now, as the next version's export."""
        self.number += 1
        version = f"{small_sites.VERSION}.{self.number}"
        severe = list(self.rows.values())
        return small_sites.write_export(self.folder / version, severe=severe, version=version, **lists)

    def build(self, *allow, day=AS_OF, new=None):
        """Build the export that is live, or a ``new`` one, on a machine of that day."""
        self.at = new or self.at
        leave = [word for code in allow for word in ("--allow", code)]
        return clean(self.run("build", "--export", str(self.at), "--json", *leave, day=day, today=day))

    def withhold(self, record, *options, day=AS_OF):
        return clean(self.run("withhold", record, *ORDER, *options, today=day))

    def next(self, day=AS_OF):
        return clean(self.run("next", "--json", today=day))

    @property
    def overlay(self):
        return self.site.parent / "overlay.yml"

    @property
    def state(self):
        return self.output / "dalian" / "state"

    def public(self):
        return small_sites.ids_of(small_sites.live_root(self.output), "severe-list")

    def ordered(self):
        return [(one.id, one.what.value, one.by, one.why) for one in read_overlay(self.overlay)]


@copied
def office(folder):
    made = Office(folder)
    assert made.build().returncode == 0
    return made


def stopping(done):
    return [one["code"] for one in json.loads(done.stdout)["findings"] if not one["warning"]]


def warned(done):
    return [one["code"] for one in json.loads(done.stdout)["warnings"]]


@pytest.mark.parametrize("field", ["removed_on", "revoked_on", "repaired_on"])
def test_newer_export_without_the_date_that_took_a_record_away_stops_until_allowed(office, field):
    row = office.rows["S-1"]
    office.rows["S-1"] = row | {field: small_sites.AS_OF}
    assert office.build(new=office.next_export()).returncode == 0
    office.rows["S-1"] = row
    before = small_sites.all_of(office.output)
    new = office.next_export()
    done = office.build(new=new)
    assert (done.returncode, stopping(done)) == (1, ["resurrected"])
    assert "S-1" in json.loads(done.stdout)["findings"][0]["message"]
    assert small_sites.all_of(office.output) == before
    assert office.build("resurrected", new=new).returncode == 0
    assert office.public() == ["S-1", "S-2", "S-3", "S-4"]
    assert office.build(day=NEXT).returncode == 0
    assert office.build(day=NEXT, new=office.next_export()).returncode == 0, "it is public by leave, and asked no more"


def test_withdrawn_honour_is_remembered_too(office):
    office.build(
        new=office.next_export(models=[small_sites.model("R-1", withdrawn_on=AS_OF), small_sites.model("R-2")])
    )
    done = office.build(new=office.next_export(models=[small_sites.model("R-1"), small_sites.model("R-2")]))
    assert stopping(done) == ["resurrected"]


def test_revoked_repair_explains_itself_and_so_does_a_listing_under_a_new_id(office):
    row = office.rows["S-1"]
    office.rows["S-1"] = row | {"repaired_on": "2026-11-10"}
    office.rows["S-2"] |= {"removed_on": "2026-11-10"}
    assert office.build(new=office.next_export()).returncode == 0
    office.rows["S-1"] = row | {"repaired_on": "2026-11-10", "repair_revoked_on": "2026-11-20"}
    office.rows["S-9"] = office.rows["S-2"] | {"id": "S-9", "removed_on": None}
    assert office.build(new=office.next_export()).returncode == 0
    assert office.public() == ["S-1", "S-3", "S-4", "S-9"]


def test_repair_revoked_before_it_was_made_or_on_a_day_to_come_explains_nothing(office):
    row = office.rows["S-1"]
    office.rows["S-1"] = row | {"repaired_on": "2026-11-10"}
    office.build(new=office.next_export())
    for undone in ("2026-11-09", "2026-11-30"):
        office.rows["S-1"] = row | {"repair_revoked_on": undone}
        assert stopping(office.build(new=office.next_export())) == ["resurrected"]


def test_row_that_was_left_out_meanwhile_or_comes_in_another_letter_case_is_remembered(office):
    row = office.rows["S-1"]
    office.rows["S-1"] = row | {"removed_on": AS_OF}
    office.build(new=office.next_export())
    del office.rows["S-1"]
    assert office.build(new=office.next_export()).returncode == 0
    assert office.build(new=office.next_export()).returncode == 0
    office.rows["s-1"] = row | {"id": "s-1"}
    assert stopping(office.build(new=office.next_export())) == ["resurrected"]


def test_record_that_only_expired_or_was_not_complete_returns_unasked(office):
    row = office.rows["S-1"]
    office.rows["S-1"] = row | {"cause": "无"}
    assert office.build("shrink", new=office.next_export()).returncode == 0
    office.rows["S-1"] = row
    assert office.build(new=office.next_export()).returncode == 0
    assert office.public() == ["S-1", "S-2", "S-3", "S-4"]


def test_order_that_stands_no_more_stops_a_new_export_and_the_rebuild_of_the_live_one(office):
    office.withhold("S-1")
    office.overlay.unlink()
    assert stopping(office.build(new=office.next_export())) == ["resurrected"]
    assert office.next().returncode == 0, "a new export that is refused is no failing rebuild"
    [kept] = (office.state / "exports").iterdir()
    before = small_sites.all_of(office.output / "dalian" / "releases")
    done = office.build(new=kept, day=NEXT)
    assert (done.returncode, stopping(done)) == (1, ["resurrected"])
    assert small_sites.all_of(office.output / "dalian" / "releases") == before
    assert office.public() == ["S-2", "S-3", "S-4"]


def test_stopped_rebuild_names_the_command_that_mends_it_and_next_is_red_until_it_is(office):
    office.withhold("S-1")
    office.overlay.unlink()
    hint = json.loads(office.build(day=NEXT).stdout)["findings"][0]["hint"]
    assert "site-builder withhold S-1" in hint
    red = office.next(NEXT)
    assert (red.returncode, stopping(red)) == (1, ["resurrected"])
    assert json.loads(red.stdout)["findings"][0]["hint"] == hint
    assert "--by" in hint
    said = clean(office.run("next", today=NEXT))
    assert "site-builder withhold S-1" in said.stderr
    assert NEXT in said.stderr
    told = json.loads(office.withhold("S-1", day=NEXT).stdout)
    assert (told["restored"], told["written"]) == (["S-1"], False)
    assert office.next(NEXT).returncode == 0
    assert office.build(day="2026-11-22").returncode == 0


def test_withholding_writes_the_lost_orders_back_first_and_says_so(office):
    office.withhold("S-1", "--what", "revoked")
    written = office.ordered()
    office.overlay.write_text("# 演示说明\n[]\n")
    done = office.withhold("S-2")
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["restored"] == ["S-1"]
    assert office.public() == ["S-3", "S-4"]
    assert office.ordered()[:1] == written
    assert "# 演示说明" in office.overlay.read_text()
    office.overlay.unlink()
    said = clean(office.run("withhold", "S-3", *ORDER[:-1]))
    assert "S-1、S-2" in said.stdout
    assert office.public() == ["S-4"]


def test_overlay_of_an_earlier_day_put_back_is_noticed_and_made_whole(office):
    office.withhold("S-1")
    earlier = office.overlay.read_text()
    office.withhold("S-2")
    office.overlay.write_text(earlier)
    assert stopping(office.build(day=NEXT)) == ["resurrected"]
    assert json.loads(office.withhold("S-3", day=NEXT).stdout)["restored"] == ["S-2"]
    assert office.public() == ["S-4"]


def test_order_written_by_hand_is_copied_once_it_was_obeyed(office):
    item = {"kind": "severe-list", "id": "s-1", "on": small_sites.AS_OF, "what": "court", "why": "演示手写"}
    later = {
        "kind": "severe-list",
        "id": "S-4",
        "on": small_sites.AS_OF + small_sites.dt.timedelta(days=3),
        "what": "court",
    }
    small_sites.write_overlay(office.site, [item, later])
    assert office.build().returncode == 0
    office.overlay.unlink()
    assert json.loads(office.withhold("S-2").stdout)["restored"] == ["s-1"], "what was not in force yet is not ordered"
    assert office.ordered()[0] == ("s-1", "court", "演示员", "演示手写")
    assert office.public() == ["S-3", "S-4"]


def test_lost_copy_hinders_nothing_and_nothing_returns(office):
    office.withhold("S-1", "--what", "removed")
    office.overlay.unlink()
    (office.state / ORDERS).unlink()
    done = office.withhold("S-2")
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["restored"] == ["S-1"]
    assert office.public() == ["S-3", "S-4"]
    assert ("S-1", "removed") in [one[:2] for one in office.ordered()]
    (office.state / ORDERS).write_text("演示：读不懂")
    assert office.withhold("S-3").returncode == 0
    assert office.public() == ["S-4"]


def test_copy_never_decides_what_is_shown(office):
    office.withhold("S-1")
    copied = read_orders(office.state)
    small_sites.write_overlay(office.site, [])
    assert office.build("resurrected").returncode == 0
    assert [one.id for one in copied] == ["S-1"]
    assert office.public() == ["S-1", "S-2", "S-3", "S-4"]


def test_order_lifted_by_leave_is_forgotten(office):
    office.withhold("S-1")
    small_sites.write_overlay(office.site, [])
    assert office.build("resurrected").returncode == 0
    assert read_orders(office.state) == ()
    assert json.loads(office.withhold("S-2").stdout)["restored"] == []
    assert office.public() == ["S-1", "S-3", "S-4"]
    assert office.build(day=NEXT).returncode == 0


def test_leave_is_for_what_returned_then_and_no_rebuild_repeats_it(office):
    office.withhold("S-1")
    office.withhold("S-2")
    small_sites.write_overlay(
        office.site, [{"kind": "severe-list", "id": "S-2", "on": small_sites.AS_OF, "what": "court"}]
    )
    assert office.build("resurrected").returncode == 0
    assert office.public() == ["S-1", "S-3", "S-4"]
    office.overlay.unlink()
    assert stopping(office.build(day=NEXT)) == ["resurrected"]


def test_order_outlives_a_date_that_is_taken_back(office):
    """Ordered off, then removed by date too; the overlay is lost while nothing shows, and the removal was a mistake."""
    row = office.rows["S-1"]
    office.withhold("S-1")
    office.rows["S-1"] = row | {"repaired_on": AS_OF}
    office.build(new=office.next_export())
    office.overlay.unlink()
    assert office.build(day=NEXT, new=office.next_export()).returncode == 0
    office.rows["S-1"] = row | {"repaired_on": AS_OF, "repair_revoked_on": NEXT}
    assert stopping(office.build(day=NEXT, new=office.next_export())) == ["resurrected"]


def test_what_an_older_export_would_show_one_day_stops_that_nights_rebuild_and_is_kept_off_by_withholding(office):
    """The newest export removed it; the older one, allowed to go live, publishes it only from tomorrow on."""
    row = office.rows["S-1"]
    office.rows["S-1"] = row | {"published_on": NEXT}
    older = office.next_export()
    office.rows["S-1"] = row | {"removed_on": AS_OF}
    assert office.build(new=office.next_export()).returncode == 0
    assert office.build("older-export", new=older).returncode == 0
    assert stopping(office.build(day=NEXT)) == ["resurrected"]
    done = office.withhold("S-2", day=NEXT)
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["restored"] == ["S-1"]
    assert office.public() == ["S-3", "S-4"]


def test_order_whose_rebuild_failed_is_not_lost_with_the_overlay(office):
    """It was written and copied, and never obeyed; the copy shows nothing and hides nothing, and waits."""
    good = office.site.read_text()
    office.site.write_text(good.replace("theme: slim", "theme: nowhere"))
    done = office.withhold("S-1")
    assert (done.returncode, stopping(done)) == (2, ["theme"])
    office.site.write_text(good)
    office.overlay.unlink()
    assert office.build(day=NEXT).returncode == 0
    assert office.public() == ["S-1", "S-2", "S-3", "S-4"]
    assert json.loads(office.withhold("S-2", day=NEXT).stdout)["restored"] == ["S-1"]
    assert office.public() == ["S-3", "S-4"]
