"""A court orders an entry off: one command, and no byte of the live site tells of it any more."""

import io
import json
import os
import signal
import subprocess
import sys

from PIL import Image
import pytest
import small_sites
from webmasters_desk import clean, run_here

from site_builder.audit.decode import readings
from site_builder.config.companions import read_overlay
from site_builder.release.kept import EXPORTS
from site_builder.releasing import withholding
from site_builder.releasing.locate import find_record
from site_builder.rules.decision import ORDERED
from site_builder.vocabulary import ACTION_LABELS, Kind

AS_OF = "2026-11-20"
WHY = "演示法院〔2026〕演01行保1号"
NAME = "演示隐匿远洋贸易行"
CAUSE = "演示夜间私自转移货物"
CODE = small_sites.credit_code(987654321, "91210299")


class Office:
    """A live site, and commands run on it."""

    def __init__(self, folder, city="dalian", **lists):
        self.folder, self.city = folder, city
        self.site = small_sites.write_site(folder / "content", city)
        lists = lists or {
            "severe": [
                small_sites.entry(
                    "S-1", subject_name=NAME, subject_code=CODE, cause="演示夜间私自转移货物", measure_ids=["M-1"]
                ),
                small_sites.entry("S-2"),
                small_sites.entry("S-3", subject_name="演示双生商行"),
                small_sites.entry("S-4", subject_name="演示双生商行"),
                small_sites.entry("S-5", disclosure="query", subject_name="演示秘而不宣商行"),
                small_sites.person("P-1", subject_name="演示某甲"),
            ],
            "measures": [small_sites.measure("M-1"), small_sites.measure("M-2")],
            "models": [small_sites.model("R-1", name="演示诚信楷模公司", photo="face")],
            "pictures": {"face": ("png", picture())},
        }
        self.export = small_sites.write_export(folder / "export", **lists)
        self.output = folder / "out"
        assert self.run("build").returncode == 0

    def run(self, command, *options, day=AS_OF, today=None):
        """The command as of a day, on a machine whose day is ``today``: the same, where it is not said."""
        whole = ["--site", self.site, "--as-of", day, "--output", self.output, "--json", *options]
        whole += [] if command == "next" else ["--jobs", "1"]
        return clean(run_here(command, *whole, today=today or day))

    def withhold(self, text, *options, **changes):
        return self.run("withhold", text, "--by", "演示科", "--why", WHY, *options, **changes)

    @property
    def root(self):
        return small_sites.live_root(self.output, self.city)

    @property
    def overlay(self):
        return read_overlay(self.site.parent / "overlay.yml")


def picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(out, "png")
    return out.getvalue()


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def everything(root):
    """Every byte of a web root, unpacked."""
    for path, data in small_sites.files_of(root).items():
        yield path.encode()
        for one in readings(path, data):
            yield one.data.replace("\u200b".encode(), b"")


def codes(done):
    return [one["code"] for one in json.loads(done.stdout)["findings"]]


def found(export, text):
    return [one.record.id for one in find_record(export, text, most=1 << 30, ignore=frozenset()).exact]


def test_record_is_found_by_id_code_or_name(tmp_path):
    severe = [
        small_sites.entry("S-1", subject_name=NAME, subject_code=CODE),
        small_sites.entry("S-2"),
        small_sites.entry("S-3"),
    ]
    severe += [small_sites.entry("X-1", subject_name="S-2"), small_sites.entry("S-4", category="演示")]
    export = small_sites.write_export(tmp_path / "export", severe=severe, models=[small_sites.model("R-1", name=NAME)])
    assert (
        found(export, "S-1") == found(export, " s-1 ") == found(export, CODE) == found(export, CODE.lower()) == ["S-1"]
    )
    assert found(export, NAME) == found(export, f" {NAME}　") == found(export, "演示隱匿遠洋貿易行") == ["S-1", "R-1"]
    assert found(export, "S-2") == ["S-2"]
    assert found(export, "") == found(export, "S-4") == found(export, NAME[:-1]) == []


def test_entry_ordered_off_is_gone(office):
    before = small_sites.files_of(office.root)
    done = office.withhold(NAME)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["kind"], told["id"], told["written"], told["was_live"]) == ("severe-list", "S-1", True, True)
    assert "https://small.example/severe/S-1.html" in told["gone"]
    assert not (office.root / "severe" / "S-1.html").exists()
    for value in (NAME, CODE, CAUSE, "S-1.html"):
        assert any(value.encode() in data for data in before.values())
        assert not any(value.encode() in data for data in everything(office.root))
    [item] = office.overlay
    assert (item.kind, item.id, item.what, str(item.on), item.by) == ("severe-list", "S-1", "court", AS_OF, "演示科")
    assert item.why == f"{WHY}（依据：大连条例第四十二条、第四十三条）"
    assert not any(WHY.encode() in data for data in everything(office.root))


