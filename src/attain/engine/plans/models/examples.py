"""Examples: given these facts, expect these numbers. They test the plan and document it."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from attain.engine import errors
from attain.engine.plans.base import PlanPart
from attain.engine.plans.models.common import Documented
from attain.engine.plans.texts import PlainText, refusal, scalar_text

Row = dict[str, str | None]
"""One row of an example: texts by column, None for an empty cell."""

VALUE = "is"
"""The cell with the value itself, where a row says one value of one column."""


def _rows(given: Any) -> tuple[Row, ...]:
    """A single value, one row, or a list of rows, as rows."""
    items = given if isinstance(given, list | tuple) else [given]
    return tuple(_row(item) for item in items)


def _row(given: Any) -> Row:
    if not isinstance(given, dict):
        return {VALUE: _cell(given)}
    return {str(column): _cell(value) for column, value in given.items()}


def _cell(given: Any) -> str | None:
    if isinstance(given, dict | list | tuple):
        raise refusal(errors.PLAN_SCALAR)
    text = scalar_text(given)
    return None if text is None else str(text)


Rows = Annotated[
    tuple[Row, ...],
    BeforeValidator(_rows),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "number", "boolean", "null"]},
                {"type": "object"},
                {"type": "array", "items": {"type": "object"}},
            ]
        }
    ),
]


class ExampleRun(PlanPart):
    """One run of an example; later runs read the results of earlier ones."""

    period: PlainText
    """The period that is calculated, `2026-Q1`."""
    given: dict[str, Rows] = {}
    """Further facts that are known by now; a row with the key of an earlier one replaces it."""
    expect: dict[str, Rows] = {}
    """What must come out of this run."""


class ExampleModel(Documented):
    """A situation in the words of the business, and what must come out."""

    name: PlainText
    """What it shows, as a sentence."""
    period: PlainText | None = None
    """The period that is calculated; needed unless `runs` or the plan's dates say it. Where a plan
    carries something over, the periods before it are calculated as well: from `effective` on, or
    else from the first fact."""
    given: dict[str, Rows] = {}
    """Rows of sources (`orders: [{order_id: 1, seller: li, amount: 100.00}]`), or values that
    replace a column's calculation (`sales: {seller: li, is: 120000.00}`); `target(sales)` too.
    Codes stand for keys, blanks are missing. Without `people` (or what the subjects are), those
    take part whom `expect`, or a column called like the subject, names; otherwise list them,
    `people: [li, wu]`. In the product's own tables the plan's words stand for whose row it is,
    for its dimension and for the period,
    `targets: {seller: li, indicator: sales, month: 2026-01, value: 100}`; its tables and columns
    also go by their labels, `目标: {对象: li, 指标: sales, 期间: 2026-01, 目标值: 100}`."""
    covers: dict[str, tuple[PlainText, ...]] = {}
    """For which periods a source is complete, `{orders: [2026-01]}`; by default always."""
    expect: dict[str, Rows] = {}
    """Values of columns (`completion: 1.2`, `completion: {seller: li, is: no data}`), or rows of
    `outcomes` (subject, component, period, status, value, text_value, reason), `lines`
    (participant, component, earned, amount_minor, currency, pay_on), `scores` (subject, card, row,
    weight, score, points, status), `grades` (subject, grade, status) and `issues` (code, name,
    relation, key, subject, period, value); columns that are not named are not compared.
    `amount_minor` is in the smallest unit: 100.00 is 10000. A status is `value`, `no_data`,
    `not_applicable` or `not_eligible`."""
    runs: tuple[ExampleRun, ...] = ()
    """Several periods one after the other. Where a plan carries something over, those between
    and before them are calculated as well."""
    refused: PlainText | None = Field(default=None)
    """The code of the error with which the run must be refused; nothing before it is calculated."""

    @model_validator(mode="after")
    def _expects_of_a_run_what_comes_out_of_it(self) -> Self:
        said = next((one for one in ("expect", "period") if one in self.model_fields_set), None)
        if self.runs and said is not None:
            raise refusal(errors.PLAN_COLUMN_OPTION, option=said, maker="runs")
        return self
