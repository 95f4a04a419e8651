"""``site-builder``: the group of commands, and the one handler that turns errors into text and exit codes."""

from __future__ import annotations

import datetime as dt
import errno
import os
import signal
import sys
from typing import Final

import click
import msgspec

from site_builder.cli.lazy import LazyGroup
from site_builder.cli.saying import say_findings, say_json
from site_builder.cli.words import ENGLISH, Formatter, usage_error
from site_builder.errors import AFTER_SWITCH, Exit, Finding, Place, SiteBuilderError

COMMANDS: Final = {
    "approve": ("第二个人批准导出并签名。", "A second person approves an export and signs it."),
    "audit": ("逐字节审核一个已建成的网站。", "Audit every byte of a built tree."),
    "build": ("核验、裁决、生成并切换到新版本。", "Verify, decide, render, audit and switch."),
    "check": ("只核验，不写任何文件。", "All of a build that writes nothing."),
    "completion": ("输出 bash、zsh、fish 的补全脚本。", "Print a shell's completion script."),
    "deploy-files": ("生成 nginx 配置和每天重建的定时任务。", "nginx configuration, nightly timer and cron line."),
    "diff": ("本次导出与线上版本相比：新增、改动、撤下。", "What an export adds, changes and removes."),
    "explain": ("逐条规则说明一条记录为什么公开或不公开。", "Why one record is published or not."),
    "init": ("新建一个站点文件夹，马上可以构建。", "Make a new site that builds at once."),
    "keygen": ("生成一对签名密钥。", "Make a pair of signing keys."),
    "next": ("线上版本最迟哪一天必须重建。", "The day the live release must change."),
    "pack": ("把本单位的 Excel、CSV 打成等待审批的导出。", "An export from the office's own tables."),
    "serve": ("在本机预览网站，改了就刷新。", "Preview with live reload."),
    "withhold": ("立即停止公开一条，并证明它已不在。", "Take one record off at once, proven gone."),
}
"""Every command: ``cli/<name>.py`` holds ``<name>_command``. What it is, in Chinese and English."""

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
        "Exit codes: 0 done, 1 findings stop it, 2 usage or site file, 3 another build runs, 4 the machine."
        if ENGLISH
        else "退出码：0 完成；1 有问题而停下；2 用法或站点文件有误；3 另一个构建正在进行；"
        "4 机器的原因（磁盘、权限）。\n\n"
        "English help: SITE_BUILDER_LANG=en site-builder --help"
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="site-builder")
def commands() -> None:
    """The group; its help stands above, in two languages."""


PROGRAM: Final = "site-builder"
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
    before = signal.signal(signal.SIGTERM, _interrupted)
    as_json = "--json" in sys.argv
    try:
        code = commands.main(prog_name=PROGRAM, standalone_mode=False, obj=now)
    except SiteBuilderError as error:
        code = _report(error.findings, error.exit_code, as_json=as_json)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("已中止，线上网站没有变化。", err=True)
        code = INTERRUPTED
    except click.ClickException as error:
        code = _report([Finding("usage", Place(), usage_error(error), _help_of(error))], Exit.USAGE, as_json=as_json)
    except OSError as error:
        code = _report([_machine(error)], Exit.MACHINE, as_json=as_json)
    finally:
        signal.signal(signal.SIGTERM, before)
    sys.exit(code or Exit.DONE)


def _interrupted(*_: object) -> None:
    """A polite request to end is heard like Ctrl-C: what was begun is taken away."""
    raise KeyboardInterrupt


def _help_of(error: click.ClickException) -> str:
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    return f"{ctx.command_path if ctx is not None else PROGRAM} --help"


def _report(findings: list[Finding], code: Exit, *, as_json: bool) -> Exit:
    if as_json:
        say_json(Refusal(int(code), findings))
    say_findings(findings)
    if code is Exit.FINDINGS:
        unchanged = all(one.code != AFTER_SWITCH for one in findings)
        click.echo(f"共 {len(findings)} 项" + ("；线上网站没有变化。" if unchanged else "。"), err=True)
    return code


def _machine(error: OSError) -> Finding:
    reasons = {
        errno.ENOSPC: ("disk-full", "磁盘已满", "清出空间后重新构建"),
        errno.EDQUOT: ("disk-full", "磁盘配额已满", "清出空间后重新构建"),
        errno.EFBIG: ("file-too-large", "文件超过系统允许的大小", "检查文件大小限制"),
        errno.EACCES: ("permission", "没有权限", "检查输出文件夹的所有者和权限"),
        errno.EPERM: ("permission", "没有权限", "检查输出文件夹的所有者和权限"),
        errno.EROFS: ("permission", "文件系统是只读的", "换一个可写的输出文件夹"),
    }
    unknown = ("machine", os.strerror(error.errno) if error.errno else "系统错误", "线上网站没有变化，排除后重新构建")
    code, message, hint = reasons.get(error.errno or 0, unknown)
    return Finding(code, Place(str(error.filename or "")), message, hint)
