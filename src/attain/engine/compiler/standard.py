"""Compiling the standard relations: what became of every component of every member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from attain.core.reasons import NOT_APPLICABLE
from attain.core.schemas.relations import Status
from attain.engine.compiler.making import Making
from attain.engine.compiler.steps import Keeping
from attain.engine.primitives import sql
from attain.engine.primitives.frames import Cell, Frame
from attain.engine.primitives.model import Component, ComponentKind
from attain.engine.primitives.rows import period_column
from attain.engine.standard import STANDARD

NUMBER = "DECIMAL(38,18)"
_TEXT = "VARCHAR"


@dataclass(frozen=True, slots=True)
class Part:
    """What one component adds to a relation: its columns over the rows of a frame."""

    frame: Frame
    columns: Mapping[str, exp.Expr]

    def select(self) -> exp.Select:
        """The columns alone."""
        return _over(self.columns).from_(self.frame.table())


def told(making: Making) -> dict[str, list[Part]]:
    """The parts of outcomes, scores and grades: one for each component."""
    plan = making.plan
    scored = (ComponentKind.SCORE_ROW, ComponentKind.SCORE)
    each = [(one, _Told(making, one)) for one in plan.components]
    return {
        "outcomes": [one.outcome() for _, one in each],
        "scores": [one.score() for component, one in each if component.kind in scored],
        "grades": [one.grade() for component, one in each if component.kind is ComponentKind.GRADE],
    }


def side_by_side(making: Making, name: str, parts: Sequence[Part]) -> str:
    """One relation from what components tell, all those of the same rows in one pass over them.

    DuckDB walks the rows in the order in which they will be written and tells all components of
    a row at once, so that nothing is put in order that is as long as this relation.
    """
    if making.dialect != "duckdb" or not _are_of_same_rows(parts):
        return put_together(making, name, [part.select() for part in parts])
    parts = sorted(parts, key=lambda part: part.columns["component"].name)
    cells = {column.name: Cell(column.type.storage) for column in STANDARD[name].columns}
    words = _few_words(making, parts)
    cells |= {each: Cell(storage) for each, storage in words.items()}
    step = making.next_name(name)
    note = f"{STANDARD[name].labels.en}: the same shape for every plan."
    making.aside(
        step,
        name,
        cells,
        _unfolded([_in_words(part, words) for part in parts]),
        note,
        keeping=Keeping.SHARED,
        is_sorted=True,
    )
    return step


def _are_of_same_rows(parts: Sequence[Part]) -> bool:
    """True when all components are of the same rows, one for each subject and period."""
    if len({part.frame.step for part in parts}) != 1:
        return False
    relation = parts[0].frame.relation
    return {part.name for part in relation.key} <= {relation.subject, period_column(relation)}


def _unfolded(parts: Sequence[Part]) -> exp.Select:
    """Every row of the frame once for each part: what differs between them stands in lists."""
    first = parts[0]
    alike = {
        name: expression
        for name, expression in first.columns.items()
        if all(part.columns[name] == expression for part in parts)
    }
    lists = {
        name: exp.Array(expressions=[part.columns[name].copy() for part in parts])
        for name in first.columns
        if name not in alike
    }
    relation = first.frame.relation
    names = (period_column(relation), relation.subject)
    order = (
        sql.ordered(sql.column(name), missing_last=False) for name in names if name is not None
    )
    in_order = exp.select(sql.every()).from_(first.frame.table()).order_by(*order)
    listed = _over({**alike, **lists}).from_(_beneath(in_order), copy=False)
    columns = {
        name: sql.column(name) if name in alike else sql.function("unnest", sql.column(name))
        for name in first.columns
    }
    return _over(columns).from_(_beneath(listed), copy=False)


def _over(columns: Mapping[str, exp.Expr]) -> exp.Select:
    projections = (sql.named(expression, name) for name, expression in columns.items())
    return exp.select(*projections, copy=False)


def _beneath(query: exp.Select) -> exp.Subquery:
    return exp.Subquery(this=query, alias=exp.TableAlias(this=sql.quoted(sql.OWN)))


def _few_words(making: Making, parts: Sequence[Part]) -> dict[str, str]:
    """The columns that hold a few known words, and the SQL type that keeps a word as a number."""
    known: dict[str, list[str]] = {"status": [status.value for status in Status]}
    labels = [period.label for period in making.periods_of(parts[0].frame.relation) or ()]
    if labels:
        known["period"] = labels
    for name in parts[0].columns:
        expressions = [part.columns[name] for part in parts]
        if all(isinstance(one, exp.Literal) and one.is_string for one in expressions):
            known[name] = [one.name for one in expressions]
    return {
        name: f"ENUM({', '.join(sql.text(word).sql('duckdb') for word in dict.fromkeys(words))})"
        for name, words in known.items()
    }


def _in_words(part: Part, words: Mapping[str, str]) -> Part:
    """The same with columns of few words in their SQL types."""
    columns = {
        name: sql.cast(expression, words[name]) if name in words else expression
        for name, expression in part.columns.items()
    }
    return Part(part.frame, columns)


def put_together(making: Making, name: str, selects: Sequence[exp.Select]) -> str:
    """One relation from its parts, one under the other; empty where there are none."""
    schema = STANDARD[name]
    cells = {column.name: Cell(column.type.storage) for column in schema.columns}
    if not selects:
        columns = (sql.named(sql.null(cell.storage), n) for n, cell in cells.items())
        selects = [exp.select(*columns).where(sql.false())]
    query: exp.Query = selects[0]
    for select in selects[1:]:
        query = exp.Union(this=query, expression=select, distinct=False)
    step = making.next_name(name)
    note = f"{schema.labels.en}: the same shape for every plan."
    making.aside(step, name, cells, query, note, keeping=Keeping.SHARED)
    return step


class _Told:
    """One component, as it is told in the standard relations."""

    def __init__(self, making: Making, component: Component) -> None:
        self.making, self.component = making, component
        self.frame = making.head(component.relation)
        self.kind = self.frame.relation.columns[component.column].type
        self.why = self.frame.why(component.column)
        self.value = self.frame.value(component.column)

    def outcome(self) -> Part:
        """One row per member: value or why not."""
        is_number = self.kind.is_number
        value = sql.cast(self.value, NUMBER) if is_number else sql.null(NUMBER)
        words = sql.null(_TEXT) if is_number else sql.cast(self.value, _TEXT)
        return self._part(
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

    def score(self) -> Part:
        """A row of a scorecard, or a score itself."""
        return self._part(
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

    def grade(self) -> Part:
        """A grade, as the word it is."""
        return self._part(
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

    def _part(self, **columns: exp.Expr) -> Part:
        return Part(self.frame, columns)

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
