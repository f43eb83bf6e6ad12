"""What to write instead, when units do not fit together."""

from __future__ import annotations

from typing import Final

from attain.core.labels import Labels, labels
from attain.core.units import Type, Unit

_WHAT: Final = {
    "+": labels("单位不同，不能相加", "Values of different units cannot be added"),
    "-": labels("单位不同，不能相减", "Values of different units cannot be subtracted"),
    "*": labels("这两个单位不能相乘", "Values of these units cannot be multiplied"),
    "/": labels("这两个单位不能相除", "Values of these units cannot be divided"),
    "negate": labels("只有数字可以取负", "Only a number can be negative"),
    "choose": labels("各个结果的单位必须相同", "All results must have one unit"),
    "fit": labels("这里需要另一种单位", "This place asks for another unit"),
}
_COMPARE: Final = labels("单位不同，不能比较", "Values of different units cannot be compared")
_LOGIC: Final = labels("这里需要一个条件", "A condition is needed here")

_MULTIPLY: Final = labels(
    "如果另一个也是金额，在它的列上写 unit: money；每件、每小时的单价也是金额，列的 type 写 money；"
    "要按比率计算用乘法，例如 销售额 * 5%；"
    "每满多少算一次，例如 floor(ratio_of(销售额, 100))。",
    "If the other one is an amount too, say unit: money at its column; a price for each piece or "
    "hour is an amount as well, type: money; to take a share of an amount, multiply by the ratio: "
    "sales * 5%; how many whole hundreds it has is floor(ratio_of(sales, 100)).",
)
_HOW_OFTEN: Final = labels(
    "金额变成一个数要相除：销售额 / 目标，或每满 100 算一次：floor(ratio_of(销售额, 100))。",
    "An amount becomes a number by a division: sales / quota, or, for each whole hundred, "
    "floor(ratio_of(sales, 100)).",
)
_CURRENCY: Final = labels(
    "整个方案都按一种货币算的，在开头写 currency: USD（不写就是 CNY）；"
    "否则先按汇率换算成同一种货币，例如 exchange(amount, fx.rate, 'USD')。",
    "A plan that counts in one currency says it at its head, currency: USD (CNY if it says none); "
    "else convert by an exchange rate first: exchange(amount, fx.rate, 'USD').",
)
_AMOUNT: Final = labels(
    "与一个金额比较，例如 10000；计算出来的列或参数若是金额，写 unit: money。",
    "Compare with a money amount, such as 10000; a calculated column or a parameter that is an "
    "amount says unit: money.",
)
_AMOUNT_OR_SHARE: Final = labels(
    "与一个金额比较，例如 10000；要比的是比率的，金额除以一个数仍是金额，写 占比(本月业绩, 2000)；"
    "计算出来的列或参数若是金额，写 unit: money。",
    "Compare with a money amount, such as 10000. An amount divided by a number is still an amount: "
    "where a ratio is meant, write ratio_of(sales, 2000). A calculated column or a parameter that "
    "is an amount says unit: money.",
)
_RATIO: Final = labels("与一个比率比较，例如 80%。", "Compare with a ratio, such as 80%.")
_SHARE: Final = labels(
    "与一个比率比较，例如 80%；一个数量占另一个的比率写 ratio_of(月数, 3)，"
    "或写成一列：{is: 月数 / 3, unit: ratio}。",
    "Compare with a ratio, such as 80%; what part one count is of another is ratio_of(months, 3), "
    "or a column that says so: {is: months / 3, unit: ratio}.",
)
_CONDITION: Final = labels("写出比较，例如 销售额 > 0。", "Write a comparison, such as sales > 0.")
_NO_TEXT: Final = labels(
    "加了引号的是文字，不是条件：去掉外面一层引号，只给要比较的文字加引号，如 kind = 'A'。",
    "What stands in quotes is a text and no condition: leave the outer quotes out, and quote only "
    "the text to compare with, as in kind = 'A'.",
)
_CHOOSE: Final = labels(
    "给的是一个条件，成立或不成立；由它得出数，写 if(条件, 300, 0)。",
    "A condition stands here, true or false; a number comes of it by if(condition, 300, 0).",
)
_LOOK_UP: Final = labels(
    "给的是文字；由文字得出数，写 value(表, 文字)，表用 keys：{A: 1.2, B: 1}，"
    "或 if(等级 = 'A', 1.2, 1)。",
    "A text stands here; a number comes of it by value(table, text), the table with keys "
    "{A: 1.2, B: 1}, or by if(grade = 'A', 1.2, 1).",
)
_DATE: Final = labels(
    "日期只能加减整天数，例如 signed_on + 30；两个日期相减得到天数。",
    "Add or subtract whole days, such as signed_on + 30; the difference of two dates is days.",
)
_PERIOD: Final = labels(
    "一边是日期，一边是文字。期间列是文字，照文字比：季度 = '2026-Q3'，"
    "或比其中一部分：right(季度, 2) = 'Q3'；"
    "文字列存的是日期的，在来源里写 type: date；日期不加引号。",
    "One is a date, the other a text. A period is a text and compared as one: quarter = '2026-Q3', "
    "or a part of it, right(quarter, 2) = 'Q3'; a column of texts that are dates says type: date "
    "in its source; a date has no quotes.",
)
_QUOTE: Final = labels(
    "文字加引号后只与文字比较：'A'；数字不加引号。",
    "Compare quoted text with text only: 'A'; numbers have no quotes.",
)
_JOIN: Final = labels("文字相接写 concat(a, b)。", "Texts are joined with concat(a, b).")
_KINDS: Final = labels(
    "两列是不同数据集的编号，永远不会相等：把其中一列的类型改写成另一列的数据集；编号写法本来就一样的，"
    "两列都写 code。",
    "The two are keys of different datasets and never equal: give one of the columns the other's "
    "dataset as its type; where the codes are the same by intent, declare both as code.",
)
_UNIT: Final = labels(
    "先换算成同一种单位，例如相除得到比率，或乘以单价得到金额，如 数量 * 2.50；"
    "只是一个数的，单独写成一列并写明 unit: ratio，如 {is: floor(days / 30), unit: ratio}。",
    "Bring both to one unit first: divide to get a ratio, multiply by a price to get money, such "
    "as quantity * 2.50; what is a plain number becomes a column of its own that says so, such as "
    "{is: floor(days / 30), unit: ratio}.",
)
_IN_DAYS: Final = labels(
    "一边是天数。另一边数的也是天时，在它的来源里写 type: days，计算出来的列写 unit: days；"
    "由天数换算的小时、分钟单独写成一列 {is: days * 24, unit: count}。",
    "One side is days. If the other counts days, too, say type: days in its source, or unit: days "
    "where it is calculated; hours or minutes that days make are a column of their own, "
    "{is: days * 24, unit: count}.",
)
_POINTS: Final = labels(
    "一边是分数。另一边算的也是分数时，在它那一列写 unit: points，如 "
    "{is: min(120%, 实际 / 目标) * 权重 * 100, unit: points}。"
    "要把百分制的分数当比率用，写 占比(得分, 100)。",
    "One side is points. If the other counts points, too, say so at its column: "
    "{is: min(120%, actual / target) * weight * 100, unit: points}. For points of a hundred as a "
    "share write ratio_of(score, 100).",
)
_SQUARE: Final = labels(
    "其中一个应是比率或数量，例如 金额 * 5%；乘了再除的，先除：得分 * (甲 / 乙)。",
    "One of the two should be a ratio or a count, such as amount * 5%; where a division follows, "
    "divide first: score * (mean / other_mean).",
)


