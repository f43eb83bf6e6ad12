"""Random plans as text, so that reading and resolving are tried, too.

A plan is a head and named entries, each on a line of its own: dropping an entry leaves a
plan, which is how a failing trial is made small.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Final

from trials.phrases import COUNT, DATE, MONEY, NUMBERS, POINTS, RATIO, TEXT, TRUTH, Named, Phrases
from trials.world import World, make_world

ORDERS: Final = (
    Named("amount", MONEY), Named("cost", MONEY), Named("quantity", COUNT), Named("weight", COUNT),
    Named("discount", RATIO), Named("status", TEXT), Named("line", TEXT), Named("signed_on", DATE),
    Named("paid_on", DATE), Named("is_gift", TRUTH),
)  # fmt: skip
ORDER_LINKS: Final = (
    Named("customer.region", TEXT), Named("customer.factor", RATIO),
    Named("original.amount", MONEY), Named("seller.department", TEXT),
    Named("seller.grade", POINTS), Named("seller.on_leave", TRUTH),
)  # fmt: skip
VISITS: Final = (
    Named("made_on", DATE), Named("score", POINTS), Named("shops", COUNT),
    Named("confirmed", TRUTH),
)  # fmt: skip
MEMBERS: Final = (
    Named("department", TEXT), Named("is_head", TRUTH), Named("on_leave", TRUTH),
    Named("grade", POINTS), Named("joined_on", DATE),
)  # fmt: skip

TABLES: Final[Mapping[str, Any]] = {
    "rates": {"bands": [{"from": 0, "is": "2%"}, {"from": 500, "is": "3.5%"},
                        {"from": 1000, "is": "5%"}]},
    "upper_rates": {"bands": [{"above": -1000000, "to": 100, "is": "1%"}, {"to": 1000, "is": "2%"},
                              {"to": 10000000, "is": "4%"}]},
    "dated_rates": {"versions": [
        {"bands": [{"from": 0, "is": "1%"}]},
        {"from": "2026-03-15", "bands": [{"from": 0, "is": "2%"}, {"from": 1000, "is": "3%"}]},
    ]},
    "awards": {"bands": [{"from": 0, "until": 200, "is": 12}, {"from": 200, "until": 600, "is": 36},
                         {"otherwise": 50}], "unit": "money"},
    "pay_curve": {"points": [{"at": 200, "is": 12}, {"at": 600, "is": 36}, {"at": 601, "is": 40}],
                  "unit": "money"},
    "score_curve": {"points": [{"at": "80%", "is": 60}, {"at": "120%", "is": 100}],
                    "unit": "points"},
    "bands": {"bands": [{"from": "120%", "is": "A"}, {"from": "100%", "is": "B"},
                        {"from": "80%", "is": "C"}, {"otherwise": "D"}]},
    "marks": {"keys": {"A": 100, "B": 80, "冷饮": 70, "东": 60}, "unit": "points"},
    "grid": {
        "by": {"size": "bands", "what": "keys"},
        "rows": [
            {"size": {"from": 1000}, "what": "冷饮", "is": "5%"},
            {"size": {"from": 1000}, "what": "乳品", "is": "4%"},
            {"size": {"until": 1000}, "what": "any", "is": "1%"},
        ],
    },
    "scaled": {"scale": "target(sales)",
               "bands": [{"from": 0, "is": "1%"}, {"from": "80%", "is": "2%"},
                         {"from": "100%", "is": "3%"}]},
}  # fmt: skip

PARAMETERS: Final[Mapping[str, Any]] = {
    "base_rate": {"is": "3%"},
    "dated_rate": {
        "unit": "ratio",
        "versions": [{"is": "1%"}, {"from": "2026-02-15", "is": "2.5%"},
                     {"from": "2026-05-01", "is": "3%"}],
    },
    "own_rate": {"is": "2%", "per": ["seller"]},
}  # fmt: skip


@dataclass
class Trial:
    """A plan's text in parts, the data it runs over, and the periods it is run for."""

    seed: int
    head: Mapping[str, Any]
    sections: dict[str, dict[str, Any]]
    world: World
    periods: tuple[str, ...]
    provisional: bool = False
    features: set[str] = field(default_factory=set)

    def text(self) -> str:
        """The plan as YAML; every entry on one line."""
        lines = [f"{name}: {_flow(value)}" for name, value in self.head.items()]
        for section, entries in self.sections.items():
            if entries:
                lines.append(f"{section}:")
                lines += [f"  {name}: {_flow(entry)}" for name, entry in entries.items()]
        return "\n".join(lines) + "\n"

    def entries(self) -> Iterator[tuple[str, str]]:
        """Every entry that can be dropped, the last written first."""
        for section, names in reversed(self.sections.items()):
            yield from ((section, name) for name in reversed(names))

    def without(self, section: str, name: str) -> Trial:
        """The trial without one entry."""
        entries = {key: value for key, value in self.sections[section].items() if key != name}
        return replace(self, sections={**self.sections, section: entries})

    def entry_at(self, line: int) -> tuple[str, str] | None:
        """The entry that stands on a line of the text, counted from 1."""
        here = len(self.head)
        for section, entries in self.sections.items():
            here += bool(entries)
            for name in entries:
                here += 1
                if here == line:
                    return section, name
        return None


