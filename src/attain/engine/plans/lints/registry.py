"""Where lint rules are declared, found and run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from attain.core.errors import Problem, Where
from attain.engine.plans.models.plan import PlanModel
from attain.engine.plans.resolve.work import ColumnId
from attain.engine.primitives.model import ResolvedPlan


@dataclass(frozen=True, slots=True)
class Case:
    """A plan as a lint sees it: as written, resolved, and which names its rules used."""

    plan: PlanModel
    resolved: ResolvedPlan
    used: frozenset[str] = frozenset()
    """Parameters, tables, orderings and groups that some rule reads."""
    read: frozenset[ColumnId] = frozenset()
    """Columns that some other column reads."""

    def where(self, column: str, *keys: str) -> Where:
        """Where a column was written, be it among columns, measures or formulas."""
        sections = ("columns", "measures", "formulas")
        section = next((one for one in sections if column in getattr(self.plan, one)), None)
        return self.plan.where((section, column, *keys) if section else ())


Rule = Callable[[Case], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Lint:
    """A rule with its code and the smallest plan that provokes it."""

    code: str
    rule: Rule
    example: str

    @property
    def description(self) -> str:
        """What it looks for and why, as its author wrote it."""
        return (self.rule.__doc__ or "").strip()


ORDERS: Final = """
plan: p
period: month
subjects: {seller: people}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: money}
"""
"""How most of the smallest plans begin."""

_LINTS: Final[dict[str, Lint]] = {}


def lint(code: str, example: str) -> Callable[[Rule], Rule]:
    """Register a rule.

    :raises ValueError: a code that has a rule already.
    """

    def register(rule: Rule) -> Rule:
        if code in _LINTS:
            raise ValueError(f"{code} has two rules")
        _LINTS[code] = Lint(code, rule, example)
        return rule

    return register


def lints() -> tuple[Lint, ...]:
    """Every rule, by its code: the source of the reference page."""
    return tuple(_LINTS[code] for code in sorted(_LINTS))


def lint_plan(case: Case) -> tuple[Problem, ...]:
    """Everything unwise about a plan, by rule."""
    return tuple(found for each in lints() for found in each.rule(case))
