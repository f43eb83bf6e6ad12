"""Datasets as people declare them."""

from __future__ import annotations

from datetime import date

import pytest

from attain.core.dates import parse_date
from attain.core.errors import AttainError
from attain.core.numbers import parse_number
from attain.core.schemas import (
    LINEAGE,
    OUTCOMES,
    STANDARD_RELATIONS,
    ColumnType,
    DatasetSchema,
    RelationColumn,
    RelationSchema,
    dump_dataset_schema,
    load_dataset_schema,
    normal_header,
    why_column,
    with_own_keys,
)
from attain.core.units import POINTS, TEXT, Unit

ORDERS = """\
dataset: orders
label: {zh-Hans: 订单, en: Orders}
key: [order_id]
date: signed_on
columns:
  order_id: {type: code, label: {zh-Hans: 订单号, en: Order no.}, aliases: [订单编号]}
  signed_on: {type: date, label: {zh-Hans: 签单日期, en: Signed on}}
  seller: {type: key, of: people}
  amount: {type: money, currency: CNY, scale: 2}
  quantity: {type: count}
  weight: {type: count, scale: 3}
  discount: {type: ratio}
  term: {type: period}
  status: {type: text, required: true}
"""


def orders() -> DatasetSchema:
    return load_dataset_schema(ORDERS, "datasets/orders.yaml")


def declared(columns: str, head: str = "dataset: d\nkey: [id]\n") -> str:
    return f"{head}columns:\n  id: {{type: code}}\n{columns}"


