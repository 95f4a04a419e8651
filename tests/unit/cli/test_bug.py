"""When the program itself is wrong: exit code 70, one finding, the traceback in a private file and never on screen."""

from http.server import BaseHTTPRequestHandler
import json
from pathlib import Path
import re
import stat
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request

import pytest
import small_sites
from webmasters_desk import AS_OF, Desk, clean, process

import site_builder
from site_builder.cli.main import _in_thread, commands
from site_builder.render.pages import Renderer
from site_builder.serve.preview import LocalServer

HIDDEN = "演示不公开的值"


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    made.export()
    return made


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """The folder of temporary files, empty."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def plant(monkeypatch, error=None):
    """A bug in what every check and build does."""

    def wrong(*_, **__):
        raise error or ValueError(HIDDEN)

    monkeypatch.setattr("site_builder.cli.check.options_of", wrong)
    monkeypatch.setattr("site_builder.cli.build.options_of", wrong)


def assert_told(done, path):
    """One finding that says what to report, without a value; the traceback in a file for its owner alone."""
    clean(done)
    assert done.returncode == 70
    assert HIDDEN not in done.stdout + done.stderr
    assert AS_OF not in done.stderr
    assert re.findall(r"^问题  (\S+) (\S+) ", done.stderr, re.MULTILINE) == [(str(path), "bug")]
    assert f"site-builder {site_builder.__version__}" in done.stderr
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text()
    assert "Traceback" in text
    assert HIDDEN in text
    return text


def test_bug_exits_70_and_its_traceback_lies_in_the_sites_state(desk, monkeypatch):
    assert desk.run("build").returncode == 0
    root = small_sites.live_root(desk.output)
    before = small_sites.files_of(root)
    plant(monkeypatch)
    done = desk.run("build")
    assert_told(done, desk.output / "dalian" / "state" / "bug.txt")
    assert "「site-builder build --site --output --as-of --jobs」" in done.stderr
    assert done.stdout == ""
    assert (small_sites.live_root(desk.output), small_sites.files_of(root)) == (root, before)
    monkeypatch.undo()
    assert desk.run("build", "--full").returncode == 0


def test_without_a_state_folder_the_file_is_a_temporary_one_and_nothing_else_is_made(desk, monkeypatch, scratch):
    plant(monkeypatch)
    done = desk.run("check")
    (path,) = scratch.iterdir()
    assert_told(done, path)
    assert not desk.output.exists()


def test_bug_in_json_is_one_object(desk, monkeypatch, scratch):
    plant(monkeypatch)
    done = desk.run("check", "--json")
    told = json.loads(done.stdout)
    (path,) = scratch.iterdir()
    assert_told(done, path)
    assert told["exit_code"] == 70
    (finding,) = told["findings"]
    assert (finding["code"], finding["place"]["file"]) == ("bug", str(path))
    assert HIDDEN not in done.stdout


def odd():
    """An error that no pickle brings to another process."""

    class OddError(Exception):
        def __init__(self, one, two):
            super().__init__(f"{one}{two}")

    return OddError(HIDDEN, "！")


@pytest.mark.parametrize("error", [ValueError(HIDDEN), odd()], ids=["plain", "odd"])
def test_bug_in_a_worker_process_is_told_alike(desk, monkeypatch, error):
    assert desk.run("build").returncode == 0

    def wrong(*_):
        raise error

    monkeypatch.setattr(Renderer, "page_of_values", wrong)
    arguments = ["build", "--site", str(desk.site), "--output", str(desk.output), "--as-of", AS_OF, "--jobs", "2"]
    monkeypatch.setattr(desk, "arguments", lambda *_, **__: [*arguments, "--full"])
    text = assert_told(desk.run("build"), desk.output / "dalian" / "state" / "bug.txt")
    assert "in _call" in text


def test_bug_in_a_command_of_a_group_names_it_whole_and_no_value(scratch, monkeypatch):
    def wrong(*_):
        raise ValueError(HIDDEN)

    monkeypatch.setattr("site_builder.cli.law_show.law_folders", wrong)
    done = Desk.on(None, AS_OF, "law", "show", HIDDEN, "--docx", f"{HIDDEN}.docx")
    [written] = scratch.iterdir()
    assert done.returncode == 70
    assert "「site-builder law show --docx」" in done.stderr
    assert HIDDEN not in done.stdout + done.stderr
    assert HIDDEN in written.read_text()


def test_file_that_cannot_be_written_is_said(desk, monkeypatch):
    plant(monkeypatch)
    monkeypatch.setattr(tempfile, "mkstemp", lambda **_: (_ for _ in ()).throw(OSError(28, HIDDEN)))
    done = clean(desk.run("check"))
    assert done.returncode == 70
    assert "回溯没有能保存" in done.stderr
    assert HIDDEN not in done.stderr


def test_command_that_cannot_be_imported_is_a_bug_too(monkeypatch, scratch):
    def wrong(*_):
        raise SyntaxError(HIDDEN)

    monkeypatch.setattr(commands, "get_command", wrong)
    monkeypatch.setattr(sys, "argv", ["site-builder", "check", "--site", HIDDEN])
    with pytest.raises(SystemExit) as left:
        site_builder.cli.main()
    assert left.value.code == 70
    (path,) = scratch.iterdir()
    assert HIDDEN in path.read_text()


def test_memory_that_runs_out_is_the_machines(desk, monkeypatch):
    plant(monkeypatch, MemoryError())
    done = clean(desk.run("check", "--json"))
    assert done.returncode == 4
    assert json.loads(done.stdout)["findings"][0]["code"] == "machine"


def test_library_that_is_not_installed_is_told_with_who_knows_more(tmp_path):
    code = "import sys; sys.modules['nh3'] = None; from site_builder.cli import main; main()"
    command = [sys.executable, "-c", code, "check", "--site", str(tmp_path / "site.yml"), "--json"]
    done = clean(subprocess.run(command, cwd=small_sites.PROGRAM, capture_output=True, text=True, check=False))
    assert done.returncode == 4
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["code"] == "missing-library"
    assert "nh3" in finding["message"]
    assert "site-builder doctor" in finding["hint"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("{{ page.no_such_thing }}", "no_such_thing"),
        ("{% for %}", "模板有错"),
        ('{% include "none.html" %}', "none.html"),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_fault_in_a_sites_own_template_is_no_bug_but_told_at_its_line(desk, line, found, jobs):
    theme = desk.site.parent / "themes" / "own"
    (theme / "templates").mkdir(parents=True)
    (theme / "theme.yml").write_text("name: own\ninherits: credit\n")
    (theme / "templates" / "severe.html").write_text(f"<h1>演示</h1>\n{line}\n")
    desk.site.write_text(desk.site.read_text().replace("theme: slim", "theme: own"))
    arguments = ["--site", str(desk.site), "--output", str(desk.output), "--as-of", AS_OF, "--jobs", str(jobs)]
    done = clean(process("build", *arguments, "--json"))
    assert done.returncode == 2, done.stderr
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["code"] == "theme"
    assert (finding["place"]["file"], finding["place"]["row"]) == ("own/templates/severe.html", 2)
    assert found in finding["message"]


class Wrong(BaseHTTPRequestHandler):
    """Answers with an error, or as if the browser had gone."""

    def do_GET(self):
        raise BrokenPipeError if self.path == "/gone" else ValueError(HIDDEN)

    def log_message(self, *_):
        """Quiet."""


def test_bug_in_an_answer_of_the_preview_is_told_and_one_that_went_away_is_not(monkeypatch, capsys, scratch):
    told = threading.Event()

    def hook(thrown):
        _in_thread(thrown)
        told.set()

    monkeypatch.setattr(threading, "excepthook", hook)
    with LocalServer(0, Wrong) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for path in ("gone", "wrong"):
            with pytest.raises((urllib.error.URLError, ConnectionError)):
                urllib.request.urlopen(f"http://127.0.0.1:{server.server_address[1]}/{path}", timeout=30)
        assert told.wait(30)
        server.shutdown()
    err = capsys.readouterr().err
    assert err.count(" bug ") == 1
    assert "Traceback" not in err
    assert HIDDEN not in err
    assert len(list(scratch.iterdir())) == 1


def test_program_alone_prints_its_help_and_exits_0():
    done = process()
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout == process("--help").stdout


@pytest.mark.parametrize(("typed", "meant"), [("bild", "build"), ("chek", "check"), ("witthold", "withhold")])
def test_mistyped_command_is_answered_with_the_nearest(typed, meant, monkeypatch):
    done = clean(process(typed))
    assert done.returncode == 2
    assert f"没有命令 {typed}，是不是 {meant}" in done.stderr
    monkeypatch.setenv("SITE_BUILDER_LANG", "en")
    assert f"Did you mean '{meant}'?" in process(typed).stderr


def test_command_unlike_any_other_is_only_said_not_to_be():
    done = clean(process("qqqqqq", "--json"))
    assert done.returncode == 2
    assert json.loads(done.stdout)["findings"][0]["message"] == "没有命令 qqqqqq"


def test_values_are_not_taken_for_options(desk, monkeypatch, scratch):
    plant(monkeypatch)
    done = desk.run("check", f"--export={HIDDEN}", "--allow", "shrink")
    assert_told(done, next(scratch.iterdir()))
    assert "--jobs --export --allow」" in done.stderr
    assert Path(desk.site).name not in done.stderr
