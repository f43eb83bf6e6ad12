"""Interventions: where people's decisions may change a calculated value (language.md 49).

The calculated column stays beside the decided one, under `<name>_calculated`, so that
recalculating keeps the decision and everybody sees both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

Kind = Literal["waive", "set", "adjust", "override"]

_ROW: Final = re.compile(r"row\((?:(\w+), ?)?(\w+)\)(?:\.(score|points))?")


def decided_column(component: str) -> str:
    """The column a component's decisions change: `row(sales).score` is `row_sales_score`."""
    found = _ROW.fullmatch(component)
    if found is None:
        return component
    card, row, member = found.groups()
    prefix = f"{card}_row" if card and card != "score" else "row"
    return f"{prefix}_{row}_{member or 'points'}"


def known_components(interventions: Mapping[str, tuple[Kind, ...]]) -> dict[str, str]:
    """The columns that decisions may change, with the components they are filed under."""
    return {decided_column(component): component for component in interventions}
