"""What the cities decide about role models (DL 31(6), 56; LY 18, 20, 22(7), 31, 44), and the crossing."""

from __future__ import annotations

from typing import Final

from site_builder.kinds.role_models.record import RoleModel
from site_builder.kinds.role_models.shown import RoleModelView
from site_builder.records.values import person_code
from site_builder.rules import questions
from site_builder.rules.decision import Facts, Reason, Rule
from site_builder.rules.empty import is_empty
from site_builder.rules.questions import Ruled, open_objection
from site_builder.rules.ruleset import personal_data_rule
from site_builder.vocabulary import ModelCategory


def view(model: RoleModel, facts: Facts) -> RoleModelView:
    """What may be seen of a role model."""
    return RoleModelView(
        id=model.id,
        subject_name=model.subject_name,
        subject_type=model.subject_type,
        subject_code=person_code(model.subject_code) if model.is_person else model.subject_code,
        honour=model.honour,
        category=model.category,
        awarded_by=model.awarded_by,
        awarded_on=model.awarded_on,
        valid_through=model.valid_through,
        region=model.region,
        summary=model.summary,
        deeds=model.deeds,
        photo=model.photo,
        objection_received_on=open_objection(model, facts),
        published_on=model.published_on,
        updated_on=model.updated_on,
        change_note=model.change_note,
    )


def minor(model: RoleModel, _facts: Facts) -> bool:
    """DL 3, LY 3: a natural person marked as a minor."""
    return model.is_person and model.minor


def no_consent(model: RoleModel, _facts: Facts) -> bool:
    """DL 58(4), LY 47(4): a natural person who has not agreed to be shown."""
    return model.is_person and not model.consent


def no_prior_notice(model: RoleModel, _facts: Facts) -> bool:
    """LY 25(2): the red list is announced to its subjects before it is published."""
    return model.category is ModelCategory.RED_LIST and (
        model.notified_on is None or model.notified_on > model.published_on
    )


def incomplete(model: RoleModel, _facts: Facts) -> bool:
    """DL 56, LY 44: there is no story to tell without the deeds."""
    return is_empty(model.deeds)


def on_severe_list(model: RoleModel, facts: Facts) -> bool:
    """DL 31(6), LY 22(7): an organisation with a published severe entry is no role model."""
    return not model.is_person and model.subject_code.upper() in facts.listed_codes


def stands(model: RoleModel, facts: Facts) -> bool:
    """Whether the honour is held on the day of the facts, published or not."""
    return not questions.withdrawn(model, facts) and not questions.expired(model, facts)


RULED: Final = {
    "DL": Ruled(
        rules=(
            *questions.opening("DL", ("DL 29", "DL 56")),
            Rule(Reason.MINOR, ("DL 3",), "主体是未成年人吗？", minor),
            Rule(Reason.NO_CONSENT, ("DL 58",), "是自然人，且本人没有同意公开吗？", no_consent),
            Rule(Reason.WITHDRAWN, ("DL 31",), "荣誉已被撤下吗？", questions.withdrawn),
            Rule(Reason.EXPIRED, ("DL 29", "DL 56"), "有效期已过吗？", questions.expired),
            Rule(Reason.INCOMPLETE, ("DL 56",), "没有写诚信事迹吗？", incomplete),
            Rule(Reason.ON_SEVERE_LIST, ("DL 31",), "同一主体有公示中的严重失信记录吗？", on_severe_list),
            personal_data_rule(view, ("DL 4", "DL 58")),
        ),
        view=view,
        duties=("DL 29", "DL 56"),
    ),
    "LY": Ruled(
        rules=(
            *questions.opening("LY", ("LY 20", "LY 44")),
            Rule(Reason.MINOR, ("LY 3",), "主体是未成年人吗？", minor),
            Rule(Reason.NO_CONSENT, ("LY 13", "LY 47"), "是自然人，且本人没有同意公开吗？", no_consent),
            Rule(Reason.WITHDRAWN, ("LY 22", "LY 31"), "荣誉已被撤下吗？", questions.withdrawn),
            Rule(Reason.EXPIRED, ("LY 20", "LY 44"), "有效期已过吗？", questions.expired),
            Rule(Reason.NO_PRIOR_NOTICE, ("LY 25",), "守信红名单公布前没有告知吗？", no_prior_notice),
            Rule(Reason.INCOMPLETE, ("LY 44",), "没有写诚信事迹吗？", incomplete),
            Rule(Reason.ON_SEVERE_LIST, ("LY 22",), "同一主体有公示中的严重失信记录吗？", on_severe_list),
            personal_data_rule(view, ("LY 4", "LY 12", "LY 47")),
        ),
        view=view,
        duties=("LY 20", "LY 44"),
    ),
}
"""By the code of the regulation."""
