"""A city's law as the table a lawyer reads: every rule as a sentence, with its articles and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
import datetime as dt
import hashlib
from pathlib import Path
from typing import Final

import msgspec

from site_builder.config.fields import Fields
from site_builder.config.source import Faults
from site_builder.kinds.record import RECORDED
from site_builder.law.dated import in_force
from site_builder.law.english import read_node
from site_builder.law.folder import RULES
from site_builder.law.sentences import KNOWN, SETTINGS, Columns, clock, condition, period, setting, term
from site_builder.law.sentences import days as workdays
from site_builder.law.text import ArticleRef, LawText
from site_builder.law.where import counting
from site_builder.rules.above import ClassBounds, Norm
from site_builder.rules.decision import REASON_LABELS, Reason
from site_builder.rules.ruleset import RuleSet
from site_builder.rules.starts import STARTS
from site_builder.rules.term import span
from site_builder.rules.watch import Clock
from site_builder.vocabulary import LABELS, Effect, Kind, Level


class ReviewLine(msgspec.Struct, frozen=True):
    """One rule: what it is called, its machine name, the sentence, the articles it cites (``DL 35``).

    ``days``: from and until when it reads so, in words, where it does not always.
    """

    head: str
    code: str
    sentence: str
    articles: tuple[str, ...] = ()
    days: str = ""


class ReviewPart(msgspec.Struct, frozen=True):
    """Rules of one subject, in the order they are asked."""

    title: str
    lines: tuple[ReviewLine, ...]


class LawReview(msgspec.Struct, frozen=True, kw_only=True):
    """All that a city's folder decides by.

    ``digest``: SHA-256 over the files of its folder, see ``digest_of``. ``text`` names the file the articles were read
    from, empty where there is none, ``official`` tells it from a digest of articles; ``passages``: what the cited
    articles say, by code, a paragraph or an item each.
    """

    regulation: str
    code: str
    digest: str
    text: str
    official: bool
    passages: dict[str, tuple[str, ...]]
    parts: tuple[ReviewPart, ...]


CLOCKS: Final = {
    Clock.OBJECTION: "异议的核查、处理和告知",
    Clock.REVOCATION: "决定撤销后的变更或者删除",
    Clock.REPORT: "事项办结后的报送",
    Clock.PUBLISH: "行政决定作出后的公示",
}
"""What each number of working days is for."""


def review(folder: Path, rules: RuleSet, text: LawText | None) -> LawReview:
    """The table of a folder of which ``rules`` are a version.

    Raises ``SiteBuilderError`` where something in ``rules.yml`` has no words: it would be decided by and not be read.
    """
    faults = Faults(str(folder / RULES))
    node = read_node(folder / RULES, faults)
    then = node and counting(in_force(node, rules.since, faults), rules.words.applied)
    root = Fields(then, faults)
    above = ReviewPart("排在它之上的规定", (*map(norm_line, rules.norms), *_documents(rules)))
    parts = (*((above,) if above.lines else ()), *_parts(root, rules.code))
    root.finish()
    faults.stop()
    cited = dict.fromkeys(code for part in parts for line in part.lines for code in line.articles)
    passages = {code: text.words(_ref(code).article) for code in cited if text and _ref(code).law == rules.code}
    return LawReview(
        regulation=rules.regulation,
        code=rules.code,
        digest=digest_of(folder),
        text=text.file.name if text is not None else "",
        official=text is not None and not text.digest,
        passages={code: words for code, words in passages.items() if words},
        parts=parts,
    )


def norm_line(norm: Norm) -> ReviewLine:
    """What ranks above the law: what it sets, or that nobody has read it yet."""
    place = f"，适用于行政区划代码以 {norm.applies_to} 开头的地方" if norm.applies_to else ""
    whole = f"{norm.number + '，' if norm.number else ''}{LABELS[norm.rank]}，{norm.issued} 通过或者公布{place}。"
    source = f"来源：{norm.source}。"
    if norm.bounds is None:
        return ReviewLine(norm.title, "upper-law-unread", f"上位法未核对：{whole}{source}")
    bounds, until = norm.bounds, f"，到 {norm.until}" if norm.until < dt.date.max else ""
    most, least = (f"{span(one.months)}，自{STARTS[one.start][1]}之日起" for one in (bounds.maximum, bounds.minimum))
    levels = "、".join(LABELS[level] for level in Level if level in bounds.yields_to)
    sets = f"最长公示期{most}；最短公示期{least}；{levels}另定的期限，从其规定。{classes_told(norm.classes)}"
    asked = f"{norm.since} 起施行{until}；是否适用由网站的律师答复（{norm.rule}）。"
    return ReviewLine(norm.title, norm.rule, f"{whole}{sets}{asked}{source}", norm.articles)


def classes_told(classes: ClassBounds | None) -> str:
    """What is set for penalties by class: how long each is shown, where it is; empty where nothing is."""
    if classes is None:
        return ""
    told = [
        f"{LABELS[one]}的{span(limit.minimum)}至{span(limit.maximum)}" if limit.shown else f"{LABELS[one]}的不公示"
        for one, limit in classes.limits.items()
    ]
    return f"行政处罚，自决定之日起：{'；'.join(told)}；轻重不明的不公示；适用简易程序的照轻微的。"


def _documents(rules: RuleSet) -> Iterator[ReviewLine]:
    """The documents above the law by which working days are counted, and nothing is decided."""
    for one, given in rules.clocks.items():
        for name in (rules.documents[code] for code in given.articles if code in rules.documents):
            yield ReviewLine(name, one.value, f"{CLOCKS[one]}：{workdays(given.days)}，晚了的提醒，不影响公开。")


def digest_of(folder: Path) -> str:
    """SHA-256 over the files of a law's folder: of the lines ``<SHA-256>  <path>``, ordered by path, as sha256sum's.

    Hidden files are left out.
    """
    named_files = ((one.relative_to(folder).as_posix(), one) for one in folder.rglob("[!.]*") if one.is_file())
    files = sorted((name, one) for name, one in named_files if "/." not in f"/{name}")
    lines = (f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {name}\n" for name, one in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def named(codes: Iterable[str], law: str) -> str:
    """Articles in words, those of another regulation with its code: ``第三十三条、DL 第二十八条``."""
    refs = [_ref(code) for code in codes]
    return "、".join(f"{'' if one.law == law else f'{one.law} '}{one}" for one in refs)


def _ref(code: str) -> ArticleRef:
    law, _, number = code.partition(" ")
    return ArticleRef(law, int(number))


def _parts(root: Fields, law: str) -> Iterator[ReviewPart]:
    columns = {kind: {one.name: one for one in RECORDED[kind].columns} for kind in Kind}
    rules = root.section("rules")
    kinds = {kind: rules.section(kind) for kind in Kind if kind in rules.names()}
    parts = [ReviewPart(LABELS[kind], tuple(_kind(one, law, columns[kind]))) for kind, one in kinds.items()]
    rules.finish()
    severe = next((part.lines for part in parts if part.title == LABELS[Kind.SEVERE]), ())
    asked = dict.fromkeys(code for line in severe if KNOWN["term"] in line.sentence for code in line.articles)
    yield ReviewPart("失信信息的披露期限", (ReviewLine("期限", "term", term(root.section("term")), tuple(asked)),))
    yield from parts
    clocks = root.section("clocks")
    yield ReviewPart(
        "工作日的期限", tuple(_clock(clocks.section(one), one, law) for one in Clock if one in clocks.names())
    )
    clocks.finish()
    watched = [_watch(one, law, columns) for one in root.sections("watch")]
    crossed = [_watch(one, law, columns) for one in root.sections("cross_watch")]
    yield ReviewPart("提醒网站管理员的（不影响公开）", (*watched, *crossed))
    clauses = root.section("clauses")
    effects = [
        ReviewLine(LABELS[one], one.value, f"{LABELS[one]}的措施写在这些条里。", _articles(clauses, one, law))
        for one in Effect
        if one in clauses.names()
    ]
    clauses.finish()
    said = (ReviewLine("设置", name, setting(name, root.text(name))) for name in SETTINGS)
    yield ReviewPart("其他", (*effects, *said))


def _kind(fields: Fields, law: str, columns: Columns) -> Iterator[ReviewLine]:
    usual = fields.flag("usual", default=True)
    told = "应当向社会公布" + ("" if usual else "；站点没有写明的，不开放这一类")
    yield ReviewLine("公布", "published_by", told, _articles(fields, "published_by", law))
    if "term" in fields.names():
        yield ReviewLine("期限", "term", period(fields.section("term"), columns))
    if "not_repairable" in fields.names():
        barred = fields.section("not_repairable")
        sentence = f"{condition(barred, columns)}的，不适用信用修复。"
        yield ReviewLine("修复", "not_repairable", sentence, _articles(barred, "articles", law))
        barred.finish()
    for one in fields.sections("withhold"):
        reason = Reason(one.text("reason"))
        one.text("asks")
        sentence = f"{condition(one, columns)}的，不公开。"
        yield ReviewLine(REASON_LABELS[reason], reason.value, sentence, _articles(one, "articles", law))
        one.finish()
    fields.finish()


def _clock(fields: Fields, name: Clock, law: str) -> ReviewLine:
    articles = _articles(fields, "articles", law)
    return ReviewLine(CLOCKS[name], name.value, clock(fields), articles)


def _watch(fields: Fields, law: str, columns: Mapping[Kind, Columns]) -> ReviewLine:
    """What is asked, of what; its numbers and words; and, where it is told by conditions alone, those."""
    kind, told = fields.text("kind"), [fields.text("asks")]
    if "when" in fields.names() or "when_any" in fields.names():
        told.append(f"{condition(fields, columns[Kind(kind)])}的，提醒：")
        told.append(f"{fields.text('message')}。{fields.text('hint')}。")
        fields.text("column")
    if "days" in fields.names():
        told.append(f"以 {fields.number('days')} 天为限。")
    if words := fields.texts("words"):
        told.append("、".join(words) + "。")
    line = ReviewLine(
        LABELS[Kind(kind)] if kind else "各类", fields.text("code"), "".join(told), _articles(fields, "articles", law)
    )
    fields.finish()
    return line


def _articles(fields: Fields, key: str, law: str) -> tuple[str, ...]:
    return tuple(one if " " in one else f"{law} {one}" for one in fields.texts(key))
