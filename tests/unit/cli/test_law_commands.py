"""``law test`` and ``law show`` as lawyers and scripts meet them."""

import json
import shutil
import zipfile

import pytest
import small_sites
from webmasters_desk import Desk, clean, process

from site_builder.config.site import SHIPPED
from site_builder.law.cities import all_shipped


@pytest.fixture
def law(tmp_path):
    """A copy of a city's folder, and a command on it."""
    folder = tmp_path / "law"
    shutil.copytree(SHIPPED["dalian"], folder)
    return folder


def run(*arguments):
    return clean(Desk.on(None, "2026-11-29", *arguments))


def replace(path, right, wrong):
    text = path.read_text()
    assert right in text
    path.write_text(text.replace(right, wrong, 1))


def test_shipped_cities_hold_and_disputes_are_shown():
    done = run("law", "test")
    assert done.returncode == 0, done.stdout
    for rules in (law.latest for law in all_shipped().values()):
        assert f"《{rules.regulation}》" in done.stdout
    assert done.stdout.count("失败 0，") == len(all_shipped())
    assert done.stdout.count("没有案例的 0 条") == len(all_shipped())
    assert "争议  第 " in done.stdout
    assert "程序按第 1 种读法" in done.stdout
    assert "其中未复核 " in done.stdout


def test_one_city_by_its_name_and_one_by_its_folder(law):
    assert run("law", "test", "lingyuan").stdout.count("《") >= 1
    assert "大连" not in run("law", "test", "lingyuan").stdout.split("\n")[0]
    told = json.loads(run("law", "test", str(law), "--json").stdout)["laws"]
    assert [one["law"] for one in told] == [str(law)]


def test_wrong_rule_fails_with_the_row_what_was_expected_and_what_was_found(law):
    replace(law / "rules.yml", "months: 60", "months: 59")
    done = run("law", "test", str(law))
    assert done.returncode == 1
    rows = (law / "examples.yml").read_text().split("\n")
    row = next(number for number, line in enumerate(rows, start=1) if "公示日期当天到满五年的最后一天" in line)
    assert f"{law / 'examples.yml'}:{row} case-differs " in done.stdout
    assert "期限文字应当是「公示至 2029-04-30，届满未移出的依法延长」" in done.stdout
    assert "实得「公示至 2029-03-30，届满未移出的依法延长」" in done.stdout
    assert "失败 0，" not in done.stdout


def test_rule_without_a_case_is_a_finding(law):
    text = (law / "examples.yml").read_text()
    (law / "examples.yml").write_text(text.replace("已移出名单", "已撤下"))
    told = json.loads(run("law", "test", str(law), "--json").stdout)["laws"][0]
    without = [one for one in told["findings"] if one["code"] == "rule-without-case"]
    assert [one["message"] for one in without] == [
        "严重失信主体名单：「已移出名单」（removed）没有案例",
        "重点关注主体名单：「已移出名单」（removed）没有案例",
        "经营异常名录：「已移出名单」（removed）没有案例",
    ]
    assert all(one["place"]["file"].endswith("rules.yml") for one in without)


def test_answer_in_json_counts_and_holds_every_case():
    done = run("law", "test", "dalian", "--json")
    [told] = json.loads(done.stdout)["laws"]
    verdicts = [one["verdict"] for one in told["cases"]]
    assert told["passed"] == verdicts.count("passed") >= 40
    assert told["disputed"] == verdicts.count("disputed") >= 2
    assert (told["failed"], told["findings"]) == (0, [])
    assert told["unreviewed"] == told["passed"]


def test_faults_of_every_folder_are_told_at_once_and_exit_2(law, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(SHIPPED["lingyuan"], other)
    replace(law / "examples.yml", "as_of: [2024-05-14]", "as_of: [2024-05-32]")
    replace(other / "rules.yml", "months: 60", "months: sixty")
    done = run("law", "test", str(law), str(other), "--json")
    assert done.returncode == 2
    found = json.loads(done.stdout)["findings"]
    assert {one["place"]["file"] for one in found} >= {str(law / "examples.yml"), str(other / "rules.yml")}


@pytest.mark.parametrize("command", ["test", "show"])
def test_law_that_is_not_there_exits_2_with_what_may_be_written(command):
    done = run("law", command, "nowhere")
    assert done.returncode == 2
    assert "dalian、lingyuan" in done.stderr


def test_unknown_command_under_law_is_answered_with_the_nearest():
    done = run("law", "tset")
    assert done.returncode == 2
    assert "没有命令 tset" in done.stderr


@pytest.mark.parametrize("city", all_shipped())
def test_law_is_shown_as_sentences_with_articles_and_their_text(city):
    done = run("law", "show", city)
    assert done.returncode == 0
    assert f"《{all_shipped()[city].latest.regulation}》" in done.stdout
    told = done.stdout.replace("\n     │ ", "").replace("\n     ", "")
    assert "【已信用修复】「信用修复日期」（或者处置里同一件事的日期）已到（当天起）" in told
    assert "不是官方文本" in told
    assert "│ 第" in done.stdout


def test_law_in_json_is_the_table():
    told = json.loads(run("law", "show", "dalian", "--json").stdout)
    [law] = told["laws"]
    assert law["code"] == "DL"
    assert law["passages"]["DL 19"]
    assert told["docx"] == ""


def test_document_for_review_names_the_digest_that_is_told(law, tmp_path):
    path = tmp_path / "审查.docx"
    done = run("law", "show", str(law), "--docx", str(path))
    assert done.returncode == 0
    digest = json.loads(run("law", "show", str(law), "--json").stdout)["laws"][0]["digest"]
    assert digest in done.stdout
    assert digest in zipfile.ZipFile(path).read("word/document.xml").decode()
    before = path.read_bytes()
    again = run("law", "show", str(law), "--docx", str(path))
    assert again.returncode == 2
    assert "already-there" in again.stderr
    assert path.read_bytes() == before


def test_document_is_of_one_law_and_in_a_folder_that_is_there(tmp_path):
    assert run("law", "show", "--docx", str(tmp_path / "a.docx")).returncode == 2
    done = run("law", "show", "dalian", "--docx", str(tmp_path / "none" / "a.docx"))
    assert done.returncode == 2
    assert "missing-folder" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_group_alone_shows_its_commands():
    done = clean(process("law"))
    assert done.returncode == 0
    assert "show" in done.stdout
    assert "test" in done.stdout


def test_law_is_copied_whole_to_be_changed_and_nothing_is_overwritten(tmp_path):
    done = run("law", "copy", "lingyuan", str(tmp_path / "mine"))
    assert done.returncode == 0
    assert small_sites.files_of(tmp_path / "mine") == small_sites.files_of(SHIPPED["lingyuan"])
    assert run("law", "copy", "lingyuan", str(tmp_path / "mine")).returncode == 2
