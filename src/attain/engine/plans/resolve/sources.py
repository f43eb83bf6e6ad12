"""Sources: datasets of the workspace, sources a plan declares, rows in a plan, other results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from attain.core.documents import Document, check_document
from attain.core.errors import AttainError, codes, problem
from attain.core.labels import Labels, labels
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema, StoredColumn
from attain.core.schemas.datasets import EFFECTIVE
from attain.core.systems import SYSTEM_DATASETS
from attain.core.units import Type, Unit
from attain.engine import errors
from attain.engine.plans.models.sources import LinkModel, SourceColumnModel, SourceModel
from attain.engine.plans.resolve.drafts import (
    EFFECTIVE_FROM,
    PERIOD,
    Draft,
    Link,
    first_day,
    key_part,
    stored,
)
from attain.engine.plans.resolve.labels import STORED_PERIOD
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import (
    Column,
    KeyPart,
    PlanRows,
    Relation,
    ResolvedPlan,
    ResultRows,
    SourceRows,
)
from attain.engine.primitives.model.results import results_since

ROW: Final = "row"
"""The key of rows that stand in a plan and have none: their number, from 1."""

_PLAIN_TYPES = frozenset(
    {"code", "text", "money", "ratio", "count", "points", "days", "date", "boolean", "period"}
)


def own_schema(name: str, source: SourceModel, currency: str) -> DatasetSchema:
    """The schema of a source whose columns the plan declares itself.

    :raises AttainError: the codes of dataset declarations, such as SCHEMA_COLUMN_UNKNOWN.
    """
    columns = {column: _column_data(model, currency) for column, model in source.columns.items()}
    key = source.key or ((ROW,) if source.rows is not None else ())
    if source.dated and EFFECTIVE_FROM not in key:
        key = (*key, EFFECTIVE_FROM)
    if ROW in key:
        columns = {ROW: {"type": "count"}, **columns}
    if source.date in columns and source.date not in key:
        # A row without a day, a deal not paid yet, counts in no window.
        columns[source.date].setdefault("required", False)
    data: dict[str, Any] = {
        "dataset": source.from_ or name,
        "label": source.label,
        "key": key,
        "date": source.date,
        "load": source.load,
        "dated": source.dated,
        "columns": columns,
    }
    kept = {part: value for part, value in data.items() if value not in (None, False)}
    return check_document(DatasetSchema, Document(kept, {}, {}))


def schema_of(
    name: str, source: SourceModel, schemas: Mapping[str, DatasetSchema], currency: str
) -> DatasetSchema | None:
    """The declaration a source goes by; None if it is declared nowhere.

    The workspace's, as long as the plan's own says the same of what it names. Otherwise the
    plan's own: its examples are about that table, and not about another of the same name.

    :raises AttainError: the codes of dataset declarations, PLAN_SOURCE_SYSTEM.
    """
    dataset = source.from_ or name
    kept = schemas.get(dataset)
    if dataset in SYSTEM_DATASETS:
        _refuse_other_columns(dataset, source, kept)
    if not source.columns or not source.key or dataset in SYSTEM_DATASETS:
        _refuse_other_key(name, source, kept)
        return kept
    own = own_schema(name, source, currency)
    return own if kept is None or differing(own, kept) else kept


def _refuse_other_columns(dataset: str, source: SourceModel, kept: DatasetSchema | None) -> None:
    """A table of the plan's own may not be called as one of the system's.

    :raises AttainError: PLAN_SOURCE_SYSTEM.
    """
    known = kept.columns if kept is not None else SYSTEM_DATASETS[dataset].columns
    other = [column for column in source.columns if column not in known]
    if other:
        raise AttainError(problem(errors.PLAN_SOURCE_SYSTEM, name=dataset, columns=other))


def _refuse_other_key(name: str, source: SourceModel, kept: DatasetSchema | None) -> None:
    """A source that takes a dataset as it is cannot tell its rows apart otherwise.

    :raises AttainError: PLAN_SOURCE_SHAPE.
    """
    own = {*source.key} - {*EFFECTIVE}
    if kept is None or not own or own == {*kept.key} - {*EFFECTIVE}:
        return
    key = ", ".join(kept.key)
    fault = labels(f"数据集的 key 是 {key}，不能另写", f"the dataset's key is {key}, and no other")
    raise AttainError(problem(errors.PLAN_SOURCE_SHAPE, name=name, fault=fault))


def differing(own: DatasetSchema, kept: DatasetSchema) -> list[str]:
    """The columns of which a plan says something else than the workspace's dataset."""
    if own.key != kept.key or own.dated != kept.dated:
        return sorted({*own.key} | {*kept.key})
    return [
        name
        for name, column in own.columns.items()
        if not _same(column, kept.columns.get(name), kept.dataset)
    ]


