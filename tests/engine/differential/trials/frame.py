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
