"""Examples of record types: a case with its result, run and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from attain.core.errors import AttainError, Problem
from attain.core.errors.rendering import show
from attain.core.labels import ENGLISH
from attain.core.periods.working_days import WorkingDays
from attain.kinds.effects import Change, FieldSet, RecordCreated, Released, Reserved, Spent
from attain.kinds.records.calendar import ForeseenWorkingDays
from attain.kinds.records.kind import Kind
from attain.kinds.records.models import ExampleSpec
from attain.kinds.records.situations import (
    Situation,
    read_given,
    read_named,
    situation_of,
)
from attain.kinds.signing import Signature, Verdict
from attain.kinds.stepping import Asking, Refused, Standing, step

NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that came out otherwise than expected."""

    what: str
    """`state`, `values.total`, `due`, `refused` and so on."""
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an example."""

    name: str
    failures: tuple[Failure, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Why it could not be run at all, or why its action was refused against expectation."""

    @property
    def passed(self) -> bool:
        return not self.failures and not self.problems


@dataclass(frozen=True)
class _Result:
    """Where a record stands after an example."""

    state: str
    entered: date
    values: Mapping[str, object]
    changes: tuple[Change, ...] = ()
    refusals: tuple[Problem, ...] = ()


def run(kind: Kind, example: ExampleSpec, working_days: WorkingDays | None = None) -> Outcome:
    """Run one example of a type; working days are as foreseen in China unless others are given."""
    calendar = working_days or ForeseenWorkingDays()
    try:
        situation = situation_of(kind, example, calendar)
        result = _result(kind, example, situation)
        failures = tuple(_compared(kind, example, situation, result))
    except AttainError as error:
        return Outcome(example.name, problems=error.problems)
    unexpected = result.refusals if example.refused is None else ()
    return Outcome(example.name, failures, unexpected)


def run_all(kind: Kind, working_days: WorkingDays | None = None) -> list[Outcome]:
    """Run every example of a type."""
    return [run(kind, example, working_days) for example in kind.type.examples]


# --- what happens ---


def _result(kind: Kind, example: ExampleSpec, situation: Situation) -> _Result:
    frame = situation.frame
    assert frame.entered is not None
    if example.take is None:
        own = kind.computed(situation.values)
        refusals: tuple[Problem, ...] = ()
        if example.refused is not None:
            refusals = tuple(kind.problems(situation.scope(kind, own)))
        return _Result(frame.state, frame.entered, own, refusals=refusals)
    asked = {name: read_given(kind.field(name), one) for name, one in example.values.items()}
    filled = {**situation.values, **asked}
    scope = situation.scope(kind, filled)
    wrong = [one for one in kind.problems(scope) if one.where and _field(one) in asked]
    standing = Standing(frame.state, frame.entered, scope, _signed(example))
    asking = Asking(
        frozenset(example.as_), situation.day, "example", example.reason, frame.working_days
    )
    taken = step(kind.cycle, standing, example.take, asking)
    if isinstance(taken, Refused) or wrong:
        reasons = taken.reasons if isinstance(taken, Refused) else ()
        return _Result(frame.state, frame.entered, filled, refusals=(*reasons, *wrong))
    for change in taken.changes:
        if isinstance(change, FieldSet):
            filled[change.field] = change.value
    moved = taken.state != frame.state
    entered = situation.day if moved else frame.entered
    return _Result(taken.state, entered, kind.computed(filled), taken.changes)


def _field(one: Problem) -> str:
    return (one.where.field or "").partition(".")[0] if one.where else ""


def _signed(example: ExampleSpec) -> tuple[Signature, ...]:
    return tuple(
        Signature(party, f"{party} {n}", Verdict(said))
        for n, (party, said) in enumerate(example.signed.items())
    )


# --- what was expected ---


