"""What is sold, and how an amount becomes cartons at a price."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from attain.demo.dice import Dice
from attain.demo.money import Cents
from attain.demo.rows import Product
from attain.demo.story import Story


class Assortment:
    """The products on sale."""

    def __init__(self, story: Story) -> None:
        lines = story.products.lines
        self.products = tuple(
            Product(
                told.code, told.name, told.en, told.line, lines[told.line].name, told.price,
                told.launched,
            )
            for told in story.products.products
        )  # fmt: skip
        self._by_code = {product.product: product for product in self.products}

    def __iter__(self) -> Iterator[Product]:
        return iter(self.products)

    def __getitem__(self, code: str) -> Product:
        return self._by_code[code]

    @cached_property
    def established(self) -> tuple[Product, ...]:
        return tuple(product for product in self.products if product.launched_on is None)

    @cached_property
    def new(self) -> tuple[Product, ...]:
        """Products for whose listing in a store a bonus is paid."""
        return tuple(product for product in self.products if product.launched_on is not None)

    def on_sale(self, day: date) -> tuple[Product, ...]:
        """What could be ordered on a day."""
        if day < date(2026, 6, 1):
            return self.established
        return tuple(
            one for one in self.products if one.launched_on is None or one.launched_on <= day
        )


def cartons(amount: Cents, product: Product, dice: Dice) -> tuple[int, Cents, Cents]:
    """Quantity, unit price and discount that make exactly this amount.

    The agreed price is somewhat below the list; the discount is less than one carton.
    """
    price = product.list_price * dice.between(88, 100) // 100
    quantity = -(-amount // price)
    return quantity, price, quantity * price - amount
