"""What each seller is to sell and to collect, month by month, before any order is made.

Orders and receipts are made afterwards so that they add up to these figures exactly. What a
seller collects is what is credited to them, after splits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import Final

from attain.demo.dice import Dice
from attain.demo.money import Cents, by_lot, in_parts, times, to_step
from attain.demo.months import (
    FIRST,
    LAST,
    SAME_QUARTER_LAST_YEAR,
    THIS_QUARTER,
    YEAR_START,
    Month,
    month_of,
    months,
    quarter,
)
from attain.demo.story import Story
from attain.demo.story.figures import Appraised, Collected

TARGET_STEP: Final = 5_000_00
"""Targets of collections are set in steps of 5,000 yuan."""

SALES_TARGET_STEP: Final = 500_00
EDGES: Final = frozenset({80, 90, 100, 110})
"""Where attainment changes its colour; a shown figure never crosses one."""

# How far an amount may be from the shown percentage. A figure with a decimal is the same
# whether a page rounds it or cuts it.
WHOLE: Final = (Decimal("-0.5"), Decimal("0.5"))
ONE_DECIMAL: Final = (Decimal("0.005"), Decimal("0.045"))

TARGET_MONTHS: Final = tuple(months(YEAR_START, Month(2026, 12)))
SALES_TARGET_MONTHS: Final = tuple(months(Month(2026, 1), LAST))


@dataclass
class Script:
    """The figures of one seller; months that are absent have no row at all."""

    person: str
    team: str
    hired: date
    left: date | None = None
    targets: dict[Month, Cents] = field(default_factory=dict)
    collections: dict[Month, Cents] = field(default_factory=dict)
    sales_targets: dict[Month, Cents] = field(default_factory=dict)
    sales: dict[Month, Cents] = field(default_factory=dict)
    new_customers: tuple[int, int] = (0, 0)
    """Developed in the third quarter of 2026, and how many were to be."""
    satisfaction: tuple[int, ...] = ()
    share_ratio: Fraction = Fraction(1)
    """Change of the market share divided by the target change."""
    predecessor: str | None = None
    """Whose unpaid invoices are now theirs."""

    @property
    def last_day(self) -> date:
        """The last day on which they sell: before they leave, or that of the facts."""
        return LAST.last if self.left is None else self.left - timedelta(1)


@dataclass(frozen=True)
class Season:
    """The weights of the months, and how targets grew from year to year."""

    weights: tuple[int, ...]
    growth: Fraction

    def target(self, size: Cents, one: Month) -> Cents:
        """The target of collections of a month, for a person of this size in 2026."""
        size = size if one.year >= 2026 else times(size, 1 / self.growth)
        return to_step(size * self.weights[one.number - 1] // 1000, TARGET_STEP)

    def usual(self, size: Cents, one: Month) -> Cents:
        """What usually comes in in a month, growing year by year."""
        grown = self.growth ** (one.year - 2026)
        return times(size * self.weights[one.number - 1] // 1000, grown)


def season_of(story: Story) -> Season:
    told = story.collections
    return Season(tuple(told.weights), Fraction(told.growth))


def shown_as(percent: Decimal, target: Cents) -> tuple[Cents, Cents]:
    """The lowest and highest amount whose attainment is shown as this percentage.

    Whole figures are rounded half up, except where that would cross an edge.

    >>> shown_as(Decimal(104), 100_00)
    (10350, 10449)
    >>> shown_as(Decimal(100), 100_00)
    (10000, 10049)
    """
    is_whole = percent == percent.to_integral_value()
    below, above = WHOLE if is_whole else ONE_DECIMAL
    lowest = percent if percent in EDGES else percent + below
    amounts = (lowest * target / 100, (percent + above) * target / 100)
    low, beyond = (int(amount.to_integral_value(ROUND_CEILING)) for amount in amounts)
    return low, beyond - 1


def told_script(story: Story, person: str, team: str, hired: date, dice: Dice) -> Script:
    """The script of an account representative of East."""
    told = story.collections.people[person]
    season = season_of(story)
    script = Script(person, team, hired)
    _told_targets(script, told, season)
    _told_collections(script, told, dice)
    _earlier_collections(script, told.size, season, dice)
    if person in story.collections.november_2025:
        script.collections[Month(2025, 11)] = story.collections.november_2025[person]
    _usual_sales(script, dice)
    if (appraised := story.appraisal.people.get(person)) is not None:
        _appraised_sales(script, appraised, story.appraisal.target_growth, dice)
        script.new_customers = appraised.new_customers
        script.satisfaction = tuple(appraised.satisfaction)
        script.share_ratio = appraised.share
    else:
        _free_quarter(script, dice)
    return script


def free_script(
    season: Season,
    person: str,
    team: str,
    size: Cents,
    employed: tuple[date, date | None],
    dice: Dice,
) -> Script:
    """A script drawn by lot around the size of the seller."""
    script = Script(person, team, *employed)
    last = month_of(script.last_day)
    for one in TARGET_MONTHS:
        if month_of(script.hired) <= one and (script.left is None or one <= last):
            script.targets[one] = season.target(size, one)
    _earlier_collections(script, size, season, dice)
    for one in months(max(Month(2026, 1), month_of(script.hired)), last):
        percent = Fraction(dice.between(7800, 11600), 10000)
        script.collections[one] = times(season.target(size, one), percent)
    _usual_sales(script, dice)
    _free_quarter(script, dice)
    return script


def _told_targets(script: Script, told: Collected, season: Season) -> None:
    for one in TARGET_MONTHS:
        if one not in told.no_target and (told.starts is None or one >= told.starts):
            script.targets[one] = season.target(told.size, one)


def _told_collections(script: Script, told: Collected, dice: Dice) -> None:
    """January to September 2026, to the fen where the story says so or the total must fit."""
    ranges: dict[Month, tuple[Cents, Cents]] = {}
    for number, percent in enumerate(told.attained, 1):
        one = Month(2026, number)
        if one in told.exact:
            script.collections[one] = told.exact[one].of(script.targets.get(one, 0))
        elif percent is not None:
            ranges[one] = shown_as(percent, script.targets[one])
    if told.total is None:
        for one, (low, high) in ranges.items():
            margin = (high - low) // 8
            script.collections[one] = dice.between(low + margin, high - margin)
        return
    total = told.total * 100 + dice.between(-49, 49)
    script.collections.update(_fitted(ranges, total - sum(script.collections.values())))


def _fitted(ranges: Mapping[Month, tuple[Cents, Cents]], total: Cents) -> dict[Month, Cents]:
    """Amounts inside their ranges, all at the same height, that add up to the total.

    :raises ValueError: the total lies outside what the ranges allow.
    """
    lows = [low for low, _ in ranges.values()]
    widths = [high - low for low, high in ranges.values()]
    above = total - sum(lows)
    if not 0 <= above <= sum(widths):
        raise ValueError(f"{total} fen do not fit the percentages: {above} of {sum(widths)}")
    parts = in_parts(above, widths)
    return dict(
        zip(ranges, (low + part for low, part in zip(lows, parts, strict=True)), strict=True)
    )


def _earlier_collections(script: Script, size: Cents, season: Season, dice: Dice) -> None:
    """The months before 2026, around what is usual."""
    last = min(Month(2025, 12), month_of(script.last_day))
    for one in months(max(FIRST, month_of(script.hired)), last):
        percent = Fraction(dice.between(9200, 10800), 10000)
        script.collections[one] = times(season.usual(size, one), percent)


def _usual_sales(script: Script, dice: Dice) -> None:
    """What is signed in a month comes in in the next: sales follow the collections to come."""
    for one, collected in script.collections.items():
        coming = script.collections.get(one.plus(1)) or collected
        percent = Fraction(dice.between(9800, 10700), 10000)
        script.sales[one] = times(coming, percent) if collected else 0
    for one in SALES_TARGET_MONTHS:
        if one in script.targets:
            script.sales_targets[one] = to_step(
                times(script.targets[one], Fraction(95, 100)), SALES_TARGET_STEP
            )


def _free_quarter(script: Script, dice: Dice) -> None:
    if script.satisfaction == ():
        script.satisfaction = tuple(dice.between(72, 96) for _ in range(4))
    script.share_ratio = Fraction(dice.between(70, 130), 100)
    script.new_customers = (dice.between(2, 4), dice.between(3, 4))


def _appraised_sales(script: Script, told: Appraised, target_growth: Decimal, dice: Dice) -> None:
    """The third quarters of 2026 and 2025, so that the appraisal comes out as it is told."""
    this_year, last_year = quarter(THIS_QUARTER), quarter(SAME_QUARTER_LAST_YEAR)
    collected = sum(script.collections[one] for one in this_year)
    target = told.sales_target or _target_for(told, times(collected, Fraction(104, 100)))
    for one, part in zip(this_year, _stepped(target), strict=True):
        script.sales_targets[one] = part
    sales = told.sales.of(target)
    before = times(sales, 1 / (1 + Fraction(target_growth) * told.growth))
    for these, total in ((this_year, sales), (last_year, before)):
        script.sales.update(zip(these, by_lot(total, 3, dice), strict=True))


def _target_for(told: Appraised, sales: Cents) -> Cents:
    """A round target that such sales attain as told."""
    assert told.sales.ratio is not None
    return to_step(times(sales, 1 / told.sales.ratio), SALES_TARGET_STEP)


def _stepped(target: Cents) -> list[Cents]:
    """A quarter's target as those of its months, in steps; the last takes what is left."""
    part = target // 3 // SALES_TARGET_STEP * SALES_TARGET_STEP
    return [part, part, target - 2 * part]


def all_months(script: Script) -> Iterator[Month]:
    """The months in which somebody sold or collected."""
    yield from sorted({*script.sales, *script.collections})
