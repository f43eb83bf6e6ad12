"""Rows that lie in slices, one for each period of a kind, and what a slice is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import eq, ge, gt, le, lt
from typing import Any, Final

from sqlglot import exp

from attain.engine.compiler import Step

Span = tuple[date | None, date | None]
"""The first day, and the day after the last; None where a window is open."""
Labels = frozenset[str]
Needs = Mapping[str, Labels]
"""For each slice those of something that is read."""
Periods = Mapping[str, Mapping[str, Span]]
"""The periods of a run by their labels, for each kind of period."""

_COMPARED: Final[dict[type[exp.Expr], Callable[[Any, Any], bool]]] = {
    exp.EQ: eq,
    exp.GTE: ge,
    exp.GT: gt,
    exp.LTE: le,
    exp.LT: lt,
}


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of which each says in some columns, never empty, in which slice it lies.

    `spans` are the slices, and the days that the columns `starts` and `ends` hold in each.
    `needs` says of everything that is read which slices of it decide one slice here, None for
    all of it.
    """

    kind: str
    spans: Mapping[str, Span]
    labels: frozenset[str]
    starts: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    needs: Mapping[str, Needs | None] = ()  # type: ignore[assignment]

    def value(self, column: str, label: str) -> str | date | None:
        """What a column holds in every row of a slice; None if that is not known."""
        if column in self.labels:
            return label
        start, end = self.spans[label]
        return start if column in self.starts else end if column in self.ends else None

    @property
    def reading(self) -> int:
        """How many slices are read for all slices together."""
        return sum(len(one) for need in self.needs.values() if need for one in need.values())


@dataclass(frozen=True, slots=True)
class Source:
    """Something in a FROM: by what it can be sliced, and what it reads."""

    alias: str
    ways: tuple[Rows, ...]
    reads: tuple[str, ...]
    is_certain: bool = True
    """False on the right of a LEFT JOIN, where a row may be empty."""
    tests: tuple[exp.Expr, ...] = ()
    """Conditions that each of its rows must meet to be used."""


def values_of(values: exp.Values, periods: Periods) -> tuple[Rows, ...]:
    """Periods that are written down in the SQL, each with its label and its days."""
    alias = values.args["alias"]
    names = [one.name for one in alias.columns] if alias is not None else []
    if len(names) != 3:
        return ()
    spans: dict[str, Span] = {}
    for line in values.expressions:
        label, start, end = (_constant(one) for one in line.expressions)
        days = all(one is None or isinstance(one, date) for one in (start, end))
        if not isinstance(label, str) or label in spans or not days:
            return ()
        spans[label] = (start, end)  # type: ignore[assignment]
    kinds = [kind for kind, known in periods.items() if spans.keys() <= known.keys()]
    one, start_name, end_name = names
    return tuple(
        Rows(kind, spans, frozenset({one}), frozenset({start_name}), frozenset({end_name}), {})
        for kind in kinds
    )


def _constant(expression: exp.Expr) -> str | date | None:
    """A text or a day that is written down; None for anything else."""
    if isinstance(expression, exp.Literal) and expression.is_string:
        return expression.name
    if isinstance(expression, exp.Cast) and expression.is_type("DATE"):
        text = expression.this
        if isinstance(text, exp.Literal) and text.is_string:
            return date.fromisoformat(text.name)
    return None


def through(needs: Needs, further: Needs | None) -> Needs | None:
    """What is needed of something that is read by something that is read."""
    if further is None:
        return None
    return {label: _every(further.get(one, ()) for one in some) for label, some in needs.items()}


def either(one: Needs | None, other: Needs | None) -> Needs | None:
    """What is needed for two reasons."""
    if one is None or other is None:
        return None
    return {label: one.get(label, _NONE) | other.get(label, _NONE) for label in {**one, **other}}


_NONE: Labels = frozenset()


def _every(some: Iterable[Iterable[str]]) -> Labels:
    return frozenset(label for one in some for label in one)


def itself(labels: Iterable[str]) -> Needs:
    """Each slice and nothing else."""
    return {label: frozenset({label}) for label in labels}


def beside(one: tuple[str, Rows], other: tuple[str, Rows], tests: Sequence[exp.Expr]) -> Needs:
    """For each slice of one source those of another whose rows can stand beside its rows."""
    (name, rows), (beside_name, beside_rows) = one, other
    found = {}
    for label in rows.spans:
        found[label] = frozenset(
            further
            for further in beside_rows.spans
            if all(
                _may_hold(test, {name: (rows, label), beside_name: (beside_rows, further)})
                for test in tests
            )
        )
    return found


def _may_hold(test: exp.Expr, at: Mapping[str, tuple[Rows, str]]) -> bool:
    """False only if a comparison of two known values does not hold."""
    compare = _COMPARED.get(type(test))
    if compare is None:
        return True
    left, right = (_known(side, at) for side in (test.this, test.expression))
    if left is None or right is None or type(left) is not type(right):
        return True
    return compare(left, right)


def _known(side: exp.Expr, at: Mapping[str, tuple[Rows, str]]) -> str | date | None:
    if isinstance(side, exp.Column):
        rows, label = at.get(side.table, (None, ""))
        return rows.value(side.name, label) if rows is not None else None
    return _constant(side)


def up_to(rows: Rows, column: str) -> Needs | None:
    """For each slice those that do not come after it, in the order of a column."""
    at = {label: rows.value(column, label) for label in rows.spans}
    if any(value is None for value in at.values()):
        return None
    return {
        label: frozenset(one for one, value in at.items() if value <= own)  # type: ignore[operator]
        for label, own in at.items()
    }


def columns_of(step: Step) -> set[str]:
    """The names of the columns of a step, also of those that it does not tell."""
    return {column.name for column in step.columns} | set(shown_by(step.query) or ())


def shown_by(query: exp.Expr) -> list[str] | None:
    """The names of the columns of a query in their order, None where a star stands for some."""
    while isinstance(query, exp.Subquery | exp.Union):
        query = query.this
    if not isinstance(query, exp.Select) or any(one.is_star for one in query.expressions):
        return None
    return [one.alias_or_name for one in query.expressions]
