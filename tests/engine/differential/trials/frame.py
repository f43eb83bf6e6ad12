"""What every trial has: the names of its data's columns, its tables and its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from trials.phrases import COUNT, DATE, MONEY, POINTS, RATIO, TEXT, TRUTH, Named

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
        {"bands": [{"from": 0, "until": 700, "is": "1%"}, {"otherwise": "0%"}]},
        {"from": "2026-03-15", "bands": [{"from": 0, "is": "2%"}, {"from": 1000, "is": "3%"}]},
        {"from": "2026-05-10",
         "bands": [{"above": 0, "to": 500, "is": "2%"}, {"to": 900, "is": "4%"}]},
    ]},
    "dated_plane": {"unit": "money", "versions": [
        {"points": [{"at": at, "and": and_, "is": is_} for at, and_, is_ in
                    ((0, "0%", 0), (0, "100%", 10), (1000, "0%", 20), (1000, "100%", 45))]},
        {"from": "2026-02-20",
         "points": [{"at": at, "and": and_, "is": is_} for at, and_, is_ in
                    ((0, "0%", 5), (0, "50%", 6), (500, "0%", 7), (500, "50%", 8))]},
    ]},
    "dated_marks": {"unit": "points", "versions": [
        {"until": "2026-03-01", "keys": {"A": 100, "冷饮": 70}, "otherwise": 1},
        {"from": "2026-03-01", "keys": {"A": 90, "冷饮": 71, "signed": 5}},
    ]},
    "dated_curve": {"unit": "points", "versions": [
        {"points": [{"at": 0, "is": 0}, {"at": 1000, "is": 100}]},
        {"from": "2026-02-10", "points": [{"at": 0, "is": 10}, {"at": 500, "is": 110}]},
    ]},
    "dated_grid": {"by": {"size": "bands", "what": "keys"}, "versions": [
        {"rows": [{"size": {"from": 0}, "what": "any", "is": "1%"}]},
        {"from": "2026-03-10",
         "rows": [{"size": {"from": 0, "until": 500}, "what": "any", "is": "2%"},
                  {"size": {"from": 500}, "what": ["冷饮", "乳品"], "is": "4%"}],
         "otherwise": "3%"},
    ]},
    "awards": {"bands": [{"from": 0, "until": 200, "is": 12}, {"from": 200, "until": 600, "is": 36},
                         {"otherwise": 50}], "unit": "money"},
    "pay_curve": {"points": [{"at": 200, "is": 12}, {"at": 600, "is": 36}, {"at": 601, "is": 40}],
                  "unit": "money"},
    "plane": {"points": [{"at": at, "and": and_, "is": is_}
                         for at, and_, is_ in ((0, "0%", 0), (0, "100%", 10), (1000, "0%", 20),
                                               (1000, "100%", 45))], "unit": "money"},
    "score_curve": {"points": [{"at": "80%", "is": 60}, {"at": "120%", "is": 100}],
                    "unit": "points"},
    "bands": {"bands": [{"from": "120%", "is": "A"}, {"from": "100%", "is": "B"},
                        {"from": "80%", "is": "C"}, {"otherwise": "D"}]},
    "marks": {"keys": {"A": 100, "B": 80, "冷饮": 70, "东": 60}, "unit": "points"},
    "more_marks": {"keys": {"A": 100, "冷饮": "33.5"}, "otherwise": 12, "unit": "points"},
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
    "some_money": {"is": 1000, "unit": "money"},
    "some_points": {"is": "87.5", "unit": "points"},
    "some_count": {"is": 3, "unit": "count"},
    "some_days": {"is": 45, "unit": "days"},
    "dated_rate": {
        "unit": "ratio",
        "versions": [{"is": "1%"}, {"from": "2026-02-15", "is": "2.5%"},
                     {"from": "2026-05-01", "until": "2026-06-15", "is": "3%"}],
    },
    "own_rate": {"is": "2%", "per": ["seller"]},
    "place_rate": {"is": "1%", "per": ["seller", "area"]},
}  # fmt: skip

PATHS: Final[Mapping[str, Any]] = {
    "catalogue": {"over": "categories.parent"},
    "map": {"over": "areas", "of": "units"},
    "chain": {"over": "team", "at": "row"},
}

SUBTREES: Final[Mapping[str, Any]] = {
    "by_category": {
        "by": {"category": "catalogue"},
        "rows": [
            {"category": {"under": "Food"}, "is": "2%", "priority": 1, "turn": 2},
            {"category": {"under": "Ice"}, "is": "4%", "priority": 1, "turn": 1},
            {"category": {"under": ["Cones", "Tools"]}, "is": "6%", "priority": 2, "turn": 1},
            {"category": "Saws", "is": "8%", "priority": 2, "turn": 3},
            {"category": "any", "is": "1%", "priority": 0, "turn": 1},
        ],
        "take": ["priority desc", "turn"],
    },
    "by_area": {
        "by": {"area": "map", "line": "keys", "size": "bands"},
        "rows": [
            {"area": {"under": "North"}, "line": "any", "size": {"from": 0}, "is": 10},
            {"area": {"under": "Coast"}, "line": ["冷饮", "乳品"],
             "size": {"above": 100, "to": 1000}, "is": 20},
            {"area": "any", "line": "糖果", "size": {"until": 0}, "is": 30},
        ],
        "otherwise": 5,
        "unit": "money",
    },
}  # fmt: skip

UNDER: Final = (
    "under(catalogue, category, 'Food')",
    "under(catalogue, category, 'Ice')",
    "under(map, area, 'North')",
    "under(map, area, 'Coast')",
    "under(chain, seller, customer.owner)",
)
"""Conditions on an order about where a key of it stands, on the day of the order."""
