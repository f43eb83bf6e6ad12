"""Which parameters and tables of plain numbers a formula comes from: one may be an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Final

from attain.core.errors import AttainError, Problem
from attain.core.labels import labels
from attain.core.units import Type, Unit
from attain.engine.plans.models.columns import AGGREGATES, ColumnModel
from attain.engine.plans.models.plan import PlanModel
from attain.engine.plans.models.tables import ParameterModel, TableModel
from attain.expressions import remedies, units
from attain.expressions.errors import PLAN_TYPE
from attain.expressions.parse import parse
from attain.expressions.tree import Call, Name, Number, Operation, Tree

SHOWN: Final = 3
"""How many names a message shows."""

FACTOR: Final = 2
"""Up to this a plain number is rather a factor than an amount."""

_NO_NUMBERS: Final = [units.named(Type(one)) for one in (Unit.boolean, Unit.text, Unit.date)]
_BARE: Final = re.compile(r"-?\d+(\.\d+)?")


def named_amounts(plan: PlanModel, text: str, found: Problem) -> Problem:
    """Where an amount is asked for: the plain numbers the formula is made of are named.

    Whoever reads that 奖金 is a count must else look for 人均基数 three columns before.
    """
    amount = Type(Unit.money, currency=plan.currency)
    asked, _ = remedies.of("fit", amount, Type(Unit.count))
    told = (found.values.get("what"), found.values.get("first"))
    is_number = found.values.get("second") not in _NO_NUMBERS
    if found.code != PLAN_TYPE or told != (asked, units.named(amount)) or not is_number:
        return found
    behind = list(_behind(plan, text, set()))
    names = sorted(dict.fromkeys(behind), key=partial(_unlikely, plan))[:SHOWN]
    if not names:
        return found
    remedy = labels(
        f"算到这里的{'、'.join(names)}写的是不带单位的数。是金额的（单价、标准、基数），"
        f"在它那里写 unit: money，如 {names[0]}: {{..., unit: money}}。",
        f"What comes here is made of plain numbers: {', '.join(names)}. Say unit: money at the one "
        f"that is an amount, such as a price or a standard: {names[0]}: {{..., unit: money}}.",
    )
    return replace(found, values={**found.values, "remedy": remedy})


def _unlikely(plan: PlanModel, name: str) -> tuple[bool, bool, Decimal]:
    """The key that puts the likeliest amount first.

    What is made of small numbers is a factor, or counts from 1. A price that has a name comes
    before a formula with a number in it, which may only divide.
    """
    columns = {**plan.columns, **plan.measures, **plan.formulas}
    said, column = plan.parameters.get(name) or plan.tables.get(name), columns.get(name)
    numbers = [Decimal(str(one)) for one in _given(said)] if said is not None else []
    if column is not None:
        trees = (tree for text in _texts(column) for tree in _trees(text))
        numbers += [one.value for one in trees if isinstance(one, Number)]
    largest = max(map(abs, numbers), default=Decimal(0))
    return largest <= FACTOR, said is None, -largest


def _behind(plan: PlanModel, text: str, seen: set[str]) -> Iterator[str]:
    """The names of plain numbers in a formula, of the columns that it reads, and in those."""
    columns = {**plan.columns, **plan.measures, **plan.formulas}
    for name in _names(text):
        if name in seen:
            continue
        seen.add(name)
        said = plan.parameters.get(name) or plan.tables.get(name)
        if said is not None and said.unit is None and _is_bare(said):
            yield name
        elif (column := columns.get(name)) is not None and column.unit is None:
            for inner in _texts(column):
                yield from _behind(plan, inner, seen)
                if column.form is None and any(map(_is_number, _trees(inner))):
                    yield name


def _texts(column: ColumnModel) -> Iterator[str]:
    """The formulas of which a column has its unit."""
    for maker in ("is_", "share_out", "of", *AGGREGATES):
        said = getattr(column, maker, None)
        if said is not None and maker not in ("count", "distinct"):
            yield str(said)


def _is_bare(said: ParameterModel | TableModel) -> bool:
    """True if what is written there is numbers without percent."""
    given = list(_given(said))
    return bool(given) and all(_BARE.fullmatch(str(one)) for one in given)


def _given(said: ParameterModel | TableModel) -> Iterator[object]:
    return _of_parameter(said) if isinstance(said, ParameterModel) else _of_table(said)


def _of_parameter(parameter: ParameterModel) -> Iterator[object]:
    values = (parameter.is_, *(one.is_ for one in parameter.versions))
    yield from (one for one in values if one is not None)


def _of_table(table: TableModel) -> Iterator[object]:
    for body in (table, *table.versions):
        yield from (one.is_ for one in body.real_bands)
        yield from (one.is_ for one in body.points)
        yield from body.keys.values()
        yield from (row["is"] for row in body.rows if "is" in row)
        if body.rest is not None:
            yield body.rest


def _names(text: str) -> Iterator[str]:
    """The names an expression uses; of a path the last, `shop.pot` reads the pot."""
    yield from (one.parts[-1] for one in _trees(text) if isinstance(one, Name))


def _is_number(tree: Tree) -> bool:
    return isinstance(tree, Number) and not tree.percent and tree.value != 0


def _trees(text: str) -> Iterator[Tree]:
    """An expression and everything in it; of one that cannot be read nothing."""
    try:
        open_ = [parse(text).tree]
    except AttainError:
        return
    while open_:
        tree = open_.pop(0)
        yield tree
        match tree:
            case Call(arguments=parts) | Operation(operands=parts):
                open_ = [*parts, *open_]
