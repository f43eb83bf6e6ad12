"""Compiling the standard relations: what became of every component of every member."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from attain.core.reasons import NOT_APPLICABLE
from attain.core.schemas.relations import Status
from attain.engine.compiler.making import Making
from attain.engine.primitives import sql
from attain.engine.primitives.frames import Cell, Frame
from attain.engine.primitives.model import Component, ComponentKind
from attain.engine.primitives.rows import period_column
from attain.engine.standard import STANDARD

NUMBER = "DECIMAL(38,18)"
_TEXT = "VARCHAR"


def told(making: Making) -> dict[str, list[exp.Select]]:
    """The parts of outcomes, scores and grades: one for each component."""
    plan = making.plan
    scored = (ComponentKind.SCORE_ROW, ComponentKind.SCORE)
    each = [(one, _Told(making, one)) for one in plan.components]
    return {
        "outcomes": [one.outcome() for _, one in each],
        "scores": [one.score() for component, one in each if component.kind in scored],
        "grades": [one.grade() for component, one in each if component.kind is ComponentKind.GRADE],
    }


def put_together(making: Making, name: str, selects: Sequence[exp.Select]) -> str:
    """One relation from its parts, one under the other; empty where there are none."""
    schema = STANDARD[name]
    cells = {column.name: Cell(_storage(column.name, name)) for column in schema.columns}
    if not selects:
        columns = (sql.named(sql.null(cell.storage), n) for n, cell in cells.items())
        selects = [exp.select(*columns).where(sql.false())]
    query: exp.Query = selects[0]
    for select in selects[1:]:
        query = exp.Union(this=query, expression=select, distinct=False)
    step = making.next_name(name)
    making.aside(step, name, cells, query, f"{schema.labels.en}: the same shape for every plan.")
    return step


def _storage(column: str, relation: str) -> str:
    kind = STANDARD[relation].column(column).type
    return kind.storage


class _Told:
    """One component, as it is told in the standard relations."""

    def __init__(self, making: Making, component: Component) -> None:
        self.making, self.component = making, component
        self.frame = making.head(component.relation)
        self.kind = self.frame.relation.columns[component.column].type
        self.why = self.frame.why(component.column)
        self.value = self.frame.value(component.column)

    def outcome(self) -> exp.Select:
        """One row per member: value or why not."""
        is_number = self.kind.is_number
        value = sql.cast(self.value, NUMBER) if is_number else sql.null(NUMBER)
        words = sql.null(_TEXT) if is_number else sql.cast(self.value, _TEXT)
        return self._select(
            subject_kind=sql.text(subject_kind(self.frame)),
            subject=subject_of(self.frame),
            component=self._name(),
            period=period_of(self.making, self.frame),
            status=self._status(),
            value=value,
            text_value=words,
            unit=sql.text(self.kind.unit.value),
            reason=self._reason(),
        )

    def score(self) -> exp.Select:
        """A row of a scorecard, or a score itself."""
        return self._select(
            **self._who_and_when(),
            card=_maybe_text(self.component.card),
            row=sql.text(self.component.name),
            parent=_maybe_text(self.component.parent),
            weight=self._number(self.component.weight),
            score=self._number(self.component.score),
            points=sql.cast(self.value, NUMBER),
            status=self._status(),
            reason=self._reason(),
        )

    def grade(self) -> exp.Select:
        """A grade, as the word it is."""
        return self._select(
            **self._who_and_when(),
            grade=sql.cast(self.value, _TEXT),
            status=self._status(),
            reason=self._reason(),
        )

    def _who_and_when(self) -> dict[str, exp.Expr]:
        return {
            "subject": subject_of(self.frame),
            "period": period_of(self.making, self.frame),
            "component": self._name(),
        }

    def _select(self, **columns: exp.Expr) -> exp.Select:
        projections = (sql.named(expression, name) for name, expression in columns.items())
        return exp.select(*projections).from_(self.frame.table())

    def _number(self, column: str | None) -> exp.Expr:
        """A column beside the component, such as its weight; NULL where there is none."""
        return sql.null(NUMBER) if column is None else sql.cast(self.frame.value(column), NUMBER)

    def _name(self) -> exp.Expr:
        """The component's name, with the values of further key parts in brackets."""
        relation = self.frame.relation
        told = {relation.subject, period_column(relation)}
        further = [part.name for part in relation.key if part.name not in told]
        if not further or relation.subject is None:
            return sql.text(self.component.name)
        values = joined(self.frame, further, ",")
        return concatenated([sql.text(f"{self.component.name}["), values, sql.text("]")])

    def _reason(self) -> exp.Expr:
        return self.why.copy() if self.why is not None else sql.null(_TEXT)

    def _status(self) -> exp.Expr:
        if self.why is None:
            return sql.text(Status.value.value)
        away = Status.not_applicable
        if self.component.kind is ComponentKind.INCENTIVE:
            away = Status.not_eligible
        not_applicable = exp.StartsWith(this=self.why.copy(), expression=sql.text(NOT_APPLICABLE))
        return sql.cases(
            (sql.is_missing(self.why.copy()), sql.text(Status.value.value)),
            (not_applicable, sql.text(away.value)),
            otherwise=sql.text(Status.no_data.value),
        )


def _maybe_text(value: str | None) -> exp.Expr:
    return sql.null(_TEXT) if value is None else sql.text(value)


def subject_of(frame: Frame) -> exp.Expr:
    """Whose numbers a row holds."""
    subject = frame.relation.subject
    return frame.value(subject) if subject is not None else sql.null(_TEXT)


def subject_kind(frame: Frame) -> str:
    """What the subject is a key of, such as "people"."""
    relation = frame.relation
    for part in relation.key:
        if part.name == relation.subject:
            return part.kind
    column = relation.columns.get(relation.subject or "")
    return (column.type.kind or "") if column is not None else ""


def period_of(making: Making, frame: Frame) -> exp.Expr:
    """The label of the row's period; the run's where rows have none of their own."""
    label = period_column(frame.relation)
    return sql.column(label) if label is not None else sql.text(making.context.period.label)


def plain_text(frame: Frame, name: str) -> exp.Expr:
    """A value as it stands in a key: numbers without trailing zeros, nothing for a missing one."""
    words = sql.cast(frame.value(name), _TEXT)
    if frame.cells[name].storage.startswith("DECIMAL"):
        shortened = sql.function("rtrim", words, sql.text("0"))
        words = sql.function("rtrim", shortened, sql.text("."))  # type: ignore[assignment]
    escaped = sql.function("replace", words, sql.text("%"), sql.text("%25"))
    escaped = sql.function("replace", escaped, sql.text("/"), sql.text("%2F"))
    return sql.first_there(escaped, sql.text(""))


def escaped(value: str) -> str:
    """A text as it stands in a key."""
    return value.replace("%", "%25").replace("/", "%2F")


def joined(frame: Frame, names: Sequence[str], between: str = "/") -> exp.Expr:
    """Values one after the other, as one text."""
    parts: list[exp.Expr] = []
    for name in names:
        parts += [sql.text(between)] if parts else []
        parts.append(plain_text(frame, name))
    return concatenated(parts)


def concatenated(parts: Sequence[exp.Expr]) -> exp.Expr:
    """Texts that are never missing, put together."""
    if len(parts) == 1:
        return parts[0]
    return sql.function("concat", *parts)
