"""Datasets as they are declared: columns, key, date, and how a new file is taken in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from pydantic import AliasChoices, Field, field_validator, model_validator

from attain.core.documents import Declared, check_document, refused
from attain.core.errors import AttainError, Problem, codes, problem
from attain.core.labels import Labels, labels
from attain.core.schemas.checks import Check
from attain.core.schemas.columns import MAX_NAME, ColumnSchema, ColumnType, StoredColumn
from attain.core.units import COUNT, TEXT

LINEAGE: Final = (
    StoredColumn("_row", TEXT, "_row"),
    StoredColumn("_file", TEXT.missing(), "_file"),
    StoredColumn("_sheet", TEXT.missing(), "_sheet"),
    StoredColumn("_line", COUNT.missing(), "_line"),
)
"""What every stored row also has: its stable id, and the file, sheet and line it came from."""

EFFECTIVE: Final = ("effective_from", "effective_until")
_DATASET: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")
_DATING: Final = frozenset({ColumnType.date, ColumnType.period})
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


class DatasetSchema(Declared):
    """A dataset as it is declared in `datasets/<name>.yaml`."""

    dataset: str
    """Its name: small ASCII letters, digits and underscores; also the kind of its keys."""
    labels: Labels = Field(
        default=Labels(),
        validation_alias=AliasChoices("label", "labels"),
        serialization_alias="label",
    )
    key: tuple[str, ...] = Field(min_length=1)
    """The columns that tell its rows apart. They are required by themselves; one that says
    `required: false` may be blank, and blank is then a value of the key like any other."""
    date: str | None = None
    """The column with the business date; it decides the month a row is stored in. A column of
    periods will do: a row then counts on the first day of its period."""
    load: Literal["upsert", "replace"] = "upsert"
    """With `replace`, rows that are absent inside the new file's coverage are withdrawn."""
    dated: bool = False
    """True if rows hold from `effective_from` until `effective_until` (exclusive)."""
    columns: dict[str, ColumnSchema] = Field(min_length=1)
    checks: tuple[Check, ...] = ()
    """What its rows must fulfil together, such as shares that add up to 1."""

    @field_validator("dataset")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        if not _DATASET.fullmatch(name) or len(name) > MAX_NAME:
            raise refused(problem(codes.DATASET_NAME, value=name, limit=MAX_NAME))
        return name

    @model_validator(mode="before")
    @classmethod
    def _complete_columns(cls, given: Any) -> Any:
        """Gives columns their names, dated datasets their dates, and marks what is required."""
        if not isinstance(given, dict) or not isinstance(given.get("columns"), dict):
            return given
        columns = {name: _as_dict(one, name) for name, one in given["columns"].items()}
        if str(given.get("dated", "")).lower() == "true":
            for name in EFFECTIVE:
                columns.setdefault(name, _effective(name))
        needed = given.get("key") if isinstance(given.get("key"), list | tuple) else ()
        for name in (*(needed or ()), given.get("date")):
            if isinstance(columns.get(name), dict) and name not in EFFECTIVE:
                columns[name].setdefault("required", True)
        return {**given, "columns": columns}

    @model_validator(mode="after")
    def _names_agree(self) -> DatasetSchema:
        for fault in self._faults():
            raise refused(fault)
        return self

    def _faults(self) -> Iterator[Problem]:
        parts = [("key", name) for name in self.key]
        parts += [("date", self.date)] if self.date else []
        parts += [
            ("currency_from", one.currency_from) for one in self if one.currency_from is not None
        ]
        parts += [("checks", name) for check in self.checks for name in check.columns()]
        for part, name in parts:
            if name not in self.columns:
                yield problem(
                    codes.SCHEMA_COLUMN_UNKNOWN, dataset=self.dataset, part=part, column=name
                )
        names = [stored.name for stored in self.stored()]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield problem(codes.SCHEMA_COLUMN_TAKEN, dataset=self.dataset, column=name)
        dated_by = self.columns.get(self.date or "")
        if dated_by is not None and dated_by.type not in _DATING:
            yield problem(
                codes.SCHEMA_COLUMN_TYPE,
                dataset=self.dataset,
                column=dated_by.name,
                type=dated_by.type.value,
                option="date",
            )
        yield from self._shared_headers()

    def _shared_headers(self) -> Iterator[Problem]:
        owners: dict[str, str] = {}
        for column in self:
            for header in sorted(_headers(column)):
                first = owners.setdefault(header, column.name)
                if first != column.name:
                    yield problem(
                        codes.SCHEMA_ALIAS_TAKEN,
                        dataset=self.dataset,
                        first=first,
                        second=column.name,
                        alias=header,
                    )

    def __iter__(self) -> Iterator[ColumnSchema]:  # type: ignore[override]
        """Its columns, in declared order."""
        return iter(self.columns.values())

    @property
    def day(self) -> str | None:
        """The stored column with the business date: of a period, its first day."""
        if self.date is None or self.columns[self.date].type is not ColumnType.period:
            return self.date
        return f"{self.date}_from"

    @property
    def own_code(self) -> str | None:
        """The code, or the name, that alone tells its rows apart, the day aside from which they
        hold."""
        own = [name for name in self.key if name not in EFFECTIVE]
        is_code = len(own) == 1 and self.columns[own[0]].type in (ColumnType.code, ColumnType.text)
        return own[0] if is_code else None

    def stored(self, lineage: bool = False) -> tuple[StoredColumn, ...]:
        """The columns of its Parquet files, in order; with `lineage`, also where rows came from."""
        own = tuple(stored for column in self for stored in column.stored())
        return own + LINEAGE if lineage else own

    def column_of_header(self, header: str, *, exact: bool = False) -> ColumnSchema | None:
        """The column a file means by a header: its name, a label or an alias.

        Unless asked for exactly, `OrderDate` and `Order Date` also mean `order_date`.
        """
        wanted, bare = normal_header(header), _bare(header)
        named = next((column for column in self if wanted in _headers(column)), None)
        if named is not None or exact or not bare:
            return named
        alike = [column for column in self if _bare(column.name) == bare]
        return alike[0] if len(alike) == 1 else None


