"""``site-builder``: the group of commands, and the one handler that turns errors into text and exit codes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
import datetime as dt
import os
import signal
import sys
import threading
from typing import Final

import click
import msgspec

import site_builder
from site_builder.cli.lazy import LazyGroup
from site_builder.cli.outcome import Outcome
from site_builder.cli.saying import let_go, say_findings, say_json
from site_builder.cli.words import ENGLISH, Formatter, usage_error
from site_builder.errors import AFTER_SWITCH, Exit, Finding, Place, SiteBuilderError, machine

COMMANDS: Final = {
    "doctor": ("这台机器能不能构建、供应、测试，缺什么。", "What this machine has and lacks.", ""),
    "init": (
        "新建一个站点文件夹，马上可以构建。",
        "Make a new site that builds at once.",
        "content/mycity --law mylaw",
    ),
    "law": ("法规的数据：手工推算的案例，给律师看的规则。", "Cases worked against a law, its rules to read.", ""),
    "pack": (
        "把本单位的 Excel、CSV 打成等待审批的导出。",
        "An export from the office's own tables.",
        "export --severe-list list.xlsx --map map.yml",
    ),
    "check": ("只核验，不写任何文件。", "All of a build that writes nothing.", "--export export --pending"),
    "explain": ("逐条规则说明一条记录为什么公开或不公开。", "Why one record is published or not.", "YZ2026-0001"),
    "diff": (
        "本次导出与线上版本相比：新增、改动、撤下。",
        "What an export adds, changes and removes.",
        "--export export",
    ),
    "keygen": ("生成一对签名密钥。", "Make a pair of signing keys.", "approver.key"),
    "approve": (
        "第二个人批准导出并签名。",
        "A second person approves an export and signs it.",
        "export --key approver.key --by UNIT --reference NUMBER",
    ),
    "build": ("核验、裁决、生成并切换到新版本。", "Verify, decide, render, audit and switch.", "--export export"),
    "serve": ("在本机预览网站，改了就刷新。", "Preview with live reload.", "--port 8080"),
    "deploy-files": (
        "生成 nginx 配置和每天重建的定时任务。",
        "nginx configuration, nightly timer and cron line.",
        "deploy --user www-data",
    ),
    "next": ("线上版本最迟哪一天必须重建。", "The day the live release must change.", "--calendar changes.ics"),
    "waive": (
        "第二个人看过之后，放行一条记录的一栏文字。",
        "A second person lets a text stand, and signs it.",
        "YZ2026-0001 cause --key reviewer.key --by UNIT --reason WHY",
    ),
    "withhold": (
        "立即停止公开一条，并证明它已不在。",
        "Take one record off at once, proven gone.",
        "YZ2026-0001 --what court --why NUMBER --by UNIT",
    ),
    "audit": (
        "逐字节审核一个已建成的网站。",
        "Audit every byte of a built tree.",
        "output/mycity/current --export export",
    ),
    "mirror": (
        "取一个网站的副本，跟上它。",
        "A copy of a site that follows it.",
        "https://credit.example/ copy --key site.pub",
    ),
    "match": (
        "把本单位的名单与公示的数据核对。",
        "An office's list held against published data.",
        "bidders.xlsx --data copy --key site.pub",
    ),
    "completion": ("输出 bash、zsh、fish 的补全脚本。", "Print a shell's completion script.", "bash"),
}
"""Every command in the order of the work: ``cli/<name>.py`` holds ``<name>_command``. What it is, in Chinese and
English, and an example of what stands behind it."""

click.Context.formatter_class = Formatter


@click.group(
    cls=LazyGroup,
    commands_of=COMMANDS,
    help=(
        "Build a static, searchable public-disclosure site from an approved public export."
        if ENGLISH
        else "把获准公开的信用数据，建成可检索的静态公示网站。"
    ),
    epilog=(
        "Exit codes: 0 done, 1 findings stop it, 2 usage or site file, 3 another build runs, 4 the machine, 70 a bug."
        if ENGLISH
        else "退出码：0 完成；1 有问题而停下；2 用法或站点文件有误；3 另一个构建正在进行；"
        "4 机器的原因（磁盘、权限）；70 程序自己的错误。\n\n"
        "English help: SITE_BUILDER_LANG=en site-builder --help"
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 200},
)
@click.version_option(site_builder.__version__)
def commands() -> None:
    """The group; its help stands above, in two languages."""


def every_command() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command by the words it is called with, ``law test`` for one; a group only by its own commands."""
    yield from _within(commands, "", click.Context(commands, info_name=PROGRAM))


def _within(group: click.Group, called: str, ctx: click.Context) -> Iterator[tuple[str, click.Command, click.Context]]:
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if command is not None:
            inner = click.Context(command, info_name=name, parent=ctx)
            if isinstance(command, click.Group):
                yield from _within(command, f"{called}{name} ", inner)
            else:
                yield f"{called}{name}", command, inner


