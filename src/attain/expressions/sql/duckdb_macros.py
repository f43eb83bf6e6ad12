"""The SQL of division and rounding, as macros of DuckDB.

DuckDB's `/` is binary floating point and its `avg` too, so neither is used. All division
is integer long division of 128-bit integers: the remainder is multiplied by a power of ten
that leaves it in 128 bits, as often as decimals are wanted, and the last remainder decides
the rounding, half away from zero. The macros are created before the connection is locked.
"""

from __future__ import annotations

from functools import cache
from typing import Final

SCALES: Final = (6, 18, 24)
"""Decimals an operand of a division may be brought to; the first that holds it is taken."""

RESULTS: Final = (0, 6, 18)
"""Decimals a division may have: none when steps are counted, 6 for money, else 18."""


@cache
def macros() -> tuple[str, ...]:
    """The statements that create every macro."""
    return (
        _NO_DATA,
        *_UNITS_MACROS,
        _SHORTEN,
        *_MULTIPLY,
        *_quotients(),
        *_divisions(),
        _short_division(6),
        _short_division(18),
        *_TEXTS_AND_DATES,
    )


_NO_DATA: Final = """
CREATE OR REPLACE MACRO attain_no_data(why) AS
    CASE WHEN starts_with(why, 'no_data.') THEN why END
"""

# Units of 10^-18: with a = A1 10^18 + A0 and b likewise, a b 10^-18 = A b1 + A1 b0 + A0 b0 10^-18,
# and only the last term is rounded.
_MULTIPLY: Final = (
    """
CREATE OR REPLACE MACRO attain_units_product(a, b) AS
    a * (b // 1000000000000000000)
    + (a // 1000000000000000000) * (b % 1000000000000000000)
    + ((a % 1000000000000000000) * (b % 1000000000000000000) + 500000000000000000)
        // 1000000000000000000
""",
    """
CREATE OR REPLACE MACRO attain_multiply(a DECIMAL(38, 18), b DECIMAL(38, 18)) AS
    CAST(
        CASE WHEN (a < 0) <> (b < 0) THEN -1 ELSE 1 END
        * attain_units_product(abs(attain_units_18(a)), abs(attain_units_18(b)))
    AS DECIMAL(38, 0)) * 0.000000000000000001
""",
)


def _unit(scale: int) -> str:
    """The last digit of that many decimals: 0.01 for two."""
    return "1" if scale == 0 else f"0.{'0' * (scale - 1)}1"


_UNITS_MACROS: Final = tuple(
    f"""
CREATE OR REPLACE MACRO attain_units_{scale}(x DECIMAL(38, {scale})) AS
    CAST(decimal_division(x, CAST({_unit(scale)} AS DECIMAL({scale}, {scale})), 0) AS HUGEINT)
"""
    for scale in SCALES
)
"""The integer behind a decimal: how many 10^-scale it is."""


# A number held with more decimals than it has: to divide it by one takes a quarter of a cast.
_SHORTEN: Final = """
CREATE OR REPLACE MACRO attain_shorten(x DECIMAL(38, 18)) AS
    CAST(decimal_division(x, CAST(1 AS DECIMAL(1, 0)), 6) AS DECIMAL(38, 6))
"""


def _quotients() -> list[str]:
    shifts = {
        max(0, result + below - above) for result in RESULTS for below in SCALES for above in SCALES
    }
    return [_quotient(shift, chunk) for shift in sorted(shifts) for chunk in (6, 3)]


