"""What other parts of the engine use of plans: reading, expanding, examining and resolving."""

from __future__ import annotations

from collections.abc import Mapping

from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS
from attain.engine.forms.expanding import expand_forms
from attain.engine.forms.expansion import FormContext
from attain.engine.plans.loading import load_plan
from attain.engine.plans.models.plan import PlanModel
from attain.engine.plans.resolve.drafts import EFFECTIVE_FROM
from attain.engine.plans.resolve.resolving import Examined, examine, resolve
from attain.engine.plans.resolve.sources import own_schema

__all__ = ["Examined", "declared_schemas", "examine", "expand", "load_plan", "resolve"]


def expand(plan: PlanModel, schemas: Mapping[str, DatasetSchema] | None = None) -> PlanModel:
    """The plan with its forms written out as primitive sections.

    :raises AttainError: every mistake in a form at once.
    """
    sources = _source_schemas(plan, schemas or {})
    keys = {name: [one for one in each.key if one != EFFECTIVE_FROM] for name, each in sources}
    context = FormContext(
        subject=next(iter(plan.subjects), ""),
        period=plan.period,
        currency=plan.currency,
        source_keys={name: key[0] for name, key in keys.items() if len(key) == 1},
        source_dates=_dates(plan, sources),
    )
    expanded = expand_forms(plan, context)
    return expanded.read_from(plan.document) if plan.document is not None else expanded


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


def _source_schemas(
    plan: PlanModel, schemas: Mapping[str, DatasetSchema]
) -> list[tuple[str, DatasetSchema]]:
    """The schema of every source and dataset, as far as it is known."""
    known = {**SYSTEM_DATASETS, **declared_schemas(plan), **schemas}
    own = {name: source.from_ or name for name, source in plan.sources.items()}
    named = {name: known[dataset] for name, dataset in own.items() if dataset in known}
    return list({**known, **named}.items())


def _dates(plan: PlanModel, sources: list[tuple[str, DatasetSchema]]) -> dict[str, str]:
    found = {name: schema.date for name, schema in sources if schema.date is not None}
    said = {name: source.date for name, source in plan.sources.items() if source.date is not None}
    return {**found, **said}
