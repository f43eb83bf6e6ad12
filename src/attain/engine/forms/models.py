"""What all forms share: the base of their models, from the plan language's own."""

from __future__ import annotations

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
]
