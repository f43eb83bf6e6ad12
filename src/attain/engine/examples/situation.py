"""The situation of an example: its tables as dataset rows, its values, its coverage."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from attain.core.errors import AttainError, Where, problem
from attain.core.keys import key_for
from attain.core.labels import Labels, labels
from attain.core.periods import Calendars, Period, parse_period, period_as_written
from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS
from attain.engine.examples import errors
from attain.engine.examples.cells import expected, stored_cell, whole_reason
from attain.engine.examples.keys import key_of_row, key_of_stored
from attain.engine.examples.replacing import Given
from attain.engine.examples.results import result_rows
from attain.engine.examples.shortened import in_columns
from attain.engine.plans.card_rows import column_named
from attain.engine.plans.models.examples import VALUE, Row
from attain.engine.plans.models.plan import PlanModel
from attain.engine.plans.resolve.kind_words import kind_named
from attain.engine.plans.resolve.planned import followed
from attain.engine.plans.resolve.sources import own_schema, schema_of
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import Column, Relation, ResolvedPlan, ResultRows, Stored
from attain.engine.reference import EarlierRun

Rows = Mapping[str, Sequence[Row]]

_TARGET: Final = re.compile(
    r"(?:target|目标)[(（](?P<indicator>[^)）,，]+)(?:[,，](?P<kind>[^)）]+))?[)）]"
)
TARGETS: Final = "targets"
_ALWAYS: Final = ((dt.date.min, dt.date.max),)
_KINDS: Final = ("people", "units", "positions")
"""The kinds of keys that one column may mix, such as the ends of an edge."""


@dataclass(frozen=True)
class Setting:
    """The plan an example belongs to, with everything its words may mean."""

    example: str
    model: PlanModel
    plan: ResolvedPlan
    schemas: Mapping[str, DatasetSchema]
    calendars: Calendars

    def schema(self, name: str, rows: Sequence[Row] = ()) -> DatasetSchema | None:
        """The declaration of a table in `given`: a source of the plan, or a dataset.

        A dataset whose columns a source of another name declares may be called either way. Rows
        with `is` are values of a column: a plan may call what it counts `units`, too.
        """
        if any(VALUE in row for row in rows) and self.column(name) is not None:
            return None
        sources = self.model.sources
        reading = (one for one in sources.values() if one.from_ == name and one.columns)
        source = sources.get(name) or next(reading, None)
        known = {**SYSTEM_DATASETS, **self.schemas}
        if source is None:
            return known.get(name) or self._labelled(name)
        if source.rows is not None:
            return own_schema(name, source, self.model.currency)
        return schema_of(name, source, known, self.model.currency)

    def _labelled(self, name: str) -> DatasetSchema | None:
        """The product's table that readers know by that name, if the plan calls nothing so."""
        if name in self.plan.relations or self.column(name) is not None:
            return None
        tables = SYSTEM_DATASETS.values()
        return next((one for one in tables if name in (one.labels.zh, one.labels.en)), None)

    def column(self, name: str) -> tuple[Relation, Column] | None:
        """The calculated column of that name."""
        columns = [one for relation in self.plan.relations.values() for one in relation.columns]
        name = column_named(name, columns)
        for relation in self.plan.relations.values():
            column = relation.columns.get(name)
            if column is not None and not isinstance(column.made, Stored):
                return relation, column
        return None

    def result(self, name: str) -> tuple[Relation, ResultRows] | None:
        """The source of that name, if it reads the results of another plan."""
        relation = self.plan.relations.get(name)
        if relation is None or not isinstance(relation.rows, ResultRows):
            return None
        return relation, relation.rows

    def subjects(self) -> dict[str, str]:
        """The plan's subjects with the datasets they come from."""
        found = {name: self.schema(one.from_) for name, one in self.model.subjects.items()}
        return {name: schema.dataset for name, schema in found.items() if schema is not None}

    def unknown(self, name: str) -> AttainError:
        """What to say about a word that means nothing in the plan."""
        tables = [*self.model.sources, *self.schemas, *self.subjects().values(), TARGETS]
        if not name.isascii():
            tables += [one.labels.zh for one in SYSTEM_DATASETS.values()]
        near = nearest(name, [*tables, *self._calculated()])
        return AttainError(
            problem(errors.EXAMPLE_NAME, example=self.example, name=name, nearest=near)
        )

    def _calculated(self) -> Iterator[str]:
        """What the plan calculates by names of its own, not the steps that forms bring along."""
        for relation in self.plan.relations.values():
            for name, column in relation.columns.items():
                is_step = column.form is not None and name not in column.form.split("/")
                if not (column.hidden or is_step or isinstance(column.made, Stored)):
                    yield name


