"""Calls that know the plan: tables, targets, orders, groups. The source of their reference page.

Ordinary functions are the same everywhere and are declared in `attain.expressions.functions`;
these mean something only where a plan says which table, ordering or group is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from attain.core.labels import Labels, labels


@dataclass(frozen=True, slots=True)
class SpecialCall:
    """One call: how it is written, where it may stand, and what it gives."""

    name: str
    signature: str
    needs: Labels
    description: Labels


_TABLE: Final = labels("表", "a table")
_ALONG: Final = labels("写明 along 的列", "along: an ordering")
_GROUP: Final = labels("写明 within 的列", "within: a group")

SPECIAL_CALLS: Final = (
    SpecialCall(
        "target",
        "target(sales), target(sales, quarter)",
        labels(
            "对象和期间，或通往对象的事实", "a subject and a period, or a fact that leads to one"
        ),
        labels(
            "该对象本期的目标；没有本期的，取正好拼满本期的各期之和；否则为暂无数据。"
            "写上 quarter、year 等，就取包含本期的那一季、那一年的目标；"
            "跨两个月的周，取后一个月的。"
            "在订单等事实上，取其日期所在期间的目标。",
            "The subject's target for the period; without one, the sum of the periods that tile "
            "it; else no data. With quarter, year and the like: the target of the one around "
            "the row's period; of a week in two months, that of the later. On a fact it is the "
            "target of the period around its day.",
        ),
    ),
    SpecialCall(
        "row",
        "row(sales).score",
        labels("计分卡", "a scorecard"),
        labels(
            "计分卡一行的 score（0到100）、points（计入的分）或 weight（权重）。"
            "几张卡有同名的行时，写 row(卡名, 行名)。",
            "The score (0 to 100), points (as they count) or weight of a row of a scorecard; where "
            "several cards have such a row, row(card, sales).",
        ),
    ),
    SpecialCall(
        "under",
        "under(path, key, 'top') or key under 'top'",
        labels("一棵树（paths）", "a path"),
        labels(
            "在这一行的日期，key 就是 top，或在树上位于 top 之下。"
            "不写树，就是这种编码唯一的那一棵。",
            "Whether, on the row's date, a key is the top or stands anywhere below it in the tree; "
            "without a path, in the only tree of such keys.",
        ),
    ),
    SpecialCall(
        "below",
        "below(path, mean, x)",
        labels("对象和期间的列，和一棵树（paths）", "a subject and a period, and a path"),
        labels(
            "直接下级的 x 的 sum、count、mean、min、max、any 或 all；x 可以是这一列本身，"
            "从最下层往上逐层计算。",
            "The sum, count, mean, min, max, any or all of x over those directly below; x may be "
            "the column itself: it is calculated from the leaves up.",
        ),
    ),
    SpecialCall(
        "value",
        "value(table, x, ...)",
        _TABLE,
        labels("命中的那一格的值。", "The value of the cell that fits."),
    ),
    SpecialCall(
        "whole",
        "whole(table, x) or whole(table, x, amount)",
        _TABLE,
        labels(
            "整额：命中档位的值乘以整个 x，或乘以另一个数。多维表依次写各维度，乘以分档的那个数。",
            "The matched rate times the whole of x, or of another amount. A table of several "
            "dimensions names each, and multiplies what its bands read.",
        ),
    ),
    SpecialCall(
        "marginal",
        "marginal(table, x)",
        _TABLE,
        labels(
            "分段：x 的每一段按本段的比率计算再相加。每个产品各有分档的，marginal(费率, 产品, x)："
            "by 里一个维度写 bands，其余写 keys。",
            "Each slice of x at its own rate, added up. Where each line has bands of its own, "
            "marginal(rates, line, x): one dimension of `by` goes by bands, the others by keys.",
        ),
    ),
    SpecialCall(
        "fill",
        "fill(table, x)",
        _TABLE,
        labels(
            "满档计整档的值，最后一档按已达部分折算。",
            "Full bands count whole, the last by its covered share.",
        ),
    ),
    SpecialCall(
        "curve",
        "curve(table, x) or curve(table, x, y)",
        _TABLE,
        labels(
            "各点之间直线插值，两端持平。",
            "Straight lines between the points, flat at both ends.",
        ),
    ),
    SpecialCall(
        "total",
        "total(x)",
        _ALONG,
        labels("到这一行为止的累计，含本行。", "The sum so far, this row included."),
    ),
    SpecialCall(
        "before",
        "before(x)",
        _ALONG,
        labels("这一行之前的累计，不含本行。", "The sum of the rows before, this one left out."),
    ),
    SpecialCall(
        "previous",
        "previous(x, start, back, restart)",
        labels("写明 along 的列，或对象的各期", "along: an ordering, or a subject's periods"),
        labels(
            "上一行（或上一期）的值；没有上一行时取 start。按期取时，"
            "对象上一期没有行的（中途离开），取此前最近一期有行的；"
            "back 是往回几期（不写为 1，写 2 及以上只认那一期），"
            "restart 是从哪种期间起重新起算，如 `previous(owed, 0, 1, year)`："
            "一月取 start，不要求上年的结果。",
            "The value of the row (or period) before; `start` where there is none. Along periods, "
            "whoever has no row in the period before (away for a while) goes on from the latest "
            "earlier one. `back` is how many periods back (1 unless said; from 2 on that very "
            "period) and `restart` the period with which it begins again, as in "
            "`previous(owed, 0, 1, year)`: January takes `start` and asks for no result of the "
            "year before.",
        ),
    ),
    SpecialCall(
        "increase",
        "increase(x)",
        _ALONG,
        labels("比上一行增加了多少。", "What x has gained on the row before."),
    ),
    SpecialCall(
        "count_so_far",
        "count_so_far(condition)",
        _ALONG,
        labels("到这一行为止条件成立的次数。", "How often the condition has held so far."),
    ),
    SpecialCall(
        "highest_so_far",
        "highest_so_far(x)",
        _ALONG,
        labels(
            "到这一行为止的最大值；日期则是最晚的一天。",
            "The largest value so far; of dates the latest.",
        ),
    ),
    SpecialCall(
        "highest_before",
        "highest_before(x)",
        _ALONG,
        labels(
            "这一行之前的最大值；日期则是最晚的一天。",
            "The largest value of the rows before; of dates the latest.",
        ),
    ),
    SpecialCall(
        "lowest_before",
        "lowest_before(x)",
        _ALONG,
        labels(
            "这一行之前的最小值；日期则是最早的一天。",
            "The smallest value of the rows before; of dates the earliest.",
        ),
    ),
    SpecialCall(
        "position",
        "position()",
        _ALONG,
        labels("排在第几行，从1数起。", "The row's place in the order, from 1."),
    ),
    SpecialCall(
        "rank",
        "rank(x, ties...)",
        _GROUP,
        labels(
            "名次，最大的第1；相同的共享名次（1、1、3），后面的列依次决定先后，也是大的、晚的在前。",
            "The place, the largest first; equals share it (1, 1, 3) unless a further column "
            "decides, there too the larger or the later first.",
        ),
    ),
    SpecialCall(
        "dense_rank",
        "dense_rank(x, ties...)",
        _GROUP,
        labels("名次，相同的共享且不跳号（1、1、2）。", "The place without gaps (1, 1, 2)."),
    ),
    SpecialCall(
        "last_rank",
        "last_rank(x, ties...)",
        _GROUP,
        labels(
            "并列者中最后一名的名次（2、2、3）：整组放得下才放得下。",
            "The place of the last of the equals (2, 2, 3): a tied group fits whole or not at all.",
        ),
    ),
    SpecialCall(
        "group_count",
        "group_count(x)",
        _GROUP,
        labels("群体里有几个。", "How many are in the group."),
    ),
    SpecialCall(
        "group_sum",
        "group_sum(x)",
        _GROUP,
        labels("群体的合计。", "The group's sum."),
    ),
    SpecialCall(
        "group_mean",
        "group_mean(x)",
        _GROUP,
        labels("群体的平均。", "The group's exact mean."),
    ),
    SpecialCall(
        "group_min",
        "group_min(x)",
        _GROUP,
        labels("群体里最小的。", "The smallest of the group."),
    ),
    SpecialCall(
        "group_max",
        "group_max(x)",
        _GROUP,
        labels("群体里最大的。", "The largest of the group."),
    ),
    SpecialCall(
        "group_share",
        "group_share(x)",
        _GROUP,
        labels("占群体合计的比例。", "The row's share of the group's sum."),
    ),
)
