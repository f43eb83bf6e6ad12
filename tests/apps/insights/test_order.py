"""Of thousands in one order each reader gets their own people, in that order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from attain.apps.insights.standings import Measure, _Order
from attain.apps.people.scopes import Scope

YEAR = ((date(2026, 1, 1), date(2027, 1, 1)),)
MEASURES = tuple(
    Measure(person, Decimal(place), Decimal(1), Decimal(1), "")
    for place, person in enumerate(("li", "wu", "zhao", "qian", "sun"))
)
ORDER = _Order(MEASURES, {}, {one.person: place for place, one in enumerate(MEASURES)})


@pytest.mark.parametrize(
    "seen",
    [
        Scope(everyone=True),
        Scope(everyone=False),
        Scope(everyone=False, spans={"sun": YEAR, "wu": YEAR, "stranger": YEAR}),
        # Whose days with the reader are over concerns them no more.
        Scope(everyone=False, spans={"sun": (), "li": YEAR}),
    ],
)
def test_whoever_is_seen_is_seen_in_order(seen: Scope) -> None:
    assert ORDER.seen_by(seen) == tuple(one for one in MEASURES if seen.sees(one.person))
