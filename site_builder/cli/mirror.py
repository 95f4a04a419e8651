"""``site-builder mirror``: a copy of a site that is brought to what the site publishes now."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click
import msgspec

from site_builder.cli.options import json_option, machine_day
from site_builder.cli.saying import say_findings, say_json
from site_builder.cli.terminal import Bars
from site_builder.errors import Exit, Finding, Place, SiteBuilderError
from site_builder.mirror import copy
from site_builder.mirror.follow import Followed, expired, follow
from site_builder.mirror.remote import Remote
from site_builder.mirror.told import read_told
from site_builder.pages import urls
from site_builder.signing import read_public

_GIB: Final = 1 << 30


class MirrorAnswer(msgspec.Struct, frozen=True):
    """What ``mirror --json`` prints; ``findings``: what was not checked, and why the copy may not be used."""

    mirrored: Followed
    findings: tuple[Finding, ...]


@click.command("mirror", short_help="取一个网站的副本，跟上它：变了的取来，不再公开的删去。")
@click.argument("url", metavar="URL")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--key", default="", help="网站的公钥（base64 或 .pub 文件）；不写就不核对签名，并说明没有核对。")
@click.option(
    "--max-size",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    help="一次最多收多少（GiB），超过就停下。",
)
@json_option
@click.pass_context
def mirror_command(ctx: click.Context, url: str, folder: Path, key: str, max_size: int, *, as_json: bool) -> None:
    """把 URL 的网站取到 DIR，以后每次运行只取变了的，删去不再公开的；要读的总是 DIR/current。

    逐个文件核对摘要，写了 --key 就核对签名；比副本早的版本从不取。全部核对完才一步换上，读的人看不到半新半旧。

    过了网站的 valid_through（里面有公示期满的记录，而网站没有重建），退出码为 1：停止使用这份副本。可以放进定时任务。
    """
    key = read_public(key) if key else ""
    with Remote(url, max_size * _GIB) as remote:
        try:
            with copy.held(folder, remote.url) as held, Bars(quiet=as_json) as bars:
                found = follow(remote, held, key, bars)
        except SiteBuilderError as error:
            raise SiteBuilderError([*error.findings, *_expired(folder)], error.exit_code) from None
        findings = (*(() if key else (_unsigned(remote),)), *_expired(folder))
    if as_json:
        say_json(MirrorAnswer(found, findings))
    else:
        click.echo(_told(found))
        say_findings(findings)
    ctx.exit(Exit.FINDINGS if any(not one.warning for one in findings) else Exit.DONE)


def _expired(folder: Path) -> list[Finding]:
    """Whether what the copy has now is past its day; nothing where it has none that can be read."""
    root = copy.root_of(folder)
    if root is None:
        return []
    try:
        told = read_told((root / urls.RELEASE).read_bytes(), str(root))
    except (OSError, SiteBuilderError):
        return []
    return expired(told, machine_day(), str(folder))


def _unsigned(remote: Remote) -> Finding:
    way = "" if remote.is_secret else "；连接也没有加密，中途可以被人改"
    message = f"没有核对签名：每个文件与网站自己的清单相符，而清单是不是主办单位的，没有核对{way}"
    return Finding("mirror-unsigned", Place(remote.url), message, "向主办单位要公钥，加上 --key", warning=True)


def _told(found: Followed) -> str:
    until = f"，有效到 {found.valid_through}" if found.valid_through is not None else ""
    release = f"版本 {found.version}，核验日 {found.as_of}{until}"
    if found.unchanged:
        return f"{found.root}：没有变化（{release}）；{found.files:,} 个文件逐个核对过"
    told = f"{found.root}：{release}；{found.files:,} 个文件，新取 {found.fetched:,} 个，删去 {found.deleted:,} 个"
    left = f"；{found.left_out:,} 个预先压缩的没有自己的地址，不取" if found.left_out else ""
    return f"{told}；收到 {found.taken:,} 字节{left}"