def faults(text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(AttainError) as caught:
        load_dataset_schema(text, "d.yaml")
    return [(one.code, one.where.line if one.where else None) for one in caught.value.problems]


def test_columns_are_stored_exactly() -> None:
    stored = [(one.name, one.type.storage) for one in orders().stored()]

    assert stored == [
        ("order_id", "VARCHAR"),
        ("signed_on", "DATE"),
        ("seller", "VARCHAR"),
        ("amount", "DECIMAL(24,6)"),
        ("quantity", "BIGINT"),
        ("weight", "DECIMAL(38,18)"),
        ("discount", "DECIMAL(38,18)"),
        ("term", "VARCHAR"),
        ("term_from", "DATE"),
        ("term_until", "DATE"),
        ("status", "VARCHAR"),
    ]


def test_every_stored_row_also_knows_where_it_came_from() -> None:
    assert orders().stored(lineage=True)[-4:] == LINEAGE
    assert [one.name for one in LINEAGE] == ["_row", "_file", "_sheet", "_line"]


def test_key_and_date_are_required_and_the_rest_may_be_missing() -> None:
    required = [column.name for column in orders() if column.required]

    assert required == ["order_id", "signed_on", "status"]
    assert orders().columns["amount"].value_type.may_be_missing


def test_a_key_column_may_say_that_it_can_be_blank() -> None:
    schema = load_dataset_schema(
        declared("  part: {type: text, required: false}\n", "dataset: d\nkey: [id, part]\n")
    )

    assert [column.required for column in schema] == [True, False]
    assert load_dataset_schema(dump_dataset_schema(schema)) == schema


def test_types_carry_currency_scale_and_kind() -> None:
    columns = orders().columns

    assert str(columns["amount"].value_type) == "money(CNY)"
    assert columns["amount"].value_type.scale == 2
    assert columns["seller"].value_type.kind == "people"
    assert columns["order_id"].value_type.unit is Unit.text


@pytest.mark.parametrize(
    ("column", "scale"),
    [
        ("{type: money, currency: CNY}", 2),
        ("{type: money, currency: JPY}", 0),
        ("{type: money, currency: KWD}", 3),
        ("{type: money, currency: CNY, scale: 4}", 4),
        ("{type: count}", 0),
        ("{type: days}", 0),
        ("{type: days, scale: 1}", 1),
        ("{type: ratio}", 18),
        ("{type: points, scale: 2}", 2),
    ],
)
def test_a_column_accepts_the_decimals_of_its_type(column: str, scale: int) -> None:
    schema = load_dataset_schema(declared(f"  x: {column}\n"))

    assert schema.columns["x"].number_profile.scale == scale


def test_only_a_ratio_accepts_a_percent_sign() -> None:
    accepting = [column.name for column in orders() if column.number_profile.allow_percent]

    assert accepting == ["discount"]


@pytest.mark.parametrize(
    "header",
    [
        "order_id",
        "订单号",
        "订单编号",
        " ORDER NO. ",
        "Order\u3000no.",
        "订单号\u200b",
        "\ufeff订单号",
        "OrderID",
        "Order-Id",
    ],
)
def test_a_header_means_a_column_by_name_label_or_alias(header: str) -> None:
    column = orders().column_of_header(header)

    assert column is not None
    assert column.name == "order_id"


def test_an_unknown_header_means_no_column() -> None:
    assert orders().column_of_header("备注") is None
    assert normal_header("Ａmount  （元）") == "amount (元)"


def test_a_dated_dataset_has_the_dates_from_which_and_until_its_rows_hold() -> None:
    schema = load_dataset_schema(
        declared("", "dataset: d\nkey: [id, effective_from]\ndated: true\n")
    )

    assert list(schema.columns) == ["id", "effective_from", "effective_until"]
    assert schema.columns["effective_from"].type is ColumnType.date
    assert not schema.columns["effective_from"].required


def test_a_key_may_refer_to_several_kinds() -> None:
    schema = load_dataset_schema(declared("  x: {type: key, of: [people, units]}\n"))

    assert schema.columns["x"].kinds == ("people", "units")
    assert schema.columns["id"].kinds == ()


def test_a_column_may_be_written_short() -> None:
    schema = load_dataset_schema(declared("  x: people\n  y: text\n  z: {type: orders}\n"))

    types = {one.name: (one.type, one.of) for one in schema if one.name in "xyz"}
    assert types == {"x": ("key", "people"), "y": ("text", None), "z": ("key", "orders")}


@pytest.mark.parametrize("word", ["decimal", "string", "txt", "dates", "编号"])
def test_what_is_probably_a_type_is_no_dataset(word: str) -> None:
    with pytest.raises(AttainError) as caught:
        load_dataset_schema(declared(f"  x: {word}\n"))

    assert caught.value.code == "FIELD_INVALID"


def test_a_code_is_the_key_of_its_rows_where_a_column_leads_to_them() -> None:
    head = "dataset: prices\ndated: true\nkey: [id, effective_from]\n"
    schemas = {"things": load_dataset_schema(declared("  x: text\n"))}
    schemas["prices"] = load_dataset_schema(declared("  price: count\n", head))

    alone = with_own_keys(schemas)
    schemas["lines"] = load_dataset_schema(
        "dataset: lines\nkey: [a]\ncolumns: {a: code, b: prices}"
    )
    referred = with_own_keys(schemas)

    assert alone["prices"] == schemas["prices"]
    assert referred["prices"].columns["id"].of == "prices"
    assert referred["things"] == schemas["things"]
    assert referred["lines"].columns["a"].type == "code"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (declared("  x: {type: money}\n"), "SCHEMA_COLUMN_OPTION", 5),
        (declared("  x: {type: text, currency: CNY}\n"), "SCHEMA_COLUMN_OPTION", 5),
        (declared("  x: {type: money, currency: CNY, scale: 7}\n"), "SCHEMA_COLUMN_OPTION", 5),
        (declared("  x: {type: key}\n"), "SCHEMA_COLUMN_OPTION", 5),
        (declared("  x: {type: text, of: people}\n"), "SCHEMA_COLUMN_OPTION", 5),
        (declared("  x: {type: text, scale: 2}\n"), "SCHEMA_COLUMN_OPTION", 5),
        (declared("  x: {type: ratio, scale: 19}\n"), "FIELD_INVALID", 5),
        (declared("  x: {type: money, currency: RMB}\n"), "CURRENCY_UNKNOWN", 5),
        (declared("  x: {type: float}\n"), "FIELD_INVALID", 5),
        (declared("  x: {type: text, lable: X}\n"), "FIELD_UNKNOWN", 5),
        (declared("  x y: {type: text}\n"), "NAME_INVALID", 5),
        (declared("  _row: {type: text}\n"), "NAME_INVALID", 5),
        (declared("  x: {type: period}\n  x_from: {type: date}\n"), "SCHEMA_COLUMN_TAKEN", 1),
        (declared("  x: {type: text, aliases: [ID]}\n"), "SCHEMA_ALIAS_TAKEN", 1),
        (
            declared("  x: {type: money, currency_from: y}\n"),
            "SCHEMA_COLUMN_UNKNOWN",
            1,
        ),
        (declared("", "dataset: d\nkey: [no]\n"), "SCHEMA_COLUMN_UNKNOWN", 1),
        (declared("", "dataset: d\nkey: []\n"), "FIELD_INVALID", 2),
        (declared("", "dataset: d\nkey: [id]\ndate: id\n"), "SCHEMA_COLUMN_TYPE", 1),
        (declared("", "dataset: d\nkey: [id]\nload: append\n"), "FIELD_INVALID", 3),
        (declared("", "dataset: 订单\nkey: [id]\n"), "DATASET_NAME", 1),
        (declared("", "dataset: ../x\nkey: [id]\n"), "DATASET_NAME", 1),
        (declared("", "key: [id]\n"), "FIELD_MISSING", 1),
    ],
)
def test_a_declaration_that_cannot_be_is_refused_with_its_line(
    text: str, code: str, line: int
) -> None:
    assert faults(text) == [(code, line)]


