"""How a plan's text is read: nothing guessed, everything placed, all faults at once."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError
from attain.engine.plans.api import load_plan
from attain.engine.plans.texts import Expression

HEAD = "plan: p\nperiod: month\nsubjects: {seller: people}\n"


def _codes(text: str) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(AttainError) as raised:
        load_plan(text, "plan.yaml")
    return [
        (one.code, one.where.line if one.where else None, one.where.position if one.where else None)
        for one in raised.value.problems
    ]


def test_numbers_keep_the_digits_their_author_wrote() -> None:
    plan = load_plan(HEAD + "formulas: {a: 1.10, b: {is: 0.10}}\n")

    assert [plan.formulas[name].is_ for name in "ab"] == ["1.10", "0.10"]


def test_a_plain_text_is_a_formula() -> None:
    plan = load_plan(HEAD + 'formulas: {a: "b + 1"}\n')

    assert plan.formulas["a"].is_ == "b + 1"
    assert plan.formulas["a"].maker == "is"


def test_an_expression_knows_where_it_stands() -> None:
    plan = load_plan(HEAD + "formulas:\n  a: {is: 'max(1, 2)'}\n", "plan.yaml")

    text = plan.formulas["a"].is_
    assert isinstance(text, Expression)
    assert (text.place.file, text.place.line, text.place.position) == ("plan.yaml", 5, 11)


def test_a_formula_cut_at_a_comma_is_explained() -> None:
    assert _codes(HEAD + "formulas:\n  a: {is: max(b, c)}\n") == [
        ("YAML_UNQUOTED", 5, 11),
        ("YAML_UNQUOTED", 5, 18),
    ]


def test_a_formula_with_a_colon_inside_braces_is_explained() -> None:
    codes = _codes(HEAD + "formulas:\n  a: {is: a, b > 1}\n")

    assert [code for code, _, _ in codes] == ["YAML_UNQUOTED"]


def test_unknown_keys_are_refused_with_the_one_that_may_be_meant() -> None:
    with pytest.raises(AttainError) as raised:
        load_plan(HEAD + "mesures: {a: {count: rows}}\n", "plan.yaml")

    [found] = raised.value.problems
    assert found.code == "FIELD_UNKNOWN"
    assert "measures" in list(found.values["known"])  # type: ignore[call-overload]


def test_keys_written_twice_are_refused() -> None:
    assert [code for code, _, _ in _codes(HEAD + "period: year\n")] == ["YAML_DUPLICATE_KEY"]


def test_several_documents_in_a_file_are_refused() -> None:
    assert [code for code, _, _ in _codes(HEAD + "---\nplan: q\n")] == ["YAML_SYNTAX"]


def test_an_empty_file_is_no_plan() -> None:
    assert [code for code, _, _ in _codes("")] == ["FIELD_MISSING"]


def test_all_faults_are_told_at_once() -> None:
    text = HEAD + "formulas:\n  a: {is: x, show: yes}\n  b: {}\n  c: {is: x, sum: y}\n"

    assert _codes(text) == [
        ("PLAN_FLAG", 5, 20),
        ("PLAN_COLUMN_EMPTY", 6, 6),
        ("PLAN_COLUMN_TWICE", 7, 6),
    ]


def test_short_forms_are_read_as_the_key_that_is_meant() -> None:
    plan = load_plan(
        HEAD
        + "dimensions: {line: orders.product}\n"
        + "sources: {orders: {key: [id], columns: {id: code}, links: {seller: people}}}\n"
        + "parameters: {rate: 5%}\n"
        + "formulas: {a: {is: '1', round: 0.01}}\n"
    )

    assert plan.subjects["seller"].from_ == "people"
    assert (plan.dimensions["line"].from_, plan.dimensions["line"].column) == ("orders", "product")
    assert plan.sources["orders"].columns["id"].type == "code"
    assert plan.sources["orders"].links["seller"].to == "people"
    assert plan.parameters["rate"].is_ == "5%"
    assert str(plan.formulas["a"].round.step if plan.formulas["a"].round else "") == "0.01"


def test_examples_are_rows_of_texts_whichever_way_they_are_written() -> None:
    plan = load_plan(
        HEAD
        + "examples:\n"
        + "  - name: three ways\n"
        + "    period: 2026-01\n"
        + "    given: {orders: [{id: 1, amount: 100.00}], sales: {seller: li, is: 5}}\n"
        + "    expect: {score: 80}\n"
    )

    [example] = plan.examples
    assert example.given["orders"] == ({"id": "1", "amount": "100.00"},)
    assert example.given["sales"] == ({"seller": "li", "is": "5"},)
    assert example.expect["score"] == ({"is": "80"},)


@pytest.mark.parametrize(
    ("text", "line", "position"),
    [
        ('formulas:\n  a: {is: "1 + nothing"}\n', 5, 16),
        ("formulas:\n  a: 1 + nothing\n", 5, 10),
        ("formulas:\n  a: '''x'' = nothing'\n", 5, 15),
        ("formulas:\n  a: |\n    1 +\n    nothing\n", 7, 5),
    ],
)
def test_a_problem_in_an_expression_is_shown_where_it_stands_in_the_file(
    text: str, line: int, position: int
) -> None:
    from attain.engine.plans.api import check_plan

    [found] = [
        one
        for one in check_plan(load_plan(HEAD + text, "plan.yaml")).problems
        if one.code == "PLAN_UNKNOWN_NAME"
    ]

    assert found.where is not None
    assert (found.where.line, found.where.position) == (line, position)


@pytest.mark.parametrize("name", ["../../x", "con", "a b", "'😀'", "_x", "a" * 61, "a/b"])
def test_a_plans_identifier_is_safe_as_a_folder(name: str) -> None:
    codes = [code for code, _, _ in _codes(HEAD.replace("plan: p", f"plan: {name}"))]

    assert codes == ["NAME_INVALID"]


def test_a_plan_may_be_named_in_chinese() -> None:
    assert load_plan(HEAD.replace("plan: p", "plan: 季度考核-2026")).plan == "季度考核-2026"


def test_currencies_are_known_ones() -> None:
    assert [code for code, _, _ in _codes(HEAD + "currency: RMB\n")] == ["CURRENCY_UNKNOWN"]
