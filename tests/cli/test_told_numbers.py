"""A ratio that its author writes as a number reads so on the command line and in exports.

The starter's li sold 100,000.00: weight 3.5 and rate 80 %; wang and zhao less: 0.8 and 50 %.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from terminal import Call

PLAN = """plan: weights
label: {zh-Hans: 系数, en: Weights}
period: month
currency: CNY
subjects: {seller: people}
measures: {sales: {sum: amount, from: orders}}
formulas:
  weight: "if(sales >= 100000, 3.5, 0.8)"
  rate: "if(sales >= 100000, 80%, 50%)"
"""


def test_statements_and_workbooks_tell_a_weight_of_three_and_a_half(
    call: Call, filled: Path
) -> None:
    (filled / "plans/weights.yaml").write_text(PLAN, encoding="utf-8")
    run = "runs/weights/2026-01"
    assert call("run", "weights", "--period", "2026-01").code == 0

    statement = call("explain", run, "--subject", "li")

    assert "3.5" in statement.out
    assert "350%" not in statement.out
    assert "80%" in statement.out
    assert call("export", run, "--to", "told.xlsx").code == 0
    with zipfile.ZipFile("told.xlsx") as book:
        assert '"#,##0.0"' in book.read("xl/styles.xml").decode()


ADDED = """plan: added
period: month
currency: CNY
subjects: {seller: people}
groups: {all: {of: [seller, month]}}
measures:
  sold: {sum: amount, from: orders}
  usual: {mean: amount, from: orders}
  dearest: {max: amount, from: orders}
formulas:
  doubled: "sold * 2"
  place: {within: all, is: "rank(sold)"}
  each_day: "sold / (period_until - period_start)"
"""


def test_a_mean_and_a_place_have_no_total(call: Call, filled: Path) -> None:
    (filled / "plans/added.yaml").write_text(ADDED, encoding="utf-8")

    told = call("run", "added", "--period", "2026-01").out

    with_total = {
        line.split()[0]
        for line in told.splitlines()
        if line.split()[:1] and line.split()[0] in ADDED and "," in line.split()[-1]
    }
    assert with_total == {"sold", "doubled"}
