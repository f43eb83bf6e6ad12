"""Random data: the datasets every trial may read, with what usually goes wrong in data.

A third of all trials and more contain a blank, a zero target, a negative amount, a tie on the
edge of a band, or somebody who moves in the middle of a month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any, Final

from trials import company

Row = dict[str, Any]

YEAR: Final = dt.date(2026, 1, 1)
UNTIL: Final = dt.date(2026, 7, 1)
DECIDED: Final = ("decided", "decided", "score", "row(effect).points", "bonus")
"""Components that people decide on; whether a plan has them is another matter."""
EDGES: Final = (Decimal("0"), Decimal("100"), Decimal("500"), Decimal("1000"), Decimal("1000.01"))
"""Amounts on which the bands of generated tables change."""


@dataclass
class World:
    """Datasets with their coverage."""

    datasets: dict[str, list[Row]] = field(default_factory=dict)
    coverage: dict[str, tuple[tuple[dt.date, dt.date], ...]] = field(default_factory=dict)


def make_world(random: Random) -> World:
    """Random rows of every dataset."""
    world = World()
    people = [f"people-{name}" for name in "abcdefgh"[: random.randint(3, 7)]]
    customers = [f"customers-{number}" for number in range(random.randint(2, 5))]
    orders = random.choice((20, 20, 30, 40, 60, 200))
    blank = random.choice((0.0, 0.0, 0.08, 0.2))
    data = world.datasets
    data["people"] = _people(random, people, blank)
    data["customers"] = _customers(random, customers, people, blank)
    data["seats"] = _seats(random, people)
    data["orders"] = _orders(random, orders, people, customers, blank)
    data["visits"] = _visits(random, random.randint(5, 30), people, blank)
    data["targets"] = _targets(random, people)
    data["parameters"] = _parameters(random, people)
    data["edges"] = _edges(random, people)
    data["interventions"] = _interventions(random, people)
    _beside(company.Company(random, lineage, _versions, _MONTHS), data, people, customers)
    for rows in data.values():
        random.shuffle(rows)
    world.coverage = _coverage(random)
    return world


def _beside(
    made: company.Company,
    data: dict[str, list[Row]],
    people: Sequence[str],
    customers: Sequence[str],
) -> None:
    """What a company has besides orders and those who bring them."""
    data["units"] = made.units()
    data["edges"] += made.areas()
    data["categories"] = made.categories()
    data["splits"] = made.splits(data["orders"], people)
    data["line_owners"] = made.line_owners(people)
    data["receipts"] = made.receipts(data["orders"], day)
    data["ratings"] = made.ratings(people)
    data["balances"] = made.balances(people)
    data["days"] = made.days()
    data["receipts_by_hand"] = made.notes(people, customers, day)


def maybe(random: Random, blank: float, make: Callable[[], Any]) -> Any:
    return None if random.random() < blank else make()


def day(random: Random, start: dt.date = YEAR, until: dt.date = UNTIL) -> dt.date:
    """A day, more often than not at the start or end of a month."""
    found = start + dt.timedelta(days=random.randrange((until - start).days))
    if random.random() < 0.3:
        return found.replace(day=1)
    if random.random() < 0.15:
        following = (found.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        return following - dt.timedelta(days=1)
    return found


def amount(random: Random) -> Decimal:
    """An amount: round, odd, negative, zero, or exactly on an edge."""
    kind = random.random()
    if kind < 0.25:
        return random.choice(EDGES)
    if kind < 0.4:
        return -Decimal(random.randint(1, 90_000)) / 100
    if kind < 0.45:
        return Decimal(0)
    return Decimal(random.randint(1, 150_000)) / 100


def lineage(dataset: str, number: int) -> Row:
    return {
        "_row": f"{dataset}-{number}",
        "_file": f"{dataset}.xlsx",
        "_sheet": "1",
        "_line": number + 2,
    }


def _people(random: Random, people: Sequence[str], blank: float) -> list[Row]:
    rows = []
    for person in people:
        for start, until in _versions(random, always=0.7):
            rows.append(
                {
                    **lineage("people", len(rows)),
                    "person": person,
                    "name": None,
                    "effective_from": start,
                    "effective_until": until,
                    "department": maybe(random, blank, lambda: random.choice(("东", "西", "南"))),
                    "is_head": maybe(random, blank, lambda: random.random() < 0.2),
                    "on_leave": random.random() < 0.15,
                    "grade": maybe(random, blank, lambda: Decimal(random.randint(50, 100))),
                    "joined_on": maybe(random, blank, lambda: day(random, dt.date(2024, 1, 1))),
                }
            )
    return rows


def _versions(random: Random, always: float) -> list[tuple[dt.date | None, dt.date | None]]:
    """From when until when versions of one thing hold: always, a change, a gap, an end."""
    kind = random.random()
    if kind < always:
        return [(None, None)]
    change = day(random)
    if kind < always + 0.15 * (1 - always) / 0.3:
        return [(None, change), (change, None)]
    if random.random() < 0.5:
        return [(None, change)]
    return [(change, None)]


def _customers(
    random: Random, customers: Sequence[str], people: Sequence[str], blank: float
) -> list[Row]:
    rows = []
    for customer in customers:
        for start, until in _versions(random, always=0.5):
            rows.append(
                {
                    **lineage("customers", len(rows)),
                    "customer": customer,
                    "effective_from": start,
                    "effective_until": until,
                    "region": maybe(random, blank, lambda: random.choice(("华东", "华北"))),
                    "factor": Decimal(random.randint(5, 20)) / 10,
                    "owner": maybe(random, blank, lambda: random.choice(people)),
                }
            )
    return rows


def _seats(random: Random, people: Sequence[str]) -> list[Row]:
    rows = []
    for person in people:
        for start, until in _versions(random, always=0.4):
            rows.append(
                {
                    **lineage("seats", len(rows)),
                    "person": person,
                    "effective_from": start,
                    "effective_until": until,
                    "title": random.choice(("初级", "高级")),
                    "base": Decimal(random.choice((3000, 6000))),
                }
            )
    return rows


def _orders(
    random: Random, count: int, people: Sequence[str], customers: Sequence[str], blank: float
) -> list[Row]:
    rows: list[Row] = []
    for number in range(count):
        original = rows[random.randrange(len(rows))]["order_id"] if rows else None
        rows.append(
            {
                **lineage("orders", number),
                "order_id": f"orders-{number:03d}",
                "signed_on": day(random),
                "seller": maybe(random, blank, lambda: random.choice(people)),
                "customer": maybe(random, blank, lambda: random.choice(customers)),
                "original": original if random.random() < 0.1 else None,
                "amount": maybe(random, blank, lambda: amount(random)),
                "cost": Decimal(random.randint(0, 50_000)) / 100,
                "quantity": random.randint(-2, 12),
                "weight": maybe(random, blank, lambda: Decimal(random.randint(0, 9999)) / 1000),
                "discount": maybe(random, blank, lambda: Decimal(random.randint(0, 100)) / 100),
                "paid_on": maybe(random, 0.3, lambda: day(random)),
                "status": random.choice(("signed", "signed", "draft")),
                "line": maybe(random, blank, lambda: random.choice(("冷饮", "乳品", "糖果"))),
                "is_gift": maybe(random, blank, lambda: random.random() < 0.2),
                "area": maybe(random, blank, lambda: company.unit(random.choice(company.UNITS))),
                "category": maybe(
                    random, blank, lambda: company.category(random.choice(company.CATEGORIES))
                ),
            }
        )
    return rows


def _visits(random: Random, count: int, people: Sequence[str], blank: float) -> list[Row]:
    return [
        {
            **lineage("visits", number),
            "visit_id": f"visits-{number:03d}",
            "made_on": day(random),
            "visitor": random.choice(people),
            "score": maybe(random, blank, lambda: Decimal(random.choice((60, 80, 80, 90, 100)))),
            "shops": random.randint(0, 9),
            "confirmed": maybe(random, blank, lambda: random.random() < 0.7),
        }
        for number in range(count)
    ]


def _targets(random: Random, people: Sequence[str]) -> list[Row]:
    """Targets of quarters, or of months: some people have none, some a zero."""
    rows: list[Row] = []
    for person in people:
        if random.random() < 0.15:
            continue
        by_month = random.random() < 0.5
        for label, start, until in _MONTHS if by_month else _QUARTERS:
            if random.random() < 0.05:
                continue
            value = random.choice((Decimal(0), Decimal(1000), Decimal(700), Decimal("333.33")))
            rows.append(
                {
                    **lineage("targets", len(rows)),
                    "subject": person,
                    "indicator": "sales",
                    "period": label,
                    "period_from": start,
                    "period_until": until,
                    "dimension": None,
                    "value": value,
                }
            )
    return rows


_MONTHS: Final = tuple(
    (f"2026-{month:02d}", dt.date(2026, month, 1), dt.date(2026, month + 1, 1))
    for month in range(1, 7)
)
_QUARTERS: Final = (
    ("2026-Q1", dt.date(2026, 1, 1), dt.date(2026, 4, 1)),
    ("2026-Q2", dt.date(2026, 4, 1), dt.date(2026, 7, 1)),
)


def _parameters(random: Random, people: Sequence[str]) -> list[Row]:
    return [
        {
            **lineage("parameters", number),
            "name": "own_rate",
            "subject": person,
            "value": Decimal(random.randint(1, 9)) / 100,
            "effective_from": random.choice((None, dt.date(2026, 2, 15))),
            "effective_until": None,
        }
        for number, person in enumerate(people)
        if random.random() < 0.4
    ]


def _edges(random: Random, people: Sequence[str]) -> list[Row]:
    """A tree: everyone but the first may have a parent that comes before; some move."""
    rows: list[Row] = []
    for number, person in enumerate(people[1:], start=1):
        if random.random() < 0.2:
            continue
        for start, until in _versions(random, always=0.7):
            rows.append(
                {
                    **lineage("edges", len(rows)),
                    "hierarchy": "team",
                    "child": person,
                    "parent": random.choice(people[:number]),
                    "effective_from": start,
                    "effective_until": until,
                }
            )
    return rows


def _interventions(random: Random, people: Sequence[str]) -> list[Row]:
    rows = []
    for number in range(random.randint(0, 8)):
        label, start, until = random.choice((*_MONTHS, *_QUARTERS))
        kind = random.choice(("set", "override", "adjust", "waive"))
        rows.append(
            {
                **lineage("interventions", number),
                "id": f"i{number}",
                "kind": kind,
                "subject": random.choice(people),
                "component": random.choice(DECIDED),
                "period": label,
                "period_from": start,
                "period_until": until,
                "value": None if kind == "waive" else Decimal(random.randint(-50, 150)),
                "text_value": None,
                "reason": "复核",
                "by": people[0],
                "approved_by": None,
            }
        )
    return rows


def _coverage(random: Random) -> dict[str, tuple[tuple[dt.date, dt.date], ...]]:
    """Mostly the whole time; sometimes a month is not complete."""
    whole = ((dt.date(2025, 1, 1), dt.date(2027, 1, 1)),)
    found = {"orders": whole, "visits": whole, "receipts": whole, "receipts_by_hand": whole}
    if random.random() < 0.2:
        found["orders"] = (
            (dt.date(2025, 1, 1), dt.date(2026, 2, 1)),
            (dt.date(2026, 3, 1), dt.date(2027, 1, 1)),
        )
    if random.random() < 0.1:
        found["visits"] = ((dt.date(2026, 1, 1), dt.date(2026, 3, 1)),)
    return found
