"""The SQL of division and rounding, as temporary functions of Spark 4.

Spark's `/` rounds where its result type ends, so it is only used for what divides exactly:
n less its remainder, by d. The remainder is multiplied by a power of ten and divided again,
as often as decimals are wanted, and the last remainder decides the rounding.

The session must say `spark.sql.decimalOperations.allowPrecisionLoss = false`: otherwise a
product loses decimals silently. With it, and ANSI mode on, too many digits are an error.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from attain.core.rounding import Mode

SCALES: Final = (6, 18, 24)
"""Decimals both operands of a division are brought to; the first that holds them is taken."""

RESULTS: Final = (0, 6, 18)

SETTINGS: Final = {
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.ansi.enabled": "true",
}
"""What a session must be set to for the printed SQL to be exact."""


@cache
def functions() -> tuple[str, ...]:
    """The statements that create every function, each after those it calls."""
    return (
        _function("attain_no_data", "why STRING", "STRING", _NO_DATA),
        *(_whole(scale) for scale in SCALES),
        *(
            _division(scale, result, mode)
            for scale in SCALES
            for result in RESULTS
            for mode in (Mode if result == 0 else (Mode.half_up,))
        ),
        *_short_divisions(),
        _MULTIPLY,
        *_TEXTS_AND_DATES,
    )


def division(scale: int, result: int, mode: Mode) -> str:
    """The name of the function that divides operands of `scale` decimals."""
    return f"attain_divide_{scale}_{result}_{mode.value}"


def _function(name: str, parameters: str, returns: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE TEMPORARY FUNCTION {name}({parameters}) RETURNS {returns} RETURN {body}"
    )


_NO_DATA: Final = "CASE WHEN startswith(why, 'no_data.') THEN why END"


def _whole(scale: int) -> str:
    """How many times d goes into n, both above zero: what is left divides exactly."""
    kind = f"DECIMAL(38, {scale})"
    body = "CAST((n - n % d) / d AS DECIMAL(38, 0))"
    return _function(f"attain_whole_{scale}", f"n {kind}, d {kind}", "DECIMAL(38, 0)", body)


def _division(scale: int, result: int, mode: Mode) -> str:
    """n / d rounded to `result` decimals, by long division in steps of a few digits."""
    chunk = 3 if scale == max(SCALES) else 6
    power, kind = 10**chunk, f"DECIMAL(38, {scale})"
    n, d = f"CAST(abs(n) AS {kind})", f"CAST(abs(d) AS {kind})"
    quotient, remainder = f"attain_whole_{scale}({n}, {d})", f"({n} % {d})"
    for _ in range(result // chunk):
        raised = f"CAST({remainder} * {power} AS {kind})"
        quotient = (
            f"CAST({quotient} * {power} + attain_whole_{scale}({raised}, {d}) AS DECIMAL(38, 0))"
        )
        remainder = f"({raised} % {d})"
    minus = "((n < 0) <> (d < 0))"
    up = {
        Mode.half_up: f"{remainder} >= {d} - {remainder}",
        Mode.up: f"{remainder} > 0",
        Mode.floor: f"{minus} AND {remainder} > 0",
        Mode.down: "FALSE",
    }[mode]
    units = f"({quotient} + CASE WHEN {up} THEN 1 ELSE 0 END)"
    signed = f"CASE WHEN {minus} THEN -{units} ELSE {units} END"
    body = f"CAST(CAST({signed} AS DECIMAL(38, 0)) * {_unit(result)} AS DECIMAL(38, {result}))"
    parameters = f"n {kind}, d {kind}"
    return _function(division(scale, result, mode), parameters, f"DECIMAL(38, {result})", body)


def _short_divisions() -> list[str]:
    """Amounts and counts by amounts and counts, under the same short names as elsewhere."""
    kind = "DECIMAL(38, 6)"
    return [
        _function(
            f"attain_divide_{result}",
            f"n {kind}, d {kind}",
            f"DECIMAL(38, {result})",
            f"{division(6, result, Mode.half_up)}(n, d)",
        )
        for result in (6, 18)
    ]


def _unit(scale: int) -> str:
    """The last digit of that many decimals: 0.01 for two."""
    return "1" if scale == 0 else f"0.{'0' * (scale - 1)}1"


# With a = A + a' and b = B + b', whole and less than 1: a b = A b + a' B + a' b', and only the
# last term has more than 18 decimals. It is rounded away from zero by adding a half first.
_MULTIPLY: Final = _function(
    "attain_multiply",
    "a DECIMAL(38, 18), b DECIMAL(38, 18)",
    "DECIMAL(38, 18)",
    """CAST(
        CASE WHEN (a < 0) <> (b < 0) THEN -1 ELSE 1 END * (
            CAST(CAST(floor(abs(a)) AS DECIMAL(20, 0)) * abs(b) AS DECIMAL(38, 18))
            + CAST(CAST(floor(abs(b)) AS DECIMAL(20, 0)) * (abs(a) % 1) AS DECIMAL(38, 18))
            + round(CAST(abs(a) % 1 AS DECIMAL(18, 18)) * CAST(abs(b) % 1 AS DECIMAL(18, 18)), 18)
        ) AS DECIMAL(38, 18))""",
)

_TEXTS_AND_DATES: Final = (
    _function(
        "attain_matches",
        "value STRING, pattern STRING",
        "BOOLEAN",
        # Every sign but * and ? stands for itself: all is quoted but what these two become.
        r"value RLIKE concat(r'(?s)\A', replace(replace(concat(r'\Q', "
        r"replace(pattern, r'\E', r'\E\\E\Q'), r'\E'), '*', r'\E.*\Q'), '?', r'\E.\Q'), r'\z')",
    ),
    _function("attain_month_start", "day DATE", "DATE", "date_add(day, 1 - day(day))"),
    _function("attain_month_end", "day DATE", "DATE", "last_day(day)"),
    _function(
        "attain_quarter_start", "day DATE", "DATE", "make_date(year(day), 3 * quarter(day) - 2, 1)"
    ),
    _function(
        "attain_quarter_end",
        "day DATE",
        "DATE",
        "last_day(make_date(year(day), 3 * quarter(day), 1))",
    ),
    _function("attain_year_start", "day DATE", "DATE", "make_date(year(day), 1, 1)"),
    _function("attain_year_end", "day DATE", "DATE", "make_date(year(day), 12, 31)"),
    _function("attain_add_months", "day DATE, months INT", "DATE", "add_months(day, months)"),
    _function(
        "attain_months_after",
        "earlier DATE, later DATE",
        "BIGINT",
        "CAST(12 * (year(later) - year(earlier)) + month(later) - month(earlier) "
        "- CASE WHEN day(later) < least(day(earlier), day(last_day(later))) THEN 1 ELSE 0 END "
        "AS BIGINT)",
    ),
    _function(
        "attain_months_between",
        "a DATE, b DATE",
        "BIGINT",
        "CASE WHEN b < a THEN -attain_months_after(b, a) ELSE attain_months_after(a, b) END",
    ),
    _function(
        "attain_date",
        "y INT, m INT, d INT",
        "DATE",
        "CASE WHEN y BETWEEN 1 AND 9999 AND m BETWEEN 1 AND 12 AND d BETWEEN 1 AND 31 "
        "THEN try_to_date(concat(lpad(y, 4, '0'), '-', lpad(m, 2, '0'), '-', lpad(d, 2, '0'))) END",
    ),
)
