"""Numbers that are written as people say them, and would mean something else in a form.

"A: 2" of a quota is 200 %, a cap of "120" is 12 000 %, and minus five points taken off are five
points given. Nothing fails, and every score is wrong; so they are refused where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from attain.core.errors import Problem, Where, define, problem
from attain.engine.forms.grades import Grades
from attain.engine.forms.models import Expression
from attain.engine.forms.scorecard.models import Row
from attain.engine.plans.spoken import heads_said, share_said

QUOTA_HEADS: Final = define(
    "QUOTA_HEADS",
    zh="等级“{grade}”的名额写成 {value}，这里要写比例。",
    en="The quota of the grade “{grade}” says {value}, and a share is wanted.",
    why_zh="{value} 会读作 {value}00%，等于没有限制。",
    why_en="{value} would be read as {value}00%, which is no limit.",
    remedy_zh="写比例，如 20%；名额固定为几人的，用名次：{{within: all, is: rank(得分)}}，"
    "再写 if(名次 <= {value}, '{grade}', …)。",
    remedy_en="Write a share, such as 20%; a fixed number of places goes by a rank, {{within: all, "
    "is: rank(score)}}, and then if(place <= {value}, '{grade}', ...).",
)
QUOTA_FROM_TOP: Final = define(
    "QUOTA_FROM_TOP",
    zh="等级“{grade}”的名额写成前 {value}，是它自己占 {value}，还是连同前面的等级占 {value}？",
    en="The quota of the grade “{grade}” is the top {value}: is that its own share, or with the "
    "grades before it?",
    why_zh="两种读法的人数不同。",
    why_en="Either way other people get the grade.",
    remedy_zh="写它自己占的比例：自己占 {value} 就写 {value}；"
    "连同前面的等级共 {value}，减去前面的比例再写。",
    remedy_en="Write its own share: {value} if that is its own, or what is left of {value} after "
    "the shares of the grades before it.",
)
RATE_NOT_PERCENT: Final = define(
    "RATE_NOT_PERCENT",
    zh="“{row}”的{word}写成 {value}，会读作 {value}00%。",
    en="The {word} of “{row}” says {value}, which would be read as {value}00%.",
    remedy_zh="写 {value}%。",
    remedy_en="Write {value}%.",
)
DEDUCT_NEGATIVE: Final = define(
    "DEDUCT_NEGATIVE",
    zh="“{row}”每次扣 {value} 分，扣负分等于加分。",
    en="“{row}” takes off {value} points, and taking off less than nothing gives points.",
    remedy_zh="写正数：每次扣几分就写几。",
    remedy_en="Write how many points are taken off, as a positive number.",
)
_LIKELY: Final = 10
"""A rate of achievement beyond 1000 % was meant in percent."""


def quota_problems(form: Grades) -> Iterator[Problem]:
    """Heads where a share of the population is asked for."""
    for grade, share in form.quotas.items():
        if (said := share_said(share)) is not None and said.is_from_top:
            yield problem(QUOTA_FROM_TOP, _place(share), grade=grade, value=said.percent)
            continue
        number = _bare(share) or heads_said(share)
        if number is not None and number >= 1 and number == number.to_integral_value():
            yield problem(QUOTA_HEADS, _place(share), grade=grade, value=number)


def row_problems(row: Row) -> Iterator[Problem]:
    """Percentages without their sign, and points below nothing that are taken off."""
    for word in ("cap", "floor"):
        limit = getattr(row.rate, word) if row.rate is not None else None
        number = _bare(limit)
        if number is not None and number >= _LIKELY:
            yield problem(RATE_NOT_PERCENT, _place(limit), row=row.row, word=word, value=number)
    points = row.deduct.points if row.deduct is not None else None
    number = _bare(points)
    if number is not None and number < 0:
        yield problem(DEDUCT_NEGATIVE, _place(points), row=row.row, value=number)


def _bare(said: object) -> Decimal | None:
    """A number that is written out without a sign of its unit."""
    try:
        return Decimal(said) if isinstance(said, str) else None
    except InvalidOperation:
        return None


def _place(said: object) -> Where | None:
    return said.place.where() if isinstance(said, Expression) else None
