"""Releases one after another, as years bring them, and the accidents of a real office among them.

Listed, removed, listed again, expired, honoured, withdrawn, ordered off; a wrong day, a wrong clock, an overlay lost,
put back or mistyped, an export that forgot a date. After every build the live site holds what a plain reckoning says,
and nothing else; taking away always works; what was taken away is public again only by leave or by its own dates.
Exports are swapped while they are read, and people put things of their own beside the releases: what was verified is
live, nothing of theirs is deleted. The memory in ``state/`` goes, or is of another moment: every build stops, and what
is rebuilt of it from the live release lets nothing back that left a sign there.
"""

import datetime as dt
import functools
import hashlib
import json
from pathlib import Path
import re
import shutil
import tempfile

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
import pytest
from sizes import HISTORIES, LONG
import small_sites
from swapped_exports import Swap, renamed_over, taken_away, written_over

from site_builder.config.companions import read_overlay
from site_builder.errors import SiteBuilderError
from site_builder.release.orders import ORDERS

DAY = dt.timedelta(days=1)
YEARS = dt.timedelta(days=365 * 36)
SOON = st.sampled_from([0, 0, 0, 1, 3])
PICK = st.integers(0, 9)
SPECIAL = {"term_months": 1, "term_start": "listing", "term_basis": "《演示法》", "term_level": "law"}
CREATED = dt.date.fromisoformat(small_sites.CREATED[:10])

FIELDS = ("removed_on", "revoked_on", "repaired_on", "withdrawn_on")
"""The dates that take a record away."""

MEMORIES = ["live.json", "live-fates.msgpack", "newest-fates.msgpack"]
"""What the guards remember; each of the two last outlives the loss of the other, for the live export is the newest."""

PROVEN = ("release", "version", "export", "as_of", "files", "beside")
"""What ``live.json`` is held against the live release and the other files by."""

LOSSES = st.sampled_from(["moved away", "of an earlier moment", *MEMORIES])
HARMS = st.sampled_from(["missing", "garbled", "of an earlier moment"])
ENDS = st.sampled_from(["put back", "adopted", "adopted with the register of today", "withhold"])

OF_THE_OVERLAY = {"overlay-name", "overlay-day", "unknown-overlay-id"}
OF_THE_DAY = {"as-of-before-live", "as-of-in-the-future", "created-later", "approved-later"}


