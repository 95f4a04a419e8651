"""What ranks above the city's law: what the site's lawyer has not answered, and what is asked for because of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import datetime as dt
from typing import Final

from site_builder.config.companions import founded
from site_builder.config.review import Applies, ReviewAnswer
from site_builder.config.site import Site
from site_builder.decide.resolve import Resolved
from site_builder.decide.survey import Surveyed
from site_builder.errors import Finding, Place
from site_builder.rules.above import Norm
from site_builder.rules.ruleset import RuleSet
from site_builder.vocabulary import Kind

UNDECIDED: Final = "law-undecided"
TAKEN_BACK: Final = "law-answer-withdrawn"
UNREAD: Final = "upper-law-unread"
MOST_IDS: Final = 20
"""Ids named in one message; ``explain`` tells of each."""

_SITE: Final = "site.yml"


def undecided(site: Site, rules: RuleSet, as_of: dt.date) -> Iterator[Finding]:
    """Each rule above that is in force and not answered, or whose answer is not signed where signatures are asked for.

    It stops a real site, and warns where the data is made up.
    """
    answers = {one.rule: one for one in site.law.review}
    for norm in rules.norms:
        answer = answers.get(norm.rule)
        if norm.rule and norm.in_force(as_of) and (why := _undecided(answer, site)):
            message = f"《{norm.title}》（{norm.number}，{norm.since} 起施行，{norm.rule}）是否适用于本站，{why}"
            hint = f"由本站的律师答复：site-builder law answer {norm.rule} --site {site.file.name} …，写进 law.review"
            place = Place(_SITE, answer.row if answer is not None else 0)
            yield Finding(UNDECIDED, place, message, hint, warning=site.site.demo)


def not_taken_back(site: Site, applied: frozenset[str]) -> frozenset[str]:
    """Of the rules above by which the live release was decided, those no lawyer has since said not to apply."""
    ended = {one.rule for one in site.law.review if one.answer is Applies.NOT_APPLICABLE and not _undecided(one, site)}
    return applied - ended


def taken_back(site: Site, rules: RuleSet, applied: frozenset[str], as_of: dt.date) -> Iterator[Finding]:
    """Each rule above by which the live release was decided, and this one is not, though no lawyer says so.

    What it withholds would be public again for want of an answer.
    """
    rows = {one.rule: one.row for one in site.law.review}
    lacking = not_taken_back(site, applied) - rules.words.applied
    for norm in rules.norms:
        if norm.rule in lacking and norm.in_force(as_of):
            message = f"线上按《{norm.title}》裁决，现在没有答复它适用：因它不公开的记录会重新公开"
            hint = (
                f"改回 answer: applies；确实不适用的，由本站的律师答复：site-builder law answer {norm.rule} "
                "--answer not_applicable …，写明排在前面的规定"
            )
            yield Finding(TAKEN_BACK, Place(_SITE, rows.get(norm.rule, 0)), message, hint)


def _undecided(answer: ReviewAnswer | None, site: Site) -> str:
    """Why an answer does not count; empty where it does."""
    if answer is None:
        return "还没有答复"
    if answer.answer is Applies.PENDING:
        return "答复是 pending"
    keys = site.export.trusted_keys
    if keys and not answer.sig:
        return "答复没有签名"
    return "答复的签名与可信的公钥不符" if keys and not answer.signed_by(keys, site.export.name) else ""


def asked_above(site: Site, rules: RuleSet, surveys: Iterable[Surveyed], resolved: Resolved) -> Iterator[Finding]:
    """What ``check`` asks for: texts not read, lists without a basis, entries past a maximum nobody has answered on."""
    for norm in rules.norms:
        if not norm.rule:
            yield _unread(norm)
    if rules.registry:
        yield from _without_basis(site, rules, resolved)
    waiting = rules.weighed.above.rule if rules.weighed is not None and rules.weighed.above is not None else ""
    if any(norm.rule == waiting and norm.in_force(resolved.facts.as_of) for norm in rules.norms):
        yield from _past(waiting, surveys, resolved)


def _unread(norm: Norm) -> Finding:
    message = f"上位法未核对：《{norm.title}》（{norm.issued} 通过）排在本地规定之上，条文没有在手，程序没有按它裁决"
    hint = "由律师对照它核对本地的规则和页面；与本地规则不一致的，以它为准"
    return Finding(UNREAD, Place("city.yml"), message, hint, warning=True)


def _without_basis(site: Site, rules: RuleSet, resolved: Resolved) -> Iterator[Finding]:
    own = founded(site.lists)
    hint = (
        "核对名单依据哪部法律、法规或者党中央、国务院政策文件设立，写进 lists.yml 的「设立依据」；没有的，名单不应存在"
    )
    for name, count in sorted(resolved.lists.items()):
        if name not in rules.lists and name not in own:
            called = f"名单「{name}」" if name else "没有写名单名称的记录，名单"
            message = f"{called}没有设立依据：公示中的 {count} 条"
            yield Finding("list-without-basis", Place("lists.yml"), message, hint, warning=True)


def _past(rule: str, surveys: Iterable[Surveyed], resolved: Resolved) -> Iterator[Finding]:
    withheld = resolved.reasons[Kind.SEVERE]
    ids = [one for each in surveys for one in each.watched.past_maximum if one not in withheld]
    if ids:
        more = f" 等 {len(ids)} 条" if len(ids) > MOST_IDS else ""
        named = "、".join(ids[:MOST_IDS]) + more
        message = f"{rule} 还没有答复：适用的话，公示中的 {len(ids)} 条超过了国家规定的最长公示期：{named}"
        hint = "逐条核对是否纠正、履行完毕，行业规定是否让它继续公示；由本站的律师答复这项规定是否适用"
        yield Finding("past-national-maximum", Place("severe-list"), message, hint, warning=True)
