"""What ranks above a city: the layers as data, the lawyer's answer, and what waits for it."""

import base64
import datetime as dt
import json
import shutil

import pytest
import small_sites
from webmasters_desk import Desk, clean, process
import yaml

from site_builder.config.fields import Fields
from site_builder.config.load import load_site
from site_builder.config.site import ABOVE, SHIPPED
from site_builder.config.source import Faults, parse_yaml
from site_builder.content.told_where import told_where
from site_builder.errors import SiteBuilderError
from site_builder.law.above import LAYERS, layers_above, read_layer
from site_builder.law.cities import law_of
from site_builder.law.where import counting
from site_builder.rules.decision import Reason
from site_builder.signing import make_key
from site_builder.vocabulary import Kind

OLD = {
    "decided_on": dt.date(2022, 5, 10),
    "notified_on": dt.date(2022, 5, 1),
    "listed_on": dt.date(2022, 5, 12),
    "published_on": dt.date(2022, 5, 15),
    "act_ended_on": dt.date(2022, 4, 30),
}
RULE = "cn-repair-2026"
PENDING = {"rule": RULE, "answer": "pending"}
REAL = small_sites.APPLIES_ABOVE | {"reference": "〔2026〕3号"}


def codes(done):
    return [one["code"] for one in json.loads(clean(done).stdout)["findings"]]


def review(*answers, **more):
    return {"law__review": list(answers), **more}


# ------------------------------------------------------------------------------------------------------- the layers


def test_layers_are_no_cities():
    assert LAYERS == ("liaoning", "national")
    assert not {*LAYERS, "above"} & set(SHIPPED)


@pytest.mark.parametrize("layer", LAYERS)
def test_everything_above_has_its_source_and_only_what_was_read_has_rules(layer):
    read = read_layer(ABOVE / layer)
    assert all(one.title and one.source for one in read.norms)
    assert all(one.source and one.basis for one in read.lists.values())
    assert [bool(one.rule) for one in read.norms] == [layer == "national"]


def test_national_rule_holds_from_its_day():
    [norm] = read_layer(ABOVE / "national").norms
    assert (norm.since, norm.in_force(dt.date(2026, 3, 31)), norm.in_force(dt.date(2026, 4, 1))) == (
        dt.date(2026, 4, 1),
        False,
        True,
    )


def test_layer_of_another_place_is_refused():
    faults = Faults("city.yml")
    layers_above(Fields(parse_yaml('above: [liaoning]\nregion: "3301"\n', faults), faults))
    assert [(one.code, one.place.row) for one in faults.found] == [("bad-value", 1)]
    faults = Faults("city.yml")
    layers_above(Fields(parse_yaml('above: [liaoning]\nregion: "2103"\n', faults), faults))
    assert faults.found == []


def test_law_without_layers_has_nothing_above():
    faults = Faults("city.yml")
    assert layers_above(Fields(parse_yaml("code: YS\n", faults), faults)).norms == ()


# ------------------------------------------------------------------------------------------------------ the answers


@pytest.mark.parametrize(
    "answer",
    [
        {"rule": RULE, "answer": "not_applicable", "by": "演示律师", "reference": "〔2026〕1号", "on": "2026-04-01"},
        small_sites.NOTHING_ABOVE | {"norm": "有关规定"},
        small_sites.NOTHING_ABOVE | {"norm_level": "high"},
        {"rule": RULE, "answer": "applies"},
        {"rule": RULE, "answer": "maybe"},
    ],
    ids=["no reason and no norm", "no instrument is cited", "no level", "nobody answers", "no answer"],
)
def test_answer_that_is_not_whole_is_refused(tmp_path, answer):
    site = small_sites.write_site(tmp_path, **review(answer))
    with pytest.raises(SiteBuilderError):
        load_site(site)


def test_rule_is_answered_once(tmp_path):
    site = small_sites.write_site(tmp_path, **review(PENDING, dict(PENDING)))
    with pytest.raises(SiteBuilderError, match="答复了两次"):
        load_site(site)


def test_answer_of_a_sample_is_refused_by_a_real_site(tmp_path):
    site = small_sites.write_site(tmp_path, site__demo=False, **review(small_sites.APPLIES_ABOVE))
    with pytest.raises(SiteBuilderError, match="演示的答复"):
        load_site(site)


