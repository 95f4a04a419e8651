"""Releases one after another, as years bring them: listed, removed, listed again, expired, honoured, withdrawn, ordered
off — and after every build the live site holds what a plain reckoning says, and nothing else. Exports are swapped while
they are read, and people put things of their own beside the releases: what was verified is live, nothing of theirs is
deleted."""

import datetime as dt
import hashlib
import json
from pathlib import Path
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
import small
from swapping import Swap, renamed_over, taken_away, written_over

from site_builder.errors import SiteBuilderError

DAY = dt.timedelta(days=1)
SOON = st.sampled_from([0, 0, 0, 1, 3])
PICK = st.integers(0, 9)
SPECIAL = {"term_months": 1, "term_start": "listing", "term_basis": "《演示法》", "term_level": "law"}


class Releases(RuleBasedStateMachine):
    """The register a city keeps, the export it makes of it, and the site that is live."""

    def __init__(self):
        super().__init__()
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = Path(self.scratch.name)
        self.site = small.write_site(self.folder / "content")
        self.today = small.AS_OF
        self.entries, self.honours, self.orders = {}, {}, []
        self.exports, self.live = [], None
        self.foreign, self.put = {}, 0

    def teardown(self):
        self.scratch.cleanup()

    @initialize()
    def first_release(self):
        self.add_entry(0, special=False)
        self.add_honour(None)
        self.release()

    def number(self):
        return len(self.entries) + len(self.honours)

    @rule(ahead=SOON, special=st.booleans())
    def add_entry(self, ahead, special):
        """A new entry; a special one ends a month after it was listed, in a few days."""
        listed = (self.today + ahead * DAY - dt.timedelta(days=29)) if special else dt.date(2024, 5, 12)
        changes = (SPECIAL | {"listed_on": listed}) if special else {}
        record_id = f"S-{self.number()}"
        self.entries[record_id] = small.entry(record_id, published_on=self.today + ahead * DAY, **changes)

    @rule(days=st.none() | SOON)
    def add_honour(self, days):
        """A new honour, for ever or for some days."""
        record_id = f"R-{self.number()}"
        through = None if days is None else self.today + days * DAY
        self.honours[record_id] = small.model(record_id, valid_through=through)

    @precondition(lambda self: self.entries)
    @rule(pick=PICK, ahead=SOON, field=st.sampled_from(["removed_on", "revoked_on", "repaired_on"]))
    def take_off(self, pick, ahead, field):
        """An entry is removed, revoked or repaired, today or soon."""
        record_id = picked(self.entries, pick)
        self.entries[record_id] |= {field: self.today + ahead * DAY, "repair_revoked_on": None}
        self.release()

    @precondition(lambda self: self.entries)
    @rule(pick=PICK)
    def list_again(self, pick):
        """The removal was a mistake, or the repair is revoked."""
        record_id = picked(self.entries, pick)
        entry = self.entries[record_id]
        entry |= {"removed_on": None, "revoked_on": None}
        if entry.get("repaired_on") is not None:
            entry["repair_revoked_on"] = max(entry["repaired_on"], self.today)
        self.release()

    @precondition(lambda self: self.honours)
    @rule(pick=PICK, ahead=SOON)
    def withdraw(self, pick, ahead):
        """An honour is withdrawn."""
        self.honours[picked(self.honours, pick)]["withdrawn_on"] = self.today + ahead * DAY
        self.release()

    @precondition(lambda self: self.honours)
    @rule(pick=PICK)
    def honour_listed(self, pick):
        """Somebody honoured comes onto the severe list."""
        honour = self.honours[picked(self.honours, pick)]
        record_id = f"S-{self.number()}"
        self.entries[record_id] = small.entry(record_id, subject_code=honour["subject_code"])
        self.release()

    @precondition(lambda self: self.entries)
    @rule(pick=PICK)
    def order_off(self, pick):
        """A court speaks; the live release is rebuilt from its own export."""
        self.orders.append(picked(self.entries, pick))
        items = [{"kind": "severe-list", "id": one, "on": self.today, "what": "court"} for one in self.orders]
        small.write_overlay(self.site, items)
        self.rebuild()

    @rule(days=st.integers(1, 4))
    def time_passes(self, days):
        """And the nightly rebuild runs."""
        self.today += days * DAY
        self.rebuild()

    @rule()
    def release(self):
        """What the register holds today is approved and goes live."""
        path = self.write(self.entries.values(), self.honours.values())
        # An honour that goes because its holder is listed counts as shrinking.
        small.build_site(self.site, path, self.folder / "out", as_of=self.today, allow=["shrink"])
        self.live = json.loads(json.dumps([self.entries, self.honours], default=dt.date.isoformat))
        self.exports.append(path)

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
            shutil.copytree(small.live_root(self.folder / "out"), place)
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
        before = small.all_of(self.releases)
        try:
            with Swap(source, at, lambda: over(source, pair[1])) as seen:
                allow = ["shrink"]
                small.build_site(self.site, source, self.folder / "out", as_of=self.today, allow=allow, listener=seen)
        except SiteBuilderError:
            assert small.all_of(self.releases) == before
            assert "读取并裁决" not in seen.moments[:at], "nothing is read from the source once it was verified"
            return
        export = json.loads((small.live_root(self.folder / "out") / "release.json").read_text())["export"]
        whole = {hashlib.sha256((one / "datapackage.json").read_bytes()).hexdigest(): one for one in (approved, other)}
        kept = self.folder / "out" / "dalian" / "state" / "exports" / export
        assert small.files_of(kept) == small.files_of(whole[export])
        if not again:
            self.live = json.loads(json.dumps([self.entries, self.honours], default=dt.date.isoformat))
            self.exports.append(whole[export])

    @invariant()
    def nothing_foreign_is_deleted(self):
        for place, before in self.foreign.items():
            assert everything(place) == before

    @property
    def releases(self):
        return self.folder / "out" / "dalian" / "releases"

    def rebuild(self):
        small.build_site(self.site, self.exports[-1], self.folder / "out", as_of=self.today)

    def write(self, entries, honours):
        number = len(list(self.folder.glob("export-*")))
        version = f"{small.VERSION}.{number + 1}"
        path = self.folder / f"export-{number}"
        return small.write_export(path, severe=list(entries), models=list(honours), version=version)

    def refused(self, path, code):
        before = small.all_of(self.folder / "out" / "dalian" / "releases")
        with pytest.raises(SiteBuilderError) as stopped:
            small.build_site(self.site, path, self.folder / "out", as_of=self.today)
        assert code in {one.code for one in stopped.value.findings}
        assert small.all_of(self.folder / "out" / "dalian" / "releases") == before

    def expected(self):
        """The ids of entries and honours that are to be live, reckoned plainly from the live export."""
        entries, honours = self.live
        today = self.today.isoformat()

        def past(row, field):
            return row.get(field) is not None and row[field] <= today

        def on_list(record_id, row):
            if record_id in self.orders or not past(row, "published_on"):
                return False
            if past(row, "removed_on") or past(row, "revoked_on"):
                return False
            if past(row, "repaired_on") and not past(row, "repair_revoked_on"):
                return False
            return "term_months" not in row or today <= month_after(row["listed_on"])

        shown = {record_id for record_id, row in entries.items() if on_list(record_id, row)}
        codes = {entries[record_id]["subject_code"] for record_id in shown}
        kept = {
            record_id
            for record_id, row in honours.items()
            if not past(row, "withdrawn_on")
            and (row["valid_through"] is None or today <= row["valid_through"])
            and row["subject_code"] not in codes
        }
        return shown, kept

    @invariant()
    def live_site_is_what_is_reckoned(self):
        if self.live is None:
            return
        root = small.live_root(self.folder / "out")
        for kind, ids in zip(("severe", "role-models"), self.expected(), strict=True):
            names = {path.stem for path in (root / kind).glob("*.html")} - {"index"}
            assert {name for name in names if name.startswith(("S-", "R-"))} == ids
            listed = small.ids_of(root, {"severe": "severe-list"}.get(kind, kind))
            assert sorted(listed) == sorted(ids)
        assert set(self.releases.iterdir()) == {root, *self.foreign}


