"""``waive``: a second person lets a text stand; another text, another key or no signature, and it is withheld again."""

import json
import shutil

import pytest
import small_sites
from webmasters_desk import clean, run_here
import yaml

from site_builder.config.load import load_site
from site_builder.config.waivers import SIGNED, WAIVERS
from site_builder.errors import SiteBuilderError

TEXT = "演示事由，因病停业后仍收取预付款。"
NUMBER = "演示事由，因病停业，电话 13912345678。"


def run(*arguments):
    return clean(run_here(*arguments))


class Desk:
    """A site, its export, the key of the one who waives."""

    def __init__(self, folder, *, trusted=True):
        self.site = small_sites.write_site(folder / "content", "dalian")
        self.key = folder / "key"
        public = json.loads(run("keygen", self.key, "--json").stdout)["key"]
        self.other = folder / "other"
        run("keygen", self.other)
        if trusted:
            described = yaml.safe_load(self.site.read_text())
            described["export"]["trusted_keys"] = [public]
            self.site.write_text(yaml.safe_dump(described, allow_unicode=True))
        self.export = folder / "export"
        self.write(TEXT)

    def write(self, cause):
        rows = [small_sites.entry("S-0001"), small_sites.person("S-0900", cause=cause)]
        self.put(rows)

    def put(self, rows):
        shutil.rmtree(self.export, ignore_errors=True)
        small_sites.write_export(self.export, severe=rows)

    def waive(self, *more, key=None, record="s-0900", column="cause"):
        said = (record, column) if record else ()
        return run(
            *("waive", *said, "--site", self.site, "--export", self.export, "--as-of", small_sites.AS_OF),
            *("--output", self.export.parent / "out"),
            *("--key", key or self.key, "--by", "演示复核员", "--reason", "演示：没有写到病情", "--json", *more),
        )

    def withheld(self):
        site = self.site
        return small_sites.reasons(site, self.export, refuse=False)["severe-list"]

    def warned(self):
        return [(one.code, one.place) for one in small_sites.examined(self.site, self.export, refuse=False).warnings]


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def codes(done):
    return [one["code"] for one in json.loads(done.stdout)["findings"]]


def test_text_is_withheld_told_by_kind_and_column_and_never_repeated(desk):
    assert desk.withheld() == {"S-0900": ["personal_data"]}
    found = small_sites.examined(desk.site, desk.export, refuse=False).warnings
    (told,) = [one for one in found if one.code == "private-text"]
    assert (told.place.row, told.place.column) == (3, "cause")
    assert "健康" in told.message
    assert {"PIPL 28", "CIR 14", "DL 4"} <= set(told.articles)
    assert "个人信息保护法" in told.hint
    assert all("病停业" not in str(one) for one in found)


def test_waived_text_is_published_and_signed(desk):
    done = desk.waive()
    assert done.returncode == 0, done.stdout + done.stderr
    answer = json.loads(done.stdout)
    assert (answer["id"], answer["column"], answer["tells"], answer["signed"]) == ("S-0900", "cause", ["健康"], 1)
    assert "病停业" not in done.stdout + done.stderr + (desk.site.parent / WAIVERS).read_text()
    assert desk.withheld() == {}
    assert "private-text" not in [code for code, _ in desk.warned()]


def test_changed_text_voids_its_waiver(desk):
    desk.waive()
    desk.write(TEXT + "又")
    assert desk.withheld() == {"S-0900": ["personal_data"]}
    assert {"private-text", "waiver-void"} <= {code for code, _ in desk.warned()}


def test_waiver_that_was_changed_after_its_signature_does_not_hold(desk):
    desk.waive()
    path = desk.site.parent / WAIVERS
    path.write_text(path.read_text() + "\n")
    assert desk.withheld() == {"S-0900": ["personal_data"]}
    assert "waiver-unsigned" in [code for code, _ in desk.warned()]
    assert codes(desk.waive()) == ["waiver-unsigned"]
    assert desk.waive("--sign", record="").returncode == 0
    assert desk.withheld() == {}


def test_signature_that_is_gone_is_missed(desk):
    desk.waive()
    (desk.site.parent / SIGNED).unlink()
    assert desk.withheld() == {"S-0900": ["personal_data"]}


def test_key_the_site_does_not_trust_waives_nothing(desk):
    assert codes(desk.waive(key=desk.other)) == ["untrusted-key"]
    assert not (desk.site.parent / WAIVERS).exists()


def test_number_is_withheld_whatever_is_waived(desk):
    desk.write(NUMBER)
    assert desk.waive().returncode == 0
    assert desk.withheld() == {"S-0900": ["personal_data"]}


def test_second_waiver_of_a_column_takes_the_place_of_the_first(desk):
    desk.waive()
    desk.write(TEXT + "又")
    assert json.loads(desk.waive().stdout)["signed"] == 1
    assert desk.withheld() == {}


def test_unknown_record_and_column_are_told(desk):
    assert codes(desk.waive(record="S-9")) == ["unknown-id"]
    assert codes(desk.waive(column="nosuch")) == ["unknown-text"]
    assert codes(desk.waive(record="")) == ["usage"]


def test_waiver_of_a_record_the_export_lacks_is_told(desk):
    desk.waive()
    desk.put([small_sites.entry("S-0001")])
    assert "waiver-void" in [code for code, _ in desk.warned()]


def test_faulty_waivers_are_refused_without_repeating_them(desk):
    (desk.site.parent / WAIVERS).write_text("- {id: S-0900, column: cause, digest: 演示秘密, by: 演示, reason: 演示}\n")
    with pytest.raises(SiteBuilderError) as refused:
        load_site(desk.site)
    assert [(one.code, one.place.row) for one in refused.value.findings] == [("bad-value", 1)]
    assert "演示秘密" not in str(refused.value.findings)


def test_site_without_trusted_keys_asks_for_no_signature(tmp_path):
    desk = Desk(tmp_path, trusted=False)
    desk.waive()
    (desk.site.parent / SIGNED).unlink()
    assert desk.withheld() == {}
