"""``site-builder init DIR``: a new site that builds at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import os
from pathlib import Path
import re
import shutil
import tempfile
from typing import Final

import click
import msgspec

from site_builder.cli.options import json_option, machine_day, machine_time
from site_builder.cli.saying import say_json
from site_builder.config.load import load_site
from site_builder.config.site import CITY, SHIPPED
from site_builder.errors import Exit, Place, SiteBuilderError, refuse
from site_builder.law.cities import regulation
from site_builder.law.folder import read_law
from site_builder.law.text import read_law_text
from site_builder.pack.package import refuse_existing, write_package
from site_builder.rules.ruleset import RuleSet
from site_builder.starter.folder import Wish, site_files
from site_builder.starter.sample import APPROVAL, VERSION, sample_lists

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class InitAnswer(msgspec.Struct, frozen=True):
    """What ``init --json`` prints: the site file, and the export it is built from."""

    site: str
    export: str


def _titles() -> Iterator[tuple[str, str]]:
    """The cities whose law comes with the program, and the titles of their regulations."""
    for name, folder in SHIPPED.items():
        yield name, regulation(folder)


@click.command("init", short_help="新建一个站点文件夹，马上可以构建。")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--rules",
    type=click.Choice(sorted(SHIPPED)),
    help="按程序带的哪里的规则：" + "；".join(f"{name} 《{title}》" for name, title in _titles()) + "。",
)
@click.option(
    "--law",
    type=click.Path(path_type=Path),
    help="按自己写的规则：一个文件夹，里面有 city.yml、rules.yml、words.yml、pages/、law/；见 docs/new-city.md。",
)
@click.option("--name", default="信用信息公示网站（演示）", show_default=True, help="网站名称。")
@click.option("--owner", default="主办单位（待填写）", show_default=True, help="主办单位。")
@click.option("--base-url", default="https://credit.example", show_default=True, help="网站的地址，不带路径。")
@click.option("--base-path", default="/", show_default=True, help="在子目录下运行时写 /目录/。")
@click.option("--export", "export", type=click.Path(path_type=Path), help="已有的导出；不写则附上几条虚构的演示记录。")
@click.option("--export-name", help="导出的名称（datapackage.json 的 name）；不写则用文件夹名。")
@json_option
def init_command(
    folder: Path,
    rules: str | None,
    law: Path | None,
    name: str,
    owner: str,
    base_url: str,
    base_path: str,
    export: Path | None,
    export_name: str | None,
    *,
    as_json: bool,
) -> None:
    """新建站点文件夹 DIR：site.yml、页面、法规、名单说明、自己的主题，规则从已有的里面选。

    不写 --export 时，在旁边附上几条虚构的演示记录（DIR-export），马上就能 serve（build 也行，那是演示站）。
    DIR 的名称就是站点的名称，只用小写字母、数字和连字符，例如 content/mycity。
    """
    folder = folder.absolute()
    if not _SLUG.fullmatch(folder.name):
        hint = "只用小写字母、数字和连字符，例如 mycity"
        raise refuse("bad-value", f"文件夹名「{folder.name}」不能作站点的名称", hint=hint, exit_code=Exit.USAGE)
    if (rules is None) == (law is None):
        hint = "--rules 选程序带的，或者 --law 写自己的文件夹，写一个"
        raise refuse("bad-value", "没有写按哪里的规则，或者写了两个", hint=hint, exit_code=Exit.USAGE)
    chosen = SHIPPED[rules] if rules else (law or folder).absolute()
    if not (chosen / CITY).is_file():
        raise refuse("bad-value", f"--law 的文件夹里没有 {CITY}", hint="见 docs/new-city.md", exit_code=Exit.USAGE)
    ruled = read_law(chosen).on(machine_day())
    refuse_existing(folder)
    beside = folder.with_name(f"{folder.name}-export")
    if export is None:
        refuse_existing(beside)
    path = Path(os.path.relpath(export.absolute(), folder)) if export is not None else Path("..") / beside.name
    text = read_law_text(chosen)
    wish = Wish(
        id=folder.name,
        law=chosen,
        code=ruled.code,
        regulation=ruled.regulation,
        name=name,
        owner=owner,
        base_url=base_url,
        base_path=base_path,
        export_name=export_name or folder.name,
        export_path=path.as_posix(),
        demo=export is None,
        norms=ruled.norms,
        digest=text is not None and text.digest,
    )
    _write(folder, site_files(wish))
    if export is None:
        _write_sample(folder, beside, wish, ruled)
    if as_json:
        say_json(InitAnswer(str(folder / "site.yml"), str(export or beside)))
        return
    click.echo(f"{folder}：site.yml、pages/、laws/、themes/{wish.theme}/")
    if export is None:
        click.echo(f"{beside}：虚构的演示导出")
    if wish.digest:
        click.echo(
            f"网站上的法规现在是提要，每一条都标「摘要」。官方文本（法律法规没有著作权，从公布它的政府网站取得）存成"
            f" {folder / wish.official_text}（UTF-8），再构建就是全文，引用精确到款"
        )
    look, build = (f"site-builder {one} --site {folder}/site.yml" for one in ("serve", "build"))
    if export is None:
        click.echo(f"下一步：{look}（在本机看，不写 output/）；换上自己的数据（export.path）再 {build}")
    else:
        click.echo(f"下一步：{build}；预览：{look}")


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Write the site folder whole, or nothing. Raises (exit 2) what its own site file is refused for."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        made = scratch / folder.name
        for path, text in files.items():
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_text(text, encoding="utf-8")
        try:
            load_site(made / "site.yml")
        except SiteBuilderError as error:
            found = [msgspec.structs.replace(one, place=Place("site.yml", one.place.row)) for one in error.findings]
            raise SiteBuilderError(found, error.exit_code) from None
        os.rename(made, folder)  # noqa: PTH104  # refuses a folder that came meanwhile and is not empty
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _write_sample(folder: Path, beside: Path, wish: Wish, law: RuleSet) -> None:
    now = machine_time()
    approval = APPROVAL | {"on": now.isoformat(timespec="seconds")}
    try:
        write_package(
            beside,
            sample_lists(law, now.date()),
            {},
            None,
            name=wish.export_name,
            title=f"{wish.name}演示数据",
            version=VERSION,
            created=now,
            approval=approval,
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
