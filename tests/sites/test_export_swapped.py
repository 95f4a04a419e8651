"""An export that is swapped while a build reads it: what goes live is what was verified, or nothing does."""

from functools import partial
import hashlib
import json
import threading
import zipfile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
import pytest
import small_sites
from swapped_exports import Swap, renamed_over, taken_away, written_over

from site_builder.errors import SiteBuilderError
from site_builder.release.kept import EXPORTS
from site_builder.signing import public_text, sign

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
READING = "读取并裁决"
TRUE, FALSE = "演示批准的事由", "演示没有批准的事由"
FORMS = pytest.mark.parametrize("form", ["folder", "zip"])
SIGNED = pytest.mark.parametrize("signed", [True, False], ids=["signed", "unsigned"])
OVER = pytest.mark.parametrize("over", [renamed_over, written_over, taken_away])


class Desk:
    """A site with a live release, an approved export to build, and another that has the same version and no leave."""

    def __init__(self, folder, form, *, signed):
        self.folder, self.form, self.signed = folder, form, signed
        keys = {"export__trusted_keys": [public_text(KEY)]} if signed else {}
        self.site = small_sites.write_site(folder / "content", search__fulltext_limit=0, **keys)
        self.output = folder / "out"
        self.number = 0
        self.source, self.other = self.exports()
        assert self.build() is None

    def exports(self):
        """A new version of the export, and what is to take its place."""
        self.number += 1
        return tuple(self._export(cause) for cause in (TRUE, FALSE))

    def _export(self, cause):
        rows = [small_sites.entry(f"S-{number}", cause=f"{cause}{self.number}") for number in range(3)]
        path = self.folder / f"{self.number}-{'true' if cause is TRUE else 'false'}"
        folder = small_sites.write_export(path, severe=rows, version=f"2026.11.18.{self.number}")
        raw = (folder / "datapackage.json").read_bytes()
        if self.signed:
            other = raw if cause is TRUE else raw + b" "
            (folder / "datapackage.json.sig").write_bytes(sign(KEY, other))
        if self.form == "folder":
            return folder
        with zipfile.ZipFile(path.with_suffix(".zip"), "w") as archive:
            for file in sorted(folder.iterdir()):
                archive.write(file, file.name)
        return path.with_suffix(".zip")

    def build(self, at=-1, act=None, source=None):
        """The findings that stopped a build in which ``act`` was done at a moment, or None; ``self.seen`` tells."""
        with Swap(source or self.source, at, act) as self.seen:
            try:
                small_sites.build_site(self.site, source or self.source, self.output, listener=self.seen)
            except SiteBuilderError as error:
                return [one.code for one in error.findings]
        return None

    def withhold(self, record_id, export=None):
        return small_sites.withhold(self.site, record_id, self.output, export=export)

    @property
    def causes(self):
        return {row["cause"] for row in small_sites.rows_of(small_sites.live_root(self.output), "severe-list")}

    def assert_kept_is_live(self):
        """The kept export is the live one, file by file as its descriptor says, signed where that is asked for."""
        release = json.loads((small_sites.live_root(self.output) / "release.json").read_text())
        kept = self.output / "dalian" / "state" / EXPORTS / release["export"]
        raw = (kept / "datapackage.json").read_bytes()
        assert hashlib.sha256(raw).hexdigest() == release["export"]
        for one in json.loads(raw)["resources"]:
            data = (kept / one["path"]).read_bytes()
            assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        if self.signed:
            assert (kept / "datapackage.json.sig").read_bytes() == sign(KEY, raw)


@FORMS
def test_source_is_opened_once_a_file_and_never_after_it_was_verified(tmp_path, form):
    desk = Desk(tmp_path, form, signed=True)
    opened = desk.seen.opened
    assert len(opened) == len(set(opened)) == (3 if form == "folder" else 1)
    reading = desk.seen.moments.index(READING)
    assert not set(opened) & set(desk.seen.moments[reading:])


@FORMS
@SIGNED
@OVER
def test_swapped_at_any_moment_what_goes_live_is_what_was_verified(tmp_path, form, signed, over):
    desk = Desk(tmp_path, form, signed=signed)
    moments = desk.seen.moments
    reading = moments.index(READING)
    later = [moments.index(one) for one in ("advance", "审核", "切换") if over is written_over]
    for at in [*range(reading + 1), *later]:
        source, other = desk.exports()
        before = small_sites.all_of(desk.output)
        stopped = desk.build(at, partial(over, source, other), source)
        if stopped is None:
            lawful = [TRUE] if signed or at >= reading else [TRUE, FALSE]
            assert desk.causes in [{f"{one}{desk.number}"} for one in lawful]
            desk.assert_kept_is_live()
        else:
            assert at < reading, (moments[at], stopped)
            assert small_sites.all_of(desk.output) == before


