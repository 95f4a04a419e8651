"""``site-builder law answer RULE``: the site's lawyer answers whether a rule above the city's applies, and signs it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click
import msgspec

from site_builder.cli.options import Day, json_option, machine_time, site_option
from site_builder.cli.saying import say_json
from site_builder.cli.trusted import trusted_key
from site_builder.cli.words import Word, in_both
from site_builder.config.fields import Fields
from site_builder.config.load import load_site
from site_builder.config.review import Applies, ReviewAnswer, read_reviews
from site_builder.config.source import Faults, parse_yaml
from site_builder.law.answers import hold_against
from site_builder.law.cities import law_of
from site_builder.signing import public_text, sign
from site_builder.vocabulary import LABELS, Level

_ANSWERS: dict[str, str] = {Applies.APPLIES: "适用", Applies.NOT_APPLICABLE: "不适用"}
_LEVELS: dict[str, str] = {one: LABELS[one] for one in Level}
_OF_LEVEL = f"那项规定的层级，相同或者更高：{in_both(_LEVELS)}"
_KEYS = ("rule", "answer", "reason", "norm", "norm_level", "by", "reference", "on", "sig")


class LawAnswered(msgspec.Struct, frozen=True):
    """What ``law answer --json`` prints: the lines for ``site.yml``, and by which key they are signed."""

    lines: str
    key: str


@click.command("answer", short_help="律师答复一项上位的规定是否适用，签名。")
@click.argument("rule")
@site_option
@click.option("--answer", type=Word(_ANSWERS), required=True, help="适用，或者不适用；写英文或中文都行。")
@click.option("--by", required=True, help="答复的人或者单位。")
@click.option("--reference", required=True, help="文号。")
@click.option("--on", type=Day(), help="答复的日子；不写则为今天。")
@click.option("--reason", default="", help="理由；答复不适用的必须写。")
@click.option("--norm", default="", help="使它不适用的规定，写明《…》；答复不适用的必须写。")
@click.option("--norm-level", type=Word(_LEVELS), help=_OF_LEVEL)
@click.option("--key", "key_file", type=click.Path(path_type=Path), required=True, help="律师的私钥（keygen 生成）。")
@json_option
def law_answer_command(
    rule: str,
    site_file: Path,
    answer: str,
    by: str,
    reference: str,
    on: dt.date | None,
    reason: str,
    norm: str,
    norm_level: str | None,
    key_file: Path,
    *,
    as_json: bool,
) -> None:
    """答复排在城市法规之上的一项规定（RULE，如 cn-repair-2026）是否适用于本站，签名，印出写进 site.yml 的几行。

    由本站的律师在自己的电脑上做。什么文件都不写：印出来的几行由网站管理员写进站点文件的 law.review，原有的同一项换下。
    """
    site = load_site(site_file)
    key = trusted_key(key_file, site, site_file)
    said = ReviewAnswer(
        rule=rule,
        answer=Applies(answer),
        reason=reason,
        norm=norm,
        norm_level=Level(norm_level) if norm_level else None,
        by=by,
        reference=reference,
        on=on or machine_time().date(),
    )
    signed = msgspec.structs.replace(said, sig=sign(key, said.signed_text(site.export.name)).decode().strip())
    lines = _lines(signed)
    _check(lines, site_file, demo=site.site.demo)
    if as_json:
        say_json(LawAnswered(lines, public_text(key)))
        return
    click.echo(lines, nl=False)


def _lines(answer: ReviewAnswer) -> str:
    told = ((key, getattr(answer, key)) for key in _KEYS)
    first, *others = (f"{key}: {json.dumps(str(value), ensure_ascii=False)}" for key, value in told if value)
    return "\n".join(["law:", "  review:", f"    - {first}", *(f"      {one}" for one in others), ""])


def _check(lines: str, site_file: Path, *, demo: bool) -> None:
    """Read the lines as they will be read. Raises with every fault, exit code 2."""
    faults = Faults("law answer")
    fields = Fields(parse_yaml(lines, faults), faults).section("law")
    reviews = read_reviews(fields, demo=demo)
    hold_against(reviews.review, law_of(load_site(site_file)).latest.norms, faults)
    if faults.found:
        raise faults.error()
