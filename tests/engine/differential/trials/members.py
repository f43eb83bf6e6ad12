"""Columns of people in a period: gathers in every window, ranks, states, decisions."""

from __future__ import annotations

from typing import Any

from trials.facts import FactWriter
from trials.kinds import KINDS
from trials.phrases import COUNT, DATE, DAYS, MONEY, NUMBERS, POINTS, RATIO, TEXT, TRUTH, Named


class MemberWriter(FactWriter):
    """Writes columns of sellers in a month or a quarter."""

    def _gather(self) -> None:
        grain = self.random.choice(("orders", "orders", "orders", "visits"))
        unit, how = self._aggregate(grain)
        each = ["seller", self.period]
        into = "member"
        if self.has_finer and self.random.random() < 0.4:
            each, into = ["seller", "month"], "finer"
        entry: dict[str, Any] = {"each": each, **how, "from": grain}
        if grain == "visits":
            entry["link"] = {"seller": "visitor"}
        if self.random.random() < 0.4:
            entry["where"] = self._phrases(grain).of(TRUTH, 2)
        if self.random.random() < 0.5:
            entry["in"] = self._window()
        if grain == "orders" and self.random.random() < 0.15:
            entry["dated"] = "paid_on"
        if self.random.random() < 0.25:
            entry["skip_missing"] = True
        if self.random.random() < 0.1:
            entry["shift"] = self.random.choice(("-1 month", "-1 year", "-10 days"))
        name = self._write(into, unit, entry, "v")
        self.features.add("gather")
        if unit == MONEY and "sales" not in self.columns and into == "member":
            self.columns["sales"] = self.columns.pop(name)
            self.names[into][-1] = Named("sales", MONEY)

    def _window(self) -> str:
        return self.random.choice(KINDS[self.period].windows)

    def _member_formula(self) -> None:
        unit = self.random.choice((*NUMBERS, TRUTH, TEXT, TEXT, DATE, DAYS, COUNT))
        phrases = self._phrases("member")
        text = phrases.of(unit, 3)
        if unit == RATIO and "sales" in self.columns and self.random.random() < 0.4:
            text = f"value(scaled, {phrases.anchored(MONEY, 1)})"
        entry: dict[str, Any] = {"is": text}
        if unit in (*NUMBERS, DAYS):
            entry["unit"] = unit
        self._write("member", unit, entry, "c")

    def _rank(self) -> None:
        phrases = self._phrases("member")
        number = phrases.anchored(self.random.choice((MONEY, POINTS, RATIO)), 1)
        unit, text = self.random.choice(
            (
                (COUNT, f"rank({number}, {phrases.anchored(COUNT, 1)})"),
                (COUNT, f"last_rank({number})"),
                (COUNT, f"last_rank({number}, {phrases.anchored(COUNT, 1)})"),
                (COUNT, f"dense_rank({number})"),
                (COUNT, f"group_count({number})"),
                (COUNT, "group_count()"),
                (RATIO, f"group_share({number})"),
                (COUNT, f"rank(group_mean({number}) - {number})"),
                (TRUTH, f"{number} > group_mean({number})"),
                (TRUTH, f"{number} = group_min({number}) or group_sum({number}) < 0"),
            )
        )
        entry = {"each": ["seller", self.period], "within": "peers", "is": text}
        self._write("member", unit, entry, "r")
        self.features.add("group")

    def _state(self) -> None:
        number = len(self.columns)
        earned = self._phrases("member").anchored(MONEY, 1)
        owed = f"owed{number}"
        start = self.random.choice(("0", "50", f"if_missing(opened{number}.amount, 0)"))
        if start.startswith("if_missing"):
            self.columns[f"opened{number}"] = {
                "each": ["seller", self.period], "match": "balances",
                "where": "subject = this.seller and account = 'draw'",
            }  # fmt: skip
        self.columns[owed] = {
            "each": ["seller", self.period],
            "is": f"previous({owed}, {start}) "
            f"+ max(0, 900 - ({earned})) - min(previous({owed}, {start}), 100)",
        }
        self.names["member"].append(Named(owed, MONEY))
        subject = self.sections["subjects"]["seller"]
        if self.random.random() < 0.5 and "while" not in subject:
            # Whoever owes something keeps a row after leaving.
            self.columns["is_open"] = {"is": f"{owed} <> 0"}
            whole = subject if isinstance(subject, dict) else {"from": subject}
            self.sections["subjects"]["seller"] = {**whole, "while": "is_open"}
            self.features.add("while")
        self.features.add("state")

    def _decided(self) -> None:
        points = self.names["member"]
        column = next((one.name for one in points if one.unit in (POINTS, MONEY, COUNT)
                       and one.name in self.columns), None)  # fmt: skip
        if column is None:
            return
        unit = next(one.unit for one in points if one.name == column)
        entry = {"each": ["seller", self.period], "decided": column, "component": "decided"}
        self._write("member", unit, entry, "d")
        self.features.add("decided")

    def _shifted(self) -> None:
        units = {one.name: one.unit for one in self.names["member"]}
        own = [name for name, entry in self.columns.items() if "from" in entry and name in units
               and entry.get("each") == ["seller", self.period] and "in" not in entry]  # fmt: skip
        if not own:
            return
        name = self.random.choice(own)
        unit = units[name]
        shift = self.random.choice(("-1 year", KINDS[self.period].near))
        self._write("member", unit, {"of": name, "shift": shift}, "h")
        self.features.add("shift")

    def _from_members(self) -> None:
        """Members' columns gathered again: finer months into a quarter, or a rolling window."""
        grain = "finer" if self.has_finer else "member"
        own = [one for one in self.names[grain] if one.name in self.columns]
        if not own:
            return
        column = self.random.choice(own)
        each = ["seller", self.period]
        if column.unit == TRUTH:
            unit, how = COUNT, {"count": column.name}
        elif column.unit in NUMBERS:
            unit, how = column.unit, {self.random.choice(("sum", "max", "mean")): column.name}
        else:
            return
        if grain == "finer":
            entry = {"each": each, **how, "from": ["seller", "month"]}
        else:
            entry = {"each": each, **how, "from": each, "in": "year to date"}
            self.features.add("earlier")
            self.features.add("state")
        self._write("member", unit, entry, "n")