@pytest.mark.parametrize("level", ["local_regulation", "normative_document"])
def test_norm_of_a_lower_rank_keeps_no_rule_from_applying(tmp_path, level):
    site = small_sites.write_site(tmp_path, **review(small_sites.NOTHING_ABOVE | {"norm_level": level}))
    with pytest.raises(SiteBuilderError, match="层级不够"):
        law_of(load_site(site))


@pytest.mark.parametrize("level", ["law", "administrative_regulation", "national_rule"])
def test_norm_of_an_equal_or_higher_rank_does(tmp_path, level):
    site = small_sites.write_site(tmp_path, **review(small_sites.NOTHING_ABOVE | {"norm_level": level}))
    assert law_of(load_site(site)).latest.terms.above is None


def test_answer_on_a_rule_the_city_does_not_have_above_it_is_refused(tmp_path):
    site = small_sites.write_site(tmp_path, **review({"rule": "cn-repair-2030", "answer": "pending"}))
    with pytest.raises(SiteBuilderError, match="cn-repair-2030"):
        law_of(load_site(site))


@pytest.mark.parametrize("city", sorted(SHIPPED))
@pytest.mark.parametrize(("answer", "withheld"), [(REAL, True), (PENDING, False), (small_sites.NOTHING_ABOVE, False)])
def test_rule_withholds_where_it_is_answered_to_apply_and_nowhere_else(tmp_path, city, answer, withheld):
    desk = Desk(tmp_path, city, **review(answer))
    desk.export(severe=[small_sites.entry("S-1", **OLD), small_sites.entry("S-2")])
    found = small_sites.reasons(desk.site, tmp_path / "export")[Kind.SEVERE]
    assert found == ({"S-1": [Reason.PAST_NATIONAL_MAXIMUM]} if withheld else {})


# ---------------------------------------------------------------------------------------------- what silence stops


def test_silence_stops_a_real_sites_new_release_and_takes_nothing_away(tmp_path):
    desk = Desk(tmp_path, site__demo=False, **review(REAL))
    desk.export(severe=[small_sites.entry("S-1"), small_sites.entry("S-2")])
    assert desk.run("build").returncode == 0
    small_sites.write_export(tmp_path / "next", severe=[small_sites.entry("S-1")] * 1, version="2026.11.19")
    described = yaml.safe_load(desk.site.read_text())
    for answers in ([], [PENDING]):
        described["law"] = {"review": answers}
        desk.site.write_text(yaml.safe_dump(described, allow_unicode=True))
        new = desk.run("build", "--json", "--export", str(tmp_path / "next"))
        assert new.returncode == 1
        assert "law-undecided" in codes(new)
        assert "law-undecided" in codes(
            desk.run("build", "--json", "--export", str(tmp_path / "next"), "--allow", "vanished")
        )
    nightly = desk.run("build", "--json", day="2026-11-21", today="2026-11-21")
    assert clean(nightly).returncode == 0, "the nightly rebuild goes on"
    small_sites.withhold(desk.site, "S-2", desk.output, today=dt.date(2026, 11, 21))
    root = small_sites.live_root(desk.output, "dalian")
    assert (root / "severe" / "S-1.html").is_file()
    assert not (root / "severe" / "S-2.html").exists()


def test_what_a_rule_above_took_away_stays_away_until_a_lawyer_says_it_does_not_apply(tmp_path):
    desk = Desk(tmp_path, site__demo=False, **review(REAL))
    rows = [small_sites.entry("S-1", **OLD), small_sites.entry("S-2"), small_sites.entry("S-3")]
    desk.export(severe=rows)
    assert clean(desk.run("build")).returncode == 0
    described = yaml.safe_load(desk.site.read_text())

    def answer(*answers, demo=False):
        described["law"] = {"review": list(answers)}
        described["site"]["demo"] = demo
        desk.site.write_text(yaml.safe_dump(described, allow_unicode=True))

    def shown():
        severe = small_sites.live_root(desk.output, "dalian") / "severe"
        return {one.stem for one in severe.glob("S-*.html")}

    small_sites.write_export(tmp_path / "next", severe=rows, version="2026.11.19")
    for number, silent in enumerate(([], [PENDING]), start=1):
        answer(*silent)
        day = f"2026-11-2{number}"
        assert clean(desk.run("build", "--json", day=day, today=day)).returncode == 0
        assert shown() == {"S-2", "S-3"}
    small_sites.withhold(desk.site, "S-2", desk.output, today=dt.date(2026, 11, 22))
    assert shown() == {"S-3"}
    later = {"day": "2026-11-23", "today": "2026-11-23"}
    answer(PENDING, demo=True)
    stopped = desk.run("build", "--json", "--export", str(tmp_path / "next"), **later)
    assert (stopped.returncode, "law-answer-withdrawn" in codes(stopped)) == (1, True)
    assert shown() == {"S-3"}
    answer({**small_sites.NOTHING_ABOVE, "reference": "〔2026〕4号"})
    assert clean(desk.run("build", "--json", "--export", str(tmp_path / "next"), **later)).returncode == 0
    assert shown() == {"S-1", "S-3"}


