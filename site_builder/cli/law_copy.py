"""``site-builder law copy CITY DIR``: the folder of a law that comes with the program, to be changed into one's own."""

from __future__ import annotations

from pathlib import Path
import shutil

import click
import msgspec

from site_builder.cli.saying import json_option, say_json
from site_builder.config.site import SHIPPED
from site_builder.pack.package import refuse_existing


class LawCopyAnswer(msgspec.Struct, frozen=True):
    """What ``law copy --json`` prints: the new folder."""

    folder: str


@click.command("copy", short_help="拷一份程序带的法规，改成自己的。")
@click.argument("city", type=click.Choice(sorted(SHIPPED)))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@json_option
def law_copy_command(city: str, folder: Path, *, as_json: bool) -> None:
    """把程序带的一座城市的法规文件夹拷到 DIR，从它开始写自己的；DIR 已经有了的不覆盖。

    里面是 city.yml、rules.yml、words.yml、examples.yml、law/ 和 pages/；写好了用 law test 检验，用 init --law 建站。
    """
    refuse_existing(folder)
    shutil.copytree(SHIPPED[city], folder)
    if as_json:
        say_json(LawCopyAnswer(str(folder)))
        return
    names = "、".join(sorted(f"{one.name}/" if one.is_dir() else one.name for one in folder.iterdir()))
    click.echo(f"{folder}：{names}")
    click.echo(f"下一步：改 {folder / 'city.yml'}；检验：site-builder law test {folder}；建站：site-builder init --law")
