"""What a function of spreadsheets is called here: people write what their fingers know."""

from __future__ import annotations

from typing import Final

from attain.core.labels import Labels, labels


def _call(text: str) -> Labels:
    return labels(f"这里写 {text}。", f"Here it is {text}.")


_GATHER: Final = labels(
    "对明细行的汇总是单独的一列，例如 {sum: amount, from: orders, where: \"line = 'A'\"}"
    "（sum、count、mean、max 等）。",
    "What is gathered from rows is a column of its own, such as "
    "{sum: amount, from: orders, where: \"line = 'A'\"} (sum, count, mean, max and so on).",
)
_LOOK_UP: Final = labels(
    "查表写 value(表, 数值)，表写在 tables 里；查另一张表的行，用一列 {match: 来源, where: ...}。",
    "A table is read with value(table, number) and stands under tables; a row of other data is "
    "found by a column {match: source, where: ...}.",
)
_WORD: Final = labels(
    "条件之间直接写 and、or，前面写 not：a > 1 and b < 2。",
    "Between conditions write and, or; not stands before one: a > 1 and b < 2.",
)
_PLACE: Final = labels(
    "排名是人群里的一列：{within: 人群, is: rank(x)}，人群写在 groups 里。",
    "A rank is a column within a group: {within: everybody, is: rank(x)}; groups says who that is.",
)
_SLICES: Final = labels(
    "分段累进写 marginal(表, 数值)，整笔按一档写 whole(表, 数值)；表写在 tables 里。",
    "Slices at their own rates are marginal(table, x), the whole at one rate is whole(table, x); "
    "the table stands under tables.",
)
_SO_FAR: Final = labels(
    "至今的合计是单独的一列：{sum: amount, from: orders, in: year to date}。",
    "What is there so far is a column of its own: {sum: amount, from: orders, in: year to date}.",
)
_PERCENTILE: Final = labels(
    "中位数和百分位由名次算出，见“考核与薪酬的写法”里的“中位数和前四分之一”。",
    "A median or a percentile is worked out from places: see “The median, and the top quarter” "
    "among the recipes for appraisals and pay.",
)
_ROOT: Final = labels(
    "开方分几步算，见“考核与薪酬的写法”里的“开平方”；整数次方写 power(x, 2)。",
    "A root is worked out in steps: see “A square root” among the recipes for appraisals and pay; "
    "a whole power is power(x, 2).",
)
_MEANT: Final[dict[str, Labels]] = {
    **dict.fromkeys(
        ("sum", "sumif", "sumifs", "sumproduct", "count", "counta", "countif", "countifs"), _GATHER
    ),
    **dict.fromkeys(("average", "avg", "averageif", "averageifs", "maxifs", "minifs"), _GATHER),
    **dict.fromkeys(("vlookup", "hlookup", "xlookup", "lookup", "index", "match"), _LOOK_UP),
    **dict.fromkeys(("and", "or", "not"), _WORD),
    **dict.fromkeys(("rank.eq", "rank.avg", "large", "small"), _PLACE),
    **dict.fromkeys(("tiered", "tier", "tiers", "graduated", "progressive"), _SLICES),
    **dict.fromkeys(("ytd", "qtd", "mtd", "cumulative", "running_total"), _SO_FAR),
    **dict.fromkeys(("median", "percentile", "percentile.inc", "quartile"), _PERCENTILE),
    **dict.fromkeys(("sqrt", "root", "stdev", "stdevp", "stdev.p", "stdev.s", "stddev"), _ROOT),
    **dict.fromkeys(("datediff", "datesub"), _call("days_between(from, until)")),
    **dict.fromkeys(("prior", "lag"), _call("previous(x, 0)")),
    **dict.fromkeys(("ifnull", "nvl"), _call("if_missing(x, 0)")),
    **dict.fromkeys(
        ("求和", "合计", "汇总", "平均", "平均值", "计数", "条件求和", "笔数"), _GATHER
    ),
    **dict.fromkeys(("查表", "查找", "对照"), _LOOK_UP),
    **dict.fromkeys(("并且", "或者", "不是", "且", "或"), _WORD),
    **dict.fromkeys(("分段", "累进", "分段累进", "超额累进", "阶梯"), _SLICES),
    **dict.fromkeys(("累计", "年累计", "本年累计"), _SO_FAR),
    "中位数": _PERCENTILE,
    "开方": _ROOT,
    "上期": _call("previous(x, 0)"),
    "ifs": _call("if(a, 1, b, 2, 3)"),
    "iif": _call("if(a, 1, 2)"),
    "iferror": _call("if_missing(x, 0)"),
    "ifna": _call("if_missing(x, 0)"),
    **dict.fromkeys(("isblank", "isnull"), _call("is_missing(x)")),
    "coalesce": _call("if_missing(x, 0)"),
    "roundup": _call("ceil(x, 0.01)"),
    "rounddown": _call("round(x, 0.01, 'down')"),
    "int": _call("floor(x)"),
    "mround": _call("round(x, 5)"),
    "quotient": _call("floor(a / b)"),
    "trunc": _call("round(x, 1, 'down')"),
    "ceiling": _call("ceil(x, 500)"),
    "datedif": _call("years_between / months_between / days_between(from, until)"),
    "edate": _call("add_months(date, 3)"),
    "eomonth": _call("month_end(add_months(date, 1))"),
    "days": _call("days_between(from, until)"),
    "weekday": _call("day_of_week(date)"),
    "concatenate": _call("concat(a, b)"),
    "len": _call("length(text)"),
    "substitute": _call("replace(text, old, new)"),
}


def meant(name: str) -> Labels | None:
    """What to write instead of a spreadsheet's function; None for any other word."""
    return _MEANT.get(name.casefold())