def test_silence_before_the_rules_day_stops_nothing(tmp_path):
    desk = Desk(tmp_path, site__demo=False, **review())
    desk.export(severe=[small_sites.entry("S-1")], version="2026.03.30", created="2026-03-30T10:00:00+08:00")
    assert clean(desk.run("build", day="2026-03-31", today="2026-03-31")).returncode == 0
    assert "law-undecided" in codes(desk.run("check", "--json", day="2026-04-01", today="2026-04-01"))


def test_check_counts_what_would_leave_and_asks_for_what_lists_rest_on(tmp_path):
    desk = Desk(tmp_path, **review(PENDING))
    rows = [small_sites.entry("S-1", **OLD), small_sites.entry("S-2", **OLD, disclosure="query")]
    rows += [small_sites.entry("S-3", list_name="演示无据名单"), small_sites.entry("S-4", list_name="失信被执行人名单")]
    desk.export(severe=rows)
    told = {one["code"]: one for one in json.loads(clean(desk.run("check", "--json")).stdout)["findings"]}
    assert told["law-undecided"]["warning"], "the data is made up"
    assert "公示中的 1 条" in told["past-national-maximum"]["message"]
    assert "S-1" in told["past-national-maximum"]["message"]
    assert "「演示无据名单」没有设立依据：公示中的 1 条" in told["list-without-basis"]["message"]
    assert "辽宁省社会信用条例" in told["upper-law-unread"]["message"]


# ------------------------------------------------------------------------------------------------------ signatures


def answered(site, key, *options):
    done = process("law", "answer", RULE, "--site", str(site), "--key", str(key), "--by", "某律师", "--json", *options)
    return clean(done)


def test_signed_answer_counts_and_a_changed_one_does_not(tmp_path):
    key = make_key(tmp_path / "lawyer")
    site = small_sites.write_site(tmp_path / "content", site__demo=False, export__trusted_keys=[key], **review())
    done = answered(
        site, tmp_path / "lawyer", "--answer", "applies", "--reference", "〔2026〕3号", "--on", "2026-04-02"
    )
    assert done.returncode == 0, done.stderr
    described = yaml.safe_load(site.read_text())
    described |= yaml.load(json.loads(done.stdout)["lines"], yaml.BaseLoader)  # noqa: S506  # texts alone
    for change, counts in (
        ({}, True),
        ({"reference": "〔2026〕4号"}, False),
        ({"sig": base64.b64encode(bytes(64)).decode()}, False),
        ({"sig": ""}, False),
    ):
        described["law"]["review"][0] = described["law"]["review"][0] | change
        site.write_text(yaml.safe_dump(described, allow_unicode=True))
        loaded = load_site(site)
        [answer] = loaded.law.review
        assert answer.signed_by([key], loaded.export.name) is counts
        assert not answer.signed_by([key], "another-site")


def test_answer_that_would_be_refused_is_not_signed(tmp_path):
    key = make_key(tmp_path / "lawyer")
    site = small_sites.write_site(tmp_path / "content", export__trusted_keys=[key], **review())
    given = ("--answer", "not_applicable", "--reference", "〔2026〕3号")
    assert answered(site, tmp_path / "lawyer", *given).returncode == 2
    low = ("--reason", "演示", "--norm", "《演示条例》", "--norm-level", "local_regulation")
    assert answered(site, tmp_path / "lawyer", *given, *low).returncode == 2
    make_key(tmp_path / "stranger")
    stranger = answered(site, tmp_path / "stranger", "--answer", "applies", "--reference", "〔2026〕3号")
    assert codes(stranger) == ["untrusted-key"]


