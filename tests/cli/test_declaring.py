"""`attain import --declare`: a declaration read off a file that nobody has declared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
from terminal import Call

STAFF = """employeeID,name,birthDate,hireDate,reportsTo
7,Ann,1948-12-08 00:00:00.000,1992-05-01,NULL
8,Bob,1963-02-19 00:00:00.000,1993-08-14,7
"""
SALES = """orderID,employeeID,orderDate,shippedDate,quantity,netAmount
1,7,2026-01-05,NULL,8,100.50
2,8,2026-01-06,2026-01-09,7,90.00
"""


def write(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8")


def test_a_file_nobody_declared_is_declared_and_then_imported(call: Call, filled: Path) -> None:
    write("staff.csv", STAFF)
    write("sales_2026.csv", SALES)

    assert call("import", "--declare", "--dataset", "people", "staff.csv").code == 0
    assert call("import", "staff.csv", "--dataset", "people", "--yes").code == 0
    said = call("import", "--declare", "sales_2026.csv")
    brought = call("import", "sales_2026.csv", "--yes")

    assert said.code == 0
    assert "datasets/sales.yaml" in said.out
    written = Path("datasets/sales.yaml").read_text(encoding="utf-8")
    assert "key: [order_id]" in written
    assert "date: order_date" in written
    assert "of: people" in written
    assert brought.code == 0
    assert "2 rows now" in brought.out


def test_a_list_of_people_gets_its_columns_and_who_stands_above(call: Call, filled: Path) -> None:
    write("staff.csv", STAFF)

    call("import", "--declare", "--dataset", "people", "staff.csv", lang="zh")

    written = Path("datasets/people.yaml").read_text(encoding="utf-8")
    assert "person: {type: key, of: people, aliases: [employeeID]}" in written
    reports_to = written.split("reports_to:")[1]
    assert "of: people" in reports_to
    assert "blank: ['NULL']" in reports_to
    assert "earliest: '1900-01-01'" in written.split("birth_date:")[1]


def test_people_are_called_by_their_last_name_where_a_list_has_no_other(
    call: Call, filled: Path
) -> None:
    write("staff.csv", "employeeID,firstName,lastName\n7,Nancy,Davolio\n8,Andrew,Fuller\n")

    call("import", "--declare", "--dataset", "people", "staff.csv")

    written = Path("datasets/people.yaml").read_text(encoding="utf-8")
    assert "name: {type: text, aliases: [lastName]}" in written
    assert "first_name:" in written
    assert call("import", "staff.csv", "--dataset", "people", "--yes").code == 0


def test_bare_numbers_that_happen_to_be_codes_are_still_numbers(call: Call, filled: Path) -> None:
    write("staff.csv", STAFF)
    write("sales.csv", SALES)
    call("import", "--declare", "--dataset", "people", "staff.csv")
    call("import", "staff.csv", "--dataset", "people", "--yes")

    call("import", "--declare", "sales.csv")

    written = Path("datasets/sales.yaml").read_text(encoding="utf-8")
    assert "quantity: {type: count" in written


def test_what_is_declared_already_is_left_alone(call: Call, filled: Path) -> None:
    write("orders.csv", SALES)
    before = Path("datasets/orders.yaml").read_text(encoding="utf-8")

    said = call("import", "--declare", "orders.csv")

    assert said.code == 1
    assert "DATASET_DECLARED" in said.err
    assert Path("datasets/orders.yaml").read_text(encoding="utf-8") == before


def test_targets_are_no_list_of_things(call: Call, filled: Path) -> None:
    write("sales.csv", SALES)

    said = call("import", "--declare", "--dataset", "targets", "sales.csv")

    assert said.code == 1
    assert "DATASET_NO_LIST" in said.err


def test_an_unknown_file_is_answered_with_how_to_declare_it(call: Call, filled: Path) -> None:
    write("weather.csv", "city,rain\nShanghai,3\n")

    said = call("import", "weather.csv")

    assert said.code == 1
    assert "--declare" in said.flat


def test_a_file_that_names_the_last_day_ends_the_day_after(call: Call, filled: Path) -> None:
    declaration = """dataset: seats
