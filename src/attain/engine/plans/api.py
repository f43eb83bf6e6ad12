"""What other parts of the engine use of plans: reading, expanding, examining and resolving."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from attain.core.errors import AttainError, Problem, problem
from attain.core.periods import ONLY_GREGORIAN, Calendars
from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS
from attain.engine import errors
from attain.engine.forms.contexts import expand
from attain.engine.plans.given_calendars import with_given
from attain.engine.plans.lints import Case, lint_plan
from attain.engine.plans.loading import load_plan
from attain.engine.plans.models.plan import PlanModel
from attain.engine.plans.resolve.resolving import Examined, examine, resolve
from attain.engine.plans.resolve.sources import differing, own_schema
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
    """Expand, resolve and lint a plan, without raising.

    A calendar that only the plan's own examples bring is known here, and told.
    """
    try:
        given = with_given(plan, calendars)
        expanded = expand(plan, schemas)
        whole = {name: expand(one, schemas) for name, one in (documents or {}).items()}
    except AttainError as error:
        return CheckedPlan(plan, None, None, error.problems)
    found = examine(expanded, schemas, given, whole, results)
    if found.resolved is None:
        return CheckedPlan(plan, expanded, None, found.problems)
    warnings = lint_plan(Case(plan, found.resolved, found.used, found.read))
    notes = [*_only_given(plan, calendars), *_otherwise(plan, schemas or {})]
    told = [*notes, *found.problems, *warnings]
    return CheckedPlan(plan, expanded, found.resolved, tuple(told))


def _only_given(plan: PlanModel, calendars: Calendars) -> Iterator[Problem]:
    """A note that the plan's calendar suffices for its examples, and not for a run."""
    if plan.calendar not in calendars:
        where = plan.where(("calendar",))
        yield problem(errors.PLAN_CALENDAR_OF_EXAMPLES, where, calendar=plan.calendar)


def _otherwise(plan: PlanModel, schemas: Mapping[str, DatasetSchema]) -> Iterator[Problem]:
    """A note for each source that the plan declares otherwise than the workspace."""
    for dataset, own in declared_schemas(plan).items():
        kept = schemas.get(dataset)
        columns = differing(own, kept) if kept and dataset not in SYSTEM_DATASETS else []
        if columns:
            name = next(n for n, one in plan.sources.items() if dataset in (one.from_, n))
            where = plan.where(("sources", name))
            code = errors.PLAN_SOURCE_DIFFERS
            yield problem(code, where, name=name, dataset=dataset, columns=columns)


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
