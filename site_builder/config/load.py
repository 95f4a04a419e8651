"""Reading a site folder: ``site.yml`` and the files beside it, every fault at once."""

from __future__ import annotations

from collections.abc import Callable
import difflib
import os
from pathlib import Path, PurePosixPath
import re
from typing import TypeVar, cast

from site_builder.config import site as s
from site_builder.config.classes import CLASSES, read_classes
from site_builder.config.companions import (
    LINK,
    LINK_EXPECTED,
    IssuedRules,
    read_authorities,
    read_holidays,
    read_lists,
    read_overlay,
)
from site_builder.config.fields import Fields
from site_builder.config.members import (
    MEMBERS,
    SLUG,
    SLUG_HINT,
    no_export_here,
    read_address,
    read_members,
    read_publish,
    refuse_useless,
)
from site_builder.config.review import LawReviews, read_reviews
from site_builder.config.source import Faults, parse_yaml, read_text
from site_builder.config.waivers import Waivers, read_waivers, signed
from site_builder.errors import Exit, Finding, SiteBuilderError, refuse
from site_builder.vocabulary import OPTIONAL, Kind

T = TypeVar("T")


def load_site(path: Path, *, members: bool = False) -> s.Site:
    """The site whose ``site.yml`` (or folder) is ``path``.

    Raises :class:`SiteBuilderError` with every fault of ``site.yml``, ``lists.yml``, ``authorities.yml``,
    ``overlay.yml``, ``waivers.yml``, ``classes.yml`` and ``holidays.yml``, exit code 2; ``member-sites`` for a site put
    together of others, which has no export, where ``members`` does not say that it will do. Places are written under
    ``path`` as given; ``Site.folder`` is absolute.
    """
    shown = path / "site.yml" if path.is_dir() else path
    file = Path(os.path.abspath(shown))  # noqa: PTH100 (links stay: the folder's name is the site's)
    if not file.parent.name:
        raise refuse("bad-value", "站点文件应当放在自己的文件夹里", exit_code=Exit.USAGE)
    found: list[Finding] = []
    lists = _attempt(found, lambda: read_lists(shown.parent / "lists.yml"))
    authorities = _attempt(found, lambda: read_authorities(shown.parent / "authorities.yml"))
    overlay = _attempt(found, lambda: read_overlay(shown.parent / "overlay.yml"))
    holidays = _attempt(found, lambda: read_holidays(shown.parent / "holidays.yml"))
    waivers = _attempt(found, lambda: read_waivers(shown.parent))
    classes = _attempt(found, lambda: read_classes(shown.parent / CLASSES))
    faults = Faults(str(shown))
    try:
        fields = Fields(parse_yaml(read_text(shown), faults), faults)
        if MEMBERS in fields.names():
            if not members:
                raise no_export_here(fields, str(shown))
            return _province(fields, file)
        of_site = fields.section("site")
        info = _info(of_site)
        export = _export(fields.section("export"), file.parent)
        site = s.Site(
            id=file.parent.name,
            folder=file.parent,
            file=file,
            law_folder=_law_folder(of_site, info.city, file.parent),
            site=info,
            unit=_unit(fields.section("unit")),
            marks=_marks(fields.section("marks"), file.parent),
            export=export,
            publish=_publish(fields.section("publish"), file.parent),
            regions=fields.words("regions", "[0-9]{6}", "应当是六位行政区划代码"),
            laws=_laws(fields.sections("laws"), file.parent),
            statutes=_statutes(fields.section("statutes")),
            query_rules=_query_rules(fields.section("query_rules")),
            law=read_reviews(fields.section("law"), demo=of_site.plain("demo") != "false"),
            guard=_guard(fields.section("guard")),
            search=_search(fields.section("search")),
            lists=lists or {},
            authorities=authorities or {},
            overlay=overlay or (),
            holidays=holidays or (),
            waivers=Waivers(waivers or (), signed(file.parent, export.trusted_keys)),
            classes=classes or (),
        )
        fields.finish()
        faults.stop()
    except SiteBuilderError as error:
        raise SiteBuilderError([*error.findings, *found], error.exit_code) from error
    if found:
        raise SiteBuilderError(found, Exit.USAGE)
    return site


