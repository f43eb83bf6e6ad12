"""What a run shows to the world: outcomes, money lines, scores, grades and issues."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attain.core import reasons
from attain.core.errors import AttainError, problem
from attain.core.rounding import decimal_of, units_of
from attain.core.schemas import Status
from attain.core.units import FRACTION_SCALE
from attain.core.values import minor_digits
from attain.engine.primitives.model import (
    ByWhomTheyName,
    Check,
    Component,
    ComponentKind,
    Gather,
    KeyPart,
    Line,
    Relation,
)
from attain.engine.reference.calculation import Calculation
from attain.engine.reference.coverage import Days, is_covered
from attain.engine.reference.out_of_days import out_of_days
from attain.engine.reference.prior import own_period
from attain.engine.reference.values import Row
from attain.expressions.evaluate import Absent, Result

Written = dict[str, object]

STANDARD: Final = ("outcomes", "lines", "scores", "grades", "issues")


def standard_relations(run: Calculation) -> dict[str, list[Written]]:
    """The relations every run has besides its own.

    :raises AttainError: LINE_TWICE, VALUE_NOT_EXACT, CHECK_FAILED.
    """
    plan = run.plan
    refuse_breaches(run)
    return {
        "outcomes": [row for one in plan.components for row in outcomes(run, one)],
        "lines": lines(run),
        "scores": [row for one in plan.components for row in scores(run, one)],
        "grades": [row for one in plan.components for row in grades(run, one)],
        "issues": [
            *(row for check in plan.checks for row in breaches(run, check)),
            *(row for line in plan.lines for row in _incomplete(run, line)),
            *(row for one in plan.by_whom_they_name for row in _out_of_days(run, one)),
        ],
    }


def outcomes(run: Calculation, component: Component) -> Iterator[Written]:
    """Exactly one outcome for each member: a value, or why there is none (language.md 27)."""
    relation = run.plan.relations[component.relation]
    column = relation.columns[component.column]
    for row in run.rows(relation.name):
        value = run.value(relation, row, component.column)
        yield {
            "subject_kind": subject_part(relation).kind,
            "subject": subject_of(relation, row),
            "component": component.name + _dimensions(relation, row),
            "period": own_period(run, relation, row).label,
            **_state(component, value),
            "value": _decimal(value),
            "text_value": _text_value(value),
            "unit": column.type.unit.value,
        }


def _state(component: Component, value: Result) -> Written:
    if not isinstance(value, Absent):
        return {"status": Status.value.value, "reason": None}
    if reasons.is_no_data(value.reason):
        return {"status": Status.no_data.value, "reason": value.reason}
    is_incentive = component.kind is ComponentKind.INCENTIVE
    status = Status.not_eligible if is_incentive else Status.not_applicable
    return {"status": status.value, "reason": value.reason}


def lines(run: Calculation) -> list[Written]:
    """What is to be paid, to whom and when, in whole smallest units (language.md 43).

    :raises AttainError: LINE_TWICE if a key does not tell two lines apart.
    """
    found: dict[object, Written] = {}
    for line in run.plan.lines:
        for one in _lines(run, line):
            if one["line_key"] in found:
                raise AttainError(problem("LINE_TWICE", key=one["line_key"]))
            found[one["line_key"]] = one
    return list(found.values())


def rows_of_the_run(run: Calculation, relation: Relation) -> Iterator[Row]:
    """The rows a run is about: of facts those dated in its period.

    Facts of other days are read for windows and orders; their lines and breaches belong to the
    runs of their own periods, or they would be paid and told twice.
    """
    is_of_period = any(part.kind.startswith("period:") for part in relation.key)
    for row in run.rows(relation.name):
        if relation.date is None or is_of_period:
            yield row
            continue
        day = row.values[relation.date]
        if isinstance(day, dt.date) and run.inputs.period.from_ <= day < run.inputs.period.until:
            yield row


def _payable_rows(run: Calculation, line: Line) -> Iterator[Row]:
    """The rows of a run, none where the data behind an incentive's sum does not cover its period.

    Its sum has no data then (language.md 28), and what has no data is not paid.
    """
    for one in run.plan.components:
        made = run.plan.relations[one.relation].columns[one.column].made
        if one.name != line.component or one.relation == line.relation:
            continue
        if not isinstance(made, Gather) or made.window is None:
            continue
        period = run.inputs.period
        if not is_covered(run.inputs, made.covered_by, Days(period.from_, period.until)):
            return
    yield from rows_of_the_run(run, run.plan.relations[line.relation])


def _lines(run: Calculation, line: Line) -> Iterator[Written]:
    relation = run.plan.relations[line.relation]
    for row in _payable_rows(run, line):
        amount, payee, day = (run.value(relation, row, name) for name in _columns(line))
        if not isinstance(amount, Fraction) or not amount:
            continue
        if isinstance(payee, Absent) or isinstance(day, Absent):
            continue
        earned = own_period(run, relation, row).label
        own = [run.value(relation, row, name) for name in line.own_key]
        parts = (
            run.plan.plan,
            line.component,
            line.part,
            payee,
            earned,
            day,
            line.currency,
            *own,
        )
        yield {
            "line_key": joined(*parts),
            "participant": payee,
            "component": line.component,
            "earned": earned,
            "amount_minor": units_of(amount, minor_digits(line.currency) or 0),
            "currency": line.currency,
            "pay_on": day,
        }


def _columns(line: Line) -> tuple[str, str, str]:
    return line.amount, line.participant, line.pay_on


def _incomplete(run: Calculation, line: Line) -> Iterator[Written]:
    """An amount without payee or day of payment cannot be paid: somebody must look at it."""
    relation = run.plan.relations[line.relation]
    for row in _payable_rows(run, line):
        amount, *others = (run.value(relation, row, name) for name in _columns(line))
        lacks = any(isinstance(one, Absent) for one in others)
        if isinstance(amount, Fraction) and amount and lacks:
            issue = _issue(run, "LINE_INCOMPLETE", f"{line.component}.{line.part}", relation, row)
            yield {**issue, "value": _decimal(amount)}


def _out_of_days(run: Calculation, column: ByWhomTheyName) -> Iterator[Written]:
    """A fact of somebody who has no row in its period counts for nobody."""
    for one in out_of_days(run, column):
        yield {
            "code": "FACT_OUT_OF_DAYS",
            "name": column.column,
            "relation": one.relation.name,
            "key": joined(*one.row.key),
            "subject": one.subject,
            "period": one.period.label,
            "value": None if one.value is None else _decimal(one.value),
        }


def scores(run: Calculation, component: Component) -> Iterator[Written]:
    """One row per row of a scorecard and member, and one for the card itself."""
    if component.kind not in (ComponentKind.SCORE_ROW, ComponentKind.SCORE):
        return
    relation = run.plan.relations[component.relation]
    for row in run.rows(relation.name):
        value = run.value(relation, row, component.column)
        asked = {
            name: _decimal(run.value(relation, row, column)) if column is not None else None
            for name, column in (("weight", component.weight), ("score", component.score))
        }
        yield {
            "subject": subject_of(relation, row),
            "period": own_period(run, relation, row).label,
            "component": component.name + _dimensions(relation, row),
            "card": component.card,
            "row": component.name,
            "parent": component.parent,
            **asked,
            "points": _decimal(value),
            **_state(component, value),
        }


def grades(run: Calculation, component: Component) -> Iterator[Written]:
    """One row per graded member."""
    if component.kind is not ComponentKind.GRADE:
        return
    relation = run.plan.relations[component.relation]
    for row in run.rows(relation.name):
        value = run.value(relation, row, component.column)
        yield {
            "subject": subject_of(relation, row),
            "period": own_period(run, relation, row).label,
            "component": component.name + _dimensions(relation, row),
            "grade": _text_value(value),
            **_state(component, value),
        }


def breaches(run: Calculation, check: Check) -> Iterator[Written]:
    """The rows for which a condition does not hold; one without data is no breach."""
    relation = run.plan.relations[check.relation]
    for row in rows_of_the_run(run, relation):
        if run.value(relation, row, check.column) is False:
            yield _issue(run, check.code, check.name, relation, row)


def refuse_breaches(run: Calculation) -> None:
    """
    :raises AttainError: CHECK_FAILED, or what the check is refused as, for each row that breaks a
        check that stops the run; the code the check has of its own is among the values.
    """
    problems = [
        problem(check.refused_as, name=check.name, key=one["key"], code=check.code)
        for check in run.plan.checks
        if check.stops
        for one in breaches(run, check)
    ]
    if problems:
        raise AttainError(problems)


def _issue(run: Calculation, code: str, name: str, relation: Relation, row: Row) -> Written:
    return {
        "code": code,
        "name": name,
        "relation": relation.name,
        "key": joined(*row.key),
        "subject": subject_of(relation, row) if relation.subject is not None else None,
        "period": own_period(run, relation, row).label,
        "value": None,
    }


def subject_part(relation: Relation) -> KeyPart:
    """The key part that says whose numbers these are."""
    named = (part for part in relation.key if part.name == relation.subject)
    return next(named, relation.key[0])


def subject_of(relation: Relation, row: Row) -> Result:
    """Whose numbers a row holds."""
    return row.values[relation.subject or relation.key[0].name]


def _dimensions(relation: Relation, row: Row) -> str:
    subject = subject_part(relation)
    further = [
        value
        for part, value in zip(relation.key, row.key, strict=True)
        if part is not subject and not part.kind.startswith("period:")
    ]
    return f"[{','.join(escaped(value) for value in further)}]" if further else ""


def joined(*parts: Result | str) -> str:
    """Values as one text from which each can be told: a, b becomes a/b."""
    return "/".join(escaped(part) for part in parts)


def escaped(value: Result | str) -> str:
    """A value inside a key: what would look like a separator is written otherwise."""
    return plain(value).replace("%", "%25").replace("/", "%2F")


def plain(value: Result | str) -> str:
    """A value as text: numbers without trailing zeros, dates as ISO, missing empty."""
    match value:
        case Absent():
            return ""
        case bool():
            return "true" if value else "false"
        case Fraction():
            return _plain_number(value)
        case dt.date():
            return value.isoformat()
        case _:
            return value


def _plain_number(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return format(_scaled(value), "f").rstrip("0")


def _scaled(value: Fraction) -> Decimal:
    return decimal_of(units_of(value, FRACTION_SCALE), FRACTION_SCALE)


def _decimal(value: Result) -> Decimal | None:
    """A number at the 18 decimals that outcomes keep of every unit."""
    return _scaled(value) if isinstance(value, Fraction) else None


def _text_value(value: Result) -> str | None:
    return None if isinstance(value, Absent | Fraction) else plain(value)
