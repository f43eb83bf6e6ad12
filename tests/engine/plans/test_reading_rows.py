"""What a name on a row reads: own columns, coarser ones, and those over links."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from attain.core.errors import AttainError, Problem, Severity
from attain.engine.primitives.model import Formula, Gather, Lookup, ResolvedPlan

Resolve = Callable[[str], ResolvedPlan]
Written = Callable[..., str]
Problems = Callable[[str], tuple[Problem, ...]]

HEAD = """
plan: p
period: quarter
subjects: {seller: people}
sources:
  customers:
    key: [customer]
    dated: true
    columns: {customer: customers, region: text, owner: people}
  orders:
    key: [order_id]
    date: signed_on
    columns:
      order_id: orders
      signed_on: {type: date, required: true}
      seller: {type: people, required: true}
      customer: customers
      amount: {type: money, required: true}
  items: {key: [item], columns: {item: code, order: orders, price: money}}
measures:
  sales: {sum: amount, from: orders}
"""


def _formula(plan: ResolvedPlan, relation: str, name: str) -> Formula:
    made = plan.relations[relation].columns[name].made
    assert isinstance(made, Formula)
    return made


def _lookup(plan: ResolvedPlan, relation: str, name: str) -> Lookup:
    return plan.relations[relation].lookups[name]


def test_a_coarser_value_is_found_by_key_and_date(resolved: Resolve, written: Written) -> None:
    plan = resolved(HEAD + "columns: {part: {each: orders, is: 'amount / sales'}}")

    lookup = _lookup(plan, "orders", "seller_quarter")
    assert [(column, written(node)) for column, node in lookup.equal] == [("seller", "seller")]
    assert written(lookup.at) == "signed_on"
    node = _formula(plan, "orders", "part").node
    assert written(node) == "narrow18((amount / seller_quarter::sales))"


def test_a_link_reads_the_version_of_the_rows_date(resolved: Resolve, written: Written) -> None:
    plan = resolved(HEAD + "columns: {where_to: {each: orders, is: customer.region}}")

    lookup = _lookup(plan, "orders", "customer")
    assert (lookup.relation, written(lookup.at)) == ("customers", "signed_on")
    assert written(_formula(plan, "orders", "where_to").node) == "customer::region"


def test_rows_without_a_date_read_the_version_of_the_row_that_leads_there(
    resolved: Resolve, written: Written
) -> None:
    plan = resolved(HEAD + "columns: {where_to: {each: items, is: order.customer.region}}")

    assert written(_lookup(plan, "items", "order.customer").at) == "order::signed_on"


def test_at_picks_another_date(resolved: Resolve, written: Written) -> None:
    text = "columns: {where_to: {each: orders, is: customer.region, at: period end}}"
    plan = resolved(HEAD + text)

    [lookup] = plan.relations["orders"].lookups.values()
    assert written(lookup.at) == "(add_months(quarter_start(signed_on), 3) - 1)"


def test_a_periods_row_reads_the_version_of_its_last_day(
    resolved: Resolve, written: Written
) -> None:
    text = "  best: {latest: customer, from: orders}\nformulas: {home: best.region}"
    plan = resolved(HEAD + text)

    assert written(_lookup(plan, "seller_quarter", "best").at) == "(period_until - 1)"


def test_another_persons_figure_is_read_over_the_link(resolved: Resolve, written: Written) -> None:
    plan = resolved(HEAD + "formulas: {boss: manager.sales}")

    lookup = _lookup(plan, "seller_quarter", "manager@seller_quarter")
    assert [(column, written(node)) for column, node in lookup.equal] == [("seller", "manager")]


def test_a_members_attributes_are_its_own_columns(resolved: Resolve, written: Written) -> None:
    plan = resolved(HEAD + "formulas: {dept: department, same: seller.department}")

    for name in ("dept", "same"):
        assert written(_formula(plan, "seller_quarter", name).node) == "department"


def test_the_day_a_period_ends_is_included_in_its_name(resolved: Resolve, written: Written) -> None:
    words = {"first": "period_start", "last": "period_end", "called": "period_label"}
    text = "\n".join(f"  {name}: {word}" for name, word in words.items())
    plan = resolved(HEAD + f"formulas:\n{text}\n")

    node = {name: _formula(plan, "seller_quarter", name).node for name in words}
    assert [written(one) for one in node.values()] == [
        "period_from",
        "(period_until - 1)",
        "quarter",
    ]


def test_finer_values_are_never_aggregated_silently(problems: Problems) -> None:
    text = "columns: {double: {each: orders, is: 'amount * 2'}}\nformulas: {all: double}"

    [found] = problems(HEAD + text)
    assert found.code == "PLAN_GRAIN"
    assert found.values["finer"] == "orders"


def test_a_month_may_read_the_quarter_of_a_quarterly_plan(
    resolved: Resolve, problems: Problems
) -> None:
    text = "formulas: {share: {each: [seller, month], is: sales}}"

    assert resolved(HEAD + text)
    with_months = HEAD.replace("period: quarter", "period: month").replace(
        "sales: {sum", "sales: {each: [seller, quarter], sum"
    )
    assert [one.code for one in problems(with_months + text)] == ["PLAN_UNFINISHED_PERIOD"]


def test_long_chains_of_columns_are_resolved(resolved: Resolve) -> None:
    chain = "\n".join(f"  c{number}: 'c{number + 1} + 1'" for number in range(400))
    plan = resolved(HEAD + f"formulas:\n{chain}\n  c400: '1'\n")

    assert plan.order[-1] == ("seller_quarter", "c0")


def test_long_circles_are_refused(resolved: Resolve) -> None:
    chain = "\n".join(f"  c{number}: 'c{(number + 1) % 400} + 1'" for number in range(400))
    with pytest.raises(AttainError) as raised:
        resolved(HEAD + f"formulas:\n{chain}\n")

    assert {"PLAN_TOO_MANY", "PLAN_CYCLE"} & set(raised.value.codes)


def test_a_source_filter_stands_on_its_rows(resolved: Resolve, written: Written) -> None:
    text = HEAD.replace("    date: signed_on\n", '    date: signed_on\n    where: "amount > 0"\n')
    plan = resolved(text)

    rows = plan.relations["orders"].rows
    assert written(rows.where) == "(amount > 0)"  # type: ignore[union-attr]


def test_members_are_filtered_by_their_versions(resolved: Resolve, written: Written) -> None:
    subject = "subjects: {seller: {from: people, where: \"department = '市场部'\"}}"
    plan = resolved(HEAD.replace("subjects: {seller: people}", subject))

    rows = plan.relations["seller_quarter"].rows
    assert written(rows.where) == "(department = '市场部')"  # type: ignore[union-attr]
    assert rows.subject == "person"  # type: ignore[union-attr]


def test_dimensions_are_found_where_rows_are_gathered_from(resolved: Resolve) -> None:
    text = HEAD.replace("amount: {type: money", "line: text\n      amount: {type: money")
    more = "  by_line: {each: [seller, line, quarter], sum: amount, from: orders}\n"
    relation = resolved(text + more).relations["seller_line_quarter"]

    assert [part.name for part in relation.key] == ["seller", "line", "quarter"]
    made = relation.columns["by_line"].made
    assert isinstance(made, Gather)
    assert [name for name, _ in made.match] == ["seller", "line"]


def test_a_subject_may_be_called_like_its_dataset(resolved: Resolve) -> None:
    text = HEAD.replace("subjects: {seller: people}", "subjects: {people: people}")
    more = "  staff: {each: [people], count: rows, from: orders, link: {people: seller}, in: all}\n"
    plan = resolved(text.replace("{sum: amount", "{link: {people: seller}, sum: amount") + more)

    assert {"people_quarter", "people_members"} <= set(plan.relations)


def test_a_subject_called_like_an_attribute_is_the_subject(
    resolved: Resolve, written: Written
) -> None:
    text = HEAD.replace("subjects: {seller: people}", "subjects: {seller: people, manager: people}")
    more = "formulas: {above: {each: [manager, quarter], is: manager.manager}}"
    plan = resolved(text + more)

    relation = plan.relations["manager_quarter"]
    assert not relation.columns["manager"].type.may_be_missing
    assert written(_formula(plan, "manager_quarter", "above").node) == "manager::manager"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("visits: {from: rates, date: nonsense}", "PLAN_COLUMN_UNKNOWN"),
        ("visits: {from: rates, date: rate}", "SCHEMA_COLUMN_TYPE"),
        ("visits: {from: rates, date: date}", None),
        ("visits: {from: targets, date: period}", None),
    ],
)
def test_the_date_of_a_source_is_one_of_its_dates(
    problems: Problems, source: str, code: str | None
) -> None:
    """Whether the dataset has a date of its own or not."""
    found = problems(
        f"plan: p\nsubjects: {{seller: people}}\nsources: {{{source}}}\n"
        "columns: {n: {each: [month], count: rows, from: visits}}\n"
    )

    errors = [one.code for one in found if one.severity is Severity.error]
    assert errors == ([code] if code else [])


@pytest.mark.parametrize(
    ("columns", "names"),
    [
        (
            "  sold: {each: [seller, quarter], sum: amount, from: orders, link: {owner: seller}}\n",
            ("seller_quarter", "orders", "owner", "seller"),
        ),
        (
            "  buyer: {each: orders, match: customers, link: {bought_by: customer}}\n",
            ("customers", "orders", "bought_by", "customer"),
        ),
    ],
    ids=["gathered", "matched"],
)
def test_a_link_that_is_turned_around_is_told(
    problems: Problems, columns: str, names: tuple[str, ...]
) -> None:
    text = HEAD.replace("order_id: orders", "order_id: orders\n      owner: people")
    text = text.replace("order_id: orders", "order_id: orders\n      bought_by: customers")
    found = [one for one in problems(text + columns) if one.severity is Severity.error]

    assert [one.code for one in found] == ["PLAN_LINK_TURNED"]
    relation, other, name, expression = names
    assert found[0].values == {
        "relation": relation,
        "other": other,
        "name": name,
        "expression": expression,
    }
