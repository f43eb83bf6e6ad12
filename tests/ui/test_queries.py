"""The question put to a list: what is allowed is read, all else is refused in the same words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from attain.core.errors import AttainError
from attain.ui.tables import Column, RowsTable, parse_query
from attain.ui.tables.columns import readable

STATES = (("draft", "Draft"), ("done", "Done"))
COLUMNS = (
    Column("name", "Name", "person", searchable=True),
    Column("amount", "Amount", "money", unit="CNY"),
    Column("share", "Share", "ratio"),
    Column("since", "Since", "date"),
    Column("state", "State", "status", choices=STATES),
    Column("pay", "Pay", "money", unit="CNY", allowed=lambda actor: actor == "finance"),
    Column("note", "Note", value=lambda row: "made here"),
    Column("plain", "Plain", filterable=False, sortable=False),
)
FOR_ALL = readable(COLUMNS, "anybody")


def ask(text: str) -> Any:
    return parse_query(QueryDict(text), FOR_ALL)


def codes(text: str) -> set[str]:
    with pytest.raises(AttainError) as refused:
        ask(text)
    return set(refused.value.codes)


def test_filters_order_search_and_page_are_read() -> None:
    query = ask(
        "q=沈&sort=-amount,name&page=2&size=20&amount.ge=1,000.50&state.in=draft,done"
        "&since.lt=2026-10-01&share.gt=99.5%25&name.is=missing"
    )

    assert query.search == "沈"
    assert [(column.name, down) for column, down in query.sort] == [
        ("amount", True),
        ("name", False),
    ]
    assert (query.page, query.size) == (2, 20)
    assert {condition.key: condition.values for condition in query.filters} == {
        "amount.ge": (Decimal("1000.50"),),
        "state.in": ("draft", "done"),
        "since.lt": (date(2026, 10, 1),),
        "share.gt": (Decimal("0.995"),),
        "name.is": ("missing",),
    }


def test_the_address_of_a_question_asks_the_same_again() -> None:
    query = ask("q=沈&sort=-amount&amount.ge=1000&page=3")

    again = ask(query.address().removeprefix("?"))

    assert again == query
    assert ask(query.address(page=1).removeprefix("?")).page == 1


@pytest.mark.parametrize("page", ["-1", "0", "1000000000000", "１", "1e3", "", " 1", "+1", "1.0"])
def test_a_page_that_is_none_is_refused(page: str) -> None:
    params = QueryDict(mutable=True)
    params["page"] = page

    with pytest.raises(AttainError) as refused:
        parse_query(params, FOR_ALL)

    assert refused.value.codes == ("PAGE_INVALID",)


@pytest.mark.parametrize("size", ["0", "201", "1000000000", "-5", "x"])
def test_a_page_is_never_larger_than_two_hundred_rows(size: str) -> None:
    assert codes(f"size={size}") == {"PAGE_INVALID"}


@pytest.mark.parametrize(
    "question",
    [
        "pay=1", "pay.ge=1", "salary.ge=1", "name__contains=x", "name__regex=x", "_connector=OR",
        "name[]=x", "name.regex=x", "amount.has=1", "note=made", "plain=x", "pk=1", "password=x",
        "state.ge=draft", "amount.=1", ".ge=1",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_like_what_does_not_exist(question: str) -> None:
    assert codes(question) == {"FILTER_NOT_ALLOWED"}


def test_a_hidden_and_an_unknown_column_are_refused_in_the_same_words() -> None:
    told = []
    for name in ("pay", "rubbish"):
        with pytest.raises(AttainError) as refused:
            ask(f"{name}.ge=1")
        told.append(str(refused.value).replace(name, "…"))

    assert told[0] == told[1]


@pytest.mark.parametrize(
    "sort", ["pay", "-pay", "name__x", "note", "plain", "?", "--name", "random()"]
)
def test_an_order_by_what_cannot_be_read_is_refused(sort: str) -> None:
    assert codes(f"sort={sort}") == {"SORT_NOT_ALLOWED"}


def test_an_order_by_many_columns_is_refused() -> None:
    assert codes("sort=name,amount,share,since") == {"SORT_NOT_ALLOWED"}
    assert codes("sort=" + ",".join(["name"] * 50)) == {"FILTER_REPEATED"}


def test_a_repeated_parameter_is_refused() -> None:
    assert codes("amount.ge=1&amount.ge=2") == {"FILTER_REPEATED"}
    assert codes("page=1&page=2") == {"FILTER_REPEATED"}


@pytest.mark.parametrize(
    "question",
    [
        "amount.ge=", "amount.ge=abc", "amount.ge=NaN", "amount.ge=Infinity", "amount.ge=1e99",
        "since=2026-13-01", "since=yesterday", "state=secret", "name.is=gone", "name=%00",
        "name.in=" + ",".join("abc" for _ in range(51)), "name=" + "x" * 201,
    ],
)  # fmt: skip
def test_a_value_that_is_none_is_refused(question: str) -> None:
    assert codes(question) == {"FILTER_VALUE_INVALID"}


def test_a_list_without_searchable_columns_is_not_searched() -> None:
    with pytest.raises(AttainError):
        parse_query(QueryDict("q=x"), (COLUMNS[1],))


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=4))
def test_any_address_is_answered_or_refused(params: dict[str, str]) -> None:
    asked = QueryDict(mutable=True)
    asked.update(params)
    told = "answered"
    try:
        parse_query(asked, FOR_ALL)
    except AttainError as refused:
        told = str(refused)

    assert told


PEOPLE = [
    {"name": f"P{index}", "amount": index * 100, "pay": secret, "state": "draft"}
    for index, secret in enumerate((5_000_00, 7_250_00, 9_999_99, 12_345_67))
]
TABLE = RowsTable("people", "People", COLUMNS, lambda actor: PEOPLE)


def test_a_hidden_figure_gives_not_one_bit_to_whoever_guesses() -> None:
    """Halving the range again and again must tell the guesser nothing."""
    answers = set()
    columns = TABLE.columns("anybody")
    for guess in range(0, 15_000, 250):
        for question in (f"pay.ge={guess}", f"pay.le={guess}", "sort=pay", "sort=-pay"):
            try:
                query = parse_query(QueryDict(question), columns)
                answers.add((TABLE.page("anybody", query).total, question))
            except AttainError as refused:
                answers.add(refused.codes)

    assert answers == {("FILTER_NOT_ALLOWED",), ("SORT_NOT_ALLOWED",)}
    assert len(TABLE.page("finance", parse_query(QueryDict("pay.ge=7000"), COLUMNS)).rows) == 3


def test_a_search_does_not_look_into_a_column_that_cannot_be_read() -> None:
    columns = (
        Column("name", "Name", searchable=True),
        Column("iban", "IBAN", searchable=True, allowed=lambda actor: actor == "finance"),
    )
    table = RowsTable("t", "T", columns, lambda actor: [{"name": "Shen", "iban": "DE44"}])

    for actor, found in (("anybody", 0), ("finance", 1)):
        query = parse_query(QueryDict("q=DE4"), table.columns(actor))
        assert table.page(actor, query).total == found


def test_rows_without_a_value_come_last_either_way() -> None:
    rows = [{"name": "a", "amount": None}, {"name": "b", "amount": 2}, {"name": "c", "amount": 1}]
    table = RowsTable("t", "T", COLUMNS[:2], lambda actor: rows)

    def order(sort: str) -> str:
        page = table.page(None, parse_query(QueryDict(f"sort={sort}"), table.columns(None)))
        return "".join(row["name"] for row in page.rows)

    assert (order("amount"), order("-amount")) == ("cba", "bca")


def test_a_sum_over_a_missing_value_is_missing() -> None:
    column = Column("amount", "Amount", "money", unit="CNY", total=True)
    rows = [{"amount": 100}, {"amount": None}]
    table = RowsTable("t", "T", (column,), lambda actor: rows)
    query = parse_query(QueryDict("amount.is=present"), (column,))

    assert table.page(None, parse_query(QueryDict(""), (column,))).sums == {"amount": None}
    assert table.page(None, query).sums == {"amount": 100}
