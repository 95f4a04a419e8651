"""The pages of role models: each one, all of them, and by category and year (DL 56; LY 18, 20, 44)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from markupsafe import Markup
import msgspec

from site_builder.kinds.role_models.shown import RoleModelView
from site_builder.pages import urls
from site_builder.pages.citing import citation
from site_builder.pages.contexts import Group, Link, Meta, Picture, RoleModelList, RoleModelPage, RoleModelRow
from site_builder.pages.surroundings import Surroundings, crumbs, label
from site_builder.vocabulary import Kind, ModelCategory

TITLE: Final = label(Kind.ROLE_MODEL)
INTRO: Final = "守信的企业和个人，依法依规或者经本人同意公开。"

Photo = Callable[[str], Picture | None]
"""A picture's resource name to its two sizes, None where there is none."""


class ModelGroup(msgspec.Struct, frozen=True):
    """The role models of one category or one year."""

    key: str
    address: str
    name: str
    members: tuple[RoleModelView, ...]


def role_model_row(view: RoleModelView, photo: Photo) -> RoleModelRow:
    """A role model in a list."""
    return RoleModelRow(
        href=urls.record(Kind.ROLE_MODEL, view.id),
        id=view.id,
        name=view.name,
        honour=view.honour,
        category=label(view.category),
        awarded_by=view.awarded_by,
        awarded_on=view.awarded_on,
        summary=view.summary,
        public_until=view.public_until,
        photo=photo(view.photo),
        objection=view.objection_received_on is not None,
    )


def role_model_page(
    view: RoleModelView, deeds: Markup, photo: Photo, around: Surroundings
) -> tuple[RoleModelPage, Meta]:
    """A role model's page and its head; ``deeds`` is the safe HTML of its Markdown."""
    page = RoleModelPage(
        id=view.id,
        name=view.name,
        code=view.subject_code,
        subject_type=label(view.subject_type),
        honour=view.honour,
        category=label(view.category),
        awarded_by=view.awarded_by,
        awarded_on=view.awarded_on,
        valid_through=view.valid_through,
        region=around.region(view.region),
        summary=view.summary,
        deeds=deeds,
        photo=photo(view.photo),
        objection_received_on=view.objection_received_on,
        published_on=view.published_on,
        updated_on=view.updated_on,
        change_note=view.change_note,
        citation=citation(
            f"{TITLE}：{view.name}（{view.id}）",
            view.awarded_by,
            view.published_on,
            urls.record(Kind.ROLE_MODEL, view.id),
            around,
        ),
        crumbs=crumbs((urls.ROLE_MODELS, TITLE)),
    )
    meta = around.meta(
        f"{view.name}－{TITLE}",
        (view.summary or f"{view.name}，{view.honour}，{view.awarded_by}授予。")[:120],
        "role-models",
        urls.record(Kind.ROLE_MODEL, view.id),
        published_on=view.published_on,
        source=view.awarded_by,
        keywords=(view.name, view.honour),
        noindex=view.is_person,
        unavailable_after=view.public_until,
    )
    return page, meta


def model_groups(views: Sequence[RoleModelView]) -> tuple[ModelGroup, ...]:
    """The lists by category and by year of award."""
    groups = []
    for category in ModelCategory:
        members = tuple(view for view in views if view.category is category)
        if members:
            groups.append(ModelGroup("category", urls.role_models_by("category", category), label(category), members))
    for year in sorted({view.awarded_on.year for view in views}, reverse=True):
        members = tuple(view for view in views if view.awarded_on.year == year)
        groups.append(ModelGroup("year", urls.role_models_by("year", str(year)), f"{year} 年", members))
    return tuple(groups)


def role_model_list(
    group: ModelGroup | None,
    views: Sequence[RoleModelView],
    groups: Sequence[ModelGroup],
    photo: Photo,
    around: Surroundings,
) -> tuple[RoleModelList, Meta]:
    """All role models (``group`` None), or those of one group, by category, the newest first."""
    members = views if group is None else group.members
    address = urls.ROLE_MODELS if group is None else group.address
    title = TITLE if group is None else f"{TITLE}：{group.name}"
    shown = [
        Group(
            category.value,
            label(category),
            models=tuple(role_model_row(one, photo) for one in members if one.category is category),
        )
        for category in ModelCategory
    ]
    page = RoleModelList(
        title=title,
        intro=INTRO,
        total=len(members),
        groups=tuple(one for one in shown if one.models),
        filters=tuple(
            (
                name,
                tuple(
                    Link(one.address, one.name, len(one.members), one.address == address)
                    for one in groups
                    if one.key == key
                ),
            )
            for key, name in (("category", "类别"), ("year", "授予年份"))
        ),
        downloads=around.downloads(Kind.ROLE_MODEL),
        days=around.days,
        crumbs=crumbs() if group is None else crumbs((urls.ROLE_MODELS, TITLE)),
    )
    noindex = any(view.is_person for view in members)
    return page, around.meta(title, INTRO, "role-models", address, noindex=noindex)
