"""Releases one after another, as years bring them: listed, removed, listed again, expired, honoured, withdrawn, ordered
off — and after every build the live site holds what a plain reckoning says, and nothing else."""

import datetime as dt
import functools
import json
import os
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
import small

from site_builder.build import pipeline, withholding
from site_builder.config.companions import read_overlay
from site_builder.errors import SiteBuilderError
from site_builder.render.environment import load_theme

DAY = dt.timedelta(days=1)
SOON = st.sampled_from([0, 0, 0, 1, 3])
PICK = st.integers(0, 9)
LONG_RUN = 2000
"""Histories tried by ``make laws``; two hundred by ``make test``."""
MEMORIES = ["live.json", "live-fates.msgpack", "newest-fates.msgpack"]
LOSSES = st.sampled_from(["moved away", "of an earlier moment", *MEMORIES])
HARMS = st.sampled_from(["missing", "garbled", "of an earlier moment"])
ENDS = st.sampled_from(["put back", "adopted", "adopted with the register of today", "withhold"])
SPECIAL = {"term_months": 1, "term_start": "listing", "term_basis": "《演示法》", "term_level": "law"}


FAST = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  # folders of its own are made in it
"""A folder in memory, where there is one."""


@pytest.fixture(scope="module", autouse=True)
def ready(tmp_path_factory):
    """What every history begins with is read and built once: the theme, and the first release."""
    Releases.begun = tmp_path_factory.mktemp("begun") / "out"
    with pytest.MonkeyPatch.context() as patch:
        once = functools.cache(load_theme)
        for module in (pipeline, withholding):
            patch.setattr(module, "load_theme", once)
        yield


class Releases(RuleBasedStateMachine):
    """The register a city keeps, the export it makes of it, and the site that is live."""

    begun = None

    def __init__(self):
        super().__init__()
        self.scratch = tempfile.TemporaryDirectory(dir=FAST)
        self.folder = Path(self.scratch.name)
        self.site = small.write_site(self.folder / "content", search__fulltext_limit=0)
        self.today = small.AS_OF
        self.entries, self.honours, self.orders = {}, {}, []
        self.exports, self.live = [], None
        self.states = []

    def teardown(self):
        self.scratch.cleanup()

    @initialize()
    def first_release(self):
        self.add_entry(0, special=False)
        self.add_honour(None)
        if self.begun is not None and self.begun.exists():
            shutil.copytree(self.begun, self.folder / "out", symlinks=True)
        self.release()
        if self.begun is not None and not self.begun.exists():
            shutil.copytree(self.folder / "out", self.begun, symlinks=True)

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
        # An honour that goes because its holder is listed counts as shrinking.
        self.publish(self.write(self.entries.values(), self.honours.values()), allow=["shrink"])

    def publish(self, path, **options):
        small.build_site(self.site, path, self.folder / "out", as_of=self.today, **options)
        self.live = as_written(self.entries, self.honours)
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
    @rule(what=LOSSES, harm=HARMS, earlier=PICK, orders_too=st.booleans(), ahead=SOON, end=ENDS, pick=PICK)
    def state_is_lost(self, what, harm, earlier, orders_too, ahead, end, pick):
        """The memory of the releases goes, perhaps the overlay with it: found out days later, and mended."""
        whole = self.folder / "state-as-it-was"
        shutil.copytree(self.state, whole)
        self.harm(what, harm, self.states[earlier % len(self.states)])
        gone = any(bytes_of(self.state / name) != bytes_of(whole / name) for name in MEMORIES)
        self.today += ahead * DAY
        # An order against what its own dates kept off the live release has left no sign of itself anywhere.
        if orders_too and self.shown(*self.live, ()) & set(self.orders) <= self.unexplained(*self.live, ()):
            small.write_overlay(self.site, [])
        if gone:
            self.refused(self.exports[-1], "state-lost")
            self.refused(self.write(self.entries.values(), self.honours.values()), "state-lost")
        if end == "put back" or not gone:
            shutil.rmtree(self.state, ignore_errors=True)
            shutil.copytree(whole, self.state)
            self.overlay_is_back()
            self.rebuild()
        else:
            self.mended(end, pick)
        shutil.rmtree(whole)

    def lose(self, what, harm="missing", end="put back", *, orders_too=False):
        """The same on the same day; what is of an earlier moment is of the first, and the last entry is withheld."""
        self.state_is_lost(what, harm, 0, orders_too, 0, end, -1)

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

    def mended(self, end, pick):
        """Without the memory of them the guards hold, and nothing that was taken off comes back unasked."""
        if len(self.exports) > 1:
            self.refused(self.exports[0], "older-export", adopt_live=True)
        if end == "withhold":
            self.withheld(pick)
            self.overlay_is_back()
            return
        back = self.unexplained(*self.live, ())
        assert back <= set(self.orders)
        if back - self.overlay():
            self.refused(self.exports[-1], "resurrected", adopt_live=True)
        self.overlay_is_back()
        if end == "adopted":
            self.rebuild(adopt_live=True)
            return
        path, allow = self.write(self.entries.values(), self.honours.values()), ["shrink"]
        back = self.unexplained(*as_written(self.entries, self.honours), self.orders)
        if back:
            told = self.refused(path, "resurrected", adopt_live=True, allow=allow)
            assert {one for one in (*self.entries, *self.honours) if one in re.findall(r"[SR]-[0-9]+", told)} == back
            allow.append("resurrected")
        self.publish(path, adopt_live=True, allow=allow)

    @precondition(lambda self: self.live is not None)
    @rule(pick=PICK)
    def withhold(self, pick):
        """A court speaks, and the command does all of it."""
        self.withheld(pick)

    def withheld(self, pick):
        """Taken off by the command; where it asks for the live release's export, it is given."""
        record_id, given = picked(self.live[0], pick), {"as_of": self.today}
        self.orders.append(record_id)
        try:
            small.withhold_record(self.site, self.folder / "out", record_id, **given)
        except SiteBuilderError as error:
            if error.findings[0].code != "no-export":
                raise
            small.withhold_record(self.site, self.folder / "out", record_id, export=self.exports[-1], **given)
        self.live_site_is_what_is_reckoned()

    def shown(self, entries, honours, orders):
        """The ids that are public today of such a register, with such orders."""
        return set().union(*reckoned(entries, honours, self.today.isoformat(), orders))

    def unexplained(self, entries, honours, orders):
        """Those of them that the live release lacks, though their own dates put them there on its day."""
        root = small.live_root(self.folder / "out")
        day = json.loads((root / "release.json").read_text())["as_of"]
        codes = {row["subject_code"] for row in small.rows_of(root, "severe-list")}
        free = {record_id: row for record_id, row in honours.items() if row["subject_code"] not in codes}
        then = reckoned(entries, {}, day, ())[0] | reckoned({}, free, day, ())[1]
        there = {*small.ids_of(root, "severe-list"), *small.ids_of(root, "role-models")}
        return (self.shown(entries, honours, orders) & then) - there

    def overlay(self):
        """The ids the overlay orders off."""
        return {one.id for one in read_overlay(self.site.parent / "overlay.yml")}

    def overlay_is_back(self):
        """Every order that was given stands in the overlay."""
        if not set(self.orders) <= self.overlay():
            items = [{"kind": "severe-list", "id": one, "on": self.today, "what": "court"} for one in self.orders]
            small.write_overlay(self.site, items)

    @invariant()
    def state_is_backed_up(self):
        """Every moment's state, to be put back in the wrong one."""
        if self.live is None:
            return
        path = self.folder / f"state-{len(self.states)}"
        shutil.copytree(self.state, path)
        self.states.append(path)

    @property
    def state(self):
        return self.folder / "out" / "dalian" / "state"

    def rebuild(self, **options):
        small.build_site(self.site, self.exports[-1], self.folder / "out", as_of=self.today, **options)

    def write(self, entries, honours):
        number = len(list(self.folder.glob("export-*")))
        version = f"{small.VERSION}.{number + 1}"
        path = self.folder / f"export-{number}"
        return small.write_export(path, severe=list(entries), models=list(honours), version=version)

    def refused(self, path, code, **options):
        """Stopped, and nothing changes; what is said."""
        before = small.all_of(self.folder / "out" / "dalian" / "releases")
        with pytest.raises(SiteBuilderError) as stopped:
            small.build_site(self.site, path, self.folder / "out", as_of=self.today, **options)
        assert code in {one.code for one in stopped.value.findings}
        assert small.all_of(self.folder / "out" / "dalian" / "releases") == before
        return "\n".join(str(one) for one in stopped.value.findings if one.code == code)

    def expected(self):
        """The ids of entries and honours that are to be live, reckoned plainly from the live export."""
        return reckoned(*self.live, self.today.isoformat(), self.orders)

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
        assert len(list((self.folder / "out" / "dalian" / "releases").iterdir())) == 1


