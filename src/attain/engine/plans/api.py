"""What other parts of the engine use of plans: reading, expanding, examining and resolving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from attain.core.errors import AttainError, Problem
from attain.core.periods import ONLY_GREGORIAN, Calendars
from attain.core.schemas import DatasetSchema
from attain.engine.forms.contexts import expand
from attain.engine.plans.lints import Case, lint_plan
from attain.engine.plans.loading import load_plan
from attain.engine.plans.models.plan import PlanModel
from attain.engine.plans.resolve.resolving import Examined, examine, resolve
from attain.engine.plans.resolve.sources import own_schema
from attain.engine.plans.versions import version_changes
from attain.engine.primitives.model import ResolvedPlan

__all__ = [
    "CheckedPlan",
    "Examined",
    "check_plan",
    "declared_schemas",
    "examine",
    "expand",
    "load_plan",
    "resolve",
    "version_changes",
]


@dataclass(frozen=True, slots=True)
class CheckedPlan:
    """A plan with everything there is to say about it: errors, warnings and notes."""

    plan: PlanModel
    expanded: PlanModel | None
    resolved: ResolvedPlan | None
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        """True if it can be calculated."""
        return self.resolved is not None


def check_plan(
    plan: PlanModel,
    schemas: Mapping[str, DatasetSchema] | None = None,
    calendars: Calendars = ONLY_GREGORIAN,
    documents: Mapping[str, PlanModel] | None = None,
    results: Mapping[str, ResolvedPlan] | None = None,
) -> CheckedPlan:
    """Expand, resolve and lint a plan, without raising."""
    try:
        expanded = expand(plan, schemas)
        whole = {name: expand(one, schemas) for name, one in (documents or {}).items()}
    except AttainError as error:
        return CheckedPlan(plan, None, None, error.problems)
    found = examine(expanded, schemas, calendars, whole, results)
    if found.resolved is None:
        return CheckedPlan(plan, expanded, None, found.problems)
    warnings = lint_plan(Case(plan, found.resolved, found.used, found.read))
    return CheckedPlan(plan, expanded, found.resolved, (*found.problems, *warnings))


def declared_schemas(plan: PlanModel) -> dict[str, DatasetSchema]:
    """The datasets whose columns the plan declares itself, by the dataset's name.

    :raises AttainError: the codes of dataset declarations.
    """
    return {
        schema.dataset: schema
        for name, source in plan.sources.items()
        if source.columns and source.key and source.rows is None
        for schema in [own_schema(name, source, plan.currency)]
    }
