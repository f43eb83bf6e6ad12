"""Record types as datasets: which columns, and above all which not."""

from __future__ import annotations

from record_texts import CAMPAIGN, EVALUATION, book, kind

from attain.core.schemas import ColumnType, dump_dataset_schema, load_dataset_schema
from attain.kinds.records import facts


def test_a_type_is_a_dataset_with_its_events_and_tables() -> None:
    made = facts.schemas(book(CAMPAIGN, EVALUATION))

    assert list(made) == [
        "campaign",
        "campaign.events",
        "campaign.costs",
        "evaluation",
        "evaluation.events",
    ]
    campaign = made["campaign"]
    assert (campaign.key, campaign.date) == (("record",), "business_date")
    assert made["campaign.events"].key == ("record", "n")
    assert list(made["campaign.costs"].columns) == [
        "record", "line", "business_date", "item", "quantity", "price", "amount",
    ]  # fmt: skip


def test_columns_have_the_types_of_their_fields() -> None:
    columns = facts.schemas(book(CAMPAIGN, EVALUATION))["campaign"].columns

    assert columns["budget"].type is ColumnType.money
    assert columns["budget"].currency == "CNY"
    assert columns["share"].accepted_scale == 4
    assert columns["lead"].kinds == ("people",)
    assert columns["department"].kinds == ("units",)
    assert columns["record"].kinds == ("campaign",)
    assert columns["starts_on"].type is ColumnType.date
    assert columns["channels"].type is ColumnType.text


def test_every_state_has_the_day_it_was_entered_unless_a_field_is_called_so() -> None:
    made = kind(
        "{record: t, fields: {done_on: {type: date}}, states: {open: {}, done: {final: true}}}"
    )
    columns = facts.records(made.type).columns

    assert facts.state_columns(made.type) == {"open": "open_on"}
    assert [name for name in columns if name.endswith("_on")] == [
        "created_on",
        "done_on",
        "open_on",
    ]


def test_what_is_confidential_or_kept_out_is_in_no_dataset() -> None:
    made = kind(
        "{record: t, title: '{phone}', fields: {phone: {type: text, personal: true}, "
        "hidden: {type: text, facts: false}, file: {type: file}, rows: {type: table, facts: false, "
        "fields: {a: {type: text}}}, "
        "secret: {type: text, confidential: {purpose: x, read: [owner]}}}}"
    )
    schemas = list(facts.schemas_of(made))
    columns = schemas[0].columns

    assert [one.dataset for one in schemas] == ["t", "t.events"]
    assert not {"hidden", "file", "secret", "rows"} & set(columns)
    assert columns["phone"].personal
    assert "title" not in columns


def test_a_title_of_plain_fields_is_a_column() -> None:
    columns = facts.schemas(book(CAMPAIGN, EVALUATION))["campaign"].columns

    assert "title" in columns


def test_two_fields_of_one_label_stay_apart() -> None:
    made = kind("{record: t, fields: {a: {type: text, label: 编号}, b: {type: text, label: 编号}}}")
    columns = facts.records(made.type).columns

    assert columns["number"].labels.zh == "编号"
    assert (columns["a"].labels.zh, columns["b"].labels.zh) == ("a", "b")


def test_a_schema_can_be_written_as_any_other() -> None:
    for schema in facts.schemas(book(CAMPAIGN, EVALUATION)).values():
        assert (
            load_dataset_schema(dump_dataset_schema(schema)).columns.keys() == schema.columns.keys()
        )