class Releases(RuleBasedStateMachine):
    """The register a city keeps, the export it makes of it, the overlay on its disk, and the site that is live."""

    def __init__(self):
        super().__init__()
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = Path(self.scratch.name)
        self.site = self.folder / "content" / "dalian" / "site.yml"
        self.overlay = self.site.with_name("overlay.yml")
        self.today = small_sites.AS_OF
        self.entries, self.honours = {}, {}
        self.exports, self.live, self.live_day, self.live_orders = [], None, None, set()
        self.texts, self.taken, self.tampered, self.leave = [""], {}, False, False
        self.foreign, self.put = {}, 0
        self.states, self.asked = [], None

    def teardown(self):
        self.scratch.cleanup()

    @initialize()
    def first_release(self):
        """The same in every history, and so made once."""
        self.add_entry(0, special=False)
        self.add_honour(None)
        shutil.copytree(first_site().name, self.folder, symlinks=True, dirs_exist_ok=True)
        self.exports = [self.folder / "export-0"]
        self.live = self.rows()
        self.went_live()

    def rows(self):
        """The register as a plain reader of its export has it."""
        return json.loads(json.dumps([self.entries, self.honours], default=dt.date.isoformat))

    def number(self):
        return len(self.entries) + len(self.honours)

    @rule(ahead=SOON, special=st.booleans())
    def add_entry(self, ahead, special):
        """A new entry; a special one ends a month after it was listed, in a few days."""
        listed = (self.today + ahead * DAY - dt.timedelta(days=29)) if special else dt.date(2024, 5, 12)
        changes = (SPECIAL | {"listed_on": listed}) if special else {}
        record_id = f"S-{self.number()}"
        self.entries[record_id] = small_sites.entry(record_id, published_on=self.today + ahead * DAY, **changes)

    @rule(days=st.none() | SOON)
    def add_honour(self, days):
        """A new honour, for ever or for some days."""
        record_id = f"R-{self.number()}"
        through = None if days is None else self.today + days * DAY
        self.honours[record_id] = small_sites.model(record_id, valid_through=through)

    @precondition(lambda self: self.entries)
    @rule(pick=PICK, ahead=SOON, field=st.sampled_from(["removed_on", "revoked_on", "repaired_on"]))
    def take_off(self, pick, ahead, field):
        """An entry is removed, revoked or repaired, today or soon."""
        self.change(self.entries, pick, **{field: self.today + ahead * DAY, "repair_revoked_on": None})

    @precondition(lambda self: self.entries)
    @rule(pick=PICK)
    def list_again(self, pick):
        """The removal was a mistake, and leave is given; or the repair is revoked, which needs none."""
        entry = self.entries[picked(self.entries, pick)]
        mistaken = any(entry.get(field) is not None for field in ("removed_on", "revoked_on"))
        repaired = entry.get("repaired_on")
        undone = {"repair_revoked_on": max(repaired, self.today)} if repaired is not None else {}
        self.change(self.entries, pick, leave=mistaken, removed_on=None, revoked_on=None, **undone)

    @precondition(lambda self: self.entries)
    @rule(pick=PICK)
    def export_forgets_the_dates(self, pick):
        """The next export comes without what took an entry away."""
        self.change(self.entries, pick, **dict.fromkeys((*FIELDS[:3], "repair_revoked_on")))

    @precondition(lambda self: self.honours)
    @rule(pick=PICK, ahead=SOON)
    def withdraw(self, pick, ahead):
        """An honour is withdrawn."""
        self.change(self.honours, pick, withdrawn_on=self.today + ahead * DAY)

    @precondition(lambda self: self.honours)
    @rule(pick=PICK)
    def honour_listed(self, pick):
        """Somebody honoured comes onto the severe list."""
        honour = self.honours[picked(self.honours, pick)]
        record_id = f"S-{self.number()}"
        self.entries[record_id] = small_sites.entry(record_id, subject_code=honour["subject_code"])
        self.release()

    @precondition(lambda self: self.live is not None)
    @rule(pick=PICK, off=st.sampled_from([0, 0, 0, -30, -1, 1, 3000]), said=st.sampled_from([0, 0, -3, 1, 9000]))
    def order_off(self, pick, off, said):
        """A court speaks: whatever happened, with the clock ``off`` and the day ``said`` wrong, the record is gone."""
        record_id = picked(self.live[0], pick)
        clock = self.today + off * DAY
        said_day = clock + said * DAY
        order_of = functools.partial(
            small_sites.withhold,
            self.site,
            record_id,
            self.folder / "out",
            today=clock,
            as_of=said_day,
        )
        try:
            done = order_of()
        except SiteBuilderError as stopped:
            if self.asked is None or stopped.findings[0].code != "no-export":
                raise
            done = order_of(export=self.exports[-1])
        assert record_id not in small_sites.ids_of(small_sites.live_root(self.folder / "out"), "severe-list")
        assert done.id == record_id
        self.leave = self.tampered = False  # the overlay is whole again
        self.went_live()

    @rule()
    def overlay_is_mended(self):
        """Somebody writes down all that was ordered, and takes away what is called nearly as it."""
        for name in ("overlay.yaml", "Overlay.yml"):
            self.overlay.with_name(name).unlink(missing_ok=True)
        self.write_overlay([order(one, self.today) for one, facts in self.taken.items() if "ordered" in facts])
        self.tampered = False
        self.rebuild()

    @precondition(lambda self: self.live_orders)
    @rule(pick=PICK)
    def order_lifted(self, pick):
        """The court lifts an order: the item is struck out, and leave is given."""
        lifted = sorted(self.live_orders)[pick % len(self.live_orders)]
        self.write_overlay([one for one in self.items() if one["id"] != lifted])
        self.rebuild(leave=True)

    @rule(days=st.integers(1, 4))
    def time_passes(self, days):
        """And the nightly rebuild runs."""
        self.today += days * DAY
        self.rebuild()

    @rule(off=st.sampled_from([-300, -2, -1, 1, 40, 4000]))
    def clock_is_wrong(self, off):
        """The nightly rebuild runs under a wrong clock; the next one under the right one."""
        self.rebuild(clock=self.today + off * DAY)

    @rule(leave=st.booleans())
    def day_is_wrong(self, leave):
        """``--as-of`` of many years ahead: refused, but by leave."""
        before = self.live_day
        self.attempt(self.exports[-1], self.today + YEARS, self.today, [*(["as-of-in-the-future"] if leave else [])])
        assert leave or self.live_day == before

    @rule()
    def overlay_is_lost(self):
        self.texts.append(self.overlay.read_text() if self.overlay.exists() else "")
        self.overlay.unlink(missing_ok=True)
        self.tampered = True

    @rule(pick=PICK)
    def overlay_is_put_back(self, pick):
        """From whatever moment."""
        self.overlay.write_text(self.texts[pick % len(self.texts)])
        self.tampered = True

    @precondition(lambda self: self.overlay.exists() and self.items())
    @rule(pick=PICK, slip=st.sampled_from(["id", "kind", "on", "name", "case"]))
    def overlay_is_mistyped(self, pick, slip):
        self.texts.append(self.overlay.read_text())
        items = self.items()
        item = items[pick % len(items)]
        if slip in {"name", "case"}:
            self.overlay.rename(self.overlay.with_name("overlay.yaml" if slip == "name" else "Overlay.yml"))
        else:
            item[slip] = {"id": f"{item['id']}0", "kind": "measures", "on": self.today + YEARS}[slip]
            self.write_overlay(items)
        self.tampered = True

    @rule()
    def copy_of_the_orders_is_lost(self):
        """The copy decides nothing, and is never needed."""
        (self.folder / "out" / "dalian" / "state" / ORDERS).unlink(missing_ok=True)

    @precondition(lambda self: self.live is not None)
    @rule(what=LOSSES, harm=HARMS, earlier=PICK, end=ENDS, orders_too=st.booleans(), leave=st.booleans(), pick=PICK)
    def state_is_lost(self, what, harm, earlier, end, *, orders_too, leave, pick):
        """The memory of the releases goes, perhaps the overlay with it: every build stops until somebody mends it."""
        whole = self.folder / "state-as-it-was"
        shutil.copytree(self.state, whole)
        self.harm(what, harm, self.states[earlier % len(self.states)])
        lost = [name for name in MEMORIES if proven(self.state / name) != proven(whole / name)]
        if orders_too:
            self.overlay_is_lost()
        if lost:
            self.refused(self.exports[-1], "state-lost")
            self.refused(self.write(self.entries.values(), self.honours.values()), "state-lost")
        if not lost or end == "put back" or not self.mended(end, forgotten="live.json" in lost, leave=leave, pick=pick):
            shutil.rmtree(self.state, ignore_errors=True)
            shutil.copytree(whole, self.state)
            self.rebuild()
        shutil.rmtree(whole)

    def harm(self, what, harm, before):
        """Do to the state what happened to it."""
        if what == "moved away":
            shutil.rmtree(self.state)
        elif what == "of an earlier moment":
            shutil.rmtree(self.state)
            shutil.copytree(before, self.state)
        elif harm == "missing":
            (self.state / what).unlink()
        elif harm == "garbled":
            (self.state / what).write_bytes((self.state / what).read_bytes()[::-1])
        else:
            shutil.copy2(before / what, self.state / what)

    def mended(self, end, *, forgotten, leave, pick):
        """The memory is rebuilt from the live release; whether that is accepted."""
        if len(self.exports) > 1:
            self.refused(self.exports[0], "older-export", adopt_live=True)
        new = self.rows() if end == "adopted with the register of today" else None
        asked = self.should_have_stood(new or self.live)
        self.asked = asked if forgotten else None
        if end == "withhold":
            self.order_off(pick, 0, 0)
            self.asked = None
            return True
        path = self.write(self.entries.values(), self.honours.values()) if new else self.exports[-1]
        shown = set().union(*reckoned(new or self.live, self.today, self.ordered(self.today, new)))
        back = (shown & asked) - set().union(*self.expected())
        live = self.attempt(
            path, self.today, self.today, ["shrink", *(["resurrected"] if leave else [])], rows=new, adopt_live=True
        )
        if live and new:
            self.exports.append(path)
        if forgotten and not leave:
            said = set(re.findall(r"\b[SR]-[0-9]+", "".join(one.message for one in self.stopped)))
            assert said == back, "all that left a sign is asked about, and nothing else"
        self.asked = None
        return live

    def should_have_stood(self, rows):
        """The ids that by such rows' own dates, whatever was ordered, stand on the live release's day."""
        entries, honours = rows
        codes = {row["subject_code"] for key, row in self.live[0].items() if key in self.expected()[0]}
        free = {key: row for key, row in honours.items() if row["subject_code"] not in codes}
        return reckoned((entries, {}), self.live_day, ())[0] | reckoned(({}, free), self.live_day, ())[1]

    @invariant()
    def state_is_backed_up(self):
        """Every moment's state, to be put back in the wrong one."""
        if self.live is not None:
            self.states.append(self.folder / f"state-{len(self.states)}")
            shutil.copytree(self.state, self.states[-1])

    @property
    def state(self):
        return self.folder / "out" / "dalian" / "state"

    @rule()
    def release(self):
        """What the register holds today is approved, and goes live where nothing speaks against it."""
        self.publish()

    @precondition(lambda self: len(self.exports) > 1)
    @rule()
    def older_export_is_refused(self):
        """Nothing changes by an export that is not the newest."""
        self.refused(self.exports[0], "older-export")

    @precondition(lambda self: self.live is not None)
    @rule()
    def row_left_out_is_refused(self):
        """What is live leaves by a date, never by being left out."""
        shown = sorted(self.expected()[0])
        if shown:
            rows = [entry for record_id, entry in self.entries.items() if record_id != shown[0]]
            self.refused(self.write(rows, self.honours.values()), "vanished")

    @precondition(lambda self: self.live is not None)
    @rule(what=st.sampled_from(["folder", "file", "link", "empty", "other site"]))
    def something_foreign_is_put_beside_the_releases(self, what):
        """Photos, a backup, a link to another folder, a folder with a release's name, a release of another site."""
        self.put += 1
        number = self.put
        place = self.releases / (f"演示{number}" if what in {"folder", "file"} else f"2026.11.18_2027-01-01_{number}")
        if what == "file":
            place.write_bytes(b"tar")
        elif what == "link":
            (self.folder / f"away-{number}").mkdir()
            (self.folder / f"away-{number}" / "a.jpg").write_bytes(b"jpg")
            place.symlink_to(self.folder / f"away-{number}")
        elif what == "other site":
            shutil.copytree(small_sites.live_root(self.folder / "out"), place)
            package = place / "data" / "datapackage.json"
            package.write_text(package.read_text().replace('"small"', '"other"'))
        else:
            place.mkdir()
        if what == "folder":
            (place / "a.jpg").write_bytes(b"jpg")
        self.foreign[place] = everything(place)

    @precondition(lambda self: self.foreign)
    @rule(pick=PICK)
    def something_foreign_is_taken_away(self, pick):
        """By those who put it there."""
        place = sorted(self.foreign)[pick % len(self.foreign)]
        del self.foreign[place]
        shutil.rmtree(place) if place.is_dir() and not place.is_symlink() else place.unlink()

    @precondition(lambda self: self.live is not None)
    @rule(
        at=st.integers(0, 12),
        over=st.sampled_from([renamed_over, written_over, taken_away]),
        zipped=st.booleans(),
        again=st.booleans(),
    )
    def export_is_swapped_while_it_is_read(self, at, over, zipped, again):
        """By another of the same version that nobody approved; ``again``: while the live export is built again."""
        approved = self.exports[-1] if again else self.write(self.entries.values(), self.honours.values())
        other = approved.with_name(f"{approved.name}-{len(list(self.folder.iterdir()))}")
        shutil.copytree(approved, other)
        descriptor = other / "datapackage.json"
        descriptor.write_text(descriptor.read_text() + "\n")
        pair = [packed(one, zipped) for one in (approved, other)]
        source = pair[0].with_name(f"source-{pair[0].name}")
        renamed_over(source, pair[0]) if source.exists() else written_over(emptied(source, zipped), pair[0])
        before = small_sites.all_of(self.releases)
        try:
            with Swap(source, at, lambda: over(source, pair[1])) as seen:
                allow = ["shrink"]
                small_sites.build_site(
                    self.site,
                    source,
                    self.folder / "out",
                    as_of=self.today,
                    today=self.today,
                    allow=allow,
                    listener=seen,
                )
        except SiteBuilderError as stopped:
            assert small_sites.all_of(self.releases) == before
            guarded = {one.code for one in stopped.findings} & ({"resurrected"} | OF_THE_DAY | OF_THE_OVERLAY)
            verified = "读取并裁决" in seen.moments[:at]
            assert guarded or not verified, "nothing is read from the source once it was verified"
            return
        export = json.loads((small_sites.live_root(self.folder / "out") / "release.json").read_text())["export"]
        whole = {hashlib.sha256((one / "datapackage.json").read_bytes()).hexdigest(): one for one in (approved, other)}
        kept = self.folder / "out" / "dalian" / "state" / "exports" / export
        assert small_sites.files_of(kept) == small_sites.files_of(whole[export])
        if not again:
            self.live = self.rows()
            self.exports.append(whole[export])
        self.leave = False
        self.went_live()

    @invariant()
    def nothing_foreign_is_deleted(self):
        for place, before in self.foreign.items():
            assert everything(place) == before

    @property
    def releases(self):
        return self.folder / "out" / "dalian" / "releases"

    def change(self, rows, pick, *, leave=False, **changes):
        """Change a row and publish; the register is put right where that is refused."""
        record_id = picked(rows, pick)
        before = dict(rows[record_id])
        rows[record_id] |= changes
        if not self.publish(leave=leave):
            rows[record_id] = before

    def publish(self, *, leave=False):
        path = self.write(self.entries.values(), self.honours.values())
        # An honour that goes because its holder is listed counts as shrinking.
        allow = ["shrink", *(["resurrected"] if leave else [])]
        live = self.attempt(path, self.today, self.today, allow, rows=self.rows())
        self.exports += [path] if live else []
        return live

    def rebuild(self, *, clock=None, leave=False):
        """The live export again, as of the clock's day; where that is stopped, something is wrong indeed."""
        clock = clock or self.today
        live = self.attempt(self.exports[-1], clock, clock, ["resurrected"] if leave else [])
        assert live or clock < CREATED or self.tampered or self.overlay_lacks(clock)

    def attempt(self, path, as_of, today, allow, *, rows=None, adopt_live=False):
        """Build, of new ``rows`` or the live ones; whether it went live. What is refused changed nothing."""
        out = self.folder / "out"
        before = small_sites.all_of(out / "dalian" / "releases")
        self.leave, self.stopped = "resurrected" in allow, []
        options = {"as_of": as_of, "today": today, "allow": allow, "adopt_live": adopt_live}
        try:
            small_sites.build_site(self.site, path, out, **options)
        except SiteBuilderError as stopped:
            codes = {one.code for one in stopped.findings if not one.warning}
            self.stopped = [one for one in stopped.findings if one.code == "resurrected"]
            assert codes <= {"resurrected"} | OF_THE_DAY | (OF_THE_OVERLAY if rows is not None else set())
            assert small_sites.all_of(out / "dalian" / "releases") == before
            return False
        self.live = rows or self.live
        self.went_live()
        return True

    def went_live(self):
        """What is live now, as the disk tells; and what was taken away has not come back unasked.

        With the memory of it lost, what by its own dates had no place on the live release has left no sign.
        """
        release = json.loads((small_sites.live_root(self.folder / "out") / "release.json").read_text())
        self.live_day = dt.date.fromisoformat(release["as_of"])
        self.live_orders = self.ordered(self.live_day)
        public = set().union(*self.expected())
        rows = self.live[0] | self.live[1]
        for record_id, row in rows.items():
            facts = self.taken.pop(record_id, {})
            if record_id in public:
                signed = self.asked is None or record_id in self.asked
                explained = all(self.explained(fact, day, row) for fact, day in facts.items())
                assert self.leave or explained or not signed, record_id
            else:
                facts = facts if self.asked is None else {}
                facts |= {one: row[one] for one in FIELDS if past(row, one, self.live_day)}
                facts |= {"ordered": ""} if record_id in self.live_orders else {}
                self.taken |= {record_id: facts} if facts else {}

    def explained(self, fact, day, row):
        """Whether a record's own dates end what took it away: it is yet to come, or the repair was revoked since."""
        undone = row.get("repair_revoked_on")
        today = self.live_day.isoformat()
        return fact != "ordered" and (day > today or (fact == "repaired_on" and undone and day <= undone <= today))

    def items(self):
        """What the overlay says, where there is one."""
        names = ("kind", "id", "on", "what", "by", "why")
        return [{name: str(getattr(one, name)) for name in names} for one in read_overlay(self.overlay)]

    def write_overlay(self, items):
        self.texts.append(self.overlay.read_text() if self.overlay.exists() else "")
        small_sites.write_overlay(self.site, items)

    def ordered(self, day, rows=None):
        """The entries, of these rows or the live ones, that the overlay orders off on a day."""
        return {
            one["id"] for one in self.items() if one["kind"] == "severe-list" and one["on"] <= day.isoformat()
        } & set((rows or self.live)[0])

    def overlay_lacks(self, day):
        """Whether something was ordered that the overlay does not say on a day."""
        return bool({one for one, facts in self.taken.items() if "ordered" in facts} - self.ordered(day))

    def write(self, entries, honours):
        number = len(list(self.folder.glob("export-*")))
        version = f"{small_sites.VERSION}.{number + 1}"
        path = self.folder / f"export-{number}"
        return small_sites.write_export(path, severe=list(entries), models=list(honours), version=version)

    def refused(self, path, code, *, adopt_live=False):
        before = small_sites.all_of(self.folder / "out" / "dalian" / "releases")
        with pytest.raises(SiteBuilderError) as stopped:
            small_sites.build_site(
                self.site,
                path,
                self.folder / "out",
                as_of=self.today,
                today=self.today,
                adopt_live=adopt_live,
            )
        assert code in {one.code for one in stopped.value.findings}
        assert small_sites.all_of(self.folder / "out" / "dalian" / "releases") == before

    def expected(self):
        """The ids of entries and honours that are to be live, reckoned plainly from the live export, day and orders."""
        return reckoned(self.live, self.live_day, self.live_orders)

    @invariant()
    def live_site_is_what_is_reckoned(self):
        if self.live is None:
            return
        root = small_sites.live_root(self.folder / "out")
        for kind, ids in zip(("severe", "role-models"), self.expected(), strict=True):
            names = {path.stem for path in (root / kind).glob("*.html")} - {"index"}
            assert {name for name in names if name.startswith(("S-", "R-"))} == ids
            listed = small_sites.ids_of(root, {"severe": "severe-list"}.get(kind, kind))
            assert sorted(listed) == sorted(ids)
        assert set(self.releases.iterdir()) == {root, *self.foreign}


