"""The files of a new site folder: settings with comments, the pages and law of a rule set, a theme of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import json
from pathlib import Path
from string import Template
from typing import Final

import msgspec

from site_builder.config.site import ABOVE, SHIPPED
from site_builder.render.environment import OWN
from site_builder.rules.above import Norm

HERE: Final = Path(__file__).parent
"""``overlay.yml`` and ``holidays.yml`` lie here."""

BASE: Final = "credit"
"""The theme of the program that a new site's inherits."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What the new site is to be.

    ``law``: the folder of the law that decides what is published, whose ``regulation`` has this ``code``; it comes with
    the program, and the theme of its name lends its colours, or is to be a folder of the site. ``norms``: what ranks
    above it. ``digest``: its text is one, whose place the official text can take.
    """

    id: str
    law: Path
    code: str
    regulation: str
    name: str
    owner: str
    base_url: str
    base_path: str
    export_name: str
    export_path: str
    demo: bool
    digest: bool
    norms: tuple[Norm, ...] = ()

    @property
    def shipped(self) -> bool:
        """Whether the law comes with the program."""
        return SHIPPED.get(self.law.name) == self.law

    @property
    def theme(self) -> str:
        """What the site's theme is called: as the site, but never as the one it inherits."""
        return self.id if self.id != BASE else f"{self.id}-own"

    @property
    def text_of_law(self) -> Path | None:
        """The text or digest of the regulation, where the folder has one."""
        return next(iter(sorted((self.law / "law").glob("*.md"))), None)

    @property
    def official_text(self) -> str:
        """Where the official text stands in the site folder, or is to stand."""
        return f"laws/{self.name_of_law}.{'txt' if self.digest else 'md'}"

    @property
    def name_of_law(self) -> str:
        """What the law's page is called; the pages of the folder link to it by this name."""
        return self.text_of_law.stem if self.text_of_law is not None else self.code.lower()


def site_files(wish: Wish) -> dict[str, str]:
    """Every file of the site folder by its path; the pages are those of the law's folder, in the new name.

    A law that does not come with the program becomes the folder ``law/``, without its pages and texts, which become the
    site's own.
    """
    said = {"name": wish.name, "owner": wish.owner, "place": ""}
    return {
        "site.yml": _settings(wish),
        "lists.yml": _LISTS,
        "authorities.yml": _AUTHORITIES,
        **dict(_texts(HERE, "*.yml")),
        f"themes/{wish.theme}/theme.yml": f"name: {wish.theme}\ninherits: {BASE}\n",
        **_law_texts(wish),
        **{f"pages/{name}": text for name, text in pages(wish.law, said)},
        **({} if wish.shipped else {f"law/{name}": text for name, text in _texts(wish.law, "*.yml")}),
        **{f"themes/{wish.theme}/style/{name}": text for name, text in _style(wish)},
    }


