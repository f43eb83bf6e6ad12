"""Compiling money lines and issues: what is to be paid, and what does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlglot import exp

from attain.core.errors import codes
from attain.core.values import minor_digits
from attain.engine.compiler.making import Making
from attain.engine.compiler.out_of_days import facts_out_of_days
from attain.engine.compiler.standard import (
    NUMBER,
    concatenated,
    escaped,
    joined,
    period_of,
    plain_text,
    subject_of,
)
from attain.engine.compiler.steps import Guard
from attain.engine.errors.runs import LINE_TWICE
from attain.engine.primitives import sql
from attain.engine.primitives.coverage import is_covered
from attain.engine.primitives.frames import Frame
from attain.engine.primitives.model import Check, Gather, Line
from attain.engine.primitives.rows import period_column
from attain.engine.primitives.windows import Span

LINE_INCOMPLETE = "LINE_INCOMPLETE"
"""Issue: an amount whose participant or pay date is not known cannot be paid."""


def lines(making: Making) -> Iterator[exp.Select]:
    """Money lines in whole smallest units; an amount of nothing makes no line.

    A line finer than the smallest unit, or with the key of another, stops the run.
    """
    for line in making.plan.lines:
        told = _Line(making, line)
        making.guard(told.must_be_exact())
        yield told.select()


class _Line:
    """One part of an incentive that is paid."""

    def __init__(self, making: Making, line: Line) -> None:
        self.making, self.line = making, line
        self.frame = making.head(line.relation)
        self.amount = self.frame.value(line.amount)
        self.digits = minor_digits(line.currency) or 0

    def select(self) -> exp.Select:
        minor = exp.Mul(
            this=sql.cast(self.amount, f"DECIMAL(24,{self.digits})"),
            expression=sql.cast(sql.text(str(10**self.digits)), f"DECIMAL({self.digits + 1},0)"),
        )
        columns = {
            "line_key": self.key(),
            "participant": self.frame.value(self.line.participant),
            "component": sql.text(self.line.component),
            "earned": period_of(self.making, self.frame),
            "amount_minor": sql.cast(minor, "BIGINT"),
            "currency": sql.text(self.line.currency),
            "pay_on": self.frame.value(self.line.pay_on),
        }
        projections = (sql.named(expression, name) for name, expression in columns.items())
        payable = sql.both(
            _of_the_run(self.making, self.frame),
            self.is_due(),
            sql.is_there(self.frame.value(self.line.participant)),
            sql.is_there(self.frame.value(self.line.pay_on)),
        )
        assert payable is not None
        query = exp.select(*projections, copy=False).from_(self.frame.table(), copy=False)
        return query.where(payable, copy=False)

    def key(self) -> exp.Expr:
        """What names the line for ever: everything but the run."""
        line = self.line
        first = [self.making.plan.plan, line.component, line.part]
        parts: list[exp.Expr] = [sql.text("/".join(escaped(one) for one in first) + "/")]
        parts += [plain_text(self.frame, line.participant), sql.text("/")]
        parts += [_escaped(period_of(self.making, self.frame)), sql.text("/")]
        parts += [plain_text(self.frame, line.pay_on), sql.text(f"/{escaped(line.currency)}")]
        if line.own_key:
            parts += [sql.text("/"), joined(self.frame, line.own_key)]
        return concatenated(parts)

    def is_due(self) -> exp.Expr:
        """There is an amount, and it is not nothing; of an incentive without data nothing is."""
        if not self.is_covered():
            return sql.false()
        return exp.NEQ(this=self.amount.copy(), expression=sql.whole(0))

    def is_covered(self) -> bool:
        """False for a rule on rows whose sum has no data: the period's data is not complete."""
        whole = _summed(self.making, self.line)
        if whole is None or whole.window is None:
            return True
        period = self.making.context.period
        span = Span(period.label, period.from_, period.until)
        return is_covered(whole, span, self.making.cover)

    def must_be_exact(self) -> Guard:
        """No amount is finer than the currency's smallest unit."""
        rounded = sql.cast(self.amount.copy(), f"DECIMAL(38,{self.digits})")
        query = (
            exp.select(sql.named(self.amount.copy(), "value"), copy=False)
            .from_(self.frame.table(), copy=False)
            .where(exp.NEQ(this=self.amount.copy(), expression=rounded), copy=False)
            .order_by(sql.ordered(sql.column("value", None)), copy=False)
            .limit(1, copy=False)
        )
        unit = f"10^-{self.digits} {self.line.currency}"
        return Guard(
            name=f"{self.line.component}/{self.line.part}: exact",
            code=codes.VALUE_NOT_EXACT,
            query=query,
            tell=_with(unit=unit),
            note="Money is paid in whole smallest units.",
        )

    def incomplete(self) -> exp.Select:
        """Amounts that are due to nobody, or on no day."""
        unknown = sql.either(
            sql.is_missing(self.frame.value(self.line.participant)),
            sql.is_missing(self.frame.value(self.line.pay_on)),
        )
        assert unknown is not None
        condition = sql.both(_of_the_run(self.making, self.frame), self.is_due(), unknown)
        assert condition is not None
        name = f"{self.line.component}.{self.line.part}"
        issue = _issue(self.making, self.frame, LINE_INCOMPLETE, name, self.amount.copy())
        return issue.where(condition, copy=False)


