"""``site-builder approve``: a second person approves an export and signs it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
import msgspec

from site_builder.cli.options import Day, json_option, machine_time
from site_builder.cli.saying import say_json
from site_builder.cli.trusted import trusted_key
from site_builder.config.load import load_site
from site_builder.config.site import DEFAULT_MAX_UNPACKED
from site_builder.errors import Exit, refuse
from site_builder.export.approval import Consent, approve
from site_builder.export.package import SIGNATURE
from site_builder.signing import public_text


class Approved(msgspec.Struct, frozen=True, kw_only=True):
    """What ``approve --json`` prints: what is approved now, and by which key."""

    name: str
    version: str
    export: str
    by: str
    reference: str
    on: dt.datetime | None
    valid_through: dt.date | None
    rows: dict[str, int]
    key: str


@click.command("approve", short_help="第二个人批准一份导出并签名。")
@click.argument("folder", metavar="EXPORT", type=click.Path(path_type=Path))
@click.option("--key", "key_file", type=click.Path(path_type=Path), required=True, help="审批人的私钥（keygen 生成）。")
@click.option("--by", default="", help="批准单位。")
@click.option("--reference", default="", help="批准文号。")
@click.option("--valid-through", type=Day(), help="批准的有效期至；不写则没有期限。")
@click.option("--site", "site_file", type=click.Path(path_type=Path), help="站点文件；给了就核对名称和受信任的公钥。")
@json_option
def approve_command(
    folder: Path,
    key_file: Path,
    by: str,
    reference: str,
    valid_through: dt.date | None,
    site_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """把批准写进 EXPORT（导出的文件夹）的描述文件并签名。

    由编制导出以外的第二个人来做。先逐个核对文件的大小和摘要。已经批准、只差签名的，不写 --by 和 --reference。
    """
    site = load_site(site_file) if site_file is not None else None
    key = trusted_key(key_file, site, site_file)
    most = site.export.max_unpacked if site is not None else DEFAULT_MAX_UNPACKED
    now = machine_time().replace(microsecond=0)
    consent = _consent(by, reference, now, valid_through)
    name = site.export.name if site is not None else ""
    descriptor = approve(folder, consent, key, name=name, most=most, today=now.date())
    approved = Approved(
        name=descriptor.name,
        version=descriptor.version,
        export=descriptor.digest,
        by=descriptor.approval.by,
        reference=descriptor.approval.reference,
        on=descriptor.approval.on,
        valid_through=descriptor.approval.valid_through,
        rows={one.name: one.rows for one in descriptor.resources if one.rows is not None},
        key=public_text(key),
    )
    if as_json:
        say_json(approved)
        return
    rows = "，".join(f"{name} {number} 行" for name, number in approved.rows.items())
    click.echo(f"已批准 {approved.name} {approved.version}：{rows}")
    click.echo(f"{approved.by}，{approved.reference}，{approved.on}")
    click.echo(f"签名：{folder / SIGNATURE}，公钥 {approved.key}")


def _consent(by: str, reference: str, now: dt.datetime, valid_through: dt.date | None) -> Consent | None:
    """What the approver says; None where only the signature is wanting."""
    if not by and not reference and valid_through is None:
        return None
    if not by or not reference:
        raise refuse("usage", "批准要写明单位和文号", hint="--by 和 --reference 都要写", exit_code=Exit.USAGE)
    return Consent(by=by, reference=reference, on=now, valid_through=valid_through)
