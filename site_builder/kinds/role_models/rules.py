"""The rules for integrity role models (DL 31(6), 56; LY 18, 20, 22(7), 31, 44)."""

from __future__ import annotations

from site_builder.kinds.role_models.record import RoleModel
from site_builder.rules.decision import Action, Facts
from site_builder.rules.empty import is_empty
from site_builder.vocabulary import Disclosure, Kind, ModelCategory


def not_public(model: RoleModel, _facts: Facts) -> bool:
    """DL 19, LY 13: only what is disclosed to the public is shown."""
    return model.disclosure is not Disclosure.PUBLIC


def suppressed(model: RoleModel, facts: Facts) -> bool:
    """DL 42, 43: a court or review body has ordered it off."""
    return facts.ordered(Kind.ROLE_MODEL, model.id, Action.COURT)


def not_yet_published(model: RoleModel, facts: Facts) -> bool:
    """Its day of publication has not come."""
    return model.published_on > facts.as_of


def minor(model: RoleModel, _facts: Facts) -> bool:
    """DL 3, LY 3: a natural person marked as a minor."""
    return model.is_person and model.minor


def no_consent(model: RoleModel, _facts: Facts) -> bool:
    """DL 58(4), LY 47(4): a natural person who has not agreed to be shown."""
    return model.is_person and not model.consent


def withdrawn(model: RoleModel, facts: Facts) -> bool:
    """LY 31; DL 31(6), LY 22(7): the honour was given up or taken back."""
    return (model.withdrawn_on is not None and model.withdrawn_on <= facts.as_of) or facts.ordered(
        Kind.ROLE_MODEL, model.id, Action.WITHDRAWN
    )


def expired(model: RoleModel, facts: Facts) -> bool:
    """The honour's last day has passed."""
    return model.valid_through is not None and model.valid_through < facts.as_of


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