def _quotient(shift: int, chunk: int) -> str:
    """n × 10^shift / d for whole n and d ≥ 0, in steps of `chunk` digits.

    A remainder times 10^chunk must stay below 2^127, so d may have 32 digits with steps
    of six digits, and 35 with steps of three.
    """
    power = 10**chunk
    remainder, quotient = "n % d", "n // d"
    for _ in range(shift // chunk):
        quotient = f"({quotient}) * {power} + ({remainder}) * {power} // d"
        remainder = f"({remainder}) * {power} % d"
    return f"""
CREATE OR REPLACE MACRO attain_quotient_{shift}_{chunk}(n, d, minus, mode) AS
    CASE WHEN minus THEN -1 ELSE 1 END * ({quotient} +
        CASE mode
            WHEN 'half_up' THEN CASE WHEN {remainder} >= d - ({remainder}) THEN 1 ELSE 0 END
            WHEN 'up' THEN CASE WHEN {remainder} > 0 THEN 1 ELSE 0 END
            WHEN 'floor' THEN CASE WHEN minus AND {remainder} > 0 THEN 1 ELSE 0 END
            ELSE 0
        END)
"""


def _divisions() -> list[str]:
    made = []
    for above in SCALES:
        for below in SCALES:
            for result in RESULTS:
                made.append(_division(above, below, result))
    return made


def _division(above: int, below: int, result: int) -> str:
    """n / d rounded to `result` decimals, for operands of given decimals."""
    shift = result + below - above
    divisor = f"attain_units_{below}(d)"
    if shift < 0:
        divisor = f"{divisor} * {10**-shift}"
    chunk = 3 if below == max(SCALES) else 6
    quotient = (
        f"attain_quotient_{max(0, shift)}_{chunk}("
        f"abs(attain_units_{above}(n)), abs({divisor}), (n < 0) <> (d < 0), mode)"
    )
    exact = f"CAST({quotient} AS DECIMAL(38, 0)) * {_unit(result)}"
    return f"""
CREATE OR REPLACE MACRO attain_divide_{above}_{below}_{result}(
    n DECIMAL(38, {above}), d DECIMAL(38, {below}), mode
) AS {exact}
"""


def _short_division(result: int) -> str:
    """Amounts and counts by amounts and counts, the division that plans are full of.

    Operands below 10^13 go through DuckDB's own exact division, several times as fast. It
    rounds ties to even, so a tie that was rounded towards zero gets its last digit back.
    """
    n, d = "CAST(n AS DECIMAL(20, 6))", "CAST(d AS DECIMAL(20, 6))"
    even = f"decimal_division({n}, {d}, {result})"
    rest = f"(CAST(n AS DECIMAL(38, {6 + result})) - {even} * {d})"
    minus = "(n < 0) <> (d < 0)"
    return f"""
CREATE OR REPLACE MACRO attain_divide_{result}(n DECIMAL(38, 6), d DECIMAL(38, 6)) AS
    CASE WHEN abs(n) < {_FAST} AND abs(d) < {_FAST}
        THEN {even} + {_unit(result)} * CASE
            WHEN 2 * {rest} * CASE WHEN n < 0 THEN -1 ELSE 1 END = abs({d}) * {_unit(result)}
                THEN CASE WHEN {minus} THEN -1 ELSE 1 END
            ELSE 0
        END
        ELSE attain_divide_6_6_{result}(n, d, 'half_up')
    END
"""


_FAST: Final = 10**13


_TEXTS_AND_DATES: Final = (
    # * stands for any text, ? for one character; signs that LIKE knows are escaped first.
    r"""
CREATE OR REPLACE MACRO attain_matches(value, pattern) AS
    value LIKE replace(replace(replace(replace(replace(pattern,
        '\', '\\'), '%', '\%'), '_', '\_'), '*', '%'), '?', '_') ESCAPE '\'
""",
    """
CREATE OR REPLACE MACRO attain_month_start(day) AS make_date(year(day), month(day), 1)
""",
    """
CREATE OR REPLACE MACRO attain_month_end(day) AS last_day(day)
""",
    """
CREATE OR REPLACE MACRO attain_quarter_start(day) AS
    make_date(year(day), 3 * quarter(day) - 2, 1)
""",
    """
CREATE OR REPLACE MACRO attain_quarter_end(day) AS
    last_day(make_date(year(day), 3 * quarter(day), 1))
""",
    """
CREATE OR REPLACE MACRO attain_year_start(day) AS make_date(year(day), 1, 1)
""",
    """
CREATE OR REPLACE MACRO attain_year_end(day) AS make_date(year(day), 12, 31)
""",
    """
CREATE OR REPLACE MACRO attain_add_months(day, months) AS
    CAST(day + to_months(months) AS DATE)
""",
    # As many months as can pass from the earlier date without passing the later one.
    """
CREATE OR REPLACE MACRO attain_months_after(earlier, later) AS
    12 * (year(later) - year(earlier)) + month(later) - month(earlier)
    - CASE WHEN day(later) < least(day(earlier), day(last_day(later))) THEN 1 ELSE 0 END
""",
    """
CREATE OR REPLACE MACRO attain_months_between(a, b) AS
    CASE WHEN b < a THEN -attain_months_after(b, a) ELSE attain_months_after(a, b) END
""",
    """
CREATE OR REPLACE MACRO attain_date(y, m, d) AS
    CASE WHEN y BETWEEN 1 AND 9999 THEN TRY(make_date(y, m, d)) END
""",
)
