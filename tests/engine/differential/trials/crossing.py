"""Primitives on rows they are seldom made on: people in order, ranks of stretches, ways up."""

from __future__ import annotations

from typing import Any

from trials.declared import DeclaredWriter
from trials.phrases import COUNT, MONEY, TRUTH


class CrossingWriter(DeclaredWriter):
    """Writes columns of relations that are made of others, and gathers them by people again."""

    def _crossed(self) -> None:
        makers = (self._outward, self._spells, self._shared_by_people, self._along_people,
                  self._best_of_window, self._ranked_credits, self._of_everybody)  # fmt: skip
        self.random.choice(makers)()
        self.features.add("crossed")

    def _add(self, name: str, entry: dict[str, Any]) -> str:
        """A column that only others of its own maker read."""
        numbered = f"{name}{len(self.columns)}"
        self.columns[numbered] = entry
        return numbered

    def _by_people(self, relation: str, made: str, link: str, where: str = "") -> None:
        """What rows of a relation come to, by the people they belong to."""
        entry: dict[str, Any] = {"each": ["seller", self.period], "sum": made, "from": relation,
                                 "link": {"seller": link}}  # fmt: skip
        if where:
            entry["where"] = where
        if self.random.random() < 0.3:
            entry["skip_missing"] = True
        self._write("member", MONEY, entry, "xx")

    def _money(self) -> str | None:
        """A money column of people that a maker of its own wrote."""
        own = [one.name for one in self.names["member"]
               if one.unit == MONEY and one.name in self.columns]  # fmt: skip
        return self.random.choice(own) if own else None

    def _outward(self) -> None:
        """From each member up: levels counted over the qualified, differentials, legs (rule 40)."""
        money = self._money()
        if money is None:
            return
        truths = [one.name for one in self.names["member"] if one.unit == TRUTH]
        self.sections.setdefault("paths", {})["outer"] = {"over": "team", "from": "edges"}
        self.sections["orderings"]["outward"] = {
            "of": "outer", "per": ["member", self.period], "by": ["distance", "ancestor"],
        }  # fmt: skip
        rows = {"each": "outer", "match": self.member}
        same = f"{self.period} = this.{self.period}"
        volume = self._add("volume", {**rows, "where": f"seller = this.member and {same}"})
        above = self._add("above", {**rows, "where": f"seller = this.ancestor and {same}"})
        fits = self._add("fits", {"each": "outer", "is": f"{above}.{self.random.choice(truths)}"})
        level = self._add(
            "level", {"each": "outer", "along": "outward", "is": f"count_so_far({fits})"}
        )
        rate = self._add("rate", {"each": "outer", "is": f"value(rates, {above}.{money})"})
        best = self._add(
            "best", {"each": "outer", "along": "outward", "is": f"highest_before({rate})"}
        )
        text = self.random.choice(
            (
                f"if(not {fits}, 0, {level} = 1, {volume}.{money} * 6%, {volume}.{money} * 3%)",
                f"{volume}.{money} * max(0, {rate} - {best})",
            )
        )
        made = self._add("override", {"each": "outer", "is": text, "unit": "money"})
        self._by_people("outer", made, "ancestor")

    def _spells(self) -> None:
        """Stretches that gather their own days, are added up, ranked and shared among."""
        self.sections.setdefault("relations", {})["spells"] = {
            "cut": ["seller", self.period], "by": "seats", "link": "person",
            "basis": self.random.choice(("calendar_days", "whole_months", "working_days")),
        }  # fmt: skip
        gather: dict[str, Any] = {"each": "spells", "sum": "cost", "from": "orders"}
        if self.random.random() < 0.3:
            gather["in"] = self.random.choice(("period", "year to date"))
        sold = self._add("sold", gather)
        self.sections["orderings"]["in_turn"] = {
            "of": "spells", "per": ["seller", self.period], "by": ["from"],
        }  # fmt: skip
        self.sections["groups"]["of_spells"] = {"of": "spells", "per": [self.period]}
        entry: dict[str, Any] = self.random.choice(
            (
                {"is": f"increase(marginal(rates, total({sold})))", "along": "in_turn"},
                {"is": f"{sold} * group_share({sold})", "within": "of_spells"},
                {"is": f"if(rank({sold}, days) <= 3, {sold}, 0)", "within": "of_spells"},
                {"is": f"min({sold}, by.base * days / (period_until - period_from))"},
                {"share_out": "1000.01", "by": "days", "within": ["seller", self.period]},
            )
        )
        made = self._add("spell", {"each": "spells", **entry, "unit": "money"})
        gathered = {"each": ["seller", self.period], "sum": made, "from": "spells"}
        self._write("member", MONEY, gathered, "xx")

    def _shared_by_people(self) -> None:
        """A pot among the people of a department."""
        own = self._own_number("member")
        if own is None:
            return
        entry = {
            "each": ["seller", self.period], "share_out": self.random.choice(("1000.01", "-0.05")),
            "by": own.name, "within": ["department", self.period],
            "residue": self.random.choice(("largest", "first", "last")),
            "step": self.random.choice(("0.01", "1")), "unit": "money",
        }  # fmt: skip
        self._write("member", MONEY, entry, "xx")

    def _along_people(self) -> None:
        """People in the order of what they brought; a month after the other."""
        own = self._own_number("member")
        if own is None:
            return
        self.sections["orderings"]["by_rank"] = {
            "of": ["seller", self.period],
            "per": self.random.choice(([self.period], ["department", self.period])),
            "by": [f"{own.name} desc", "seller"],
        }  # fmt: skip
        unit, text = self.random.choice(
            (
                (own.unit, f"total({own.name})"),
                (own.unit, f"{own.name} - highest_before({own.name}, 0)"),
                (own.unit, f"increase(max(0, total({own.name}) - 500))"),
                (COUNT, f"count_so_far({own.name} > 0) + position()"),
            )
        )
        entry = {"each": ["seller", self.period], "along": "by_rank", "is": text, "unit": unit}
        self._write("member", unit, entry, "xx")

    def _best_of_window(self) -> None:
        """The best of what lies in a window of each person and period: a grain in a pair."""
        self.sections.setdefault("relations", {})["windows"] = {
            "pair": [["seller", self.period], "orders"], "on": {"seller": "seller"},
            "where": "right.signed_on >= add_months(period_start, -1) "
                     "and right.signed_on < period_until",
        }  # fmt: skip
        self.sections["groups"]["of_window"] = {"of": "windows", "per": ["seller", self.period]}
        self.sections["orderings"]["in_window"] = {
            "of": "windows", "per": ["seller", self.period],
            "by": ["right.signed_on", "right.order_id"],
        }  # fmt: skip
        worth = self._add("worth", {"each": "windows", "is": "right.cost"})
        place, where = "", ""
        if self.random.random() < 0.5:
            text = self.random.choice((f"rank({worth}, right.signed_on)", f"dense_rank({worth})"))
            place = self._add("place", {"each": "windows", "within": "of_window", "is": text})
            where = f"{place} <= 3"
        else:
            text = f"increase(whole(rates, total({worth})))"
            worth = self._add("worth", {"each": "windows", "along": "in_window", "is": text})
        gathered = {"each": ["seller", self.period], "sum": worth, "from": "windows"}
        self._write("member", MONEY, {**gathered, "where": where} if where else gathered, "xx")

    def _ranked_credits(self) -> None:
        """Credits of orders to several people, of which each person's largest count."""
        if "credited" not in self.sections.get("relations", {}):
            self._stack()
        self.sections["groups"]["of_credits"] = {"of": "credited", "per": ["participant"]}
        entry: dict[str, Any] = self.random.choice(
            (
                {"within": "of_credits", "is": "if(rank(share) <= 2, share, 0)", "unit": "money"},
                {"within": "of_credits", "is": "share * group_share(share)", "unit": "money"},
                {"share_out": "1000.01", "by": "abs(share)", "within": ["participant"],
                 "unit": "money"},
            )
        )  # fmt: skip
        made = self._add("credit", {"each": "credited", **entry})
        self._by_people("credited", made, "participant")

    def _of_everybody(self) -> None:
        """What all come to in a period, which everybody is compared with."""
        own = self._money()
        if own is None:
            return
        every = {"each": [self.period], "from": ["seller", self.period]}
        whole = self._add("everybody", {**every, "sum": own})
        many = self._add("many", {**every, "count": f"{own} > 0"})
        mean = self._add("average", {"each": [self.period], "is": f"{whole} / {many}"})
        text = self.random.choice((f"{own} - {mean}", f"max({own}, {mean})"))
        self._write("member", MONEY, {"is": text, "unit": "money"}, "xx")
