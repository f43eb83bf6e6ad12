"""The one number parser: forms, programming interface, files and plans all read through it.

The grammar: an optional sign, digits 0 to 9, optionally a decimal sign and digits. What
else a column may contain (thousands separators, a percent sign, 万 and 亿, accounting
negatives) has to be declared in its profile. Nothing is guessed and nothing is rounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, Literal

from attain.core.errors import AttainError, Problem, codes, problem
from attain.core.labels import Labels, labels
from attain.core.rounding import decimals
from attain.core.units import FRACTION_SCALE
from attain.core.values import currency_of_sign

MAX_NUMBER_DIGITS: Final = 20
_MAX_LENGTH: Final = 100

_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９＋－，．％（）", "0123456789+-,.%()")
_BLANKS: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})
_UNITS: Final = {"万": 4, "亿": 8}
_GROUPED: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}([,.])[0-9]{3}")
_CELL: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,4})?")
_CELL_DIGITS: Final = 15
_USUAL: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class NumberProfile:
    """How the numbers of one column may be written.

    `thousands` is None (none accepted) or the sign between groups of three digits; `units`
    are those of 万 and 亿 that may follow the number; `currency` lets its own sign or name
    stand at the amount; `scale` is how many decimals a value may have, None for any. With
    `allow_leading_point` .0120 is 0.0120, as some databases write what is below one. `exponent`
    is the power of ten that one stands for where a column counts in 万元; a number with a unit
    of its own says it itself.
    """

    decimal: Literal[".", ","] = "."
    thousands: Literal[",", ".", " ", "'"] | None = None
    allow_percent: bool = False
    allow_accounting_negative: bool = False
    allow_leading_point: bool = False
    units: frozenset[str] = frozenset()
    exponent: int = 0
    currency: str | None = None
    scale: int | None = None
    max_digits: int = MAX_NUMBER_DIGITS


PLAIN_NUMBERS: Final = NumberProfile()
_DECLARABLE: Final = (
    (re.compile(r"\([0-9.,]+\)|[0-9.,]+-|\u2212[0-9.,]+"), "written: {accounting: true}"),
    (re.compile(r"[+-]?[0-9.,]+ ?万"), "written: {units: [万]}"),
    (re.compile(r"[+-]?[0-9.,]+ ?亿"), "written: {units: [亿]}"),
    (re.compile(r"[+-]?\.[0-9]+"), "written: {leading_point: true}"),
    (re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})*,[0-9]+"), 'written: {decimal: ","}'),
)
"""Ways to write a number that a column may declare, with the declaration."""
_WITH_COMMAS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
_PARTS: Final = {"%": -2, "‰": -3}
"""Signs behind a ratio, as powers of ten."""
_SHARES: Final = {"折": 1, "成": 1}
"""Signs of shares that Chinese texts write instead of per cent, as powers of ten of it."""
RATIO_NUMBERS: Final = NumberProfile(allow_percent=True, scale=FRACTION_SCALE)
WHOLE_NUMBERS: Final = NumberProfile(scale=0)


@dataclass(frozen=True, slots=True)
class Parsed:
    """An exact value with the notes a reader must see, such as what a sign was taken for."""

    value: Decimal
    notes: tuple[Problem, ...] = ()


def parse_number(text: str, profile: NumberProfile = PLAIN_NUMBERS) -> Parsed:
    """The number a text means under a profile.

    :raises AttainError: NUMBER_MISSING, NUMBER_FORMAT, NUMBER_AMBIGUOUS, NUMBER_TOO_LONG,
        PERCENT_NOT_ALLOWED, TOO_MANY_DECIMALS, NUMBER_NOT_WHOLE, CURRENCY_MIXED.
    :raises TypeError: anything that is not a text.
    """
    if not isinstance(text, str):
        raise TypeError(f"a number is read from a text, not from {type(text).__name__}")
    if profile.decimal == "." and len(text) <= profile.max_digits and _USUAL.fullmatch(text):
        # The usual case, which needs none of what follows; millions of cells are read.
        return Parsed(_checked(_shifted(text, profile.exponent), text, profile))
    written = _with_zero_in_front(text.strip(), profile)
    if not written:
        raise AttainError(problem(codes.NUMBER_MISSING))
    if len(written) > _MAX_LENGTH:
        raise AttainError(_no_number(text))
    half_width = written.translate(_FULL_WIDTH)
    rest = _without_currency(half_width, text, profile)
    rest, exponent = _without_suffix(rest, text, profile)
    rest = _with_sign_in_front(rest, profile)
    number = _plain_number(rest, text, profile)
    digits = sum(sign.isdigit() for sign in number)
    if digits > profile.max_digits:
        limit = profile.max_digits
        raise AttainError(problem(codes.NUMBER_TOO_LONG, value=text, digits=digits, limit=limit))
    value = _checked(_shifted(number, exponent or profile.exponent), text, profile)
    bare = written[:-1] if written[-1:] in _PARTS and half_width == written else written
    is_as_written = number == bare
    if is_as_written:
        return Parsed(value)
    return Parsed(value, (problem(codes.NUMBER_NORMALISED, value=text, read=value),))


def parse_ratio(text: str, profile: NumberProfile = RATIO_NUMBERS) -> Parsed:
    """A ratio, written as 0.8 or as 80%.

    :raises AttainError: as `parse_number`.
    """
    return parse_number(text, replace(profile, allow_percent=True))


def parse_cell_number(raw: str, profile: NumberProfile = PLAIN_NUMBERS) -> Parsed:
    """The number of a numeric cell of a workbook, from the text in the file.

    A spreadsheet keeps 15 digits and writes up to 17, so 0.30000000000000004 is 0.3: what
    its user sees. From 16 digits before the decimal sign on, digits are lost already.

    :raises AttainError: CELL_ERROR, NUMBER_TOO_LARGE_FOR_CELL, TOO_MANY_DECIMALS,
        NUMBER_NOT_WHOLE.
    """
    if not _CELL.fullmatch(raw):
        raise AttainError(problem(codes.CELL_ERROR, value=raw))
    shown = Context(prec=_CELL_DIGITS, rounding=ROUND_HALF_UP).create_decimal(raw)
    if shown.adjusted() > 308:
        raise AttainError(problem(codes.CELL_ERROR, value=raw))
    if shown.adjusted() >= _CELL_DIGITS:
        raise AttainError(problem(codes.NUMBER_TOO_LARGE_FOR_CELL, value=raw))
    plain = format(_without_zeros(shown), "f")
    return Parsed(_checked(_shifted(plain, profile.exponent), raw, profile))


def _no_number(text: str) -> Problem:
    return problem(codes.NUMBER_FORMAT, value=text, hint=_hint(text))


def _hint(text: str) -> Labels:
    """What to declare, if the number is written in a way that a column may declare."""
    written = text.strip().translate(_FULL_WIDTH)
    for way, declared in _DECLARABLE:
        if way.fullmatch(written):
            return labels(
                f"如果整列都这样写，在数据集里给这一列声明 {declared}。",
                f" If the whole column is written so, declare {declared} for it in its dataset.",
            )
    plain = _in_plain_digits(written)
    return labels(f"这里写 {plain}。", f" Here it is {plain}.") if plain else labels("", "")


def _in_plain_digits(written: str) -> str | None:
    """The number as it is accepted, where a text can mean but one: 1,234.50, 8.5折."""
    if _WITH_COMMAS.fullmatch(written):
        return written.replace(",", "")
    number, sign = written[:-1].rstrip(), written[-1:]
    if sign in _SHARES and re.fullmatch(r"[0-9](\.[0-9]+)?", number):
        return f"{_without_zeros(Decimal(number).scaleb(_SHARES[sign])):f}%"
    return None


def _without_currency(written: str, text: str, profile: NumberProfile) -> str:
    """The amount without the sign or name of its currency, if the column has one."""
    if profile.currency is None:
        return written
    bare = written.lstrip("+-(")
    for rest, sign in (_split_front(bare), _split_back(written)):
        currency = currency_of_sign(sign.strip())
        if currency is None:
            continue
        if currency != profile.currency:
            raise AttainError(
                problem(codes.CURRENCY_MIXED, first=profile.currency, second=currency)
            )
        front = written[: len(written) - len(bare)] if sign == _split_front(bare)[1] else ""
        return front + rest.strip()
    return written


def _split_front(text: str) -> tuple[str, str]:
    length = next((n for n, sign in enumerate(text) if sign in "0123456789+-.,("), len(text))
    return text[length:], text[:length]


def _split_back(text: str) -> tuple[str, str]:
    kept = text.rstrip("".join({sign for sign in text if sign not in "0123456789)%-+.,"}))
    return kept, text[len(kept) :]


def _without_suffix(written: str, text: str, profile: NumberProfile) -> tuple[str, int]:
    """The number before a sign of shares or a declared unit, and the power of ten it means."""
    if written[-1:] in _PARTS:
        if not profile.allow_percent:
            raise AttainError(problem(codes.PERCENT_NOT_ALLOWED, value=text))
        return written[:-1].rstrip(" "), _PARTS[written[-1]]
    if written[-1:] in profile.units:
        return written[:-1].rstrip(" "), _UNITS[written[-1]]
    return written, 0


def _with_sign_in_front(written: str, profile: NumberProfile) -> str:
    """Accounting negatives, where declared: (5), 5- and −5 are -5."""
    if not profile.allow_accounting_negative:
        return written
    if written.startswith("(") and written.endswith(")"):
        inner = written[1:-1].strip()
        return f"-{inner}" if inner[:1].isdigit() else written
    if written.endswith("-") and written[:1].isdigit():
        return f"-{written[:-1].rstrip()}"
    return f"-{written[1:]}" if written.startswith("\u2212") else written


def _with_zero_in_front(written: str, profile: NumberProfile) -> str:
    """.0120 as 0.0120, where declared."""
    if not profile.allow_leading_point:
        return written
    return re.sub(rf"^([+-]?)({re.escape(profile.decimal)}[0-9])", r"\g<1>0\g<2>", written)


def _plain_number(written: str, text: str, profile: NumberProfile) -> str:
    """The number with a point for the decimal sign and without separators."""
    decimal, between = re.escape(profile.decimal), profile.thousands
    if between is not None:
        written = written.translate(_BLANKS) if between == " " else written
        groups = rf"[+-]?[1-9][0-9]{{0,2}}({re.escape(between)}[0-9]{{3}})+({decimal}[0-9]+)?"
        if between != profile.decimal and re.fullmatch(groups, written):
            written = written.replace(between, "")
    if re.fullmatch(rf"[+-]?[0-9]+({decimal}[0-9]+)?", written):
        return written.replace(profile.decimal, ".")
    grouped = _GROUPED.fullmatch(written)
    if grouped and grouped[1] not in (profile.decimal, between):
        sign = grouped[1]
        first, second = written.replace(sign, ""), written.replace(sign, ".")
        raise AttainError(
            problem(codes.NUMBER_AMBIGUOUS, value=text, first=first, second=second, sign=sign)
        )
    raise AttainError(_no_number(text))


def _shifted(number: str, exponent: int) -> Decimal:
    """A plain number times a power of ten, exactly, and zero without a sign."""
    value = Decimal(f"{number}E{exponent}") if exponent else Decimal(number)
    if not value:
        return value.copy_abs()
    return Decimal(format(value, "f")) if exponent > 0 else value


def _checked(value: Decimal, text: str, profile: NumberProfile) -> Decimal:
    """The value, if it has no more decimals than accepted; zeros at the end do not count."""
    scale = profile.scale
    if scale is None or decimals(value) <= scale:
        return value
    kept = _without_zeros(value)
    if decimals(kept) <= scale:
        return kept
    if scale == 0:
        raise AttainError(problem(codes.NUMBER_NOT_WHOLE, value=text))
    raise AttainError(
        problem(codes.TOO_MANY_DECIMALS, value=text, decimals=decimals(kept), scale=scale)
    )


def _without_zeros(value: Decimal) -> Decimal:
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    kept = Decimal(text)
    return kept if kept else Decimal(0)