_NO_ORDER: Final = labels("文字和编号没有大小先后", "Texts and codes have no order")
_IN_ORDER: Final = labels(
    "比先后要用日期或数字列；同一天里按编号定先后的，写 orderings，再用 along: 和 position()。",
    "Compare a date or a column of numbers; to say which of a day's rows comes first, write "
    "orderings and read position() along them.",
)
_NO_NUMBER: Final = {Unit.boolean: _CHOOSE, Unit.text: _LOOK_UP}
"""Where a number is asked for and none is given."""
_ORDERING: Final = frozenset({"<", "<=", ">", ">="})


def _named(name: str) -> Labels:
    return labels(
        f"“{name}”如果是金额，在它那里写 {name}: {{is: ..., unit: money}}；"
        "要按比率计算用乘法，例如 销售额 * 5%。",
        f"If “{name}” is an amount, say so where it stands: {name}: {{is: ..., unit: money}}; to "
        "take a share of an amount, multiply by the ratio: sales * 5%.",
    )


def _named_number(name: str) -> Labels:
    return labels(
        f"“{name}”是数量，另一边带小数却没有单位。那边也是数量的（工时、升数），来源里写 "
        f"{{type: count, scale: 2}}；只是一个数的，写 {name}: {{is: ..., unit: ratio}}。",
        f"“{name}” is a count, and the other side a plain number with decimals. If that counts "
        "something, too, such as hours, say {type: count, scale: 2} in its source; if both are "
        f"plain numbers, {name}: {{is: ..., unit: ratio}}.",
    )


