"""A run over files: what it leaves, how it is refused, and that it is whole or not there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from handmade import (
    AMOUNT,
    CNY,
    COUNT,
    column,
    formula,
    gather,
    maybe,
    narrowed,
    number,
    op,
    orders,
    plan,
    ratio,
    ref,
    sellers,
)
from lakeside import Lakeside

from attain.core.digests import digest_of_digests, digest_rows
from attain.core.errors import AttainError
from attain.core.manifests import Manifest, RunRequest
from attain.engine.backends.spark.starting import SMALL
from attain.engine.plans.api import load_plan, resolve
from attain.engine.primitives.model import Component, ComponentKind, Line, Prior, ResolvedPlan
from attain.engine.run import run

MEASURE, INCENTIVE = ComponentKind.MEASURE, ComponentKind.INCENTIVE


def bonus_plan(**more: object) -> ResolvedPlan:
    """Sales, completion of 80 000, and 1 % of sales paid on 10 April."""
    from handmade import on

    bonus = op("*", ref("sales", maybe(CNY)), number("0.01"), kind=CNY)
    return plan(
        orders(),
        sellers(
            gather("sales", "sum", AMOUNT),
            formula("completion", ratio(ref("sales", maybe(CNY)), number("80000", CNY))),
            formula("bonus", narrowed(bonus, CNY)),
            formula("pay_on", on("2026-04-10")),
        ),
        components=(
            Component("sales", MEASURE, "seller_quarter", "sales"),
            Component("bonus", INCENTIVE, "seller_quarter", "bonus"),
        ),
        lines=(Line("bonus", "all", "seller_quarter", "bonus", "seller", "pay_on", "CNY"),),
        **more,
    )


UNTIL = dt.date(2026, 4, 10)


def test_a_run_leaves_relations_and_a_manifest(lake: Lakeside) -> None:
    """Li sold 100 000, Wang 50 000: 1.25 and 0.625 of 80 000, bonuses 1 000 and 500."""
    manifest = lake.run(bonus_plan())

    own = lake.rows(manifest, "seller_quarter", "seller, sales, completion, bonus")
    assert own == [
        ("li", Decimal(100000), Decimal("1.25"), Decimal(1000)),
        ("wang", Decimal(50000), Decimal("0.625"), Decimal(500)),
    ]
    assert [one.name for one in manifest.relations] == [
        "seller_quarter",
        "outcomes",
        "lines",
        "scores",
        "grades",
        "issues",
    ]


def test_every_member_has_an_outcome_for_every_component(lake: Lakeside) -> None:
    manifest = lake.run(bonus_plan())

    outcomes = lake.rows(manifest, "outcomes", "subject_kind, subject, component, status, value")
    assert sorted(outcomes) == [
        ("people", "li", "bonus", "value", Decimal(1000)),
        ("people", "li", "sales", "value", Decimal(100000)),
        ("people", "wang", "bonus", "value", Decimal(500)),
        ("people", "wang", "sales", "value", Decimal(50000)),
    ]


def test_lines_are_whole_smallest_units_under_a_key_without_the_run(lake: Lakeside) -> None:
    """1 000.00 CNY are 100 000 fen."""
    manifest = lake.run(bonus_plan())

    assert lake.rows(manifest, "lines", "line_key, participant, amount_minor, pay_on") == [
        ("quarterly/bonus/all/li/2026-Q1/2026-04-10/CNY", "li", 100000, UNTIL),
        ("quarterly/bonus/all/wang/2026-Q1/2026-04-10/CNY", "wang", 50000, UNTIL),
    ]


def test_an_amount_finer_than_the_currency_refuses_the_run(lake: Lakeside) -> None:
    """1 % of 0.01 is a hundredth of a fen."""
    lake.orders(("1", "2026-01-10", "li", "0.01"))

    assert refused(lake, bonus_plan()) == "VALUE_NOT_EXACT"


def refused(lake: Lakeside, made: ResolvedPlan, **more: object) -> str:
    with pytest.raises(AttainError) as stopped:
        lake.run(made, **more)
    assert not list(lake.folder.glob("run*"))
    assert not list(lake.folder.glob(".run*"))
    return stopped.value.code


def test_digests_are_those_of_the_rows(lake: Lakeside) -> None:
    """The same bytes as core writes them, relation by relation."""
    manifest = lake.run(bonus_plan())

    relation = manifest.relation("lines")
    columns = [(one.name, one.type) for one in relation.columns]
    names = ", ".join(one.name for one in relation.columns)
    rows = lake.rows(manifest, "lines", names)
    assert relation.period == "earned"
    key = ["participant", "line_key"]
    assert relation.digest == digest_rows(rows, columns, key, relation.period)
    digests = {one.name: one.digest for one in manifest.relations if one.digest}
    assert manifest.result_digest == digest_of_digests(digests)


def test_running_twice_gives_the_same_digest(lake: Lakeside) -> None:
    first, second = lake.run(bonus_plan()), lake.run(bonus_plan())

    assert first.result_digest == second.result_digest


def test_the_reference_writes_the_same_files(lake: Lakeside) -> None:
    compiled = lake.run(bonus_plan())
    judged = lake.run(bonus_plan(), out="judged", backend="reference")

    assert compiled.result_digest == judged.result_digest
    assert lake.rows(compiled, "outcomes") == lake.rows(judged, "outcomes", out="judged")


@pytest.mark.xdist_group("spark")
@pytest.mark.usefixtures("spark")
def test_spark_writes_the_same_files(
    lake: Lakeside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a run may use of which cluster is said where every program of Spark looks for it."""
    told = "".join(
        f"{name} {value}\n" for name, value in {**SMALL, "spark.master": "local"}.items()
    )
    (tmp_path / "spark-defaults.conf").write_text(told)
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path))

    made = lake.run(bonus_plan(), keep="all")
    spread = lake.run(bonus_plan(), out="spread", backend="spark", keep="all")

    assert spread.result_digest == made.result_digest
    for relation in made.relations:
        assert lake.rows(spread, relation.name, out="spread") == lake.rows(made, relation.name)