def reckoned(entries, honours, today, orders):
    """The ids of entries and honours that such a register shows on a day, with such orders against entries."""

    def past(row, field):
        return row.get(field) is not None and row[field] <= today

    def on_list(record_id, row):
        if record_id in orders or not past(row, "published_on"):
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


def as_written(*registers):
    """Registers with days as an export writes them."""
    return json.loads(json.dumps(registers, default=dt.date.isoformat))


def bytes_of(path):
    """A file's bytes; None where there is none."""
    return path.read_bytes() if path.exists() else None


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
        max_examples=min(LONG_RUN, 2 * settings.default.max_examples),
        stateful_step_count=10,
        deadline=None,
        phases=[Phase.reuse, Phase.generate],  # ten steps can be read as they are
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
            lambda: machine.withhold(pick=0),
            lambda: machine.add_entry(ahead=0, special=False),
            machine.release,
            lambda: machine.lose("moved away", orders_too=True, end="withhold"),
            lambda: machine.add_entry(ahead=0, special=False),
            machine.release,
            lambda: machine.lose("of an earlier moment", orders_too=True, end="adopted with the register of today"),
            lambda: machine.lose("live.json", "garbled", orders_too=True, end="adopted"),
            lambda: machine.lose("live-fates.msgpack", "of an earlier moment", end="adopted"),
            lambda: machine.lose("newest-fates.msgpack", "missing", end="put back"),
        ]
        counts = []
        for turn in turns:
            turn()
            machine.live_site_is_what_is_reckoned()
            machine.state_is_backed_up()
            counts.append(tuple(map(len, machine.expected())))
    finally:
        machine.teardown()
    assert counts[:9] == [(0, 1), (1, 1), (1, 1), (0, 1), (1, 1), (0, 1), (1, 1), (2, 0), (1, 1)]
    assert counts[16] == (1, 0)
    assert counts[17:] == [(0, 0), (0, 0), (1, 0), (0, 0), (0, 0), (1, 0), (1, 0), (1, 0), (1, 0), (1, 0)]