def _compared(
    kind: Kind, example: ExampleSpec, situation: Situation, result: _Result
) -> Iterator[Failure]:
    if example.refused is not None:
        codes = [one.code for one in result.refusals]
        if example.refused not in codes:
            yield Failure("refused", example.refused, _said(codes) if codes else result.state)
        return
    if result.refusals:
        return
    expect = example.expect
    if expect.state is not None and expect.state != result.state:
        yield Failure("state", expect.state, result.state)
    yield from _values(kind, expect.values, result)
    yield from _effects(example, result.changes)
    yield from _of_day(kind, example, situation, result)


def _values(kind: Kind, expected: Mapping[str, object], result: _Result) -> Iterator[Failure]:
    for name, text in expected.items():
        spec = kind.fields.get(name)
        wanted = read_named(kind, name, text) if spec is None else read_given(spec, text)
        got = result.values.get(name)
        if (wanted or None) != (got or None) or type(wanted) is not type(got):
            if _same_number(wanted, got):
                continue
            yield Failure(f"values.{name}", _said(wanted), _said(got))


def _same_number(wanted: object, got: object) -> bool:
    return isinstance(wanted, Decimal) and isinstance(got, Decimal) and wanted == got


def _effects(example: ExampleSpec, changes: Iterable[Change]) -> Iterator[Failure]:
    expect, found = example.expect, list(changes)
    if expect.creates is not None:
        created = [one.type for one in found if isinstance(one, RecordCreated)]
        if sorted(created) != sorted(expect.creates):
            yield Failure("creates", _said(expect.creates), _said(created))
    for what, kind_of, wanted in (
        ("reserves", Reserved, expect.reserves),
        ("spends", Spent, expect.spends),
        ("releases", Released, expect.releases),
    ):
        if wanted is not None:
            moved = {one.allowance: one.amount for one in found if isinstance(one, kind_of)}
            if moved != wanted:
                yield Failure(what, _said_pairs(wanted), _said_pairs(moved))


def _of_day(
    kind: Kind, example: ExampleSpec, situation: Situation, result: _Result
) -> Iterator[Failure]:
    """What is due, overdue and told on the day, what is shown, what is wrong with the values."""
    expect, day = example.expect, situation.day
    frame = replace(situation.frame, state=result.state, entered=result.entered)
    scope = {**kind.scope(result.values, frame), **situation.more}
    due = kind.due(scope, example.last, frame.working_days)
    if expect.due is not None:
        wanted = {name: one for name, one in expect.due.items() if one is not None}
        if wanted != due.days:
            yield Failure("due", _said_pairs(wanted), _said_pairs(due.days))
    if expect.overdue is not None and set(expect.overdue) != set(due.overdue(day)):
        yield Failure("overdue", _said(expect.overdue), _said(due.overdue(day)))
    if expect.reminders is not None:
        told = kind.reminders(scope, day, example.last, frame.working_days)
        names = [one.name for one in told if one.on == day]
        if sorted(names) != sorted(expect.reminders):
            yield Failure("reminders", _said(expect.reminders), _said(names))
    for name, wanted_shown in expect.shown.items():
        if kind.is_shown(name, scope) is not wanted_shown:
            yield Failure(f"shown.{name}", str(wanted_shown), str(not wanted_shown))
    if expect.problems is not None:
        codes = [one.code for one in kind.problems(scope, frame.working_days)]
        if sorted(codes) != sorted(expect.problems):
            yield Failure("problems", _said(expect.problems), _said(codes))


def _said(value: object) -> str:
    if isinstance(value, list | tuple) and not value:
        return NOTHING
    if isinstance(value, tuple) and isinstance(value[0], Mapping):
        return "; ".join(_said_pairs(row) for row in value)
    return NOTHING if value is None else show(value, ENGLISH)


def _said_pairs(pairs: Mapping[str, object]) -> str:
    said = ", ".join(f"{name}: {show(value, ENGLISH)}" for name, value in pairs.items())
    return said or NOTHING