def _summed(making: Making, line: Line) -> Gather | None:
    """What adds up the rows of an incentive; None for one on the person's own period."""
    for one in making.plan.components:
        if one.name == line.component and one.relation != line.relation:
            made = making.relation(one.relation).columns[one.column].made
            return made if isinstance(made, Gather) else None
    return None


def _escaped(words: exp.Expr) -> exp.Expr:
    once = sql.function("replace", words, sql.text("%"), sql.text("%25"))
    return sql.function("replace", once, sql.text("/"), sql.text("%2F"))


def _with(**values: object) -> Callable[[Sequence[Mapping[str, Any]]], Mapping[str, object]]:
    """The first row found, with what is known besides."""

    def tell(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, object]:
        return {**rows[0], **values}

    return tell


def no_line_twice(step: str) -> Guard:
    """The same money must not be paid twice: each key names one line."""
    key = sql.column("line_key")
    query = (
        exp.select(sql.named(key, "key"))
        .from_(sql.table(step, sql.OWN))
        .group_by(key.copy())
        .having(exp.GT(this=exp.Count(this=exp.Star()), expression=sql.whole(1)))
        .order_by(sql.ordered(sql.column("key", None)))
        .limit(1)
    )
    return Guard("lines: twice", LINE_TWICE, query, _with(), "Each key names one line.")


def issues(making: Making) -> Iterator[exp.Select]:
    """Rows for which a check does not hold, lines without a payee, facts out of all days.

    A missing answer is no breach.
    """
    for check in making.plan.checks:
        frame = making.head(check.relation)
        if check.stops:
            making.guard(_stopping(making, frame, check))
        issue = _issue(making, frame, check.code, check.name)
        yield issue.where(_fails(making, frame, check), copy=False)
    for line in making.plan.lines:
        yield _Line(making, line).incomplete()
    yield from facts_out_of_days(making)


def _of_the_run(making: Making, frame: Frame) -> exp.Expr | None:
    """Rows of facts dated in the run's period; None for rows that are all the run's own.

    Facts of other days are read for windows and orders; their lines and breaches belong to the
    runs of their own periods, or they would be paid and told twice.
    """
    date = frame.relation.date
    if date is None or period_column(frame.relation) is not None:
        return None
    period, day = making.context.period, frame.value(date)
    return exp.and_(
        exp.GTE(this=day, expression=sql.day(period.from_)),
        exp.LT(this=day.copy(), expression=sql.day(period.until)),
    )


def _fails(making: Making, frame: Frame, check: Check) -> exp.Expr:
    failing = sql.is_false(frame.value(check.column))
    return sql.both(_of_the_run(making, frame), failing) or failing


def _stopping(making: Making, frame: Frame, check: Check) -> Guard:
    query = (
        exp.select(sql.named(_key(frame), "key"))
        .from_(frame.table())
        .where(_fails(making, frame, check))
        .order_by(sql.ordered(sql.column("key", None)))
        .limit(1)
    )
    return Guard(
        name=f"{check.relation}: {check.name}",
        code=check.refused_as,
        query=query,
        tell=_with(name=check.name, code=check.code),
        note=f"{check.name} holds for every row of {check.relation}.",
    )


def _key(frame: Frame) -> exp.Expr:
    return joined(frame, [part.name for part in frame.relation.key])


def _issue(
    making: Making, frame: Frame, code: str, name: str, value: exp.Expr | None = None
) -> exp.Select:
    columns = {
        "code": sql.text(code),
        "name": sql.text(name),
        "relation": sql.text(frame.relation.name),
        "key": _key(frame),
        "subject": subject_of(frame),
        "period": period_of(making, frame),
        "value": sql.cast(value, NUMBER) if value is not None else sql.null(NUMBER),
    }
    projections = (sql.named(expression, each) for each, expression in columns.items())
    return exp.select(*projections, copy=False).from_(frame.table(), copy=False)
