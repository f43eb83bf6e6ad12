"""What is counted besides money: displays, listings, satisfaction and market shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from attain.demo.dice import Dice
from attain.demo.months import (
    LAST,
    SAME_QUARTER_LAST_YEAR,
    THIS_QUARTER,
    Month,
    business_day,
    quarter,
)
from attain.demo.orders import Book
from attain.demo.rows import Listing, MarketShare, Survey, Visit
from attain.demo.scripts import Script
from attain.demo.story import Story
from attain.demo.story.trade import Displays

STORES: Final = (
    "人民路店", "解放路店", "中山路店", "和平路店", "建设路店", "新华路店", "文化路店", "青年路店",
    "长江路店", "黄河路店", "学府路店", "公园路店", "滨江路店", "胜利路店", "迎宾路店", "东风路店",
)  # fmt: skip
FULL_ROWS: Final = 4
"""A display has at least four rows on the shelf."""

NOT_QUALIFIED: Final = ("too_few_rows", "late_photos", "duplicate_store")
LISTING_MONTHS: Final = (Month(2026, 6), Month(2026, 7), Month(2026, 8), LAST)
SHARE_SCALE: Final = Decimal("0.000001")


def visits(script: Script, book: Book, number: int, seed: int) -> Iterator[Visit]:
    """Visits to stores in September 2026, when they began to be recorded."""
    dice = Dice(seed, "visits", script.person)
    for place in range(number if script.collections.get(LAST) else 0):
        day = business_day(LAST, dice, end=script.last_day)
        customer = _own_customer(script, day, book, dice)
        reason = dice.one_of(NOT_QUALIFIED) if dice.happens(12) else None
        yield _visit(book, script.person, customer, day, place, reason, day, dice)


def told_visits(story: Story, book: Book, seed: int) -> Iterator[Visit]:
    """The visits of 沈佳宁: 21, of which four do not count."""
    told: Displays = story.decisions.displays
    dice = Dice(seed, "visits", told.person)
    for one in told.unqualified:
        yield _visit(book, told.person, one.customer, one.on, 0, one.reason, one.photos, dice)
        if one.reason == "duplicate_store":
            first = one.on - timedelta(6)
            yield _visit(book, told.person, one.customer, first, 0, None, first, dice)
    firsts = sum(1 for one in told.unqualified if one.reason == "duplicate_store")
    for place in range(told.visits - len(told.unqualified) - firsts):
        day = business_day(LAST, dice)
        customer = dice.one_of(book.accounts.of(told.person, day))
        # A street of its own for every visit, so that no store is counted twice.
        yield _visit(book, told.person, customer, day, place + 1, None, day, dice)


def _visit(
    book: Book,
    person: str,
    customer: str,
    day: date,
    store: int,
    reason: str | None,
    photos: date,
    dice: Dice,
) -> Visit:
    short = reason == "too_few_rows"
    rows = dice.between(1, FULL_ROWS - 1) if short else dice.between(FULL_ROWS, 8)
    return Visit(
        book.numbers.next("XD", day), day, person, customer, STORES[store % len(STORES)], rows,
        max(photos, day + timedelta(3)) if reason == "late_photos" and photos == day else photos,
        reason is None, reason,
    )  # fmt: skip


def listings(script: Script, book: Book, last_month: int, seed: int) -> Iterator[Listing]:
    """Stores that took in a new product, from June 2026 on."""
    dice = Dice(seed, "listings", script.person)
    new = book.assortment.new
    for one in LISTING_MONTHS:
        if not script.collections.get(one):
            continue
        for place in range(last_month if one == LAST else dice.between(1, 2)):
            day = business_day(one, dice, start=script.hired, end=script.last_day)
            product = dice.one_of(
                [product for product in new if _launched(product.launched_on, day)]
            )
            customer = _own_customer(script, day, book, dice)
            number = book.numbers.next("PH", day)
            store = STORES[place % len(STORES)]
            yield Listing(number, day, script.person, customer, store, product.product)


def _launched(launched: date | None, day: date) -> bool:
    return launched is not None and (launched <= day or launched == date(2026, 6, 1))


def _own_customer(script: Script, day: date, book: Book, dice: Dice) -> str:
    own = book.accounts.of(script.person, day)
    return dice.one_of(own) if own else book.accounts.first_of(script.person)


def surveys(script: Script, book: Book, seed: int) -> Iterator[Survey]:
    """Answers of customers in the third quarter; their mean is the satisfaction."""
    dice = Dice(seed, "surveys", script.person)
    selling = [one for one in quarter(THIS_QUARTER) if script.sales.get(one)]
    for place, score in enumerate(script.satisfaction):
        one = selling[place % len(selling)]
        day = business_day(one, dice, start=script.hired, end=script.last_day)
        customer = _own_customer(script, day, book, dice)
        yield Survey(book.numbers.next("WJ", day), day, customer, script.person, score)


def market_shares(script: Script, target_change: Decimal, seed: int) -> Iterator[MarketShare]:
    """The share of a seller's market, by quarter; the change from a year before counts."""
    dice = Dice(seed, "shares", script.person)
    share = Decimal(dice.between(1200, 2400)).scaleb(-4)
    change = target_change * script.share_ratio.numerator / script.share_ratio.denominator
    now = (share + change).quantize(SHARE_SCALE)
    if _sold_in(script, quarter(SAME_QUARTER_LAST_YEAR)):
        yield MarketShare(script.person, SAME_QUARTER_LAST_YEAR, share)
    yield MarketShare(script.person, THIS_QUARTER, now)


def _sold_in(script: Script, these: Sequence[Month]) -> bool:
    return any(script.sales.get(one) for one in these)
