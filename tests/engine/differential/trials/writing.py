"""Writing one plan, column after column; what is written can be read further on."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from trials import kinds
from trials.frame import MEMBERS, ORDER_LINKS, ORDERS, UNDER, VISITS
from trials.phrases import COUNT, MONEY, POINTS, RATIO, TEXT, TRUTH, Named, Phrases


class Writer:
    """What has been written so far, and what can be read on each grain."""

    def __init__(self, random: Random, seed: int) -> None:
        self.random = random
        self.seed = seed
        self.period = random.choice((*["month"] * 10, *["quarter"] * 5, *kinds.OTHERS))
        self.calendar = random.choice(kinds.CALENDARS_OF.get(self.period, kinds.CALENDARS))
        self.member = f"seller_{self.period}"
        self.names: dict[str, list[Named]] = {
            "orders": [*ORDERS],
            "visits": [*VISITS],
            "member": [*MEMBERS],
            "finer": [*MEMBERS],
        }
        self.columns: dict[str, Any] = {}
        self.features: set[str] = set()
        self.sections: dict[str, dict[str, Any]] = {}
        self.uses = False
        """Whether the plan reads the document of common indicators."""
        self.has_finer = self.period == "quarter" and random.random() < 0.6

    def _write(self, grain: str, unit: str, entry: dict[str, Any], prefix: str) -> str:
        name = f"{prefix}{len(self.columns)}"
        if unit in (MONEY, RATIO, POINTS) and self.random.random() < 0.15:
            step = self.random.choice(("0.01", "1", "0.0001"))
            entry = {**entry, "round": self.random.choice((step, {"step": step, "mode": "down"}))}
        if self.random.random() < 0.1:
            entry |= {"label": {"zh-Hans": f"列{name}", "en": f"Column {name}"}, "source": "第3条"}
        self.columns[name] = entry
        self.names[grain].append(Named(name, unit))
        return name

    def _phrases(self, grain: str, **more: Any) -> Phrases:
        names = list(self.names[grain])
        if grain == "orders":
            names += ORDER_LINKS
            if self.random.random() < 0.3:
                names.append(Named(self.random.choice(("own_rate", "place_rate")), RATIO))
        trees = UNDER if grain == "orders" and self.random.random() < 0.5 else ()
        subject = grain in ("member", "finer")
        return Phrases(self.random, names, subject=subject, trees=trees, **more)

    def _aggregate(self, grain: str) -> tuple[str, dict[str, str]]:
        """What a gather makes of its rows, and of which unit."""
        phrases = self._phrases(grain)
        how = self.random.choice(
            ("sum", "sum", "sum", "count", "distinct", "mean", "min", "max", "first", "latest",
             "any", "all")
        )  # fmt: skip
        if how == "count":
            text = "rows" if self.random.random() < 0.5 else phrases.of(TRUTH, 1)
            return COUNT, {how: text}
        if how in ("any", "all"):
            return TRUTH, {how: phrases.of(TRUTH, 1)}
        if how == "distinct":
            return COUNT, {how: phrases.name(TEXT) or phrases.name(COUNT) or "1"}
        unit = self.random.choice((MONEY, POINTS, COUNT))
        unit = unit if any(one.unit == unit for one in self.names[grain]) else COUNT
        return unit, {how: phrases.anchored(unit, 1)}

    def _aggregate_unit(self, entry: Mapping[str, Any]) -> str:
        if "count" in entry or "distinct" in entry:
            return COUNT
        if "any" in entry or "all" in entry:
            return TRUTH
        text = next(entry[how] for how in ("sum", "mean", "min", "max", "first", "latest")
                    if how in entry)  # fmt: skip
        names = {one.name: one.unit for grain in self.names.values() for one in grain}
        return names.get(text, COUNT)
