"""The commands on a province: those that make sense do, those that need an export say that there is none."""

import json
from pathlib import Path
import re
import subprocess
import urllib.request

import provinces
import pytest
import small_sites
from webmasters_desk import Desk, clean

from site_builder.cli.main import COMMANDS, every_command

MEMBERS = [
    {"id": "north", "name": "信用演示北市", "base_url": "https://north.example"},
    {"id": "south", "name": "信用演示南市", "base_url": "https://south.example:8443", "base_path": "/credit/"},
]


class ProvinceDesk(Desk):
    """Commands run on a province's site file."""

    def __init__(self, folder):
        self.folder, self.output = folder, folder / "out"
        self.site = provinces.write_province(folder, MEMBERS)

    def told(self, *arguments, **changes):
        """What ``--json`` prints, and how it exits."""
        done = clean(self.run(*arguments, "--json", **changes))
        return done.returncode, json.loads(done.stdout)


@pytest.fixture
def desk(tmp_path):
    return ProvinceDesk(tmp_path)


def test_it_is_checked_built_audited_and_looked_after(desk):
    before = small_sites.all_of(desk.folder)
    code, checked = desk.told("check")
    assert (code, checked["members"], checked["findings"]) == (0, ["north", "south"], [])
    assert checked["files"] > 20
    assert small_sites.all_of(desk.folder) == before
    assert "2 个成员网站" in clean(desk.run("check")).stdout
    code, built = desk.told("build")
    assert (code, built["active"], built["counts"]) == (0, True, {})
    assert built["files"] == checked["files"]
    assert built["next_change"] == "2027-02-01"
    assert "没有改动" in clean(desk.run("build")).stdout
    assert desk.told("audit")[1]["files"] == built["files"]
    assert desk.told("next")[:1] == (0,)
    assert desk.told("next", today="2027-02-01")[1]["stale"] is True


def test_setup_files_rebuild_it_without_an_export(desk):
    code, made = desk.told("deploy-files", str(desk.folder / "setup"))
    assert code == 0
    (service,) = (one for one in made["files"] if one.endswith("site-builder-province.service"))
    assert "--export" not in Path(service).read_text()
    assert "connect-src 'self' https://north.example https://south.example:8443;" in Path(made["files"][0]).read_text()


GIVEN = {
    "build": ["--export", "x"],
    "check": ["--export", "x"],
    "audit": ["--export", "x"],
    "next": ["--calendar", "x.ics"],
    "deploy-files": ["x", "--export", "x"],
}


@pytest.mark.parametrize("command", GIVEN)
def test_export_that_is_given_is_refused(desk, command):
    desk.run("build")
    code, told = desk.told(command, *GIVEN[command])
    assert (code, [one["code"] for one in told["findings"]]) == (2, ["member-sites"])
    assert all(one["hint"] for one in told["findings"])


def test_real_province_is_asked_for_the_marks_of_a_government_site(desk):
    desk.site.write_text(desk.site.read_text().replace("demo: true", "demo: false"))
    code, told = desk.told("check")
    assert (code, {one["code"] for one in told["findings"]}) == (0, {"marks-empty"})
    assert desk.told("check", "--strict")[0] == 1


def test_what_must_be_done_is_told_in_its_own_words(desk):
    assert "最迟在 2027-02-01 重新构建：那一天 security.txt 到期" in clean(desk.run("build")).stdout
    assert "2027-02-01 security.txt 到期" in clean(desk.run("next")).stdout


def test_report_of_a_supervisor_is_the_members_own(desk):
    code, told = desk.told("check", "--report", str(desk.folder / "report"))
    assert (code, [one["code"] for one in told["findings"]]) == (2, ["member-sites"])
    assert not (desk.folder / "report").exists()


NEED_AN_EXPORT = {
    "explain": ["S-1"],
    "diff": [],
    "withhold": ["S-1", "--what", "court", "--why", "x", "--by", "y"],
    "waive": ["S-1", "cause", "--key", "x", "--by", "y", "--reason", "z"],
    "pack": ["x"],
    "law diff": ["--from", "2026-01-01", "--to", "2026-02-01"],
    "law answer": ["r", "--answer", "applies", "--by", "x", "--reference", "y", "--key", "z"],
}


@pytest.mark.parametrize("command", NEED_AN_EXPORT)
def test_command_that_needs_an_export_says_that_there_is_none_and_where(desk, command):
    ctx = {name: one for name, one, _ in every_command()}[command]
    options = {option for one in ctx.params for option in one.opts}
    whole = [*command.split(), *NEED_AN_EXPORT[command], "--site", str(desk.site)]
    done = clean(desk.on("2026-11-20", *whole, *(["--json"] if "--json" in options else [])))
    assert done.returncode == 2, done.stderr
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["code"], finding["place"]["file"], finding["place"]["row"]) == ("member-sites", str(desk.site), 8)
    assert "成员网站" in finding["hint"]


def test_every_command_was_tried_or_takes_no_site():
    taking = {name for name, one, _ in every_command() if any("--site" in option.opts for option in one.params)}
    tried = {*NEED_AN_EXPORT, *GIVEN, "serve", "approve"}
    assert taking - tried == set()
    assert set(COMMANDS) >= {name.split()[0] for name in tried}


def test_preview_serves_it_with_its_policy_and_shows_what_is_wrong(desk):
    command = small_sites.command("serve", "--site", desk.site, "--port", "0", "--json")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=small_sites.PROGRAM) as process:
        try:
            said = "".join(process.stdout.readline() for _ in range(3))
            url = re.search(r"http://127[^\"]*", said)[0]
            with urllib.request.urlopen(f"{url}search/") as answer:  # noqa: S310  # our own server
                policy = answer.headers["Content-Security-Policy"]
                assert "connect-src 'self' https://north.example https://south.example:8443;" in policy
                assert "信用演示北市" in answer.read().decode()
        finally:
            process.terminate()
