"""Indicator documents: measures, formulas, tables and parameters that plans use by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attain.core.errors import AttainError, problem
from attain.engine import errors
from attain.engine.plans.models.plan import PlanModel

SECTIONS: Final = (
    "subjects",
    "dimensions",
    "sources",
    "parameters",
    "tables",
    "columns",
    "measures",
    "formulas",
    "orderings",
    "groups",
    "paths",
    "relations",
)
"""What a document may give; a plan's own entry of the same name wins."""


def with_uses(plan: PlanModel, documents: Mapping[str, PlanModel]) -> PlanModel:
    """The plan with what it uses of other documents.

    :raises AttainError: PLAN_USES_UNKNOWN for each document that is not there.
    """
    if not plan.uses:
        return plan
    absent = [name for name in plan.uses if name not in documents]
    if absent:
        where = plan.where(("uses",))
        raise AttainError(
            problem(errors.PLAN_USES_UNKNOWN, where, document=name) for name in absent
        )
    merged: dict[str, Any] = {section: dict(getattr(plan, section)) for section in SECTIONS}
    own = set(plan.all_columns())
    for name in plan.uses:
        document = documents[name]
        for section in SECTIONS:
            for key, value in getattr(document, section).items():
                if section in ("columns", "measures", "formulas") and key in own:
                    continue
                merged[section].setdefault(key, value)
    return plan.model_copy(update=merged)