PROGRAM: Final = "site-builder"
UNCHANGED: Final = "线上网站没有变化"
NOT_WRITTEN: Final = {"pack": "没有写出导出", "match": "没有写出核对单", "mirror": "手里的副本没有变化"}
"""What is as it was where a command that knows no live site is stopped."""

INTERRUPTED: Final = 130
"""The exit code after Ctrl-C, as shells have it."""


class Refusal(msgspec.Struct, frozen=True):
    """What ``--json`` prints when a command is stopped."""

    exit_code: int
    findings: list[Finding]


def main(now: dt.datetime | None = None) -> None:
    """Run the command line; the process exits with the codes of ``errors.Exit``, and 130 when it was interrupted.

    ``now`` is the moment the machine's clock is to tell; its own where none is given.
    """
    os.umask(0o022)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads would hear Ctrl-C while this one must not
    before, in_thread = signal.signal(signal.SIGTERM, _interrupted), threading.excepthook
    threading.excepthook = _in_thread
    done = Outcome(now)
    try:
        code = _run(done, as_json="--json" in sys.argv)
        if done.ended is not None:
            done.ended(code)
    except OSError:  # what is to be said cannot be said
        code = Exit.MACHINE
    finally:
        threading.excepthook = in_thread
        signal.signal(signal.SIGTERM, before)
        let_go()
    sys.exit(code or Exit.DONE)


def _run(done: Outcome, *, as_json: bool) -> int:
    """The command, and what is said of whatever stopped it; its exit code. ``done`` is told what it did that stays."""
    try:
        return int(commands.main(prog_name=PROGRAM, standalone_mode=False, obj=done) or Exit.DONE)
    except SiteBuilderError as error:
        return _report(error.findings, error.exit_code, done, as_json=as_json)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo(f"已中止，{_after(done) or _unchanged()}。{'' if done.release else done.written}", err=True)
        return INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return Exit.DONE
    except click.ClickException as error:
        usage = Finding("usage", Place(), usage_error(error), _help_of(error))
        return _report([usage], Exit.USAGE, done, as_json=as_json)
    except OSError as error:
        return _report([machine(error)], Exit.MACHINE, done, as_json=as_json)
    except SystemExit:  # how click ends a run whose reader has gone
        return Exit.MACHINE
    except Exception as error:  # noqa: BLE001  # whatever it is, it is told in words
        return _report(*_unforeseen(error), done, as_json=as_json)


def _unforeseen(error: Exception) -> tuple[list[Finding], Exit]:
    """What is said of an error no code foresaw, and the exit code: the machine's where it is to blame, else a bug."""
    match error:
        case MemoryError():
            return [Finding("machine", Place(), "内存不足", "用 --jobs 减少同时工作的进程，或者增加内存")], Exit.MACHINE
        case ModuleNotFoundError(name=str(name)) if not name.startswith("site_builder"):
            hint = "运行 site-builder doctor：它说缺什么、怎样装"
            return [Finding("missing-library", Place(), f"没有安装 Python 库 {name}", hint)], Exit.MACHINE
        case _:
            return [_bug(error)], Exit.BUG


def _bug(error: BaseException) -> Finding:
    from site_builder.cli.bug import bug  # noqa: PLC0415  # help and completion answer without it

    return bug(error, sys.argv[1:], lambda name: commands.get_command(click.Context(commands), name))


def _in_thread(thrown: threading.ExceptHookArgs) -> None:
    """A bug in another thread (of a preview, say) is told in the same words; the command goes on."""
    if thrown.exc_value is not None:
        say_findings([_bug(thrown.exc_value)])


def _interrupted(*_: object) -> None:
    """A polite request to end is heard like Ctrl-C: what was begun is taken away."""
    raise KeyboardInterrupt


def _help_of(error: click.ClickException) -> str:
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    return f"{ctx.command_path if ctx is not None else PROGRAM} --help"


def _after(done: Outcome) -> str:
    """What has changed on the live site; nothing where nothing has."""
    return f"新版本 {done.release} 已经上线" if done.release else ""


def _unchanged() -> str:
    """What is as it was before the command that was called."""
    return NOT_WRITTEN.get(next((one for one in sys.argv[1:] if one in COMMANDS), ""), UNCHANGED)


def _report(findings: list[Finding], code: Exit, done: Outcome, *, as_json: bool) -> Exit:
    """Say what stopped a run, and whether the live site is another."""
    if done.release and all(one.code != AFTER_SWITCH for one in findings):
        hint = "排除下面的原因后，再运行一次同一条命令"
        findings = [Finding(AFTER_SWITCH, Place(), f"{_after(done)}，之后的步骤没有做完", hint), *findings]
    if as_json:
        with suppress(OSError):  # where nobody reads it, the words below may still be read
            say_json(Refusal(int(code), findings))
    say_findings(findings)
    if code in {Exit.FINDINGS, Exit.MACHINE}:
        state = _after(done) or ("见上" if any(one.code == AFTER_SWITCH for one in findings) else _unchanged())
        click.echo(f"共 {len(findings)} 项；{state}。", err=True)
    return code
