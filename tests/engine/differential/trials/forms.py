"""Forms with random options: scorecards, grades, counters, credits, incentives, decisions."""

from __future__ import annotations

from typing import Any

from trials.kinds import KINDS
from trials.phrases import COUNT, MONEY, POINTS, RATIO, TRUTH, Named
from trials.standing import StandingWriter

CONDITIONS = ("not on_leave", "not is_head", "grade >= 60", "department = '东'")


class FormWriter(StandingWriter):
    """Writes sections that expand into columns."""

    def _says(self, chance: float) -> bool:
        return self.random.random() < chance

    def _member(self, unit: str, depth: int = 1) -> str:
        """An expression on a member's own row that is sure to have the unit."""
        return self._phrases("member").anchored(unit, depth)

    def _rounding(self, step: str) -> Any:
        mode = self.random.choice((None, "half_up", "down", "up", "floor"))
        return {"step": self.random.choice((step, "1")), "mode": mode} if mode else step

    def _form(self, section: str, name: str, entry: dict[str, Any]) -> None:
        self.sections.setdefault(section, {})[name] = entry
        self.features.add(section)

    # Scorecards

    def _scorecard(self) -> None:
        if "scorecard" in self.sections:
            return
        count = self.random.randint(2, 4)
        weights = self.random.choice(("exact", "exact", "divide_by_sum", "plain_sum"))
        equally = self._says(0.15)
        shares = [None] * count if equally else self._weights(count, weights == "exact")
        rows = [self._weighted_row(f"row{n}", share) for n, share in enumerate(shares)]
        if self._says(0.5):
            rows[0] = self._parent_row(rows[0])
        rows += [self._unweighted_row(f"more{n}") for n in range(self.random.randint(0, 2))]
        entry: dict[str, Any] = {"rows": rows, "weights": weights}
        entry["missing"] = self.random.choice(("block", "leave_out", "leave_out", "zero"))
        if self._says(0.2):
            entry["applies"] = self.random.choice(CONDITIONS)
        if self._says(0.3):
            entry["round"] = self._rounding("0.01")
        if self._says(0.3):
            entry["each"] = ["seller", self.period]
        self._form("scorecard", "score", entry)
        self.names["member"].append(Named("score", POINTS))
        part = self.random.choice(("score", "points"))
        self.names["member"] += [Named(f"row({row['row']}).{part}", POINTS) for row in rows
                                 if "rows" not in row and row["row"].startswith("row")]  # fmt: skip
        if self._says(0.5):
            self._decisions("score")

    def _weights(self, count: int, exact: bool) -> list[Any]:
        whole = {2: (40, 60), 3: (50, 30, 20), 4: (10, 20, 30, 40)}[count]
        if not exact:
            return [*(one + 3 for one in whole)]
        return [*whole]

    def _weighted_row(self, name: str, weight: Any) -> dict[str, Any]:
        row: dict[str, Any] = {"row": name}
        if weight is not None:
            phases = [{"from": "2026-01-01", "is": str(weight)},
                      {"from": "2026-02-01", "is": str(weight)}]  # fmt: skip
            row["weight"] = phases if self._says(0.1) else weight
        makers = (
            self._scored, self._scored, self._rated, self._rated, self._lower, self._deducted,
            self._deducted, self._rating, self._raters, self._pointed,
        )  # fmt: skip
        row.update(self.random.choice(makers)())
        if self._says(0.15):
            row["missing"] = self.random.choice(("block", "leave_out", "zero"))
        if self._says(0.15):
            row["applies"] = self.random.choice(CONDITIONS)
        return row

    def _parent_row(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row as a parent of two, each with half of its weight."""
        weight = row.get("weight")
        half = weight / 2 if isinstance(weight, int) else None
        if weight is not None and half is None:
            return row
        rows = [self._weighted_row(f"{row['row']}{part}", half) for part in "ab"]
        for one in rows:
            one["weight"] = half
            if half is None:
                del one["weight"]
        return {"row": row["row"], **({"weight": weight} if weight else {}), "rows": rows}

    def _scored(self) -> dict[str, Any]:
        return {"score": f"clamp({self._member(POINTS)}, 0, 120)"}

    def _pointed(self) -> dict[str, Any]:
        return {"points": f"min(10, {self._member(POINTS)})"}

    def _rated(self) -> dict[str, Any]:
        rate: dict[str, Any] = {"actual": self._member(MONEY)}
        target = "target(sales)" if "sales" in self.columns else "some_money"
        rate["target"] = self.random.choice((target, target, self._member(MONEY)))
        if self._says(0.2):
            rate = {"actual": self._member(COUNT), "target": "4"}
        if self._says(0.6):
            rate["cap"] = "120%"
        if self._says(0.3):
            rate["floor"] = "50%"
        return {"rate": rate}

    def _lower(self) -> dict[str, Any]:
        return {"lower_better": {"actual": self._member(RATIO), "standard": "2%"}}

    def _deducted(self) -> dict[str, Any]:
        if self._says(0.4):
            return {"deduct": {"events": self._member(COUNT), "points": "2"}}
        said: dict[str, Any] = {"below": "90", "actual": self._member(POINTS), "points": "1.5"}
        if self._says(0.6):
            said["step"] = "2"
        if self._says(0.4):
            said["pro_rata"] = True
        return {"deduct": said}

    def _rating(self) -> dict[str, Any]:
        said: dict[str, Any] = {"item": self.random.choice(("effect", "style"))}
        if self._says(0.5):
            said["scale"] = {"好": 5, "中": 3, "差": 1}
        if self._says(0.5):
            said["by"] = "上级"
        return {"rating": said}

    def _raters(self) -> dict[str, Any]:
        said: dict[str, Any] = {"item": "effect", "groups": {"上级": 60, "同级": 40}}
        if self._says(0.5):
            said["threshold"] = self.random.choice((1, 2))
        return {"raters": said}

    def _unweighted_row(self, name: str) -> dict[str, Any]:
        choice = self.random.randrange(3)
        if choice == 0:
            return {"row": name, "add": f"min(5, {self._member(POINTS)})"}
        if choice == 1:
            row: dict[str, Any] = {"row": name, "veto": self._member(TRUTH)}
            return {**row, "to": "60"} if self._says(0.5) else row
        return {"row": name, "info": self._member(self.random.choice((MONEY, COUNT)))}

    def _decisions(self, component: str) -> None:
        kinds = self.random.choice((["set", "adjust", "waive"], ["override"], ["set"]))
        self.sections.setdefault("interventions", {})[component] = kinds
        self.features.add("interventions")

    # Grades

    def _grades(self) -> None:
        known = {*self.columns, "score"}
        scored = [one.name for one in self.names["member"]
                  if one.unit == POINTS and one.name in known]  # fmt: skip
        if not scored or "grades" in self.sections:
            return
        entry: dict[str, Any] = {
            "of": self.random.choice(scored),
            "bands": self.random.choice(
                (
                    [{"from": 90, "is": "A"}, {"from": 75, "is": "B"}, {"otherwise": "C"}],
                    [
                        {"above": 90, "is": "A"},
                        {"above": 75, "to": 90, "is": "B"},
                        {"otherwise": "C"},
                    ],
                    [
                        {"from": 90, "is": "A"},
                        {"from": 75, "until": 90, "is": "B"},
                        {"otherwise": "C"},
                    ],
                )
            ),
        }
        if self._says(0.4):
            entry["gates"] = {"A": self._member(TRUTH)}
        if self._says(0.7):
            computed = {"A": f"2 / {self._heads()}", "B": "50%"} if self._says(0.3) else None
            said = self.random.choice(({"A": "34%", "B": "50%"}, {"A": "25%"}))
            entry["quotas"] = computed or said
            entry["head_count"] = self.random.choice(("each", "cumulative", "apportion"))
        if self._says(0.5):
            entry["population"] = self._population_of_grades()
        ties = [one.name for one in self.names["member"]
                if one.unit in (MONEY, COUNT) and one.name in self.columns]  # fmt: skip
        if ties and self._says(0.4):
            entry["ties"] = [self.random.choice(ties)]
        if self._says(0.3):
            entry["each"] = ["seller", self.period]
        self._form("grades", "rated", entry)

    def _heads(self) -> str:
        """How many there are, for a quota of so many places whoever they are among."""
        name = f"heads{len(self.columns)}"
        where = self.random.choice(("true", *CONDITIONS))
        self.columns[name] = {"each": [self.period], "count": where,
                              "from": ["seller", self.period]}  # fmt: skip
        return name

    def _population_of_grades(self) -> dict[str, Any]:
        said: dict[str, Any] = {"missing": self.random.choice(("spread", "skip", "skip"))}
        if self._says(0.6):
            said["where"] = self.random.choice(CONDITIONS)
        if self._says(0.5):
            said["per"] = ["department"]
        return said

    # Counters

    def _counters(self) -> None:
        if "counters" in self.sections:
            return
        first: dict[str, Any] = {"from": "visits", "subject": "visitor"}
        if self._says(0.6):
            first["where"] = self.random.choice(("not confirmed", "shops > 3"))
        if self._says(0.3):
            first["amount"] = "shops"
        if self._says(0.3):
            first["date"] = "made_on"
        turned: dict[str, Any] = {"every": self.random.choice((1, 2, 3)), "of": "warnings"}
        if self._says(0.5):
            turned["restart"] = self.random.choice(("month", "quarter", "half_year", "year"))
        counted: dict[str, Any] = {"events": [first]}
        if self._says(0.3):
            counted["each"] = ["seller", self.period]
        self._form("counters", "warnings", counted)
        self._form("counters", "demerits", {"events": [turned]})
        self.names["member"] += [Named("warnings", COUNT), Named("demerits", COUNT)]

    # Credits

    def _credits(self) -> None:
        if "credits" in self.sections:
            return
        rules: list[dict[str, Any]] = []
        if self._says(0.7):
            rules.append({"rule": "split", "from": "splits", "fact": "order",
                          "participant": "person", "share": "share"})  # fmt: skip
        if self._says(0.5):
            owners: dict[str, Any] = {"rule": "owners", "by": "line_owners", "on": {"line": "line"},
                                      "participant": "person", "share": "share"}  # fmt: skip
            rules.append({**owners, "overlay": True} if self._says(0.4) else owners)
        else:
            rules.append({"rule": "direct", "participant": "seller"})
        if rules[0]["rule"] == "split":
            rules[-1]["unless"] = "split"
        if self._says(0.4):
            rules.append({"rule": "special", "participant": "customer.owner", "share": "50%",
                          "overlay": True, "where": "quantity > 3"})  # fmt: skip
        if self._says(0.5):
            rules.append({"rule": "team", "participant": "seller", "along": "team", "overlay": True,
                          "levels": self.random.choice((1, 2, "all"))})  # fmt: skip
        entry: dict[str, Any] = {
            "from": "orders",
            "amount": "if_missing(amount, 0)",
            "rules": rules,
        }
        if self._says(0.4):
            entry["residue"] = self.random.choice(("largest", "first", "last"))
        if self._says(0.3):
            entry["step"] = "1"
        if self._says(0.2):
            entry["dated"] = "paid_on"
        of_pieces = {"step", "dated"} <= entry.keys()
        if of_pieces:
            entry |= {"amount": "quantity", "unit": "count"}
        self._form("credits", "shared", entry)
        gather: dict[str, Any] = {"each": ["seller", self.period], "sum": "amount",
                                  "from": "shared", "link": {"seller": "participant"}}  # fmt: skip
        if self._says(0.5):
            gather["where"] = self.random.choice(("not overlay", "part = 'team'", "share > 40%"))
        self._write("member", COUNT if of_pieces else MONEY, gather, "e")

    # Incentives

    def _incentive(self) -> None:
        if "incentives" in self.sections:
            return
        choice = self.random.randrange(4)
        if choice == 1 and not KINDS[self.period].restarts:
            choice = 2
        entry = self._on_rows() if choice == 0 else self._by_member(with_true_up=choice == 1)
        if choice == 2 or (choice == 1 and self._says(0.4)):
            self._exchanged(entry)
        self._form("incentives", "bonus", entry)
        if self._says(0.3):
            self._decisions("bonus")

    def _exchanged(self, entry: dict[str, Any]) -> None:
        """Paid in dollars, without steps that are amounts of yuan; or in the currency it is in."""
        first = entry["steps"][0]
        currency = self.random.choice(("CNY", "USD"))
        first["base"] = f"exchange({first['base']}, 1.0837, '{currency}')"
        entry["currency"] = currency
        if currency == "USD":
            amounts = {"add", "cap", "floor"}
            entry["steps"] = [one for one in entry["steps"] if not amounts & one.keys()]

    def _by_member(self, *, with_true_up: bool) -> dict[str, Any]:
        entry: dict[str, Any] = {"steps": self._steps("member", self._member(MONEY))}
        if self._says(0.3):
            entry["each"] = ["seller", self.period]
        if with_true_up:
            entry["true_up"] = {"restart": self._restart(entry)}
            self.features |= {"state", "earlier"}
        if self._says(0.6):
            entry["pay"] = self._parts()
            entry["residue"] = self.random.choice(("first", "last", "later"))
        return entry

    def _restart(self, entry: dict[str, Any]) -> str:
        """With what a true-up begins again; some of those of a year never do."""
        restart: str = self.random.choice(KINDS[self.period].restarts)
        return "never" if restart == "year" and len(str(entry)) % 2 else restart

    def _parts(self) -> list[dict[str, Any]]:
        said = ("day 10 of month + 2", "day 31 of month", "end of month + 1", "period end",
                "2026-12-15", "add_days(period_end, 9)")  # fmt: skip
        share = self.random.choice((60, 50, 33))
        return [
            {"part": "now", "share": f"{share}%", "on": self.random.choice(said)},
            {"part": "later", "share": f"{100 - share}%", "on": self.random.choice(said)},
        ]

    def _on_rows(self) -> dict[str, Any]:
        """An amount for each order, paid at once or as the money comes in."""
        base = self._phrases("orders").anchored(MONEY, 1)
        steps = self._steps("orders", base)
        entry: dict[str, Any] = {"each": "orders", "participant": "seller", "steps": steps,
                                 "missing": self.random.choice(("spread", "skip"))}  # fmt: skip
        if self._says(0.6):
            entry["pay"] = {"receipts": "receipts", "deal": "order", "amount": "received",
                            "invoiced": "cost", "by": ["received_on", "receipt_id"]}  # fmt: skip
            if self._says(0.5):
                entry["pay"]["on"] = "day 5 of month + 1"
        return entry

    def _steps(self, grain: str, base: str) -> list[dict[str, Any]]:
        phrases = self._phrases(grain)
        makers = {
            "gate": phrases.anchored(TRUTH, 1), "veto": phrases.anchored(TRUTH, 1),
            "multiply": phrases.anchored(RATIO, 1), "add": phrases.anchored(MONEY, 0),
            "cap": "600", "floor": "0",
            "round": self._rounding("0.1"),
        }  # fmt: skip
        steps: list[dict[str, Any]] = [{"base": f"({base}) * 10%"}]
        for kind in self.random.sample(list(makers), self.random.randint(1, 4)):
            step = {kind: makers[kind]}
            if kind in ("gate", "veto") and self._says(0.4):
                step["else"] = "0"
            steps.append(step)
        return steps
