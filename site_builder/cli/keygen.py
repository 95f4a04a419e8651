"""``site-builder keygen``: a key pair for approving exports or for signing releases."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from site_builder.cli.options import json_option
from site_builder.cli.saying import say_json
from site_builder.errors import Exit, Place, refuse
from site_builder.signing import PUBLIC, make_key


class KeygenAnswer(msgspec.Struct, frozen=True):
    """What ``keygen --json`` prints: the two files, and the public key."""

    private: str
    public: str
    key: str


@click.command("keygen", short_help="生成一对签名密钥。")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@json_option
def keygen_command(file: Path, *, as_json: bool) -> None:
    """生成 Ed25519 密钥：私钥写到 FILE（只有本人能读），公钥写到 FILE.pub；从不覆盖已有的文件。"""
    if not file.parent.is_dir():
        raise refuse(
            "missing-folder", "没有这个文件夹", hint="先建好文件夹", place=Place(str(file.parent)), exit_code=Exit.USAGE
        )
    made = KeygenAnswer(str(file), f"{file}{PUBLIC}", make_key(file))
    if as_json:
        say_json(made)
        return
    click.echo(f"私钥：{made.private}（只留在签名的人或机器那里，不要放进站点文件夹）")
    click.echo(f"公钥：{made.public}")
    click.echo(f"审批人的公钥写进 site.yml 的 export.trusted_keys：\n    {made.key}")
