"""Where somebody stands in what plans count of records: shown on the page of a record."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.company import company
from attain.apps.records.counting import Count
from attain.apps.records.kinds import name_of
from attain.apps.records.models import Record
from attain.apps.runs.reading import opened
from attain.apps.runs.wording import component_label
from attain.apps.statements.showing import why_url
from attain.apps.statements.sources import Row, Source, outcomes_of, sources
from attain.apps.statements.statement import Asked
from attain.core.errors import AttainError
from attain.core.labels import Labels, labels
from attain.core.periods import Period, parse_period
from attain.core.units import Type, Unit
from attain.engine.primitives.model import (
    Component,
    ComponentKind,
    Gather,
    PairRows,
    ResolvedPlan,
    SourceRows,
    StackRows,
)

MONTHS: Final = 3
"""How far back the newest result of a plan is looked for."""


def counts(actor: Actor, person: str, record: Record) -> Iterator[Count]:
    """The measures that plans make of records of this type, in their newest results.

    Published results before estimates; what the reader may not see is not there.
    """
    kind = name_of(record)
    told: set[str] = set()
    for month in _months(actor):
        for source in sources(month, actor):
            if source.plan_code not in told and _reads(source.plan_code, source, kind):
                found = list(_of(source, actor, person, kind))
                if found:
                    told.add(source.plan_code)
                    yield from found


def _months(actor: Actor) -> Iterator[Period]:
    year, month = actor.today.year, actor.today.month
    for back in range(MONTHS):
        years, rest = divmod(year * 12 + month - 1 - back, 12)
        yield parse_period(f"{years}-{rest + 1:02d}", company().calendars)


def _reads(code: str, source: Source, kind: str) -> bool:
    """Whether a plan says the name of a type at all: a run is opened only where it does."""
    return kind in source.run.plan_version.text


def _of(source: Source, actor: Actor, person: str, kind: str) -> Iterator[Count]:
    try:
        plan = opened(source.run).plan
    except AttainError:
        # A run whose files are gone says so on its own page.
        return
    counted = {one.name: one for one in counting_components(plan, kind)}
    if not counted:
        return
    said = source.run.plan_version.plan.label
    note = labels(f"{said.zh}（预估）", f"{said.en} (estimate)") if source.is_estimate else said
    rows = {str(row["component"]): row for row in outcomes_of(source, actor, person)}
    for name, component in counted.items():
        if name in rows:
            yield _count(source, plan, component, rows[name], note)


def _count(
    source: Source, plan: ResolvedPlan, component: Component, row: Row, note: Labels
) -> Count:
    type_ = plan.relations[component.relation].columns[component.column].type
    value = row.get("value")
    asked = Asked(source.run.pk, component.name, str(row["subject"]), str(row["period"]))
    return Count(
        name=component.name,
        label=component_label(plan, component.name),
        period=str(row["period"]),
        value=None if value is None else _plain(Decimal(str(value))),
        unit=type_.unit.value,
        currency=type_.currency or "",
        source=note,
        url=why_url(asked),
    )


def _plain(value: Decimal) -> Decimal:
    """Without the noughts that a stored column carries."""
    return Decimal(format(value.normalize(), "f"))


def counting_components(plan: ResolvedPlan, kind: str) -> list[Component]:
    """The components that gather rows made of records of a type: counts and sums, never pay."""
    rows = _made_of(plan, kind)
    return [
        one
        for one in plan.components
        if one.kind is not ComponentKind.INCENTIVE and _gathers(plan, one, rows)
    ]


def _gathers(plan: ResolvedPlan, one: Component, rows: frozenset[str]) -> bool:
    column = plan.relations[one.relation].columns[one.column]
    return (
        isinstance(column.made, Gather) and column.made.relation in rows and _is_figure(column.type)
    )


def _is_figure(type_: Type) -> bool:
    return type_.unit in (Unit.count, Unit.points, Unit.money, Unit.days)


def _made_of(plan: ResolvedPlan, kind: str) -> frozenset[str]:
    """The relations whose rows are records of a type, or come from such rows."""
    found = {
        name
        for name, relation in plan.relations.items()
        if isinstance(relation.rows, SourceRows)
        and (relation.rows.dataset == kind or relation.rows.dataset.startswith(f"{kind}."))
    }
    for _ in range(len(plan.relations)):
        more = {
            name for name, relation in plan.relations.items() if _comes_from(relation.rows, found)
        }
        if more <= found:
            break
        found |= more
    return frozenset(found)


def _comes_from(rows: object, known: set[str]) -> bool:
    match rows:
        case StackRows():
            return any(part.relation in known for part in rows.parts)
        case PairRows():
            return rows.left in known
    return False