def test_answer_may_be_written_in_chinese(tmp_path):
    key = make_key(tmp_path / "lawyer")
    site = small_sites.write_site(tmp_path / "content", export__trusted_keys=[key], **review())
    why = ("--reason", "演示", "--norm", "《演示规定》", "--reference", "〔2026〕3号")
    chinese, english = (
        answered(site, tmp_path / "lawyer", "--answer", answer, "--norm-level", level, *why).stdout
        for answer, level in (("不适用", "国家有关规定"), ("not_applicable", "national_rule"))
    )
    assert chinese == english != ""


# ------------------------------------------------------------------------------------------------------- the words


def test_pages_tell_what_holds_and_keep_their_rows():
    text = f"甲\n<!-- where: {RULE} -->\n乙\n<!-- unless: {RULE} -->\n丙\n<!-- end -->\n丁"
    assert told_where(text, {RULE}, "x.md").split("\n") == ["甲", "", "乙", "", "", "", "丁"]
    assert told_where(text, set(), "x.md").split("\n") == ["甲", "", "", "", "丙", "", "丁"]


@pytest.mark.parametrize(
    ("text", "row"), [(f"<!-- where: {RULE} -->\n甲", 1), ("甲\n<!-- end -->", 2), ("<!-- where -->\n<!-- end -->", 1)]
)
def test_mark_that_is_not_whole_is_refused_with_its_row(text, row):
    with pytest.raises(SiteBuilderError) as refused:
        told_where(text, set(), "x.md")
    assert {one.place.row for one in refused.value.findings} == {row}


def test_words_of_a_law_count_where_they_say():
    faults = Faults("words.yml")
    node = parse_yaml(f"repair:\n  - {{where: {RULE}, text: 甲}}\n  - {{unless: {RULE}, text: 乙}}\n", faults)
    assert Fields(counting(node, {RULE}), faults).section("repair").text("text") == "甲"
    assert Fields(counting(node, set()), faults).section("repair").text("text") == "乙"


@pytest.mark.parametrize("city", sorted(SHIPPED))
def test_entry_page_and_guide_tell_what_holds(tmp_path, city):
    site = small_sites.write_site(tmp_path / "content", city, **review(small_sites.APPLIES_ABOVE))
    shutil.copytree(small_sites.PROGRAM / "content" / city / "pages", site.parent / "pages", dirs_exist_ok=True)
    export = small_sites.write_export(tmp_path / "export", severe=[small_sites.entry("S-1")])
    for answer, applies in ((small_sites.APPLIES_ABOVE, True), (PENDING, False)):
        described = yaml.safe_load(site.read_text())
        described["law"] = {"review": [answer]}
        site.write_text(yaml.safe_dump(described, allow_unicode=True))
        small_sites.build_site(site, export, tmp_path / str(applies))
        root = small_sites.live_root(tmp_path / str(applies), city)
        page, guide = ((root / name).read_text() for name in ("severe/S-1.html", "guide/repair.html"))
        assert ("最短公示期满日：" in page) is applies
        assert ("按现行规定公示到 " in page) is applies
        assert ("公开作出信用承诺" in page) is applies
        assert ("信用修复管理办法" in guide) is applies
        if city == "lingyuan":
            sentence = "国家规定施行后，本办法第三十四条、第三十五条与其不一致的，以国家规定为准；具体由受理单位答复。"
            assert (sentence in guide) is (sentence in page) is applies
            assert ("不予修复" in guide) is not applies
            assert "提供这条信息的单位" in guide, "whom article 33 names"
        else:
            assert "不适用信用修复" in guide, "a local regulation's own exception stays"
            assert "市公共信用信息工作机构" in guide, "whom article 44 names"


# ------------------------------------------------------------------------------------------------------ explaining


def test_explain_tells_which_norm_decides_and_which_gives_way(tmp_path):
    desk = Desk(tmp_path, **review(small_sites.APPLIES_ABOVE))
    desk.export(severe=[small_sites.entry("S-1")])
    told = clean(desk.run("explain", "S-1")).stdout
    assert (
        "《大连市社会信用条例》（地方性法规，大连条例第三十五条）公示至 2029-04-30，届满未移出的依法延长，让位" in told
    )
    assert "《信用修复管理办法》（国家有关规定，修复办法第四条）公示至 2027-05-10，由它决定" in told


def test_law_show_tells_of_what_nobody_has_read():
    done = clean(process("law", "show", "dalian"))
    assert "上位法未核对" in done.stdout
    assert "《信用修复管理办法》" in done.stdout or "信用修复管理办法" in done.stdout