def test_what_is_to_be_purged_is_all_that_changed(office):
    before = small_sites.files_of(office.root)
    told = json.loads(office.withhold("S-1").stdout)
    after = small_sites.files_of(office.root)
    changed = {path for path in before if after.get(path) != before[path]}
    base = "https://small.example/"
    assert {f"{base}{path}" for path in changed} <= set(told["purge"])
    assert {f"{base}severe/", f"{base}severe/index.html", f"{base}data/severe-list.csv", f"{base}feed.xml"} <= set(
        told["purge"]
    )
    unchanged = {f"{base}{path}" for path in before} - {f"{base}{path}" for path in changed}
    assert not unchanged & set(told["purge"]) - {f"{base}release.json.sig"}


def test_every_kind_can_be_ordered_off(office):
    assert json.loads(office.withhold("演示诚信楷模公司").stdout)["kind"] == "role-models"
    assert not list((office.root / "role-models").rglob("*.jpg"))
    told = json.loads(office.withhold("M-1").stdout)
    assert any(one.endswith("measures/M-1/entries/index.html") for one in told["gone"])
    assert small_sites.ids_of(office.root, "measures") == ["M-2"]
    assert small_sites.ids_of(office.root, "role-models") == []


SAID_BY_ALL = {
    "day": "2022-01-05",
    "article": "《大连市社会信用条例》第三十一条",
    "guide": "https://small.example/guide/objection.html",
    "law": "https://small.example/laws/dalian.html",
    "words of the law": "本单位能处理的，三个工作日内核查处理",
    "words of the program": "通过登记的住所联系不上的，企业和农民专业合作社列入经营异常名录",
}
"""Texts an office may write, which stand on the site's pages whoever writes them."""


@pytest.mark.parametrize("text", SAID_BY_ALL.values(), ids=SAID_BY_ALL)
def test_words_that_stand_on_the_site_anyway_keep_no_record_on_it(tmp_path, text):
    one = small_sites.entry("S-1", remedies=text, change_note=text)
    others = {Kind.CATALOGUE: [small_sites.item("CA0")], Kind.ABNORMAL: [small_sites.abnormal()]}
    office = Office(tmp_path, severe=[one, small_sites.entry("S-2")], measures=[small_sites.measure()], others=others)
    done = office.withhold("S-1")
    assert done.returncode == 0, codes(done)
    assert not (small_sites.live_root(office.output) / "severe/S-1.html").exists()


def test_clerk_may_be_called_as_a_published_name_is_read(tmp_path):
    office = Office(tmp_path, severe=[small_sites.entry("S-1"), small_sites.entry("S-2", subject_name="演示王记商行")])
    done = office.run("withhold", "S-1", "--by", "wang", "--why", WHY)
    assert done.returncode == 0, codes(done)


def test_same_name_twice_lists_candidates_and_does_nothing(office):
    before = small_sites.all_of(office.folder)
    done = office.withhold("演示双生商行")
    assert done.returncode == 1
    [finding] = json.loads(done.stdout)["findings"]
    first, *listed = finding["message"].split("\n")
    assert (finding["code"], "有 2 条" in first, finding["hint"]) == ("ambiguous", True, "用编号再运行一次")
    assert [one.strip() for one in listed] == ["S-3 演示双生商行", "S-4 演示双生商行"]
    assert small_sites.all_of(office.folder) == before
    told = json.loads(office.withhold("S-3").stdout)
    assert told["others"] == ["S-4"]
    assert (office.root / "severe" / "S-4.html").exists()


def test_part_of_a_name_lists_candidates_without_what_is_not_public(office):
    before = small_sites.all_of(office.folder)
    done = office.withhold("商行")
    assert (done.returncode, codes(done)) == (1, ["unknown-record"])
    [message] = [one["message"] for one in json.loads(done.stdout)["findings"]]
    assert "名称里含有这几个字的有 3 条" in message
    assert "S-3 演示双生商行" in message
    assert "没有公开的记录 1 条" in message
    for secret in ("S-5", "演示秘而不宣商行"):
        assert secret not in done.stdout + done.stderr
    assert codes(office.withhold("演示没有这一家")) == ["unknown-record"]
    assert small_sites.all_of(office.folder) == before


