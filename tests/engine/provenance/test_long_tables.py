"""Of a long table an explanation tells the band that was hit and those beside it."""

from __future__ import annotations

import pytest
from telling import lines_of

HEAD = """
plan: long-tables
period: month
subjects: {seller: people}
sources:
  cars: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, gross: {type: count, required: true}, item: {type: text, required: true}}}
measures:
  gross: {sum: gross, from: cars}
  sold: {count: rows, from: cars}
columns:
  price: {each: cars, is: "value(list, item)"}
formulas:
  rate: {is: "value(grid, gross, sold)", unit: count}
examples:
  - name: one car
    period: 2026-01
    given: {cars: [{id: 1, on_day: 2026-01-05, seller: li, gross: 250, item: P15}]}
    expect: {rate: {seller: li, is: 202}, price: {id: 1, is: 15}}
tables:
"""  # noqa: E501


def _plan() -> str:
    rows = [
        f"      - {{gross: {{from: {low}, until: {low + 100}}}, sold: {{from: {sold}, "
        f"until: {sold + 1}}}, is: {sold * 100 + low // 100 + 100}}}"
        for sold in range(6)
        for low in range(0, 600, 100)
    ]
    keys = ", ".join(f"P{number}: {number}" for number in range(1, 60))
    return (
        f"{HEAD}  list: {{keys: {{{keys}}}}}\n"
        "  grid:\n    by: {gross: bands, sold: bands}\n    unit: count\n    rows:\n"
        + "\n".join(rows)
    )


def test_of_a_matrix_its_row_and_its_column() -> None:
    told = lines_of(_plan(), "rate")

    bands = [line for line in told if " to below " in line]
    assert len(bands) == 6 + 6 - 1
    assert "200 to below 300, 1 to below 2: 202  ← 250, 1" in bands
    assert "25 more are not shown" in told


@pytest.mark.parametrize(
    ("language", "said"), [("en", "39 more are not shown"), ("zh-Hans", "其余39档未列")]
)
def test_of_a_price_list_what_stands_around(language: str, said: str) -> None:
    told = lines_of(_plan(), "price", language)

    assert sum(line.startswith("P") and ": " in line for line in told) == 20
    assert "P15: 15  ← P15" in told
    assert said in told
