"""What a function of spreadsheets is called here: people write what their fingers know."""

from __future__ import annotations

from typing import Final

from attain.core.labels import Labels, labels


def _call(text: str) -> Labels:
    return labels(f"这里写 {text}。", f"Here it is {text}.")


def _digits(name: str, way: str) -> Labels:
    """A rounding that says digits in a spreadsheet, and here the step that is left."""
    two, none = f"round(x, 0.01, '{way}')", f"round(x, 1, '{way}')"
    return labels(
        f"舍入写步长，不写位数：{name}(x, 2) 写 {two}，{name}(x, 0) 写 {none}。",
        f"Rounding says the step, not digits: {name}(x, 2) is {two}, {name}(x, 0) is {none}.",
    )


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
_CHOICE: Final = labels(
    "按条件或按值取不同结果写 if(条件, 值, 否则)，可以连写：if(a = 1, x, a = 2, y, z)；"
    "值多的放进 tables，用 value(表, 值) 查。",
    "To choose write if(condition, value, otherwise), also with several: "
    "if(a = 1, x, a = 2, y, z); of many values make a table, read with value(table, a).",
)
_COMPLETION: Final = labels(
    "完成率是实际除以目标：sales / target(sales)。",
    "Attainment is the result over its target: sales / target(sales).",
)
_CHANGE: Final = labels(
    "增长写 growth(本期, 上期)，上期用 previous(x, 0)，去年同月用 previous(x, 0, 12)。",
    "Growth is growth(now, before); the month before is previous(x, 0), that of a year ago "
    "previous(x, 0, 12).",
)
_EARLIER: Final = labels(
    "往期的数写成一列：{of: 销售额, shift: -1 month}，上年同期写 -1 year；本方案自己算出的写 "
    "previous(x, 0)。",
    "What came before is a column of its own: {of: sales, shift: -1 month}, a year ago -1 year; "
    "what the plan itself came to is previous(x, 0).",
)
_LINE: Final = labels(
    "两点之间按直线取值写 curve(表, 数值)，各点写在 tables 里。",
    "Straight lines between points are curve(table, x); the points stand under tables.",
)
_WORK: Final = labels(
    "工作日从数据集 days 里数：{each: [month], count: is_working, from: days}，"
    "days 列出每一天是不是工作日；每个人从入职、转正或到离职有几个，用 relations 的分段，"
    "国家的放假安排它自己知道：{cut: [销售, month], by: 人事, link: 销售, basis: working_days}。",
    "Working days are counted from the dataset days, which says of each day whether it is one: "
    "{each: [month], count: is_working, from: days}; how many somebody has since they began or "
    "until they left is said by stretches, under relations: {cut: [seller, month], by: staff, "
    "link: seller, basis: working_days}, and those of mainland China are known.",
)
_SERVICE: Final = labels(
    "年资是两个日期之间满了几年：years_between(入职日, period_end)；满了几个月用 months_between。",
    "Years of service are whole years between two dates: years_between(hired_on, period_end); "
    "months are months_between.",
)
_TYPE: Final = labels(
    "一列是数字、金额还是文字，在来源的 columns 里写明，公式里不转换。",
    "What a column holds, a number, an amount or a text, is said where its source declares it; "
    "formulas do not convert.",
)
_MEANT: Final[dict[str, Labels]] = {
    **dict.fromkeys(
        ("sum", "sumif", "sumifs", "sumproduct", "count", "counta", "countif", "countifs"), _GATHER
    ),
    **dict.fromkeys(("average", "avg", "averageif", "averageifs", "maxifs", "minifs"), _GATHER),
    **dict.fromkeys(("sum_if", "count_if", "sumx", "averagex", "calculate", "filter"), _GATHER),
    **dict.fromkeys(("vlookup", "hlookup", "xlookup", "lookup", "index", "match"), _LOOK_UP),
    **dict.fromkeys(("band", "rate", "score", "grade", "tier_rate"), _LOOK_UP),
    **dict.fromkeys(("and", "or", "not"), _WORD),
    **dict.fromkeys(("rank.eq", "rank.avg", "large", "small", "排序", "排名"), _PLACE),
    **dict.fromkeys(("tiered", "tier", "tiers", "graduated", "progressive"), _SLICES),
    **dict.fromkeys(("ytd", "qtd", "mtd", "year_to_date", "cumulative"), _SO_FAR),
    **dict.fromkeys(("cumsum", "running_total", "running_sum"), _SO_FAR),
    **dict.fromkeys(("median", "percentile", "percentile.inc", "quartile"), _PERCENTILE),
    **dict.fromkeys(("sqrt", "root", "stdev", "stdevp", "stdev.p", "stdev.s", "stddev"), _ROOT),
    **dict.fromkeys(("switch", "choose", "decode", "case", "判断", "多条件"), _CHOICE),
    **dict.fromkeys(("attainment", "achievement", "达成率", "完成率"), _COMPLETION),
    **dict.fromkeys(("yoy", "mom", "qoq", "同比", "环比"), _CHANGE),
    **dict.fromkeys(("interpolate", "forecast", "linear"), _LINE),
    **dict.fromkeys(("networkdays", "workdays", "workday", "working_days", "工作日"), _WORK),
    **dict.fromkeys(("number", "to_number", "cast", "decimal", "float"), _TYPE),
    **dict.fromkeys(("text", "to_text", "to_char", "str"), _TYPE),
    **dict.fromkeys(("datediff", "date_diff", "datesub"), _call("days_between(from, until)")),
    **dict.fromkeys(("dateadd", "date_add"), _call("add_days(date, 30) / add_months(date, 1)")),
    **dict.fromkeys(("start_of_month", "first_day"), _call("month_start(date)")),
    **dict.fromkeys(("end_of_month", "last_day"), _call("month_end(date)")),
    **dict.fromkeys(("days_in_month", "当月天数", "本月天数"), _call("day(month_end(date))")),
    **dict.fromkeys(("age", "tenure", "seniority", "工龄", "司龄"), _SERVICE),
    **dict.fromkeys(("prior", "lag"), _call("previous(x, 0)")),
    **dict.fromkeys(("ifnull", "nvl"), _call("if_missing(x, 0)")),
    **dict.fromkeys(
        ("求和", "合计", "汇总", "平均", "平均值", "计数", "条件求和", "笔数"), _GATHER
    ),
    **dict.fromkeys(("均值", "平均数", "个数", "人数", "件数", "次数"), _GATHER),
    **dict.fromkeys(("查表", "查找", "对照", "对应", "匹配"), _LOOK_UP),
    **dict.fromkeys(("若", "假如", "当", "条件", "判定"), _CHOICE),
    **dict.fromkeys(("并且", "或者", "不是", "且", "或"), _WORD),
    **dict.fromkeys(("分段", "累进", "分段累进", "超额累进", "阶梯"), _SLICES),
    **dict.fromkeys(("累计", "年累计", "本年累计"), _SO_FAR),
    "中位数": _PERCENTILE,
    "开方": _ROOT,
    **dict.fromkeys(
        ("上期", "上月", "上季", "上季度", "上年", "去年", "上年同期", "去年同期", "去年同月"),
        _EARLIER,
    ),
    "ifs": _call("if(a, 1, b, 2, 3)"),
    "iif": _call("if(a, 1, 2)"),
    "iferror": _call("if_missing(x, 0)"),
    "ifna": _call("if_missing(x, 0)"),
    **dict.fromkeys(
        ("isblank", "isnull", "is_null", "is_blank", "is_empty", "empty"), _call("is_missing(x)")
    ),
    **dict.fromkeys(("coalesce", "zeroifnull"), _call("if_missing(x, 0)")),
    **dict.fromkeys(("为空", "是否为空", "空"), _call("is_missing(x) / if_missing(x, 0)")),
    **dict.fromkeys(("最高", "最大值", "较大", "较大值", "取高", "孰高"), _call("max(a, b)")),
    **dict.fromkeys(("最低", "最小值", "较小", "较小值", "取低", "孰低"), _call("min(a, b)")),
    **dict.fromkeys(("封顶", "保底", "上限", "下限"), _call("min(x, 5000) / max(x, 2000)")),
    **dict.fromkeys(("保留", "保留两位小数", "保留小数", "舍入"), _call("round(x, 0.01)")),
    **dict.fromkeys(("舍去", "截取", "舍尾", "去尾"), _call("round(x, 0.01, 'down')")),
    **dict.fromkeys(("进位", "向上舍入", "收尾"), _call("ceil(x, 0.01)")),
    **dict.fromkeys(("divide", "safe_divide"), _call("a / b")),
    **dict.fromkeys(("cap", "limit", "bound"), _call("min(x, 5000) / clamp(x, 0, 5000)")),
    **dict.fromkeys(("mid", "substr", "substring"), _call("right(left(text, 5), 3)")),
    "between": _call("x >= 1 and x <= 3"),
    "greatest": _call("max(a, b)"),
    "least": _call("min(a, b)"),
    "pow": _call("power(x, 2)"),
    **dict.fromkeys(("target_of", "quota"), _call("target(sales)")),
    "roundup": _digits("ROUNDUP", "up"),
    "rounddown": _digits("ROUNDDOWN", "down"),
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
