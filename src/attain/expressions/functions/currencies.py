"""Amounts in another currency."""

from __future__ import annotations

from typing import Final

from attain.core.labels import labels
from attain.core.units import Type, Unit, money
from attain.core.values import minor_digits
from attain.expressions import units
from attain.expressions.columns import relabelled
from attain.expressions.functions.arguments import Arguments
from attain.expressions.functions.registry import Example, Function
from attain.expressions.typed import Node


def _exchange(given: Arguments) -> Node:
    """`exchange(amount, rate, 'USD')` is `amount * rate`, in the currency that is named.

    A bare number may be an amount of whatever currency its row says.
    """
    currency = given.text(2)
    given.need_number(0)
    given.need(1, Type(Unit.ratio))
    if currency is None or given.is_faulty:
        return given.composer.faulty(given.span)
    if minor_digits(currency) is None:
        return given.fault(
            labels(f"没有币种“{currency}”", f"there is no currency “{currency}”"), given[2].span
        )
    product = given.operate("*", given[0], given[1])
    if units.is_faulty(product.type):
        return product
    return relabelled(product, money(currency))


FUNCTIONS: Final = (
    Function(
        name="exchange",
        aliases=("折算",),
        signature="exchange(amount, rate, 'USD')",
        arity=(3, 3),
        units=labels(
            "金额或不带币种的数字、比率、写明的币种；结果为该币种的金额",
            "an amount, or a number whose row says its currency; a ratio; a currency that is "
            "written out, in which the result is",
        ),
        description=labels(
            "按汇率折算成另一种货币：amount * rate，单位是写明的币种。不取整，需要时写 round。",
            "An amount in another currency: amount * rate, in the currency that is named. Nothing "
            "is rounded; say round where it is.",
        ),
        examples=(Example("exchange(100, 1.0837, 'USD')", "108.37"),),
        typing=_exchange,
    ),
)
