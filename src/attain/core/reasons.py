"""Why a value is missing.

Missing is not zero: a missing value always says why. There are two kinds of missing.
"No data" means that something which should be known is not; it spreads through arithmetic
and by default blocks publication. "Not applicable" means that the question does not arise,
for instance the grade of somebody who was on leave; it drops out of sums and weights.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attain.core.labels import Labels, labels

NO_DATA: Final = "no_data."
NOT_APPLICABLE: Final = "not_applicable."

_SENTENCES: Final[dict[str, Labels]] = {}


def reason(code: str, zh: str, en: str) -> str:
    """Register a reason with its sentence in both languages, and return its code.

    :raises ValueError: a code of neither kind, or one that is registered with other words.
    """
    if not (is_no_data(code) or is_not_applicable(code)):
        raise ValueError(f"{code!r} begins neither with {NO_DATA!r} nor with {NOT_APPLICABLE!r}")
    sentence = labels(zh, en)
    if _SENTENCES.get(code, sentence) != sentence:
        raise ValueError(f"{code} is registered with other words")
    _SENTENCES[code] = sentence
    return code


def is_no_data(code: str | None) -> bool:
    return code is not None and code.startswith(NO_DATA)


def is_not_applicable(code: str | None) -> bool:
    return code is not None and code.startswith(NOT_APPLICABLE)


def worst(codes: Iterable[str | None]) -> str | None:
    """The reason that holds when several operands may be missing, given in operand order.

    No data beats not applicable, then the leftmost stands; None when nothing is missing.
    """
    first: str | None = None
    for code in codes:
        if is_no_data(code):
            return code
        first = first or code
    return first


def sentence(code: str, language: str = "zh-Hans") -> str:
    """The reason in words; a reason that an author made up is shown as written."""
    known = _SENTENCES.get(code)
    return known.get(language) if known else code.partition(".")[2] or code


def is_registered(code: str) -> bool:
    """False for a reason that a plan made up, such as the name of a condition."""
    return code in _SENTENCES


def reasons() -> dict[str, Labels]:
    """Every registered reason, for the reference page."""
    return dict(sorted(_SENTENCES.items()))


NO_VALUE: Final = reason("no_data.value", "没有填写", "not filled in")
NO_TARGET: Final = reason("no_data.target", "没有下达目标", "no target was set")
NO_RATE: Final = reason("no_data.rate", "没有汇率", "no exchange rate")
NO_PARAMETER: Final = reason("no_data.parameter", "没有有效的参数", "no parameter in force")
NO_SCORE: Final = reason("no_data.score", "没有评分", "no score was given")
NO_ASSIGNMENT: Final = reason("no_data.assignment", "没有岗位分配", "no assignment in force")
NO_COVERAGE: Final = reason(
    "no_data.outside_coverage", "数据尚未覆盖这一期间", "the data does not cover this period"
)
NO_ROWS: Final = reason(
    "no_data.no_rows", "没有可以计算的记录", "there are no rows to calculate from"
)
NO_MATCH: Final = reason("no_data.no_match", "没有匹配的记录", "no row matches")
AMBIGUOUS_MATCH: Final = reason(
    "no_data.ambiguous_match", "匹配到不止一条记录", "more than one row matches"
)
NO_VERSION: Final = reason(
    "no_data.no_version", "当日没有有效的版本", "no version is in force on that day"
)
NO_BAND: Final = reason(
    "no_data.outside_table", "数值不在表格的任何一档", "the value is in no band of the table"
)
NOTHING_TO_SHARE_BY: Final = reason(
    "no_data.nothing_to_share_by", "没有可以分摊的依据", "there is nothing to share by"
)
NO_DIVISOR: Final = reason("no_data.division_by_zero", "除数为零", "the divisor is zero")
NO_PREVIOUS: Final = reason(
    "no_data.previous", "没有上期结果", "there is no result of an earlier period"
)
NO_RESULT: Final = reason(
    "no_data.result", "所引用的结果不存在", "the result that is read does not exist"
)
NO_CONSENSUS: Final = reason("no_data.too_few_raters", "评分人数不足", "there are too few raters")
TOO_FEW_RATERS: Final = reason(
    "not_applicable.too_few_raters",
    "评分人数太少，不单独显示",
    "there are too few raters to show them apart",
)
CONFIDENTIAL: Final = reason(
    "not_applicable.confidential",
    "各评价人的打分不公开，只显示各组的平均",
    "what single raters gave is confidential; groups are shown",
)
UNDEFINED: Final = reason("not_applicable.undefined", "尚未定义", "not defined yet")
NOT_ELIGIBLE: Final = reason("not_applicable.not_eligible", "不符合条件", "not eligible")
NOT_EMPLOYED: Final = reason(
    "not_applicable.not_employed", "期间内不在职", "not employed in this period"
)
WAIVED: Final = reason("not_applicable.waived", "已批准免除", "waived by decision")
EXCLUDED: Final = reason("not_applicable.excluded", "不参加本方案", "excluded from the plan")
LEFT_OUT: Final = reason("not_applicable.left_out", "按方案不计入", "left out as the plan says")
OUTSIDE_POPULATION: Final = reason(
    "not_applicable.outside_population", "不在比较的范围内", "outside the group that is compared"
)
NO_ROW_COUNTS: Final = reason("not_applicable.no_row_counts", "没有一行计分", "no row of it counts")
NOT_UNDER: Final = reason(
    "not_applicable.not_under", "不在这一分支之下", "it does not stand under this part of the tree"
)
IS_SELF: Final = reason("not_applicable.self", "是本人", "it is the member itself")
