"""The files of a new site folder: settings with comments, the pages and law of a rule set, a theme of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import json
from pathlib import Path
from string import Template
from typing import Final

import msgspec

from site_builder.render.environment import OWN

HERE: Final = Path(__file__).parent
"""``overlay.yml``, ``holidays.yml``, ``<rules>/pages`` and ``<rules>/laws`` lie here.

In a page ``${name}`` and the like stand for what the site says."""

AWAITED: Final = dict.fromkeys(("operator", "phone", "address", "email", "hours"), "（待填写）")
"""What a new site does not say yet."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What the new site is to be.

    ``rules``: a rule set the program knows, whose ``regulation`` (with its ``code``, as ``DL``) decides what is
    published; the theme of that name lends its colours.
    """

    id: str
    rules: str
    code: str
    regulation: str
    name: str
    owner: str
    base_url: str
    base_path: str
    export_name: str
    export_path: str
    demo: bool


def site_files(wish: Wish) -> dict[str, str]:
    """Every file of the site folder by its path; the pages are those of the rule set, in the new name."""
    said = AWAITED | {"name": wish.name, "owner": wish.owner, "place": ""}
    return {
        "site.yml": _settings(wish),
        "lists.yml": _LISTS,
        "authorities.yml": _AUTHORITIES,
        **dict(_texts(HERE, "*.yml")),
        f"themes/{wish.id}/theme.yml": f"name: {wish.id}\ninherits: credit\n",
        **{f"laws/{name}": text for name, text in _texts(HERE / wish.rules / "laws", "*.md")},
        **{f"pages/{name}": text for name, text in pages(wish.rules, said)},
        **{f"themes/{wish.id}/style/{name}": text for name, text in _texts(OWN / wish.rules / "style", "*.css")},
    }


def pages(rules: str, said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The pages under a rule set: file name and text, with ``said`` for what is a site's own to say."""
    for name, text in _texts(HERE / rules / "pages", "*.md"):
        yield name, Template(text).substitute(said)


def _texts(folder: Path, pattern: str) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob(pattern)):
        yield path.name, path.read_text("utf-8")


def _settings(wish: Wish) -> str:
    """``site.yml``, every value quoted where YAML asks for it."""
    demo = "true # 演示站：全站显示「演示」字样。正式运行前改为 false" if wish.demo else "false"
    return f"""# 站点配置。路径相对于本文件；不认识的键会被拒绝，并指出在第几行。
site:
  name: {_quoted(wish.name)}
  city: {wish.rules} # 按哪里的规则裁决：{wish.regulation}
  base_url: {_quoted(wish.base_url)} # 网站的地址，后面不带路径和斜杠
  base_path: {_quoted(wish.base_path)} # 在子目录下运行时写 /目录/
  theme: {wish.id} # themes/{wish.id}/，继承自程序带的 credit
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
  - name: {wish.rules}
    code: {wish.code}
    title: {wish.regulation}
    file: laws/{wish.rules}.md

guard:
  max_shrink: 20 # 公开的记录一次减少超过百分之几就停下
"""


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
