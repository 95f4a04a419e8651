"""``site-builder deploy-files``: what a server needs to serve the site and to rebuild it every night."""

from __future__ import annotations

from pathlib import Path
import sys

import click

from site_builder.cli.options import json_option, output_of, output_option, site_option
from site_builder.cli.saying import say_json
from site_builder.config.load import load_site
from site_builder.errors import Exit, refuse
from site_builder.hosting.files import CHALLENGES, LOGS, Setup, setup_files


@click.command("deploy-files", short_help="生成 nginx 配置和每天重建的定时任务。")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@site_option
@output_option
@click.option("--export", type=click.Path(path_type=Path), help="每天重建时读的导出；不写则用站点文件里的。")
@click.option("--name", help="配置的名字；不写则用站点文件夹名。")
@click.option("--user", default="site-builder", show_default=True, help="运行构建的系统用户。")
@click.option("--listen", multiple=True, help="nginx 监听的地址，可写多次；不写则为 80，有证书时为 443。")
@click.option("--certificate", type=click.Path(path_type=Path), help="TLS 证书（含中间证书）。")
@click.option("--certificate-key", type=click.Path(path_type=Path), help="TLS 证书的私钥。")
@click.option(
    "--logs", type=click.Path(path_type=Path), default=LOGS, show_default=True, help="nginx 的日志写在哪个文件夹。"
)
@click.option(
    "--challenges",
    type=click.Path(path_type=Path),
    default=CHALLENGES,
    show_default=True,
    help="申请证书时（ACME）验证文件所在的文件夹，即 certbot 的 --webroot-path。",
)
@click.option("--metrics", type=click.Path(path_type=Path), help="每天重建时把指标写进这个文件，见 build --metrics。")
@json_option
def deploy_files_command(
    folder: Path,
    site_file: Path,
    output: Path,
    export: Path | None,
    name: str | None,
    user: str,
    listen: tuple[str, ...],
    certificate: Path | None,
    certificate_key: Path | None,
    logs: Path,
    challenges: Path,
    metrics: Path | None,
    *,
    as_json: bool,
) -> None:
    """在 DIR 里生成 nginx 配置、systemd 的服务和定时器、cron 的一行；不改动系统。"""
    site = load_site(site_file, members=True)
    if site.is_province and export is not None:
        hint = "去掉 --export：每天重建只用站点文件夹"
        raise refuse("member-sites", "这个站点由几个网站合成，没有自己的导出", hint=hint, exit_code=Exit.USAGE)
    setup = Setup(
        name=site.id if name is None else name,
        site_file=site_file.absolute(),
        output=output_of(site, output, made=True),
        program=_program(),
        user=user,
        export=export and export.absolute(),
        listen=listen,
        certificate=certificate and certificate.absolute(),
        certificate_key=certificate_key and certificate_key.absolute(),
        logs=logs.absolute(),
        challenges=challenges.absolute(),
        metrics=metrics and metrics.absolute(),
    )
    written: list[str] = []
    for path, text in setup_files(site, setup).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        written.append(str(target))
    if as_json:
        say_json({"files": written})
        return
    for one in written:
        click.echo(one)
    click.echo("每个文件的开头写着放到哪里、怎样启用。")


def _program() -> tuple[str, ...]:
    """How this program is started again: the script beside the interpreter, or the interpreter with the module."""
    script = Path(sys.executable).with_name("site-builder")
    return (str(script),) if script.is_file() else (sys.executable, "-m", "site_builder")
