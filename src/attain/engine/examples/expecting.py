"""What must come out, compared with what did."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from attain.core.errors import AttainError, problem
from attain.core.keys import key_for, reference_key
from attain.core.labels import CHINESE, labels
from attain.core.periods import Period
from attain.core.schemas import why_column
from attain.core.units import COUNT, DATE, TEXT, Type, Unit
from attain.engine.examples import errors
from attain.engine.examples.cells import Expected, expected, shown
from attain.engine.examples.keys import key_of_row, short_keys
from attain.engine.examples.model import Failure, Relations
from attain.engine.examples.situation import Setting
from attain.engine.plans.models.examples import VALUE, Row
from attain.engine.primitives.model import Column, KeyPart, Relation

SHOWN: Final = 4
"""How many rows a failure names."""

_NO_ROWS: Final = labels("没有行", "no rows")
_ROWS: Final = labels("{count}行", "{count} rows")
_THESE: Final = labels("{rows}（{told}）", "{rows} ({told})")
_OTHERS: Final = labels("{rows}；有的是：{told}", "{rows}; there are: {told}")
_NUMBER: Final = Type(Unit.ratio)
STANDARD: Final[Mapping[str, Mapping[str, Type]]] = {
    "outcomes": {
        **dict.fromkeys(("subject_kind", "component", "period", "status"), TEXT),
        **dict.fromkeys(("text_value", "unit", "reason"), TEXT),
        "subject": Type(Unit.key),
        "value": _NUMBER,
    },
    "lines": {
        **dict.fromkeys(("line_key", "component", "earned", "currency"), TEXT),
        "participant": Type(Unit.key),
        "amount_minor": COUNT,
        "pay_on": DATE,
    },
    "scores": {
        **dict.fromkeys(("period", "component", "card", "row", "parent"), TEXT),
        **dict.fromkeys(("status", "reason"), TEXT),
        **dict.fromkeys(("weight", "score", "points"), _NUMBER),
        "subject": Type(Unit.key),
    },
    "grades": {
        **dict.fromkeys(("period", "component", "grade", "status", "reason"), TEXT),
        "subject": Type(Unit.key),
    },
    "issues": {
        **dict.fromkeys(("code", "name", "relation", "key", "period"), TEXT),
        "subject": Type(Unit.key),
        "value": _NUMBER,
    },
}
"""The columns of the relations every run has, by which an example may name their rows."""


@dataclass(frozen=True)
class Comparison:
    """The expectations of one run with what came out of it."""

    setting: Setting
    period: Period
    got: Relations
    names: Mapping[str, str] = field(default_factory=dict)
    """The codes of the example by the keys that stand for them."""
    language: str = CHINESE

    def failures(self, name: str, rows: Sequence[Row]) -> Iterator[tuple[Failure, Any]]:
        """Every expectation that is not met, with the cell it is about where it is a column's.

        :raises AttainError: EXAMPLE_NAME, EXAMPLE_KEY, EXAMPLE_COLUMN.
        """
        if name in STANDARD:
            if not rows and self.got[name]:
                told = "; ".join(str(one) for one in self.got[name][:5])
                yield self._failure(name, "", _NO_ROWS.get(self.language), told), None
            for row in rows:
                yield from self._standard(name, row)
            return
        found = self.setting.column(name)
        if found is None:
            raise self.setting.unknown(name)
        relation, column = found
        if not rows and self.got[relation.name]:
            count = str(len(self.got[relation.name]))
            yield self._failure(name, "", _NO_ROWS.get(self.language), count), None
        for row in rows:
            yield from self._column(name, relation, column, row)

    def cell(self, name: str, row: Row) -> tuple[str, tuple[Any, ...], str] | None:
        """The relation, key and column an expectation speaks of; None where it is no one cell."""
        found = None if name in STANDARD else self.setting.column(name)
        if found is None:
            return None
        relation, column = found
        near = [one for one in self.got[relation.name] if _fits(one, key_of_row(relation, row))]
        if len(near) != 1:
            return None
        return relation.name, tuple(near[0][part.name] for part in relation.key), column.name

    def _column(
        self, name: str, relation: Relation, column: Column, row: Row
    ) -> Iterator[tuple[Failure, Any]]:
        wanted = self._value(name, column.type, row.get(VALUE))
        self._refuse_unknown(name, relation, row)
        asked = key_of_row(relation, row)
        near = [one for one in self.got[relation.name] if _fits(one, asked)]
        if len(near) != 1:
            if not asked and len(relation.key) > 1:
                raise self._no_key(name, relation.key)
            yield self._failure(name, _told(row), wanted.text, self._rows(relation, near)), None
            return
        value, why = near[0][column.name], near[0].get(why_column(column.name))
        if not wanted.is_met(value, why):
            key = tuple(near[0][part.name] for part in relation.key)
            got = self.names.get(str(value)) or wanted.shown(value, why)
            failure = self._failure(name, _told(row), wanted.text, got)
            failure = replace(failure, rounded=wanted.rounded(value))
            yield failure, (relation.name, key, column.name)

    def _value(self, name: str, type_: Type, text: str | None) -> Expected:
        try:
            return expected(type_, text)
        except AttainError as found:
            example = self.setting.example
            told = problem(errors.EXAMPLE_VALUE, example=example, column=name, value=text)
            raise AttainError(told) from found

    def _rows(self, relation: Relation, near: Sequence[Mapping[str, Any]]) -> str:
        """The rows that fit, or all there are where none does, by the keys that tell them apart."""
        count = _ROWS.get(self.language).format(count=len(near))
        rows = near or self.got[relation.name]
        if not rows:
            return count
        told = "; ".join(self._key_told(relation, one) for one in rows[:SHOWN])
        more = "; …" if len(rows) > SHOWN else ""
        phrase = _THESE if near else _OTHERS
        return phrase.get(self.language).format(rows=count, told=told + more)

    def _key_told(self, relation: Relation, row: Mapping[str, Any]) -> str:
        parts = ((part.name, row[part.name]) for part in relation.key)
        return ", ".join(f"{name}: {self.names.get(str(key), key)}" for name, key in parts)

    def _refuse_unknown(self, name: str, relation: Relation, row: Row) -> None:
        """A cell that names no key would be no test at all."""
        known = [part.name for part in relation.key]
        for cell in row:
            if cell not in (VALUE, *known, *short_keys(relation).values()):
                self._refuse_sum_of_rows(name, known, cell)
                raise AttainError(
                    problem(
                        errors.EXAMPLE_COLUMN,
                        example=self.setting.example,
                        source=name,
                        name=cell,
                        known=[*known, VALUE],
                    )
                )

    def _refuse_sum_of_rows(self, name: str, known: Sequence[str], cell: str) -> None:
        """
        :raises AttainError: EXAMPLE_OF_ROWS where an incentive of each row is meant.
        """
        line = f"{name}_line"
        found = self.setting.column(line)
        if found is not None and cell in [part.name for part in found[0].key]:
            raise AttainError(
                problem(
                    errors.EXAMPLE_OF_ROWS,
                    example=self.setting.example,
                    source=name,
                    each=list(known),
                    name=cell,
                    line=line,
                )
            )

    def _standard(self, name: str, row: Row) -> Iterator[tuple[Failure, Any]]:
        types = STANDARD[name]
        for column in row:
            if column not in types:
                raise AttainError(
                    problem(
                        errors.EXAMPLE_COLUMN,
                        example=self.setting.example,
                        source=name,
                        name=column,
                        known=list(types),
                    )
                )
        wanted = {
            column: self._wanted(types[column], text, {got.get(column) for got in self.got[name]})
            for column, text in row.items()
        }

        def met(got: Mapping[str, Any]) -> int:
            return sum(one.is_met(got.get(column), None) for column, one in wanted.items())

        nearest = sorted(self.got[name], key=met, reverse=True)[:SHOWN]
        if not nearest or met(nearest[0]) < len(wanted):
            near = "; ".join(self._row_told(got, row) for got in nearest)
            yield self._failure(name, "", _told(row), near or _NO_ROWS.get(self.language)), None

    def _row_told(self, got: Mapping[str, Any], asked: Row) -> str:
        """The cells that were asked for, people by their codes."""
        cells = ((name, got.get(name)) for name in asked)
        told = ((name, self.names.get(str(value)) or shown(value, None)) for name, value in cells)
        return ", ".join(f"{name}: {value}" for name, value in told)

    def _wanted(self, type_: Type, text: str | None, there: Collection[object]) -> Expected:
        if type_.unit is not Unit.key or text is None:
            return self._word(text, there) if type_ == TEXT else expected(type_, text)
        return Expected(text, self._subject(text, there))

    def _word(self, text: str | None, there: Collection[object]) -> Expected:
        """A text, or the key of a row that is named by its code, as issues tell of rows."""
        keys = (one for one in there if self.names.get(str(one)) == text)
        return Expected(text or "", next(keys, text))

    def _subject(self, text: str, there: Collection[object]) -> str:
        """The key of a code, of the kind in which it came out: a project's bonus is a person's."""
        kinds = [
            part.kind
            for relation in self.setting.plan.relations.values()
            for part in relation.key
            if part.name == relation.subject
        ]
        known = tuple(dict.fromkeys([*kinds, "people"]))
        return reference_key(text, known, lambda kind, code: key_for(kind, code) in there)

    def _failure(self, column: str, key: str, wanted: str, got: str) -> Failure:
        return Failure(self.setting.example, str(self.period), column, key, wanted, got)

    def _no_key(self, name: str, key: Sequence[KeyPart]) -> AttainError:
        return AttainError(
            problem(
                errors.EXAMPLE_KEY,
                example=self.setting.example,
                column=name,
                keys=[part.name for part in key],
            )
        )


def _fits(row: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
    return all(row[name] == value for name, value in asked.items())


def _told(row: Row) -> str:
    return ", ".join(f"{name}: {text}" for name, text in row.items() if name != VALUE)
