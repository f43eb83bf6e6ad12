"""Relations made from others: pairs, stretches, stacks and paths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from attain.core.errors import AttainError, problem
from attain.core.labels import Labels, labels
from attain.core.units import BOOLEAN, COUNT, DATE, DAYS, TEXT, Type, Unit, key_of
from attain.engine import errors
from attain.engine.plans.models.orderings import PathModel, RelationModel, StackPartModel
from attain.engine.plans.resolve.drafts import (
    EFFECTIVE_FROM,
    EFFECTIVE_UNTIL,
    PERIOD,
    Draft,
    Link,
    key_part,
    period_columns,
    period_key,
    stored,
)
from attain.engine.plans.resolve.kind_words import unknown_kind
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import (
    Column,
    CutRows,
    KeyPart,
    PairRows,
    PathRows,
    SourceRows,
    StackPart,
    StackRows,
)
from attain.expressions.columns import as_column
from attain.expressions.compose import Composer
from attain.expressions.typed import Node
from attain.expressions.units import is_any, settled

if TYPE_CHECKING:
    from attain.engine.plans.resolve.work import Work

RIGHT = "right."
BY = "by."
ROW = "row"
"""`at: row` of a path: the tree as it is on the date of the row that reads it."""


def relation(work: Work, name: str, model: RelationModel) -> Draft:
    """A relation made from others.

    :raises AttainError: PLAN_RELATION_SHAPE, and what is wrong with what it is made of.
    """
    said = [kind for kind in ("pair", "cut", "stack") if getattr(model, kind)]
    if len(said) != 1:
        raise _impossible(name, "要写 pair、cut、stack 之一", "it says none or several of them")
    make = {"pair": _pair, "cut": _cut, "stack": _stack}[said[0]]
    work.drafts[name] = draft = make(work, name, model)
    draft.labels = model.label
    return draft


def _impossible(name: str, zh: str, en: str) -> AttainError:
    return AttainError(problem(errors.PLAN_RELATION_SHAPE, name=name, fault=labels(zh, en)))


def _by_condition(name: str, side: Draft, column: str, pair: tuple[str, str]) -> AttainError:
    """`on` compares what is stored; what is calculated is compared by a condition."""
    left, right = pair
    found = problem(
        errors.PLAN_PAIR_COLUMN, name=name, side=side.name, column=column, left=left, right=right
    )
    return AttainError(found)


def _without(name: str, side: Draft, column: str) -> AttainError:
    """What a side of a pair, or what cuts, does not have, and what it has instead."""
    known = [one for one in side.stored if not one.endswith(("_from", "_until"))]
    return _impossible(
        name,
        f"“{side.name}”没有列“{column}”，它有 {'、'.join(known)}",
        f"“{side.name}” has no column “{column}” but {', '.join(known)}",
    )


# ----------------------------------------------------------------------------------------- pairs


def _pair(work: Work, name: str, model: RelationModel) -> Draft:
    if len(model.pair) != 2:
        raise _impossible(name, "pair 要写两个关系", "a pair names two relations")
    left, right = (work.rows(one) for one in model.pair)
    for pair in model.on.items():
        for side, column in zip((left, right), pair, strict=True):
            if side.column(column) is None:
                plan = work.plan
                if any(column in one for one in (plan.columns, plan.measures, plan.formulas)):
                    raise _by_condition(name, side, column, pair)
                raise _without(name, side, column)
    draft = paired(name, left, right)
    where = None
    if model.where is not None:
        where = Site(work, left).check(model.where, BOOLEAN, right=right)
    has_days = right.is_dated or (right.period is not None and left.period is None)
    at = model.at or (left.date if has_days else None)
    draft.rows = PairRows(left.name, right.name, tuple(model.on.items()), at, where)
    draft.date = model.date or draft.date
    return draft


def paired(name: str, left: Draft, right: Draft) -> Draft:
    """All columns of the left row, and those of the right row under `right.`."""
    columns = dict(left.stored)
    for column in right.stored.values():
        said = column.labels or _label_of_right(left, right, column.name)
        columns[RIGHT + column.name] = replace(column, name=RIGHT + column.name, labels=said)
    key = [*left.key, *(_of_right(part) for part in right.key)]
    links = dict(left.links)
    for link in right.links.values():
        links.setdefault(link.name, Link(link.name, RIGHT + link.column, link.to))
    for part in (*left.own_key, *right.own_key):
        prefix = "" if part in left.own_key else RIGHT
        if part.kind != "text" and not part.kind.startswith(PERIOD):
            links.setdefault(part.name, Link(part.name, prefix + part.name, part.kind))
    return Draft(
        name=name,
        key=tuple(key),
        rows=PairRows(left.name, right.name, ()),
        stored=columns,
        date=left.date,
        subject=left.subject,
        covered_by=tuple(dict.fromkeys((*left.covered_by, *right.covered_by))),
        links=links,
        identifies=name,
        bases=(("", left), (RIGHT, right)),
    )


def _label_of_right(left: Draft, right: Draft, name: str) -> Labels:
    """Readers know no right row: its own name, and of which rows where the left has it, too."""
    said = f"{right.name}.{name}" if name in left.stored else name
    return labels(said, said)


def _of_right(part: KeyPart) -> KeyPart:
    """A key part of the right row; its period is not the pair's: that is the left row's."""
    kind = "text" if part.kind.startswith(PERIOD) else part.kind
    return replace(part, name=RIGHT + part.name, kind=kind)


# ---------------------------------------------------------------------------------------- stacks

_PART = "part"
"""The column of a stack that says from which part a row comes."""


def _stack(work: Work, name: str, model: RelationModel) -> Draft:
    names = list(dict.fromkeys(column for part in model.stack for column in part.give))
    if _PART in names:
        zh = f"give 里的“{_PART}”已是各部分名称所在的列，换一个列名"
        en = f"“{_PART}” is the column of the parts' names; give the value another name"
        raise _impossible(name, zh, en)
    values = {part.name: _given(work, name, part, names) for part in model.stack}
    columns = {_PART: stored(_PART, TEXT)}
    fitted: dict[str, list[Node]] = {part.name: [] for part in model.stack}
    for number, column in enumerate(names):
        composer = Composer()
        alike, shared = composer.alike(
            [values[part.name][number] for part in model.stack], action="choose"
        )
        if composer.problems:
            at = _unlike([values[part.name][number] for part in model.stack])
            where = work.plan.where(("relations", name, "stack", at, "give", column))
            raise AttainError([replace(one, where=where) for one in composer.problems])
        ended = [as_column(composer.fit(node, settled(shared))) for node in alike]
        for part, node in zip(model.stack, ended, strict=True):
            fitted[part.name].append(node)
        columns[column] = stored(column, _widest([node.type for node in ended]))
    sources = [work.rows(part.from_) for part in model.stack]
    both = zip(model.stack, sources, strict=True)
    parts = tuple(_stacked(work, part, source, fitted[part.name]) for part, source in both)
    _refuse_ungiven(name, model, columns)
    key = (KeyPart(_PART, "text", TEXT), *(key_part(one, columns[one]) for one in model.key))
    covered = [dataset for source in sources for dataset in source.covered_by]
    return Draft(
        name=name,
        key=key,
        rows=StackRows(tuple(names), parts),
        stored=columns,
        date=model.date,
        covered_by=tuple(dict.fromkeys(covered)),
        links=_stack_links(columns, model),
        identifies=name,
    )


def _unlike(nodes: list[Node]) -> int:
    """The part whose value is of another kind than that of the first part."""
    first = nodes[0].type
    kinds = [(node.type.unit, node.type.kind, node.type.currency) for node in nodes]
    own = (first.unit, first.kind, first.currency)
    return next((number for number, one in enumerate(kinds) if one != own), 0)


def _stacked(work: Work, part: StackPartModel, source: Draft, values: list[Node]) -> StackPart:
    return StackPart(part.name, source.name, tuple(values), _where(work, source, part), part.label)


def _refuse_ungiven(name: str, model: RelationModel, columns: Mapping[str, Column]) -> None:
    """A key or a date that no part gives would tell nothing apart."""
    for word, said in (("key", model.key), ("date", (model.date,) if model.date else ())):
        unknown = [one for one in said if one not in columns]
        if unknown:
            zh = f"{word} 写了“{unknown[0]}”，但各部分的 give 都没有给出它"
            en = f"its {word} says “{unknown[0]}”, which no part gives"
            raise _impossible(name, zh, en)


def _given(work: Work, name: str, part: StackPartModel, names: list[str]) -> list[Node]:
    source = work.rows(part.from_)
    site = Site(work, source, owner=f"{name}_{part.name}")
    absent = [column for column in names if column not in part.give]
    if absent:
        zh = f"“{part.name}”没有给出“{absent[0]}”"
        raise _impossible(name, zh, f"“{part.name}” gives no “{absent[0]}”")
    return [site.check(part.give[column]) for column in names]


def _where(work: Work, source: Draft, part: StackPartModel) -> Node | None:
    if part.where is None:
        return None
    return Site(work, source).check(part.where, BOOLEAN)


def _widest(types: list[Type]) -> Type:
    known = [type_ for type_ in types if not is_any(type_)]
    first = known[0] if known else types[0]
    scales = [type_.scale for type_ in known if type_.scale is not None]
    is_missing = any(type_.may_be_missing for type_ in types)
    return replace(first, scale=max(scales, default=first.scale), may_be_missing=is_missing)


def _stack_links(columns: dict[str, Column], model: RelationModel) -> dict[str, Link]:
    """Keys lead where they led in what is stacked."""
    found = {}
    for name, column in columns.items():
        if column.type.unit is Unit.key and column.type.kind:
            found[name] = Link(name, name, column.type.kind)
    for name, link in model.links.items():
        found[name] = Link(name, link.column or name, link.to)
    return found


# ------------------------------------------------------------------------------------- stretches


def _cut(work: Work, name: str, model: RelationModel) -> Draft:
    base = work.rows(model.cut)
    if base.subject is None or base.period is None:
        zh, en = "cut 要写 [对象, 期间]", "a cut needs the grain of a subject and a period"
        raise _impossible(name, zh, en)
    if model.by is None:
        raise _impossible(name, "没有写 by", "it does not say by what it is cut")
    by = work.rows((model.by,))
    if not by.is_dated:
        zh, en = f"“{model.by}”没有生效日", f"the rows of “{model.by}” are not dated"
        raise _impossible(name, zh, en)
    link = model.link or _only_link(work, name, base, by)
    if by.column(link) is None:
        raise _without(name, by, link)
    columns = dict(base.stored)
    for column in by.stored.values():
        columns[BY + column.name] = replace(
            column, name=BY + column.name, type=column.type.missing()
        )
    columns["from"] = stored("from", DATE)
    columns["until"] = stored("until", DATE)
    columns["days"] = stored("days", DAYS if model.basis != "whole_months" else COUNT)
    links = {one: each for one, each in by.links.items() if one not in base.links}
    moved = {one: Link(one, BY + each.column, each.to) for one, each in links.items()}
    return Draft(
        name=name,
        key=(*base.key, KeyPart("from", "text", DATE)),
        rows=CutRows(base.name, by.name, link, model.basis),
        stored=columns,
        subject=base.subject,
        links={**moved, **base.links},
        bases=((BY, by),),
    )


def _only_link(work: Work, name: str, base: Draft, by: Draft) -> str:
    kind = base.key[0].kind
    found = [link.column for link in by.links.values() if work.dataset_of(link.to) == kind]
    # A list of one row for each person and day leads nowhere by its own key: its type tells whose.
    keys = [part.name for part in by.own_key if by.stored[part.name].type.kind == kind]
    found += [key for key in keys if key not in found]
    in_key = [part.name for part in by.own_key if part.name in found]
    if len(in_key) == 1:
        return in_key[0]
    if len(found) != 1:
        raise _impossible(name, "写 link", "say with link which column is the subject")
    return found[0]


# ----------------------------------------------------------------------------------------- paths


def path(work: Work, name: str, model: PathModel) -> Draft:
    """A tree as rows of (member, ancestor, distance, leg), as the path declares it.

    :raises AttainError: PLAN_PERIOD_KIND, PLAN_DATASET_UNKNOWN.
    """
    at = model.at or work.plan.period
    draft = path_at(work, name, model, None if at == ROW else at)
    work.drafts[name] = draft
    return draft


def path_at(work: Work, name: str, model: PathModel, period: str | None) -> Draft:
    """The tree on the last day of each period, or in stretches between its changes."""
    if period is not None and period not in work.kinds:
        raise unknown_kind(work.kinds, work.plan.calendar, period)
    rows = _edges_of(work, name, model, period)
    kind = model.of or _kind(work, model.over, rows)
    type_ = key_of(kind)
    columns = {
        "member": stored("member", type_, labels=labels("成员", "member")),
        "ancestor": stored("ancestor", type_, labels=labels("上级", "ancestor")),
        "distance": stored("distance", COUNT, labels=labels("相隔级数", "distance")),
        "leg": stored("leg", type_.missing(model.self_), labels=labels("所在分支", "leg")),
    }
    parts = [KeyPart("member", kind, type_), KeyPart("ancestor", kind, type_)]
    if period is not None:
        columns |= period_columns(period)
        parts.append(period_key(period))
    else:
        columns[EFFECTIVE_FROM] = stored(EFFECTIVE_FROM, DATE.missing())
        columns[EFFECTIVE_UNTIL] = stored(EFFECTIVE_UNTIL, DATE.missing())
        parts.append(KeyPart(EFFECTIVE_FROM, "text", DATE))
    return Draft(
        name=name,
        key=tuple(parts),
        rows=rows,
        stored=columns,
        links={one: Link(one, one, kind) for one in ("member", "ancestor", "leg")},
        is_dated=period is None,
        identifies=name,
    )


def _edges_of(work: Work, name: str, model: PathModel, period: str | None) -> PathRows:
    """Where the edges stand: in a dataset of hierarchies, or in the rows themselves.

    :raises AttainError: PLAN_RELATION_SHAPE, PLAN_DATASET_UNKNOWN, PLAN_COLUMN_UNKNOWN.
    """
    list_, _, column = model.over.rpartition(".")
    if not list_:
        return PathRows(model.from_, model.over, model.self_, period)
    draft = work.draft(list_)
    if not isinstance(draft.rows, SourceRows) or len(draft.own_key) != 1:
        zh, en = f"“{list_}”不是有单一编号的数据集", f"“{list_}” is no dataset with a single key"
        raise _impossible(name, zh, en)
    if draft.column(column) is None:
        known = nearest(column, draft.stored)
        raise AttainError(
            problem(errors.PLAN_COLUMN_UNKNOWN, relation=list_, name=column, known=known)
        )
    child = draft.own_key[0].name
    return PathRows(draft.rows.dataset, None, model.self_, period, child, column)


def _kind(work: Work, over: str, rows: PathRows) -> str:
    """Whose tree it is: of what the list's key names, else of the plan's first subject.

    A list of people and those above them is a tree of people, one of categories of its own rows.
    """
    if rows.hierarchy is None:
        child = work.draft(over.rpartition(".")[0]).stored[rows.child]
        return child.type.kind or rows.dataset
    subjects = work.plan.subjects.values()
    return next((work.dataset_of(subject.from_) for subject in subjects), "people")


def path_for(work: Work, name: str, finer: Draft) -> Draft:
    """The tree as rows of that relation read it: in their period, or on their date."""
    model = work.plan.paths[name]
    declared = work.draft(name)
    wanted = finer.period
    if wanted is None and declared.period is not None and model.at is not None:
        return declared
    if declared.period == wanted:
        return declared
    other = f"{name}__{wanted or ROW}"
    if other not in work.drafts:
        work.drafts[other] = path_at(work, other, model, wanted)
    return work.drafts[other]
