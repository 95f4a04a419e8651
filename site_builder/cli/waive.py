"""``site-builder waive``: a second person lets one column of one record stand, and signs it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Unpack

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
import msgspec

from site_builder.cli.check import examine_only
from site_builder.cli.explain import wanted_record
from site_builder.cli.options import Params, options_of, output_option, reading_options
from site_builder.cli.saying import say_json
from site_builder.cli.terminal import Bars
from site_builder.cli.trusted import trusted_key
from site_builder.config.load import load_site
from site_builder.config.site import Site
from site_builder.config.waivers import SIGNED, WAIVERS, Waiver, Waivers, as_yaml
from site_builder.decide.examine import Options
from site_builder.errors import Exit, Place, refuse
from site_builder.rules.private_text import digest, free_texts, kinds_told, own_words
from site_builder.rules.ruleset import view_of
from site_builder.signing import public_text, sign


class Waived(msgspec.Struct, frozen=True, kw_only=True):
    """What ``waive --json`` prints: what was let stand (nothing with ``--sign`` alone), and who signed how many."""

    id: str = ""
    column: str = ""
    digest: str = ""
    tells: list[str] = []
    signed: int
    key: str


@click.command("waive", short_help="第二个人看过之后，放行一条记录的一栏文字。")
@click.argument("record_id", metavar="[ID]", required=False, default="")
@click.argument("column", metavar="[COLUMN]", required=False, default="")
@click.option("--key", "key_file", type=click.Path(path_type=Path), required=True, help="放行人的私钥（keygen 生成）。")
@click.option("--by", default="", help="放行的单位和人；不公开。")
@click.option("--reason", default="", help="为什么可以公开；不公开。")
@click.option("--sign", "sign_only", is_flag=True, help="不加新的：看过 waivers.yml 之后，把现有的再签一次。")
@reading_options
@output_option
def waive_command(
    record_id: str,
    column: str,
    key_file: Path,
    by: str,
    reason: str,
    site_file: Path,
    output: Path,
    *,
    sign_only: bool,
    as_json: bool,
    **params: Unpack[Params],
) -> None:
    """放行 ID 这条记录 COLUMN 这一栏现在的文字：写进站点文件夹的 waivers.yml，并签名。

    由编制导出以外的第二个人来做。只放行误认的文字：号码和 overlay.yml 的处置从不放行；文字改了，放行就无效。
    """
    site = load_site(site_file)
    key = trusted_key(key_file, site, site_file)
    if sign_only:
        _sign(site.folder, key)
        answer = Waived(signed=len(site.waivers.written), key=public_text(key))
    else:
        if not (record_id and column and by and reason):
            hint = "写上 ID、COLUMN、--by、--reason；只再签一次的用 --sign"
            raise refuse("usage", "放行要写明哪一条、哪一栏、谁、为什么", hint=hint, exit_code=Exit.USAGE)
        if not site.waivers.hold:
            hint = "先看过 waivers.yml 里已有的各项，用 waive --sign 再签一次"
            raise refuse("waiver-unsigned", "waivers.yml 没有可信的签名", hint=hint, place=Place(WAIVERS))
        with Bars(quiet=True) as bars:
            answer = _waive(site, options_of(site, params, wanted=record_id), output, bars, (column, by, reason), key)
    if as_json:
        say_json(answer)
        return
    if answer.id:
        click.echo(f"已放行 {answer.id} 的 {answer.column}（写到：{'、'.join(answer.tells) or '没有找到什么'}）")
    click.echo(f"{site.folder / WAIVERS} 共 {answer.signed} 项，已签名：{site.folder / SIGNED}，公钥 {answer.key}")


def _waive(
    site: Site, options: Options, output: Path, bars: Bars, said: tuple[str, str, str], key: Ed25519PrivateKey
) -> Waived:
    """Let the text of a column stand as the export has it now; ``said``: the column, by whom, why."""
    column, by, reason = said
    examined = examine_only(dataclasses.replace(site, waivers=Waivers()), options, output, bars)
    record = wanted_record(examined, options.wanted)
    rules, facts = examined.rules, examined.resolved.facts
    view = view_of(record, examined.law, facts)
    texts = dict(free_texts(view))
    if column not in texts:
        hint = f"这条记录有文字的栏：{'、'.join(texts)}"
        raise refuse("unknown-text", f"没有这一栏的文字：{column[:40]}", hint=hint, exit_code=Exit.FINDINGS)
    told = kinds_told(texts[column], column, rules.private, facts, own=own_words(view), person=view.is_person)
    new = Waiver(record.id, column, digest(texts[column]), by, reason)
    kept = [one for one in site.waivers.written if (one.id.lower(), one.column) != (new.id.lower(), column)]
    _replace(site.folder / WAIVERS, as_yaml((*kept, new)).encode())
    _sign(site.folder, key)
    return Waived(
        id=new.id,
        column=column,
        digest=new.digest,
        tells=[one.label for one in told],
        signed=len(kept) + 1,
        key=public_text(key),
    )


def _sign(folder: Path, key: Ed25519PrivateKey) -> None:
    path = folder / WAIVERS
    if not path.is_file():
        hint = "先用 waive ID COLUMN 放行"
        raise refuse("missing-file", "没有 waivers.yml", hint=hint, place=Place(str(path)), exit_code=Exit.USAGE)
    _replace(folder / SIGNED, sign(key, path.read_bytes()))


def _replace(path: Path, content: bytes) -> None:
    aside = path.with_name(f".{path.name}.new")
    aside.write_bytes(content)
    aside.replace(path)
