"""Where somebody stands in a tree: `under`, keys that cover subtrees, from the leaves up."""

from __future__ import annotations

from typing import Any

from trials.frame import UNDER
from trials.phrases import COUNT, MONEY, NUMBERS, RATIO, TRUTH, Named
from trials.relations import RelationWriter


class StandingWriter(RelationWriter):
    """Writes columns that ask where a key stands in a tree, or what those below came to."""

    def _by_subtree(self) -> None:
        """An order's value out of a table with subtrees as keys."""
        money = self._phrases("orders").of(MONEY, 1)
        unit, text = self.random.choice(
            (
                (RATIO, "value(by_category, category)"),
                (MONEY, f"({money}) * value(by_category, category)"),
                (
                    MONEY,
                    f"value(by_area, area, line, {self._phrases('orders').anchored(MONEY, 1)})",
                ),
                (TRUTH, f"{self.random.choice(UNDER)} and not {self.random.choice(UNDER)}"),
            )
        )
        entry: dict[str, Any] = {"each": "orders", "is": text}
        if unit == MONEY:
            entry["unit"] = "money"
        self._write("orders", unit, entry, "b")
        self.features.add("subtree")

    def _below(self) -> None:
        """What those directly below come to, or a column that reads itself on them."""
        own = self._own_number("member")
        truths = [one.name for one in self.names["member"] if one.unit == TRUTH]
        if own is None or not truths:
            return
        self.sections.setdefault("paths", {})["line"] = {
            "over": "team",
            "levels": self.random.choice((1, 2, 3, 3, 4)),
            "self": self.random.random() < 0.3,
        }
        self.random.choice((self._direct, self._recursive, self._recursive, self._together))(
            own, self.random.choice(truths)
        )
        self.features.add("below")
        self.features.add("path")

    def _direct(self, own: Named, truth: str) -> None:
        """Nothing of it stands below itself."""
        how = self.random.choice(("sum", "count", "mean", "min", "max", "any", "all", "distinct"))
        asked = truth if how in ("count", "any", "all") else own.name
        unit = {"any": TRUTH, "all": TRUTH, "count": COUNT, "distinct": COUNT}.get(how, own.unit)
        self._write("member", unit, {"is": f"below(line, {how}, {asked})"}, "l")

    def _recursive(self, own: Named, truth: str) -> None:
        """From the leaves up."""
        name = f"l{len(self.columns)}"
        unit, text = self.random.choice(
            (
                (own.unit, f"{own.name} + below(line, sum, {name})"),
                (
                    own.unit,
                    f"if(below(line, count, true) = 0, {own.name}, below(line, mean, {name}))",
                ),
                (own.unit, f"max({own.name}, if_missing(below(line, max, {name}), {own.name}))"),
                (TRUTH, f"{truth} or below(line, any, {name})"),
                (COUNT, f"if({truth}, 1, 0) + below(line, sum, {name})"),
            )
        )
        entry: dict[str, Any] = {"is": text}
        if unit in NUMBERS:
            entry["unit"] = unit
        self._write("member", unit, entry, "l")

    def _together(self, own: Named, truth: str) -> None:
        """A rank that asks for ranks below, over columns that read one another."""
        number = len(self.columns)
        some, rank = f"some{number}", f"titled{number}"
        self.columns[some] = {"is": f"below(line, count, {rank} >= 1)"}
        self.columns[rank] = {"is": f"if({some} >= 2, 2, {truth}, 1, 0)"}
        self.names["member"] += [Named(some, COUNT), Named(rank, COUNT)]