def pages(law: Path, said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The pages of a law's folder: file name and text, with ``said`` for what is a site's own to say (``${name}``)."""
    for name, text in _texts(law / "pages", "*.md"):
        yield name, Template(text).safe_substitute(said)


def _laws_above(wish: Wish) -> str:
    """The digests of what ranks above the law, as pages of the site."""
    told = (
        f"  - name: {Path(norm.text).stem}\n    code: {norm.code}\n"
        f"    title: {norm.title}\n    file: laws/{Path(norm.text).name}\n"
        for norm in wish.norms
        if norm.text
    )
    return "".join(told)


def _reviews(wish: Wish) -> str:
    """Nothing is answered yet of what ranks above the law."""
    waiting = [
        f"    - {{rule: {norm.rule}, answer: pending}} # 《{norm.title}》（{norm.number}），{norm.since} 起施行\n"
        for norm in wish.norms
        if norm.rule
    ]
    head = (
        "\n# 排在本地法规之上的规定是否适用，由本站的律师答复：site-builder law answer。"
        "没有答复，正式的网站不能发布新版本。\n"
    )
    return f"{head}law:\n  review:\n{''.join(waiting)}" if waiting else ""


def _law_texts(wish: Wish) -> dict[str, str]:
    """The text or digest of the regulation, under the name of its page, and those of what ranks above it."""
    text = f"# {wish.regulation}\n\n第一条 （正文待补充）\n"
    own = wish.text_of_law.read_text("utf-8") if wish.text_of_law is not None else text
    above = {
        f"laws/{Path(norm.text).name}": (ABOVE / norm.layer / norm.text).read_text("utf-8")
        for norm in wish.norms
        if norm.text
    }
    return {f"laws/{wish.name_of_law}.md": own} | above


def _style(wish: Wish) -> Iterator[tuple[str, str]]:
    return _texts(OWN / wish.law.name / "style", "*.css") if wish.shipped else iter(())


def _texts(folder: Path, pattern: str) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob(pattern)):
        yield path.name, path.read_text("utf-8")


def _settings(wish: Wish) -> str:
    """``site.yml``, every value quoted where YAML asks for it."""
    demo = "true # 演示站：全站显示「演示」字样。正式运行前改为 false" if wish.demo else "false"
    return f"""# 站点配置。路径相对于本文件；不认识的键会被拒绝，并指出在第几行。
site:
  name: {_quoted(wish.name)}
  city: {wish.law.name if wish.shipped else "./law"} # 按哪里的规则裁决：{wish.regulation}
  base_url: {_quoted(wish.base_url)} # 网站的地址，后面不带路径和斜杠
  base_path: {_quoted(wish.base_path)} # 在子目录下运行时写 /目录/
  theme: {wish.theme} # themes/{wish.theme}/，继承自程序带的 {BASE}
  demo: {demo}

unit:
  owner: {_quoted(wish.owner)}
  # operator: 承办单位
  # phone: 电话
  # address: 地址
  # email: 电子邮箱
  # hours: 工作时间

# marks: 网站标识码、备案号等。没有真实号码时整段不写，页面就不显示。
# marks:
#   site_id: ""
#   icp: ""
#   police: ""

export:
  name: {wish.export_name} # 导出的 datapackage.json 里的 name 要与它相同
  path: {_quoted(wish.export_path)}
  trusted_keys: [] # 写入审批人的公钥后，导出必须带有效签名
  ignore_columns: []

publish:
  precompress: false
  keep: 0 # 线上版本之外还留几个旧版本；旧版本里有已经到期的内容

# regions: 六位行政区划代码和名称，例如
# regions:
#   "000000": 某区

laws:
  - name: {wish.name_of_law}
    code: {wish.code}
    title: {wish.regulation}
    file: {wish.official_text}{_ABOUT_DIGEST.format(wish.name_of_law) if wish.digest else ""}
{_laws_above(wish)}{_reviews(wish)}
# statutes: 记录里引用的、网站上没有的法律法规，各写一个地址；没有写的引用不是链接。例如
# statutes:
#   中华人民共和国行政处罚法: https://…

guard:
  max_shrink: 20 # 公开的记录一次减少超过百分之几就停下
"""


_ABOUT_DIGEST: Final = " # 官方文本（UTF-8）放在这里；没有这个文件时，网站上是提要 laws/{}.md"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_LISTS: Final = """# 各份名单的认定办法、移出、异议和修复说明，显示在名单页面上；没有单列的名单用 default。
default:
  认定办法: 以作出认定的单位公布的认定管理办法为准。
  移出: 按决定文书载明的移出条件和程序，向认定单位申请。
  异议: 向本网站的承办单位或者信息来源单位提出。
  修复: 向作出认定的单位申请；依法不能修复的除外。
"""
_AUTHORITIES: Final = """# 认定单位的联系方式，显示在记录页上。每个单位写：
#
# 某某市市场监督管理局:
#   phone: 电话
#   address: 地址
#   hours: 工作时间
#   link: https://…
{}
"""
