"""One person's statement for a month, over all plans: what was earned, and how it came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from attain.apps.accounts.actors import Actor
from attain.apps.people.selectors import Name, name_of, scope
from attain.apps.runs.reading import opened
from attain.apps.runs.wording import component_label, reason_text
from attain.apps.statements.attainment import Measured, measured_components
from attain.apps.statements.models import PostedLine, PostingPeriod
from attain.apps.statements.periods import month_of
from attain.apps.statements.sources import (
    PAID,
    Row,
    Source,
    lines_of,
    outcomes_of,
    scores_of,
    sources,
    target_of,
)
from attain.core.labels import Labels
from attain.core.periods import Period
from attain.core.schemas import Status
from attain.core.values import from_minor
from attain.engine.primitives.model import ComponentKind


@dataclass(frozen=True, slots=True)
class Asked:
    """The number that a reader may ask about: which cell of which run."""

    run: int
    component: str
    subject: str
    period: str


@dataclass(frozen=True, slots=True)
class Item:
    """One component of pay: its amount, or why there is none."""

    label: Labels
    plan: Labels
    source_clause: str
    status: str
    amount: Decimal | None
    currency: str
    reason: Labels
    asked: Asked | None
    is_estimate: bool
    earned: str = ""
    kind: str = ""
    """Of a movement in another month: correction or withdrawal."""

    @property
    def is_zero(self) -> bool:
        """There is a value and it is nothing, or the rule says it does not apply."""
        return self.status == Status.value and self.amount == 0


@dataclass(frozen=True, slots=True)
class Reached:
    """One measure against its target."""

    label: Labels
    unit: str
    target: Decimal | None
    actual: Decimal | None
    ratio: Decimal | None
    reason: Labels
    asked: Asked | None
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """One row of a scorecard, a score, or a grade."""

    label: Labels
    weight: Decimal | None
    score: Decimal | None
    points: Decimal | None
    grade: str
    reason: Labels
    asked: Asked | None
    is_total: bool
    is_estimate: bool


@dataclass(frozen=True)
class Statement:
    """What somebody is shown for a month."""

    person: str
    name: Name | None
    month: Period
    posting_period: PostingPeriod | None
    shows_pay: bool
    items: list[Item] = field(default_factory=list)
    adjustments: list[Item] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    """Posted in this month, by currency, in smallest units."""
    estimates: dict[str, int] = field(default_factory=dict)
    """What estimated plans would add."""
    pay_dates: dict[date, dict[str, int]] = field(default_factory=dict)
    reached: list[Reached] = field(default_factory=list)
    scores: list[Scored] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    @property
    def number(self) -> str:
        """The statement's number on documents: month and staff number."""
        code = self.name.code if self.name else self.person
        return f"{self.month.label.replace('-', '')}-{code}"

    @property
    def is_estimate(self) -> bool:
        """Something in it is not published yet."""
        return any(source.is_estimate for source in self.sources)

    @property
    def is_empty(self) -> bool:
        """There is nothing to show for the month."""
        return not (self.items or self.adjustments or self.reached or self.scores)


def statement_of(actor: Actor, person: str, month: Period) -> Statement | None:
    """Somebody's statement for a month; None if the actor may not see it.

    Managers see the months in which somebody was on their team. Amounts need the right to
    see pay; without it scores and attainment remain.
    """
    during = (month.from_, month.until)
    shows_pay = scope(actor, "pay", during).sees(person)
    if not shows_pay and not scope(actor, "results", during).sees(person):
        return None
    found = [
        _Part(source, outcomes_of(source, actor, person), lines_of(source, actor, person))
        for source in sources(month, actor)
    ]
    parts = [part for part in found if part.outcomes or part.lines]
    statement = Statement(
        person=person,
        name=name_of([person]).get(person),
        month=month,
        posting_period=PostingPeriod.objects.filter(code=month.label).first(),
        shows_pay=shows_pay,
        sources=[part.source for part in parts],
    )
    for part in parts:
        statement.items.extend(_items(part, person))
        statement.reached.extend(_reached(part, person))
        statement.scores.extend(_scored(part, actor, person))
    if shows_pay:
        _add_posted(statement, month)
        _add_estimates(statement, parts)
    return statement


@dataclass(frozen=True, slots=True)
class _Part:
    """One plan's share of a statement."""

    source: Source
    outcomes: list[Row]
    lines: list[Row]

    @property
    def plan(self) -> Any:
        return opened(self.source.run).plan

    @property
    def plan_label(self) -> Labels:
        return self.plan.labels or Labels.model_validate(self.plan.plan)

    def asked(self, row: Row) -> Asked:
        return Asked(self.source.run.pk, row["component"], row["subject"], row["period"])

    def reason(self, row: Row) -> Labels:
        return reason_text(self.plan, row["reason"]) if row["reason"] else Labels()


def _in_order(part: _Part) -> list[Row]:
    """The outcomes in the order in which the plan has its components."""
    order = {one.name: at for at, one in enumerate(part.plan.components)}
    return sorted(
        part.outcomes,
        key=lambda row: (
            order.get(row["component"].partition("[")[0], len(order)),
            row["component"],
        ),
    )


