"""The command line in a shell: completion in bash, zsh and fish, help in two languages, usage errors, Ctrl-C."""

import os
from pathlib import Path
import signal
import subprocess
import sys
import unicodedata

import click
import pytest
import small_sites
from webmasters_desk import clean, process, run_here

from site_builder.cli.english import COMMANDS as ENGLISH_COMMANDS
from site_builder.cli.english import IN_COMMAND
from site_builder.cli.english import OPTIONS as ENGLISH_OPTIONS
from site_builder.cli.main import COMMANDS, every_command
from site_builder.cli.words import wrapped

COMPLETE = {
    "bash": (
        ["bash", "--norc", "-c"],
        (
            'source "$SCRIPT"; COMP_WORDS=({words}); COMP_CWORD={last}; _site_builder_completion site-builder;'
            ' printf "%s\\n" "${{COMPREPLY[@]}}"'
        ),
    ),
    "fish": (["fish", "--no-config", "-c"], 'source "$SCRIPT"; complete --do-complete "{line}"'),
}


EVERY = [(name, command) for name, command, _ in every_command()]
GROUPS = {name.rpartition(" ")[0] for name, _ in EVERY} - {""}


@pytest.fixture
def shell_path(tmp_path):
    """A folder with ``site-builder`` as it is installed, and the environment that finds it."""
    program = tmp_path / "bin" / "site-builder"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m site_builder "$@"\n')
    program.chmod(0o755)
    path = f"{program.parent}:{os.environ['PATH']}"
    return os.environ | {"PATH": path, "PYTHONPATH": str(small_sites.PROGRAM), "HOME": str(tmp_path)}


def script(shell, tmp_path):
    done = clean(run_here("completion", shell))
    assert done.returncode == 0
    path = tmp_path / f"completion.{shell}"
    path.write_text(done.stdout)
    return path


@pytest.mark.parametrize("shell", ["bash", pytest.param("fish", marks=pytest.mark.needs_fish)])
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("site-builder ch", "check"),
        ("site-builder check --str", "--strict"),
        ("site-builder init x --rules lin", "lingyuan"),
    ],
)
def test_shell_completes_commands_options_and_values(shell, line, offered, tmp_path, shell_path):
    start, text = COMPLETE[shell]
    words = line.split()
    command = text.format(words=" ".join(words), last=len(words) - 1, line=line)
    environment = shell_path | {"SCRIPT": str(script(shell, tmp_path))}
    done = subprocess.run([*start, command], env=environment, capture_output=True, text=True, check=False)
    assert offered in {one.split("\t")[0].rstrip() for one in done.stdout.splitlines()}, done.stderr


@pytest.mark.needs_zsh
def test_zsh_takes_the_script_and_completes(tmp_path, shell_path):
    # compadd and _describe need zsh's line editor; here they print what they are offered.
    text = (
        'autoload -U compinit; compinit -u -d "$HOME/dump"; source "$SCRIPT";'
        ' _describe() { print -l -- "${(@P)2}" "${(@P)3}" }; compadd() { print -l -- "$@" };'
        " words=(site-builder check --str); CURRENT=3; _site_builder_completion"
    )
    environment = shell_path | {"SCRIPT": str(script("zsh", tmp_path))}
    done = subprocess.run(["zsh", "-f", "-c", text], env=environment, capture_output=True, text=True, check=False)
    assert "--strict" in done.stdout, done.stderr


def test_unknown_shell_exits_2():
    assert clean(run_here("completion", "tcsh")).returncode == 2


def test_help_lists_every_command_in_both_languages(monkeypatch):
    told = process("--help").stdout
    monkeypatch.setenv("SITE_BUILDER_LANG", "en")
    english = process("--help").stdout
    for name, (chinese, words, _) in COMMANDS.items():
        assert f"{name} " in told
        assert chinese[:10] in told
        assert words in " ".join(english.split())
    assert "退出码" in told
    assert not any(unicodedata.east_asian_width(char) == "W" for char in english)


@pytest.mark.parametrize(("name", "command"), EVERY, ids=lambda one: one if isinstance(one, str) else "")
def test_every_command_and_option_is_explained_in_both_languages(name, command):
    assert command.help
    assert name in ENGLISH_COMMANDS
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, param.name
            assert param.name in ENGLISH_OPTIONS, param.name
    assert {"as_json"} <= {param.name for param in command.params}


def test_english_speaks_of_nothing_that_is_not_there():
    params = {param.name for _, command in EVERY for param in command.params}
    assert set(ENGLISH_OPTIONS) <= params
    assert set(ENGLISH_COMMANDS) == {name for name, _ in EVERY} | GROUPS
    of = {name: {param.name for param in command.params} for name, command in EVERY}
    for name, options in IN_COMMAND.items():
        assert set(options) <= of[name]


