"""`total`, `before`, `previous` and the like: a row looks at those before it.

Along an ordering they are columns of their own; along the periods of a subject, `previous`
and `increase` read the results of earlier runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from attain.core.errors import AttainError, problem
from attain.core.labels import Labels, labels
from attain.core.units import BOOLEAN, COUNT, Type, Unit
from attain.engine import errors
from attain.engine.plans.resolve import orders
from attain.engine.plans.resolve.formulas import declared_unit, hidden_type
from attain.engine.plans.resolve.kind_words import kind_named
from attain.engine.plans.resolve.reading import Reading
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.work import Reported
from attain.engine.primitives.model import Ordered, OrderFunction, Prior
from attain.expressions import units
from attain.expressions.retype import number
from attain.expressions.spelling import name_of
from attain.expressions.tree import Call, Name, Operation, Tree
from attain.expressions.typed import Constant, Node, Reference

FUNCTIONS: Final = {
    "total": (1, 1, "total(x)"),
    "before": (1, 1, "before(x)"),
    "previous": (1, 4, "previous(x, start?, back?, restart?)"),
    "increase": (1, 1, "increase(x)"),
    "count_so_far": (0, 1, "count_so_far(condition?)"),
    "highest_so_far": (1, 1, "highest_so_far(x)"),
    "highest_before": (1, 2, "highest_before(x, start?)"),
    "lowest_before": (1, 2, "lowest_before(x, start?)"),
    "position": (0, 0, "position()"),
}
"""Fewest and most arguments, and how each is called."""

_EXTREMES: Final = (
    OrderFunction.HIGHEST_SO_FAR,
    OrderFunction.HIGHEST_BEFORE,
    OrderFunction.LOWEST_BEFORE,
)
_NEED_A_START: Final = (
    OrderFunction.PREVIOUS,
    OrderFunction.HIGHEST_BEFORE,
    OrderFunction.LOWEST_BEFORE,
)

STRICTLY_EARLIER: Final = frozenset({"before", "previous", "highest_before", "lowest_before"})
"""Functions that look at earlier rows only, so that a column may read itself through them."""


def read(reading: Reading) -> Node:
    """A look at earlier rows.

    :raises AttainError: PLAN_ORDER_NEEDED, PLAN_STATE_PERIOD, PLAN_ORDER_NOT_TOTAL,
        PLAN_BACK, PLAN_BACK_ALONG, PLAN_RESTART.
    :raises Reported: an argument is wrong.
    """
    fewest, most, signature = FUNCTIONS[reading.call.name]
    if not reading.has(fewest, most, signature):
        return reading.faulty()
    if reading.work.is_sketch:
        return _sketched(reading)
    site = reading.site
    if site.along is not None and reading.call.name == "previous" and len(reading.arguments) > 2:
        raise AttainError(problem(errors.PLAN_BACK_ALONG, ordering=site.along))
    if site.fold is not None and site.fold.reads(reading.arguments[:1]):
        return site.fold.earlier(reading)
    if site.along is not None:
        return _ordered(reading)
    if site.draft.period is not None and reading.call.name in ("previous", "increase"):
        return _along_periods(reading)
    raise AttainError(problem(errors.PLAN_ORDER_NEEDED, function=reading.call.name))


def names_in(tree: Tree) -> Iterator[str]:
    """The plain names an expression uses."""
    match tree:
        case Name(parts=(part,)):
            yield name_of(part)
        case Call(arguments=parts) | Operation(operands=parts):
            for one in parts:
                yield from names_in(one)
        case _:
            return


# ------------------------------------------------------------------------------------- sketching


def _sketched(reading: Reading) -> Node:
    """In a sketch: which columns are read at earlier rows, and a guess at the unit."""
    function, arguments = reading.call.name, reading.arguments
    if function in STRICTLY_EARLIER:
        said: Type | None = None
        for name in names_in(arguments[0]):
            declared = reading.work.declared.get(name)
            if declared is not None and declared.relation == reading.site.draft.name:
                is_along = reading.site.along is not None
                reading.work.read_earlier((declared.relation, name), is_along=is_along)
                said = declared_unit(reading.work, declared.model)
        if said is not None:
            return Reference(function, said.missing())
        known = _known(reading)
        if known is not None:
            return Reference(function, known)
        start = reading.check(arguments[1]) if len(arguments) > 1 else number(0)
        return Reference(function, start.type)
    if function in ("count_so_far", "position"):
        for argument in arguments:
            reading.check(argument)
        return Constant(Decimal(0), COUNT)
    return reading.check(arguments[0])


def _known(reading: Reading) -> Type | None:
    """Of one column: what the source says, or what an earlier sketch found of no state."""
    tree, draft = reading.arguments[0], reading.site.draft
    if not isinstance(tree, Name) or len(tree.parts) != 1:
        return None
    name = name_of(tree.parts[0])
    if name in draft.stored:
        return draft.read(name).type
    return reading.work.assumed.get((draft.name, name))


# -------------------------------------------------------------------------------- along an order


def _ordered(reading: Reading) -> Node:
    site, function = reading.site, OrderFunction(reading.call.name)
    ordering = orders.ordering(site, site.along or "")
    argument = _argument(reading, function)
    start = _start(reading, function, argument)
    made = Ordered(
        function=function,
        column=argument.column if argument is not None else None,
        ordering=ordering,
        start=start,
    )
    type_ = _type(function, argument, start)
    parts = [site.draft.read(column) for column, _ in ordering.by]
    parts += [site.draft.read(column) for column in ordering.partition]
    if any(part.type.may_be_missing for part in parts):
        type_ = type_.missing()
    return replace(site.step(made, type_, _text(reading)), span=reading.span)


def _argument(reading: Reading, function: OrderFunction) -> Reference | None:
    """The first argument as a column of the rows."""
    if not reading.arguments:
        return None
    expected = BOOLEAN if function is OrderFunction.COUNT_SO_FAR else None
    node = reading.check(reading.arguments[0])
    if expected is not None:
        node = reading.composer.fit(node, expected)
    elif not (node.type.is_number or _takes(function, node.type)):
        node = reading.composer.fit(node, COUNT)
    if units.is_faulty(node.type):
        raise Reported(reading.call.name)
    return reading.site.lift(node)


def _takes(function: OrderFunction, type_: Type) -> bool:
    """What is no number may be looked back at; of dates there is a latest and an earliest, too."""
    return function is OrderFunction.PREVIOUS or (function in _EXTREMES and type_.unit is Unit.date)


def _start(reading: Reading, function: OrderFunction, argument: Reference | None) -> Node | None:
    """What stands in on the first row: the highest of nothing is 0, but no date is the latest."""
    if argument is None:
        return None
    if len(reading.arguments) > 1:
        start = reading.check(
            reading.arguments[1],
        )
        return reading.composer.fit(start, units.bare(argument.type), action="choose")
    if function is OrderFunction.HIGHEST_BEFORE and argument.type.is_number:
        return reading.composer.fit(number(0), units.bare(argument.type))
    return None


def _type(function: OrderFunction, argument: Reference | None, start: Node | None) -> Type:
    if argument is None:
        return COUNT
    type_ = argument.type
    if function is OrderFunction.COUNT_SO_FAR:
        return COUNT.missing(type_.may_be_missing)
    needs_start = function in _NEED_A_START
    is_missing = type_.may_be_missing or (start is None and needs_start)
    if start is not None:
        is_missing = is_missing or start.type.may_be_missing
        type_ = replace(type_, scale=_wider(type_.scale, start.type.scale))
    return hidden_type(type_).missing(is_missing)


def _wider(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else max(one, other)


def _text(reading: Reading) -> str:
    return f"{reading.call.name}(…) along {reading.site.along or reading.site.draft.period}"


# ---------------------------------------------------------------------------------- along periods


def _along_periods(reading: Reading) -> Node:
    """The value of the period before, from the results that the run names."""
    site, work = reading.site, reading.work
    period = site.draft.period or ""
    if period != work.plan.period and not work.kinds.is_coarser(period, work.plan.period):
        raise AttainError(problem(errors.PLAN_STATE_PERIOD, kind=period, period=work.plan.period))
    work.earlier_results = True
    if reading.call.name == "increase":
        now = _argument(reading, OrderFunction.INCREASE)
        assert now is not None
        start = reading.composer.fit(number(0), units.bare(now.type))
        before = _prior(site, now, start, 1)
        return reading.composer.operate("-", (now, before), reading.span)
    column = _state(reading)
    first = _prior_start(reading, column)
    before = _prior(site, column, first, _back(reading), _restart(reading))
    return replace(before, span=reading.span)


def _state(reading: Reading) -> Reference:
    """The column whose earlier value is read; its unit may still be an assumption."""
    site, work = reading.site, reading.work
    tree = reading.arguments[0]
    name = name_of(tree.parts[0]) if isinstance(tree, Name) and len(tree.parts) == 1 else None
    declared = work.declared.get(name or "")
    if name is None or declared is None or declared.relation != site.draft.name:
        found = _argument(reading, OrderFunction.PREVIOUS)
        assert found is not None
        return found
    which = (site.draft.name, name)
    if which in work.assumed and which in work.recursive:
        return Reference(name, work.assumed[which])
    column = work.column(site.draft, name)
    assert column is not None
    return Reference(name, column.type)


def _prior_start(reading: Reading, column: Reference) -> Node | None:
    if len(reading.arguments) < 2:
        return None
    start = reading.check(reading.arguments[1])
    return reading.composer.fit(start, units.bare(column.type), action="choose")


def _back(reading: Reading) -> int:
    """How many periods back; one unless said."""
    if len(reading.arguments) < 3:
        return 1
    node = reading.check(reading.arguments[2])
    value = node.value if isinstance(node, Constant) else None
    if isinstance(value, Decimal) and value >= 1 and value == int(value):
        return int(value)
    raise AttainError(problem(errors.PLAN_BACK))


def _restart(reading: Reading) -> str | None:
    """The kind of period with which the state begins again, such as `year`.

    :raises AttainError: PLAN_RESTART for what is no longer period of the plan's calendar,
        PLAN_RESTART_NEVER where there is none.
    """
    if len(reading.arguments) < 4:
        return None
    kinds, own = reading.work.kinds, reading.site.draft.period or ""
    kind = kind_named(reading.word(3) or "?")
    longer = [one for one in kinds.names if kinds.is_coarser(one, own)]
    if not longer:
        raise AttainError(problem(errors.PLAN_RESTART_NEVER, found=kind, kind=own))
    if kind not in longer:
        raise AttainError(problem(errors.PLAN_RESTART, found=kind, kind=own, known=longer))
    return kind


def _prior(
    site: Site, column: Reference, start: Node | None, back: int, restart: str | None = None
) -> Reference:
    is_missing = column.type.may_be_missing or start is None or start.type.may_be_missing
    scale = column.type.scale
    if start is not None and scale is not None:
        scale = _wider(scale, start.type.scale)
    type_ = hidden_type(replace(column.type, scale=scale)).missing(is_missing)
    made = Prior(column.column, back, start, restart)
    return site.step(made, type_, f"previous({column.column})", _of_before(site, column, back))


def _of_before(site: Site, column: Reference, back: int) -> Labels | None:
    """How readers are told of the value some periods before; a step without a name has none."""
    kept = site.draft.column(column.column)
    declared = site.draft.declared.get(column.column)
    if declared is None and (kept is None or kept.labels is None):
        return None
    said = kept.labels if kept is not None else None
    said = said or (declared.model.label if declared is not None else None)
    name = column.column
    zh, en = (said.zh or said.en, said.en or said.zh) if said else (name, name)
    if back > 1:
        return labels(f"{back}期前的“{zh}”", f"“{en}” of {back} periods before")
    return labels(f"上期的“{zh}”", f"“{en}” of the period before")