def test_natural_person_is_found_by_an_id_number_that_is_told_nowhere(office):
    done = office.withhold(small_sites.resident_id())
    assert json.loads(done.stdout)["id"] == "P-1"
    assert small_sites.resident_id() not in done.stdout + done.stderr


def test_record_that_is_not_public_can_be_ordered_off_too(office):
    told = json.loads(office.withhold("S-5").stdout)
    assert (told["written"], told["was_live"], told["gone"]) == (True, False, [])


def test_said_twice_it_is_written_once(office):
    assert office.withhold("S-1").returncode == 0
    told = json.loads(office.withhold("S-1", day="2026-11-21").stdout)
    assert (told["written"], told["was_live"]) == (False, False)
    assert len(office.overlay) == 1


def test_it_is_rebuilt_from_the_kept_export_whatever_became_of_the_export(office):
    (office.export / "severe-list.csv").write_text("演示：已经换成别的了")
    (office.export / "datapackage.json").unlink()
    assert office.withhold("S-1").returncode == 0
    assert small_sites.ids_of(office.root, "severe-list") == ["S-2", "S-3", "S-4", "P-1"]


def test_expired_approval_and_guards_do_not_stop_it(tmp_path):
    only = [small_sites.entry("S-1", measure_ids=["M-9"])]
    office = Office.__new__(Office)
    office.folder, office.city, office.output = tmp_path, "dalian", tmp_path / "out"
    office.site = small_sites.write_site(tmp_path / "content")
    office.export = small_sites.write_export(tmp_path / "export", severe=only, approval={"valid_through": AS_OF})
    assert office.run("build", "--allow", "unpublished-measure").returncode == 0
    assert office.withhold("S-1", day="2026-12-31").returncode == 0
    assert small_sites.ids_of(office.root, "severe-list") == []


def test_other_reasons_are_taken_where_the_kind_knows_them(office):
    assert codes(office.withhold("M-1", "--what", "repaired")) == ["wrong-what"]
    assert office.overlay == ()
    assert office.withhold("S-1", "--what", "revoked").returncode == 0
    assert [one.what for one in office.overlay] == ["revoked"]
    assert office.overlay[0].why.endswith("（依据：大连条例第四十三条）")


def test_lingyuan_names_its_own_articles(tmp_path):
    office = Office(tmp_path, "lingyuan")
    assert office.withhold("S-1").returncode == 0
    assert "凌源办法第三十二条" in office.overlay[0].why


def said(office, *options):
    """What ``withhold`` tells people."""
    line = ["--by", "演示科", "--why", WHY, "--site", office.site, "--output", office.output, "--jobs", "1"]
    return clean(run_here("withhold", *options, *line, today=AS_OF)).stdout


def test_order_repeated_says_since_when_it_is_off_and_what_was_to_be_purged(office):
    """An hour later the list is to be had again, and nobody is told that it was never public."""
    first = json.loads(office.withhold("S-1").stdout)
    again = json.loads(office.withhold("S-1").stdout)
    assert (again["was_live"], again["written"], again["off_since"]) == (False, False, AS_OF)
    assert again["gone"] == first["gone"]
    assert set(first["purge"]) <= set(again["purge"])
    told = said(office, "S-1")
    assert f"它在 {AS_OF} 已经撤下" in told
    assert "本来就没有公开" not in told
    assert not any("purges" in path or b"purges" in data for path, data in small_sites.files_of(office.root).items())


def test_purge_list_that_is_lost_takes_nothing_with_it(office):
    office.withhold("S-1")
    (office.output / office.city / "state" / "purges.json").write_text("{")
    again = json.loads(office.withhold("S-1").stdout)
    assert (again["off_since"], again["was_live"]) == (AS_OF, False)
    assert office.withhold("S-2").returncode == 0


def test_purge_list_goes_with_its_order(office):
    office.withhold("S-1")
    (office.site.parent / "overlay.yml").write_text("[]\n")
    assert office.run("build", "--allow", "resurrected").returncode == 0
    office.withhold("S-2")
    kept = json.loads((office.output / office.city / "state" / "purges.json").read_bytes())
    assert [one["id"] for one in kept["purges"]] == ["S-2"]


def test_record_that_was_never_public_is_told_so(office):
    assert "它本来就没有公开。" in said(office, "S-5")


@pytest.mark.parametrize("word", ["决定撤销", "撤销"])
def test_reason_may_be_written_in_chinese(office, word):
    assert office.withhold("S-1", "--what", word).returncode == 0
    assert [one.what for one in office.overlay] == ["revoked"]