@pytest.mark.parametrize("name", sorted(({name for name, _ in EVERY} | GROUPS) - {"init"}))
def test_english_help_is_english_alone(name, monkeypatch):
    monkeypatch.setenv("SITE_BUILDER_LANG", "en")
    told = process(*name.split(), "--help").stdout
    assert not [char for char in told if unicodedata.east_asian_width(char) == "W"]


@pytest.mark.parametrize("name", sorted({name for name, _ in EVERY} | GROUPS))
def test_chinese_help_names_values_in_chinese(name):
    told = run_here(*name.split(), "--help").stdout
    assert not {"PATH", "TEXT", "INTEGER", "[OPTIONS]", "[default"} & set(told.replace("]", "] ").split())
    assert "<=x<=" not in told


@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_help_fits_the_terminal_though_its_characters_are_wide(columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("TERMINAL_WIDTH", columns)
    for line in process("check", "--help").stdout.splitlines():
        wide = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
        assert wide <= max(80, int(columns)) or "|" in line


def test_help_is_as_wide_as_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "170")
    lines = process("check", "--help").stdout.splitlines()
    assert max(sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line) for line in lines) > 100


def test_commands_stand_in_the_order_of_the_work():
    told = [
        line.split()[0] for line in run_here("--help").stdout.splitlines() if line.startswith("  ") and line.strip()
    ]
    assert [one for one in told if one in COMMANDS] == list(COMMANDS)
    assert told.index("init") < told.index("check") < told.index("build") < told.index("withhold")


@pytest.mark.parametrize(("name", "command"), EVERY, ids=lambda one: one if isinstance(one, str) else "")
def test_example_of_a_command_can_be_typed(name, command, monkeypatch, tmp_path):
    if not command.epilog:
        assert name in {"doctor", "law copy"}
        return
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site.yml").touch()
    program, *words = command.epilog.partition("：")[2].split()
    assert program == "site-builder"
    assert words[: len(name.split())] == name.split()
    assert command.make_context(name, words[len(name.split()) :]).params


def test_lines_are_cut_by_width_and_never_begin_with_a_closing_mark():
    lines = wrapped("甲乙丙，丁戊 --option 己庚。", 8)
    assert lines == ["甲乙丙，", "丁戊", "--option", "己庚。"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bild"], "没有命令 bild"),
        (["check", "--site", "x", "--nothing"], "没有选项 --nothing"),
        (["check", "--site", "x", "--as-of", "morgen"], "--as-of 的值不对"),
        (["check", "--site", "x", "--jobs", "0"], "应为 1 到 256 的整数"),
        (["check", "--site", "x", "more"], "多余的参数：more"),
        (["explain", "--site", "x"], "缺少参数 ID"),
        (["init", "x", "--rules", "nowhere"], "应为 dalian、lingyuan 之一"),
    ],
)
def test_wrong_usage_is_told_in_chinese_with_where_to_look_and_exits_2(arguments, words):
    done = clean(run_here(*arguments))
    assert done.returncode == 2
    assert words in done.stderr
    assert "--help" in done.stderr


def test_command_that_is_stopped_says_what_is_as_it_was(tmp_path):
    site, nothing = small_sites.write_site(tmp_path / "site"), tmp_path / "nothing"
    nothing.mkdir()
    stopped = {
        ("check", "--site", site, "--export", nothing, "--output", tmp_path / "out"): "线上网站没有变化",
        ("mirror", "http://127.0.0.1:1/", tmp_path / "copy"): "手里的副本没有变化",
    }
    for line, unchanged in stopped.items():
        assert clean(run_here(*line)).stderr.endswith(f" 项；{unchanged}。\n")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("step", ["读取并裁决", "名单记录页", "名单各页"])
def test_interrupted_build_ends_quietly_and_leaves_nothing(tmp_path, step, sent):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    site = small_sites.PROGRAM / "content" / "dalian" / "site.yml"
    arguments = [
        "build",
        "--site",
        str(site),
        "--as-of",
        "2026-11-20",
        "--output",
        str(tmp_path / "out"),
        "--jobs",
        "2",
    ]
    with subprocess.Popen(
        small_sites.command(*arguments),
        cwd=small_sites.PROGRAM,
        env=os.environ | {"TMPDIR": str(scratch), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as started:
        for line in started.stdout:
            if line.startswith(step):
                break
        os.killpg(started.pid, sent)
        told = started.stdout.read()
    assert started.returncode == 130, told
    assert "已中止" in told
    assert "Traceback" not in told
    assert not Path(tmp_path / "out").exists()
    assert list(scratch.iterdir()) == []
