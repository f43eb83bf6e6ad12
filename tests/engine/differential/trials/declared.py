"""What a plan declares itself: sources, rows, dimensions, more subjects, checks, money lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from trials.forms import FormWriter
from trials.phrases import COUNT, MONEY, RATIO, TEXT, TRUTH, Named

NOTES: Final[Mapping[str, Any]] = {
    "from": "receipts_by_hand",
    "key": ["note_id"],
    "date": "noted_on",
    "load": "replace",
    "links": {"payer": {"to": "customers", "column": "customer_code"}},
    "columns": {
        "note_id": "code",
        "noted_on": {"type": "date", "required": True},
        "seller": "people",
        "customer_code": {"type": "customers"},
        "sum_noted": {"type": "money", "currency": "CNY", "scale": 2, "required": True},
        "rate_noted": {"type": "ratio", "scale": 4, "aliases": ["率"]},
        "pieces": {"type": "count", "personal": True, "label": {"zh-Hans": "件数", "en": "Pieces"}},
        "remark": "text",
    },
}
"""A source whose columns the plan declares; its rows are those of `world.notes`."""

PRICES: Final[Mapping[str, Any]] = {
    "key": ["product_line"],
    "columns": {"product_line": "text", "price": {"type": "money", "required": True},
                "factor_of": "ratio"},
    "rows": [
        {"product_line": "冷饮", "price": "12.50", "factor_of": "1.1"},
        {"product_line": "乳品", "price": "8.00", "factor_of": None},
        {"product_line": "糖果", "price": "0.35", "factor_of": "0.9"},
    ],
}  # fmt: skip
"""A small table that stands in the plan."""

PEAKS: Final[Mapping[str, Any]] = {
    "dated": True,
    "columns": {"peak": "text", "level": {"type": "count", "required": True}},
    "key": ["peak"],
    "rows": [
        {"peak": "冷饮", "level": 1, "effective_from": None, "effective_until": "2026-02-10"},
        {"peak": "冷饮", "level": 2, "effective_from": "2026-02-10", "effective_until": None},
    ],
}
"""Dated rows that stand in the plan."""


class DeclaredWriter(FormWriter):
    """Writes what a plan says about its rows and its results."""

    def _source(self, name: str, entry: Mapping[str, Any]) -> None:
        self.sections["sources"].setdefault(name, dict(entry))

    def _notes(self) -> None:
        self._source("notes", NOTES)
        unit, how = self.random.choice(
            (
                (MONEY, {"sum": "sum_noted"}),
                (MONEY, {"sum": "sum_noted * if_missing(payer.factor, 1)"}),
                (RATIO, {"max": "rate_noted"}),
                (COUNT, {"sum": "pieces"}),
                (TEXT, {"latest": "remark"}),
            )
        )
        read = "notes"
        if self.random.random() < 0.4:
            read = "few_notes"
            where = self.random.choice(("pieces > 2", "remark <> '' or pieces = 1"))
            self._source(read, {"from": "notes", "where": where})
            self.features.add("source on a source")
        entry: dict[str, Any] = {"each": ["seller", self.period], **how, "from": read}
        if self.random.random() < 0.5:
            entry["in"] = self._window()
        self._write("member", unit, entry, "y")
        self.features.add("own source")

    def _prices(self) -> None:
        """Each order finds its row in a table of the plan."""
        name = f"price{len(self.columns)}"
        dated = self.random.random() < 0.4
        self._source(*(("peaks", PEAKS) if dated else ("prices", PRICES)))
        key = "peak" if dated else "product_line"
        self.columns[name] = {"each": "orders", "match": "peaks" if dated else "prices",
                              "link": {key: "line"}}  # fmt: skip
        if self.random.random() < 0.5:
            del self.columns[name]["link"]
            self.columns[name]["where"] = f"{key} = this.line"
        found = ([Named(f"{name}.level", COUNT)] if dated else
                 [Named(f"{name}.price", MONEY), Named(f"{name}.factor_of", RATIO)])  # fmt: skip
        self.names["orders"] += found
        self.features.add("own rows")

    def _by_dimension(self) -> None:
        """Finer by product line, then gathered again."""
        self.sections.setdefault("dimensions", {})["what"] = self.random.choice(
            ({"from": "orders", "column": "line"}, "orders.line")
        )
        number = len(self.columns)
        fine = f"fine{number}"
        grain = ["seller", "what", self.period]
        self.columns[fine] = {
            "each": grain,
            "sum": "cost",
            "from": "orders",
            "link": {"what": "line"},
        }
        text = self.random.choice((f"{fine} * 2%", f"if({fine} > 300, {fine}, 0)"))
        self.columns[f"finer{number}"] = {"each": grain, "is": text, "unit": "money"}
        entry = {"each": ["seller", self.period], "sum": f"finer{number}", "from": grain}
        self._write("member", MONEY, entry, "q")
        self.features.add("dimension")

    def _of_units(self) -> None:
        """A second subject: units, with a sum of their own that sellers read by a link."""
        self.sections["subjects"]["area"] = "units"
        number = len(self.columns)
        name = f"area{number}"
        how = self.random.choice(({"sum": "cost"}, {"count": "rows"}, {"distinct": "seller"}))
        self.columns[name] = {"each": ["area", self.period], **how, "from": "orders"}
        ranked = f"place{len(self.columns)}"
        self.sections["groups"]["areas"] = {"of": ["area", self.period]}
        function = self.random.choice(("rank", "group_sum", "group_mean", "group_min", "group_max"))
        self.columns[ranked] = {
            "each": ["area", self.period], "within": "areas", "is": f"{function}({name})",
        }  # fmt: skip
        self.columns[f"whole{number}"] = {"each": [self.period], "sum": "cost", "from": "orders"}
        self.names["member"].append(Named(f"whole{number}", MONEY))
        self.features.add("second subject")

    def _of_results(self) -> None:
        """Results of another plan, named in the request."""
        self._source(
            "before", {"plan": "before", "relation": "seller_month", "date": "period_from"}
        )
        read = "before"
        if self.random.random() < 0.4:
            read = "much_before"
            self._source(read, {"from": "before", "where": "spent > 100"})
            self.features.add("source on a source")
        entry: dict[str, Any] = {"each": ["seller", self.period], "sum": "spent", "from": read}
        if self.random.random() < 0.5:
            entry["in"] = self.random.choice(("year to date", "all"))
        self._write("member", MONEY, entry, "z")
        self.features.add("results")

    def _of_document(self) -> None:
        """An indicator of a document that several plans use."""
        self.uses = True
        self._write("member", MONEY, {"is": "common_sales * common_rate + common_costs"}, "i")
        self.features.add("uses")

    def _at_a_date(self) -> None:
        """Versions at a date that is said, amounts on the way, words that change no number."""
        money = self._member(MONEY)
        entry = self.random.choice(
            (
                {"is": f"({money}) * dated_rate", "at": "period end", "unit": "money"},
                {"is": f"({money}) * 33.333%", "working": True, "unit": "money"},
                {"is": money, "unit": "money", "currency": "CNY", "personal": True},
                {"is": money, "unit": "money", "was": "older", "show": False},
                {"is": f"({money}) / 7", "unit": "money", "round": self._rounding("0.5")},
                {"is": f"({money}) / 7", "unit": "money", "round": self._rounding("5")},
            )
        )
        self._write("member", MONEY, entry, "a")

    def _as_now(self) -> None:
        """Orders by the customers' owners of today, not of their day."""
        entry = {
            "each": ["seller", self.period], "sum": "cost", "from": "orders",
            "link": {"seller": "customer.owner"}, "in": self._window(),
        }  # fmt: skip
        if self.random.random() < 0.6:
            entry["at"] = "period end"
        self._write("member", MONEY, entry, "j")

    def _shown(self) -> None:
        """What forms write is the author's to write, too: components, lines, checks."""
        money = next((one.name for one in self.names["member"]
                      if one.unit == MONEY and one.name in self.columns), None)  # fmt: skip
        if money is None:
            return
        number = len(self.columns)
        self.columns[f"due{number}"] = {"is": f"if_missing({money}, 0)", "unit": "money",
                                        "round": "0.01"}  # fmt: skip
        self.columns[f"day{number}"] = {"is": "period_end + 10"}
        self.sections.setdefault("lines", {})[f"due{number}"] = {
            "component": "due", "part": "whole", "column": f"due{number}",
            "participant": "seller", "pay_on": f"day{number}", "currency": "CNY",
        }  # fmt: skip
        self.sections.setdefault("components", {})[f"due{number}"] = {
            "column": f"due{number}", "name": "due", "kind": "incentive",
        }  # fmt: skip
        if self.random.random() < 0.5:
            self._line_of_orders(number)
        self._check(money)
        self.features.add("lines")

    def _line_of_orders(self, number: int) -> None:
        """A line for each order, with its number in the key."""
        self.columns[f"fee{number}"] = {"each": "orders", "is": "cost * 1%", "round": "0.01"}
        self.columns[f"fee_day{number}"] = {"each": "orders", "is": "month_end(signed_on)"}
        self.sections.setdefault("lines", {})[f"fee{number}"] = {
            "component": "fee", "column": f"fee{number}", "participant": "seller",
            "pay_on": f"fee_day{number}", "key": ["order_id"],
        }  # fmt: skip

    def _check(self, money: str) -> None:
        truth = next((one.name for one in self.names["member"]
                      if one.unit == TRUTH and one.name in self.columns), None)  # fmt: skip
        entry: dict[str, Any] = {"name": "sound"}
        if truth is not None and self.random.random() < 0.5:
            entry["column"] = truth
        else:
            entry |= {"each": ["seller", self.period], "holds": f"{money} < 100000"}
            entry["code"] = "ODD_AMOUNT"
            entry["stops"] = self.random.random() < 0.3
        self.sections.setdefault("checks", {})["sound"] = entry
