"""Which stored ratios the author of a plan writes without a percent sign: a factor of 3.5."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from attain.core.units import Unit
from attain.engine.plans.models.plan import PlanModel
from attain.engine.plans.resolve.drafts import Draft
from attain.engine.primitives.model import SourceRows

_BARE: Final = re.compile(r"-?\d+(\.\d+)?")

Said = Mapping[str, str | None]


def written_numbers(plan: PlanModel, drafts: Sequence[Draft]) -> Mapping[tuple[str, str], Decimal]:
    """The stored ratios of which rows and examples of the plan give bare numbers, some above 1.

    A share of 0.4 reads as 40 %, also where it is written so; a factor of 1.5 is one, and so is
    0.8 beside it. `drafts` come each after those whose rows stand in it.
    """
    found: dict[tuple[str, str], Decimal] = {}
    for draft in drafts:
        dataset = draft.rows.dataset if isinstance(draft.rows, SourceRows) else None
        rows = list(_rows(plan, {draft.name, dataset}))
        for name, column in draft.stored.items():
            if column.type.unit is not Unit.ratio:
                continue
            base = draft.base_column(name)
            largest = found.get((base[1].name, base[2])) if base is not None else None
            if largest is None:
                largest = _largest([row.get(name) for row in rows])
            if largest is not None and largest > 1:
                found[draft.name, name] = largest
    return found


def _rows(plan: PlanModel, tables: set[str | None]) -> Iterator[Said]:
    """The rows of a table that stand in the plan and in its examples."""
    for name, source in plan.sources.items():
        if tables & {name, source.from_}:
            yield from source.rows or ()
    for example in plan.examples:
        for given in (example.given, *(run.given for run in example.runs)):
            yield from (row for name, rows in given.items() if name in tables for row in rows)


def _largest(texts: Sequence[str | None]) -> Decimal | None:
    """The largest of numbers, of which none has a percent sign."""
    given = [one.strip() for one in texts if one]
    if not given or not all(map(_BARE.fullmatch, given)):
        return None
    return max(abs(Decimal(one)) for one in given)