def _same(own: ColumnSchema, kept: ColumnSchema | None, dataset: str) -> bool:
    if kept is None:
        return False
    # A code is the key of its rows where others lead there, whoever says so.
    is_own_code = own.type is ColumnType.code and kept.of == dataset
    if not is_own_code and (own.type, own.of) != (kept.type, kept.of):
        return False
    return kept.currency is None or own.currency == kept.currency


def _column_data(model: SourceColumnModel, currency: str) -> dict[str, Any]:
    is_key = model.type not in _PLAIN_TYPES
    data: dict[str, Any] = {
        "type": "key" if is_key else model.type,
        "of": model.type if is_key else None,
        "currency": (model.currency or currency) if model.type == "money" else None,
        "scale": model.scale,
        "required": model.required,
        "personal": model.personal,
        "label": model.label,
        "aliases": model.aliases,
    }
    return {part: value for part, value in data.items() if value not in (None, False, ())}


def dataset_draft(
    name: str, schema: DatasetSchema, source: SourceModel | None = None, currency: str | None = None
) -> Draft:
    """The rows of a dataset, one for one, under the name of a source.

    Money that says no currency, as in `balances`, is in the plan's `currency`.
    """
    source = source or SourceModel()
    columns = {
        column: replace(kept, type=replace(kept.type, currency=currency))
        if kept.type.unit is Unit.money and kept.type.currency is None
        else kept
        for column, kept in schema_columns(schema).items()
    }
    links = _links(name, columns, source.links)
    key = tuple(key_part(part, columns[part]) for part in schema.key)
    own = [part.name for part in key if part.name != EFFECTIVE_FROM]
    if len(own) == 1:
        # Its own key does not lead away: it is the row.
        links.pop(own[0], None)
        key = tuple(
            KeyPart(part.name, schema.dataset if part.name == own[0] else part.kind, part.type)
            for part in key
        )
    return Draft(
        name=name,
        key=key,
        rows=SourceRows(schema.dataset),
        stored=columns,
        date=_date_of(name, columns, source) or schema.day,
        subject=None,
        covered_by=(schema.dataset,),
        links=links,
        is_dated=schema.dated,
        identifies=name,
        labels=source.label or schema.labels,
    )


def schema_columns(schema: DatasetSchema) -> dict[str, Column]:
    """The stored columns of a dataset's rows."""
    found = {}
    for part in schema.stored():
        declared = schema.columns.get(part.declared)
        type_ = part.type
        if declared is not None and declared.also_of:
            # A key of several kinds: it is compared with keys of any of them.
            type_ = Type(Unit.key, may_be_missing=type_.may_be_missing)
        if declared is not None and declared.type is ColumnType.period and not part.part:
            type_ = STORED_PERIOD.missing(type_.may_be_missing)
        found[part.name] = stored(
            part.name,
            type_,
            labels=_labels(part, declared.labels) if declared else None,
            personal=declared.personal if declared else False,
        )
    return found