@FORMS
def test_swapped_after_it_was_verified_the_kept_export_is_withheld_from(tmp_path, form):
    desk = Desk(tmp_path, form, signed=True)
    for moment, number in ((READING, 0), ("切换", 1)):
        source, other = desk.exports()
        act = partial(written_over, source, other)
        assert desk.build(desk.seen.moments.index(moment), act, source) is None
        assert desk.withhold(f"S-{number}").was_live
        assert f"S-{number}" not in small_sites.ids_of(small_sites.live_root(desk.output), "severe-list")
        assert desk.causes == {f"{TRUE}{desk.number}"}


@FORMS
def test_written_over_without_end_it_is_one_export_or_none(tmp_path, form):
    """A thread that writes the two over each other as fast as it can; the site asks for no signature."""
    desk = Desk(tmp_path, form, signed=False)
    for _ in range(2):
        source, other = desk.exports()
        again = _copied(source, source.with_name(f"again-{source.name}"))
        stop = threading.Event()

        def swap(source=source, pair=(other, again), stop=stop):
            while not stop.is_set():
                for one in pair:
                    written_over(source, one)

        swapping = threading.Thread(target=swap)
        swapping.start()
        try:
            before = small_sites.all_of(desk.output)
            stopped = desk.build(source=source)
        finally:
            stop.set()
            swapping.join()
        if stopped is None:
            assert desk.causes in ({f"{TRUE}{desk.number}"}, {f"{FALSE}{desk.number}"})
            desk.assert_kept_is_live()
        else:
            assert small_sites.all_of(desk.output) == before


def _copied(source, target):
    if source.is_dir():
        target.mkdir()
    written_over(target, source)
    return target


def test_nothing_of_the_source_is_linked(tmp_path):
    """What happens to the source's own files afterwards cannot reach what is kept."""
    desk = Desk(tmp_path, "folder", signed=False)
    assert {path.stat().st_nlink for path in desk.source.iterdir()} == {1}
    kept = list((desk.output / "dalian" / "state" / EXPORTS).rglob("*.*"))
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}


def damage(kept):
    """One letter of the kept export is another, it is signed no more, and something lies beside it."""
    whole = (kept / "severe-list.csv").read_bytes()
    (kept / "severe-list.csv").write_bytes(whole.replace("演示".encode(), "演不".encode()))
    (kept / "datapackage.json.sig").unlink()
    (kept / "演示多余.csv").write_text("演示")


def test_kept_export_that_was_damaged_is_made_good_by_the_next_build_or_by_the_export_given(tmp_path):
    desk = Desk(tmp_path, "folder", signed=True)
    [kept] = (desk.output / "dalian" / "state" / EXPORTS).iterdir()
    damage(kept)
    assert desk.build() is None
    assert small_sites.files_of(kept) == small_sites.files_of(desk.source)
    damage(kept)
    with pytest.raises(SiteBuilderError) as stopped:
        desk.withhold("S-0")
    [finding] = stopped.value.findings
    assert finding.code == "no-export"
    assert "--export" in finding.hint
    desk.withhold("S-0", export=desk.source)
    assert small_sites.files_of(kept) == small_sites.files_of(desk.source)
    desk.assert_kept_is_live()
    assert small_sites.ids_of(small_sites.live_root(desk.output), "severe-list") == ["S-1", "S-2"]


def test_export_that_grows_while_it_is_copied_is_stopped_at_the_sites_bound(tmp_path):
    desk = Desk(tmp_path, "folder", signed=False)
    size = sum(len(data) for data in small_sites.files_of(desk.source).values())
    text = desk.site.read_text()
    desk.site.write_text(text.replace("export:\n", f"export:\n  max_unpacked: {size + 100}\n"))
    source, _ = desk.exports()

    def grow():
        with (source / "severe-list.csv").open("ab") as file:
            file.write(b"x" * 10_000_000)

    before = small_sites.all_of(desk.output)
    at = desk.seen.moments.index("severe-list.csv")
    assert desk.build(at, grow, source) == ["too-large"]
    assert small_sites.all_of(desk.output) == before