@functools.cache
def first_site():
    """A folder with a site of one entry and one honour, live."""
    folder = tempfile.TemporaryDirectory()
    home = Path(folder.name)
    site = small_sites.write_site(home / "content", search__fulltext_limit=0)
    export = small_sites.write_export(
        home / "export-0",
        severe=[small_sites.entry("S-0", published_on=small_sites.AS_OF)],
        models=[small_sites.model("R-1")],
    )
    small_sites.build_site(site, export, home / "out")
    return folder


def reckoned(rows, today, orders):
    """The ids of entries and honours that such rows show on a day, with such orders against entries."""
    entries, honours = rows

    def on_list(record_id, row):
        if record_id in orders or not past(row, "published_on", today):
            return False
        if past(row, "removed_on", today) or past(row, "revoked_on", today):
            return False
        if past(row, "repaired_on", today) and not undone(row, today):
            return False
        return "term_months" not in row or today.isoformat() <= month_after(row["listed_on"])

    shown = {record_id for record_id, row in entries.items() if on_list(record_id, row)}
    codes = {entries[record_id]["subject_code"] for record_id in shown}
    kept = {
        record_id
        for record_id, row in honours.items()
        if not past(row, "withdrawn_on", today)
        and past(row, "published_on", today)
        and (row["valid_through"] is None or today.isoformat() <= row["valid_through"])
        and row["subject_code"] not in codes
    }
    return shown, kept


