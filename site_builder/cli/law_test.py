"""``site-builder law test [LAW]…``: the cases worked by hand, tried against the rules."""

from __future__ import annotations

from collections.abc import Iterator

import click
import msgspec

from site_builder.cli.law import LawFolder, law_folders
from site_builder.cli.saying import json_option, say_json
from site_builder.errors import Exit, Finding, Place, SiteBuilderError
from site_builder.law.examples import EXAMPLES, read_examples
from site_builder.law.folder import RULES, read_law
from site_builder.law.text import read_law_text
from site_builder.law.worked import LawTried, Tried, Verdict, rules_of, try_law
from site_builder.rules.decision import REASON_LABELS
from site_builder.vocabulary import LABELS


class LawTestAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What ``law test --json`` prints of one law; ``unreviewed`` are those passed that nobody looked at again."""

    law: str
    regulation: str
    passed: int
    failed: int
    disputed: int
    unreviewed: int
    rules: int
    cases: tuple[Tried, ...]
    findings: list[Finding]


class LawTestAnswers(msgspec.Struct, frozen=True):
    """What ``law test --json`` prints."""

    laws: list[LawTestAnswer]


@click.command("test", short_help="用手工推算的案例检验规则。")
@click.argument("laws", metavar="[LAW]...", nargs=-1)
@json_option
def law_test_command(laws: tuple[str, ...], *, as_json: bool) -> None:
    """用 examples.yml 里手工推算的案例检验规则：去向、全部理由、公示至、期限的文字、条款，逐项比较。

    LAW 是随程序带的城市（如 dalian），或者一个放着 city.yml、rules.yml、examples.yml 的文件夹；
    不写则为随程序带的每一座城市。
    有案例不符，或者有一条规则没有案例，退出码为 1。有争议的案例列出各种读法和程序所循的一种，从不算作通过。
    """
    answers = _tested(law_folders(laws))
    if as_json:
        say_json(LawTestAnswers(answers))
    else:
        for answer in answers:
            _say(answer)
    click.get_current_context().exit(Exit.FINDINGS if any(one.findings for one in answers) else Exit.DONE)


def _tested(folders: list[LawFolder]) -> list[LawTestAnswer]:
    """Every law tried; what is wrong in the files of any is told at once."""
    answers: list[LawTestAnswer] = []
    faults: list[Finding] = []
    for one in folders:
        try:
            answers.append(_test(one))
        except SiteBuilderError as error:
            faults += error.findings
    if faults:
        raise SiteBuilderError(faults, Exit.USAGE)
    return answers


def _test(law: LawFolder) -> LawTestAnswer:
    read = read_law(law.folder, unfinished=True)
    tried = try_law(read_examples(law.folder, read, read_law_text(law.folder)), read)
    return LawTestAnswer(
        law=law.name,
        regulation=read.latest.regulation,
        passed=tried.count(Verdict.PASSED),
        failed=tried.count(Verdict.FAILED),
        disputed=tried.count(Verdict.DISPUTED),
        unreviewed=tried.unreviewed,
        rules=len(rules_of(read)),
        cases=tried.cases,
        findings=list(_findings(law, tried)),
    )


def _findings(law: LawFolder, tried: LawTried) -> Iterator[Finding]:
    hint = "按条文重新推算：规则错了改 rules.yml，案例错了改 examples.yml"
    for case in tried.cases:
        for one in case.differences:
            day = f"（{one.day}）" if one.day is not None else ""
            message = f"「{case.name}」{day}{one.what}应当是「{one.expected}」，实得「{one.found}」"
            yield Finding("case-differs", Place(str(law.folder / EXAMPLES), case.row), message, hint)
    for kind, reason in tried.untried:
        message = f"{LABELS[kind]}：「{REASON_LABELS[reason]}」（{reason}）没有案例"
        yield Finding("rule-without-case", Place(str(law.folder / RULES)), message, "在 examples.yml 里补上案例")


def _say(answer: LawTestAnswer) -> None:
    click.echo(f"《{answer.regulation}》（{answer.law}）")
    for finding in answer.findings:
        click.echo(f"问题  {msgspec.structs.replace(finding, hint='')}")
    for case in answer.cases:
        if case.verdict is Verdict.DISPUTED:
            click.echo(f"争议  第 {case.row} 行「{case.name}」，程序按第 {case.reading} 种读法：")
            for number, why in enumerate(case.readings, start=1):
                click.echo(f"        {number}  {why}")
    without = sum(one.code == "rule-without-case" for one in answer.findings)
    click.echo(
        f"通过 {answer.passed}（其中未复核 {answer.unreviewed}），失败 {answer.failed}，"
        f"有争议 {answer.disputed}（不算通过）；{answer.rules} 条规则，没有案例的 {without} 条"
    )
