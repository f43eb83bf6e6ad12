"""Words and signs of other languages that stand where a formula has none, and what to write."""

from __future__ import annotations

import re
from typing import Final

from attain.core.labels import Labels, labels

_IF: Final = labels(
    "条件取值写 if(条件, 值, 否则)，可以连写：if(a, 1, b, 2, 3)。",
    "To choose by a condition write if(condition, value, otherwise), also with several: "
    "if(a, 1, b, 2, 3).",
)
_BETWEEN: Final = labels(
    "区间写成两个比较：n >= 1 and n <= 3。", "Write two comparisons: n >= 1 and n <= 3."
)
_LIKE: Final = labels(
    "文字的样式写 matches(kind, 'A*')，或 starts_with(kind, 'A')、contains(kind, 'A')。",
    "A pattern is matches(kind, 'A*'), or starts_with(kind, 'A'), contains(kind, 'A').",
)
_ORDER: Final = labels(
    "rank 从大到小排；从小到大，排它的相反数：rank(-x)。日期可排 rank(period_until - 日期)。",
    "rank places the largest first; for the smallest first rank the negative: rank(-x). Of dates, "
    "rank(period_until - day) puts the earliest first.",
)
_MISSING: Final = labels(
    "缺失写 is_missing(x)，代替缺失的值写 if_missing(x, 0)。",
    "Ask is_missing(x), or take another value with if_missing(x, 0).",
)
_PERCENT: Final = labels(
    "百分之五写 5%，取一部分用乘法：销售额 * 5%。",
    "Five percent is 5%; a share is taken by multiplying: sales * 5%.",
)
_DISTINCT: Final = labels(
    "不重复的个数是另一种汇总：{distinct: product, from: orders}。",
    "How many different values there are is a gather of its own: "
    "{distinct: product, from: orders}.",
)
_QUERY: Final = labels(
    "方案里不写查询语句；汇总写成一列：{sum: 金额, from: 订单, where: \"种类 = 'A'\"}。",
    "Plans have no queries; what is gathered from rows is a column of its own: "
    "{sum: amount, from: orders, where: \"kind = 'A'\"}.",
)
_CURRENCY: Final = labels(
    "金额只写数字，例如 5000；币种写在方案的 currency 里。",
    "An amount is written as a number, such as 5000; its currency is that of the plan.",
)
_CELL: Final = labels(
    "没有方括号；查表写 value(表, 值)，另一行的列用点：price.rate。",
    "There are no square brackets; a table is read with value(table, x), a column of another row "
    "with a dot: price.rate.",
)
_WORDS: Final[dict[str, Labels]] = {
    **dict.fromkeys(("case", "when", "then", "else", "elif", "end", "if"), _IF),
    **dict.fromkeys(("between",), _BETWEEN),
    **dict.fromkeys(("like", "ilike"), _LIKE),
    **dict.fromkeys(("asc", "desc", "ascending", "descending"), _ORDER),
    **dict.fromkeys(("is", "null", "none", "blank"), _MISSING),
    **dict.fromkeys(("percent", "pct", "of"), _PERCENT),
    **dict.fromkeys(("distinct", "unique"), _DISTINCT),
    "where": _QUERY,
}
_SIGNS: Final[dict[str, Labels]] = {
    "?": _IF,
    "？": _IF,
    "$": _CURRENCY,
    "¥": _CURRENCY,
    "￥": _CURRENCY,
    "€": _CURRENCY,
    "£": _CURRENCY,
    "[": _CELL,
}
_WORD: Final = re.compile(r"[A-Za-z]+")
_SELECT: Final = re.compile(r"^\s*select\b", re.IGNORECASE)
_SECOND: Final = re.compile(r"(distinct|unique)\s+$", re.IGNORECASE)


def meant(before: str, rest: str) -> Labels | None:
    """What to write instead of what stands here; None if it is no word of another language."""
    if _SELECT.match(before):
        return _QUERY
    if _SECOND.search(before):
        return _DISTINCT
    word = _WORD.match(rest)
    if word is None:
        return _SIGNS.get(rest[:1])
    return _WORDS.get(word.group().casefold())