def past(row, field, today):
    """Whether a date of a row has come."""
    return row.get(field) is not None and row[field] <= today.isoformat()


def undone(row, today):
    """Whether a repair was revoked since."""
    return past(row, "repair_revoked_on", today) and row["repair_revoked_on"] >= row["repaired_on"]


def proven(path):
    """What the memory is known by: a file's bytes, or of ``live.json`` what is held against the rest."""
    data = path.read_bytes() if path.exists() else None
    if path.name != "live.json" or data is None:
        return data
    try:
        told = json.loads(data)
    except ValueError:
        return data
    return [told.get(key) for key in PROVEN]


def order(record_id, day):
    return {"kind": "severe-list", "id": record_id, "on": day, "what": "court"}


def everything(place):
    """A file's bytes, or all that is in a folder, through a link too."""
    return place.read_bytes() if place.is_file() else (place.is_symlink(), small_sites.all_of(place.resolve()))


def packed(export, zipped):
    """An export, or a zip of it."""
    return Path(shutil.make_archive(str(export), "zip", export)) if zipped else export


def emptied(source, zipped):
    """The place of a new export, to be written over."""
    source.touch() if zipped else source.mkdir()
    return source


def picked(rows, number):
    """One of the rows' ids."""
    return sorted(rows)[number % len(rows)]