def _flow(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def make_trial(seed: int) -> Trial:
    """The trial of a seed: always the same."""
    random = Random(seed)
    return Author(random, seed).trial()


class Author:
    """Writes one plan, column after column; what is written can be read further on."""

    def __init__(self, random: Random, seed: int) -> None:
        self.random = random
        self.seed = seed
        self.period = random.choice(("month", "month", "quarter"))
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
        self.has_finer = self.period == "quarter" and random.random() < 0.6

    def trial(self) -> Trial:
        self._frame()
        for _ in range(self.random.randint(2, 6)):
            self._order_column()
        for _ in range(self.random.randint(1, 4)):
            self._gather()
        for _ in range(self.random.randint(1, 5)):
            self.random.choice(self._member_makers())()
        self.sections["columns"] = self.columns
        used = self.sections
        return Trial(
            seed=self.seed,
            head=self._head(),
            sections=used,
            world=make_world(self.random),
            periods=self._periods(),
            provisional=self.random.random() < 0.05,
            features=self.features,
        )

    def _head(self) -> dict[str, Any]:
        head: dict[str, Any] = {"plan": "trial", "period": self.period}
        if "state" in self.features:
            start = "2026-01-01" if self.random.random() < 0.8 else None
            if start:
                head["effective"] = {"from": start}
        return head

    def _periods(self) -> tuple[str, ...]:
        if self.period == "quarter":
            return ("2026-Q1", "2026-Q2") if "state" in self.features else ("2026-Q1",)
        if "state" in self.features or "earlier" in self.features:
            return ("2026-01", "2026-02", "2026-03")
        return (self.random.choice(("2026-02", "2026-03")),)

    def _frame(self) -> None:
        """Who is measured, from what, with which tables and orders."""
        conditions = (None, None, "not on_leave", "department <> '南'", "not is_head")
        where = self.random.choice(conditions)
        subject = {"from": "people", "where": where} if where else "people"
        links = {"seller": "people", "customer": "customers", "original": "orders"}
        source: dict[str, Any] = {"from": "orders", "links": links}
        if self.random.random() < 0.4:
            filters = ("status = 'signed'", "not is_gift", "line <> '糖果'")
            source["where"] = self.random.choice(filters)
            self.features.add("filter")
        self.sections["subjects"] = {"seller": subject}
        self.sections["sources"] = {"orders": source}
        self.sections["parameters"] = dict(PARAMETERS)
        self.sections["tables"] = dict(TABLES)
        per = ["seller", self.period] if self.random.random() < 0.7 else ["seller"]
        by = [self.random.choice(("signed_on", "signed_on desc", "amount desc")), "order_id"]
        self.sections["orderings"] = {"in_order": {"of": "orders", "per": per, "by": by}}
        self.sections["groups"] = {
            "peers": self._population(),
            "of_orders": {"of": "orders", "per": [self.random.choice(("seller", "line"))]},
        }

    def _population(self) -> dict[str, Any]:
        found: dict[str, Any] = {"of": ["seller", self.period]}
        if self.random.random() < 0.5:
            found["per"] = ["department"]
        if self.random.random() < 0.4:
            found["where"] = self.random.choice(("not on_leave", "not is_head", "grade >= 60"))
        if self.random.random() < 0.3:
            found["missing"] = "skip"
        return found

    def _write(self, grain: str, unit: str, entry: dict[str, Any], prefix: str) -> str:
        name = f"{prefix}{len(self.columns)}"
        if unit in (MONEY, RATIO, POINTS) and self.random.random() < 0.15:
            step = self.random.choice(("0.01", "1", "0.0001"))
            entry = {**entry, "round": self.random.choice((step, {"step": step, "mode": "down"}))}
        self.columns[name] = entry
        self.names[grain].append(Named(name, unit))
        return name

    def _phrases(self, grain: str, **more: Any) -> Phrases:
        names = list(self.names[grain])
        if grain == "orders":
            names += ORDER_LINKS
            names.append(Named("own_rate", RATIO)) if self.random.random() < 0.3 else None
        return Phrases(self.random, names, subject=grain in ("member", "finer"), **more)

    # --------------------------------------------------------------------------- facts

    def _order_column(self) -> None:
        choice = self.random.randrange(12)
        makers: dict[int, Callable[[], None]] = {
            0: self._running, 1: self._running, 2: self._fold, 3: self._order_group, 4: self._share,
            5: self._match, 6: self._order_gather,
        }  # fmt: skip
        makers.get(choice, self._order_formula)()

    def _order_formula(self) -> None:
        unit = self.random.choice((*NUMBERS, MONEY, TRUTH, TEXT))
        entry: dict[str, Any] = {"each": "orders", "is": self._phrases("orders").of(unit, 3)}
        if unit in NUMBERS:
            entry["unit"] = unit
        self._write("orders", unit, entry, "f")
        self.features.add("formula")

    def _running(self) -> None:
        money = self._phrases("orders").of(MONEY, 1)
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
        money = self._phrases("orders").of(MONEY, 1)
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

    # --------------------------------------------------------------------------- members

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
        return unit, {how: phrases._anchored(unit, 1)}

    def _aggregate_unit(self, entry: Mapping[str, Any]) -> str:
        if "count" in entry or "distinct" in entry:
            return COUNT
        if "any" in entry or "all" in entry:
            return TRUTH
        text = next(entry[how] for how in ("sum", "mean", "min", "max", "first", "latest")
                    if how in entry)  # fmt: skip
        names = {one.name: one.unit for grain in self.names.values() for one in grain}
        return names.get(text, COUNT)

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
        name = self._write(into, unit, entry, "v")
        self.features.add("gather")
        if unit == MONEY and "sales" not in self.columns and into == "member":
            self.columns["sales"] = self.columns.pop(name)
            self.names[into][-1] = Named("sales", MONEY)

    def _window(self) -> str:
        return self.random.choice(
            ("period", "year to date", "quarter to date", "last 2 months", "life to date", "all",
             "last 10 days", "12 months from July")
            if self.period == "month"
            else ("period", "year to date", "last 2 quarters", "life to date", "all")
        )  # fmt: skip

    def _member_makers(self) -> list[Callable[[], None]]:
        makers = [self._member_formula, self._member_formula, self._member_formula, self._rank,
                  self._state, self._decided]  # fmt: skip
        makers.append(self._shifted)
        makers.append(self._from_members)
        makers.append(self._team)
        makers.append(self._upward)
        makers.append(self._stretches)
        makers.append(self._pairs)
        makers.append(self._stack)
        return makers

    def _member_formula(self) -> None:
        unit = self.random.choice((*NUMBERS, TRUTH, TEXT))
        phrases = self._phrases("member")
        text = phrases.of(unit, 3)
        if unit == RATIO and self.random.random() < 0.2:
            text = f"value(scaled, {phrases._anchored(MONEY, 1)})"
        entry: dict[str, Any] = {"is": text}
        if unit in NUMBERS:
            entry["unit"] = unit
        self._write("member", unit, entry, "c")

    def _rank(self) -> None:
        phrases = self._phrases("member")
        number = phrases._anchored(self.random.choice((MONEY, POINTS, RATIO)), 1)
        unit, text = self.random.choice(
            (
                (COUNT, f"rank({number}, {phrases._anchored(COUNT, 1)})"),
                (COUNT, f"last_rank({number})"),
                (COUNT, f"dense_rank({number})"),
                (COUNT, f"group_count({number})"),
                (COUNT, "group_count()"),
                (RATIO, f"group_share({number})"),
            )
        )
        entry = {"each": ["seller", self.period], "within": "peers", "is": text}
        self._write("member", unit, entry, "r")
        self.features.add("group")

    def _state(self) -> None:
        number = len(self.columns)
        earned = self._phrases("member")._anchored(MONEY, 1)
        owed = f"owed{number}"
        self.columns[owed] = {
            "each": ["seller", self.period],
            "is": f"previous({owed}, {self.random.choice(('0', '50'))}) "
            f"+ max(0, 900 - ({earned})) - min(previous({owed}, 0), 100)",
        }
        self.names["member"].append(Named(owed, MONEY))
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
        own = [name for name, entry in self.columns.items() if "from" in entry
               and entry.get("each") == ["seller", self.period] and "in" not in entry]  # fmt: skip
        if not own:
            return
        name = self.random.choice(own)
        unit = next(one.unit for one in self.names["member"] if one.name == name)
        near = "-1 month" if self.period == "month" else "-3 months"
        shift = self.random.choice(("-1 year", near))
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

    # --------------------------------------------------------------------------- relations

    def _team(self) -> None:
        column = self._own_number("member")
        if column is None:
            return
        self.sections.setdefault("paths", {})["team"] = {
            "over": "team", "self": self.random.random() < 0.5,
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
        }  # fmt: skip
        entry: dict[str, Any] = {
            "each": ["seller", self.period], "sum": "share", "from": "credited",
            "link": {"seller": "participant"},
        }  # fmt: skip
        if self.random.random() < 0.4:
            entry["skip_missing"] = True
        self._write("member", MONEY, entry, "x")
        self.features.add("stack")
