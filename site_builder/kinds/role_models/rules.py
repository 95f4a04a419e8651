"""What the cities decide about role models (DL 31(6), 56; LY 18, 20, 22(7), 31, 44), and the crossing."""

from __future__ import annotations

from site_builder.kinds.role_models.record import RoleModel
from site_builder.kinds.role_models.shown import RoleModelView
from site_builder.records.values import person_code
from site_builder.rules.clocks import open_objection
from site_builder.rules.decision import Facts


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
        consented=model.is_person and model.consent,
        objection_received_on=open_objection(model, facts),
        published_on=model.published_on,
        updated_on=model.updated_on,
        change_note=model.change_note,
    )


def stands(model: RoleModel, facts: Facts) -> bool:
    """Whether the honour is held on the day of the facts, published or not."""
    over = model.valid_through is not None and model.valid_through < facts.as_of
    return not over and not facts.past(model, "withdrawn_on")
