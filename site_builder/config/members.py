"""``member_sites:`` the sites a province's site is put together of, and what such a site may say beside them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from site_builder.config import site as s
from site_builder.config.fields import Fields
from site_builder.config.source import Faults
from site_builder.errors import Exit, Place, SiteBuilderError, refuse
from site_builder.signing import key_fault

MEMBERS: Final = "member_sites"
"""The key by which a site is known to be put together of others."""

SLUG: Final = r"[a-z0-9-]+"
SLUG_HINT: Final = "只用小写字母、数字和连字符"
_ORIGIN: Final = r"https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?"
_BASE_PATH: Final = r"/([A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*"
_MOST_ORIGINS: Final = 3500
"""Characters of all members' origins in the content policy: nginx reads no longer word of a configuration than 4096."""

_USELESS: Final = (
    "lists.yml",
    "authorities.yml",
    "overlay.yml",
    "waivers.yml",
    "classes.yml",
    "holidays.yml",
    "news/",
)


def read_address(fields: Fields) -> tuple[str, str]:
    """``base_url`` and ``base_path`` of a site: its own, or a member's."""
    return (
        fields.text(
            "base_url", required=True, pattern=_ORIGIN, expected="应当如 https://example.cn，后面不带路径和斜杠"
        ),
        fields.text(
            "base_path", default="/", pattern=_BASE_PATH, expected="应当以 / 开头、以 / 结尾，如 / 或 /credit/"
        ),
    )


def read_members(fields: Fields, own: s.SiteInfo) -> tuple[s.Member, ...]:
    """The members in the file's order; none stands twice, none is the site itself (``own``)."""
    members: list[s.Member] = []
    taken = {("address", _comparable(own.base_url + own.base_path))}
    row, listed = fields.row_of(MEMBERS), fields.sections(MEMBERS)
    for one in listed:
        base_url, base_path = read_address(one)
        member = s.Member(
            id=one.text("id", required=True, pattern=SLUG, expected=SLUG_HINT),
            name=one.text("name", required=True),
            base_url=base_url,
            base_path=base_path,
            publishes=one.text("publishes"),
            division=one.text("division", pattern="[0-9]{6}", expected="应当是六位行政区划代码"),
            key=one.text("key"),
        )
        one.finish()
        if member.key and (why := key_fault(member.key)):
            one.faults.add("bad-key", one.row_of("key"), f"「{one.path}key」{why}", "填 site-builder keygen 生成的公钥")
        if own.base_url.startswith("https:") and base_url.startswith("http:"):
            hint = "本站用 https，浏览器不让它的网页读 http 的网站：成员也要用 https"
            one.faults.add("bad-value", one.row_of("base_url"), f"「{one.path}base_url」写的是「{base_url}」", hint)
        for key, value in (("id", member.id), ("name", member.name), ("address", _comparable(member.address))):
            if value and (key, value) in taken:
                what = f"「{one.path}{key}」" if key != "address" else f"「{one.path.rstrip('.')}」的网址"
                row_of = one.row_of("base_url" if key == "address" else key)
                one.faults.add(
                    "bad-value", row_of, f"{what}与前面的（或者本站的）重复", "每个网站写一次，各有各的编号、名称和网址"
                )
            taken.add((key, value))
        members.append(member)
    if sum(len(one.base_url) + 1 for one in members) > _MOST_ORIGINS:
        hint = "它们都写在查询页的内容安全策略里：减少成员，或者分成几个这样的网站"
        fields.faults.add("bad-value", row, f"「{MEMBERS}」里的网站太多，网址合起来超过 {_MOST_ORIGINS} 个字符", hint)
    if not listed:
        fields.faults.add(
            "missing-key", row, f"「{MEMBERS}」里一个网站也没有", "每个成员网站写一项：- id: … name: … base_url: …"
        )
    return tuple(members)


def read_publish(fields: Fields, folder: Path) -> s.PublishRules:
    """What of ``publish:`` is asked of a site without records."""
    sign_key = fields.text("sign_key")
    rules = s.PublishRules(
        precompress=fields.flag("precompress"),
        keep=fields.number("keep"),
        sign_key=folder / sign_key if sign_key else None,
    )
    fields.finish()
    return rules


def refuse_useless(faults: Faults, folder: Path) -> None:
    """Files that decide about records, and announcements, that would do nothing here: whoever wrote one means it to."""
    for name in _USELESS:
        if os.path.lexists(folder / name):
            hint = "写到它所属的那个成员网站的站点文件夹里，再从这里删去"
            faults.add("bad-value", 0, f"由几个网站合成的站点里，{name} 不起作用", hint)


def no_export_here(fields: Fields, file: str) -> SiteBuilderError:
    """What a command says that needs an export, to a site that has none. Exit code 2."""
    message = "这个站点由几个网站合成，没有自己的导出和记录，这条命令用不上"
    hint = "记录的事到那个成员网站的站点文件夹里做；这里可以用 build、check、serve、audit、next、deploy-files"
    place = Place(file, fields.row_of(MEMBERS), MEMBERS)
    return refuse("member-sites", message, hint=hint, place=place, exit_code=Exit.USAGE)


def _comparable(address: str) -> str:
    """An address so that two that are the same to a browser are equal."""
    scheme, _, rest = address.partition("://")
    host, _, path = rest.partition("/")
    usual = {"http": ":80", "https": ":443"}.get(scheme, "")
    return f"{scheme}://{host.lower().removesuffix(usual) if usual else host.lower()}/{path}"
