"""The sentences of explanations in both languages, as a sales manager would say them."""

from __future__ import annotations

from typing import Final

from attain.core.labels import ENGLISH, Labels, labels

PHRASES: Final[dict[str, Labels]] = {
    "why_value": labels("为什么是{value}？", "Why {value}?"),
    "why_no_data": labels("为什么没有数据？", "Why no data?"),
    "why_not_applicable": labels("为什么不适用？", "Why not applicable?"),
    "rule": labels("规则", "Rule"),
    "clause": labels("{source} · 方案{plan}", "{source} · plan {plan}"),
    "plan_only": labels("方案{plan}", "Plan {plan}"),
    "plan_line": labels("{said}第{line}行", "{said}, line {line}"),
    "values": labels("代入数值", "With the values put in"),
    "condition": labels("条件", "condition"),
    "because_not": labels("{line}（{condition} → 否）", "{line} ({condition} → no)"),
    "lacks": labels("{name}无数据", "{name} has no data"),
    "lacks_by_rule": labels("{name}不适用", "{name} does not apply"),
    "because": labels("{line}（因为{condition}）", "{line} (as {condition})"),
    "band": labels("命中档位：{table}", "Band: {table}"),
    "bands_more": labels("其余{count}档未列", "{count} more are not shown"),
    "band_slices": labels("分档计算：{table}", "Slices: {table}"),
    "below": labels("低于{upper}", "below {upper}"),
    "up_to": labels("{upper}及以下", "{upper} and below"),
    "from": labels("{lower}及以上", "{lower} and above"),
    "above": labels("高于{lower}", "above {lower}"),
    "from_below": labels("{lower}起，不到{upper}", "{lower} to below {upper}"),
    "above_to": labels("高于{lower}，到{upper}为止", "above {lower} up to {upper}"),
    "from_to": labels("{lower}起，到{upper}为止", "{lower} up to {upper}"),
    "above_below": labels("高于{lower}，低于{upper}", "above {lower}, below {upper}"),
    "any": labels("不限", "any"),
    "otherwise": labels("其余情况", "otherwise"),
    "no_otherwise": labels("都不符合，也没有写其余情况", "none of them, and no otherwise"),
    "unrounded": labels("比较前不取整。", "Compared unrounded."),
    "to_next_beyond": labels("超过{edge}即到下一档。", "More than {edge} is in the next band."),
    "to_next_plain": labels("距{edge}还差{missing}。", "{missing} short of {edge}."),
    "to_next": labels("距{edge}还差{column}{missing}。", "{missing} of {column} short of {edge}."),
    "scaled": labels("档位按{scale}放大：{value}", "Edges are multiplied by {scale}: {value}"),
    "blended": labels("折合{rate}", "blended {rate}"),
    "sources": labels("来源数据：{count}行", "Rows: {count}"),
    "sources_sum": labels("来源数据：{count}行，合计{total}", "Rows: {count}, together {total}"),
    "reason": labels("原因：{reason}", "Because: {reason}"),
    "sources_of_all": labels("来源数据：{count}行，{how}{total}", "Rows: {count}, {how} {total}"),
    "window": labels("{start}至{last}", "{start} to {last}"),
    "since": labels("{start}起", "from {start}"),
    "until": labels("到{last}为止", "until {last}"),
    "all_time": labels("全部日期", "all dates"),
    "rest": labels("其余{count}行 {total}", "{count} more {total}"),
    "others": labels("其他人{count}行，合计{total}", "{count} rows of others, together {total}"),
    "others_count": labels("其他人{count}行", "{count} rows of others"),
    "left_out": labels("没有计入的{count}行", "Rows that do not count: {count}"),
    "failed": labels("第一个没满足的条件", "The first condition that is not met"),
    "decided_by": labels("起作用的条件", "The condition that decided"),
    "not_asked": labels("上一条未满足，不再判断", "not asked any more"),
    "unknown": labels("没有数据：{reason}", "no data: {reason}"),
    "last_day": labels("期间最后一天", "last day of the period"),
    "no_data": labels("无数据", "no data"),
    "not_applicable": labels("不适用", "not applicable"),
    "is": labels("实际{value}", "is {value}"),
    "short": labels("实际{value}，差{missing}", "is {value}, {missing} short"),
    "over": labels("实际{value}，超出{missing}", "is {value}, {missing} too much"),
    "short_of": labels(
        "实际{value}，要求{limit}，差{missing}", "is {value}, needs {limit}: {missing} short"
    ),
    "over_of": labels(
        "实际{value}，上限{limit}，超出{missing}", "is {value}, at most {limit}: {missing} too much"
    ),
    "short_strict": labels(
        "实际{value}，须高于{limit}，差{missing}",
        "is {value}, needs more than {limit}: {missing} short",
    ),
    "over_strict": labels(
        "实际{value}，须低于{limit}，超出{missing}",
        "is {value}, has to be below {limit}: {missing} too much",
    ),
    "short_equal": labels("实际{value}，要更高才算", "is {value}, which has to be exceeded"),
    "over_equal": labels("实际{value}，要更低才算", "is {value}, and has to be below"),
    "is_beside": labels("实际{value}，对照{other}", "is {value}, beside {other}"),
    "named": labels("{name}：{what}", "{name}: {what}"),
    "place_most": labels("{place}，只取前{most}名", "{place}, of whom the first {most} get it"),
    "place_first": labels("{place}，只取第1名", "{place}, of whom only the first gets it"),
    "place_none": labels("{place}，没有名额", "{place}, and there are no places"),
    "dated_by": labels("{days}（按{date}）", "{days}, by {date}"),
    "made_by": labels("由这{count}次累计而成", "completed by these: {count}"),
    "rule_where": labels("{rule}，仅限{condition}", "{rule}, where {condition}"),
    "match_beyond_run": labels(
        "{relation}：{at}所在的那一期不在本次计算之内",
        "{relation}: this run does not calculate the period around {at}",
    ),
    "rows_of_each": labels("每个{parts}", "each {parts}"),
    "each_rounded": labels("每行{rounding}", "each row {rounding}"),
    "in_brackets": labels("（{said}）", " ({said})"),
    "rule_of_rows": labels("{rule}（{relation}）", "{rule}, of {relation}"),
    "prior_hidden": labels("上期算出的同一数", "the same figure of the period before"),
    "inner": labels("此前算出的中间数", "a figure worked out before"),
    "gate_of": labels("{name}·条件", "{name}: condition"),
    "to_next_named": labels(
        "距{edge}还差{missing}（{column}）。", "{missing} of {column} short of {edge}."
    ),
    "group_place_units": labels("{members}个中第{place}名", "{place} of {members}"),
    "group_size_units": labels("同组{members}个", "{members} in the group"),
    "answer": labels("{name}：{what} → {answer}", "{name}: {what} → {answer}"),
    "answer_only": labels("{name}：{answer}", "{name}: {answer}"),
    "then_rounded": labels("{line}，{rounding}得{value}", "{line}, {rounding}: {value}"),
    "why_answer": labels("为什么是“{value}”？", "Why {value}?"),
    "rule_rounded": labels("{rule}，{rounding}", "{rule}, {rounding}"),
    "files": labels("文件与行", "File and line"),
    "file_line": labels("{file} · {sheet} · 第{line}行", "{file} · {sheet} · line {line}"),
    "file_only": labels("{file} · 第{line}行", "{file} · line {line}"),
    "version": labels("{dataset} {row} · 数据版本{version}", "{dataset} {row} · version {version}"),
    "no_file": labels("{dataset} {row}", "{dataset} {row}"),
    "order": labels("累计到这一笔（第{position}笔）", "Up to this row (number {position})"),
    "order_columns": labels(
        "每行：{own} → 到这一行为止的{name}", "each row: {own} → {name} up to it"
    ),
    "order_own": labels("本行的数", "its own number"),
    "order_result": labels("结果", "the result"),
    "order_before_these": labels(
        "前面还有{count}行 → {so_far}", "rows before these: {count} → {so_far}"
    ),
    "order_row": labels("{what} {own} → {so_far}", "{what} {own} → {so_far}"),
    "group_place": labels("{members}人中第{place}名", "{place} of {members}"),
    "group_size": labels("同组{members}人", "{members} in the group"),
    "group_own": labels("本行：{values}", "of this row: {values}"),
    "group_by": labels("同组：{partition}", "group: {partition}"),
    "group_decided": labels(
        "{equal}相同的另有{count}个，再比{column}",
        "equal by {equal}: {count} more; {column} decides",
    ),
    "group_tied": labels("另有{count}个与之并列", "tied with {count} more"),
    "group_lacking": labels("另有{count}人没有数据或不适用", "{count} more without a value"),
    "why_not": labels("为什么不是别的结果", "Why not another result"),
    "not_taken": labels("不是{result}：✗ {condition}", "not {result}: ✗ {condition}"),
    "not_inside": labels(
        "其中取{inside}，不取{result}：✗ {condition}",
        "{inside} in it, not {result}: ✗ {condition}",
    ),
    "rule_grade": labels(
        "从高到低，第一个条件都满足的等级",
        "the first grade, from the top, whose conditions all hold",
    ),
    "order_rows": labels("到这一行为止的行数", "rows so far"),
    "rule_counter": labels("按日期先后逐次计数", "each counted, by date"),
    "rule_raters": labels(
        "各组评价人的平均分按权重合计", "the means of the groups of raters, weighted"
    ),
    "unlisted": labels(
        "这个数要读{relation}的{count}行，行数太多，这里不逐行列出，也没有重算",
        "To tell this, {count} rows of {relation} have to be read: too many to be listed and added "
        "up again here",
    ),
    "unlisted_how": labels(
        "逐行明细另存为文件：attain run {plan} --period {period} --keep all，"
        "再用 attain export 导出",
        "Every row as a file: attain run {plan} --period {period} --keep all, then attain export",
    ),
    "untold": labels(
        "共{count}份评分，谁打了多少分不公开", "{count} ratings; who gave what is told to nobody"
    ),
    "raters": labels("{count}人评了分，分属{groups}组", "{count} people rated, in {groups} groups"),
    "rater_group": labels(
        "{group}：评了分的{of}人中有{raters}人，平均{mean}，权重{weight}",
        "{group}: {raters} of the {of} who rated, mean {mean}, weight {weight}",
    ),
    "rater_group_few": labels(
        "{group}：评了分的{of}人中有{raters}人，人数太少，不显示平均分，权重{weight}",
        "{group}: {raters} of the {of} who rated, too few to show their mean, weight {weight}",
    ),
    "rater_group_none": labels(
        "{group}：没有人评价，权重{weight}分给其他组",
        "{group}: nobody rated, its weight {weight} goes to the others",
    ),
    "weight_counts": labels("{weight}（实际占{counts}）", "{weight} (counts {counts})"),
    "share": labels(
        "{pot} × {weight} ÷ {all} = {exact}，共{sharers}份",
        "{pot} × {weight} ÷ {all} = {exact}, parts: {sharers}",
    ),
    "share_empty": labels("没有可分的：{pot}", "nothing to share: {pot}"),
    "rule_part": labels("{pot}中的一份", "a part of {pot}"),
    "rule_share": labels("{pot}按{by}分摊", "{pot}, shared out by {by}"),
    "rule_true_up": labels(
        "{column}，减去到上期为止的数", "{column}, less what it was by the period before"
    ),
    "rule_fill": labels("{pot}按顺序填满，上限{by}", "{pot}, filled in order up to {by}"),
    "share_cut": labels("向零取整到{step}：{cut}", "rounded towards zero to {step}: {cut}"),
    "share_residue": labels(
        "取整后的零头有{left}归这一份（{rule}）",
        "{left} of what rounding left goes to this part ({rule})",
    ),
    "share_capacity": labels(
        "按顺序填满：共{pot}，前面已分{before}，这一份上限{capacity}",
        "filled in order: {pot} in all, {before} went to those before, up to {capacity} here",
    ),
    "residue_largest": labels("余数最大者得", "largest remainder"),
    "residue_first": labels("归第一份", "the first"),
    "residue_last": labels("归最后一份", "the last"),
    "residue_named": labels("归指定的一份", "the named one"),
    "earlier": labels("取自{period}的结果", "from the result of {period}"),
    "earlier_again": labels(
        "从{period}起重新起算，取期初值", "begins again with {period}: the start value"
    ),
    "earlier_start": labels(
        "{period}没有结果，用期初值", "{period} has no result: the start value"
    ),
    "decisions": labels("人工决定", "Decisions"),
    "set": labels("定为{value}：{reason}（{by}）", "set to {value}: {reason} ({by})"),
    "override": labels("改为{value}：{reason}（{by}）", "changed to {value}: {reason} ({by})"),
    "adjust": labels("调整{value}：{reason}（{by}）", "adjusted by {value}: {reason} ({by})"),
    "waive": labels("免除：{reason}（{by}）", "waived: {reason} ({by})"),
    "match": labels("{relation}：取{key}", "{relation}: {key}"),
    "no_own_value": labels("没有自己的值", "no value of one's own"),
    "match_none": labels("{relation}：{reason}", "{relation}: {reason}"),
    "match_at": labels("按{at}有效的版本", "the version in force on {at}"),
    "not_date": labels("{key} 日期不符（{interval}）", "{key}: not in force ({interval})"),
    "not_condition": labels("{key} 条件不符", "{key}: does not meet the condition"),
    "not_take": labels("{key} 优先级较低", "{key}: comes after it"),
    "in_force": labels("{value}（{interval}有效）", "{value} (in force {interval})"),
    "missing_way": labels("缺在哪里", "Where it is missing"),
    "not_covered": labels(
        "{dataset}完整的日期：{complete}；需要：{asked}",
        "{dataset} is complete for {complete}; needed: {asked}",
    ),
    "results_unnamed": labels(
        "读到的“{dataset}”的结果：{complete}；需要：{asked}",
        "Results of {dataset} that were read: {complete}; needed: {asked}",
    ),
    "never_covered": labels("{dataset}还没有导入完整的数据", "{dataset} has no complete data yet"),
    "stored": labels("数据中的值", "a value of the data"),
    "round_half_up": labels("四舍五入到{step}", "rounded to {step}"),
    "round_down": labels("向零取整到{step}", "rounded towards zero to {step}"),
    "round_up": labels("远离零取整到{step}", "rounded away from zero to {step}"),
    "round_floor": labels("向下取整到{step}", "rounded down to {step}"),
    "not_shown": labels("不显示", "not shown"),
    "same": labels("按以上步骤重算，结果一致", "Recomputed from these steps: same result"),
    "true": labels("是", "yes"),
    "false": labels("否", "no"),
    "before": labels("上一行的{column}", "{column} of the row before"),
    "whose": labels("{whose}的{column}", "{column} of {whose}"),
    "name_of_row": labels("{name}（{row}）", "{name} ({row})"),
    "aggregate_sum": labels("合计", "sum"),
    "aggregate_count": labels("计数", "count"),
    "aggregate_distinct": labels("不同值个数", "number of different values"),
    "aggregate_mean": labels("平均", "mean"),
    "aggregate_min": labels("最小", "smallest"),
    "aggregate_max": labels("最大", "largest"),
    "aggregate_first": labels("最早一笔", "earliest"),
    "aggregate_latest": labels("最近一笔", "latest"),
    "aggregate_any": labels("至少一行满足", "any of them"),
    "aggregate_all": labels("每行都满足", "all of them"),
    "reading_value": labels("{table}〔{input}〕", "{table}[{input}]"),
    "reading_whole": labels("{table}〔{input}〕× {amount}", "{table}[{input}] × {amount}"),
    "reading_marginal": labels("{table}〔{input}〕分档累进", "{table}[{input}] slice by slice"),
    "reading_fill": labels("{table}〔{input}〕逐档填满", "{table}[{input}] filled up"),
    "reading_curve": labels("{table}〔{input}〕插值", "{table}[{input}] between the points"),
    "order_total": labels("{column}的累计", "total of {column}"),
    "order_before": labels("此前{column}的累计", "total of {column} before"),
    "order_previous": labels("上一笔的{column}", "{column} of the row before"),
    "order_increase": labels("{column}的增量", "increase of {column}"),
    "order_count_so_far": labels("{column}的累计次数", "count of {column} so far"),
    "order_highest_so_far": labels("迄今最高的{column}", "highest {column} so far"),
    "order_highest_before": labels("此前最高的{column}", "highest {column} before"),
    "order_lowest_before": labels("此前最低的{column}", "lowest {column} before"),
    "order_position": labels("次序", "position"),
    "group_rank": labels("{column}的名次", "place by {column}"),
    "group_dense_rank": labels("{column}的名次（并列不空位）", "place by {column}, without gaps"),
    "group_last_rank": labels("{column}并列者的末位名次", "last place of those equal by {column}"),
    "group_count": labels("同组人数", "number in the group"),
    "group_sum": labels("同组{column}合计", "sum of {column} in the group"),
    "group_mean": labels("同组{column}平均", "mean of {column} in the group"),
    "group_min": labels("同组最小的{column}", "smallest {column} in the group"),
    "group_max": labels("同组最大的{column}", "largest {column} in the group"),
}


