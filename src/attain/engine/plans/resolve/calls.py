"""The special calls of a plan's expressions, and who answers them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from attain.core.errors import AttainError, problem
from attain.core.periods import FiscalYear
from attain.core.rounding import units_of
from attain.core.units import DATE
from attain.engine import errors
from attain.engine.plans.card_rows import row_column, rows_called
from attain.engine.plans.resolve import groups, order_columns, subtrees, tables, targets
from attain.engine.plans.resolve.kind_words import unknown_kind
from attain.engine.plans.resolve.reading import Reading
from attain.engine.plans.resolve.windows import MOVED, START
from attain.engine.plans.suggesting import nearest
from attain.expressions.tree import Name, Number, Operation, Text, Tree
from attain.expressions.typed import Node

Handler = Callable[[Reading], Node | None]

ALIASES: Final[Mapping[str, str]] = {
    "目标": "target",
    "取值": "value",
    "整额": "whole",
    "全额": "whole",
    "分段": "marginal",
    "满档": "fill",
    "插值": "curve",
    "累计": "total",
    "此前": "before",
    "上一": "previous",
    "增量": "increase",
    "累计次数": "count_so_far",
    "至今最大": "highest_so_far",
    "此前最大": "highest_before",
    "此前最小": "lowest_before",
    "第几": "position",
    "名次": "rank",
    "排名": "rank",
    "连续名次": "dense_rank",
    "末位名次": "last_rank",
    "同组个数": "group_count",
    "同组合计": "group_sum",
    "同组平均": "group_mean",
    "同组最小": "group_min",
    "同组最大": "group_max",
    "同组占比": "group_share",
    "行": "row",
    "分支内": "under",
    "下级": "below",
}
"""What the special calls are called in Chinese."""


def row_of_scorecard(reading: Reading) -> Node | None:
    """`row(sales).score`: a column of a row of a scorecard; `row(card, sales)` names the card
    where several have such a row.

    :raises AttainError: PLAN_CARD_ROW.
    """
    if not reading.has(1, 2, "row(name).score"):
        return reading.faulty()
    words = [reading.word(number) or "?" for number in range(len(reading.arguments))]
    member = reading.call.member or "points"
    card = words[0] if len(words) > 1 else None
    columns = reading.work.plan.columns
    name = row_column(card, words[-1], member, columns)
    found = reading.scope.name(Name((name,), reading.span))
    if found is None:
        said = f"row({', '.join(words)}).{member}"
        known = nearest(said, rows_called({name: each.form for name, each in columns.items()}))
        raise AttainError(problem(errors.PLAN_CARD_ROW, name=said, known=known))
    return found


def start_of(reading: Reading) -> Node | None:
    """`start_of('quarter', day)`: the first day of the period of a kind around a day.

    :raises AttainError: PLAN_PERIOD_KIND for a kind that the plan's calendar does not have.
    """
    match reading.arguments:
        case (Text(value=kind), day):
            work = reading.work
            if kind not in work.kinds:
                raise unknown_kind(work.kinds, work.plan.calendar, kind)
            return work.kinds.start(reading.composer, kind, reading.check(day))
        case _:
            return None


def moved_by(reading: Reading) -> Node | None:
    """`moved_by('month', day, -1, 'year')`: a bound of a month, moved by a year."""
    match reading.arguments:
        case (Text(value=own), day, by, Text(value=kind)):
            number = _whole(by)
            if number is None:
                return None
            node = reading.check(day)
            return reading.work.kinds.moved(reading.composer, own, node, number, kind)
        case _:
            return None


def _whole(tree: Tree) -> int | None:
    match tree:
        case Number(value=value):
            return units_of(value, 0)
        case Operation(operator="-", operands=(Number(value=value),)):
            return -units_of(value, 0)
        case _:
            return None


def start_in_calendar(reading: Reading) -> Node | None:
    """`quarter_start(day)` by the plan's calendar, where that is not the everyday one."""
    calendar = reading.work.kinds.calendar
    if isinstance(calendar, FiscalYear) and calendar.start_month == 1:
        return None
    kind = reading.call.name.removesuffix("_start")
    if kind not in reading.work.kinds or len(reading.arguments) != 1:
        return None
    day = reading.composer.fit(reading.check(reading.arguments[0]), DATE)
    return reading.work.kinds.start(reading.composer, kind, day)


def only_in_rules(reading: Reading) -> Node:
    """`below(...)` where no form has written it out: it stands in the rule of a column alone.

    :raises AttainError: PLAN_BELOW_PLACE.
    """
    raise AttainError(problem(errors.PLAN_BELOW_PLACE))


HANDLERS: Final[Mapping[str, Handler]] = {
    "target": targets.target,
    "row": row_of_scorecard,
    "under": subtrees.under,
    "below": only_in_rules,
    START: start_of,
    MOVED: moved_by,
    **dict.fromkeys(("quarter_start", "year_start"), start_in_calendar),
    **dict.fromkeys(tables.READINGS, tables.read),
    **dict.fromkeys(order_columns.FUNCTIONS, order_columns.read),
    **dict.fromkeys(groups.FUNCTIONS, groups.read),
}
"""Who answers a special call, by its name."""
