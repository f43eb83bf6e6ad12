"""Orders that the story tells, with their receipts, splits and returns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from attain.demo.dice import Dice
from attain.demo.months import LAST, business_day, month_of
from attain.demo.orders import Book, entered_on, invoice_number, write_order
from attain.demo.rows import Customer, ExportOrder, Order, OrderSplit, Rate, Receipt, Return
from attain.demo.splitting import shared
from attain.demo.story import Story
from attain.demo.story.trade import Deal, ToldReceipt

OVERLAY: Final = "specialist"
"""Who has this role is credited on top of the full hundred per cent."""

RETURN_PERCENT: Final = 2
REASONS: Final = ("near_expiry", "damaged", "unsold", "wrong_delivery")


def write_deals(story: Story, book: Book, seed: int) -> None:
    """All told deals; what they are credited with comes off the months of the scripts."""
    for deal in story.deals.deals:
        _write(deal, book, Dice(seed, "deal", deal.order))
    for deal in story.deals.cancelled:
        dice = Dice(seed, "cancelled", deal.order)
        write_order(
            book, deal.order, _customer(deal, book), deal.seller, signed=deal.signed,
            invoiced=None, amount=deal.amount, products=[dice.one_of(book.assortment.established)],
            dice=dice, status="cancelled",
        )  # fmt: skip


def numbers_told(story: Story) -> list[str]:
    """The numbers of documents that nothing else may have."""
    deals = [*story.deals.deals, *story.deals.cancelled]
    receipts = [receipt.number for deal in deals for receipt in deal.receipts]
    returns = [deal.returned.number for deal in deals if deal.returned is not None]
    return [*(deal.order for deal in deals), *receipts, *returns]


def _customer(deal: Deal, book: Book) -> Customer:
    code = deal.customer
    return book.accounts.customers[
        code if code in book.accounts.customers else book.accounts.first_of(code)
    ]


def _write(deal: Deal, book: Book, dice: Dice) -> None:
    told = [book.assortment[deal.product]] if deal.product else []
    line = write_order(
        book, deal.order, _customer(deal, book), deal.seller, signed=deal.signed,
        invoiced=deal.invoiced, amount=deal.amount, dice=dice, entered=deal.entered,
        products=told or [dice.one_of(book.assortment.established)],
    )[0]  # fmt: skip
    _credit(deal, book)
    for receipt in deal.receipts:
        book.tables.add(_receipt(receipt, line, dice))
    if deal.returned is not None:
        book.tables.add(_return(deal, line, dice))
    _write_splits(deal, book)


def _credit(deal: Deal, book: Book) -> None:
    """Note for every person's month what this deal takes of it; overlays take nothing."""
    splits = [split for split in deal.splits if split.role != OVERLAY]
    people = [split.person for split in splits] or [deal.seller]
    shares = [split.share for split in splits] or None
    for receipt in deal.receipts:
        parts = shared(receipt.amount, shares) if shares else [receipt.amount]
        for person, part in zip(people, parts, strict=True):
            book.collected[person, month_of(receipt.day)] += part
    parts = shared(deal.amount, shares) if shares else [deal.amount]
    for person, part in zip(people, parts, strict=True):
        book.sold[person, month_of(deal.signed)] += part


def _receipt(told: ToldReceipt, line: Order, dice: Dice) -> Receipt:
    return Receipt(
        told.number, told.day, line.customer, line.seller, line.order_no,
        invoice_number(line.order_no), told.amount, told.entered or entered_on(told.day, dice),
    )  # fmt: skip


def _return(deal: Deal, line: Order, dice: Dice) -> Return:
    told = deal.returned
    assert told is not None
    quantity = line.quantity * told.amount // line.amount
    return Return(
        told.number, told.on, line.order_no, line.line_no, line.customer, line.seller,
        line.product, quantity, told.amount, told.reason, told.entered or entered_on(told.on, dice),
    )  # fmt: skip


def _write_splits(deal: Deal, book: Book) -> None:
    for split in deal.splits:
        assert deal.approved_by is not None
        assert deal.approved_on is not None
        book.tables.add(
            OrderSplit(
                deal.order, split.person, split.role, split.share, split.role == OVERLAY,
                deal.approved_by, deal.approved_on,
            )
        )  # fmt: skip


def write_export(story: Story, book: Book, seed: int) -> None:
    """Invoices in dollars, and the rates at the end of each month; one rate is missing."""
    told = story.deals.export
    dice = Dice(seed, "export")
    for number, amount in enumerate(told.amounts):
        one = told.first.plus(number)
        day = business_day(one, dice)
        book.tables.add(ExportOrder(f"EX-{day:%y%m%d}-1", day, told.customer, told.seller, amount))
    for number, for_a_hundred in enumerate(told.rates):
        day = told.first.plus(number).last
        book.tables.add(Rate("month_end", "USD", "CNY", day, for_a_hundred.scaleb(-2)))


def write_returns(book: Book, seed: int, told: Sequence[Deal] = ()) -> None:
    """Now and then some cartons come back; not where the story tells what came back."""
    dice = Dice(seed, "returns")
    orders = {deal.order for deal in told}
    quarters = {(deal.seller, month_of(deal.returned.on).quarter) for deal in told if deal.returned}
    for line in book.tables.of(Order):
        back = line.signed_on + timedelta(dice.between(10, 40))
        is_told = line.order_no in orders or (line.seller, month_of(back).quarter) in quarters
        if not dice.happens(RETURN_PERCENT) or is_told or back > LAST.last:
            continue
        if line.status == "signed" and line.invoiced_on is not None:
            book.tables.add(_cartons_back(line, back, book, dice))


def _cartons_back(line: Order, back: date, book: Book, dice: Dice) -> Return:
    quantity = max(1, line.quantity * dice.between(2, 20) // 100)
    return Return(
        book.numbers.next("TH", back), back, line.order_no, line.line_no, line.customer,
        line.seller, line.product, quantity, line.amount * quantity // line.quantity,
        dice.one_of(REASONS), entered_on(back, dice),
    )  # fmt: skip
