"""The files of a new site folder: settings with comments, the pages and law of a rule set, a theme of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import msgspec

from site_builder.config.load import load_site
from site_builder.render.environment import OWN

PROGRAM: Final = Path(__file__).resolve().parents[2]
"""The folder the program came in, with the content of the cities it knows."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What the new site is to be. ``rules``: a city the program knows, whose regulation decides what is published."""

    id: str
    rules: str
    name: str
    owner: str
    base_url: str
    base_path: str
    export_name: str
    export_path: str
    demo: bool


def site_files(wish: Wish) -> dict[str, str]:
    """Every file of the site folder by its path; the pages are those of the rule set's own city, in the new name."""
    source = PROGRAM / "content" / wish.rules
    own = load_site(source / "site.yml")
    files = {
        "site.yml": _settings(wish, own.laws[0].name, own.laws[0].code, own.laws[0].title),
        "lists.yml": _LISTS,
        "authorities.yml": _AUTHORITIES,
        "overlay.yml": _overlay(source),
        f"themes/{wish.id}/theme.yml": f"name: {wish.id}\ninherits: credit\n",
    }
    for path in sorted((source / "laws").iterdir()):
        files[f"laws/{path.name}"] = path.read_text("utf-8")
    for path in sorted((source / "pages").glob("*.md")):
        text = path.read_text("utf-8").replace(own.site.name, wish.name)
        text = text.replace(f"是{own.laws[0].title[:3]}向社会", "是向社会")
        for before, after in (
            (own.unit.owner, wish.owner),
            (own.unit.operator, "（待填写）"),
            (own.unit.phone, "（待填写）"),
            (own.unit.address, "（待填写）"),
            (own.unit.email, "（待填写）"),
            (own.unit.hours, "（待填写）"),
        ):
            text = text.replace(before, after) if before else text
        files[f"pages/{path.name}"] = text
    theme = OWN / own.site.theme / "style"
    for path in sorted(theme.glob("*.css")):
        files[f"themes/{wish.id}/style/{path.name}"] = path.read_text("utf-8")
    return files


def _settings(wish: Wish, law: str, code: str, title: str) -> str:
    """``site.yml``, every value quoted where YAML asks for it."""
    demo = "true # 演示站：全站显示「演示」字样。正式运行前改为 false" if wish.demo else "false"
    return f"""# 站点配置。路径相对于本文件；不认识的键会被拒绝，并指出在第几行。
site:
  name: {_quoted(wish.name)}
  city: {wish.rules} # 按哪里的规则裁决：{title}
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
  - name: {law}
    code: {code}
    title: {title}
    file: laws/{law}.md

guard:
  max_shrink: 20 # 公开的记录一次减少超过百分之几就停下
"""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _overlay(source: Path) -> str:
    """The rule set's empty overlay with its explanation."""
    text = (source / "overlay.yml").read_text("utf-8")
    return "".join(line for line in text.splitlines(keepends=True) if line.startswith("#")) + "[]\n"


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
