"""Make the pages of the reference that come from the code: ``python docs/make.py``; ``--check`` only compares.

What the code cannot say in Chinese stands in ``words.yml``; a word too many or too few there stops this.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
import dataclasses
import datetime as dt
import inspect
from pathlib import Path
import re
import sys
import tempfile
import types
from typing import Any, Final, Literal, Union, cast, get_args, get_origin, get_type_hints

import click
import msgspec
import yaml

from site_builder.cli.main import INTERRUPTED, every_command
from site_builder.cli.words import named
from site_builder.config import companions
from site_builder.config.classes import KEYS as CLASS_KEYS
from site_builder.config.load import load_site
from site_builder.config.site import Site
from site_builder.config.waivers import Waiver
from site_builder.errors import Exit, SiteBuilderError
from site_builder.export import columns as export_columns
from site_builder.export.descriptor import Approval, Descriptor, Resource, ResourceFormat
from site_builder.export.schema import COLUMNS
from site_builder.findings import GROUPS
from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.kinds.severe_list.shown import SevereView
from site_builder.law.articles import articles
from site_builder.law.cities import all_shipped, shipped
from site_builder.outputs.columns import COLUMNS as SHOWN
from site_builder.pages import contexts, optional_contexts, province_contexts, urls
from site_builder.public import letters
from site_builder.public.letters import Letter
from site_builder.records.columns import Column, Type
from site_builder.render.filters import FILTERS
from site_builder.rules.decision import REASON_LABELS, Facts, Withhold
from site_builder.rules.ruleset import decide_record, view_of
from site_builder.rules.watch import CrossWatch, Watch
from site_builder.vocabulary import LABELS, OPTIONAL, Action, Kind

DOCS: Final = Path(__file__).resolve().parent
MADE: Final = "由程序生成（`python docs/make.py`），不要手改。"
WORDS: Final[dict[str, dict[str, str]]] = yaml.safe_load((DOCS / "words.yml").read_text("utf-8"))

_MINIMAL: Final = """
site: {name: n, city: dalian, base_url: "https://n.example", theme: t, demo: true}
unit: {owner: o}
export: {name: n, path: p}
"""
_WIDE_BREAK: Final = re.compile(r"(?<=[\u3000-\uffef])\s*\n\s*(?=[\u3000-\uffef])")
_PLACEHOLDERS: Final = {
    "record_id": "<编号>",
    "measure_id": "<编号>",
    "listed_in": "<年>",
    "year": "<年>",
    "value": "<值>",
    "key": "<方面>",
    "name": "<名称>",
    "category": "<类别>",
    "stem": "<名称>",
    "path": "<文件>",
    "extension": "<扩展名>",
    "kind": "<类别>",
    "base": "<列表>/",
    "law_href": "laws/<名称>.html#art-<条>",
    "base_url": "<base_url>",
    "base_path": "<base_path>",
    "address": "<地址>",
}
_NO_ADDRESSES: Final = {"slug", "file_of", "root_of", "view_of_text", "view_of_word", "view_of_year"}


def main() -> int:
    """Write the pages, or compare them; 0 where all is as it would be made."""
    check = "--check" in sys.argv[1:]
    made = pages()
    stale = [name for name, text in made.items() if not _same(DOCS / name, text)]
    for name in stale:
        if not check:
            (DOCS / name).write_text(made[name], encoding="utf-8")
        print(f"{'不一致' if check else '已写'}：docs/{name}")
    return 1 if check and stale else 0


def pages() -> dict[str, str]:
    """Every page made from the code: its name in ``docs/`` and its text."""
    makers = {
        "commands.md": command_line,
        "findings.md": findings,
        "site-file.md": site_file,
        "export.md": export,
        "addresses.md": addresses,
        "templates.md": templates,
        "terms.md": terms,
    }
    return {name: "\n".join(maker()) + "\n" for name, maker in makers.items()}


def command_line() -> Iterator[str]:
    """Every command, every option, every exit code."""
    yield from ("# 命令", "", MADE, "")
    yield "`site-builder 命令 --help` 显示同样的说明；`SITE_BUILDER_LANG=en site-builder 命令 --help` 是英文的。"
    yield "每条命令都有 `--json`：结果写成一个 JSON 对象；停下时是 `exit_code` 和 `findings`。"
    yield "只写 `site-builder` 显示帮助；写错的命令，回答最接近的是哪一条。"
    yield "程序自己出错时也是一项发现（`bug`）：写明版本、命令（不含各选项的值）和私密文件在哪里，交给维护程序的人；"
    yield "屏幕上从不出现回溯。"
    yield from ("", "## 退出码", "", "| 码 | 意思 |", "|---|---|")
    said = words("exits", [one.name for one in Exit])
    yield from (f"| {one.value} | {said[one.name]} |" for one in Exit)
    yield f"| {INTERRUPTED} | 中途按了 Ctrl-C，或者被要求结束：半途的东西都收走，线上不变 |"
    for name, command, inner in every_command():
        given = " ".join(one.make_metavar(inner) for one in command.params if isinstance(one, click.Argument))
        yield from ("", f"## {name}", "", f"`site-builder {name} {given}".rstrip() + "`", "")
        yield _WIDE_BREAK.sub("", inspect.cleandoc(command.help or ""))
        yield from ("", "| 选项 | 含义 |", "|---|---|")
        yield from (_option(one, inner) for one in command.params if isinstance(one, click.Option))


def _option(option: click.Option, ctx: click.Context) -> str:
    choices = option.type.choices if isinstance(option.type, click.Choice) else ()
    value = "" if option.is_flag else "…" if choices else named(option.make_metavar(ctx))
    notes = ["必填"] if option.required else []
    notes += ["可写多次"] if option.multiple else []
    if choices:
        notes.append("可写：" + " ".join(f"`{one}`" for one in choices))
    if isinstance(option.show_default, str):
        notes.append(f"默认：{option.show_default}")
    elif option.show_default:
        notes.append(f"默认：`{option.default}`")
    told = f"（{'；'.join(notes)}）" if notes else ""
    return f"| `{' '.join((*option.opts, value)).strip()}` | {_cell((option.help or '') + told)} |"


def findings() -> Iterator[str]:
    """The table of codes: what stops a release, and what is only warned of, with its articles in each city."""
    yield from ("# 发现的代码", "", MADE)
    yield "`check`、`build` 等命令把发现写成「文件:行:列 代码 说明」，下一行是怎么办。"
    yield "「提醒」不影响发布（`check --strict` 除外）；其余都使命令停下，什么也不写。"
    for group, codes in GROUPS.items():
        yield from ("", f"## {group}", "", "| 代码 | 意思和办法 |", "|---|---|")
        yield from (f"| `{code}` | {meaning} |" for code, meaning in codes.items())
    yield from ("", "## 提醒：法规要求而导出没有做到的", "", "| 代码 | 问什么 | 条款 |", "|---|---|---|")
    told: dict[str, tuple[str, list[str]]] = {}
    names: dict[str, str] = {}
    for rules in (version for law in all_shipped().values() for version in law.versions):
        names |= rules.names
        watched: list[Watch | CrossWatch] = [*rules.watches, *rules.cross_watches]
        for watch in watched:
            told.setdefault(watch.code, (watch.question, []))[1].extend(watch.articles)
    for code, (question, by) in told.items():
        yield f"| `{code}` | {question} | {articles(by, names)} |"


def site_file() -> Iterator[str]:
    """Every key of ``site.yml`` and of the files beside it: whether it is needed and its default, as reading has it."""
    yield from ("# 站点文件", "", MADE, "")
    yield "站点文件夹的名称就是站点的名称。里面的 `site.yml` 写设置；路径从这个文件夹算起。"
    yield "不认识的键、写错的值、缺少的键都会被拒绝，一次全部指出在第几行。`init` 写好的文件可以直接改。"
    with tempfile.TemporaryDirectory() as scratch:
        needed = _needed(Path(scratch) / "n")
        (Path(scratch) / "n" / "site.yml").write_text(_MINIMAL, encoding="utf-8")
        defaults = load_site(Path(scratch) / "n" / "site.yml")
    keys: list[str] = []
    for name, inner in _sections():
        keys += [name, *(f"{name}.{field}" for field in inner)]
    said = words("site-file", keys)
    for name, inner in _sections():
        yield from ("", f"## `{name}`", "", said[name])
        if inner:
            yield from ("", "| 键 | 写什么 | 不写时 | 含义 |", "|---|---|---|---|")
        for field, hint in inner.items():
            key = f"{name}.{field}"
            absent = "**必填**" if key in needed else _default(getattr(getattr(defaults, name), field, ""))
            yield f"| `{field}` | {_type(hint)} | {absent} | {said[key]} |"
    yield from _beside()


def _sections() -> Iterator[tuple[str, dict[str, Any]]]:
    """The sections of ``site.yml`` with their keys and types; none where the keys are free."""
    for name, hint in get_type_hints(Site).items():
        kind = get_args(hint)[0] if get_origin(hint) is tuple else hint
        if name in {"lists", "authorities", "holidays", "overlay", "waivers", "classes"} or hint in {str, Path}:
            continue
        yield name, get_type_hints(kind) if dataclasses.is_dataclass(kind) else {}


def _needed(folder: Path) -> set[str]:
    """The keys reading misses in a file that has none."""
    folder.mkdir()
    found: set[str] = set()
    for written in ("laws: [{}]", "member_sites: [{}]"):
        (folder / "site.yml").write_text(f"{written}\n", encoding="utf-8")
        try:
            load_site(folder / "site.yml", members=True)
        except SiteBuilderError as error:
            missed = (re.search("缺少「(.*)」", one.message) for one in error.findings)
            found |= {re.sub(r"\[[0-9]+\]", "", one[1]) for one in missed if one}
        else:
            raise SystemExit("an empty site file was read")
    return found


def _type(hint: object) -> str:
    inner = [one for one in get_args(hint) if one is not type(None)]
    match hint:
        case _ if get_origin(hint) in {types.UnionType, Union}:
            return _type(inner[0])
        case _ if get_origin(hint) is Literal:
            return " 或 ".join(f"`{one}`" for one in inner)
        case _ if get_origin(hint) is tuple:
            return "列表"
        case _ if hint is bool:
            return "`true` 或 `false`"
        case _:
            return "数" if hint is int else "路径" if hint is Path else "文字"


def _default(value: object) -> str:
    match value:
        case bool():
            return f"`{str(value).lower()}`"
        case int() if value and value % (1 << 30) == 0:
            return f"`{value >> 30} GiB`"
        case int():
            return f"`{value}`"
        case str() if value:
            return f"`{value}`"
        case _:
            return "—"


_CLASSES = (
    "行政处罚的轻重：各行业公布的分类标准，一项一类，先写的先比；没有这个文件就没有标准，程序自己不带。"
    "导出里写明轻重的照导出；都没有的，国家规定适用时不公开，`check` 告诉处罚机关。"
)


def _beside() -> Iterator[str]:
    """The files beside ``site.yml``."""
    about = {
        "lists": (companions.ListProfile, "名单的说明：名单名称（或 `default`）→ 下面几项，也可以用中文作键。"),
        "authorities": (companions.Authority, "认定单位的联系方式：单位名称 → 下面几项。"),
        "holidays": (companions.Arrangement, "放假安排：年份 → 下面几项；先于程序自带的表。日子可以写成从哪天到哪天。"),
        "waivers": (Waiver, "放行的文字，由 `waive` 写并签名（[自由文字里的个人信息](private.md)）；不公开。"),
        "overlay": (companions.OverlayItem, "等不到下一次导出的处置，通常由 `withhold` 写；只会撤下或加标记。"),
    }
    keys = {
        name: [one for one in kind.__struct_fields__ if one not in {"row", "year"}] for name, (kind, _) in about.items()
    }
    keys["classes"] = list(CLASS_KEYS)
    texts = {name: text for name, (_, text) in about.items()} | {"classes": _CLASSES}
    said = words("beside", [f"{name}.{key}" for name, inner in keys.items() for key in inner])
    for name, text in texts.items():
        yield from ("", f"## `{name}.yml`", "", text, "", "| 键 | 含义 |", "|---|---|")
        yield from (f"| `{key}` | {said[f'{name}.{key}']} |" for key in keys[name])
        yield from _orders() if name == "overlay" else ()
    yield from ("", "## `pages/*.md`", "", "指南，一个文件一页；文件名就是网址。开头是两行三个连字符之间的几项：", "")
    front = ("title", "order", "description", *(f"letter.{one}" for one in Letter.__struct_fields__))
    said = words("pages", front)
    yield from ("| 键 | 含义 |", "|---|---|")
    yield from (f"| `{key}` | {said[key]} |" for key in front)
    yield from ("", "`{移出条件}` 一类是记录页上同名的那一项，打开时由浏览器从记录页填进去（`{甲|乙}`：先有的一个）；")
    yield "填的内容只在当事人的浏览器里，打印或者存成 Word 文档，从不发送。"
    yield from ("", "## `news/*.md`", "", "单位发布的公告和动态，附件放在同名的文件夹里：见[公告和附件](news.md)。")


def _orders() -> Iterator[str]:
    """What the overlay may order, and of which kinds."""
    orders = words("orders", [one.value for one in Action])
    yield from ("", "| `what` | 意思 | 用于 |", "|---|---|---|")
    for what in Action:
        kinds = "、".join(LABELS[kind] for kind in Kind if what in companions.OVERLAY_PAIRS[kind])
        yield f"| `{what}` | {orders[what]} | {kinds} |"


def export() -> Iterator[str]:
    """The descriptor and every column of every list."""
    yield from ("# 获准公开的导出", "", MADE, "")
    yield "一个文件夹（或它的 zip）：`datapackage.json` 和它列出的文件（[Data Package](https://datapackage.org)）。"
    yield "通常由 `pack` 生成、`approve` 批准；自己的系统也可以直接写。"
    parts = {"": Descriptor, "approval.": Approval, "resources.": Resource}
    left = {"version_key", "digest"}
    keys = {head: [one for one in kind.__struct_fields__ if one not in left] for head, kind in parts.items()}
    said = words("descriptor", [head + key for head, inner in keys.items() for key in inner])
    for head, inner in keys.items():
        yield from ("", f"## `datapackage.json`{f' 的 `{head[:-1]}`' if head else ''}", "")
        yield from ("| 键 | 含义 |", "|---|---|")
        for key in inner:
            more = "：" + "、".join(f"`{one}`" for one in ResourceFormat) if key == "format" else ""
            yield f"| `{key}` | {said[head + key]}{more} |"
    yield from ("", "## 怎样写", "")
    yield "- 列名用中文或机器名。CSV、Excel 第一行是表头（Excel 读第一张表）；JSONL 一行一个对象。"
    yield "- 日期写 `2026-03-05`；是否写 `true` `false` `是` `否`，空为否；几项用 `；` 隔开（JSONL 用数组）。"
    yield "- 「公开」一栏有 ● 的给访客看，其余从不离开导出。自然人的证件号只显示首尾四位。"
    yield f"- 一律不收：{'、'.join(export_columns.FORBIDDEN)}（大连条例第十八条、凌源办法第十二条）。"
    types_said = words("types", [one.name for one in Type])
    for kind, columns in COLUMNS.items():
        shown = {one.name: one.about for one in SHOWN[kind]}
        yield from ("", f"## `{kind}` {LABELS[kind]}", "")
        yield from ("| 列 | 机器名 | 写什么 | 公开 | 含义 |", "|---|---|---|---|---|")
        for one in columns:
            must = "，**必填**" if one.required else ""
            mark = "●" if one.name in shown else ""
            yield (
                f"| {one.label} | `{one.name}` | {types_said[one.type.name]}{_words_of(one)}{must} | {mark} "
                f"| {_cell(shown.get(one.name, ''))} |"
            )


def _words_of(column: Column) -> str:
    spelt: dict[str, str] = {}
    for spelling, member in column.words.items():
        if spelling != member:
            spelt.setdefault(member, spelling)
    return "：" + "、".join(f"{spelling} `{member}`" for member, spelling in spelt.items()) if spelt else ""


def addresses() -> Iterator[str]:
    """Every address, from ``pages/urls.py``."""
    yield from ("# 网址", "", MADE, "")
    yield "都相对于网站的根。以 `/` 结尾的是文件夹，里面是 `index.html`。"
    yield "记录的网址永久不变；不再公开的，网址也不再存在。"
    yield from ("", "| 网址 | 是什么 |", "|---|---|")
    named = {name: value for name, value in vars(urls).items() if name.isupper() and isinstance(value, str)}
    fixed = {name: value for name, value in named.items() if name not in _NO_ADDRESSES}
    made = {
        name: one
        for name, one in vars(urls).items()
        if inspect.isfunction(one) and one.__module__ == urls.__name__ and name not in _NO_ADDRESSES
    }
    said = words("addresses", [*fixed, *made])
    yield from (f"| `{value}` | {said[name]} |" for name, value in fixed.items())
    yield from ("", "| 网址 | 是什么 |", "|---|---|")
    for name, one in made.items():
        yield from (f"| `{address}` | {said[name]} |" for address in _addresses(name, one))
    yield from ("", "认定单位、名单名称在网址里写成名称的 SHA-256 的前 12 位，所以改名就是一个新列表。")
    yield "列表除最新一页外，每页以页上最新一条的编号（同样写成 12 位）为名，新增记录不改变它。"


def _addresses(name: str, made: Any) -> Iterator[str]:  # noqa: ANN401  # a function of urls.py
    """The address with its parts named; one for each kind where its folder depends on it."""
    if name == "authority_feed":
        yield f"{urls.FEEDS}authority/<单位>.xml"
        return
    if name == "older_page":
        yield "<列表>/page-<页>.html"
        return
    wanted = inspect.signature(made).parameters
    whole = [kind for kind in Kind if kind is not Kind.SEVERE]
    of_name = {"record": Kind, "record_json": Kind, "first_of": OPTIONAL, "whole": whole, "by": Kind}
    kinds = of_name.get(name, [_PLACEHOLDERS["kind"]])
    for kind in kinds:
        yield made(**{one: kind if one == "kind" else _PLACEHOLDERS[one] for one in wanted})


def templates() -> Iterator[str]:
    """What each template gets: the structures of ``pages/contexts.py`` and the files beside it of that name."""
    yield from ("# 模板得到什么", "", MADE, "")
    yield "给写主题的人。模板只看得见 `page`（下面的一种）和 `root`（从这一页回到网站根，`./`、`../`……）；"
    yield "链接写成 `{{ root }}{{ href }}`。`layout.html` 得到 `layout`（Layout）、`root`、`head`、`main`；"
    yield "`head.html` 得到 `meta`（Meta）和 `layout`。一切自动转义，`Markup` 是已经安全的 HTML；名字写错就不能构建。"
    yield f"过滤器：{'、'.join(f'`{one}`' for one in FILTERS)}（`site_builder/render/filters.py`）。"
    yield '`{{ measure | part("applied.html", root) }}` 用另一个模板渲染一件东西（在那里叫 `page`），'
    yield "许多页共用的一件只渲染一次。"
    yield "主题怎样写见[主题](theme.md)。"
    sources = [
        ast.parse(inspect.getsource(module)) for module in (contexts, optional_contexts, province_contexts, letters)
    ]
    classes = {one.name: one for source in sources for one in source.body if isinstance(one, ast.ClassDef)}
    of_template = {
        found[1]: name
        for name, one in classes.items()
        if (found := re.match(r"``([a-z0-9-]+\.html)``", ast.get_docstring(one) or ""))
    }
    given = of_template | {"layout.html": "Layout", "head.html": "Meta", "severe-row.html": "SevereRow"}
    given |= {"applied.html": "MeasureRow", "ways.html": "Advice"}
    given |= dict.fromkeys(
        ("severe-list.html", "measures.html", "role-models.html", "optional-list.html"), "RecordList"
    )
    given["not-found.html"] = given.pop("404.html")
    said = words("templates", given)
    described: dict[str, str] = {}
    for template, name in given.items():
        yield from ("", f"## `{template}`", "")
        if name in described:
            yield f"{said[template]}：{name}，见 `{described[name]}`"
            continue
        described[name] = template
        yield from (f"{said[template]}：{name}", "")
        yield from _fields(classes[name])
    yield from ("", "## 各部分", "")
    for name, one in classes.items():
        if name not in given.values():
            yield from ("", f"### {name}", "")
            yield from _fields(one)


def _fields(one: ast.ClassDef) -> Iterator[str]:
    """What the code itself says of a structure, as code: the page around it is Chinese."""
    yield "```python"
    yield from (f"# {line}".rstrip() for line in inspect.cleandoc(ast.get_docstring(one) or "").splitlines())
    for field in one.body:
        if isinstance(field, ast.AnnAssign):
            yield f"{ast.unparse(field.target)}: {ast.unparse(field.annotation)}"
    yield "```"


def terms() -> Iterator[str]:
    """Worked examples of the disclosure term, decided by the cities' own rules."""
    yield from ("# 公示到哪一天：例子", "", MADE, "")
    yield "两地都是五年，从失信行为终止之日起算，首尾都算，节假日不顺延；不同的地方："
    yield ""
    yield "- **大连**（条例第三十五条）：判处刑罚的从服刑期满起算；届满还没有移出名单的，依法延长到移出之日。"
    yield "- **凌源**（办法第十五条）：五年是上限，到期即止；只有法律、行政法规可以规定得更长。"
    yield "- 起算日不明的不公开：不知道，就不能多公开一天。"
    yield ""
    yield "下面每一行都由程序自己裁决得出。"
    yield from ("", "| 情形 | 核验日 | 大连 | 凌源 |", "|---|---|---|---|")
    for case in yaml.safe_load((DOCS / "terms.yml").read_text("utf-8")):
        cells = " | ".join(_decided(case["entry"], case["as_of"], city) for city in ("dalian", "lingyuan"))
        yield f"| {case['about']} | `{case['as_of']}` | {cells} |"


