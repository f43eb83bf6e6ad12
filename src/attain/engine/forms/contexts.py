"""What forms have to know of a plan's sources, and the expansion of a whole plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS
from attain.engine.forms.below import uses_below
from attain.engine.forms.expanding import FORMS, expand_forms
from attain.engine.forms.expansion import FormContext

if TYPE_CHECKING:
    from attain.engine.plans.models.plan import PlanModel

_VERSION = "effective_from"
"""The day from which a version holds: part of a dated dataset's key, but not of what it names."""


def expand(plan: PlanModel, schemas: Mapping[str, DatasetSchema] | None = None) -> PlanModel:
    """A plan with every form written out; `schemas` are the workspace's datasets.

    :raises AttainError: every mistake in a form, each with its place in the file.
    """
    texts = (column.is_ for column in plan.all_columns().values())
    if not any(getattr(plan, section) for section in FORMS) and not uses_below(texts):
        return plan
    expanded = expand_forms(plan, context_of(plan, schemas or {}))
    return expanded.read_from(plan.document) if plan.document is not None else expanded


def context_of(plan: PlanModel, schemas: Mapping[str, DatasetSchema]) -> FormContext:
    """The head's defaults, and the keys and dates of everything the plan has rows of."""
    keys: dict[str, str] = {}
    dates: dict[str, str] = {}
    row_keys: dict[str, tuple[str, ...]] = {}
    for name, key, date in _sources(plan, {**SYSTEM_DATASETS, **schemas}):
        row_keys[name] = tuple(column for column in key if column != _VERSION)
        if len(row_keys[name]) == 1:
            keys[name] = row_keys[name][0]
        if date is not None:
            dates[name] = date
    for name in plan.credits:
        row_keys[name], dates[name] = ("part", "fact"), "credited_on"
    subject = next(iter(plan.subjects), "")
    return FormContext(subject, plan.period, plan.currency, keys, dates, row_keys)


def _sources(
    plan: PlanModel, schemas: Mapping[str, DatasetSchema]
) -> Iterator[tuple[str, tuple[str, ...], str | None]]:
    """Name, key and business date of the workspace's datasets, then of the plan's sources."""
    for name, schema in schemas.items():
        yield name, tuple(schema.key), schema.date
    for name, source in plan.sources.items():
        dataset = None if source.columns else schemas.get(source.from_ or name)
        key = source.key or (tuple(dataset.key) if dataset else ())
        yield name, key, source.date or (dataset.date if dataset else None)
