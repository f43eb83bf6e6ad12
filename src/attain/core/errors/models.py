"""The shape of an error: what, with which values, where, how grave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from attain.core.labels import Labels


class Severity(StrEnum):
    """An error stops the work, a warning asks for a decision, a note only informs."""

    error = "error"
    warning = "warning"
    note = "note"


@dataclass(frozen=True, slots=True)
class Where:
    """The place an error speaks of, in the words of the person who has to mend it.

    `row` and `column` are those shown by the spreadsheet (row 1 is the first, column is
    letters), `header` the column's title; `line` and `position` count from 1 in a text
    (a plan, a formula); `pointer` is a JSON pointer; `field` a field of a form.
    """

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    header: str | None = None
    line: int | None = None
    position: int | None = None
    pointer: str | None = None
    field: str | None = None
    end_line: int | None = None
    end_position: int | None = None

    def within(self, **outer: str | int | None) -> Where:
        """This place with what the caller knows besides; what is already said stays."""
        unsaid = {name: value for name, value in outer.items() if getattr(self, name) is None}
        return replace(self, **unsaid)  # type: ignore[arg-type]

    def as_data(self) -> dict[str, str | int]:
        """Only what is known, for JSON."""
        known = ((item.name, getattr(self, item.name)) for item in fields(self))
        return {name: value for name, value in known if value is not None}


@dataclass(frozen=True, slots=True)
class Problem:
    """One error, warning or note as data; `render` turns it into sentences."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    where: Where | None = None
    severity: Severity = Severity.error

    def at(self, where: Where | None) -> Problem:
        """The same problem, placed: what it already says about its place stays."""
        if where is None or self.where is None:
            return replace(self, where=self.where or where)
        return replace(self, where=self.where.within(**where.as_data()))

    def as_data(self) -> dict[str, object]:
        """Codes and parameters for JSON, so that every reader gets their own language."""
        data: dict[str, object] = {
            "code": self.code,
            "severity": self.severity.value,
            "values": {name: _plain(value) for name, value in self.values.items()},
        }
        if self.where is not None:
            data["where"] = self.where.as_data()
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Problem:
        """A problem as `as_data` kept it; numbers and dates stay the texts they became."""
        where = data.get("where")
        return cls(
            code=data["code"],
            values={name: _spoken(value) for name, value in data["values"].items()},
            where=None if where is None else Where(**where),
            severity=Severity(data["severity"]),
        )


def _spoken(value: object) -> object:
    """Labels are kept as a mapping of languages; all else as it is."""
    return Labels.model_validate(value) if isinstance(value, dict) else value


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, Labels):
        return value.model_dump()
    return str(value)


class AttainError(Exception):
    """Input or state that cannot be accepted, with every problem that was found.

    Never raised for a mistake of our own code: that is a TypeError, ValueError and so on.
    """

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        if not self.problems:
            raise ValueError("an AttainError needs at least one problem")
        super().__init__(self.problems)

    @property
    def code(self) -> str:
        """The code of the first problem."""
        return self.problems[0].code

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(problem.code for problem in self.problems)

    def at(self, where: Where | None) -> AttainError:
        """The same error with every problem placed."""
        return AttainError(problem.at(where) for problem in self.problems)

    def __str__(self) -> str:
        # Late, because sentences stand above the shape they are made from.
        from attain.core.errors.rendering import render_all

        return render_all(self.problems, "en")
