"""What all forms share: the base of their models, from the plan language's own."""

from __future__ import annotations

from attain.engine import errors
from attain.engine.plans.base import PlanPart as FormModel
from attain.engine.plans.models.common import Documented as Described
from attain.engine.plans.models.common import Rounding
from attain.engine.plans.texts import (
    Currency,
    Day,
    Expression,
    Flag,
    Grain,
    Name,
    PlainText,
    WholeNumber,
    refusal,
)

__all__ = [
    "Currency",
    "Day",
    "Described",
    "Expression",
    "Flag",
    "FormModel",
    "Grain",
    "Name",
    "PlainText",
    "Rounding",
    "WholeNumber",
    "refuse_beside",
]


def refuse_beside(maker: str, form: FormModel, options: tuple[str, ...]) -> None:
    """Refuse what means nothing beside what the form is made by.

    :raises PydanticCustomError: PLAN_COLUMN_OPTION.
    """
    said = next((name for name in options if name in form.model_fields_set), None)
    if said is not None:
        option = said.removesuffix("_")
        raise refusal(errors.PLAN_COLUMN_OPTION, option=option, maker=maker)
