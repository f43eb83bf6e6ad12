"""Each record type as datasets that plans and boards read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attain.core.labels import Labels, labels
from attain.core.schemas import DatasetSchema, normal_header
from attain.kinds.records.book import Book
from attain.kinds.records.fields import NUMBERS, FieldSpec, FieldType
from attain.kinds.records.kind import Kind
from attain.kinds.records.models import RecordType
from attain.kinds.records.patterns import fields_in
from attain.kinds.records.scopes import BUILT_IN

EVENTS: Final = ".events"
"""After the name of a type: the dataset of what happened to its records."""

_COLUMN_TYPES: Final[dict[FieldType, str]] = {
    FieldType.long_text: "text",
    FieldType.choice: "text",
    FieldType.choices: "text",
    FieldType.person: "key",
    FieldType.unit: "key",
    FieldType.record: "key",
}
_KEYS: Final = {FieldType.person: ("people",), FieldType.unit: ("units",)}


def schemas(book: Book) -> dict[str, DatasetSchema]:
    """The datasets of all types, by name: `<type>`, `<type>.events`, `<type>.<table>`."""
    found: dict[str, DatasetSchema] = {}
    for kind in book.kinds.values():
        for schema in schemas_of(kind):
            found[schema.dataset] = schema
    return found


def schemas_of(kind: Kind) -> Iterator[DatasetSchema]:
    """The datasets of one type."""
    yield records(kind.type)
    yield events(kind.type)
    for spec in kind.type.fields.values():
        if spec.type is FieldType.table and _is_fact(spec):
            yield table(kind.type, spec)


def records(declared: RecordType) -> DatasetSchema:
    """One row for each record. Its date is `business_date`."""
    columns: dict[str, Any] = {
        "record": _key("record", BUILT_IN["record"], [declared.record]),
        "number": _column("code", BUILT_IN["number"], required=True),
        **({"title": _column("text", BUILT_IN["title"])} if has_title(declared) else {}),
        "state": _column("text", BUILT_IN["state"], required=True),
        "owner": _key("owner", BUILT_IN["owner"], ["people"]),
        "subject": _key("subject", BUILT_IN["subject"], ["people"]),
        "unit": _key("unit", BUILT_IN["unit"], ["units"]),
        "created_on": _column("date", BUILT_IN["created_on"], required=True),
        "business_date": _column("date", BUILT_IN["business_date"], required=True),
    }
    for spec in fact_fields(declared.fields):
        columns[spec.name] = _of_field(spec)
    for state, column in state_columns(declared).items():
        name = declared.life[state].label or labels(state, state)
        said = labels(f"“{name.get('zh-Hans')}”日期", f"{name.get('en')} on")
        columns[column] = _column("date", said)
    return _schema(declared.record, declared.plural_label, ["record"], "business_date", columns)


def state_columns(declared: RecordType) -> dict[str, str]:
    """The column with the last day each state was entered; a field of that name comes first."""
    return {state: f"{state}_on" for state in declared.life if f"{state}_on" not in declared.fields}


def events(declared: RecordType) -> DatasetSchema:
    """One row for each action that was taken, the making of the record being the first."""
    label = declared.label
    said = labels(f"{label.get('zh-Hans')}经过", f"{label.get('en')}: what happened")
    columns = {
        "record": _key("record", BUILT_IN["record"], [declared.record]),
        "n": _column("count", labels("序号", "No."), required=True),
        "action": _column("text", labels("操作", "Action"), required=True),
        "from_state": _column("text", labels("原状态", "From")),
        "to_state": _column("text", labels("新状态", "To"), required=True),
        "on": _column("date", labels("日期", "On"), required=True),
        "person": _key("person", labels("操作人", "Person"), ["people"]),
    }
    return _schema(f"{declared.record}{EVENTS}", said, ["record", "n"], "on", columns)


def table(declared: RecordType, spec: FieldSpec) -> DatasetSchema:
    """One row for each line of a table in a record."""
    zh, en = declared.label.get("zh-Hans"), declared.label.get("en")
    said = labels(f"{zh}：{spec.label.get('zh-Hans')}", f"{en}: {spec.label.get('en')}")
    columns: dict[str, Any] = {
        "record": _key("record", BUILT_IN["record"], [declared.record]),
        "line": _column("count", labels("行", "Line"), required=True),
        "business_date": _column("date", BUILT_IN["business_date"], required=True),
    }
    for column in fact_fields(spec.fields):
        columns[column.name] = _of_field(column)
    name = f"{declared.record}.{spec.name}"
    return _schema(name, said, ["record", "line"], "business_date", columns)


def fact_fields(fields: Mapping[str, FieldSpec]) -> list[FieldSpec]:
    """The fields that go into a dataset: open ones that hold one value."""
    return [spec for spec in fields.values() if spec.is_scalar and _is_fact(spec)]


def _is_fact(spec: FieldSpec) -> bool:
    return spec.facts and spec.confidential is None


def has_title(declared: RecordType) -> bool:
    """Whether the title may be read wherever the dataset is: it names no person."""
    named = [declared.fields.get(name) for name in fields_in(declared.title or "")]
    return all(
        spec is not None and not spec.personal and spec.type is not FieldType.person
        for spec in named
    )


def _of_field(spec: FieldSpec) -> dict[str, Any]:
    column = _column(_COLUMN_TYPES.get(spec.type, spec.type.value), spec.label)
    column["personal"] = spec.personal
    if spec.type is FieldType.record:
        column["of"] = list(spec.of)
    elif spec.type in _KEYS:
        column["of"] = list(_KEYS[spec.type])
    if spec.currency is not None:
        column["currency"] = spec.currency
    if spec.type in NUMBERS:
        column["scale"] = spec.accepted_scale
    return column


def _column(type_: str, label: Labels, *, required: bool = False) -> dict[str, Any]:
    return {"type": type_, "label": label, "required": required}


def _key(name: str, label: Labels, of: list[str]) -> dict[str, Any]:
    return {"type": "key", "of": of, "label": label, "required": name == "record"}


def _headers(column: str, label: Labels) -> set[str]:
    return {normal_header(one) for one in (column, label.zh, label.en) if one}


def _schema(
    name: str, label: Labels, key: list[str], date: str, columns: dict[str, Any]
) -> DatasetSchema:
    seen: set[str] = set()
    for column, said in columns.items():
        # Two columns with one header could not be told apart in a file; the name always can.
        if _headers(column, said["label"]) & seen:
            said["label"] = labels(column, column)
        seen |= _headers(column, said["label"])
    return DatasetSchema.model_validate(
        {"dataset": name, "label": label, "key": key, "date": date, "columns": columns}
    )
