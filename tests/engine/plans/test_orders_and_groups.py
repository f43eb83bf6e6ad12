"""A row against those before it, and against its population."""

from __future__ import annotations

from collections.abc import Callable

from attain.core.errors import Problem
from attain.engine.primitives.model import (
    Fold,
    Formula,
    Grouped,
    Ordered,
    Prior,
    ResolvedPlan,
)

Resolve = Callable[[str], ResolvedPlan]
Written = Callable[..., str]
Problems = Callable[[str], tuple[Problem, ...]]

HEAD = """
plan: p
period: month
subjects: {seller: people}
sources:
  deals:
    key: [deal]
    date: on_day
    columns:
      deal: code
      on_day: {type: date, required: true}
      seller: {type: people, required: true}
      amount: {type: money, required: true}
orderings: {in_time: {of: deals, per: [seller, month], by: [on_day, deal desc]}}
groups: {dept: {of: [seller, month], per: [department], where: "not is_head", missing: skip}}
measures: {sales: {sum: amount, from: deals}}
"""


def test_arguments_become_columns_of_their_own(resolved: Resolve, written: Written) -> None:
    plan = resolved(HEAD + "columns: {a: {each: deals, along: in_time, is: 'total(amount * 2)'}}")

    deals = plan.relations["deals"]
    total, argument = deals.columns["a__2"].made, deals.columns["a__1"].made
    assert isinstance(total, Ordered)
    assert isinstance(argument, Formula)
    assert (total.function.value, total.column) == ("total", "a__1")
    assert written(argument.node) == "(amount * 2)"
    assert deals.columns["a__1"].hidden


def test_an_order_starts_anew_in_each_partition(resolved: Resolve, written: Written) -> None:
    plan = resolved(HEAD + "columns: {a: {each: deals, along: in_time, is: 'position()'}}")

    deals = plan.relations["deals"]
    made = deals.columns["a__1"].made
    assert isinstance(made, Ordered)
    assert made.ordering.by == (("on_day", False), ("deal", True))
    assert made.ordering.partition == ("seller", "in_time__1")
    month = deals.columns["in_time__1"].made
    assert isinstance(month, Formula)
    assert written(month.node) == "month_start(on_day)"


def test_the_highest_of_nothing_is_zero(resolved: Resolve, written: Written) -> None:
    plan = resolved(
        HEAD + "columns: {a: {each: deals, along: in_time, is: 'highest_before(amount)'}}"
    )

    made = plan.relations["deals"].columns["a__1"].made
    assert isinstance(made, Ordered)
    assert written(made.start) == "0"


def test_an_increase_along_periods_is_a_difference_of_two_results(
    resolved: Resolve, written: Written
) -> None:
    plan = resolved(HEAD + "formulas: {more: increase(sales)}")

    member = plan.relations["seller_month"]
    made, before = member.columns["more"].made, member.columns["more__1"].made
    assert isinstance(made, Formula)
    assert isinstance(before, Prior)
    assert written(made.node) == "(sales - more__1)"
    assert (before.column, written(before.start)) == ("sales", "0")


def test_previous_may_look_several_periods_back(resolved: Resolve) -> None:
    plan = resolved(HEAD + "formulas: {then: 'previous(sales, 0, 12)'}")

    made = plan.relations["seller_month"].columns["then__1"].made
    assert isinstance(made, Prior)
    assert made.back == 12


def test_a_total_may_not_be_read_in_a_circle(problems: Problems) -> None:
    text = "columns: {a: {each: deals, along: in_time, is: 'amount - total(a)'}}"

    assert [one.code for one in problems(HEAD + text)] == ["PLAN_CYCLE"]


def test_a_group_is_compared_within_its_period(resolved: Resolve, written: Written) -> None:
    plan = resolved(HEAD + "formulas: {place: {within: dept, is: 'rank(sales, -1 * sales)'}}")

    member = plan.relations["seller_month"]
    made = member.columns["place__2"].made
    assert isinstance(made, Grouped)
    assert made.population.partition == ("department", "month")
    assert made.population.where == "dept__1"
    assert made.skip_missing
    assert made.by == (("sales", True), ("place__1", True))
    where = member.columns["dept__1"].made
    assert isinstance(where, Formula)
    assert written(where.node) == "not is_head"


def test_a_share_of_a_group_is_a_quotient(resolved: Resolve, written: Written) -> None:
    plan = resolved(HEAD + "formulas: {part: {within: dept, is: 'group_share(sales)'}}")

    made = plan.relations["seller_month"].columns["part"].made
    assert isinstance(made, Formula)
    assert written(made.node) == "narrow18((sales / part__1))"


def test_units_of_columns_that_read_themselves_come_from_their_start(resolved: Resolve) -> None:
    plan = resolved(HEAD + "formulas: {streak: 'if(sales > 0, previous(streak, 0) + 1, 0)'}")

    type_ = plan.relations["seller_month"].columns["streak"].type
    assert (type_.unit.value, type_.scale, type_.may_be_missing) == ("count", 0, True)


def test_what_begins_with_a_bare_0_in_a_circle_is_an_amount(resolved: Resolve) -> None:
    """The room under a limit reads what was paid, which reads what the room had place for."""
    plan = resolved(
        HEAD
        + """
effective: {from: 2026-01-01}
formulas:
  rate: "if(sales > 9, 5%, 2%)"
  room: "max(0, 150000 - previous(paid, 0, 1, year))"
  counted: {is: "min(sales, room / rate)", working: true}
  paid: "previous(paid, 0, 1, year) + counted * rate"
"""
    )

    columns = plan.relations["seller_month"].columns
    units = {name: columns[name].type.unit.value for name in ("room", "counted", "paid")}
    assert units == {"room": "money", "counted": "money", "paid": "money"}


def test_a_circle_that_is_no_amount_keeps_its_own_mistake(problems: Problems) -> None:
    wrong = 'formulas: {a: "min(sales, b / 5%)", b: "previous(a, 0) + 10%"}'

    assert "PLAN_TYPE" in [one.code for one in problems(HEAD + wrong)]


def test_of_a_wrong_rule_no_circle_is_told_besides(problems: Problems) -> None:
    """A count is compared with a plain number; what goes on from it is no circle."""
    head = HEAD.replace("deal: code", "deal: code\n      pieces: {type: count, required: true}")
    text = """
parameters: {goal: {is: 5, unit: count}}
columns:
  total: {each: deals, along: in_time, is: "previous(balance, 0) + max(0, pieces)"}
  back: {each: deals, is: "max(0, -pieces)"}
  fits: {each: deals, along: in_time, unit: count, is: "min(previous(open, 0), floor(back / goal))"}
  rest: {each: deals, is: "back - fits * goal"}
  more: {each: deals, along: in_time, is: "if(rest > previous(balance, 0), 1, 0)"}
  open: {each: deals, along: in_time, is: "previous(open, 0) + 1 - fits - more"}
  balance: {each: deals, along: in_time, is: "max(0, total - rest + more * goal)"}
"""

    assert [one.code for one in problems(head + text)] == ["PLAN_TYPE"]


def test_columns_between_stand_in_the_order_of_those_that_look_back(resolved: Resolve) -> None:
    text = (
        "columns: {had: {each: deals, along: in_time, is: 'previous(used, 0)'}, "
        "room: {each: deals, is: '100 - had'}, used: {each: deals, is: 'had + min(amount, room)'}}"
    )

    columns = resolved(HEAD + text).relations["deals"].columns
    assert all(isinstance(columns[name].made, Fold) for name in ("had", "room", "used"))