def _as_dict(column: Any, name: str) -> Any:
    if isinstance(column, ColumnSchema):
        column = column.model_dump(by_alias=True, exclude_unset=True)
    if isinstance(column, str):
        column = {"type": column}
    return {**column, "name": name} if isinstance(column, Mapping) else column


def _effective(name: str) -> dict[str, Any]:
    is_from = name == EFFECTIVE[0]
    said = labels("生效日", "Effective from") if is_from else labels("失效日", "Effective until")
    return {"name": name, "type": ColumnType.date, "labels": said}


def normal_header(text: str) -> str:
    """A header as it is compared: NFKC, no invisible signs, single blanks, small letters."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(plain.split()).casefold()


def _bare(text: str) -> str:
    """The letters and digits of a name alone."""
    return re.sub(r"[\W_]+", "", normal_header(text))


def _headers(column: ColumnSchema) -> frozenset[str]:
    names = (column.name, column.labels.zh, column.labels.en, *column.aliases)
    return frozenset(normal_header(name) for name in names if name)


def with_own_keys(schemas: Mapping[str, DatasetSchema]) -> dict[str, DatasetSchema]:
    """Datasets as they are stored: the code that alone tells the rows of one apart is their key,
    once a column of any dataset leads there. Rules may then compare the two.
    """
    referred = {kind for schema in schemas.values() for column in schema for kind in column.kinds}
    return {
        name: _with_own_key(schema) if name in referred else schema
        for name, schema in schemas.items()
    }


def _with_own_key(schema: DatasetSchema) -> DatasetSchema:
    own = schema.own_code
    if own is None:
        return schema
    key = schema.columns[own].model_copy(update={"type": ColumnType.key, "of": schema.dataset})
    return schema.model_copy(update={"columns": {**schema.columns, own: key}})


def load_dataset_schema(text: str, file: str | None = None) -> DatasetSchema:
    """A dataset declaration read from YAML.

    :raises AttainError: what `read_yaml` and `check_document` raise, SCHEMA_COLUMN_UNKNOWN,
        SCHEMA_COLUMN_TAKEN, SCHEMA_COLUMN_TYPE, SCHEMA_ALIAS_TAKEN, NAME_INVALID; with lines.
    """
    from attain.core.documents import read_yaml

    return check_document(DatasetSchema, read_yaml(text, file))


def dump_dataset_schema(schema: DatasetSchema) -> str:
    """A dataset declaration as YAML, which `load_dataset_schema` reads as the same."""
    from attain.core.documents import write_yaml

    data = schema.model_dump(mode="json", exclude_defaults=True)
    for name, column in data["columns"].items():
        del column["name"]
        if name in schema.key and not schema.columns[name].required:
            column["required"] = False
        if also := column.pop("also_of", None):
            column["of"] = [column["of"], *also]
    return write_yaml(data)


def extended(system: DatasetSchema, own: DatasetSchema) -> DatasetSchema:
    """A system dataset with a company's own columns, labels, aliases and kinds of subjects.

    :raises AttainError: SCHEMA_SYSTEM_COLUMN if a column of the system would change its type.
    """
    faults = []
    for name, column in system.columns.items():
        mine = own.columns.get(name)
        if mine is not None and mine.type is not column.type:
            faults.append(problem(codes.SCHEMA_SYSTEM_COLUMN, dataset=system.dataset, column=name))
    if faults:
        raise AttainError(faults)
    columns = {
        name: _renamed(column, own.columns.get(name)) for name, column in system.columns.items()
    }
    added = {name: column for name, column in own.columns.items() if name not in columns}
    return system.model_copy(
        update={
            "columns": {**columns, **added},
            "labels": own.labels or system.labels,
            "checks": (*system.checks, *own.checks),
        }
    )


def _renamed(column: ColumnSchema, mine: ColumnSchema | None) -> ColumnSchema:
    if mine is None:
        return column
    also_of = (kind for kind in (*column.also_of, *mine.kinds) if kind != column.of)
    return column.model_copy(
        update={
            "also_of": tuple(dict.fromkeys(also_of)),
            "labels": mine.labels or column.labels,
            "aliases": tuple(dict.fromkeys((*column.aliases, *mine.aliases))),
            "required": column.required or mine.required,
            "personal": column.personal or mine.personal,
            "written": mine.written,
        }
    )