def of(action: str, first: Type, second: Type, name: str | None = None) -> tuple[Labels, Labels]:
    """What cannot be done, and what the author probably wants, for two units.

    `name` is the column of the second, where it is one.
    """
    if action in ("and", "or", "not"):
        return _LOGIC, _CONDITION
    if action in _ORDERING and {first.unit, second.unit} <= {Unit.text, Unit.key}:
        return _NO_ORDER, _IN_ORDER
    what = _WHAT.get(action, _COMPARE)
    remedy = _remedy(action, {first.unit, second.unit}, first, second)
    if name is None or second.unit is Unit.money:
        return what, remedy
    if first.unit is Unit.money and remedy is _MULTIPLY:
        return what, _named(name)
    if (first.unit, second.unit) == (Unit.ratio, Unit.count) and remedy is _UNIT:
        return what, _named_number(name)
    return what, remedy


def _as_amount(currency: str | None) -> Labels:
    """How a formula of plain numbers gives an amount."""
    said = f"'{currency or 'CNY'}'"
    return labels(
        '只由写明的数字组成的列，在那一列写 unit: money，如 {is: "if(a, 30.00, 0)", unit: money}；'
        f"用数字算出的金额写 exchange(公式, 1, {said})；数量乘以单价也是金额，单价写成 "
        "parameters 里的 {is: 2.50, unit: money}。",
        "A column of written numbers says unit: money where it stands, such as "
        '{is: "if(a, 30.00, 0)", unit: money}; what is calculated from plain numbers becomes an '
        f"amount by exchange(formula, 1, {said}); a quantity times a price is one, too: say the "
        "price in parameters, {is: 2.50, unit: money}.",
    )


def _remedy(action: str, found: set[Unit], first: Type, second: Type) -> Labels:
    if action == "fit" and first.is_number and second.unit in _NO_NUMBER:
        return _NO_NUMBER[second.unit]
    if Unit.boolean in found:
        return _NO_TEXT if action == "fit" and Unit.text in found else _CONDITION
    if Unit.date in found:
        return _PERIOD if Unit.text in found else _DATE
    if found == {Unit.key} and first.kind and second.kind:
        return _KINDS
    if found == {Unit.text} and action == "+":
        return _JOIN
    if found & {Unit.text, Unit.key}:
        return _QUOTE
    if found == {Unit.money} and first.currency != second.currency:
        return _CURRENCY
    if action == "fit" and found in ({Unit.money, Unit.ratio}, {Unit.money, Unit.count}):
        return _as_amount(first.currency) if first.unit is Unit.money else _HOW_OFTEN
    if action == "fit" and second.unit is Unit.money:
        return _HOW_OFTEN
    if action in ("*", "/"):
        return _SQUARE if len(found) == 1 else _UNIT
    return _of_sums(found) if action in ("+", "-", "choose") else _of_comparisons(action, found)


def _of_sums(found: set[Unit]) -> Labels:
    """What is added, or given in one case and another."""
    if found in ({Unit.money, Unit.ratio}, {Unit.money, Unit.count}):
        return _MULTIPLY
    if found == {Unit.count, Unit.days}:
        return _IN_DAYS
    return _POINTS if Unit.points in found and Unit.money not in found else _UNIT


def _of_comparisons(action: str, found: set[Unit]) -> Labels:
    if action not in ("=", "<>", "<", "<=", ">", ">=", "in", "not in"):
        return _UNIT
    if Unit.money in found:
        return _AMOUNT_OR_SHARE if Unit.ratio in found else _AMOUNT
    if Unit.ratio in found:
        return _SHARE if found & {Unit.count, Unit.days} else _RATIO
    return _IN_DAYS if found == {Unit.count, Unit.days} else _UNIT