def _decided(changes: Mapping[str, object], as_of: dt.date, city: str) -> str:
    """What a city's rules decide of an invented entry: how its term reads, or why it is withheld."""
    law = shipped(city)
    plain = {one.name: "演示" for one in msgspec.structs.fields(SevereEntry) if one.type is str}
    base: dict[str, object] = plain | {
        "id": "S-1",
        "subject_code": "",
        "disclosure": "public",
        "subject_type": "legal_person",
        "category": "market_order",
        "natural_person_basis": "《演示办法》第六条",
        "basis": ["《演示条例》第一条"],
        "decided_on": dt.date(2024, 5, 10),
        "notified_on": dt.date(2024, 5, 1),
        "listed_on": dt.date(2024, 5, 12),
        "published_on": dt.date(2024, 5, 15),
    }
    entry = msgspec.convert(base | dict(changes), SevereEntry)
    facts = Facts(as_of=as_of, show_responsible=False)
    decision = decide_record(entry, law, facts)
    if isinstance(decision, Withhold):
        reason = decision.reasons[0]
        rules = law.on(as_of)
        by = next(rule.articles for rule in rules.kinds[entry.kind].rules if rule.reason is reason)
        return f"不公开：{REASON_LABELS[reason]}（{articles(by, rules.names)}）"
    return cast("SevereView", view_of(entry, law, facts)).term_text


def words(section: str, wanted: Iterable[str]) -> dict[str, str]:
    """The words of a section of ``words.yml``, exactly those wanted."""
    said, names = WORDS[section], list(wanted)
    for name in names:
        if name not in said:
            raise SystemExit(f"docs/words.yml：{section} 缺少 {name}")
    for name in said:
        if name not in names:
            raise SystemExit(f"docs/words.yml：{section} 多出 {name}")
    return said


def _cell(text: str) -> str:
    """Text that may stand in a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