def test_a_declaration_is_written_as_it_was_read() -> None:
    written = dump_dataset_schema(orders())

    assert load_dataset_schema(written) == orders()
    assert written.splitlines()[:4] == [
        "dataset: orders",
        "label: {zh-Hans: 订单, en: Orders}",
        "key: [order_id]",
        "date: signed_on",
    ]


def test_a_calculated_column_that_may_be_missing_has_its_reason_beside_it() -> None:
    scores = RelationSchema(
        name="scores",
        grain=("seller",),
        columns=(
            RelationColumn(name="seller", type=TEXT),
            RelationColumn(name="score", type=POINTS.missing()),
        ),
    )

    assert [name for name, _ in scores.stored()] == ["seller", "score", "score__why"]
    assert why_column("score") == "score__why"
    assert scores.column("score").type.unit is Unit.points
    with pytest.raises(KeyError):
        scores.column("grade")


def test_every_run_has_the_same_outcomes_and_lines() -> None:
    assert set(STANDARD_RELATIONS) == {"outcomes", "lines"}
    assert OUTCOMES.grain == ("subject", "period", "component", "subject_kind")
    assert RelationSchema.model_validate(OUTCOMES.model_dump(mode="json")) == OUTCOMES


@pytest.mark.parametrize(
    ("written", "text", "value"),
    [
        ("{}", "1,234.50", "1234.50"),
        ('{decimal: ","}', "1.234,50", "1234.50"),
        ("{accounting: true}", "(5)", "-5"),
        ("{units: [万]}", "1.5万", "15000"),
        ("{leading_point: true}", "-.50", "-0.50"),
        ("{times: 10000}", "6.5", "65000"),
        ("{times: 1}", "6.5", "6.5"),
    ],
)
def test_a_column_says_how_files_write_its_numbers(written: str, text: str, value: str) -> None:
    schema = load_dataset_schema(
        declared(f"  x: {{type: money, currency: CNY, written: {written}}}\n")
    )

    assert str(parse_number(text, schema.columns["x"].number_profile).value) == value
    assert load_dataset_schema(dump_dataset_schema(schema)) == schema


def test_a_column_can_refuse_separators_of_thousands() -> None:
    schema = load_dataset_schema(
        declared('  x: {type: money, currency: CNY, written: {thousands: "none"}}\n')
    )

    with pytest.raises(AttainError) as caught:
        parse_number("1,234", schema.columns["x"].number_profile)
    assert caught.value.code == "NUMBER_AMBIGUOUS"


def test_a_column_says_in_which_order_its_dates_are_written() -> None:
    schema = load_dataset_schema(
        declared("  x: {type: date, written: {day_first: true, without_time: true}}\n")
    )
    profile = schema.columns["x"].written.date_profile()

    assert parse_date("03/04/2024", profile) == date(2024, 4, 3)
    with pytest.raises(AttainError) as caught:
        parse_date("03/04/2024 10:00", profile)
    assert caught.value.code == "TIME_IN_DATE_COLUMN"


def test_rows_can_be_checked_together() -> None:
    schema = load_dataset_schema(
        declared(
            "  seller: {type: text}\n  share: {type: ratio}\n  boss: {type: text}\n"
            "checks:\n"
            "  - {sum: share, is: 100%, by: [id], each: seller}\n"
            "  - {range: share, from: 0, to: 1}\n"
            "  - {tree: boss, child: seller}\n"
        )
    )

    assert [list(check.columns()) for check in schema.checks] == [
        ["share", "seller", "id"],
        ["share"],
        ["boss", "seller"],
    ]
    assert schema.checks[0].is_ == 1
    assert load_dataset_schema(dump_dataset_schema(schema)) == schema


@pytest.mark.parametrize(
    ("check", "code"),
    [
        ("{sum: id, range: id}", "FIELD_INVALID"),
        ("{tree: id}", "FIELD_INVALID"),
        ("{by: [id]}", "FIELD_INVALID"),
        ("{sum: nothing}", "SCHEMA_COLUMN_UNKNOWN"),
        ("{sum: id, is: 1e0}", "NUMBER_FORMAT"),
    ],
)
def test_a_check_is_one_rule_about_columns_that_exist(check: str, code: str) -> None:
    assert faults(declared(f"checks: [{check}]\n"))[0][0] == code
