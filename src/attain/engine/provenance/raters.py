"""A score by groups of raters: how many, what they gave together, what that weighs.

Who gave what is told to nobody, and of fewer raters than the plan's threshold not even the mean.
The columns are those the scorecard writes for each group, under one place of the plan.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from attain.core import reasons
from attain.engine.primitives.model import Column, Relation
from attain.engine.provenance.evidence import Evidence
from attain.engine.provenance.places import RaterGroup
from attain.engine.reference.values import Row
from attain.expressions.results import Absent, Result

_RATERS: Final = "/raters"
_GROUPS: Final = "/raters/groups/"
CONFIDENTIAL: Final = Absent(reasons.CONFIDENTIAL)
"""What is told of the ratings of one group: they are told with the group, as far as at all."""


def is_anonymous(column: Column) -> bool:
    """Whether a column is a step of what a group of raters gave."""
    return _GROUPS in (column.form or "")


def groups_of(
    evidence: Evidence, relation: Relation, row: Row, column: Column
) -> tuple[RaterGroup, ...]:
    """The groups a score was made of, in the plan's order; none for any other column."""
    form = column.form or ""
    if not form.endswith(_RATERS):
        return ()
    base = column.name.removesuffix("score")
    names = dict.fromkeys(
        (one.form or "").removeprefix(f"{form}/groups/")
        for one in relation.columns.values()
        if (one.form or "").startswith(f"{form}/groups/")
    )

    def value(group: str, suffix: str) -> Result:
        return evidence.calculation.value(relation, row, f"{base}{group}_{suffix}")

    counts = {name: _number(value(name, "count")) for name in names}
    weights = {name: _number(value(name, "weight")) for name in names}
    whole = sum(weights.values(), Fraction(0))
    answered = sum((weights[name] for name in names if counts[name]), Fraction(0))
    found = []
    for name in names:
        mean = value(name, "shown")
        found.append(
            RaterGroup(
                name=name,
                raters=int(counts[name]),
                of=int(sum(counts.values(), Fraction(0))),
                mean=None if isinstance(mean, Absent) else mean,
                type=column.type,
                weight=weights[name] / whole if whole else Fraction(0),
                counts=weights[name] / answered if answered and counts[name] else Fraction(0),
            )
        )
    return tuple(found)


def _number(value: Result) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(0)
