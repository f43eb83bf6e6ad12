"""What only those have who are compared, in amounts that everybody has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attain.core.errors import Problem, problem
from attain.engine import errors
from attain.engine.plans.lints.registry import ORDERS, Case, lint
from attain.engine.primitives.model import Column, Formula, Grouped, Relation
from attain.expressions.typed import Apply, Node, Operate, Reference, children

_STEP: Final = re.compile(r"incentives/([^/]+)/steps/(\d+)/(base|add|multiply)")
_GUARDS: Final = frozenset({"if_missing", "is_missing", "is_applicable"})
_FIRST_ALONE: Final = frozenset({"if", "and", "or"})
"""Further operands are asked for some only."""
_NOTHING: Final = {"add": "0", "multiply": "1"}

_SO_FAR: Final = ("_add", "_multiply")
"""The amount behind a step, which stands on all steps before it as well."""


@lint(
    errors.LINT_RANK_OF_SOME,
    ORDERS
    + """measures: {sold: {sum: amount, from: orders}, deals: {count: rows, from: orders}}
groups: {large: {of: [seller, month], where: "sold >= 100"}}
columns: {place: {within: large, is: "rank(sold, deals)"}}
incentives:
  bonus: {steps: [{base: sold * 5%}, {add: "if(place <= 3, 500, 0)"}]}
""",
)
def places_of_some_in_amounts_of_all(case: Case) -> Iterator[Problem]:
    """A step that adds or multiplies by what only members of a group have.

    Whoever does not belong to the group loses the whole amount: it is not applicable to them,
    though only the prize was meant.
    """
    for relation in case.resolved.relations.values():
        read: dict[tuple[str, str, str], dict[str, str]] = {}
        for column in relation.columns.values():
            found = _STEP.fullmatch(column.form or "")
            if found and not column.name.endswith(_SO_FAR):
                read.setdefault((found[1], found[2], found[3]), {}).update(
                    _standings(relation, column)
                )
        bases = {name: groups for (name, _, key), groups in read.items() if key == "base"}
        for (name, number, key), groups in read.items():
            for group in groups.keys() - bases.get(name, {}).keys() if key in _NOTHING else ():
                where = case.plan.where(("incentives", name, "steps", number, key))
                yield problem(
                    errors.LINT_RANK_OF_SOME,
                    where,
                    name=name,
                    place=groups[group],
                    group=group,
                    step=key,
                    nothing=_NOTHING[key],
                )


def _standings(relation: Relation, column: Column) -> Iterator[tuple[str, str]]:
    """The groups that not everybody belongs to, on which a column stands, and what reads them."""
    seen, waiting = {column.name}, [(column, column.name)]
    while waiting:
        one, told = waiting.pop()
        if isinstance(one.made, Grouped) and one.made.population.where is not None:
            yield one.made.population.name, told
        if not isinstance(one.made, Formula):
            continue
        for name in _asked_of_all(one.made.node):
            if name in relation.columns and name not in seen:
                seen.add(name)
                below = relation.columns[name]
                waiting.append((below, told if below.hidden else name))


def _asked_of_all(node: Node) -> Iterator[str]:
    """The columns of the row that an expression needs for everybody."""
    called = node.function if isinstance(node, Apply) else ""
    called = node.operator if isinstance(node, Operate) else called
    if called in _GUARDS:
        return
    if isinstance(node, Reference) and not node.row:
        yield node.column
    for place, below in enumerate(children(node)):
        if place == 0 or called not in _FIRST_ALONE:
            yield from _asked_of_all(below)
