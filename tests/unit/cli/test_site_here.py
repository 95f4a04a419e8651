"""Where ``--site`` is not written: the folder's own site, the only one below ``content/``, the environment's."""

import json
import os
import socket
import subprocess
import sys

import pytest
import small_sites
from webmasters_desk import AS_OF, Desk, clean

from site_builder.cli.saying import say_findings
from site_builder.cli.terminal import Bars
from site_builder.errors import Finding, Place, near


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    made.export(severe=[small_sites.entry("S-1")])
    return made


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A site below ``content/`` that is built into ``output/`` beside it."""
    made = Desk(tmp_path_factory.mktemp("project"))
    made.export(severe=[small_sites.entry("S-1")])
    made.output = made.folder / "output"
    assert clean(made.run("build", "--export", str(made.folder / "export"))).returncode == 0
    return made


def test_site_of_the_folder_is_found(desk, monkeypatch):
    monkeypatch.chdir(desk.site.parent)
    assert clean(desk.on(AS_OF, "check", "--as-of", AS_OF)).returncode == 0


def test_only_site_below_content_is_found(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)
    assert desk.site.parent.parent.name == "content"
    assert clean(desk.on(AS_OF, "explain", "S-1", "--as-of", AS_OF)).returncode == 0


def test_one_of_several_must_be_named(desk, monkeypatch):
    small_sites.write_site(desk.folder / "content", "lingyuan")
    monkeypatch.chdir(desk.folder)
    done = clean(desk.on(AS_OF, "check"))
    assert done.returncode == 2
    assert "写明是哪一个：--site content/dalian/site.yml" in done.stderr


def test_none_is_told(desk, monkeypatch, tmp_path):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    done = clean(desk.on(AS_OF, "build"))
    assert done.returncode == 2
    assert "缺少选项 --site" in done.stderr


def test_environment_names_the_site_and_the_option_comes_first(desk, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SITE_BUILDER_SITE", str(desk.site))
    small_sites.write_site(desk.folder / "content", "lingyuan")
    told = json.loads(clean(desk.on(AS_OF, "explain", "S-1", "--as-of", AS_OF, "--json")).stdout)
    assert told["id"] == "S-1"
    done = clean(desk.on(AS_OF, "check", "--site", str(tmp_path / "none.yml")))
    assert done.returncode == 2
    assert "none.yml" in done.stderr


def test_port_that_is_taken_is_told_with_one_that_is_free(desk):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = clean(desk.run("serve", "--port", str(port)))
    assert done.returncode == 4
    assert f"端口 {port} 已经有程序在用" in done.stderr
    other = int(done.stderr.partition("--port ")[2].split()[0])
    with socket.socket() as free:
        free.bind(("127.0.0.1", other))


def test_findings_of_a_code_stand_together_under_their_number(capsys):
    def warned(code, row):
        return Finding(code, Place("a.csv", row), "演示", "改", warning=True)

    say_findings([warned("one", 2), warned("two", 3), warned("one", 4), Finding("three", Place("a.csv", 5), "停")])
    assert [" ".join(line.split()[:2]) for line in capsys.readouterr().err.splitlines() if "→" not in line] == [
        "问题 a.csv:5",
        "提醒 one：2",
        "提醒 a.csv:2",
        "提醒 a.csv:4",
        "提醒 a.csv:3",
    ]


def test_long_steps_are_counted_where_there_is_no_terminal(capsys):
    with Bars(quiet=False) as bars:
        bars.step("读取并裁决", 20_000)
        for _ in range(40):
            bars.advance(500)
        bars.step("切换")
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["读取并裁决（20000）", "  2,000 / 20,000"]
    assert lines[-2:] == ["  20,000 / 20,000", "切换"]
    assert len(lines) == 12


def test_what_stops_and_what_warns_have_colours_on_a_terminal():
    script = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"
    command = [sys.executable, "-c", script, sys.executable, "-m", "site_builder", "check", "--site", "none.yml"]
    done = subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=os.environ, check=False
    )
    assert "\x1b[31m问题" in done.stdout


def test_output_folder_is_not_made_inside_the_site_folder(desk, monkeypatch):
    monkeypatch.chdir(desk.site.parent)
    export = ["--export", str(desk.folder / "export"), "--as-of", AS_OF]
    done = clean(desk.on(AS_OF, "build", *export))
    assert (done.returncode, "other-output" in done.stderr) == (2, True)
    assert not (desk.site.parent / "output").exists()
    hint = done.stderr.partition("加上 --output ")[2].split("，")[0]
    assert hint == str(desk.folder / "output")
    assert clean(desk.on(AS_OF, "build", *export, "--output", hint)).returncode == 0
    assert (desk.folder / "output" / desk.city / "current").exists()


@pytest.mark.parametrize(
    "command",
    [
        ["build"],
        ["check"],
        ["diff"],
        ["explain", "S-1"],
        ["next"],
        ["audit"],
        ["serve", "--release"],
        ["deploy-files", "deploy"],
        ["withhold", "S-1", "--by", "演示科", "--why", "演示"],
    ],
    ids=lambda words: words[0],
)
def test_command_in_another_folder_says_where_the_releases_are(project, monkeypatch, command):
    """None of them makes or reads another output folder because of the folder it is run in."""
    desk, overlay = project, project.site.parent / "overlay.yml"
    before = overlay.read_bytes()
    export = ["--export", str(desk.folder / "export"), "--as-of", AS_OF]
    monkeypatch.chdir(desk.site.parent)
    reading = export if command[0] in {"build", "check", "diff", "explain"} else []
    done = clean(desk.on(AS_OF, *command, *reading))
    assert (done.returncode, "other-output" in done.stderr) == (2, True)
    assert f"加上 --output {desk.folder / 'output'}" in done.stderr
    assert not (desk.site.parent / "output").exists()
    assert overlay.read_bytes() == before


@pytest.mark.parametrize("way", ["{city}", "{city}/current", "{city}/current/data", ".."])
def test_folder_a_level_off_is_answered_with_the_one_that_is_meant(project, way, monkeypatch):
    """And nothing is made there."""
    monkeypatch.chdir(project.folder)
    output, city = project.folder / "output", project.city
    before = sorted(output.rglob("*"))
    folder = os.path.normpath(output / way.format(city=city))
    deep = way != ".."
    for words in (["next"], ["serve", "--release"], ["withhold", "S-1", "--by", "演示科", "--why", "演示"]):
        done = clean(project.on(AS_OF, *words, "--output", folder))
        code = "other-output" if deep else "no-release"
        assert (done.returncode, code in done.stderr, f"加上 --output {output}\n" in done.stderr) == (2, True, True)
    if deep:
        export = ["--export", str(project.folder / "export"), "--as-of", AS_OF]
        done = clean(project.on(AS_OF, "build", *export, "--output", folder))
        assert (done.returncode, f"加上 --output {output}\n" in done.stderr) == (2, True)
    if not folder.endswith("current"):
        done = clean(project.on(AS_OF, "audit", folder))
        assert (done.returncode, f"网站在 {output / city / 'current'}：审核它" in done.stderr) == (2, True)
    assert sorted(output.rglob("*")) == before


def test_folder_that_may_not_be_read_is_no_advice(tmp_path):
    for name in ("barred", "open"):
        (tmp_path / "in" / name).mkdir(parents=True)

    def holds(folder):
        if folder.name == "barred":
            raise PermissionError(folder)
        return folder.name == "open"

    assert near(tmp_path, holds) == [tmp_path / "in" / "open"]
    assert near(tmp_path / "in" / "open" / "none", holds) == [tmp_path / "in" / "open"]


def test_folder_that_was_looked_in_is_named_where_nothing_is_live(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)
    done = clean(desk.on(AS_OF, "withhold", "S-1", "--by", "演示科", "--why", "演示"))
    assert done.returncode == 2
    assert f"{desk.folder / 'output' / desk.city} 里没有上线的版本" in done.stderr
    assert "先运行 build" not in done.stderr
