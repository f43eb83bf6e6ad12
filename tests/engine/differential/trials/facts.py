"""Columns of single orders: formulas, orders, folds, groups, splits, matches, hung windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trials.phrases import COUNT, DATE, DAYS, MONEY, NUMBERS, RATIO, TEXT, TRUTH, Named
from trials.writing import Writer


class FactWriter(Writer):
    """Writes columns of orders."""

    def _order_column(self) -> None:
        choice = self.random.randrange(12)
        makers: dict[int, Callable[[], None]] = {
            0: self._running, 1: self._running, 2: self._fold, 3: self._order_group, 4: self._share,
            5: self._match, 6: self._order_gather,
        }  # fmt: skip
        makers.get(choice, self._order_formula)()

    def _order_formula(self) -> None:
        unit = self.random.choice(
            (*NUMBERS, MONEY, TRUTH, TEXT, TEXT, DATE, DATE, DAYS, COUNT, COUNT)
        )
        entry: dict[str, Any] = {"each": "orders", "is": self._phrases("orders").of(unit, 3)}
        if unit in (*NUMBERS, DAYS):
            entry["unit"] = unit
        self._write("orders", unit, entry, "f")
        self.features.add("formula")

    def _running(self) -> None:
        money = self._phrases("orders").anchored(MONEY, 1)
        truth = self._phrases("orders").of(TRUTH, 1)
        unit, text = self.random.choice(
            (
                (MONEY, f"total({money})"),
                (MONEY, f"before({money})"),
                (MONEY, f"previous({money}, 0)"),
                (MONEY, f"previous({money})"),
                (MONEY, f"increase(marginal(rates, total({money})))"),
                (MONEY, f"increase(whole(rates, total({money})))"),
                (MONEY, f"increase(round(total({money}) * 1.5%, 0.01))"),
                (COUNT, f"count_so_far({truth})"),
                (COUNT, "position()"),
                (COUNT, "increase(floor(total(quantity) / 3))"),
                (MONEY, f"highest_so_far({money})"),
                (MONEY, f"highest_before({money})"),
                (MONEY, f"lowest_before({money}, 1000)"),
            )
        )
        self._write("orders", unit, {"each": "orders", "along": "in_order", "is": text}, "o")
        self.features.add("order")

    def _fold(self) -> None:
        number = len(self.columns)
        money = self._phrases("orders").anchored(MONEY, 1)
        taken, net = f"taken{number}", f"net{number}"
        room = f"min({money}, max(0, 800 - previous({net}, 0)))"
        self.columns[taken] = {"each": "orders", "along": "in_order", "is": room}
        running = f"previous({net}, 0) + {taken}"
        self.columns[net] = {"each": "orders", "along": "in_order", "is": running}
        self.names["orders"] += [Named(taken, MONEY), Named(net, MONEY)]
        self.features.add("fold")

    def _order_group(self) -> None:
        money = self._phrases("orders").of(MONEY, 1)
        unit, text = self.random.choice(
            (
                (COUNT, f"rank({money}, quantity)"),
                (COUNT, f"dense_rank({money})"),
                (MONEY, f"group_max({money})"),
                (RATIO, f"group_share({money})"),
            )
        )
        self._write("orders", unit, {"each": "orders", "within": "of_orders", "is": text}, "g")
        self.features.add("group")

    def _share(self) -> None:
        entry: dict[str, Any] = {
            "each": "orders",
            "share_out": self.random.choice(("1000.01", "-333.33", "0.05")),
            "within": [self.random.choice(("seller", "line", "status"))],
            "along": "in_order",
            "residue": self.random.choice(("largest", "first", "last", "quantity = 3")),
            "step": self.random.choice(("0.01", "1")),
        }
        if self.random.random() < 0.75:
            entry["by"] = self.random.choice(("quantity", "discount", "cost", "weight"))
        else:
            entry["capacity"] = "cost"
            del entry["residue"], entry["step"]
        self._write("orders", MONEY, {**entry, "unit": "money"}, "s")
        self.features.add("share")

    def _match(self) -> None:
        name = f"m{len(self.columns)}"
        entry: dict[str, Any] = {
            "each": "orders",
            "match": "seats",
            "where": self.random.choice(
                ("person = this.seller", "person = this.seller and base > this.cost * 10")
            ),
            "at": self.random.choice(("signed_on", "paid_on")),
        }
        if self.random.random() < 0.5:
            entry["take"] = ["base desc"]
        if self.random.random() < 0.3:
            entry["absent"] = "not_applicable.no_seat"
        self.columns[name] = entry
        self.names["orders"] += [Named(f"{name}.base", MONEY), Named(f"{name}.title", TEXT)]
        self.features.add("match")

    def _order_gather(self) -> None:
        """A window hung on a row: visits of the seller in the days before an order."""
        entry = {
            "each": "orders",
            **self._aggregate("visits")[1],
            "from": "visits",
            "link": {"seller": "visitor"},
            "in": {"from": "signed_on - 30", "until": "signed_on"},
        }
        unit = self._aggregate_unit(entry)
        self._write("orders", unit, entry, "w")
        self.features.add("hung window")
