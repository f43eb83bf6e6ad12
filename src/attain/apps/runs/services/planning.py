"""Which plans, versions and periods a run is about, and in which order they are calculated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from attain.apps.accounts.company import company
from attain.apps.plans import reading as plans_reading
from attain.apps.plans import selectors as plans
from attain.apps.plans.models import Plan, PlanVersion
from attain.apps.runs import errors
from attain.apps.runs.models import Current, Run
from attain.core.errors import AttainError, problem
from attain.core.periods import Calendars, Period, parse_period, period_labels
from attain.engine.primitives.model import ResolvedPlan

OWN: Final = ""
"""How a plan calls its own earlier results among those it reads."""
LONGEST_CHAIN: Final = 24
"""Earlier periods that an estimate may have to calculate first."""


@dataclass(frozen=True, slots=True)
class Target:
    """One version of a plan for one of its periods."""

    version: PlanVersion
    plan: ResolvedPlan
    period: Period

    @property
    def code(self) -> str:
        return self.version.plan.code

    @property
    def name(self) -> str:
        """How requests call its results."""
        return f"{self.code}@{self.period}"


def calendars() -> Calendars:
    """The calendars of the company."""
    return company().calendars


def target_for(plan_code: str, period: str, kind: str, version: PlanVersion | None) -> Target:
    """What is meant by a plan and a period: the version in force, or the one that is tried.

    Of a plan that has none in force yet, a version can be estimated for those who make it.

    :raises AttainError: PLAN_NOT_IN_FORCE, PERIOD_NOT_OF_THE_PLAN, PERIOD_FORMAT; every error
        in the plan.
    """
    wanted = version or _some_version(plan_code, kind)
    if wanted is None:
        raise AttainError(problem(errors.PLAN_NOT_IN_FORCE, plan=plan_code, period=period))
    plan = plans_reading.sound_plan(wanted)
    parsed = period_of(plan, period)
    if kind != Run.TRIAL:
        found = plans.version_for(plan_code, parsed)
        is_first_look = kind == Run.PROVISIONAL and version is not None
        if found is None and not is_first_look:
            raise AttainError(problem(errors.PLAN_NOT_IN_FORCE, plan=plan_code, period=str(parsed)))
        if found is not None and found.pk != wanted.pk:
            wanted, plan = found, plans_reading.sound_plan(found)
    return Target(wanted, plan, parsed)


def _some_version(plan_code: str, kind: str) -> PlanVersion | None:
    """A version that tells the plan's kind of period; which one holds is known after that."""
    if kind == Run.TRIAL:
        return plans.newest(plan_code)
    holding = PlanVersion.objects.select_related("plan").filter(
        plan__code=plan_code, state__in=plans.HOLDING
    )
    return holding.order_by("-number").first()


def period_of(plan: ResolvedPlan, text: str) -> Period:
    """A period as the plan has them.

    :raises AttainError: PERIOD_FORMAT, PERIOD_NOT_OF_THE_PLAN.
    """
    known = calendars()
    is_plain = ":" not in text and plan.calendar != known.default.name
    period = parse_period(f"{plan.calendar}:{text}" if is_plain else text, known)
    if period.kind != plan.period:
        example = known[plan.calendar].period_at(plan.period, period.from_)
        raise AttainError(
            problem(
                errors.PERIOD_NOT_OF_THE_PLAN,
                plan=plan.plan,
                kind=plan.period,
                period=period_labels(period),
                example=str(example),
            )
        )
    return period


def targets_of(text: str, kind: str) -> list[Target]:
    """Every plan that can be calculated for a period, in the order of who reads whom.

    A plan of longer periods joins in its last month; an estimate is made for any.

    :raises AttainError: PERIOD_FORMAT, NOTHING_TO_RUN; every error in a plan.
    """
    known = calendars()
    asked = parse_period(text, known)
    found = []
    for code in Plan.objects.filter(kind=Plan.PLAN).values_list("code", flat=True):
        target = joining(code, asked, kind)
        if target is not None:
            found.append(target)
    if not found:
        raise AttainError(problem(errors.NOTHING_TO_RUN, period=period_labels(asked)))
    return list(in_order(found))


def joining(code: str, asked: Period, kind: str) -> Target | None:
    """What one plan calculates for a month or quarter: the period of its own that it falls into.

    None where no version is in force, or where the plan's own period ends later and a final
    result is asked for.

    :raises AttainError: every error in the plan.
    """
    version = plans.version_on(code, asked.from_)
    if version is None:
        return None
    plan = plans_reading.sound_plan(version)
    period = calendars()[plan.calendar].period_at(plan.period, asked.from_)
    ends = period.until == asked.until or asked.covers(period)
    if not ends and kind != Run.PROVISIONAL:
        return None
    held = plans.version_for(code, period)
    if held is None:
        return None
    return Target(held, plans_reading.sound_plan(held), period)


def in_order(targets: Iterable[Target]) -> Iterator[Target]:
    """Each after all whose results it reads; a circle was refused when the plans were read."""
    waiting = sorted(targets, key=lambda one: (one.period.from_, one.code))
    names = {one.code for one in waiting}
    done: set[str] = set()
    while waiting:
        ready = [one for one in waiting if not (set(one.plan.results) & names) - done - {one.code}]
        first = (ready or waiting)[0]
        waiting.remove(first)
        if not any(one.code == first.code for one in waiting):
            done.add(first.code)
        yield first


def chain(target: Target) -> list[Target]:
    """Earlier periods that an estimate needs and nobody has calculated yet, the first one first."""
    if OWN not in target.plan.results:
        return []
    begins = target.plan.effective_from or target.version.effective_from
    calendar = calendars()[target.plan.calendar]
    found: list[Target] = []
    period = calendar.before(target.period, 1, begins)
    while len(found) < LONGEST_CHAIN and period is not None:
        if (begins is None or period.until <= begins) or _is_known(target.code, period):
            break
        version = plans.version_for(target.code, period) or target.version
        found.append(Target(version, plans_reading.sound_plan(version), period))
        period = calendar.before(period, 1, begins)
    return found[::-1]


def _is_known(code: str, period: Period) -> bool:
    names = {"plan_code": code, "period": str(period)}
    return (
        Current.objects.filter(**names).exists()
        or Run.objects.filter(**names, kind=Run.PROVISIONAL, state=Run.DONE).exists()
    )
