"""Finding the relation that a name or a grain means, and making it when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from attain.core.errors import AttainError, problem
from attain.core.labels import labels
from attain.core.units import BOOLEAN
from attain.engine import errors
from attain.engine.plans.models.sources import SourceModel
from attain.engine.plans.resolve import made, members, planned, sources
from attain.engine.plans.resolve.drafts import Draft
from attain.engine.plans.resolve.naming_rules import STANDARD
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.work import Reported
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import PlanRows, ResultRows, SourceRows
from attain.expressions.typed import Node

if TYPE_CHECKING:
    from attain.engine.plans.resolve.work import Work


def named(work: Work, name: str) -> Draft:
    """The relation of a source, a dataset, or one the plan makes from others.

    :raises AttainError: PLAN_DATASET_UNKNOWN, PLAN_NAME_RESERVED, or what is wrong with its
        declaration.
    :raises Reported: a filter or an expression of it is wrong.
    """
    if name in work.drafts:
        return work.drafts[name]
    plan = work.plan
    if name in work.making:
        zh, en = "它由自己组成", "it is made from itself"
        fault = labels(zh, en)
        raise AttainError(problem(errors.PLAN_RELATION_SHAPE, name=name, fault=fault))
    if name in plan.relations:
        work.making.append(name)
        try:
            return made.relation(work, name, plan.relations[name])
        except AttainError as error:
            # Said once, where the relation stands, and not again for each column that reads it.
            work.note(error.problems, plan.where(("relations", name)))
            raise Reported(name) from None
        finally:
            work.making.pop()
    if name in plan.paths:
        return made.path(work, name, plan.paths[name])
    if name in plan.sources:
        draft = _source(work, name, plan.sources[name])
    elif name in work.schemas and name not in STANDARD:
        draft = sources.dataset_draft(name, work.schemas[name], currency=plan.currency)
    elif (source := source_of_dataset(work, name)) is not None:
        return named(work, source)
    elif name in work.schemas:
        # The results of every run have a table of that name.
        raise AttainError(problem(errors.PLAN_NAME_RESERVED, name=name))
    else:
        raise unknown(work, name)
    work.drafts[name] = draft
    return draft


def _source(work: Work, name: str, source: SourceModel) -> Draft:
    try:
        draft = _unfiltered(work, name, source)
    except AttainError as error:
        raise error.at(work.plan.where(("sources", name))) from None
    if source.where is not None:
        assert isinstance(draft.rows, SourceRows | PlanRows | ResultRows)
        draft.rows = replace(draft.rows, where=filter_of(work, draft, source.where))
    return draft


def _unfiltered(work: Work, name: str, source: SourceModel) -> Draft:
    if source.plan is not None:
        return sources.result_draft(name, source, work.results)
    if source.rows is not None:
        return planned.draft(work, name, source)
    schema = sources.schema_of(name, source, work.schemas, work.plan.currency)
    if schema is None:
        raise _undeclared(work, name, source)
    return sources.dataset_draft(name, schema, source, work.plan.currency)


def _undeclared(work: Work, name: str, source: SourceModel) -> AttainError:
    if source.columns:
        fault = labels("没有写 key", "it has no key")
        return AttainError(problem(errors.PLAN_SOURCE_SHAPE, name=name, fault=fault))
    if source.from_ is None and (source.key or source.date or source.links):
        zh = "没有写 columns，也没有同名的数据集"
        fault = labels(zh, "it says no columns, and there is no dataset of its name")
        return AttainError(problem(errors.PLAN_SOURCE_SHAPE, name=name, fault=fault))
    dataset = source.from_ or name
    known = nearest(dataset, work.schemas)
    return AttainError(problem(errors.PLAN_DATASET_UNKNOWN, name=dataset, known=known))


def source_of_dataset(work: Work, dataset: str) -> str | None:
    """The one source that brings a dataset under another name, `订单: {from: orders}`."""
    found = [name for name, source in work.plan.sources.items() if source.from_ == dataset]
    return found[0] if len(found) == 1 else None


def unknown(work: Work, name: str) -> AttainError:
    """There is no such dataset or source; the names most like it are shown."""
    plan = work.plan
    for subject, model in plan.subjects.items():
        if model.from_ == name:
            found = problem(errors.PLAN_SUBJECT_UNKNOWN, name=subject, dataset=name)
            return AttainError(found.at(plan.where(("subjects", subject))))
    known = [*plan.subjects, *plan.sources, *plan.relations, *plan.paths, *work.schemas]
    near = nearest(name, known)
    return AttainError(problem(errors.PLAN_DATASET_UNKNOWN, name=name, known=near))


def filter_of(work: Work, draft: Draft, text: str) -> Node:
    """A condition over stored columns.

    :raises Reported: it is wrong.
    """
    return Site(work, draft).check_stored(text, BOOLEAN)


def of(work: Work, names: Sequence[str]) -> Draft:
    """The relation of a grain or of a single name.

    :raises AttainError: PLAN_GRAIN_UNKNOWN, PLAN_GRAIN_SHAPE, PLAN_DATASET_UNKNOWN.
    """
    name = names[0]
    path = work.plan.paths.get(name)
    if path is not None and tuple(names[1:]) == (path.at or work.plan.period,):
        return named(work, name)
    if len(names) == 1 and name not in work.plan.subjects and name not in work.kinds:
        if name in work.drafts or is_source(work, name):
            return named(work, name)
        found = work.relation_of_name(name)
        if found is not None:
            return of(work, found)
        if name not in work.plan.dimensions:
            raise unknown(work, name)
    grain = members.read_grain(work, names)
    relation = grain.relation
    if is_source(work, relation):
        # `subjects: {people: people}`: the members are not the dataset's rows.
        relation = f"{relation}_members"
    if relation not in work.drafts:
        work.drafts[relation] = members.member_draft(work, grain, relation)
    return work.drafts[relation]


def is_source(work: Work, name: str) -> bool:
    plan = work.plan
    return (
        name in plan.sources
        or name in plan.relations
        or name in plan.paths
        or (name in work.schemas)
    )
