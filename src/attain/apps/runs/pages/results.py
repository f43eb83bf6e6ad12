"""The results of a run as a grid: a person per row, a component per column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from attain.apps.accounts.actors import Actor
from attain.apps.people import selectors as people
from attain.apps.runs.folders import StoredRun
from attain.apps.runs.models import Run
from attain.apps.runs.reading import opened
from attain.apps.runs.wording import component_label, reason_text
from attain.cli.runs.tables import Row
from attain.core.schemas import Status
from attain.core.units import Unit
from attain.engine.primitives.model import Component, ComponentKind, Gather, ResolvedPlan
from attain.ui import formats
from attain.ui.tables import Column, RowsTable

KINDS_OF_UNITS: Final = {
    Unit.money: "money",
    Unit.ratio: "ratio",
    Unit.points: "points",
    Unit.count: "number",
    Unit.days: "number",
}
MOST_COLUMNS: Final = 24
"""Shown at first; further components are chosen under Columns."""


@dataclass(frozen=True)
class Shown:
    """One component that is a column of the grid."""

    name: str
    field: str
    kind: str
    is_pay: bool


def results_table(run: Run, within: people.Scope = people.EVERYONE) -> RowsTable:
    """The grid of a run, for readers within their scope; `within` narrows it to some people."""
    one = opened(run)
    shown = _components(one.stored)
    columns = [
        Column(
            "subject_name", pgettext_lazy("result", "Who"), "text", searchable=True, primary=True,
            subtitle=lambda row: row["code"],
        ),
        Column("code", gettext_lazy("Code"), "code", searchable=True, hidden=True),
        *(_column(run, one.plan, each, number) for number, each in enumerate(shown)),
    ]  # fmt: skip
    return RowsTable(
        name="run-results",
        label=gettext_lazy("Results"),
        all_columns=tuple(columns),
        rows=lambda actor: rows_of(run, actor, within),
        default_sort=("code",),
    )


def _components(stored: StoredRun) -> list[Shown]:
    """The components of the run's own period, in the order of the plan."""
    plan = stored.plan
    found = []
    for number, one in enumerate(plan.components):
        kind = KINDS_OF_UNITS.get(_told(stored, one), "text")
        is_pay = one.kind is ComponentKind.INCENTIVE
        found.append(Shown(one.name, f"c{number}", kind, is_pay))
    return found


def _told(stored: StoredRun, one: Component) -> Unit:
    """How readers are told a component: where one of its values can be no percentage, none is."""
    unit = stored.readers.type_of(one).unit
    made = stored.plan.relations[one.relation].columns[one.column].made
    if unit is not Unit.ratio or not isinstance(made, Gather):
        return unit
    rows = stored.folder.rows("outcomes", {"component": one.name}, columns=("component", "value"))
    is_told = any(stored.readers.type_of(one, row["value"]).unit is not unit for row in rows)
    return Unit.count if is_told else unit


def _column(run: Run, plan: ResolvedPlan, one: Shown, number: int) -> Column:
    label = component_label(plan, one.name)
    component = next(each for each in plan.components if each.name == one.name)
    type_ = plan.relations[component.relation].columns[component.column].type
    return Column(
        one.field,
        label.get(formats.language()),
        one.kind,  # type: ignore[arg-type]
        unit=(type_.currency or plan.currency) if one.kind == "money" else "",
        minor=False,
        value=lambda row: row.get(one.field),
        source=one.field,
        missing=lambda row: row.get(f"{one.field}_why"),
        why=_why(run, one),
        total=one.is_pay,
        allowed=_sees_pay if one.is_pay else None,
        hidden=number >= MOST_COLUMNS,
    )


def _sees_pay(actor: Actor) -> bool:
    """Whoever sees somebody's pay; whose, is decided row by row."""
    return people.scope(actor, "pay", actor.today).everyone


def _why(run: Run, one: Shown) -> Callable[[Mapping[str, Any]], str | None]:
    def url(row: Mapping[str, Any]) -> str | None:
        period = row.get(f"{one.field}_period")
        return why_url(run.pk, one.name, row["subject"], period) if period else None

    return url


def why_url(run: int, component: str, subject: str, period: str) -> str:
    """The address of the panel of an outcome."""
    query = urlencode({"component": component, "subject": subject, "period": period})
    return f"{reverse('runs:why', kwargs={'run': run})}?{query}"


def rows_of(
    run: Run, actor: Actor, within: people.Scope = people.EVERYONE
) -> Sequence[Mapping[str, Any]]:
    """A row per subject within the actor's scope, with its names."""
    one = opened(run)
    during = (one.stored.period.from_, one.stored.period.until)
    scope = people.scope(actor, "results", during)
    found = [
        row
        for row in _pivoted(run.pk, run.digest, formats.language())
        if scope.sees(row["subject"]) and within.sees(row["subject"])
    ]
    names = people.name_of(row["subject"] for row in found)
    language = formats.language()
    return [{**row, **_named(row["subject"], names, one.stored, language)} for row in found]


def _named(
    key: str, names: Mapping[str, people.Name], stored: StoredRun, language: str
) -> dict[str, str]:
    name = names.get(key)
    if name is None:
        code = stored.names.code(key)
        return {"subject_name": code, "code": code}
    return {"subject_name": name.get(language), "code": name.code}


_READ: Final = (
    "subject", "subject_kind", "component", "period", "status", "reason", "value", "text_value",
)  # fmt: skip


@lru_cache(maxsize=8)
def _pivoted(number: int, digest: str, language: str) -> tuple[dict[str, Any], ...]:
    """The outcomes of the run's own period turned into rows; kept, for they never change."""
    run = Run.objects.get(pk=number)
    stored = opened(run).stored
    plan = stored.plan
    fields = {one.name: one for one in _components(stored)}
    found: dict[str, dict[str, Any]] = {}
    for row in stored.folder.rows("outcomes", columns=_READ):
        one = fields.get(row["component"])
        if one is None:
            continue
        own = found.setdefault(
            row["subject"],
            {
                "subject": row["subject"],
                "kind": row["subject_kind"],
                "period": row["period"],
            },
        )
        own[one.field] = _value(row, one)
        # A run may give the months and the year that ends with them: each has its own period.
        own[f"{one.field}_period"] = row["period"]
        if row["status"] != Status.value and row["reason"]:
            own[f"{one.field}_why"] = reason_text(plan, row["reason"]).get(language)
    return tuple(found.values())


def _value(row: Row, one: Shown) -> Decimal | str | None:
    """The value as the grid shows it; whoever is not eligible for money gets none of it."""
    if row["status"] == Status.value:
        return row["value"] if row["value"] is not None else row["text_value"]
    if row["status"] == Status.not_eligible and one.is_pay:
        return Decimal(0)
    return None
