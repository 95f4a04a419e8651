"""The command line as its users and their scripts meet it: exit codes, text and JSON."""

import json
import shutil

import pytest
import small_sites
from webmasters_desk import AS_OF, Desk, clean, process, told

from site_builder.law.articles import articles
from site_builder.law.cities import all_shipped
from site_builder.rules.decision import REASON_CLEAR, REASON_LABELS


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A site that is built: shared by tests that change nothing."""
    made = Desk(tmp_path_factory.mktemp("desk"))
    made.export()
    built = made.run("build")
    assert built.returncode == 0, built.stderr
    return made


def test_build_says_what_is_published_and_why_the_rest_is_not(tmp_path):
    fresh = Desk(tmp_path)
    fresh.export()
    done = clean(fresh.run("build"))
    assert done.returncode == 0
    assert "2 行 = 公开 1 + 不公开 1 + 隔离 0" in done.stdout
    assert "已移出名单（removed）" in done.stdout
    assert "2026.11.18_2026-11-20" in done.stdout
    assert (tmp_path / "out" / "dalian" / "current" / "index.html").is_file()


def test_build_again_says_that_nothing_changed(desk):
    before = small_sites.all_of(desk.output)
    done = clean(desk.run("build"))
    assert done.returncode == 0
    assert "没有改动" in done.stdout
    assert small_sites.all_of(desk.output) == before


def test_build_in_json_prints_one_object_and_nothing_else(tmp_path):
    fresh = Desk(tmp_path)
    fresh.export()
    done = clean(fresh.start("build", "--json"))
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert report["counts"]["severe-list"] == {"rows": 2, "published": 1, "withheld": {"removed": 1}, "rejected": 0}
    assert report["active"] is True
    assert report["unchanged"] is False
    assert report["release"].endswith("2026.11.18_2026-11-20")


def test_check_says_what_a_build_would_and_writes_nothing(tmp_path):
    fresh = Desk(tmp_path)
    fresh.export()
    before = small_sites.all_of(tmp_path)
    done = clean(fresh.run("check"))
    assert done.returncode == 0
    assert "已移出名单（removed）" in done.stdout
    assert small_sites.all_of(tmp_path) == before


def test_check_in_json_counts_by_reason(desk):
    done = clean(desk.run("check", "--json"))
    assert done.returncode == 0
    checked = json.loads(done.stdout)
    assert told(checked["findings"]) == []
    assert checked["counts"]["severe-list"]["withheld"] == {"removed": 1}
    assert checked["counts"]["measures"] == {"rows": 1, "published": 1, "withheld": {}, "rejected": 0}


@pytest.mark.parametrize("command", ["build", "check"])
def test_refused_export_exits_1_with_place_and_hint_and_leaves_no_folder(tmp_path, command):
    fresh = Desk(tmp_path)
    fresh.export(
        severe=[
            small_sites.entry("S-1"),
            small_sites.entry("S-2", category="演示"),
            small_sites.entry("S-3", decided_on="无"),
        ]
    )
    done = clean(fresh.start(command))
    assert done.returncode == 1
    assert "severe-list.csv:3:category" in done.stderr
    assert "severe-list.csv:4:decided_on" in done.stderr
    assert done.stdout == ""
    assert not fresh.output.exists()


@pytest.mark.parametrize("command", ["build", "check"])
def test_refusal_in_json_is_one_object_with_every_finding(tmp_path, command):
    fresh = Desk(tmp_path)
    fresh.export(severe=[small_sites.entry("S-1", category="演示"), small_sites.entry("S-2", decided_on="无")])
    done = clean(fresh.run(command, "--json"))
    assert done.returncode == 1
    refusal = json.loads(done.stdout)
    assert refusal["exit_code"] == 1
    places = {(finding["place"]["row"], finding["place"]["column"]) for finding in told(refusal["findings"])}
    assert places == {(2, "category"), (3, "decided_on")}
    assert all(finding["message"] for finding in refusal["findings"])


def test_no_message_repeats_a_row_that_is_not_public(tmp_path):
    fresh = Desk(tmp_path)
    hidden = small_sites.entry(
        "S-1", disclosure="query", subject_name="演示甲乙丙", category="演示丁戊", cause="演示己庚"
    )
    unread = small_sites.entry("S-2", disclosure="演示", decided_on="演示辛壬", cause="演示己庚")
    fresh.export(severe=[hidden, unread])
    done = clean(fresh.run("build"))
    assert done.returncode == 1
    for text in ("演示甲乙丙", "演示丁戊", "演示己庚", "演示辛壬"):
        assert text not in done.stderr + done.stdout


@pytest.mark.parametrize(
    "options",
    [
        ["--allow", "no-such-guard"],
        ["--unknown"],
        ["--jobs", "0"],
        ["--export", "/nonexistent/export"],
    ],
)
def test_wrong_usage_exits_2(desk, options):
    before = small_sites.all_of(desk.output)
    done = clean(desk.run("build", *options))
    assert done.returncode == 2
    assert done.stderr
    assert small_sites.all_of(desk.output) == before


@pytest.mark.parametrize("day", ["2026-02-30", "20261120", "morgen", ""])
def test_day_that_is_none_exits_2(desk, day):
    assert clean(desk.run("check", day=day)).returncode == 2


@pytest.mark.parametrize("command", ["build", "check", "next"])
def test_missing_site_file_exits_2(desk, tmp_path, command):
    done = clean(desk.run(command, site=tmp_path / "none" / "site.yml"))
    assert done.returncode == 2
    assert "site.yml" in done.stderr


def test_faulty_site_file_exits_2_with_every_fault_and_its_line(tmp_path):
    fresh = Desk(tmp_path)
    fresh.export()
    text = fresh.site.read_text().replace("city: dalian", "city: nowhere").replace("demo: true", "demo: maybe")
    fresh.site.write_text(text + "unknown: 1\n")
    done = clean(fresh.run("build", "--json"))
    assert done.returncode == 2
    findings = json.loads(done.stdout)["findings"]
    assert len(findings) == 3
    assert all(finding["place"]["row"] for finding in findings)
    assert not fresh.output.exists()


def test_folder_that_may_not_be_written_exits_4(tmp_path):
    fresh = Desk(tmp_path)
    fresh.export()
    fresh.output.write_text("演示：这里是一个文件")
    done = clean(fresh.run("build", "--json"))
    assert done.returncode == 4
    assert json.loads(done.stdout)["exit_code"] == 4


@pytest.mark.parametrize("city", sorted(all_shipped()))
def test_explain_prints_each_rule_with_its_article(tmp_path, city):
    fresh = Desk(tmp_path, city)
    fresh.export()
    done = clean(fresh.run("explain", "s-2"))
    assert done.returncode == 0
    for rule in all_shipped()[city].latest.kinds["severe-list"].rules:
        said = (f"✗ {REASON_LABELS[rule.reason]}：{rule.question}是", f"✓ {REASON_CLEAR[rule.reason]}")
        line = next(line for line in done.stdout.splitlines() if any(one in line for one in said))
        assert f"（{articles(rule.articles, all_shipped()[city].latest.names)}）" in line
    holding = [line for line in done.stdout.splitlines() if line.strip().startswith("✗")]
    assert len(holding) == 2
    assert "已移出名单" in done.stdout.splitlines()[-1]


def test_explain_in_json_has_an_answer_for_every_rule(desk):
    done = clean(desk.run("explain", "S-2", "--json"))
    assert done.returncode == 0
    explained = json.loads(done.stdout)
    assert (explained["kind"], explained["id"], explained["published"]) == ("severe-list", "S-2", False)
    assert [answer["reason"] for answer in explained["answers"]] == [
        rule.reason for rule in all_shipped()["dalian"].latest.kinds["severe-list"].rules
    ]
    assert [answer["reason"] for answer in explained["answers"] if answer["withholds"]] == [
        "removed",
        "no_prior_notice",
    ]
    assert all(answer["articles"] for answer in explained["answers"])


@pytest.mark.parametrize(
    ("record", "kind"), [("S-1", "severe-list"), ("M-0001", "measures"), ("R-0001", "role-models")]
)
def test_explain_knows_every_kind(desk, record, kind):
    explained = json.loads(clean(desk.run("explain", record, "--json")).stdout)
    assert (explained["kind"], explained["published"]) == (kind, True)


def test_explain_of_an_unknown_id_exits_1(desk):
    done = clean(desk.run("explain", "S-99", "--json"))
    assert done.returncode == 1
    assert json.loads(done.stdout)["findings"][0]["code"] == "unknown-id"


@pytest.mark.parametrize("zipped", [False, True])
def test_explain_takes_a_code_or_a_name_as_withholding_does(tmp_path, zipped):
    fresh, code = Desk(tmp_path), small_sites.credit_code(7)
    named = [("S-1", "演示独家商行"), ("S-2", "演示双生商行"), ("S-3", "演示双生商行")]
    severe = [small_sites.entry(one, subject_name=name, disclosure="query") for one, name in named]
    severe[0]["subject_code"] = code
    small_sites.write_export(tmp_path / "export", severe=severe)
    export = tmp_path / "export"
    if zipped:
        export = shutil.make_archive(str(tmp_path / "zipped"), "zip", export)
    for text in ("S-1", "演示独家商行", code, code.lower()):
        done = clean(fresh.run("explain", text, "--json", "--export", str(export)))
        assert json.loads(done.stdout)["id"] == "S-1"
    for text, ids in (("演示双生商行", "S-2、S-3"), ("商行", "S-1、S-2、S-3")):
        done = clean(fresh.run("explain", text, "--json", "--export", str(export)))
        [finding] = json.loads(done.stdout)["findings"]
        assert (done.returncode, finding["code"], finding["hint"]) == (1, "ambiguous", "用编号再运行一次")
        assert finding["message"].endswith(f"条：{ids}")


def test_explain_knows_what_depends_on_other_records(tmp_path):
    fresh = Desk(tmp_path)
    code = small_sites.credit_code(5)
    fresh.export(
        severe=[small_sites.entry("S-1", subject_code=code)], models=[small_sites.model("R-1", subject_code=code)]
    )
    explained = json.loads(clean(fresh.run("explain", "R-1", "--json")).stdout)
    assert [one["reason"] for one in explained["answers"] if one["withholds"]] == ["on_severe_list"]


def test_next_tells_the_day_and_exits_1_from_that_day_on(tmp_path):
    fresh = Desk(tmp_path)
    fresh.export(severe=[small_sites.entry("S-1", removed_on="2026-12-01")])
    assert clean(fresh.run("next")).returncode == 2
    assert fresh.run("build").returncode == 0
    before = clean(fresh.run("next", "--as-of", "2026-11-30", "--json"))
    assert before.returncode == 0
    assert json.loads(before.stdout) == {
        "release": "2026.11.18_2026-11-20",
        "as_of": AS_OF,
        "next_change": "2026-12-01",
        "stale": False,
    }
    after = clean(fresh.run("next", "--as-of", "2026-12-01", "--json"))
    assert after.returncode == 1
    assert json.loads(after.stdout)["stale"] is True
    assert "2026-12-01" in fresh.run("next", "--as-of", "2026-12-01").stdout


def test_next_in_json_before_the_first_release_is_an_object_too(tmp_path):
    fresh = Desk(tmp_path)
    done = clean(fresh.run("next", "--json"))
    assert done.returncode == 2
    assert json.loads(done.stdout)["exit_code"] == 2


@pytest.mark.parametrize("command", ["build", "check", "explain", "next", "serve"])
def test_every_command_explains_itself(command):
    done = process(command, "--help")
    assert done.returncode == 0
    assert "--site" in done.stdout


def test_help_lists_the_commands():
    done = process("--help")
    assert done.returncode == 0
    for command in ("build", "check", "explain", "next", "serve"):
        assert command in done.stdout


def test_zip_of_an_export_is_built_like_its_folder(tmp_path):
    fresh = Desk(tmp_path)
    path = small_sites.write_export(tmp_path / "export", severe=[small_sites.entry("S-1")], zipped=True)
    assert clean(fresh.run("build", "--export", str(path))).returncode == 0
    assert small_sites.ids_of(small_sites.live_root(fresh.output), "severe-list") == ["S-1"]


def test_quarantine_leaves_faulty_rows_out_and_counts_them(tmp_path):
    fresh = Desk(tmp_path)
    fresh.export(severe=[small_sites.entry("S-1"), small_sites.entry("S-2", category="演示")])
    assert fresh.run("check").returncode == 1
    checked = json.loads(clean(fresh.run("check", "--quarantine", "--json")).stdout)
    assert checked["counts"]["severe-list"] == {"rows": 2, "published": 1, "withheld": {}, "rejected": 1}
    assert [finding["place"]["row"] for finding in told(checked["findings"])] == [3]


def test_progress_goes_to_standard_error(desk):
    done = desk.run("check", "--json")
    assert done.stderr == ""
    told = desk.run("check")
    assert "读取并裁决" in told.stderr
    assert "读取并裁决" not in told.stdout


def warned(fresh):
    """The codes ``check`` warns of."""
    checked = json.loads(clean(fresh.run("check", "--json")).stdout)
    return [finding["code"] for finding in told(checked["findings"]) if finding["warning"]]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"objection_received_on": "2026-11-02"}, id="objection past three working days"),
        pytest.param({"objection_received_on": "2026-11-02", "objection_assisted": True}, id="past eight working days"),
        pytest.param({"listed_on": "2020-01-01"}, id="listed before the decision"),
    ],
)
def test_check_warns_the_webmaster_of_dates(tmp_path, row):
    fresh = Desk(tmp_path)
    fresh.export(severe=[small_sites.entry("S-1", **row)])
    assert warned(fresh)


@pytest.mark.parametrize(
    "row",
    [
        {"objection_received_on": "2026-11-19"},
        {"objection_received_on": "2026-11-17", "objection_assisted": True},
        {
            "objection_received_on": "2026-11-02",
            "objection_closed_on": "2026-11-05",
            "objection_result_told_on": "2026-11-05",
        },
        {},
    ],
)
def test_check_does_not_warn_of_what_is_in_time(tmp_path, row):
    fresh = Desk(tmp_path)
    fresh.export(severe=[small_sites.entry("S-1", **row)])
    assert warned(fresh) == []


def test_every_command_takes_json():
    assert "--json" in process("serve", "--help").stdout