@dataclass
class Situation:
    """Dataset rows and given values, gathered from the `given` of an example and its runs."""

    setting: Setting
    datasets: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    values: dict[tuple[str, str], list[Given]] = field(default_factory=dict)
    results: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    """Rows of other plans' results, by the plan and its relation."""
    said: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What kinds of things a code is elsewhere in the example: in columns of one kind alone."""
    stands_for_itself: frozenset[str] = frozenset()
    """Datasets of subjects nobody described: whoever is named takes part."""

    def add(self, given: Rows, period: Period) -> None:
        """Take in more of what is given; tables grow row by row.

        :raises AttainError: EXAMPLE_NAME, EXAMPLE_COLUMN, EXAMPLE_KEY, EXAMPLE_RESULT, or a cell
            that is no value.
        """
        # Whose rows they are comes first: a code elsewhere may then name any of them.
        for name, rows in sorted(given.items(), key=lambda one: not self._is_whose(*one)):
            target = _TARGET.fullmatch(name.strip())
            if target:
                around = self._around(period, target["kind"])
                self._add_targets(target["indicator"].strip(), rows, around)
            elif (schema := self.setting.schema(name, rows)) is not None:
                self._add_rows(schema, name, rows)
            elif (read := self.setting.result(name)) is not None:
                self._add_results(*read, rows)
            elif (found := self.setting.column(name)) is not None:
                self._add_values(*found, rows)
            else:
                raise self.setting.unknown(name)

    def _is_whose(self, name: str, rows: Sequence[Row]) -> bool:
        schema = self.setting.schema(name, rows)
        return schema is not None and schema.dataset in _KINDS

    def _around(self, period: Period, word: str | None) -> Period:
        """The period itself, or the one of a coarser kind around it: `target(sales, quarter)`."""
        kind = kind_named(word.strip()) if word else period.kind
        if kind == period.kind:
            return period
        return self.setting.calendars.of(period).period_at(kind, period.from_)

    def _add_rows(self, schema: DatasetSchema, source: str, rows: Sequence[Row]) -> None:
        table = self.datasets.get(schema.dataset, [])
        subjects = self.setting.subjects()
        dimensions = self.setting.model.dimensions
        rows = [in_columns(schema, row, subjects, dimensions) for row in rows]
        self._refuse_unknown(schema, source, rows)
        self._refuse_twice(schema, source, rows)
        if schema.dataset == TARGETS:
            self._refuse_indicators(rows)
        known = {key_of_stored(schema, row): row for row in table}
        for row in rows:
            stored = self._stored(schema, row, len(known) + 1)
            before = known.get(key_of_stored(schema, stored))
            if before is not None:
                # A later run knows better, as a later file does that is imported.
                stored |= {name: before[name] for name in ("_row", "_line")}
            known[key_of_stored(schema, stored)] = stored
        self.datasets[schema.dataset] = list(known.values())

    def _refuse_unknown(self, schema: DatasetSchema, source: str, rows: Sequence[Row]) -> None:
        unknown = [name for row in rows for name in row if name not in schema.columns]
        if unknown:
            raise AttainError(
                problem(
                    errors.EXAMPLE_COLUMN,
                    example=self.setting.example,
                    source=source,
                    name=unknown[0],
                    known=_columns_of(schema),
                )
            )

    def _refuse_indicators(self, rows: Sequence[Row]) -> None:
        """A target of what the plan does not have is one of nothing; rows may be of anything."""
        sources = self.setting.model.sources.items()
        if any(TARGETS in (name, source.from_) for name, source in sources):
            return
        for number, row in enumerate(rows, start=1):
            indicator = row.get("indicator")
            if indicator and self.setting.column(indicator) is None:
                place = Where(sheet=TARGETS, row=number, header="indicator")
                raise self.setting.unknown(indicator).at(place)

    def _refuse_twice(self, schema: DatasetSchema, source: str, rows: Sequence[Row]) -> None:
        """One list says each key once, as an imported file must."""
        seen = set()
        for row in rows:
            key = tuple(row.get(name) for name in schema.key)
            if key in seen and not any(key):
                keys = list(schema.key)
                fault = problem(
                    errors.EXAMPLE_KEY, example=self.setting.example, column=source, keys=keys
                )
                raise AttainError(fault)
            if key in seen:
                told = ", ".join(str(part) for part in key)
                fault = problem(
                    errors.EXAMPLE_ROW_TWICE, example=self.setting.example, source=source, key=told
                )
                raise AttainError(fault)
            seen.add(key)

    def _stored(self, schema: DatasetSchema, row: Row, number: int) -> dict[str, Any]:
        stored: dict[str, Any] = {
            "_row": f"{schema.dataset}-{number}",
            "_file": self.setting.example,
            "_sheet": schema.dataset,
            "_line": number,
        }
        for column in schema:
            try:
                cell = stored_cell(column, row.get(column.name), self.known, self.setting.calendars)
            except AttainError as error:
                place = Where(sheet=schema.dataset, row=number, header=column.name)
                raise error.at(place) from None
            stored |= cell
        return stored

    def known(self, kind: str, code: str) -> bool:
        """Whether a code is of a kind: whose rows have it; else what it is said to be elsewhere
        in the example; else that of the first subject, which also comes first among several."""
        holders = {one for one in _KINDS if self._holds(one, code)}
        if holders:
            return kind in holders
        usual = self._usual_kind()
        said = self.said.get(code, frozenset())
        return kind == usual if usual in said or not said else kind in said

    def _usual_kind(self) -> str | None:
        """The dataset of the first subject."""
        first = next(iter(self.setting.model.subjects.values()), None)
        if first is None:
            return None
        schema = self.setting.schema(first.from_)
        return schema.dataset if schema is not None else first.from_

    def _holds(self, kind: str, code: str) -> bool:
        own = SYSTEM_DATASETS[kind].key[0]
        return any(row[own] == key_for(kind, code) for row in self.datasets.get(kind, ()))

    def _add_targets(self, indicator: str, rows: Sequence[Row], period: Period) -> None:
        subjects = self.setting.model.subjects
        periods = (one for row in rows for one in row)
        kinds = [one for one in dict.fromkeys(periods) if one not in (VALUE, *subjects)]
        table = []
        for row in rows:
            subject = next(
                (self._key_of(name, row[name]) for name in subjects if name in row), None
            )
            stated = next(
                (row[name] for name in kinds if _is_period(row.get(name), self.setting)), None
            )
            dimension = next(
                (row[name] for name in kinds if not _is_period(row.get(name), self.setting)), None
            )
            table.append(
                {
                    "subject": subject,
                    "indicator": indicator,
                    "period": stated or str(period),
                    "dimension": dimension,
                    "value": row.get(VALUE),
                }
            )
        schema = self.setting.schema(TARGETS)
        assert schema is not None
        self._add_rows(schema, TARGETS, table)

    def _key_of(self, subject: str, code: str | None) -> str | None:
        """A subject's code with its kind: the code of a unit may be that of a person, too."""
        schema = self.setting.schema(self.setting.model.subjects[subject].from_)
        return code if schema is None or not code else f"{schema.dataset}:{code}"

    def _add_values(self, relation: Relation, column: Column, rows: Sequence[Row]) -> None:
        """Values in the place of a calculation; what a later run says stands before what was."""
        given: list[Given] = []
        for row in rows:
            key = key_of_row(relation, row)
            if any(one.key == key for one in given):
                told = ", ".join(str(row[name]) for name in key) or VALUE
                example = self.setting.example
                fault = problem(
                    errors.EXAMPLE_ROW_TWICE, example=example, source=column.name, key=told
                )
                raise AttainError(fault)
            stated = expected(column.type, row.get(VALUE))
            given.append(Given(key, stated.value, whole_reason(stated.reason)))
        known = self.values.get((relation.name, column.name), [])
        self.values[relation.name, column.name] = [*given, *known]

    def _add_results(self, relation: Relation, rows: ResultRows, given: Sequence[Row]) -> None:
        setting = self.setting
        table = self.results.setdefault((rows.plan, rows.relation), [])
        table += result_rows(setting.example, setting.plan, relation, given, setting.calendars)

    def other_runs(self, period: Period) -> Iterator[EarlierRun]:
        """The results of other plans as a run of a period may name them: each plan's as one."""
        for plan in dict.fromkeys(plan for plan, _ in self.results):
            tables = {name: rows for (of, name), rows in self.results.items() if of == plan}
            yield EarlierRun(plan, period, tables)

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of each dataset; of a dated one every row holds until the next of its key."""
        schemas = {name: self.setting.schema(name) for name in self.datasets}
        return {
            name: followed(schema, rows) if (schema := schemas[name]) is not None else rows
            for name, rows in self.datasets.items()
        }

    def complete(self, mentioned: Iterable[Row]) -> None:
        """Subjects nobody described: whoever is named in the example takes part."""
        for subject, model in self.setting.model.subjects.items():
            schema = self.setting.schema(model.from_)
            if schema is None or schema.dataset in self.datasets:
                continue
            codes = dict.fromkeys(
                code for row in mentioned if (code := row.get(subject)) is not None
            )
            own = schema.key[0]
            self._add_rows(schema, model.from_, [{own: code} for code in codes])
            self.stands_for_itself |= {schema.dataset}


def _columns_of(schema: DatasetSchema) -> Labels | list[str]:
    """The columns a row may have; of the product's tables as readers of a language call them."""
    if schema.dataset not in SYSTEM_DATASETS:
        return list(schema.columns)
    said = ((f"{one.labels.zh}（{one.name}）", one.name) for one in schema)
    zh, en = zip(*said, strict=True)
    return labels("、".join(zh), ", ".join(en))


def _is_period(text: str | None, setting: Setting) -> bool:
    try:
        parse_period(period_as_written(str(text)), setting.calendars)
    except AttainError:
        return False
    return True


def coverage(
    covers: Mapping[str, Sequence[str]], setting: Setting
) -> dict[str, tuple[tuple[dt.date, dt.date], ...]]:
    """The days for which an example's tables are complete; those it does not name always are."""
    found: dict[str, tuple[tuple[dt.date, dt.date], ...]] = {}
    for relation in setting.plan.relations.values():
        if isinstance(relation.rows, ResultRows):
            found |= dict.fromkeys(relation.covered_by, _ALWAYS)
    for name, periods in covers.items():
        days = [parse_period(period_as_written(one), setting.calendars) for one in periods]
        stretches = tuple((one.from_, one.until) for one in days)
        schema, read = setting.schema(name), setting.result(name)
        if schema is not None:
            found[schema.dataset] = stretches
        elif read is not None:
            found |= dict.fromkeys(read[0].covered_by, stretches)
        else:
            raise setting.unknown(name)
    return found
