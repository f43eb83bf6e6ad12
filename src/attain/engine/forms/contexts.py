"""What forms have to know of a plan's sources, and the expansion of a whole plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from attain.core.errors import AttainError, problem
from attain.core.schemas import ColumnType, DatasetSchema
from attain.core.systems import SYSTEM_DATASETS
from attain.engine.errors import PLAN_NO_SUBJECT
from attain.engine.forms.below import uses_below
from attain.engine.forms.expanding import COLUMN_SECTIONS, FORMS, expand_forms
from attain.engine.forms.expansion import FormContext

if TYPE_CHECKING:
    from attain.engine.plans.models.orderings import PathModel
    from attain.engine.plans.models.plan import PlanModel
    from attain.engine.plans.models.sources import SourceModel

_VERSION = "effective_from"
"""The day from which a version holds: part of a dated dataset's key, but not of what it names."""


def expand(plan: PlanModel, schemas: Mapping[str, DatasetSchema] | None = None) -> PlanModel:
    """A plan with every form written out; `schemas` are the workspace's datasets.

    :raises AttainError: every mistake in a form, each with its place in the file.
    """
    texts = (column.is_ for column in plan.all_columns().values())
    if not any(getattr(plan, section) for section in FORMS) and not uses_below(texts):
        return plan
    if nobody := [*_of_nobody(plan)]:
        raise AttainError(
            problem(PLAN_NO_SUBJECT, plan.where((section, name)), name=name)
            for section, name in nobody
        )
    expanded = expand_forms(plan, context_of(plan, schemas or {}))
    return expanded.read_from(plan.document) if plan.document is not None else expanded


def _of_nobody(plan: PlanModel) -> Iterator[tuple[str, str]]:
    """What would stand at the grain of the first subject in a plan that has none."""
    if plan.subjects:
        return
    for section in ("counters", "scorecard", "grades", "incentives"):
        yield from ((section, name) for name, form in getattr(plan, section).items()
                    if not form.each)  # fmt: skip
    for section in COLUMN_SECTIONS:
        for name, column in getattr(plan, section).items():
            if uses_below([column.is_]) and not column.each:
                yield section, name


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
    datasets = {name: source.from_ or name for name, source in plan.sources.items()}
    leads = _leads(plan, {**SYSTEM_DATASETS, **schemas})
    paths = {name: _tree(path) for name, path in plan.paths.items()}
    named = (keys, dates, row_keys, datasets, leads, paths)
    return FormContext(subject, plan.period, plan.currency, *named)


def _tree(path: PathModel) -> dict[str, str]:
    """Which tree a path is, whatever it says of its own rows."""
    own = {"over": path.over, "from_": path.from_}
    return {**own, "of": path.of} if path.of is not None else own


def _leads(plan: PlanModel, schemas: Mapping[str, DatasetSchema]) -> dict[str, dict[str, str]]:
    """The columns of datasets and sources that are keys of others, each with what it leads to."""
    found = {
        name: {one.name: one.of for one in schema if one.of and not one.also_of}
        for name, schema in schemas.items()
    }
    plain = {one.value for one in ColumnType}
    for name, source in plan.sources.items():
        own = {column: one.type for column, one in source.columns.items() if one.type not in plain}
        links = {link: one.to for link, one in source.links.items()}
        found[name] = {**found.get(source.from_ or name, {}), **own, **links}
    return found


def _sources(
    plan: PlanModel, schemas: Mapping[str, DatasetSchema]
) -> Iterator[tuple[str, tuple[str, ...], str | None]]:
    """Name, key and business date of the workspace's datasets, then of the plan's sources."""
    for name, schema in schemas.items():
        yield name, tuple(schema.key), schema.day
    for name, source in plan.sources.items():
        dataset = None if source.columns else schemas.get(source.from_ or name)
        key = source.key or (tuple(dataset.key) if dataset else ())
        yield name, key, _day(source, dataset)


def _day(source: SourceModel, dataset: DatasetSchema | None) -> str | None:
    """The column with a source's date: of a column of periods, the one with their first day."""
    if source.date is None:
        return dataset.day if dataset else None
    own = source.columns.get(source.date)
    kept = dataset.columns.get(source.date) if dataset else None
    said = own.type if own else kept.type if kept else None
    return f"{source.date}_from" if said == ColumnType.period else source.date