def month_after(day):
    """The same day a month later, or that month's last; written as it was read."""
    start = dt.date.fromisoformat(day)
    following = (start.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    last = ((following + dt.timedelta(days=32)).replace(day=1) - DAY).day
    return following.replace(day=min(start.day, last)).isoformat()


def test_live_site_is_what_is_reckoned_whatever_happens():
    """So many histories as ``sizes.HISTORIES`` says."""
    limits = settings(
        max_examples=HISTORIES,
        stateful_step_count=12 if LONG else 8,
        deadline=None,
        phases=[Phase.reuse, Phase.generate],  # a dozen steps can be read as they are
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Releases, settings=limits)


def test_every_turn_of_a_history_is_reckoned():
    """One history in which everything happens once, so that no turn is left to chance."""
    machine = Releases()
    try:
        machine.first_release()
        machine.state_is_backed_up()
        lose = machine.state_is_lost
        turns = [
            (lambda: machine.take_off(pick=0, ahead=0, field="removed_on"), (0, 1)),
            (lambda: machine.export_forgets_the_dates(pick=0), (0, 1)),
            (lambda: machine.list_again(pick=0), (1, 1)),
            (lambda: machine.take_off(pick=0, ahead=1, field="repaired_on"), (1, 1)),
            (lambda: machine.time_passes(days=1), (0, 1)),
            (lambda: machine.list_again(pick=0), (1, 1)),
            (lambda: machine.take_off(pick=0, ahead=0, field="revoked_on"), (0, 1)),
            (lambda: machine.list_again(pick=0), (1, 1)),
            (lambda: machine.honour_listed(pick=0), (2, 0)),
            (lambda: machine.order_off(pick=1, off=0, said=0), (1, 1)),
            (machine.older_export_is_refused, (1, 1)),
            (machine.row_left_out_is_refused, (1, 1)),
            (lambda: machine.add_entry(ahead=3, special=True), (1, 1)),
            (lambda: machine.add_honour(days=1), (1, 1)),
            (machine.release, (1, 2)),
            (lambda: machine.time_passes(days=3), (2, 1)),
            (machine.overlay_is_lost, (2, 1)),
            (lambda: machine.time_passes(days=1), (2, 1)),
            (machine.copy_of_the_orders_is_lost, (2, 1)),
            (lambda: machine.order_off(pick=0, off=0, said=9000), (1, 1)),
            (lambda: machine.order_lifted(pick=0), (2, 1)),
            (lambda: machine.overlay_is_mistyped(pick=0, slip="id"), (2, 1)),
            (lambda: machine.time_passes(days=1), (2, 1)),
            (machine.overlay_is_mended, (2, 1)),
            (lambda: machine.overlay_is_put_back(pick=0), (2, 1)),
            (lambda: machine.time_passes(days=4), (2, 1)),
            (machine.overlay_is_mended, (1, 1)),
            (lambda: machine.withdraw(pick=0, ahead=0), (1, 0)),
            (lambda: machine.day_is_wrong(leave=False), (1, 0)),
            (lambda: machine.day_is_wrong(leave=True), (1, 0)),
            (lambda: machine.order_off(pick=0, off=-30, said=0), (0, 0)),
            (lambda: machine.time_passes(days=1), (0, 0)),
            (lambda: machine.clock_is_wrong(off=-1), (0, 0)),
            (lambda: machine.something_foreign_is_put_beside_the_releases("folder"), (0, 0)),
            (lambda: machine.something_foreign_is_put_beside_the_releases("other site"), (0, 0)),
            (lambda: machine.something_foreign_is_put_beside_the_releases("link"), (0, 0)),
            (lambda: machine.export_is_swapped_while_it_is_read(1, written_over, zipped=False, again=False), None),
            (lambda: machine.export_is_swapped_while_it_is_read(8, written_over, zipped=True, again=False), None),
            (lambda: machine.export_is_swapped_while_it_is_read(5, taken_away, zipped=False, again=True), None),
            (lambda: machine.time_passes(days=1), None),
            (lambda: machine.something_foreign_is_taken_away(0), None),
            (lambda: machine.something_foreign_is_put_beside_the_releases("file"), None),
            (lambda: machine.add_entry(ahead=0, special=False), None),
            (machine.release, None),
            (lambda: lose("moved away", "missing", 0, "withhold", orders_too=True, leave=False, pick=-1), None),
            (lambda: lose("of an earlier moment", "", 0, "adopted", orders_too=True, leave=False, pick=0), None),
            (machine.overlay_is_mended, None),
            (lambda: lose("live.json", "garbled", 0, "adopted", orders_too=False, leave=False, pick=0), None),
            (
                lambda: lose(
                    "live-fates.msgpack",
                    "of an earlier moment",
                    0,
                    "adopted with the register of today",
                    orders_too=False,
                    leave=True,
                    pick=0,
                ),
                None,
            ),
            (
                lambda: lose("newest-fates.msgpack", "missing", 0, "put back", orders_too=True, leave=False, pick=0),
                None,
            ),
        ]
        counts = []
        for turn, _ in turns:
            turn()
            machine.live_site_is_what_is_reckoned()
            machine.nothing_foreign_is_deleted()
            counts.append(tuple(map(len, machine.expected())))
    finally:
        machine.teardown()
    assert [count for count, (_, said) in zip(counts, turns, strict=True) if said] == [
        said for _, said in turns if said
    ]