def test_reason_that_is_none_is_answered_with_both_words_of_each(office):
    done = office.withhold("S-1", "--what", "异议")
    assert (done.returncode, codes(done)) == (2, ["usage"])
    [finding] = json.loads(done.stdout)["findings"]
    assert all(f"{one}（{ACTION_LABELS[one]}）" in finding["message"] for one in ORDERED)


def test_order_that_a_kind_does_not_take_is_answered_in_words(office):
    done = office.withhold("M-1", "--what", "removed")
    [finding] = json.loads(done.stdout)["findings"]
    assert finding["message"] == "信用奖惩措施清单的记录不能写「移出名单」（removed）"
    assert finding["hint"] == "可以写：--what court（法院等要求停止公开）"


def test_nothing_is_live_yet(tmp_path):
    office = Office.__new__(Office)
    office.folder, office.output = tmp_path, tmp_path / "out"
    office.site = small_sites.write_site(tmp_path / "content")
    done = office.withhold("S-1")
    assert (done.returncode, codes(done)) == (2, ["no-release"])
    assert office.overlay == ()


def test_live_and_newest_exports_are_kept_and_no_others(office):
    exports = office.output / "dalian" / "state" / EXPORTS
    assert len(list(exports.iterdir())) == 1
    [first] = exports.iterdir()
    assert small_sites.files_of(first) == small_sites.files_of(office.export)
    for version in ("2026.11.19", "2026.11.20"):
        newer = small_sites.write_export(office.folder / version, severe=[small_sites.entry("S-1")], version=version)
        options = ["--export", newer, "--allow", "vanished", "--allow", "shrink", "--allow", "unpublished-measure"]
        assert office.run("build", *options).returncode == 0
        assert [small_sites.files_of(one) for one in exports.iterdir()] == [small_sites.files_of(newer)]
    options = ["--export", office.folder / "2026.11.19", "--allow", "older-export"]
    assert office.run("build", *options).returncode == 0
    assert len(list(exports.iterdir())) == 2


def interrupted(office, text):
    """What ``withhold`` says where Ctrl-C is pressed once the overlay is written, and its exit code."""
    line = ["withhold", text, "--by", "演示科", "--why", WHY, "--site", office.site, "--output", office.output]
    clocked = [sys.executable, small_sites.PROGRAM / "tests" / "given" / "clocked_command.py", AS_OF, *line]
    with subprocess.Popen(
        [*map(str, clocked), "--jobs", "1"],
        env=os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(small_sites.PROGRAM)},
        cwd=small_sites.PROGRAM,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as started:
        written = False
        for said in started.stdout:
            if written:
                break
            written = said.startswith("写入 overlay.yml")
        os.killpg(started.pid, signal.SIGINT)
        return started.stdout.read(), started.wait()


def test_interrupted_order_is_told_and_can_be_deleted(office):
    """Nothing is gone yet; the order stands, and who deletes it from the overlay does not find it written back."""
    overlay = office.site.parent / "overlay.yml"
    overlay.write_text("# 演示\n[]\n", "utf-8")
    live = office.root
    said, code = interrupted(office, NAME)
    [item] = office.overlay
    assert code == 130, said
    assert "线上网站没有变化" in said
    assert f"{overlay} 第 {item.row} 行起已写着不公开 S-1" in said
    assert office.root == live
    overlay.write_text("# 演示\n[]\n", "utf-8")
    told = json.loads(office.withhold("S-2").stdout)
    assert told["restored"] == []
    assert [one.id for one in office.overlay] == ["S-2"]
    assert (office.root / "severe" / "S-1.html").exists()


def test_order_interrupted_while_it_is_written_is_no_order_of_another(office, monkeypatch):
    """Its copy comes first; left alone there, the next order would write it into the overlay."""
    real = withholding.add_items

    def interrupted_at(*given):
        signal.raise_signal(signal.SIGINT)
        real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(withholding, "add_items", interrupted_at)
        with pytest.raises(KeyboardInterrupt):
            small_sites.withhold(office.site, "S-1", office.output)
    assert [one.id for one in office.overlay] == ["S-1"]
    (office.site.parent / "overlay.yml").write_text("[]\n", "utf-8")
    done = office.withhold("S-2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["restored"] == []
    assert [one.id for one in office.overlay] == ["S-2"]


def test_interrupted_order_is_obeyed_by_the_next_build(office):
    interrupted(office, NAME)
    assert office.run("build").returncode == 0
    assert not (office.root / "severe" / "S-1.html").exists()
    assert (office.root / "severe" / "S-2.html").exists()
