"""Periods as texts: `M02` of the plan's calendar, and `retail:M02` as a dataset stores it.

A dataset keeps with a period the calendar it was read in, where that is not the everyday one;
the rows of a plan are called by the label alone, as people write it. So that both find each
other, the plan's own calendar is taken off wherever a period is compared or looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from attain.core.periods import Calendar, Calendars, FiscalYear
from attain.core.periods.models import DEFAULT_CALENDAR
from attain.core.units import BOOLEAN, TEXT, Type, Unit
from attain.engine.primitives.model import Column, Gather, PairRows, Relation, ResolvedPlan
from attain.expressions.tree import Span
from attain.expressions.typed import (
    Apply,
    Cell,
    Condition,
    Constant,
    Missing,
    Node,
    Operate,
    Read,
    Reference,
)

PERIOD: Final = "period"
_OWN: Final = f"{PERIOD}:"
_COMPARED: Final = frozenset({"=", "<>", "in", "not in"})
_TAKEN_OFF: Final = "replace"
_EVERYWHERE_ALIKE: Final = frozenset({"week", "month"})
"""Kinds that every calendar of whole months cuts and calls alike."""

STORED_PERIOD: Final = replace(TEXT, kind=PERIOD)
"""The type of a dataset's period: `2026-02`, or `retail:M02` in a calendar of its own."""

Prefixes = Callable[[str | None], tuple[str, ...]]
"""What may stand before a label of the plan's calendar; asked for the kind of period, if known."""


def own_period(kind: str) -> Type:
    """The type of a period in the key of a plan's rows: its label alone."""
    return replace(TEXT, kind=_OWN + kind)


def prefixes(own: Calendar, calendars: Calendars) -> Prefixes:
    """The names of the calendars in which a label means what it means in the plan's."""
    named = () if own.name == DEFAULT_CALENDAR else (f"{own.name}:",)
    if not isinstance(own, FiscalYear):
        return lambda _: named
    of_months = tuple(
        f"{name}:"
        for name, one in calendars.items()
        if isinstance(one, FiscalYear) and name != DEFAULT_CALENDAR
    )
    return lambda kind: of_months if kind in _EVERYWHERE_ALIKE else named


def called_by_label(plan: ResolvedPlan, before: Prefixes) -> ResolvedPlan:
    """The plan with periods compared, and looked up in tables, by what people write."""
    if not before(None) and not before("month"):
        return plan
    relations = {
        name: _of_relation(replace(one, columns=_each(one.columns, before)), plan, before)
        for name, one in plan.relations.items()
    }
    return replace(plan, relations=relations)


def _of_relation(relation: Relation, plan: ResolvedPlan, before: Prefixes) -> Relation:
    rows = _through(relation.rows, before)
    if isinstance(rows, PairRows):
        rows = _paired(rows, plan, before)
    lookups = {
        name: replace(one, equal=_fitted(one.equal, plan.relations[one.relation], before))
        for name, one in _each(relation.lookups, before).items()
    }
    columns = {
        name: replace(one, made=replace(one.made, match=_fitted(one.made.match, relation, before)))
        if isinstance(one.made, Gather)
        else one
        for name, one in relation.columns.items()
    }
    return replace(relation, rows=rows, lookups=lookups, columns=columns)


def _each(named: Mapping[str, Any], before: Prefixes) -> dict[str, Any]:
    return {name: _through(one, before) for name, one in named.items()}


def _fitted(
    pairs: tuple[tuple[str, Node], ...], target: Relation, before: Prefixes
) -> tuple[tuple[str, Node], ...]:
    """What has to equal a column of another row, written as that row has it."""
    return tuple((name, _as_in(target.columns.get(name), node, before)) for name, node in pairs)


def _as_in(column: Column | None, node: Node, before: Prefixes) -> Node:
    wanted = column.type if column is not None else TEXT
    if _kind(wanted) is not None:
        return _off(node, before(_kind(wanted)))
    own = before(None)
    if own and _is_period(wanted) and _kind(node.type) is not None:
        return Apply("concat", (Constant(own[0], TEXT), node), replace(node.type, kind=PERIOD))
    return node


