"""Numbers of published cases as readers are told them: rates and months are no percentages."""

from __future__ import annotations

from pathlib import Path

import pytest
from telling import lines_of

CASES = Path(__file__).parents[2] / "golden"


@pytest.mark.parametrize(
    ("case", "column", "said"),
    [
        ("appraisals/mean_and_last_rate_of_the_month", "at_end", "1,000.00 × 7.24 = 7,240.00"),
        ("pairs/grades_and_bonus_of_those_who_left_the_group", "bonus", "1,000.00 × 2 ÷ 4 = 500"),
        ("china/nian_zhong_jiang_zhe_suan", "计发月数", "= 9 (as"),
        ("projects/pandas_rolling_and_smoothed", "smoothed", "a figure worked out before"),
    ],
)
def test_what_is_no_percentage_is_told_as_a_number(case: str, column: str, said: str) -> None:
    found = "\n".join(lines_of((CASES / f"{case}.yaml").read_text(encoding="utf-8"), column))

    assert said in found
    assert "__" not in found
