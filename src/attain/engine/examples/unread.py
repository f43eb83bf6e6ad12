"""Rows of an example that no rule reads: they would change nothing, without a word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attain.core.errors import AttainError, problem
from attain.core.labels import Labels, labels
from attain.core.schemas import DatasetSchema
from attain.engine.examples import errors
from attain.engine.primitives.model import ResolvedPlan

_SILENT: Final = frozenset(
    {"people", "units", "positions", "customers", "aliases", "calendars", "days"}
)
"""Lists that say who and when there is; they need not be read to matter."""

_READ_BY: Final[Mapping[str, Labels]] = {
    "balances": labels(
        '期初数要由规则读取：opened: {{match: balances, where: "subject = this.seller and '
        "account = 'draw'\"}}，再写 previous(owed, if_missing(opened.amount, 0))；或删去这些行。",
        'A rule reads what was open before: opened: {{match: balances, where: "subject = '
        "this.seller and account = 'draw'\"}}, then previous(owed, if_missing(opened.amount, 0)); "
        "or remove the rows.",
    ),
    "targets": labels(
        "目标由 target(sales) 读取；或删去这些行。",
        "A rule reads a target by target(sales); or remove the rows.",
    ),
    "parameters": labels(
        "参数要在 parameters 里声明，如 rate: {{is: 5%, per: [seller]}}；或删去这些行。",
        "Declare the parameter, rate: {{is: 5%, per: [seller]}} under parameters; or remove "
        "the rows.",
    ),
    "interventions": labels(
        "哪一列可以由人决定，写在 interventions 里，如 {{score: [set, adjust, waive]}}；"
        "或删去这些行。",
        "Say which column people may decide on, {{score: [set, adjust, waive]}} under "
        "interventions; or remove the rows.",
    ),
    "edges": labels(
        "汇报关系由 paths 读取，如 team: {{over: reporting}}；或删去这些行。",
        "A path reads a tree, team: {{over: reporting}} under paths; or remove the rows.",
    ),
}
_BY_A_COLUMN: Final = labels(
    "写一列去读它，如 {{sum: ..., from: {source}}} 或 {{match: {source}, where: ...}}；"
    "或删去这些行。",
    "Write a column that reads it, {{sum: ..., from: {source}}} or {{match: {source}, "
    "where: ...}}; or remove the rows.",
)


def refuse_unread(plan: ResolvedPlan, example: str, schema: DatasetSchema, source: str) -> None:
    """
    :raises AttainError: EXAMPLE_UNREAD for rows of a dataset that the plan does not read.
    """
    if schema.dataset in plan.datasets or schema.dataset in _SILENT:
        return
    said = _READ_BY.get(schema.dataset, _BY_A_COLUMN)
    remedy = labels(said.zh.format(source=source), said.en.format(source=source))
    raise AttainError(problem(errors.EXAMPLE_UNREAD, example=example, source=source, remedy=remedy))