def _province(fields: Fields, file: Path) -> s.Site:
    """A site put together of others: it has no export, no law and none of the files that decide about records."""
    faults, folder = fields.faults, file.parent
    info = _info(fields.section("site"), city=False)
    refuse_useless(faults, folder)
    site = s.Site(
        id=folder.name,
        folder=folder,
        file=file,
        law_folder=folder,
        site=info,
        unit=_unit(fields.section("unit")),
        marks=_marks(fields.section("marks"), folder),
        export=s.ExportRules(name="", path=folder),
        publish=read_publish(fields.section("publish"), folder),
        regions={},
        laws=(),
        statutes={},
        query_rules=IssuedRules(),
        law=LawReviews(),
        guard=s.Guards(),
        search=s.SearchRules(),
        lists={},
        authorities={},
        overlay=(),
        holidays=(),
        waivers=Waivers(),
        member_sites=read_members(fields, info),
    )
    fields.finish()
    faults.stop()
    return site


def _attempt(found: list[Finding], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except SiteBuilderError as error:
        found.extend(error.findings)
        return None


def _info(fields: Fields, *, city: bool = True) -> s.SiteInfo:
    base_url, base_path = read_address(fields)
    info = s.SiteInfo(
        name=fields.text("name", required=True),
        city=fields.text("city", required=True) if city else "",
        base_url=base_url,
        base_path=base_path,
        theme=fields.text("theme", required=True, pattern=SLUG, expected=SLUG_HINT),
        demo=fields.flag("demo", required=True),
    )
    fields.finish()
    return info


def _law_folder(fields: Fields, written: str, folder: Path) -> Path:
    """The folder of the law: one that comes with the program, or one in the site folder."""
    if written in s.SHIPPED or not written:
        return s.SHIPPED.get(written, folder)
    if not written.startswith("./"):
        names = "、".join(s.SHIPPED)
        near = "".join(f"是不是「{one}」？" for one in difflib.get_close_matches(written, s.SHIPPED, n=1))
        hint = f"{near}写 {names} 之一，或者站点文件夹里写着法规的文件夹，如 ./law"
        fields.faults.add("bad-value", fields.row_of("city"), f"「{fields.path}city」写的是「{written}」", hint)
        return folder
    law = folder / PurePosixPath(written)
    if ".." in PurePosixPath(written).parts or not law.resolve().is_relative_to(folder.resolve()):
        hint = "把法规文件夹放进站点文件夹，写成 ./law"
        fields.faults.add("bad-value", fields.row_of("city"), f"「{fields.path}city」指到了站点文件夹外", hint)
    elif not (law / s.CITY).is_file():
        hint = f"里面应当有 {s.CITY} 和 rules.yml；用 site-builder init --law 可以从已有的文件夹建站"
        fields.faults.add("bad-value", fields.row_of("city"), f"「{fields.path}city」的文件夹里没有 {s.CITY}", hint)
    return law


def _unit(fields: Fields) -> s.Unit:
    unit = s.Unit(
        owner=fields.text("owner", required=True),
        operator=fields.text("operator"),
        phone=fields.text("phone"),
        address=fields.text("address"),
        email=fields.text("email"),
        hours=fields.text("hours"),
    )
    fields.finish()
    return unit


def _marks(fields: Fields, folder: Path) -> s.Marks:
    marks = s.Marks(
        site_id=fields.text("site_id"),
        icp=fields.text("icp"),
        police=fields.text("police"),
        emblem=_inside(fields, "emblem", folder),
    )
    fields.finish()
    return marks


def _inside(fields: Fields, key: str, folder: Path) -> str:
    """A path to a file of the site folder, links followed; empty where absent or wrong."""
    value = fields.text(key)
    if not value:
        return ""
    path = PurePosixPath(value)
    row = fields.row_of(key)
    if path.is_absolute() or ".." in path.parts or "\\" in value or re.match("[A-Za-z]:", value):
        fields.faults.add("bad-value", row, f"「{fields.path}{key}」应当在站点文件夹里", "写成相对路径，不用 ..")
        return ""
    try:
        target = (folder / path).resolve()
        there = target.is_file()
    except (OSError, RuntimeError):  # RuntimeError: links that lead in a circle
        target, there = folder.resolve() / path, False
    if not target.is_relative_to(folder.resolve()):
        fields.faults.add("bad-value", row, f"「{fields.path}{key}」指到了站点文件夹外", "把文件放进站点文件夹")
        return ""
    if not there:
        fields.faults.add("bad-value", row, f"「{fields.path}{key}」的文件不在", "放上文件，或删去这一项")
        return ""
    return str(path)


def _export(fields: Fields, folder: Path) -> s.ExportRules:
    rules = s.ExportRules(
        name=fields.text("name", required=True, pattern=SLUG, expected=SLUG_HINT),
        path=folder / fields.text("path", required=True),
        trusted_keys=fields.keys("trusted_keys"),
        ignore_columns=fields.texts("ignore_columns"),
        max_unpacked=fields.size("max_unpacked", default=s.DEFAULT_MAX_UNPACKED),
    )
    fields.finish()
    return rules


def _publish(fields: Fields, folder: Path) -> s.PublishRules:
    sign_key = fields.text("sign_key")
    rules = s.PublishRules(
        responsible_persons=cast("s.Showing", fields.choice("responsible_persons", ("show", "hide"))) or None,
        precompress=fields.flag("precompress"),
        keep=fields.number("keep"),
        kinds=tuple(map(Kind, fields.choices("kinds", OPTIONAL))) if "kinds" in fields.names() else None,
        licence=fields.text("licence"),
        record_json=fields.flag("record_json") if "record_json" in fields.names() else None,
        sign_key=folder / sign_key if sign_key else None,
    )
    fields.finish()
    return rules


def _laws(sections: tuple[Fields, ...], folder: Path) -> tuple[s.LawSource, ...]:
    laws = []
    taken: set[str] = set()
    for fields in sections:
        law = s.LawSource(
            name=fields.text("name", required=True, pattern=SLUG, expected=SLUG_HINT),
            code=fields.text("code", required=True, pattern="[A-Z]{2,8}", expected="应当是 2 至 8 个大写字母"),
            title=fields.text("title", required=True),
            file=folder / fields.text("file", required=True),
        )
        fields.finish()
        for key, value in (("name", law.name), ("code", law.code), ("title", law.title)):
            if value and f"{key} {value}" in taken:
                fields.faults.add("bad-value", fields.row_of(key), f"「{fields.path}{key}」与前面的重复", "改成不同的")
            taken.add(f"{key} {value}")
        laws.append(law)
    return tuple(laws)


def _statutes(fields: Fields) -> dict[str, str]:
    found = {title: fields.text(title, required=True, pattern=LINK, expected=LINK_EXPECTED) for title in fields.names()}
    return {title.strip("《》"): link for title, link in found.items() if link}


def _query_rules(fields: Fields) -> IssuedRules:
    rules = IssuedRules(
        number=fields.text("number"),
        day=fields.day("day"),
        issuer=fields.text("issuer"),
        link=fields.text("link", pattern=LINK, expected=LINK_EXPECTED),
    )
    fields.finish()
    return rules


def _guard(fields: Fields) -> s.Guards:
    guards = s.Guards(max_shrink=fields.number("max_shrink", default=s.DEFAULT_MAX_SHRINK, maximum=100))
    fields.finish()
    return guards


def _search(fields: Fields) -> s.SearchRules:
    rules = s.SearchRules(fulltext_limit=fields.number("fulltext_limit", default=s.DEFAULT_FULLTEXT_LIMIT))
    fields.finish()
    return rules
