"""The company is the same everywhere, small, and grows without changing what was there."""

from __future__ import annotations

from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from attain.demo.declared import schemas
from attain.demo.files import INBOX
from attain.demo.making import SEED, Made, make
from attain.demo.rows import DATASETS, Row, columns

SMALL = 800_000  # bytes


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def tripled(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("tripled"), 3, SEED)


def test_the_committed_company_is_what_the_command_makes(made: Made, committed: Path) -> None:
    expected, found = _contents(made.folder), _contents(committed)

    assert sorted(found) == sorted(expected)
    assert [name for name in expected if expected[name] != found[name]] == []


def test_the_committed_company_is_small(committed: Path) -> None:
    assert sum(len(content) for content in _contents(committed).values()) < SMALL


def test_another_seed_gives_other_facts_and_the_same_story(tmp_path: Path, made: Made) -> None:
    other = make(tmp_path, 1, SEED + 1)

    one, two = _contents(made.folder), _contents(other.folder)
    assert one["inbox/orders.csv"] != two["inbox/orders.csv"]
    assert one["inbox/people.csv"] == two["inbox/people.csv"]


@pytest.mark.parametrize("dataset", ["orders", "collections", "people", "customers", "targets"])
def test_a_bigger_company_holds_the_smaller_one(made: Made, tripled: Made, dataset: str) -> None:
    small = (made.folder / INBOX / f"{dataset}.csv").read_text("utf-8")
    big = (tripled.folder / INBOX / f"{dataset}.csv").read_text("utf-8")

    assert big.startswith(small)


def test_each_step_of_the_factor_adds_a_hundred_people(made: Made, tripled: Made) -> None:
    def codes(one: Made) -> set[str]:
        lines = (one.folder / INBOX / "people.csv").read_text("utf-8").splitlines()
        return {line.split(",")[0] for line in lines[1:]}

    assert len(codes(tripled) - codes(made)) == 200


@pytest.mark.parametrize(("kind", "dataset"), DATASETS.items(), ids=DATASETS.values())
def test_a_file_has_declared_columns_and_all_that_are_required(
    kind: type[Row], dataset: str
) -> None:
    declared = schemas()[dataset]

    assert [name for name in columns(kind) if name not in declared.columns] == []
    assert {one.name for one in declared if one.required} <= set(columns(kind))


def test_headers_are_what_a_chinese_company_calls_them(made: Made) -> None:
    with (made.folder / INBOX / "orders.csv").open(encoding="utf-8") as file:
        header = file.readline().strip()

    assert header == (
        "订单号,行号,签单日期,开票日期,发票号,客户编码,业务员,产品编码,箱数,单价,折扣额,"
        "金额,状态,渠道,录入日期"
    )


def test_no_two_customers_have_the_same_name(database: DuckDBPyConnection) -> None:
    twice = database.execute(
        "SELECT name FROM customers GROUP BY name HAVING count(*) > 1"
    ).fetchall()

    assert twice == []


def test_a_code_names_one_thing_only(database: DuckDBPyConnection) -> None:
    """Targets name people, units and seats alike, so their codes must differ."""
    twice = database.execute(
        """SELECT code FROM (
             SELECT DISTINCT person AS code FROM people UNION ALL
             SELECT DISTINCT unit FROM units UNION ALL
             SELECT DISTINCT position FROM positions UNION ALL
             SELECT customer FROM customers)
           GROUP BY code HAVING count(*) > 1"""
    ).fetchall()

    assert twice == []


def test_a_new_customer_was_first_sold_to_on_the_day_it_was_developed(
    database: DuckDBPyConnection,
) -> None:
    wrong = database.execute(
        """SELECT customer FROM customers AS c
           LEFT JOIN (SELECT customer, min(signed_on) AS first, min_by(seller, signed_on) AS seller
                      FROM orders GROUP BY 1) AS o USING (customer)
           WHERE developed_on IS NOT NULL
             AND (first IS DISTINCT FROM developed_on OR seller IS DISTINCT FROM developed_by)"""
    ).fetchall()

    assert wrong == []


def test_money_in_the_year_that_is_shown_names_the_order_it_pays(
    database: DuckDBPyConnection,
) -> None:
    (without,) = database.execute(
        "SELECT count(*) FROM collections WHERE order_no IS NULL AND received_on >= '2025-10-01'"
    ).fetchall()

    assert without[0] <= 10
