"""What plans of companies do between rows of unlike grains: periods, units, trees, credits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from trials.crossing import CrossingWriter
from trials.kinds import KINDS
from trials.phrases import COUNT, MONEY, POINTS, RATIO, Named

PRINTED: Final[Mapping[str, Any]] = {
    "by": {"pieces": "bands", "size": "bands", "line": "keys"},
    "rows": [
        {"pieces": {"to": 2}, "size": {"to": 100}, "line": "any", "is": "1%"},
        {"pieces": {"to": 2}, "size": {"above": 100}, "line": "冷饮", "is": "2%"},
        {"pieces": {"above": 2, "to": 5}, "size": {"to": 100}, "line": "any", "is": "3%"},
        {"pieces": {"above": 2, "to": 5}, "size": {"above": 100}, "line": ["冷饮", "乳品"],
         "is": "4.5%"},
        {"pieces": {"above": 5}, "size": "any", "line": "any", "is": "6%"},
    ],
}  # fmt: skip
"""Bands of two dimensions as a handbook prints them, and a key; some cells are left open."""


class SeldomWriter(CrossingWriter):
    """Writes columns of periods, of units that people bring something to, and of credits."""

    def _seldom(self) -> None:
        makers = (self._of_periods, self._of_periods, self._of_own_unit, self._of_pairs,
                  self._of_credits, self._of_legs, self._of_splits, self._of_printed,
                  self._of_carried, self._of_first_day, self._of_lines, self._of_seats)  # fmt: skip
        self.random.choice(makers)()
        self.features.add("seldom")

    def _every(self) -> list[str]:
        return ["seller", self.period]

    def _best_order(self) -> str:
        """Each person's largest order: whose customer, unit and line are read from it."""
        name = f"best{len(self.columns)}"
        self.columns[name] = {
            "each": self._every(), "match": "orders", "where": "seller = this.seller",
            "take": ["cost desc", "order_id"],
        }  # fmt: skip
        return name

    # --- periods ------------------------------------------------------------------------------

    def _of_periods(self) -> None:
        """What all come to together, a pot made of it, what is carried on, and each one's part."""
        own, each = self._own_number("member"), [self.period]
        if own is None:
            return
        how = self.random.choice(("sum", "mean", "latest", "max"))
        whole = self._add("whole", {"each": each, how: "cost", "from": "orders"})
        rows = self._add("rows", {"each": each, "count": "rows", "from": "orders"})
        many = self._add("heads", {"each": each, "count": f"{own.name} > 0",
                                   "from": self._every()})  # fmt: skip
        found = self._add("draw", {"each": each, "match": "balances", "where": "account = 'draw'",
                                   "take": ["amount desc", "subject"]})  # fmt: skip
        text = self.random.choice(
            (
                f"if({many} = 0, 0, min({whole} * 10%, 1000)) + 0 * month(period_end)",
                f"round(({whole} + if_missing({found}.amount, 5)) / max(1, {many}), 0.01)",
                f"max(0, {whole}) - exchange({many} * {rows}, 2.5, 'CNY')",
                f"marginal(rates, {whole}) + exchange({rows}, 10, 'CNY')",
            )
        )
        pot = self._add("pot", {"each": each, "is": text, "unit": "money"})
        if self.random.random() < 0.4:
            carried = self._add("reserve", {"each": each, "unit": "money"})
            self.columns[carried]["is"] = f"previous({carried}, 0) * 50% + {pot}"
            self.features.add("state")
            pot = carried
        self._shared_from(pot, own)

    def _shared_from(self, pot: str, own: Named) -> None:
        unit = self.random.choice((MONEY, MONEY, COUNT, RATIO))
        entry: dict[str, Any] = {
            "each": self._every(), "share_out": pot, "by": f"{own.name}", "within": [self.period],
            "residue": self.random.choice(("largest", "first", "last")), "unit": unit,
        }  # fmt: skip
        if unit != MONEY:
            entry["share_out"] = self._add(
                "places", {"each": [self.period], "unit": unit,
                           "is": "7" if unit == COUNT else "33.3%"},
            )  # fmt: skip
            entry["step"] = "1" if unit == COUNT else "0.0001"
        elif self.random.random() < 0.5:
            entry["step"] = "0.01"
        self._write("member", unit, entry, "xp")

    # --- units ---------------------------------------------------------------------------------

    def _of_own_unit(self) -> None:
        """People belong to a unit, which comes to a sum and a place of its own, and gives back."""
        own = self._money()
        if own is None:
            return
        self.sections["subjects"]["area"] = "units"
        best, each = self._best_order(), ["area", self.period]
        at = self._add("home", {"each": self._every(), "is": f"{best}.area"})
        how = self.random.choice(("sum", "mean", "max"))
        brought = {"each": each, how: own, "from": self._every(), "link": {"area": at}}
        whole = self._add("brought", brought)
        heads = self._add("heads", {**{key: brought[key] for key in ("each", "from", "link")},
                                    "count": f"{own} > 0"})  # fmt: skip
        self.sections["groups"]["homes"] = {"of": each, "where": f"{heads} > 0"}
        self._add("home_place", {"each": each, "within": "homes", "is": f"rank({whole}, {heads})"})
        pot = self._add("pot", {"each": each, "is": f"if({heads} >= 1, {whole} * 10%, 0)",
                                "unit": "money", "round": "0.01"})  # fmt: skip
        theirs = self._add("theirs", {"each": self._every(), "match": each,
                                      "where": f"area = this.{at}"})  # fmt: skip
        entry: dict[str, Any] = self.random.choice(
            (
                {"is": f"{theirs}.{pot} / {theirs}.{heads}"},
                {"is": f"if({own} > {theirs}.{whole}, 100, 0)"},
                {"share_out": f"{at}.{pot}", "by": own, "within": [at]},
                {"share_out": f"{theirs}.{pot}", "by": own, "within": [at, self.period]},
            )
        )
        self._write("member", MONEY, {"each": self._every(), "unit": "money", **entry}, "xh")

    # --- pairs, credits, legs, splits ------------------------------------------------------------

    def _of_pairs(self) -> None:
        """Orders with all above their seller: who is qualified, how many so far, which rate."""
        self.sections.setdefault("paths", {})["upward"] = {
            "over": "team", "self": self.random.random() < 0.5, "at": "row",
        }  # fmt: skip
        self.sections.setdefault("relations", {})["chained"] = {
            "pair": ["orders", "upward"], "on": {"seller": "member"}, "at": "signed_on",
        }  # fmt: skip
        self.sections["orderings"]["up_the_chain"] = {
            "of": "chained", "per": ["order_id"],
            "by": ["right.distance", "order_id", "right.member", "right.ancestor"],
        }  # fmt: skip
        rows = {"each": "chained"}
        seat = self._add("who", {**rows, "match": "seats", "at": "signed_on",
                                 "where": "person = this.right.ancestor"})  # fmt: skip
        fits = self._add("fits", {**rows, "is": f"if_missing({seat}.base >= 3000, false)"})
        along = {**rows, "along": "up_the_chain"}
        level = self._add("level", {**along, "is": f"count_so_far({fits})"})
        rate = self._add("rate", {**rows, "is": f"value(rates, {seat}.base / 5)"})
        best = self._add("best", {**along, "is": f"highest_before({rate})"})
        text = self.random.choice(
            (
                f"if({fits} and {level} = 1, cost * 30%, right.distance = 1, cost * 10%, 0)",
                f"cost * max(0, {rate} - if_missing({best}, 0%))",
                f"min(cost, {seat}.base) - cost / 3",
                f"months_between({seat}.effective_from, signed_on) * 1.00",
            )
        )
        made = self._add("chain", {**rows, "is": text, "unit": "money"})
        where = self.random.choice(("", f"{seat}.title = '店长'", "right.distance > 0"))
        self._by_people("chained", made, "right.ancestor", where)

    def _of_credits(self) -> None:
        """Credits that read what their receiver comes to in the period."""
        own = self._own_number("member")
        if own is None:
            return
        if "credited" not in self.sections.get("relations", {}):
            self._stack()
        read = self._add("read", {"each": "credited", "is": f"participant.{own.name}"})
        text = self.random.choice(
            (
                f"if({read} > 0, share, share * 50%)",
                f"min(share, {read} * 1) - 0.01" if own.unit == MONEY else "share - 0.01",
                f"if(month_end(on_day) - on_day > 10, share, share / 3) + 0 * {read}"
                if own.unit == MONEY else "share / 3",
            )
        )  # fmt: skip
        made = self._add("credit", {"each": "credited", "is": text, "unit": "money"})
        how = self.random.choice(("sum", "mean", "min"))
        gathered = {"each": self._every(), how: made, "from": "credited",
                    "link": {"seller": "participant"}}  # fmt: skip
        self._write("member", MONEY, gathered, "xc")

    def _of_legs(self) -> None:
        """What each leg brings is gathered on the rows of the tree, then by those above."""
        own = self._own_number("member")
        if own is None:
            return
        self.sections.setdefault("paths", {})["outer"] = {"over": "team", "from": "edges"}
        rows = {"each": "outer"}
        brought = self._add("leg", {**rows, "sum": own.name, "from": self._every(),
                                    "link": {"member": "seller"}})  # fmt: skip
        placed = self._add("placed", {**rows, "match": "seats", "where": "person = this.leg",
                                      "take": ["base desc"]})  # fmt: skip
        side = self._add("side", {**rows, "is": f"{placed}.title"})
        text = f"if(distance = 1, {brought}, not_applicable('far'))"
        near = self._add("near", {**rows, "unit": own.unit, "is": text})
        how, column = self.random.choice((("sum", brought), ("min", near), ("max", near)))
        gathered: dict[str, Any] = {"each": self._every(), how: column, "from": "outer",
                                    "link": {"seller": "ancestor"}}  # fmt: skip
        if self.random.random() < 0.5:
            gathered["where"] = f"{side} = '店长'"
        self._write("member", own.unit, gathered, "xl")

    def _of_splits(self) -> None:
        """Orders gather the rows that split them, which gather those of their own kind."""
        rows = {"count": "rows", "from": "splits", "in": "all"}
        heads = self._add("heads", {"each": "orders", **rows})
        where = "share = this.share and order = this.order"
        same = self._add("same", {"each": "splits", **rows, "where": where})
        text = f"order.cost * share / {same} + order.cost / order.{heads}"
        part = self._add("part", {"each": "splits", "unit": "money", "is": text})
        day = self._add("day_of", {"each": "splits", "is": "order.signed_on"})
        gathered = {"each": self._every(), "sum": part, "from": "splits", "dated": day,
                    "link": {"seller": "person"}}  # fmt: skip
        self._write("member", MONEY, gathered, "xs")

    # --- tables, states, days --------------------------------------------------------------------

    def _of_printed(self) -> None:
        """Bands of two dimensions with upper edges that belong to them."""
        self.sections["tables"]["printed"] = dict(PRINTED)
        rate = f"value(printed, quantity, {self._phrases('orders').anchored(MONEY, 1)}, line)"
        text = self.random.choice((f"cost * {rate}", f"cost * if_missing({rate}, 0%)"))
        made = self._write("orders", MONEY, {"each": "orders", "is": text, "unit": "money"}, "fp")
        self._write("member", MONEY, {"each": self._every(), "sum": made, "from": "orders"}, "xt")

    def _of_carried(self) -> None:
        """States that are counts, points or ratios, look two periods back, or begin again."""
        own = self._own_number("member")
        if own is None:
            return
        name = f"carried{len(self.columns)}"
        restarts = KINDS[self.period].restarts
        again = f", {self.random.choice(restarts)}" if restarts else ""
        unit, text = self.random.choice(
            (
                (COUNT, f"if({own.name} > 0, previous({name}, 0) + 1, 0)"),
                (COUNT, f"previous({name}, 0, 2{again}) + 1"),
                (POINTS, f"max(0, previous({name}, 60) - if({own.name} > 0, 5, 1))"),
                (RATIO, f"if({own.name} > 0, previous({name}, 80%) + 5%, previous({name}, 80%))"),
                (MONEY, f"previous({name}, 0.00, 1{again}) * 50% + 7.77"),
            )
        )
        self.columns[name] = {"each": self._every(), "is": text, "unit": unit}
        self.names["member"].append(Named(name, unit))
        self.features |= {"state", "earlier"}

    def _of_first_day(self) -> None:
        """The day on which something was first so, and the place among those who reached it."""
        where = self.random.choice(("quantity >= 3", "cost > 500"))
        day = self._add("reached", {"each": self._every(), "min": "signed_on", "from": "orders",
                                    "where": where})  # fmt: skip
        left = self._add("left", {"each": self._every(), "is": f"period_until - {day}"})
        self.sections["groups"]["who_reached"] = {
            "of": self._every(), "where": f"not is_missing({day})",
            **({"per": ["department"]} if self.random.random() < 0.4 else {}),
        }  # fmt: skip
        function = self.random.choice(("rank", "last_rank", "dense_rank"))
        more = ", grade" if function != "dense_rank" else ""
        entry = {"each": self._every(), "within": "who_reached", "is": f"{function}({left}{more})"}
        self._write("member", COUNT, entry, "xf")
        worst = self.random.choice(({"max": "discount"}, {"mean": "discount"}))
        self._write("member", RATIO, {"each": self._every(), **worst, "from": "orders"}, "xr")

    def _of_lines(self) -> None:
        """A target, a rate and a weight for each line of products, then one sum of them."""
        self.sections.setdefault("dimensions", {})["what"] = {"from": "orders", "column": "line"}
        grain = ["seller", "what", self.period]
        fine = self._add("fine", {"each": grain, "sum": "cost", "from": "orders",
                                  "link": {"what": "line"}})  # fmt: skip
        many = self._add("times", {"each": grain, "count": "quantity > 2", "from": "orders",
                                   "link": {"what": "line"}, "dated": "paid_on"})  # fmt: skip
        self._source("weights", {"key": ["product_line"],
                                 "columns": {"product_line": "text",
                                             "weight": {"type": "ratio", "required": True}},
                                 "rows": [{"product_line": "冷饮", "weight": "0.7"},
                                          {"product_line": "乳品", "weight": "0.3"}]})  # fmt: skip
        weighs = self._add("weighs", {"each": grain, "match": "weights",
                                      "where": "product_line = this.what"})  # fmt: skip
        text = self.random.choice(
            (
                f"min(150%, {fine} / max(1, exchange({many}, 500, 'CNY')))",
                f"ratio_of(curve(score_curve, ratio_of({fine}, 700)), 100)",
                "ratio_of(value(more_marks, what), 100)",
                f"if(what = '冷饮', ratio_of({fine}, 300), 0%)",
            )
        )
        rate = self._add("rate", {"each": grain, "unit": "ratio", "is": text})
        has = self._add("has", {"each": grain, "is": f"not is_missing({weighs}.weight)"})
        how = self.random.choice(("sum", "min", "max"))
        gathered = {"each": self._every(), how: f"{rate} * {weighs}.weight", "from": grain}
        where = self.random.choice((has, "what <> '糖果'", f"{many} < 3"))
        self._write("member", RATIO, {**gathered, "where": where, "unit": "ratio"}, "xw")

    def _of_seats(self) -> None:
        """Stretches that others rate, or that ask for those of the people below."""
        self.sections.setdefault("relations", {})["sittings"] = {
            "cut": self._every(), "by": "seats", "link": "person",
        }  # fmt: skip
        rows = {"each": "sittings"}
        worth = self._add("worth", {**rows, "is": "by.base * days / 30"})
        if self.random.random() < 0.5:
            self.sections.setdefault("paths", {})["line"] = {"over": "team", "levels": 3}
            how = self.random.choice(("sum", "mean", "max"))
            text = f"{worth} + if_missing(below(line, {how}, {worth}), 0)"
        else:
            said = {"item": "effect", "groups": {"上级": 60, "同级": 40}, "threshold": 1}
            card = [{"row": "seen", "weight": 70, "raters": said},
                    {"row": "kept", "weight": 30, "rating": {"item": "style"}}]  # fmt: skip
            policy = self.random.choice(("block", "leave_out", "zero"))
            self._form("scorecard", "seated", {**rows, "missing": policy, "rows": card})
            text = f"{worth} * ratio_of(seated, 100)"
        made = self._add("sitting", {**rows, "is": text, "unit": "money"})
        gathered = {"each": self._every(), "sum": made, "from": "sittings"}
        self._write("member", MONEY, gathered, "xd")
