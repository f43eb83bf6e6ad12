"""What few plans do: facts that read what people come to, stretches that read anything, days."""

from __future__ import annotations

from typing import Any

from trials.phrases import COUNT, DAYS, MONEY, POINTS, RATIO, TRUTH, Named
from trials.seldom import SeldomWriter


class RarerWriter(SeldomWriter):
    """Writes columns that go from coarse rows to fine ones and back."""

    def _rarer(self) -> None:
        makers = (self._back_to_orders, self._by_tables, self._by_tables, self._seat_of_the_end,
                  self._places_of_orders, self._stretch_of_all, self._days_of_versions,
                  self._unlike_pairs, self._line_before, self._of_some_members, self._once,
                  self._two_keys)  # fmt: skip
        self.random.choice(makers)()
        self.features.add("rarer")

    def _back_to_orders(self) -> None:
        """Orders read what their seller, or everybody, comes to, and are gathered again."""
        own = self._money()
        if own is None:
            return
        whole = self._add("all_of", {"each": [self.period], "sum": "cost", "from": "orders"})
        text = self.random.choice(
            (
                f"if({own} > 1000, cost * 5%, cost * 2%)",
                f"cost / {whole} * 1000",
                f"cost * min(100%, ratio_of({own}, 2000)) - {whole} / 1000",
            )
        )
        part = self._write("orders", MONEY, {"each": "orders", "is": text, "unit": "money"}, "fy")
        self._write("member", MONEY, {"each": self._every(), "sum": part, "from": "orders"}, "ya")

    def _by_tables(self) -> None:
        """Tables read with what somebody comes to."""
        own = self._money()
        if own is None:
            return
        text = self.random.choice(
            (
                f"marginal(rates, {own})", f"whole(upper_rates, {own})", f"fill(awards, {own})",
                f"curve(pay_curve, {own})", f"marginal(rates, max(0, {own}) * 1.5)",
                f"marginal(stepped, {own})", f"whole(stepped, {own}, some_money)",
                f"{own} * value(dated_rates, {own})", f"curve(dated_plane, {own}, 50%)",
            )
        )  # fmt: skip
        self.sections["tables"]["stepped"] = {
            "scale": "some_money", "unit": "ratio",
            "bands": [{"from": "0%", "is": "1%"}, {"from": "80%", "is": "2.5%"},
                      {"from": "120%", "is": "4%"}],
        }  # fmt: skip
        entry: dict[str, Any] = {"each": self._every(), "is": text, "unit": "money"}
        if self.random.random() < 0.2:
            entry["working"] = True
        self._write("member", MONEY, entry, "yb")

    def _seat_of_the_end(self) -> None:
        """The seat somebody has at the end of the period, or on a day of it."""
        name = f"seat{len(self.columns)}"
        entry: dict[str, Any] = {"each": self._every(), "match": "seats"}
        entry |= self.random.choice(
            ({"where": "person = this.seller"}, {"link": {"person": "seller"}},
             {"where": "person = this.seller and base > 2000"})
        )  # fmt: skip
        entry["at"] = self.random.choice(("period end", "period_start", "period_start + 9"))
        self.columns[name] = entry
        self.names["member"] += [Named(f"{name}.base", MONEY)]
        self._write("member", MONEY, {"is": f"{name}.base * 10%", "unit": "money"}, "ye")

    def _places_of_orders(self) -> None:
        """Orders among those of which a condition holds, ties broken, what is missing skipped."""
        group: dict[str, Any] = {"of": "orders", "where": self.random.choice(
            ("quantity > 1", "not is_gift", "amount > 0"))}  # fmt: skip
        if self.random.random() < 0.7:
            group["per"] = self.random.choice((["seller"], ["line"], ["seller", "line"]))
        if self.random.random() < 0.5:
            group["missing"] = "skip"
        self.sections["groups"]["some_orders"] = group
        unit, text = self.random.choice(
            (
                (COUNT, "rank(amount)"), (COUNT, "rank(amount, quantity)"),
                (COUNT, "last_rank(amount)"), (COUNT, "dense_rank(amount)"),
                (COUNT, "group_count(amount)"), (MONEY, "group_sum(amount)"),
                (MONEY, "group_mean(amount)"), (RATIO, "group_share(amount)"),
                (MONEY, "group_min(cost)"),
            )
        )  # fmt: skip
        self._write("orders", unit, {"each": "orders", "within": "some_orders", "is": text}, "gy")

    def _stretch_of_all(self) -> None:
        """Stretches that read rows of others: of the period, of whose they are, of the plan."""
        own = self._money()
        self._source("peaks_of", {"key": ["title"], "columns": {"title": "text", "goal": "money"},
                                  "rows": [{"title": "店长", "goal": "800.00"},
                                           {"title": "店员", "goal": None}]})  # fmt: skip
        self.sections.setdefault("relations", {})["spans"] = {
            "cut": self._every(), "by": "seats", "link": "person",
            "basis": self.random.choice(("calendar_days", "working_days")),
        }  # fmt: skip
        rows = {"each": "spans"}
        whole = self._add("all_days", {"each": self._every(), "sum": "days", "from": "spans"})
        goal = self._add("goal", {**rows, "match": "peaks_of", "where": "title = this.by.title"})
        length = self._add("length", {"each": [self.period], "is": "period_until - period_start"})
        text = self.random.choice(
            (
                f"{goal}.goal * days / {length}", f"by.base * days / {whole}",
                f"if_missing({goal}.goal, by.base) * days / {whole}",
                f"if(days >= 15, {own or 'by.base'}, 0.00)",
            )
        )  # fmt: skip
        made = self._add("span", {**rows, "is": text, "unit": "money",
                                  "round": self._rounding("0.01")})  # fmt: skip
        gathered = {"each": self._every(), "sum": made, "from": "spans"}
        if self.random.random() < 0.5:
            gathered["where"] = "days > 5"
        self._write("member", MONEY, gathered, "yf")

    def _days_of_versions(self) -> None:
        """Days that versions hold in the period of the row that gathers them."""
        inside = ("overlap(if_missing(effective_from, this.period_start), "
                  "if_missing(effective_until, this.period_until), "
                  "this.period_start, this.period_until)")  # fmt: skip
        each = self.random.choice((self._every(), [self.period]))
        unit, value = self.random.choice(((DAYS, inside), (MONEY, f"base * {inside} / 30")))
        entry: dict[str, Any] = {"each": each, "sum": value, "from": "seats", "in": "all"}
        if len(each) > 1:
            entry["link"] = {"seller": "person"}
        if self.random.random() < 0.4:
            entry["where"] = "base > 2000"
        name = self._write("member", unit, entry, "yd")
        if unit == DAYS:
            self._write("member", COUNT, {"is": f"if({name} > 10, 1, 0)"}, "yd")

    def _unlike_pairs(self) -> None:
        """Orders with the visits of their seller: every one of them, or those of a month."""
        self.sections.setdefault("relations", {})["met"] = {
            "pair": ["orders", "visits"], "on": {"seller": "visitor"},
            **({"where": "right.made_on <= signed_on and right.made_on > signed_on - 20"}
               if self.random.random() < 0.7 else {}),
        }  # fmt: skip
        rows = {"each": "met"}
        late = self._add("late", {**rows, "is": "signed_on - right.made_on"})
        text = f"if({late} > 7, 'late', right.confirmed, 'soon', 'no')"
        word = self._add("word", {**rows, "is": text})
        text = f"if({word} = 'soon', cost * 1%, {late} > 3, 1.00, 0)"
        worth = self._add("worth", {**rows, "is": text, "unit": "money"})
        self._by_people("met", worth, "seller")

    def _line_before(self) -> None:
        """What each line of products was in another period, and its part of the whole."""
        self.sections.setdefault("dimensions", {})["what"] = {"from": "orders", "column": "line"}
        grain = ["seller", "what", self.period]
        fine = self._add("fine", {"each": grain, "sum": "cost", "from": "orders",
                                  "link": {"what": "line"}})  # fmt: skip
        before = self._add("fine_before", {"each": grain, "of": fine, "shift": self._near()})
        whole = self._add("own_lines", {"each": self._every(), "sum": fine, "from": grain})
        part = self._add("part", {"each": grain, "unit": "ratio", "is": self.random.choice(
            (f"{fine} / {whole}", f"if_missing({before} / {fine}, 0%)",
             f"if({before} < {fine}, 10%, 0%)", "curve(score_curve, 90%) / 100.0 * 1%")
        )})  # fmt: skip
        unit, how = self.random.choice(
            ((RATIO, {"max": part}), (COUNT, {"count": f"{part} > 20%"}),
             (TRUTH, {"all": f"{part} < 90%"}), (TRUTH, {"any": f"{before} > {fine}"}))
        )  # fmt: skip
        self._write("member", unit, {"each": self._every(), **how, "from": grain}, "yl")

    def _near(self) -> str:
        return self.random.choice(("-1 year", "-1 period"))

    def _of_some_members(self) -> None:
        """What those for whom something holds come to on average, told to everybody."""
        own = self._money()
        truths = [one.name for one in self.names["member"] if one.unit == TRUTH]
        if own is None:
            return
        entry: dict[str, Any] = {"each": [self.period], "mean": own, "from": self._every(),
                                 "where": self.random.choice(truths)}  # fmt: skip
        if self.random.random() < 0.5:
            entry["skip_missing"] = True
        mean = self._add("typical", entry)
        entry = {"is": f"if({own} >= {mean} * 120%, 500, {own} >= {mean}, 200, 0)", "unit": "money"}
        self._write("member", MONEY, {"each": self._every(), **entry}, "yt")

    def _once(self) -> None:
        """Whether something was ever so: a state that is true or false."""
        own = self._own_number("member")
        if own is None:
            return
        name = f"once{len(self.columns)}"
        text = f"previous({name}, false) or {own.name} > 500"
        self.columns[name] = {"each": self._every(), "is": text, "unit": "boolean"}
        self.names["member"].append(Named(name, TRUTH))
        self.features |= {"state", "earlier"}

    def _two_keys(self) -> None:
        """Places and parts within departments, ties broken by what else somebody has."""
        own = self._own_number("member")
        if own is None:
            return
        self.sections["groups"]["mates"] = {
            "of": self._every(), "per": ["department"],
            **({"where": "not on_leave"} if self.random.random() < 0.6 else {}),
            **({"missing": "skip"} if self.random.random() < 0.5 else {}),
        }  # fmt: skip
        unit, text = self.random.choice(
            (
                (COUNT, f"rank({own.name}, grade)"), (COUNT, f"last_rank({own.name}, grade)"),
                (COUNT, f"group_count({own.name})"), (own.unit, f"group_sum({own.name})"),
                (POINTS, "group_mean(grade)"), (own.unit, f"{own.name} - group_max({own.name})"),
            )
        )  # fmt: skip
        entry = {"each": self._every(), "within": "mates", "is": text}
        self._write("member", unit, entry, "yg")