def _paired(rows: PairRows, plan: ResolvedPlan, before: Prefixes) -> PairRows:
    """Rows paired by a stored period on one side and the label of a plan's row on the other."""
    left, right = plan.relations[rows.left].columns, plan.relations[rows.right].columns
    kept, where = [], rows.where
    for one, other in rows.equal:
        first, second = left[one].type, right[other].type
        if _kind(first) == _kind(second) or not (_is_period(first) and _is_period(second)):
            kept.append((one, other))
            continue
        sides = (Reference(one, first), Reference(other, second, "right"))
        type_ = BOOLEAN.missing(first.may_be_missing or second.may_be_missing)
        test = Operate("=", _plain(sides, before), type_)
        where = test if where is None else Operate("and", (where, test), type_)
    return replace(rows, equal=tuple(kept), where=where)


def _through(value: Any, before: Prefixes) -> Any:
    """Whatever holds expressions, with those changed."""
    if isinstance(value, tuple):
        return tuple(_through(one, before) for one in value)
    if not is_dataclass(value) or isinstance(value, Type | Span | type):
        return value
    below = {one.name: _through(getattr(value, one.name), before) for one in fields(value)}
    made: Any = replace(value, **below)
    match made:
        case Operate() if made.operator in _COMPARED:
            if any(_is_period(one.type) for one in made.operands):
                return replace(made, operands=_plain(made.operands, before))
        case Read():
            return _read(made, before)
    return made


def _read(node: Read, before: Prefixes) -> Read:
    axes = [_is_period(one.type) for one in node.inputs]
    if not any(axes):
        return node
    inputs = tuple(
        _off(one, before(_kind(one.type))) if is_period else one
        for one, is_period in zip(node.inputs, axes, strict=True)
    )

    def plain(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
        return tuple(
            replace(one, equals=_plain(one.equals, before)) if is_period else one
            for one, is_period in zip(conditions, axes, strict=True)
        )

    cells = tuple(Cell(plain(cell.conditions), cell.value) for cell in node.cells)
    return replace(node, inputs=inputs, cells=cells)


def _plain(nodes: Sequence[Node], before: Prefixes) -> tuple[Node, ...]:
    kinds = {_kind(one.type) for one in nodes} - {None}
    taken = before(next(iter(kinds)) if len(kinds) == 1 else None)
    return tuple(_off(one, taken) for one in nodes)


def _off(node: Node, taken: tuple[str, ...]) -> Node:
    """A label without the calendar before it."""
    if isinstance(node, Missing) or _kind(node.type) is not None:
        return node
    if isinstance(node, Constant):
        label = str(node.value)
        found = next((one for one in taken if label.startswith(one)), "")
        return replace(node, value=label.removeprefix(found))
    for one in taken:
        nothing = (Constant(one, TEXT, node.span), Constant("", TEXT, node.span))
        node = Apply(_TAKEN_OFF, (node, *nothing), node.type, node.span)
    return node


def _is_period(type_: Type) -> bool:
    return type_.unit is Unit.text and (type_.kind == PERIOD or _kind(type_) is not None)


def _kind(type_: Type) -> str | None:
    """The kind of a period whose label stands alone, None for every other text."""
    kind = type_.kind or ""
    return kind.removeprefix(_OWN) if kind.startswith(_OWN) else None


def beneath(node: Apply) -> Node | None:
    """The text from which a calendar was taken off, for readers; None where an author did it."""
    if node.function != _TAKEN_OFF or len(node.arguments) != 3:
        return None
    text, taken, _ = node.arguments
    is_own = taken.span == text.span and isinstance(taken, Constant)
    if not is_own:
        return None
    below = beneath(text) if isinstance(text, Apply) else None
    return below if below is not None else text