PERIODS: Final = {
    "week": labels("周", "week"),
    "month": labels("月", "month"),
    "quarter": labels("季度", "quarter"),
    "half_year": labels("半年", "half-year"),
    "year": labels("年度", "year"),
}
"""What the common kinds of period are called; others have a name of their own."""

KINDS: Final = {
    "people": labels("人", "person"),
    "units": labels("部门", "unit"),
    "positions": labels("岗位", "position"),
}
"""What subjects are, of whom a plan in English names does not say it in Chinese."""


def say(phrase: str, language: str, **values: object) -> str:
    """A sentence in one language with its values."""
    return PHRASES[phrase].get(language).format(**values)


def ordinal(place: int, language: str) -> str:
    """A place as it is said: 3rd in English; in Chinese the phrase has the words around it.

    >>> ordinal(3, "en"), ordinal(12, "en"), ordinal(21, "en"), ordinal(3, "zh-Hans")
    ('3rd', '12th', '21st', '3')
    """
    if language != ENGLISH:
        return str(place)
    is_teen = place % 100 in (11, 12, 13)
    return f"{place}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"


def about(phrase: str, *, of_people: bool) -> str:
    """The phrase for people, or for what is no person: stores, teams, deals."""
    return phrase if of_people else f"{phrase}_units"
