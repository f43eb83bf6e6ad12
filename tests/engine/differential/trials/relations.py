"""Trees, stretches, pairs and stacks, and what is gathered from them."""

from __future__ import annotations

from typing import Any

from trials.members import MemberWriter
from trials.phrases import COUNT, MONEY, POINTS, Named


class RelationWriter(MemberWriter):
    """Writes relations made from others."""

    def _team(self) -> None:
        column = self._own_number("member")
        if column is None:
            return
        self.sections.setdefault("paths", {})["team"] = {
            "over": "team", "from": "edges", "self": self.random.random() < 0.5,
        }  # fmt: skip
        entry: dict[str, Any] = {
            "each": ["seller", self.period],
            "sum": column.name,
            "from": ["seller", self.period],
            "through": "team",
        }
        if self.random.random() < 0.4:
            entry["where"] = "distance >= 1"
        if self.random.random() < 0.3:
            entry["skip_missing"] = True
        self._write("member", column.unit, entry, "t")
        self.features.add("path")

    def _upward(self) -> None:
        """Orders of everybody below, by the tree as it was on each order's day."""
        self.sections.setdefault("paths", {})["upward"] = {
            "over": "team", "self": self.random.random() < 0.5, "at": "row",
        }  # fmt: skip
        self.sections.setdefault("relations", {})["below"] = {
            "pair": ["orders", "upward"], "on": {"seller": "member"}, "at": "signed_on",
        }  # fmt: skip
        how = self.random.choice(({"sum": "cost"}, {"count": "rows"}, {"max": "right.distance"}))
        entry: dict[str, Any] = {
            "each": ["seller", self.period], **how, "from": "below",
            "link": {"seller": "right.ancestor"},
        }  # fmt: skip
        self._write("member", MONEY if "sum" in how else COUNT, entry, "u")
        self.features.add("path in time")

    def _own_number(self, grain: str) -> Named | None:
        own = [one for one in self.names[grain]
               if one.name in self.columns and one.unit in (MONEY, COUNT, POINTS)]  # fmt: skip
        return self.random.choice(own) if own else None

    def _stretches(self) -> None:
        relations = self.sections.setdefault("relations", {})
        relations["stretches"] = {
            "cut": ["seller", self.period],
            "by": "seats",
            "link": "person",
            "basis": self.random.choice(("calendar_days", "whole_months", "working_days")),
        }
        name = f"part{len(self.columns)}"
        self.columns[name] = {
            "each": "stretches",
            "is": "by.base * days / (period_until - period_from)",
        }
        entry: dict[str, Any] = {"each": ["seller", self.period], "sum": name, "from": "stretches"}
        if self.random.random() < 0.5:
            entry["skip_missing"] = True
        self._write("member", MONEY, entry, "k")
        self.features.add("cut")

    def _pairs(self) -> None:
        relations = self.sections.setdefault("relations", {})
        where = self.random.choice((None, "amount > right.factor * 100", "not is_gift"))
        entry = {"pair": ["orders", "customers"], "on": {"customer": "customer"},
                 "at": self.random.choice(("signed_on", "paid_on"))}  # fmt: skip
        relations["reached"] = {**entry, "where": where} if where else entry
        name = f"pairing{len(self.columns)}"
        self.columns[name] = {"each": "reached", "is": "cost * right.factor"}
        gather = {"each": ["seller", self.period], "sum": name, "from": "reached",
                  "link": {"seller": "right.owner"}}  # fmt: skip
        self._write("member", MONEY, gather, "p")
        self.features.add("pair")

    def _stack(self) -> None:
        relations = self.sections.setdefault("relations", {})
        money = self._phrases("orders").of(MONEY, 1)
        relations["credited"] = {
            "stack": [
                {"name": "direct", "from": "orders",
                 "give": {"order": "order_id", "participant": "seller", "share": money,
                          "on_day": "signed_on"}},
                {"name": "owner", "from": "orders",
                 "where": self.random.choice(("quantity > 3", "not is_gift")),
                 "give": {"order": "order_id", "participant": "customer.owner",
                          "share": "cost * 50%", "on_day": "signed_on"}},
            ],
            "key": ["order"],
            "date": "on_day",
            "links": {"participant": self.random.choice(
                ("people", {"to": "people", "column": "participant"}))},
        }  # fmt: skip
        entry: dict[str, Any] = {
            "each": ["seller", self.period], "sum": "share", "from": "credited",
            "link": {"seller": "participant"},
        }  # fmt: skip
        if self.random.random() < 0.4:
            entry["skip_missing"] = True
        self._write("member", MONEY, entry, "x")
        self.features.add("stack")
