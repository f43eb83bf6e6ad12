"""Random formulas that are well typed, grown from templates by unit.

`{money}` in a template is replaced by a formula of that unit, down to a leaf.
"""

from __future__ import annotations

import re
from typing import Final

from hypothesis import strategies as st

LEAVES: Final = {
    "money": ("amount", "price", "paid", "amount", "销售额"),
    "ratio": ("rate", "share", "5%", "120%", "0%"),
    "count": ("quantity", "visits", "pieces"),
    "points": ("score",),
    "number": ("2", "0", "10", "0.25", "7"),
    "whole": ("quantity", "visits", "days", "3"),
    "month": ("2", "12", "13", "mod(quantity, 13)"),
    "date": ("signed_on", "due", "2026-02-28"),
    "text": ("note", "name", "'A'", "'华东'"),
    "truth": ("flag", "is_head", "true"),
}

_ANY_NUMBER: Final = (
    "({0} + {0})",
    "({0} - {0})",
    "({0} + {0} + {0})",
    "-{0}",
    "max({0}, {0})",
    "min({0}, {0}, {0})",
    "clamp({0}, {0}, {0})",
    "if({{truth}}, {0}, {0})",
    "if({{truth}}, {0}, {{truth}}, {0}, {0})",
    "if({{truth}}, {0}, not_applicable('w'))",
    "if_missing({0}, {0})",
    "abs({0})",
    "round({0}, 0.01)",
    "round({0}, 0.5, 'down')",
    "round({0}, 100, 'up')",
    "round({0}, 0.05, 'floor')",
    "floor({0})",
    "ceil({0}, 0.1)",
    "mod({0}, {0})",
    "{0} * {{number}}",
    "({0} / {{number}})",
    "{0} * {{ratio}}",
    "({0} / {{ratio}})",
    "({0} / {{count}})",
)

OTHER: Final = {
    "money": (
        "{count} * {money}",
        "exchange({money}, {ratio}, 'CNY')",
        "{points} * {money}",
        "({money} / {points})",
        "marginal(slabs, {money})",
        "marginal(slabs, {money}).otherwise",
        "marginal(steps, {money})",
        "whole(slabs, {money})",
        "whole(bands, {ratio}, {money}).otherwise",
        "overlap({money}, {money}, {money}, {money})",
    ),
    "ratio": (
        "({money} / {money})",
        "({count} / {count})",
        "({points} / {points})",
        "growth({money}, {money})",
        "ratio_of({money}, 250)",
        "power({ratio}, 2)",
        "power({ratio}, -1)",
        "value(bands, {ratio})",
        "value(bands, {ratio}).otherwise",
        "value(steps, {money})",
        "value(grid, {ratio}, {text})",
        "curve(tilted, {ratio}, {ratio})",
    ),
    "count": (
        "{count} * {count}",
        "sign({money})",
        "month({date})",
        "day_of_week({date})",
        "length({text})",
        "months_between({date}, {date})",
        "years_between({date}, {date})",
    ),
    "points": ("{count} * {points}",),
    "number": (
        "({number} + {number})",
        "{number} * {number}",
        "({number} / {number})",
        "value(open_boxes, {count})",
        "fill(open_boxes, {count}).otherwise",
        "fill(boxes, {count})",
        "curve(bent, {money})",
        "curve(plane, {money}, {count})",
        "value(letters, {text})",
    ),
    "whole": (),
    "month": (),
    "date": (
        "max({date}, {date})",
        "({date} + {whole})",
        "({date} - {whole})",
        "if({truth}, {date}, {date})",
        "if_missing({date}, {date})",
        "add_months({date}, {month})",
        "month_start({date})",
        "month_end({date})",
        "quarter_start({date})",
        "quarter_end({date})",
        "year_start({date})",
        "year_end({date})",
        "date(2026, {month}, {month} * 3)",
    ),
    "text": (
        "concat({text}, {text})",
        "left({text}, 2)",
        "right({text}, 1)",
        "upper({text})",
        "lower({text})",
        "trim({text})",
        "replace({text}, 'A', 'bb')",
        "if({truth}, {text}, {text})",
        "if_missing({text}, {text})",
    ),
    "truth": (
        "({money} < {money})",
        "({money} <= {number})",
        "({ratio} > {ratio})",
        "({ratio} >= {number})",
        "({count} = {count})",
        "({points} <> {points})",
        "({date} <= {date})",
        "({text} = {text})",
        "({truth} and {truth})",
        "({truth} or {truth} or {truth})",
        "(not {truth})",
        "({text} in ('A', {text}))",
        "({money} not in ({money}, {money}))",
        "is_missing({ratio})",
        "is_missing({text})",
        "is_applicable({money})",
        "matches({text}, '?%*')",
        "matches({text}, '华??')",
        "starts_with({text}, {text})",
        "contains({text}, {text})",
    ),
}

UNITS: Final = ("money", "ratio", "count", "points", "number", "date", "text", "truth")


def _templates(unit: str) -> tuple[str, ...]:
    numbers = ("money", "ratio", "count", "points")
    own = tuple(one.format("{" + unit + "}") for one in _ANY_NUMBER) if unit in numbers else ()
    return own + OTHER[unit]


TEMPLATES: Final = {unit: _templates(unit) for unit in OTHER}


@st.composite
def formulas(draw: st.DrawFn, depth: int = 3) -> str:
    """A formula of any unit, nested up to `depth` calls and operators."""
    unit = draw(st.sampled_from(UNITS))
    return _grown(draw, unit, draw(st.integers(1, depth)))


def _grown(draw: st.DrawFn, unit: str, depth: int) -> str:
    if depth == 0 or not TEMPLATES[unit]:
        return draw(st.sampled_from(LEAVES[unit]))
    template = draw(st.sampled_from(TEMPLATES[unit]))
    return re.sub(r"\{(\w+)\}", lambda hole: _grown(draw, hole.group(1), depth - 1), template)
