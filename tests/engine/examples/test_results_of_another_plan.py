"""What a plan reads of another plan: given in examples, and known only where a run is named."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError
from attain.core.periods import parse_period
from attain.engine.api import duckdb_runner
from attain.engine.examples import ExampleResult, Runner, test_plan
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.reference import EarlierRun, Inputs, run_plan

APPRAISAL = """
plan: appraisal
period: month
effective: {from: 2026-01-01}
subjects: {seller: people}
sources: {orders: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people}}}
columns:
  deals: {count: rows, from: orders}
  is_good: "deals >= 2"
  level: "1"
"""
BONUS = """
plan: bonus
period: month
subjects: {seller: people}
sources: {months: {plan: appraisal, relation: seller_month}}
columns:
  deals_of_year: {sum: deals, from: months, in: year to date}
  good_months: {count: is_good, from: months, in: year to date}
  levels: {sum: level, from: months, in: year to date}
"""
EXAMPLE = """
examples:
  - name: three months
    period: 2026-03
    given:
      months:
        - {seller: li, month: 2026-01, deals: 3, is_good: true, level: 1}
        - {seller: li, month: 2026-02, deals: 1, is_good: false, level: 1}
        - {seller: li, month: 2026-03, deals: 2, is_good: true, level: 1}
        - {seller: li, month: 2025-12, deals: 9, is_good: true, level: 1}
"""
ENGINES: dict[str, Runner] = {"reference": run_plan, "duckdb": duckdb_runner}


@pytest.fixture(scope="module")
def appraisal() -> ResolvedPlan:
    return resolve(load_plan(APPRAISAL))


@pytest.mark.parametrize("engine", ENGINES)
def test_an_example_gives_what_the_other_plan_left(appraisal: ResolvedPlan, engine: str) -> None:
    # 3 + 1 + 2 of this year, two of the three months good
    expect = "    expect: {deals_of_year: {seller: li, is: 6}, good_months: {seller: li, is: 2}}"

    [found] = run(expect, appraisal, ENGINES[engine])

    assert (found.checked, found.failures, found.problems) == (2, (), ())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_source_may_keep_some_of_them(appraisal: ResolvedPlan, engine: str) -> None:
    # January and March are good: 3 + 2; of those above two deals: 3. Both sources are given alike.
    bonus = """
plan: bonus
period: month
subjects: {seller: people}
sources:
  months: {plan: appraisal, relation: seller_month}
  good: {from: months, where: is_good}
  better: {from: good, where: deals > 2}
columns:
  of_good: {sum: deals, from: good, in: year to date}
  of_better: {sum: deals, from: better, in: year to date}
  of_all: {sum: deals, from: months, in: year to date}
"""
    expect = """    expect:
      of_good: {seller: li, is: 5}
      of_better: {seller: li, is: 3}
      of_all: {seller: li, is: 6}"""

    [found] = run(expect, appraisal, ENGINES[engine], bonus)

    assert (found.checked, found.failures, found.problems) == (3, (), ())


@pytest.mark.parametrize("engine", ENGINES)
def test_months_that_were_not_calculated_are_no_data(appraisal: ResolvedPlan, engine: str) -> None:
    expect = """    covers: {months: [2026-01, 2026-02]}
    expect: {deals_of_year: {seller: li, is: no_data.outside_coverage}}"""

    [found] = run(expect, appraisal, ENGINES[engine])

    assert (found.failures, found.problems) == ((), ())


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("{seller: li, month: 2026-01, deals: 3}", "EXAMPLE_RESULT"),
        ("{seller: li, deals: 3, is_good: true}", "EXAMPLE_KEY"),
        ("{seller: li, month: 2026-01, orders: 3}", "EXAMPLE_COLUMN"),
    ],
)
def test_a_row_no_run_could_have_left_is_refused(
    appraisal: ResolvedPlan, row: str, code: str
) -> None:
    text = EXAMPLE.replace("{seller: li, month: 2026-01, deals: 3, is_good: true, level: 1}", row)

    [found] = test_plan(BONUS + text, results={"appraisal": appraisal})

    assert [one.code for one in found.problems] == [code]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("named", "expected"), [(("2026-01", "2026-02", "2026-03"), 6), (("2026-01", "2026-03"), None)]
)
def test_a_run_knows_the_months_whose_results_are_named(
    appraisal: ResolvedPlan, named: tuple[str, ...], expected: int | None, engine: str
) -> None:
    """Before the other plan began there was nothing; of February nobody knows without its run."""
    plan = resolve(load_plan(BONUS), results={"appraisal": appraisal})
    deals = {"2026-01": 3, "2026-02": 1, "2026-03": 2}
    earlier = [run_of(month, deals[month]) for month in named]
    people = [{"person": "people-li", "name": None, "_row": "1"}]

    got = ENGINES[engine](
        plan,
        Inputs(parse_period("2026-03"), {"people": people}, earlier=earlier),
    )

    [row] = got["seller_month"]
    assert row["deals_of_year"] == expected


def run_of(month: str, deals: int) -> EarlierRun:
    period = parse_period(month)
    row = {
        "seller": "people-li",
        "person": "people-li",
        "name": None,
        "month": month,
        "period_from": period.from_,
        "period_until": period.until,
        "deals": deals,
        "is_good": deals >= 2,
        "level": 1,
    }
    return EarlierRun("appraisal", period, {"seller_month": [row]})


def run(
    expect: str, appraisal: ResolvedPlan, runner: Runner, bonus: str = BONUS
) -> list[ExampleResult]:
    text = f"{bonus}{EXAMPLE}{expect}\n"
    return test_plan(text, results={"appraisal": appraisal}, runner=runner)


def test_the_other_plan_must_be_there() -> None:
    with pytest.raises(AttainError) as refused:
        resolve(load_plan(BONUS))

    assert refused.value.codes == ("PLAN_RESULT_UNKNOWN",)
