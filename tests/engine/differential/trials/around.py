"""What stands around a random plan: calendars, a document it may use, a plan run before it."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from attain.core.periods import CalendarRow, Calendars, Period, TableCalendar
from attain.core.periods.calculated import FiscalYear, FourFourFive
from attain.engine.plans.api import expand, load_plan, resolve
from attain.engine.plans.models.plan import PlanModel
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.reference import EarlierRun, Inputs, run_plan
from trials.datasets import schemas
from trials.world import World

SCHEMAS: Final = schemas()
_STARTS: Final = tuple(dt.date(2025 + n // 12, n % 12 + 1, 26) for n in range(5, 25))
"""The first days of months that begin on the 26th, from July 2025 on."""


def _trade() -> TableCalendar:
    """Rows of months and quarters, as a company imports them: they begin and they end."""
    months = [
        CalendarRow("trade", "month", f"{until:%Y-%m}", start, until)
        for start, until in pairwise(_STARTS)
    ]
    quarters = [
        CalendarRow("trade", "quarter", f"{until.year}-Q{(until.month + 2) // 3}", start, until)
        for start, until in pairwise(_STARTS[::3])
    ]
    year = CalendarRow("trade", "year", "2026", dt.date(2025, 12, 26), dt.date(2026, 12, 26))
    return TableCalendar("trade", [*months, *quarters, year])


def _halves() -> TableCalendar:
    """Half-months, the second from the 16th on, months and years they are parts of."""
    firsts = [dt.date(2025 + n // 12, n % 12 + 1, 1) for n in range(6, 25)]
    rows = []
    for start, until in pairwise(firsts):
        month, middle = f"{start:%Y-%m}", start.replace(day=16)
        rows.append(CalendarRow("halves", "month", month, start, until))
        rows.append(CalendarRow("halves", "half_month", f"{month}a", start, middle, month))
        rows.append(CalendarRow("halves", "half_month", f"{month}b", middle, until, month))
    for start, until in ((firsts[0], firsts[6]), (firsts[6], firsts[18])):
        rows.append(CalendarRow("halves", "year", f"{start:%Y}", start, until))
    return TableCalendar("halves", rows)


CALENDARS: Final = Calendars((FiscalYear("fiscal", 7), FourFourFive("retail"), _trade(), _halves()))

COMMON: Final = """
plan: common
period: month
subjects: {seller: people}
sources: {orders: {links: {seller: people, customer: customers}}}
parameters: {common_rate: {is: 7.5%}}
measures:
  common_sales: {sum: "if_missing(amount, 0)", from: orders}
  common_costs: {sum: cost, from: orders, where: "quantity > 0"}
"""
"""A document of indicators that plans use by name."""

BEFORE: Final = """
plan: before
period: month
subjects: {seller: people}
sources: {orders: {links: {seller: people}}}
columns:
  spent: {sum: cost, from: orders}
"""
"""A plan whose results other plans read."""


@cache
def documents() -> dict[str, PlanModel]:
    return {"common": load_plan(COMMON)}


@cache
def results() -> dict[str, ResolvedPlan]:
    return {"before": resolve(load_plan(BEFORE), SCHEMAS)}


def resolved_text(text: str) -> ResolvedPlan:
    """A plan as `attain check` resolves it: expanded, with all that stands around it.

    :raises AttainError: whatever is wrong with it.
    """
    return resolve(read(text)[1], SCHEMAS, CALENDARS, documents(), results())


@lru_cache(maxsize=2)
def read(text: str) -> tuple[PlanModel, PlanModel]:
    """A plan as it is written, and with its forms written out.

    :raises AttainError: whatever is wrong with it.
    """
    plan = load_plan(text)
    return plan, expand(plan, SCHEMAS)


def runs_before(plan: ResolvedPlan, world: World, period: Period) -> tuple[EarlierRun, ...]:
    """The results that a plan reads of the other plan, for the months of a year."""
    if "before" not in plan.results:
        return ()
    other = results()["before"]
    found = []
    for month in CALENDARS["gregorian"].periods("month", period.from_.replace(day=1), period.until):
        inputs = Inputs(
            period=month,
            datasets={name: world.datasets.get(name, ()) for name in other.datasets},
        )
        found.append(EarlierRun("before", month, run_plan(other, inputs)))
    return tuple(found)
