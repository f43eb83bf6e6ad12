"""Random data beside the orders: trees of units and categories, splits, receipts, ratings.

Keys of units and categories are those of the codes that plans write, `under(map, area, 'North')`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from random import Random
from typing import Any, Final

from attain.core.keys import key_for

Row = dict[str, Any]
Making = Callable[[Random, Any], Any]

CATEGORIES: Final = ("Food", "Ice", "Cones", "Milk", "Tools", "Saws")
UNITS: Final = ("North", "Kiel", "Coast", "Harbour")
GRADES: Final = ("好", "中", "差")
_QUARTERS: Final = (
    ("2026-Q1", dt.date(2026, 1, 1), dt.date(2026, 4, 1)),
    ("2026-Q2", dt.date(2026, 4, 1), dt.date(2026, 7, 1)),
)


def category(code: str) -> str:
    return key_for("categories", code)


def unit(code: str) -> str:
    return key_for("units", code)


class Company:
    """Makes these rows; `lineage` and `versions` are those of every other dataset."""

    def __init__(
        self,
        random: Random,
        lineage: Callable[[str, int], Row],
        versions: Callable[[Random, float], list[tuple[dt.date | None, dt.date | None]]],
        months: Sequence[tuple[str, dt.date, dt.date]],
    ) -> None:
        self.random, self.lineage, self.versions = random, lineage, versions
        self.periods = (*months, *_QUARTERS)

    def categories(self) -> list[Row]:
        """A tree that names its parents itself; some move, and not every one has a row."""
        rows: list[Row] = []
        for number, code in enumerate(CATEGORIES[: self.random.randint(3, 6)]):
            for start, until in self.versions(self.random, 0.7):
                has_parent = number > 0 and self.random.random() < 0.75
                parent = self.random.choice(CATEGORIES[:number]) if has_parent else None
                rows.append(
                    {
                        **self.lineage("categories", len(rows)),
                        "category": category(code),
                        "parent": category(parent) if parent else None,
                        "effective_from": start,
                        "effective_until": until,
                    }
                )
        return rows

    def units(self) -> list[Row]:
        return [
            {
                **self.lineage("units", number),
                "unit": unit(code),
                "name": code,
                "kind": None,
                "parent": None,
                "head": None,
                "effective_from": None,
                "effective_until": None,
            }
            for number, code in enumerate(UNITS)
        ]

    def areas(self) -> list[Row]:
        """Edges of the tree of units, in the dataset of all hierarchies."""
        rows: list[Row] = []
        for number, code in enumerate(UNITS[1:], start=1):
            if self.random.random() < 0.25:
                continue
            for start, until in self.versions(self.random, 0.6):
                rows.append(
                    {
                        **self.lineage("edges", 100 + len(rows)),
                        "hierarchy": "areas",
                        "child": unit(code),
                        "parent": unit(self.random.choice(UNITS[:number])),
                        "effective_from": start,
                        "effective_until": until,
                    }
                )
        return rows

    def splits(self, orders: Sequence[Row], people: Sequence[str]) -> list[Row]:
        """Some orders are split: mostly exactly, sometimes not whole, once with nobody."""
        rows: list[Row] = []
        for order in orders:
            if self.random.random() > 0.3:
                continue
            shares = self.random.choice(
                (("0.5", "0.5"), ("0.3333", "0.6667"), ("1",), ("0.2", "0.3", "0.5"),
                 ("0.8", "0.7"), ("0", "1"))
            )  # fmt: skip
            named = self.random.sample(list(people), min(len(shares), len(people)))
            for person, share in zip(named, shares, strict=False):
                rows.append(
                    {
                        **self.lineage("splits", len(rows)),
                        "order": order["order_id"],
                        "person": person,
                        "share": Decimal(share),
                    }
                )
        return rows

    def line_owners(self, people: Sequence[str]) -> list[Row]:
        rows: list[Row] = []
        for line in ("冷饮", "乳品"):
            for person in self.random.sample(list(people), 2):
                for start, until in self.versions(self.random, 0.6):
                    rows.append(
                        {
                            **self.lineage("line_owners", len(rows)),
                            "line": line,
                            "person": person,
                            "share": Decimal(self.random.choice(("0.5", "1", "0.3"))),
                            "effective_from": start,
                            "effective_until": until,
                        }
                    )
        return rows

    def receipts(self, orders: Sequence[Row], day: Callable[[Random], dt.date]) -> list[Row]:
        rows: list[Row] = []
        for order in orders:
            for _ in range(self.random.choice((0, 0, 1, 2))):
                rows.append(
                    {
                        **self.lineage("receipts", len(rows)),
                        "receipt_id": f"receipts-{len(rows):03d}",
                        "received_on": day(self.random),
                        "order": order["order_id"],
                        "received": Decimal(self.random.randint(-2_000, 60_000)) / 100,
                    }
                )
        return rows

    def ratings(self, people: Sequence[str]) -> list[Row]:
        """Of named items, by raters of three groups; some say only words, some nothing."""
        rows: list[Row] = []
        keys: set[tuple[str, ...]] = set()
        for _ in range(self.random.randint(4, 24)):
            label, start, until = self.random.choice(self.periods)
            subject, rater = self.random.choice(people), self.random.choice(people)
            group, item = (
                self.random.choice(("上级", "同级")),
                self.random.choice(("effect", "style")),
            )
            key = (subject, item, rater, group, label)
            if key in keys:
                continue
            keys.add(key)
            score = self.random.choice((None, Decimal(60), Decimal("88.5"), Decimal(100)))
            rows.append(
                {
                    **self.lineage("ratings", len(rows)),
                    "subject": subject,
                    "item": item,
                    "rater": rater,
                    "rater_group": group,
                    "period": label,
                    "period_from": start,
                    "period_until": until,
                    "score": score,
                    "choice": self.random.choice((*GRADES, None)),
                    "comment": None,
                }
            )
        return rows

    def balances(self, people: Sequence[str]) -> list[Row]:
        """What some still owe of the system before."""
        return [
            {
                **self.lineage("balances", number),
                "subject": person,
                "account": "draw",
                "as_of": dt.date(2025, 12, 31),
                "amount": Decimal(self.random.choice(("120", "0", "33.33", "-5"))),
                "currency": "CNY",
            }
            for number, person in enumerate(people)
            if self.random.random() < 0.3
        ]

    def days(self) -> list[Row]:
        """Two days of the workspace's own: a holiday, and a Saturday that is worked."""
        return [
            {
                **self.lineage("days", number),
                "calendar": "gregorian",
                "date": date,
                "is_working": is_working,
            }
            for number, (date, is_working) in enumerate(
                ((dt.date(2026, 2, 3), False), (dt.date(2026, 3, 14), True))
            )
        ]

    def notes(
        self, people: Sequence[str], customers: Sequence[str], day: Callable[[Random], dt.date]
    ) -> list[Row]:
        """Rows of a source that plans declare themselves."""
        return [
            {
                **self.lineage("receipts_by_hand", number),
                "note_id": f"n{number}",
                "noted_on": day(self.random),
                "seller": self.random.choice((*people, None)),
                "customer_code": self.random.choice((*customers, None)),
                "sum_noted": Decimal(self.random.randint(-9_999, 90_000)) / 100,
                "rate_noted": Decimal(self.random.randint(0, 9_999)) / 10_000,
                "pieces": self.random.choice((None, 0, 1, 7)),
                "remark": self.random.choice((None, "好", "退货")),
            }
            for number in range(self.random.randint(0, 12))
        ]
