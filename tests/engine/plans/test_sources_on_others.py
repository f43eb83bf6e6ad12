"""Sources that take rows from a dataset of the workspace, or from each other."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError
from attain.core.schemas import load_dataset_schema
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve

DATASETS = {
    one.dataset: one
    for one in map(
        load_dataset_schema,
        (
            "dataset: orders\nkey: [order_id]\ndate: on\n"
            "columns: {order_id: code, on: date, seller: people, customer: code, pieces: count}",
            "dataset: receipts\nkey: [id]\ncolumns: {id: code, order: orders}",
        ),
    )
}
PLAN = """
plan: p
period: month
subjects: {seller: people}
sources:
  orders: %s
columns:
  receipts_of: {each: orders, count: rows, from: receipts, in: all, link: {order_id: order}}
  sold: {sum: pieces, from: orders}
"""
OWN = "columns: {order_id: code, on: date, seller: people, pieces: count}"


@pytest.mark.parametrize(
    "source", ["{}", "{key: [order_id]}", f"{{key: [order_id], date: on, {OWN}}}"]
)
def test_the_code_of_a_row_is_compared_with_what_leads_there(source: str) -> None:
    plan = resolve(load_plan(PLAN % source), DATASETS)

    assert plan.relations["orders"].columns["order_id"].type.kind == "orders"


def test_the_rows_of_a_dataset_have_the_key_of_the_dataset() -> None:
    with pytest.raises(AttainError) as refused:
        resolve(load_plan(PLAN % "{key: [customer]}"), DATASETS)

    assert refused.value.codes == ("PLAN_SOURCE_SHAPE",)


@pytest.mark.parametrize(
    ("said", "option"), [("key: [order_id]", "key"), ("rows: []", "rows"), ("dated: true", "dated")]
)
def test_rows_of_another_source_are_what_that_source_says(said: str, option: str) -> None:
    with pytest.raises(AttainError) as refused:
        load_plan(
            PLAN
            % f"{{from: orders}}\n  sold_ones: {{from: orders}}\n  few: {{from: sold_ones, {said}}}"
        )

    [one] = refused.value.problems
    assert (one.code, one.values["option"]) == ("PLAN_COLUMN_OPTION", option)


def test_a_source_that_others_stand_on_is_used_and_its_filter_is_written_with_theirs() -> None:
    others = "sold: {from: orders, where: pieces > 0}\n  many: {from: sold, where: pieces > 9}"
    text = PLAN % f"{{from: orders}}\n  {others}"

    plan = load_plan(text)

    assert plan.sources["many"].where == "(pieces > 9) and (pieces > 0)"
    assert plan.sources["many"].below == ("sold",)
