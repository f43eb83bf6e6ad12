"""Questions about statements: whose, which months, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Aggregate, Count, Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from attain.apps.accounts.actors import Actor
from attain.apps.people.models import Person
from attain.apps.people.selectors import name_of, scope
from attain.apps.runs.models import Outcome
from attain.apps.statements.models import PostedLine, PostingPeriod
from attain.apps.statements.periods import month_of
from attain.apps.statements.sources import PAID, estimated_totals, sources
from attain.core.errors import AttainError
from attain.core.periods import GREGORIAN, Period, parse_period

MONTHS_SHOWN: Final = 12


def month_named(text: str) -> Period | None:
    """A month as addresses write it, `2026-09`; None for anything else."""
    try:
        found = parse_period(text)
    except AttainError:
        return None
    return found if found.kind == "month" and found.label == text else None


def latest_month(actor: Actor) -> Period:
    """The month to begin with: the newest with results, else the current one."""
    codes = PostingPeriod.objects.filter(lines__isnull=False).order_by("-from_date")
    newest = codes.values_list("from_date", flat=True).first()
    today = month_of(actor.today)
    if newest is None:
        return next((month for month in _back(today) if sources(month, actor)), today)
    later = [month for month in _back(today) if month.from_ > newest and sources(month, actor)]
    return later[0] if later else month_of(newest)


def _back(month: Period) -> Iterator[Period]:
    for _ in range(MONTHS_SHOWN):
        yield month
        month = before(month)


def before(month: Period) -> Period:
    """The month before."""
    return GREGORIAN.shift(month, -1, "month")


def after(month: Period) -> Period:
    """The month after."""
    return GREGORIAN.shift(month, 1, "month")


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted for somebody in a month, one currency."""

    month: Period
    currency: str
    amount_minor: int


def trend(actor: Actor, person: str, until: Period, months: int = MONTHS_SHOWN) -> list[Posted]:
    """What was posted month by month, oldest first; only months whose pay the actor may see."""
    stretch = [until]
    while len(stretch) < months:
        stretch.insert(0, before(stretch[0]))
    visible = [
        month for month in stretch if scope(actor, "pay", (month.from_, month.until)).sees(person)
    ]
    rows = (
        PostedLine.objects.filter(
            participant=person, posting_period__code__in=[month.label for month in visible]
        )
        .values("posting_period__code", "currency")
        .annotate(amount=Sum("amount_minor"))
    )
    amounts: dict[str, dict[str, int]] = {}
    for row in rows:
        amounts.setdefault(row["posting_period__code"], {})[row["currency"]] = row["amount"]
    return [
        Posted(month, currency, minor)
        for month in visible
        for currency, minor in sorted(amounts.get(month.label, {}).items())
    ]


def people_with_statements(actor: Actor, month: Period) -> QuerySet[Person]:
    """Everybody whose pay the actor may see and who has published results in a month.

    Annotated with `amount_minor` (posted, in whole smallest units; NULL where nothing was),
    `lines` and `corrections`.
    """
    posted = PostedLine.objects.filter(
        posting_period__code=month.label, participant=OuterRef("pk")
    ).order_by()
    published = [one.publication for one in sources(month, actor) if one.publication is not None]
    paid = Outcome.objects.filter(publication__in=published, kind=PAID, subject=OuterRef("pk"))
    found = Person.objects.filter(Exists(posted) | Exists(paid)).annotate(
        amount_minor=_grouped(posted, Sum("amount_minor")),
        lines=Coalesce(_grouped(posted, Count("pk")), 0),
        corrections=Coalesce(_grouped(posted.exclude(kind=PostedLine.FIRST), Count("pk")), 0),
    )
    return scope(actor, "pay", (month.from_, month.until)).restrict(found, "pk")


def _grouped(rows: QuerySet[PostedLine], figure: Aggregate) -> Subquery:
    return Subquery(rows.values("participant").annotate(figure=figure).values("figure"))


def estimated_people(actor: Actor, month: Period) -> list[dict[str, Any]]:
    """Everybody whose pay the actor may see, with what the estimates of a month come to."""
    seen = scope(actor, "pay", (month.from_, month.until))
    totals: dict[tuple[str, str], int] = {}
    for source in sources(month, actor):
        if source.is_estimate:
            for person, currency, minor in estimated_totals(source):
                if seen.sees(person):
                    totals[person, currency] = totals.get((person, currency), 0) + minor
    names = name_of({person for person, _ in totals})
    return [
        {
            "pk": person, "key": person, "currency": currency, "amount_minor": minor,
            "name": names[person].zh, "name_en": names[person].en, "code": names[person].code,
        }
        for (person, currency), minor in totals.items()
        if person in names
    ]  # fmt: skip
