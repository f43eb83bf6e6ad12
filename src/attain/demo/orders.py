"""Orders and the money that comes in for them, so that both add up to the script.

An order is invoiced within ten days and paid, whole or in part, when the seller's collections
of a month reach it: the oldest invoice first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from attain.demo.customers import Accounts
from attain.demo.dice import Dice
from attain.demo.money import Cents, by_lot, times
from attain.demo.months import FIRST, LAST, YEAR_START, Month, business_day, month_of
from attain.demo.products import Assortment, cartons
from attain.demo.rows import Customer, Order, Product, Receipt
from attain.demo.scripts import Script, all_months
from attain.demo.tables import Numbers, Tables

KNOWN_UNTIL: Final = date(2026, 10, 9)
"""The day until which late papers of September were entered, but for those of the story."""

OPENING_INVOICES_ON: Final = (date(2024, 9, 9), date(2024, 9, 20))
LATE_PERCENT: Final = 1
BUSIER_FROM: Final = Month(2026, 4)


@dataclass
class Invoice:
    """What a customer still owes for an order; without a number, from before the first month."""

    order_no: str | None
    invoice_no: str | None
    customer: str
    invoiced_on: date
    left: Cents


@dataclass
class Book:
    """Everything that orders are made with."""

    accounts: Accounts
    assortment: Assortment
    numbers: Numbers
    tables: Tables = field(default_factory=Tables)
    sold: dict[tuple[str, Month], Cents] = field(default_factory=lambda: defaultdict(int))
    """Credited for orders that the story tells, by person and month."""
    collected: dict[tuple[str, Month], Cents] = field(default_factory=lambda: defaultdict(int))
    unpaid: dict[str, list[Invoice]] = field(default_factory=dict)


def trade(script: Script, book: Book, dice: Dice) -> None:
    """A seller's orders and receipts, month by month."""
    invoices = book.unpaid.pop(script.predecessor or "", None) or _opening(script, book)
    carried = 0
    for one in all_months(script):
        sales = script.sales.get(one, 0) - book.sold[script.person, one]
        if sales > 0:
            invoices += _orders_of_month(script, one, sales, book, dice)
        money = script.collections.get(one, 0) - book.collected[script.person, one]
        _check_room(script, one, sales, money)
        if one < YEAR_START:
            carried = _collect_whole(script, one, money + carried, invoices, book, dice)
        elif money > 0:
            _collect(script, one, money, invoices, book, dice)
        invoices = [invoice for invoice in invoices if invoice.left]
    book.unpaid[script.person] = invoices


def _check_room(script: Script, one: Month, sales: Cents, money: Cents) -> None:
    """
    :raises ValueError: the story tells more than the script allows.
    """
    if sales < 0 or money < 0:
        raise ValueError(f"{script.person} in {one.label}: {sales} and {money} fen are left")


def _opening(script: Script, book: Book) -> list[Invoice]:
    """What was owed before the first month, so that money comes in from the start."""
    first = min(all_months(script))
    if first > FIRST:
        return []
    owed = times(script.collections[first], Fraction(8, 10))
    customer = book.accounts.first_of(script.person)
    return [Invoice(None, None, customer, day, owed) for day in OPENING_INVOICES_ON]


def _orders_of_month(
    script: Script, one: Month, amount: Cents, book: Book, dice: Dice
) -> list[Invoice]:
    """Orders of a month that add up to the amount; new customers' first orders among them."""
    firsts = [
        customer
        for customer in book.accounts.newly_developed[script.person]
        if month_of(customer.opened_on) == one
    ]
    invoices = []
    for customer in firsts:
        part = amount * dice.between(15, 40) // 1000
        invoices.append(_order(script, customer, customer.opened_on, part, book, dice))
        amount -= part
    for part in by_lot(amount, _number_of_orders(one, dice), dice):
        day = business_day(one, dice, start=script.hired, end=script.last_day)
        customer = book.accounts.customers[_customer(script, day, book, dice)]
        invoices.append(_order(script, customer, day, part, book, dice))
    return invoices


def _number_of_orders(one: Month, dice: Dice) -> int:
    """One a month, and one or two since April 2026."""
    return 1 if one < BUSIER_FROM else dice.between(1, 2)


def _customer(script: Script, day: date, book: Book, dice: Dice) -> str:
    own = book.accounts.of(script.person, day)
    return dice.one_of(own) if own else book.accounts.first_of(script.person)


