"""Words and signs of other languages that stand where a formula has none, and what to write."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from attain.core.labels import Labels, labels
from attain.expressions.spelling import without_texts

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
    "百分之五写 5%，千分之三写 3‰，取一部分用乘法：销售额 * 5%。",
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
_COMPARE: Final = labels(
    "比较用符号写，中间不写汉字：a > b、a < b、a = b、a <> b、a >= b、a <= b。",
    "Comparisons are written with signs: a > b, a < b, a = b, a <> b, a >= b, a <= b.",
)
_IN: Final = labels(
    "在几个值里写 in：kind in ('A', 'B')。", "One of several values is in: kind in ('A', 'B')."
)
_IN_ROWS: Final = labels(
    "in 后面是括号里的值：kind in ('A', 'B')。是否在另一张表里，先写成一列，再写 listed 或 "
    "not listed：listed: {each: orders, any: true, from: promo, where: sku = this.sku, in: all}。",
    "Behind in stand values in brackets: kind in ('A', 'B'). Whether a value stands in the rows of "
    "a source is a column first, then listed or not listed is the condition: "
    "listed: {each: orders, any: true, from: promo, where: sku = this.sku, in: all}.",
)
_TARGET: Final = labels(
    "目标要写明是哪个指标的：target(销售额)，数在 targets 里。",
    "A target says of what: target(sales); its numbers stand in the dataset targets.",
)
_NOT: Final = labels(
    "否定写 not 或 非，放在条件前面：非 (a > b)。", "A negation stands first: not (a > b)."
)
_OR_EQUAL: Final = labels(
    "“至少”写 >=，“至多”写 <=，等号在后。", "At least is >=, at most is <=: the = stands last."
)
_REMAINDER: Final = labels("余数写 mod(a, b)。", "A remainder is mod(a, b).")
_BARE: Final = labels(
    "公式里的数字不带单位：100元写 100，1万元写 10000。",
    "Numbers in formulas have no units: 100 yuan is 100, ten thousand yuan is 10000.",
)
_ARGUMENTS: Final = labels(
    "参数之间用逗号：if(a > b, 1, 0)。", "Commas stand between arguments: if(a > b, 1, 0)."
)
_NAMES: Final = labels(
    "名称直接写，不加括号：销售额 * 2%。", "Names stand without brackets: sales * 2%."
)
_CONTAINS: Final = labels(
    "文字的一部分写 contains(类别, '食')、starts_with(类别, '食')、ends_with(类别, '品')。",
    "Part of a text is contains(kind, 'A'), starts_with(kind, 'A') or ends_with(kind, 'A').",
)
BLANKS: Final = labels("“且”“或”“非”前后加空格。", "Put blanks around the words 且, 或 and 非.")
_JOINED: Final = labels(
    "数字后面的“且”“或”前面加空格：得分 >= 80 或 业绩 > 5。",
    "Put a blank between a number and 且 or 或: score >= 80 或 sales > 5.",
)
_WORDS: Final[dict[str, Labels]] = {
    **dict.fromkeys(("case", "when", "then", "else", "elif", "end", "if"), _IF),
    **dict.fromkeys(("between",), _BETWEEN),
    **dict.fromkeys(("like", "ilike"), _LIKE),
    **dict.fromkeys(("asc", "desc", "ascending", "descending"), _ORDER),
    **dict.fromkeys(("is", "null", "none", "blank"), _MISSING),
    **dict.fromkeys(("percent", "pct", "of"), _PERCENT),
    **dict.fromkeys(("distinct", "unique"), _DISTINCT),
    **dict.fromkeys(("cny", "rmb", "yuan", "usd", "eur", "gbp", "hkd"), _CURRENCY),
    "where": _QUERY,
}
_CHINESE: Final[dict[str, Labels]] = {
    **dict.fromkeys(("如果", "那么", "则", "否则"), _IF),
    **dict.fromkeys(("在", "属于", "包含于"), _IN),
    **dict.fromkeys(("包含", "含有", "开头是", "结尾是"), _CONTAINS),
    **dict.fromkeys(("不是", "并非", "没有"), _NOT),
    **dict.fromkeys(("的", "个点", "个百分点"), _PERCENT),
    **dict.fromkeys(("大于", "小于", "等于", "不等于", "不低于", "不高于", "不少于"), _COMPARE),
    **dict.fromkeys(("为", "等於", "达到", "满", "至少", "至多", "不到", "介于"), _COMPARE),
    **dict.fromkeys(("不超过", "超过", "高于", "低于", "不足", "不大于", "不小于"), _COMPARE),
    **dict.fromkeys(("元", "万", "人", "分", "台", "套", "件", "个", "天", "月", "单"), _BARE),
}
"""What Chinese formulas begin a word with; the longest that fits is meant."""
_AND_OR: Final = re.compile(r"并?且|或者?")
_NUMBER_AND_WORD: Final = re.compile(r"[\d０-９](?:并?且|或)")
_IN_NAMES: Final = re.compile(r"(?:大于|小于|等于|不低于|不少于|不超过|超过|高于|低于)[\d０-９]")
_PERCENT_IN_WORDS: Final = re.compile(r"^[百千]分之|^[\d０-９.]+个(?:百分)?点$")
_SIGNS: Final[dict[str, Labels]] = {
    "?": _IF,
    "？": _IF,
    "$": _CURRENCY,
    "¥": _CURRENCY,
    "￥": _CURRENCY,
    "€": _CURRENCY,
    "£": _CURRENCY,
    "[": _CELL,
    "；": _ARGUMENTS,
    ";": _ARGUMENTS,
    "【": _NAMES,
    "】": _NAMES,
    "%": _REMAINDER,
    "!": _NOT,
    "！": _NOT,
}
_WORD: Final = re.compile(r"[A-Za-z]+")
_SELECT: Final = re.compile(r"^\s*select\b", re.IGNORECASE)
_IF_SAID: Final = re.compile(r"\bif\s+$", re.IGNORECASE)
_EQUAL_FIRST: Final = re.compile(r"[=＝]\s*$")
_AFTER_IN: Final = re.compile(r"\bin\s*$", re.IGNORECASE)
_IF_IN_CHINESE: Final = re.compile(r"如果\s+$")
_SHARE_OF: Final = re.compile(r"的[\d.]+\s*$")
_TEXT_AFTER_NAME: Final = re.compile(r"[\w]\s*$")
_SECOND: Final = re.compile(r"(distinct|unique)\s+$", re.IGNORECASE)


def meant(before: str, rest: str) -> Labels | None:
    """What to write instead of what stands here; None if it is no word of another language."""
    if _SELECT.match(before):
        return _QUERY
    if _SECOND.search(before):
        return _DISTINCT
    if _IF_SAID.search(before) or _IF_IN_CHINESE.search(before):
        return _IF
    if rest[:1] in "%％" and _SHARE_OF.search(before):
        return _PERCENT
    if rest[:1] in "'‘“＇" and rest.count(rest[:1]) + rest.count("’") + rest.count("”") > 1:
        return _COMPARE if _TEXT_AFTER_NAME.search(before) else None
    if _AFTER_IN.search(before) and rest[:1].isalpha():
        return _IN_ROWS
    if rest[:1] == "[" and _AFTER_IN.search(before):
        return _IN
    if _EQUAL_FIRST.search(before) and rest[:1] in "<>＜＞":
        return _OR_EQUAL
    word = _WORD.match(rest)
    if word is None:
        return _SIGNS.get(rest[:1]) or _begun(rest)
    return _WORDS.get(word.group().casefold())


def joined(text: str) -> Labels | None:
    """What to write where a word follows a number without a blank, 80或业绩: that is one name."""
    return _JOINED if _NUMBER_AND_WORD.search(without_texts(text)) else None


def is_joined(name: str, known: Iterable[str]) -> bool:
    """Whether a name is two that are known, or one of them, with a word between: 完成且达标."""
    parts = [one for one in _AND_OR.split(name) if one]
    return len(parts) > 1 and parts[0] in set(known)


def _begun(rest: str) -> Labels | None:
    fits = sorted((word for word in _CHINESE if rest.startswith(word)), key=len)
    return _CHINESE[fits[-1]] if fits else None


def meant_by_name(name: str) -> Labels | None:
    """What to write instead of a name that is half a formula: `金额大于5000`, `百分之五`."""
    if _IN_NAMES.search(name):
        return _COMPARE
    # `none` is a word that tables give: no title, no prize.
    if name.casefold() in ("null", "nil", "nan"):
        return _MISSING
    if name.casefold() in ("target", "quota", "目标", "指标值"):
        return _TARGET
    return _PERCENT if _PERCENT_IN_WORDS.search(name) else None
