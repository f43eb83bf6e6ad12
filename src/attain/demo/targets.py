"""Targets of people, of seats without a holder, and of teams."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from attain.demo.money import Cents, in_parts, yuan
from attain.demo.months import LAST, THIS_QUARTER, Month
from attain.demo.rows import Target
from attain.demo.scripts import TARGET_MONTHS, Script, Season
from attain.demo.story import Story
from attain.demo.story.figures import Collected

TEAMS_OF_EAST: Final = "U-E"
SHELF_TARGETS: Final = (("listed_stores", Decimal(8)), ("qualified_displays", Decimal(12)))
"""Of September 2026, for whoever has no other."""


def of_person(script: Script, growth: Decimal, share_change: Decimal) -> Iterator[Target]:
    """Collections and sales by month; growth, market share and new customers by quarter."""
    for one, amount in sorted(script.targets.items()):
        yield _target(script.person, "collections", one.label, yuan(amount))
    for one, amount in sorted(script.sales_targets.items()):
        yield _target(script.person, "sales", one.label, yuan(amount))
    if LAST in script.targets:
        yield _target(script.person, "sales_growth", THIS_QUARTER, growth)
        yield _target(script.person, "market_share_change", THIS_QUARTER, share_change)
        developed = Decimal(script.new_customers[1])
        yield _target(script.person, "new_customers", THIS_QUARTER, developed)


def of_shelf(script: Script, told: dict[str, Decimal]) -> Iterator[Target]:
    """What is counted in stores in September 2026, and the share of returns."""
    if LAST in script.targets:
        for indicator, usual in SHELF_TARGETS:
            value = told.get(indicator, usual)
            yield _target(script.person, indicator, LAST.label, value)
        yield _target(script.person, "return_ratio", THIS_QUARTER, told["return_ratio"])


def of_vacant_seats(told: Iterable[Collected], season: Season) -> Iterator[Target]:
    """Before somebody came, the target stood on the seat."""
    for one in told:
        if one.vacant is None or one.starts is None:
            continue
        for vacant in TARGET_MONTHS:
            if Month(2026, 1) <= vacant < one.starts:
                amount = season.target(one.size, vacant)
                yield _target(one.vacant, "collections", vacant.label, yuan(amount))


def of_teams(scripts: Iterable[Script], absent: Iterable[tuple[str, str]]) -> Iterator[Target]:
    """Each team's quarter is what its people's months add up to, where it was set at all."""
    totals: dict[tuple[str, str], Cents] = defaultdict(int)
    for script in scripts:
        for one, amount in script.targets.items():
            if one >= Month(2026, 1):
                totals[script.team, one.quarter] += amount
    for (team, quarter), amount in sorted(totals.items()):
        if (team, quarter) not in set(absent):
            yield _target(team, "collections", quarter, yuan(amount))


def of_lines(scripts: Iterable[Script], weights: dict[str, int]) -> Iterator[Target]:
    """The sales targets of East's teams in the third quarter, by product line: a dimension."""
    totals: dict[str, Cents] = defaultdict(int)
    for script in scripts:
        for one, amount in script.sales_targets.items():
            if one.quarter == THIS_QUARTER and script.team.startswith(TEAMS_OF_EAST):
                totals[script.team] += amount
    for team, total in sorted(totals.items()):
        parts = in_parts(total, list(weights.values()))
        for line, part in zip(weights, parts, strict=True):
            yield Target(team, "sales_of_line", THIS_QUARTER, line, yuan(part))


def told_shelf_targets(story: Story, person: str) -> dict[str, Decimal]:
    """The shelf targets that the story says, and everybody's share of returns."""
    said = {"return_ratio": story.decisions.return_ratio_target}
    if person == story.decisions.displays.person:
        said["qualified_displays"] = Decimal(story.decisions.displays.target)
        said["listed_stores"] = Decimal(story.decisions.listings.target)
    return said


def _target(subject: str, indicator: str, period: str, value: Decimal) -> Target:
    return Target(subject, indicator, period, None, value)
