"""Lints: what is allowed in a plan, but unwise. Each rule is one function in the registry."""

from __future__ import annotations

from attain.engine.plans.lints import (
    dimensions,
    drafting,
    edges,
    fractions,
    incentives,
    people,
    periods,
    plain,
    ranges,
    rates,
    rounding,
    schemes,
    standings,
    twice,
    unused,
)
from attain.engine.plans.lints.registry import Case, Lint, lint_plan, lints

__all__ = ["Case", "Lint", "lint_plan", "lints"]

_RULES = (
    *(ranges, edges, fractions, rates, rounding, incentives),
    *(unused, people, periods, plain, drafting, schemes, dimensions, standings, twice),
)
"""Imported for what they register."""
