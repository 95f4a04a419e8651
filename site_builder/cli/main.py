"""``site-builder``: the group of commands, and the one handler that turns errors into text and exit codes."""

from __future__ import annotations

import errno
import os
import sys

import click
import msgspec

from site_builder.build.withholding import AFTER_SWITCH
from site_builder.cli.approve import approve_command
from site_builder.cli.audit import audit_command
from site_builder.cli.build import build_command
from site_builder.cli.check import check_command
from site_builder.cli.explain import explain_command
from site_builder.cli.keygen import keygen_command
from site_builder.cli.next import next_command
from site_builder.cli.serve import serve_command
from site_builder.cli.terminal import say_findings, say_json
from site_builder.cli.withhold import withhold_command
from site_builder.errors import Exit, Finding, Place, SiteBuilderError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="site-builder")
def commands() -> None:
    """把获准公开的信用数据，建成可检索的静态公示网站。

    Build a static, searchable public-disclosure site from an approved public export.
    """


for _command in (
    approve_command,
    audit_command,
    build_command,
    check_command,
    explain_command,
    keygen_command,
    next_command,
    serve_command,
    withhold_command,
):
    commands.add_command(_command)


class Refusal(msgspec.Struct, frozen=True):
    """What ``--json`` prints when a command is stopped."""

    exit_code: int
    findings: list[Finding]


def main() -> None:
    """Run the command line; the process exits with the codes of ``errors.Exit``."""
    os.umask(0o022)
    as_json = "--json" in sys.argv
    try:
        code = commands.main(standalone_mode=False)
    except SiteBuilderError as error:
        code = _report(error.findings, error.exit_code, as_json=as_json)
    except click.exceptions.Abort:
        click.echo("已中止，线上网站没有变化。", err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = Exit.USAGE
    except OSError as error:
        code = _report([_machine(error)], Exit.MACHINE, as_json=as_json)
    sys.exit(code or Exit.DONE)


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