def _items(part: _Part, person: str) -> Iterator[Item]:
    amounts = _paid_by_component(part.lines)
    for row in _in_order(part):
        if row["kind"] != PAID:
            continue
        bare = row["component"].partition("[")[0]
        component = next((one for one in part.plan.components if one.name == bare), None)
        currency = next((line["currency"] for line in part.lines), part.plan.currency)
        yield Item(
            label=component_label(part.plan, row["component"]),
            plan=part.plan_label,
            source_clause=_clause(part.plan, component),
            status=row["status"],
            amount=amounts.get(row["component"], _decimal(row["value"])),
            currency=currency,
            reason=part.reason(row),
            asked=part.asked(row),
            is_estimate=part.source.is_estimate,
        )


def _clause(plan: Any, component: Any) -> str:
    if component is None:
        return ""
    column = plan.relations[component.relation].columns.get(component.column)
    return getattr(column, "source", None) or ""


def _paid_by_component(lines: Iterable[Row]) -> dict[str, Decimal]:
    """What the lines of each component come to; nobody's lines mix currencies in a component."""
    found: dict[str, Decimal] = {}
    for line in lines:
        amount = from_minor(line["amount_minor"], line["currency"])
        found[line["component"]] = found.get(line["component"], Decimal(0)) + amount
    return found


def _reached(part: _Part, person: str) -> Iterator[Reached]:
    rows = {row["component"]: row for row in part.outcomes}
    for one in measured_components(part.plan):
        row = rows.get(one.component.name)
        if row is not None:
            yield _one_reached(part, one, row, rows, person)


def _one_reached(
    part: _Part, one: Measured, row: Row, rows: dict[str, Row], person: str
) -> Reached:
    cells = target_of(part.source, one.component.relation, person, (one.target, one.actual)) or {}
    target, actual = _decimal(cells.get(one.target)), _decimal(cells.get(one.actual))
    return Reached(
        label=one.label or component_label(part.plan, row["component"]),
        unit=one.told(target, actual),
        target=target,
        actual=actual,
        ratio=_decimal(row["value"]) if row["status"] == Status.value else None,
        reason=part.reason(row),
        asked=part.asked(row),
        is_estimate=part.source.is_estimate,
    )


def _scored(part: _Part, actor: Actor, person: str) -> Iterator[Scored]:
    details = {row["component"]: row for row in scores_of(part.source, actor, person)}
    for row in _in_order(part):
        if row["kind"] not in (ComponentKind.SCORE_ROW, ComponentKind.SCORE, ComponentKind.GRADE):
            continue
        detail = details.get(row["component"], {})
        has_value = row["status"] == Status.value
        yield Scored(
            label=component_label(part.plan, row["component"]),
            weight=_decimal(detail.get("weight")),
            score=_decimal(detail.get("score")),
            points=_decimal(row["value"]) if has_value else None,
            grade=(row["text_value"] or "") if has_value else "",
            reason=part.reason(row),
            asked=part.asked(row),
            is_total=row["kind"] != ComponentKind.SCORE_ROW,
            is_estimate=part.source.is_estimate,
        )


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


# --- money of the month ---


def _add_posted(statement: Statement, month: Period) -> None:
    """What was posted in the month: its total, when it is paid, and corrections of others."""
    rows = PostedLine.objects.filter(
        participant=statement.person, posting_period__code=month.label
    ).select_related("publication__run")
    for row in rows:
        _add(statement.totals, row.currency, row.amount_minor)
        _add(statement.pay_dates.setdefault(row.pay_on, {}), row.currency, row.amount_minor)
    corrections: dict[tuple[str, str, str, str], list[PostedLine]] = {}
    for row in rows:
        if not _is_own(row, month):
            key = (row.plan_code, row.component, row.earned, row.currency)
            corrections.setdefault(key, []).append(row)
    statement.adjustments.extend(_adjustment(found) for found in corrections.values())


def _is_own(row: PostedLine, month: Period) -> bool:
    """Posted where it was earned: part of the items of the month itself."""
    from attain.apps.statements.periods import earned_period

    return month_of(earned_period(row.earned).last_day) == month


def _adjustment(rows: list[PostedLine]) -> Item:
    last = rows[-1]
    plan = opened(last.publication.run).plan
    return Item(
        label=component_label(plan, last.component),
        plan=plan.labels or Labels.model_validate(plan.plan),
        source_clause="",
        status=Status.value,
        amount=from_minor(sum(row.amount_minor for row in rows), last.currency),
        currency=last.currency,
        reason=Labels(),
        asked=Asked(last.publication.run_id, last.component, last.participant, last.earned),
        is_estimate=False,
        earned=last.earned,
        kind=last.kind,
    )


def _add_estimates(statement: Statement, parts: Iterable[_Part]) -> None:
    for part in parts:
        if part.source.is_estimate:
            for line in part.lines:
                _add(statement.estimates, line["currency"], line["amount_minor"])


def _add(totals: dict[str, int], currency: str, minor: int) -> None:
    totals[currency] = totals.get(currency, 0) + minor