key: [person, effective_from]
dated: true
columns:
  person: {type: key, of: people, aliases: [who]}
  seat: {type: text}
  effective_from: {type: date, aliases: [StartDate]}
  effective_until: {type: date, aliases: [EndDate], written: {last_day: true}}
"""
    write("datasets/seats.yaml", declaration)
    lines = "who,seat,StartDate,EndDate", "li,A,2026-01-01,2026-03-31", "li,B,2026-04-01,2026/4/30"
    write("seats.csv", "\n".join([*lines, "zhao,A,2026-01-01,"]))

    assert call("import", "seats.csv", "--yes").code == 0

    files = [str(path) for path in Path("lake/seats").rglob("*.parquet")]
    query = "SELECT seat, effective_until FROM read_parquet(?) ORDER BY 1, 2 NULLS LAST"
    assert duckdb.connect().execute(query, [files]).fetchall() == [
        ("A", date(2026, 4, 1)),
        ("A", None),
        ("B", date(2026, 5, 1)),
    ]


def test_sheets_whose_titles_say_no_name_are_told_apart(call: Call, filled: Path) -> None:
    write("月度录入.csv", "月份,工号,奖金\n2026-03,7,100\n")
    write("其他扣款.csv", "月份,工号,扣除\n2026-03,7,20\n")

    first = call("import", "--declare", "月度录入.csv")
    second = call("import", "--declare", "其他扣款.csv")
    again = call("import", "--declare", "月度录入.csv")

    assert (first.code, second.code, again.code) == (0, 0, 1)
    assert "datasets/facts.yaml" in first.out
    assert "datasets/facts_2.yaml" in second.out
    assert "DATASET_DECLARED" in again.err


def test_a_roster_is_the_list_of_people_by_its_numbers(call: Call, filled: Path) -> None:
    write("花名册.csv", "姓名,员工编号,底薪\n王五,0012345,2000\n李四,0012346,2000\n")

    assert call("import", "--declare", "花名册.csv").code == 0

    written = Path("datasets/people.yaml").read_text(encoding="utf-8")
    assert "aliases: [员工编号]" in written
    assert "底薪: {type: money" in written


def test_codes_of_a_list_of_ones_own_are_proposed_as_references(call: Call, filled: Path) -> None:
    """Clients first, then their payments; nothing has referred to the clients before."""
    write("clients.csv", "Client ID,Company\nacme,Acme Inc.\nother,Other LLC\n")
    write("payments.csv", "Payment ID,Client ID,Date,Amount\np1,acme,2026-01-05,1.00\n")

    call("import", "--declare", "clients.csv")
    call("import", "clients.csv", "--yes")
    call("import", "--declare", "payments.csv")
    brought = call("import", "payments.csv", "--yes")

    written = Path("datasets/payments.yaml").read_text(encoding="utf-8")
    assert "of: clients" in written.split("client_id:")[1].split("date:")[0]
    assert brought.code == 0


def test_rows_that_say_from_when_they_hold_are_a_list_of_versions(call: Call, filled: Path) -> None:
    lines = "产品,生效日,失效日,价格", "A,2026-01-01,2026-03-01,3.5", "A,2026-03-01,,4"
    write("价目.csv", "\n".join([*lines, "B,2026-01-01,,5"]))

    assert call("import", "--declare", "--dataset", "prices", "价目.csv").code == 0
    written = Path("datasets/prices.yaml").read_text(encoding="utf-8")

    assert "key: [产品, effective_from]\ndated: true\n" in written
    assert "\ndate:" not in written
    assert "  生效日" not in written
    assert call("import", "价目.csv", "--dataset", "prices", "--yes").code == 0
