"""Interventions: where people's decisions may change a calculated value (language.md 49).

The calculated column stays beside the decided one, under `<name>_calculated`, so that
recalculating keeps the decision and everybody sees both.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from attain.engine.forms.expansion import Entry
from attain.engine.plans.card_rows import column_named

Kind = Literal["waive", "set", "adjust", "override"]


def known_components(
    interventions: Mapping[str, tuple[Kind, ...]], columns: Collection[str]
) -> dict[str, str]:
    """The columns that decisions may change, with the components they are filed under."""
    return {column_named(component, columns): component for component in interventions}


def decide(columns: dict[str, Entry], column: str, component: str) -> None:
    """Keep the calculated value beside the decided one, which takes over the name.

    A row that gives points is decided by its score, and its points follow: that is what its
    weight times the score has always been.
    """
    row = column.removesuffix("_score")
    follows = f"{row}_points / {row}_weight"
    if column.endswith("_score") and columns[column].get("is") == follows:
        points = columns[f"{row}_points"]
        columns[f"{row}_points_calculated"] = {**points, "show": False}
        columns[column] = {**columns[column], "is": f"{row}_points_calculated / {row}_weight"}
        columns[f"{row}_points"] = {**_about(points), "is": f"{column} * {row}_weight"}
    calculated = f"{column}_calculated"
    made = columns[column]
    columns[calculated] = {**made, "show": False}
    columns[column] = {**_about(made), "decided": calculated, "component": component}


def _about(made: Entry) -> Entry:
    """What the decided column takes over from the calculated one."""
    kept = ("each", "label", "source", "form", "unit", "show")
    return {key: made[key] for key in kept if key in made}
