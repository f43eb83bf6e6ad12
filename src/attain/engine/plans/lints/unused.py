"""Names that nothing uses, and names that another hides."""

from __future__ import annotations

from collections.abc import Iterator

from attain.core.errors import Problem, problem
from attain.core.labels import Labels, labels
from attain.engine import errors
from attain.engine.plans.lints.reading import every_node
from attain.engine.plans.lints.registry import ORDERS, Case, lint
from attain.expressions.typed import Reference

_CONSTANTS = {
    "parameters": labels("参数", "parameter"),
    "tables": labels("表", "table"),
    "orderings": labels("顺序", "ordering"),
    "groups": labels("人群", "group"),
}
_ROWS = {
    "sources": labels("数据来源", "source"),
    "relations": labels("关系", "relation"),
    "paths": labels("树", "path"),
}
_COLUMN = labels("列", "column")


@lint(
    errors.LINT_UNUSED,
    """
plan: p
period: month
subjects: {seller: people}
parameters: {rate: 5%}
formulas: {one: "1"}
""",
)
def names_that_nothing_uses(case: Case) -> Iterator[Problem]:
    """A parameter, table, source or column that no rule reads, no reader sees, no example expects.

    Often another name was written where this one was meant.
    """
    for section, what in _CONSTANTS.items():
        for name in getattr(case.plan, section):
            if name not in case.used:
                yield _unused(case, section, name, what)
    below = {name for source in case.plan.sources.values() for name in source.below}
    for section, what in _ROWS.items():
        for name in getattr(case.plan, section):
            if name not in _relations(case) and name not in below:
                yield _unused(case, section, name, what)
    yield from _columns(case)


@lint(
    errors.LINT_NAME_HIDDEN,
    ORDERS.replace("amount: money", "amount: money, share: ratio")
    + """
parameters: {share: 5%}
columns: {part: {each: orders, is: amount * share}}
measures: {parts: {sum: part, from: orders}}
formulas: {bonus: parts * share}
""",
)
def parameters_that_a_column_hides(case: Case) -> Iterator[Problem]:
    """A parameter called like a column of the row on which a formula reads the name.

    The row's own column is read there, the parameter everywhere else.
    """
    found = {
        (column.name, node.column)
        for _, column, node in every_node(case)
        if isinstance(node, Reference) and not node.row and node.column in case.plan.parameters
    }
    for by, name in sorted(found):
        where = case.plan.where(("parameters", name))
        yield problem(errors.LINT_NAME_HIDDEN, where, name=name, by=by)


def _relations(case: Case) -> set[str]:
    """Relations that are part of the result, under the names of paths too, the subjects', and
    the lists whose parents are a path."""
    subjects = (one.from_ for one in case.plan.subjects.values())
    lists = (one.over.partition(".")[0] for one in case.plan.paths.values())
    parts = (name.partition("__")[0] for name in case.resolved.relations)
    return {*subjects, *lists, *parts, *case.resolved.relations}


def _columns(case: Case) -> Iterator[Problem]:
    shown = {(one.relation, one.column) for one in case.resolved.components}
    shown |= {(one.relation, one.amount) for one in case.resolved.lines}
    shown |= {(one.relation, one.column) for one in case.resolved.checks}
    expected = {
        name
        for example in case.plan.examples
        for expect in (example.expect, *(run.expect for run in example.runs))
        for name in expect
    }
    for section in ("columns", "measures", "formulas"):
        for name, model in getattr(case.plan, section).items():
            homes = [
                (relation.name, name)
                for relation in case.resolved.relations.values()
                if name in relation.columns and not relation.columns[name].hidden
            ]
            is_used = name in expected or any(home in shown | case.read for home in homes)
            if homes and not is_used and not model.match:
                yield _unused(case, section, name, _COLUMN)


def _unused(case: Case, section: str, name: str, what: Labels) -> Problem:
    where = case.plan.where((section, name))
    return problem(errors.LINT_UNUSED, where, name=name, what=what)