def everything(place):
    """A file's bytes, or all that is in a folder, through a link too."""
    return place.read_bytes() if place.is_file() else (place.is_symlink(), small.all_of(place.resolve()))


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
    limits = settings(
        max_examples=max(5, settings.default.max_examples // 100),
        stateful_step_count=12,
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
        turns = [
            lambda: machine.take_off(pick=0, ahead=0, field="removed_on"),
            lambda: machine.list_again(pick=0),
            lambda: machine.take_off(pick=0, ahead=1, field="repaired_on"),
            lambda: machine.time_passes(days=1),
            lambda: machine.list_again(pick=0),
            lambda: machine.take_off(pick=0, ahead=0, field="revoked_on"),
            lambda: machine.list_again(pick=0),
            lambda: machine.honour_listed(pick=0),
            lambda: machine.order_off(pick=1),
            machine.older_export_is_refused,
            machine.row_left_out_is_refused,
            lambda: machine.add_entry(ahead=3, special=True),
            lambda: machine.add_honour(days=1),
            machine.release,
            lambda: machine.time_passes(days=3),
            lambda: machine.time_passes(days=4),
            lambda: machine.withdraw(pick=0, ahead=0),
            lambda: machine.something_foreign_is_put_beside_the_releases("folder"),
            lambda: machine.something_foreign_is_put_beside_the_releases("other site"),
            lambda: machine.something_foreign_is_put_beside_the_releases("link"),
            lambda: machine.export_is_swapped_while_it_is_read(1, written_over, zipped=False, again=False),
            lambda: machine.export_is_swapped_while_it_is_read(8, written_over, zipped=True, again=False),
            lambda: machine.export_is_swapped_while_it_is_read(5, taken_away, zipped=False, again=True),
            lambda: machine.time_passes(days=1),
            lambda: machine.something_foreign_is_taken_away(0),
            lambda: machine.something_foreign_is_put_beside_the_releases("file"),
            machine.release,
        ]
        counts = []
        for turn in turns:
            turn()
            machine.live_site_is_what_is_reckoned()
            machine.nothing_foreign_is_deleted()
            counts.append(tuple(map(len, machine.expected())))
    finally:
        machine.teardown()
    assert counts[:9] == [(0, 1), (1, 1), (1, 1), (0, 1), (1, 1), (0, 1), (1, 1), (2, 0), (1, 1)]
    assert counts[-1] == (1, 0)
