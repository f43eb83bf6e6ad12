"""Small whole plans are resolved as their authors meant them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from attain.engine.primitives.model import Fold, Formula, Gather, Prior, ResolvedPlan

SAMPLES = Path(__file__).parent / "samples"
Resolve = Callable[[str], ResolvedPlan]


def _text(name: str) -> str:
    return (SAMPLES / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*.yaml")))
def test_columns_come_after_all_that_they_read(name: str, resolved: Resolve) -> None:
    plan = resolved(_text(name))

    done: set[tuple[str, str]] = set()
    for relation, column in plan.order:
        made = plan.relations[relation].columns[column].made
        if isinstance(made, Formula):
            from attain.expressions.typed import references

            for read in references(made.node):
                own = plan.relations[relation].columns.get(read.column)
                if read.row == "" and own is not None and (relation, read.column) in plan.order:
                    assert (relation, read.column) in done, f"{column} reads {read.column}"
        done.add((relation, column))


def test_everybody_has_one_component_for_each_shown_column(resolved: Resolve) -> None:
    plan = resolved(_text("sales_appraisal"))

    assert [one.name for one in plan.components] == [
        "sales",
        "last_year",
        "completion",
        "growth",
        "level",
        "score",
    ]
    assert [one.kind.value for one in plan.components][:3] == ["measure", "measure", "formula"]


def test_a_state_along_periods_reads_the_results_of_earlier_runs(resolved: Resolve) -> None:
    plan = resolved(_text("guarantee"))

    column = plan.relations["seller_month"].columns["owed__1"]
    assert isinstance(column.made, Prior)
    assert (column.made.column, column.made.back) == ("owed", 1)
    assert plan.results == ("",)


def test_equal_steps_are_made_once(resolved: Resolve) -> None:
    plan = resolved(_text("guarantee"))

    priors = [
        column
        for column in plan.relations["seller_month"].columns.values()
        if isinstance(column.made, Prior)
    ]
    assert len(priors) == 1


def test_columns_that_read_each_other_strictly_earlier_are_one_fold(resolved: Resolve) -> None:
    deals = resolved(_text("contract_cap")).relations["deals"]

    room, net = deals.columns["room"].made, deals.columns["net"].made
    assert isinstance(room, Fold)
    assert isinstance(net, Fold)
    assert room.steps == net.steps
    assert [name for name, _ in room.steps] == ["room__1", "room", "net"]
    assert dict(room.starts).keys() == {"room__1", "net"}


def test_a_measure_moved_by_a_year_is_the_same_gather_in_another_window(
    resolved: Resolve, written: Callable[..., str]
) -> None:
    columns = resolved(_text("sales_appraisal")).relations["seller_quarter"].columns

    sales, last_year = columns["sales"].made, columns["last_year"].made
    assert isinstance(sales, Gather)
    assert isinstance(last_year, Gather)
    assert sales.where == last_year.where
    assert last_year.window is not None
    assert written(last_year.window.from_) == "add_months(period_from, -12)"


def test_amounts_of_a_table_are_exact_and_its_line_is_rounded(
    resolved: Resolve, written: Callable[..., str]
) -> None:
    deals = resolved(_text("deal_commission")).relations["deals"]

    step, line = deals.columns["line__2"].made, deals.columns["line"].made
    assert isinstance(step, Formula)
    assert isinstance(line, Formula)
    assert written(step.node) == ("marginal(slabs, line__1)[[0, 1000): 0.02; [1000, -): 0.05; -]")
    assert written(line.node) == "round[0.01](line__3)"