def _order(
    script: Script, customer: Customer, day: date, amount: Cents, book: Book, dice: Dice
) -> Invoice:
    invoiced = day + timedelta(dice.below(10))
    on_sale = book.assortment.on_sale(day)
    lines = write_order(
        book, book.numbers.next("SO", day), customer, script.person, signed=day,
        invoiced=invoiced, amount=amount, dice=dice,
        products=[dice.one_of(on_sale) for _ in range(_number_of_lines(day, dice))],
    )  # fmt: skip
    return invoice_of(lines, amount, invoiced)


def _number_of_lines(day: date, dice: Dice) -> int:
    return 1 if month_of(day) < YEAR_START else dice.between(1, 2)


def invoice_of(lines: Sequence[Order], amount: Cents, invoiced: date) -> Invoice:
    order = lines[0]
    return Invoice(order.order_no, invoice_number(order.order_no), order.customer, invoiced, amount)


def invoice_number(order_no: str) -> str:
    """One invoice an order, with the order's number."""
    return f"FP{order_no[2:]}"


def write_order(
    book: Book,
    number: str,
    customer: Customer,
    seller: str,
    *,
    signed: date,
    invoiced: date | None,
    amount: Cents,
    products: Sequence[Product],
    dice: Dice,
    status: str = "signed",
    entered: date | None = None,
) -> list[Order]:
    """An order with a line for each product; together they are exactly the amount."""
    if invoiced is not None and invoiced > LAST.last:
        invoiced = None
    entered = entered or entered_on(signed, dice)
    lines = []
    for line, (product, part) in enumerate(
        zip(products, by_lot(amount, len(products), dice), strict=True), 1
    ):
        quantity, price, discount = cartons(part, product, dice)
        lines.append(
            Order(
                number, line, signed, invoiced, invoice_number(number) if invoiced else None,
                customer.customer, seller, product.product, quantity, price, discount, part,
                status, customer.channel, entered,
            )
        )  # fmt: skip
    book.tables.extend(Order, lines)
    return lines


def entered_on(day: date, dice: Dice) -> date:
    """Papers are entered within two days, and now and then weeks later."""
    days = dice.between(8, 25) if dice.happens(LATE_PERCENT) else dice.below(3)
    return max(day, min(day + timedelta(days), KNOWN_UNTIL))


def _collect_whole(
    script: Script, one: Month, money: Cents, invoices: list[Invoice], book: Book, dice: Dice
) -> Cents:
    """Receipts of the year before the one that is shown: there, invoices are paid whole.

    What is not enough for the next invoice is kept for the month after.
    """
    for invoice in _due(script, invoices, one):
        if invoice.left > money:
            break
        money -= invoice.left
        _receive(script, one, invoice.left, invoice, book, dice)
    return money


def _collect(
    script: Script, one: Month, money: Cents, invoices: list[Invoice], book: Book, dice: Dice
) -> None:
    """Receipts of a month that add up to the amount, the oldest invoices first.

    What no invoice asks for is paid in advance, and says no order.
    """
    for invoice in _due(script, invoices, one):
        if money == 0:
            return
        paid = min(money, invoice.left)
        money -= paid
        _receive(script, one, paid, invoice, book, dice)
    if money:
        customer = book.accounts.first_of(script.person)
        advance = Invoice(None, None, customer, one.first, money)
        _receive(script, one, money, advance, book, dice)


def _due(script: Script, invoices: list[Invoice], one: Month) -> list[Invoice]:
    """What can be paid in a month: money comes at the earliest on the day after the invoice."""
    last = min(one.last, script.last_day)
    due = [invoice for invoice in invoices if invoice.invoiced_on < last]
    return sorted(due, key=lambda invoice: invoice.invoiced_on)


def _receive(
    script: Script, one: Month, amount: Cents, invoice: Invoice, book: Book, dice: Dice
) -> None:
    invoice.left -= amount
    first = max(invoice.invoiced_on + timedelta(1), script.hired)
    day = business_day(one, dice, start=first, end=script.last_day)
    book.tables.add(
        Receipt(
            book.numbers.next("HK", day), day, invoice.customer, script.person, invoice.order_no,
            invoice.invoice_no, amount, entered_on(day, dice),
        )
    )  # fmt: skip
