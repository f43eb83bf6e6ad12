"""Sales of promoters to consumers (S54)."""

from __future__ import annotations

from datetime import date

from attain.demo.customers import COMMUNITY
from attain.demo.dice import Dice
from attain.demo.months import THIS_QUARTER, quarter
from attain.demo.orders import Book, write_order
from attain.demo.story import Story


def write_community(story: Story, book: Book, seed: int) -> None:
    """The sales of the third quarter; the months before are not told, and not covered."""
    customer = book.accounts.customers[COMMUNITY]
    for promoter in story.community.promoters:
        dice = Dice(seed, "community", promoter.code)
        for one, sales in zip(quarter(THIS_QUARTER), promoter.months, strict=True):
            for sale in sales:
                day = date(one.year, one.number, sale.day)
                write_order(
                    book, book.numbers.next("SQ", day), customer, promoter.code, signed=day,
                    invoiced=day, amount=sale.amount, dice=dice,
                    products=[dice.one_of(book.assortment.on_sale(day))], entered=day,
                )  # fmt: skip
