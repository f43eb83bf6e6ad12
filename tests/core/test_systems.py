"""The system datasets, and what a company adds to them."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError
from attain.core.schemas import DatasetSchema, dump_dataset_schema, load_dataset_schema
from attain.core.systems import SYSTEM_DATASETS, load_dataset, system_schema

NAMES = [
    "people", "units", "positions", "assignments", "edges", "aliases", "plan_members", "targets",
    "parameters", "rates", "calendars", "days", "ratings", "interventions", "balances",
]  # fmt: skip


def test_all_system_datasets_are_there() -> None:
    assert list(SYSTEM_DATASETS) == NAMES


@pytest.mark.parametrize("schema", SYSTEM_DATASETS.values(), ids=NAMES)
def test_each_is_labelled_in_both_languages(schema: DatasetSchema) -> None:
    for labels in (schema.labels, *(column.labels for column in schema)):
        assert labels.zh
        assert labels.en


@pytest.mark.parametrize("schema", SYSTEM_DATASETS.values(), ids=NAMES)
def test_each_is_written_and_read_back_like_any_other(schema: DatasetSchema) -> None:
    assert load_dataset_schema(dump_dataset_schema(schema)) == schema


@pytest.mark.parametrize("schema", SYSTEM_DATASETS.values(), ids=NAMES)
def test_every_key_refers_to_a_dataset(schema: DatasetSchema) -> None:
    own = {"customers"}  # a company's own, which trees and raters may consist of

    assert {kind for column in schema for kind in column.kinds} <= {*NAMES, *own}


def test_who_where_and_under_whom_is_dated() -> None:
    dated = [name for name, schema in SYSTEM_DATASETS.items() if schema.dated]

    assert dated == [
        "people", "units", "positions", "assignments", "edges", "plan_members", "parameters",
    ]  # fmt: skip


def test_only_names_and_comments_are_personal() -> None:
    personal = [
        (name, column.name)
        for name, schema in SYSTEM_DATASETS.items()
        for column in schema
        if column.personal
    ]

    assert personal == [("people", "name"), ("ratings", "comment")]


def test_a_target_is_stored_with_the_bounds_of_its_period() -> None:
    names = [column.name for column in system_schema("targets").stored()]

    assert names == [
        "subject", "indicator", "period", "period_from", "period_until", "dimension", "value",
    ]  # fmt: skip
    assert not system_schema("targets").columns["dimension"].required


def test_a_company_adds_columns_labels_and_aliases() -> None:
    people = load_dataset(
        "dataset: people\n"
        "columns:\n"
        "  person: {aliases: [人员代码]}\n"
        "  level: {type: text, label: {zh-Hans: 职级, en: Level}}\n"
    )

    assert list(people.columns) == ["person", "name", "effective_from", "effective_until", "level"]
    assert people.key == ("person", "effective_from")
    assert people.column_of_header("人员代码") == people.columns["person"]
    assert people.column_of_header("员工编号") == people.columns["person"]
    assert people.columns["person"].labels.en == "Person"


def test_a_company_says_whose_targets_there_may_be_besides() -> None:
    targets = load_dataset("dataset: targets\ncolumns: {subject: {of: stores}}\n")

    assert targets.columns["subject"].kinds == (
        "people", "units", "positions", "customers", "stores",
    )  # fmt: skip


def test_a_key_that_may_be_blank_stays_so_beside_a_companys_own_words() -> None:
    targets = load_dataset("dataset: targets\ncolumns: {value: {written: {times: 10000}}}\n")

    assert not targets.columns["dimension"].required
    assert targets.columns["subject"].required
    assert targets.columns["value"].written.times == 10_000


def test_a_column_of_the_system_keeps_its_type() -> None:
    with pytest.raises(AttainError) as caught:
        load_dataset("dataset: units\ncolumns:\n  kind: {type: code}\n", "datasets/units.yaml")

    assert caught.value.code == "SCHEMA_SYSTEM_COLUMN"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("dataset: people\ncolumns: {level: [text]}\n", "FIELD_INVALID"),
        ("dataset: people\ncolumns: [level]\n", "FIELD_INVALID"),
        ("dataset: people\ncolumns: {level: {typ: text}}\n", "FIELD_MISSING"),
        ("- people\n", "FIELD_INVALID"),
    ],
)
def test_a_faulty_extension_is_refused(text: str, code: str) -> None:
    with pytest.raises(AttainError) as caught:
        load_dataset(text)

    assert caught.value.code == code


def test_a_dataset_of_the_company_s_own_is_read_as_it_stands() -> None:
    text = "dataset: visits\nkey: [visit]\ncolumns: {visit: {type: code}}\n"

    assert load_dataset(text) == load_dataset_schema(text)