def _labels(part: StoredColumn, said: Labels | None) -> Labels | None:
    """What a column is called; of a period's two bounds its first day and the day after it."""
    if not part.part:
        return said
    zh, en = (said.zh or said.en, said.en or said.zh) if said else (part.declared, part.declared)
    if part.part == "from":
        return labels(f"{zh}的第一天", f"first day of {en}")
    return labels(f"{zh}结束日的次日", f"day after {en}")


def _links(
    name: str, columns: Mapping[str, Column], declared: Mapping[str, LinkModel]
) -> dict[str, Link]:
    """Links that are declared, and every column that is a key of one kind."""
    found = {
        column: Link(column, column, kept.type.kind)
        for column, kept in columns.items()
        if kept.type.unit is Unit.key and kept.type.kind
    }
    for link, model in declared.items():
        column = model.column or link
        if column not in columns:
            raise AttainError(
                problem(
                    errors.PLAN_COLUMN_UNKNOWN,
                    relation=name,
                    name=column,
                    known=nearest(column, columns),
                )
            )
        found[link] = Link(link, column, model.to)
    return found


def _date_of(name: str, columns: Mapping[str, Column], source: SourceModel) -> str | None:
    """The date by which a source says it goes.

    :raises AttainError: PLAN_COLUMN_UNKNOWN, SCHEMA_COLUMN_TYPE for a column that is no date.
    """
    date = source.date
    if date is None:
        return None
    date = first_day(columns, date)
    if date not in columns:
        known = nearest(date, columns)
        raise AttainError(
            problem(errors.PLAN_COLUMN_UNKNOWN, relation=name, name=date, known=known)
        )
    unit = columns[date].type.unit
    if unit is not Unit.date:
        kind = unit.value if unit else ""
        raise AttainError(
            problem(codes.SCHEMA_COLUMN_TYPE, dataset=name, column=date, type=kind, option="date")
        )
    return date


def plan_rows_draft(name: str, schema: DatasetSchema, source: SourceModel, rows: PlanRows) -> Draft:
    """Rows that stand in the plan itself."""
    draft = dataset_draft(name, schema, source)
    draft.rows = rows
    draft.covered_by = ()
    for column in rows.columns:
        kept = draft.stored[column]
        position = rows.columns.index(column)
        is_full = all(row[position] is not None for row in rows.rows)
        if is_full:
            draft.stored[column] = stored(
                column, kept.type.missing(False), labels=kept.labels, personal=kept.personal
            )
    return draft


def _named_periods(plan: ResolvedPlan, relation: Relation) -> tuple[str, ...]:
    """What covers rows of periods of another plan: its results, since that plan holds."""
    is_by_period = any(part.kind.startswith(PERIOD) for part in relation.key)
    if plan.effective_from is None or not is_by_period:
        return ()
    return (results_since(plan.plan, plan.effective_from),)


def result_draft(name: str, source: SourceModel, results: Mapping[str, ResolvedPlan]) -> Draft:
    """A relation of another plan's results.

    :raises AttainError: PLAN_RESULT_UNKNOWN.
    """
    plan, relation = source.plan or "", source.relation or ""
    found = results[plan].relations.get(relation) if plan in results else None
    if found is None:
        known = [
            f"{each}.{one}" for each, resolved in results.items() for one in resolved.relations
        ]
        raise AttainError(
            problem(
                errors.PLAN_RESULT_UNKNOWN,
                plan=plan,
                relation=relation,
                known=nearest(f"{plan}.{relation}", known),
            )
        )
    columns = {
        column: stored(column, kept.type, labels=kept.labels, personal=kept.personal)
        for column, kept in found.columns.items()
        if not kept.hidden
    }
    draft = Draft(
        name=name,
        key=found.key,
        rows=ResultRows(plan, relation),
        stored=columns,
        date=_date_of(name, columns, source) or found.date,
        subject=found.subject,
        covered_by=_named_periods(results[plan], found),
        links=_links(name, columns, source.links),
        identifies=name,
    )
    for part in found.key:
        if not part.kind.startswith(PERIOD) and part.kind != "text":
            draft.links.setdefault(part.name, Link(part.name, part.name, part.kind))
    return draft
