"""A small company whose data changes between runs, and its runs, in full and with reuse.

Runs are made in this process: what is tried here is what they make, not that they are processes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Final

from lakes import Lake, Row
from reused_plans import CALENDARS, YEARLY

from attain.core.manifests import Coverage, Manifest
from attain.engine.plans.api import expand, load_plan, resolve
from attain.engine.primitives.model import ResolvedPlan

MONTHS: Final = [f"2026-{month:02}" for month in range(1, 7)]
YEAR: Final = Coverage(from_=date(2026, 1, 1), until=date(2027, 1, 1))

_COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "orders": {"order_id": "VARCHAR", "signed_on": "DATE", "seller": "VARCHAR", "line": "VARCHAR",
               "amount": "DECIMAL(24,6)"},
    "people": {"person": "VARCHAR", "effective_from": "DATE", "effective_until": "DATE"},
    "edges": {"hierarchy": "VARCHAR", "child": "VARCHAR", "parent": "VARCHAR",
              "effective_from": "DATE", "effective_until": "DATE"},
    "targets": {"subject": "VARCHAR", "indicator": "VARCHAR", "period": "VARCHAR",
                "period_from": "DATE", "period_until": "DATE", "dimension": "VARCHAR",
                "value": "DECIMAL(38,18)"},
}  # fmt: skip


def planned(text: str, rate: int = 90, later: int = 3) -> ResolvedPlan:
    """A plan, with the rate of its last line of goods, and the rate of its last version."""
    said = text.replace("RATE", str(rate)).replace("LATER", str(later))
    return resolve(expand(load_plan(said, "plan.yaml")), calendars=CALENDARS)


class Shop(Lake):
    """Keeps the rows of the datasets as they are now, and runs plans over them."""

    def __init__(self, folder: Path, sellers: int = 6, orders: int = 60) -> None:
        super().__init__(folder, _COLUMNS, {"orders": "signed_on"})
        self.random = Random(295)
        self.rate = 90
        self.later = 3
        """The rate of an amount from 1 March on, in percent."""
        self.made = 0
        names = [f"p{number}" for number in range(sellers)]
        self.rows = {
            "people": [_person(name) for name in names],
            "edges": [_edge(name, names[(n - 1) // 2]) for n, name in enumerate(names) if n],
            "targets": [_target(name, month) for name in names for month in MONTHS],
            "orders": [],
        }
        self.coverage = {"orders": (YEAR,)}
        for _ in range(orders):
            self.add_order()

    # --- what may happen ----------------------------------------------------------------------

    def add_order(self, month: str | None = None) -> None:
        day = date.fromisoformat(f"{month or self.random.choice(MONTHS)}-01")
        self.made += 1
        order = {
            "order_id": f"o{self.made:04}",
            "signed_on": day.replace(day=self.random.randint(1, 28)),
            "seller": self.random.choice(self.rows["people"])["person"],
            "line": self.random.choice(["milk", "ice", "tea", "wine", None]),
            "amount": f"{self.random.randint(-500, 5000)}.{self.random.randint(0, 99):02}",
        }
        self.rows["orders"].append(order)

    def change_order(self) -> None:
        self.random.choice(self.rows["orders"])["amount"] = f"{self.random.randint(1, 9999)}.01"

    def remove_order(self) -> None:
        self.rows["orders"].remove(self.random.choice(self.rows["orders"]))

    def move_order(self) -> None:
        day = date.fromisoformat(f"{self.random.choice(MONTHS)}-15")
        self.random.choice(self.rows["orders"])["signed_on"] = day

    def change_rate(self) -> None:
        self.rate = self.random.randint(50, 150)

    def move_manager(self) -> None:
        """Somebody changes to another manager on the first of a month; never below oneself."""
        edges = [edge for edge in self.rows["edges"] if edge["effective_until"] is None]
        edge = self.random.choice(edges)
        day = date.fromisoformat(f"{self.random.choice(MONTHS[1:])}-01")
        if edge["effective_from"] is None or edge["effective_from"] < day:
            edge["effective_until"] = day
            self.rows["edges"].append(
                {**edge, "parent": "p0", "effective_from": day, "effective_until": None}
            )

    def hire(self) -> None:
        name = f"p{len(self.rows['people'])}"
        self.rows["people"].append(_person(name))
        self.rows["edges"].append(_edge(name, "p0"))
        self.rows["targets"] += [_target(name, month) for month in MONTHS[1:]]

    def change_target(self) -> None:
        self.random.choice(self.rows["targets"])["value"] = str(self.random.randint(1, 5000))

    def change_version(self) -> None:
        """From the first of March on another rate is in force."""
        self.later = self.random.randint(1, 9)

    def leave(self) -> None:
        """Somebody is not there any more from some day on; what they signed stays."""
        day = date.fromisoformat(f"{self.random.choice(MONTHS[1:])}-11")
        self.random.choice(self.rows["people"][1:])["effective_until"] = day

    def scatter(self) -> None:
        """Every ninth order, of whatever month, is dearer by a tenth of a yuan."""
        for order in self.rows["orders"][::-9]:
            whole, _, _ = order["amount"].partition(".")
            order["amount"] = f"{whole}.10"

    def add_late(self) -> None:
        """An order of the first month comes last."""
        self.add_order(MONTHS[0])

    def swap_orders(self) -> None:
        """Two orders with one seller, one line and one month change places: no sum is another."""
        first = self.random.choice(self.rows["orders"])
        alike = [
            one
            for one in self.rows["orders"]
            if one["seller"] == first["seller"] and one["line"] == first["line"]
            if one["signed_on"].replace(day=1) == first["signed_on"].replace(day=1)
        ]
        other = self.random.choice(alike)
        first["amount"], other["amount"] = other["amount"], first["amount"]

    def nothing(self) -> None:
        """A run again, and nothing happened."""

    @property
    def happenings(self) -> list[Any]:
        return [
            self.add_order,
            self.change_order,
            self.remove_order,
            self.move_order,
            self.change_rate,
            self.move_manager,
            self.hire,
            self.change_target,
            self.add_late,
            self.change_version,
            self.leave,
            self.scatter,
            self.swap_orders,
            self.nothing,
        ]

    # --- runs ---------------------------------------------------------------------------------

    def run(
        self,
        out: str,
        *,
        text: str = YEARLY,
        period: str = "2026",
        reuse: bool = True,
        keep: Any = "all",
        results: Mapping[str, Path] | None = None,
    ) -> Manifest:
        """A run over the data as it was frozen last."""
        plan = planned(text, self.rate, self.later)
        calendar = CALENDARS[plan.calendar]
        return self.calculated(
            plan, out, period, reuse=reuse, keep=keep, results=results, calendar=calendar
        )


def _person(name: str) -> Row:
    return {"person": name, "effective_from": None, "effective_until": None}


def _edge(child: str, parent: str) -> Row:
    dates = {"effective_from": None, "effective_until": None}
    return {"hierarchy": "reporting", "child": child, "parent": parent, **dates}


def _target(name: str, month: str) -> Row:
    start = date.fromisoformat(f"{month}-01")
    until = start.replace(month=start.month + 1)
    return {
        "subject": name,
        "indicator": "sales",
        "period": month,
        "period_from": start,
        "period_until": until,
        "dimension": None,
        "value": "1000",
    }
