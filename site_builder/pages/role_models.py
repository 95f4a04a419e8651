"""The pages of role models: each one, all of them, and by category and year (DL 56; LY 18, 20, 44)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from markupsafe import Markup

from site_builder.kinds.role_models.shown import RoleModelView
from site_builder.pages import urls
from site_builder.pages.citing import citation
from site_builder.pages.contexts import Meta, Picture, RoleModelPage, RoleModelRow
from site_builder.pages.listings import WHOLE, YEAR, ListKey, Words, whole_list, year_key
from site_builder.pages.surroundings import Surroundings, crumbs, label
from site_builder.pages.verdict import doors, verdict
from site_builder.vocabulary import Kind, ModelCategory

TITLE: Final = label(Kind.ROLE_MODEL)
SECTION: Final = "role-models"
FILTERS: Final = {"category": "类别", YEAR: "授予年份"}
"""The fields role models are browsed by."""

INTRO: Final = "守信的企业和个人，依法依规或者经本人同意公开。"

Photo = Callable[[str], Picture | None]
"""A picture's resource name to its two sizes, None where there is none."""


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
        verdict=verdict(view),
        doors=doors(view, around),
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
        consented=view.consented,
        advice=around.advice(around.words.of(Kind.ROLE_MODEL).ways or (around.words.objection,)),
        contact=around.contact(view.awarded_by),
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
        SECTION,
        urls.record(Kind.ROLE_MODEL, view.id),
        published_on=view.published_on,
        source=view.awarded_by,
        keywords=(view.name, view.honour),
        noindex=view.is_person,
        unavailable_after=view.public_until,
    )
    return page, meta


def words(key: ListKey) -> Words:
    """What the lists of role models say."""
    whole = key.group == WHOLE
    return Words(
        template="role-models.html",
        section=SECTION,
        title=TITLE if whole else f"{TITLE}：{key.name}",
        intro=INTRO,
        crumbs=crumbs() if whole else crumbs((urls.ROLE_MODELS, TITLE)),
    )


def keys_of(view: RoleModelView) -> tuple[ListKey, ...]:
    """Every list a role model stands in: that of all, of its category and of its year."""
    category = urls.by(Kind.ROLE_MODEL, "category", view.category)
    return (
        whole_list(Kind.ROLE_MODEL),
        ListKey(
            "category",
            category,
            label(view.category),
            list(ModelCategory).index(view.category),
            urls.view_of_word("category", view.category),
        ),
        year_key(Kind.ROLE_MODEL, YEAR, view.awarded_on.year),
    )