def test_facts_are_kept_on_request_for_the_runs_period(lake: Lakeside) -> None:
    lake.orders(("1", "2026-01-10", "li", "1"), ("2", "2025-12-31", "li", "2"))

    manifest = lake.run(bonus_plan(), keep="all")

    assert lake.rows(manifest, "orders", "order_id") == [("1",)]
    assert manifest.relation("orders").digest is None


def test_state_runs_from_one_quarter_to_the_next(lake: Lakeside) -> None:
    """Owed 0 at the start, then as before plus sales: 100 000, then 100 000 + 0."""
    owed = column("before", maybe(CNY), Prior("owed", 1, number("0", CNY)))
    total = op("+", ref("before", maybe(CNY)), ref("sales", maybe(CNY)))
    made = plan(
        orders(),
        sellers(gather("sales", "sum", AMOUNT), owed, formula("owed", narrowed(total, CNY))),
        effective_from=dt.date(2026, 1, 1),
        results=("",),
    )
    first = lake.run(made)

    named = {"quarterly@2026-Q1": lake.folder / "run"}
    second = lake.run(made, out="next", period="2026-Q2", results=named)

    assert lake.rows(first, "seller_quarter", "owed")[0] == (Decimal(100000),)
    assert lake.rows(second, "seller_quarter", "owed", out="next")[0] == (Decimal(100000),)


def test_an_overflow_is_named_without_a_path_or_a_query(lake: Lakeside) -> None:
    huge = op("*", ref("sales", maybe(CNY)), number("1" + "0" * 18, COUNT), kind=CNY)
    made = plan(
        orders(), sellers(gather("sales", "sum", AMOUNT), formula("huge", narrowed(huge, CNY)))
    )

    with pytest.raises(AttainError) as stopped:
        lake.run(made)

    assert stopped.value.code == "AMOUNT_OVERFLOW"
    assert "/" not in str(stopped.value)


def test_a_dataset_that_was_not_named_refuses_the_run(lake: Lakeside) -> None:
    made = bonus_plan(datasets=("orders", "people", "visits"))
    request = lake.request(bonus_plan())
    from attain.engine.run import run

    with pytest.raises(AttainError) as stopped:
        run(made, request, lake, lake.folder / "run")

    assert stopped.value.code == "RUN_INPUT_MISSING"


OWN_RATES = """
plan: own-rates
period: quarter
subjects: {seller: people}
sources:
  orders:
    key: [order_id]
    date: signed_on
    columns:
      order_id: code
      signed_on: {type: date, required: true}
      seller: {type: people, required: true}
      amount: {type: money, required: true}
parameters: {rate: {is: 2%, per: [seller]}}
measures: {sales: {sum: amount, from: orders}}
formulas: {pay: "sales * rate"}
"""


def test_where_nobody_has_a_value_of_their_own_that_of_the_plan_holds(lake: Lakeside) -> None:
    own_rates = resolve(load_plan(OWN_RATES))
    inputs = {name: lake.versions[name].hash for name in ("orders", "people")}
    request = RunRequest(plan=own_rates.text_hash, period="2026-Q1", inputs=inputs)

    made = run(own_rates, request, lake, lake.folder / "run")

    # 100 000 × 2 %, and 50 000 × 2 %
    assert lake.rows(made, "seller_quarter", "seller, pay") == [
        ("li", Decimal(2000)),
        ("wang", Decimal(1000)),
    ]


def test_progress_names_each_step(lake: Lakeside) -> None:
    seen: list[tuple[str, int, int]] = []

    lake.run(bonus_plan(), progress=lambda step, done, of: seen.append((step, done, of)))

    steps = [step for step, _, _ in seen]
    assert steps[0] == "orders#1"
    assert steps[-1] == "write"


def test_a_cancelled_run_leaves_nothing(lake: Lakeside) -> None:
    assert refused(lake, bonus_plan(), cancelled=lambda: True) == "RUN_CANCELLED"


def test_a_run_that_replaces_another_is_whole(lake: Lakeside) -> None:
    lake.run(bonus_plan())
    lake.orders(("1", "2026-01-10", "li", "100.00"))

    manifest = lake.run(bonus_plan())

    assert lake.rows(manifest, "seller_quarter", "sales")[0] == (Decimal(100),)
    stored = Manifest.from_json((lake.folder / "run" / "manifest.json").read_bytes())
    assert stored == manifest
    assert sorted(path.name for path in lake.folder.iterdir()) == ["lake", "run"]
