"""Exact values with a meaning: amounts of money, and the currencies they are in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attain.core.errors import AttainError, Problem, codes, problem
from attain.core.rounding import Exact, Mode, decimal_of, exact, narrow, round_to, units_of
from attain.core.units import MONEY_DIGITS, MONEY_SCALE

# ISO 4217: currencies whose smallest unit is not a hundredth, then those where it is.
_WITHOUT_PARTS: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THOUSANDTHS: Final = "BHD IQD JOD KWD LYD OMR TND"
_HUNDREDTHS: Final = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS "
    "GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR "
    "LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD "
    "PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN "
    "SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW"
)
_DIGITS: Final[Mapping[str, int]] = {
    code: digits
    for digits, codes_ in enumerate((_WITHOUT_PARTS, "", _HUNDREDTHS, _THOUSANDTHS))
    for code in codes_.split()
}
_ALIASES: Final[Mapping[str, str]] = {
    "RMB": "CNY", "人民币": "CNY", "元": "CNY", "¥": "CNY", "￥": "CNY", "CNH": "CNY",
    "港币": "HKD", "HK$": "HKD", "美元": "USD", "US$": "USD", "$": "USD",
    "欧元": "EUR", "€": "EUR", "日元": "JPY", "英镑": "GBP", "£": "GBP",
}  # fmt: skip


def minor_digits(currency: str) -> int | None:
    """Decimals of the smallest payable unit: CNY 2, JPY 0, KWD 3; None for an unknown code."""
    return _DIGITS.get(currency)


def parse_currency(text: str) -> tuple[str, tuple[Problem, ...]]:
    """The currency meant by a code or a usual name, with a note where it was not the code.

    :raises AttainError: CURRENCY_UNKNOWN.
    """
    written = text.strip()
    found = _ALIASES.get(written.upper(), written.upper())
    if minor_digits(found) is None:
        raise AttainError(problem(codes.CURRENCY_UNKNOWN, value=text))
    if found == text:
        return found, ()
    return found, (problem(codes.CURRENCY_ALIAS, value=text, read=found),)


def currency_of_sign(sign: str) -> str | None:
    """The currency of a sign or usual name that stands at an amount, such as ¥ or 元."""
    return _ALIASES.get(sign.upper()) or (sign if minor_digits(sign) is not None else None)


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency. Amounts of different currencies never mix.

    :raises AttainError: CURRENCY_UNKNOWN; VALUE_NOT_EXACT beyond the six working decimals;
        AMOUNT_OVERFLOW.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if minor_digits(self.currency) is None:
            raise AttainError(problem(codes.CURRENCY_UNKNOWN, value=self.currency))
        units = units_of(self.amount, MONEY_SCALE)
        if abs(units) >= 10**MONEY_DIGITS:
            raise AttainError(problem(codes.AMOUNT_OVERFLOW, digits=MONEY_DIGITS))
        # One form for one amount: no sign at zero, no exponent.
        object.__setattr__(self, "amount", decimal_of(units, MONEY_SCALE))

    @classmethod
    def from_minor(cls, units: int, currency: str) -> Money:
        """From whole smallest units, as ledgers keep them: 12345 CNY is 123.45 yuan."""
        return cls(from_minor(units, currency), currency)

    @property
    def digits(self) -> int:
        """Decimals of the currency's smallest payable unit."""
        return minor_digits(self.currency) or 0

    @property
    def minor(self) -> int:
        """The amount in whole smallest units, exactly.

        :raises AttainError: AMOUNT_NOT_PAYABLE if it is finer than those.
        """
        scaled = exact(self.amount) * 10**self.digits
        if scaled.denominator != 1:
            raise AttainError(
                problem(codes.AMOUNT_NOT_PAYABLE, value=self.amount, currency=self.currency)
            )
        return int(scaled)

    def rounded(self, mode: Mode = Mode.half_up) -> Money:
        """The nearest payable amount."""
        return Money(round_to(self.amount, decimal_of(1, self.digits), mode), self.currency)

    def times(self, factor: Exact) -> Money:
        """The amount times a ratio or a count, narrowed half up to six working decimals."""
        return Money(narrow(exact(self.amount) * exact(factor), MONEY_SCALE), self.currency)

    def ratio_to(self, other: Money) -> Fraction:
        """This amount divided by the other, exactly.

        :raises AttainError: CURRENCY_MIXED, DIVISION_BY_ZERO.
        """
        self._same_currency(other)
        if not other.amount:
            raise AttainError(problem(codes.DIVISION_BY_ZERO, value=self.amount))
        return exact(self.amount) / exact(other.amount)

    def __add__(self, other: Money) -> Money:
        self._same_currency(other)
        total = exact(self.amount) + exact(other.amount)
        return Money(narrow(total, MONEY_SCALE), self.currency)

    def __sub__(self, other: Money) -> Money:
        return self + -other

    def __neg__(self) -> Money:
        return Money(self.amount.copy_negate(), self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same_currency(other)
        return self.amount < other.amount

    def __le__(self, other: Money) -> bool:
        return not other < self

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __str__(self) -> str:
        return f"{self.shown()} {self.currency}"

    def shown(self) -> str:
        """The amount with the currency's decimals, or with as many more as it needs."""
        text = format(self.amount, "f")
        whole, _, rest = text.partition(".")
        kept = rest[: self.digits] + rest[self.digits :].rstrip("0")
        return f"{whole}.{kept}" if kept else whole

    def _same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            raise AttainError(
                problem(codes.CURRENCY_MIXED, first=self.currency, second=other.currency)
            )


def to_minor(amount: Decimal, currency: str) -> int:
    """An amount in whole smallest units, exactly.

    :raises AttainError: AMOUNT_NOT_PAYABLE, CURRENCY_UNKNOWN.
    """
    return Money(amount, currency).minor


def from_minor(units: int, currency: str) -> Decimal:
    """Whole smallest units as an amount with the currency's decimals.

    :raises AttainError: CURRENCY_UNKNOWN.
    """
    digits = minor_digits(currency)
    if digits is None:
        raise AttainError(problem(codes.CURRENCY_UNKNOWN, value=currency))
    return decimal_of(units, digits)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The exact sum of amounts in one currency; of none, zero.

    :raises AttainError: CURRENCY_MIXED, AMOUNT_OVERFLOW.
    """
    result = Money(Decimal(0), currency)
    for amount in amounts:
        result += amount
    return result
