"""Tables: bands, keys, points, and how they are read."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

PLAN_TABLE_UNKNOWN: Final = define(
    "PLAN_TABLE_UNKNOWN",
    zh="没有名为“{name}”的表。",
    en="There is no table called “{name}”.",
    remedy_zh="在 tables 中定义；已有：{known}。",
    remedy_en="Define it under tables; these are there: {known}.",
)
PLAN_TABLE_SHAPE: Final = define(
    "PLAN_TABLE_SHAPE",
    zh="表“{name}”的写法不成立：{fault}。",
    en="The table “{name}” is not possible: {fault}.",
    remedy_zh="写 bands、keys、points、rows（配 by）之一。",
    remedy_en="Write one of bands, keys, points, and rows with by.",
)
PLAN_TABLE_READING: Final = define(
    "PLAN_TABLE_READING",
    zh="表“{name}”不能用 {reading} 读取：{fault}。",
    en="The table “{name}” cannot be read with {reading}: {fault}.",
    remedy_zh="可以用：{known}。",
    remedy_en="These readings fit: {known}.",
)
TIER_EDGE_UNSPECIFIED: Final = define(
    "TIER_EDGE_UNSPECIFIED",
    zh="表“{name}”在同一个边界写了 {first} 与 {second}，这个值属于哪一档不明。",
    en="The table “{name}” says {first} and {second} at one edge: it is not clear which band owns "
    "it.",
    why_zh="正好等于边界的人，差一档就差一笔钱。",
    why_en="For somebody exactly on the edge, the band decides about money.",
    remedy_zh="每个边界只归一档：until（不含）接 from（含），to（含）接 above（不含）。",
    remedy_en="Each edge belongs to exactly one band: until (outside) meets from (inside), to "
    "(inside) meets above (outside).",
)
TIER_WORD: Final = define(
    "TIER_WORD",
    zh="表“{name}”给的是数，“{value}”却是文字。",
    en="The table “{name}” gives numbers, and “{value}” is a word.",
    why_zh="这一档给什么没有说，不能当作零。",
    why_en="What this cell gives is not said, and it is not taken for zero.",
    remedy_zh="写上数；还没有规定的写 no_data('{value}')，读到它的就是暂无数据，并说明原因；"
    "不适用的写 not_applicable('{value}')。",
    remedy_en="Write the number; where none is settled yet, no_data('{value}'), which says why; "
    "where none applies, not_applicable('{value}').",
)
TIER_POINT_MOVES: Final = define(
    "TIER_POINT_MOVES",
    zh="曲线“{name}”有一个点不是固定的数，而是随行或随日期变化。",
    en="The curve “{name}” has a point that is no fixed number, but differs by row or by day.",
    why_zh="点的先后要在计算之前确定。",
    why_en="Which point comes after which is settled before anything is calculated.",
    remedy_zh="点写成固定的数，或写成倍数，由 scale 说是什么的倍数：scale: target(sales)，"
    "点写 {{at: 80%, is: 1}}；随日期变化的写 versions。",
    remedy_en="Write points as fixed numbers or as multiples, and what differs as the scale: "
    "scale: target(sales) with points such as {{at: 80%, is: 1}}; what changes by date goes into "
    "versions.",
)
TIER_ORDER: Final = define(
    "TIER_ORDER",
    zh="表“{name}”的档次没有按大小排列：{first} 之后是 {second}。",
    en="The bands of “{name}” are not in order: {second} comes after {first}.",
    remedy_zh="从小到大，或从大到小排列。",
    remedy_en="Put them in rising or in falling order.",
)
TIER_REVERSED: Final = define(
    "TIER_REVERSED",
    zh="表“{name}”有一档下限 {lower} 不小于上限 {upper}。",
    en="A band of “{name}” has a lower edge {lower} that is not below its upper edge {upper}.",
    remedy_zh="改正这一档的上下限。",
    remedy_en="Correct the edges of this band.",
)
TIER_OVERLAP: Final = define(
    "TIER_OVERLAP",
    zh="表“{name}”的档次重叠：{value} 同时属于两档。",
    en="The bands of “{name}” overlap: {value} is in two of them.",
    remedy_zh="改正上下限，使每个数只属于一档。",
    remedy_en="Correct the edges so that each number is in one band only.",
)
TIER_GAP: Final = define(
    "TIER_GAP",
    zh="表“{name}”在 {lower} 与 {upper} 之间有空档。",
    en="The table “{name}” has a gap between {lower} and {upper}.",
    why_zh="落在空档里的人会没有结果。",
    why_en="Whoever falls into the gap would have no result.",
    remedy_zh="让上一档到下一档开始为止；空档里另有规定的，给它自己的一档："
    "{{from: {lower}, until: {upper}, is: 0}}。",
    remedy_en="Let each band end where the next begins, or give the gap a band of its own: "
    "{{from: {lower}, until: {upper}, is: 0}}.",
)
TIER_PRINTED: Final = define(
    "TIER_PRINTED",
    zh="表“{name}”照印的样子写：一档到 {upper}，下一档从 {lower} 起，{between} 属于哪一档不明。",
    en="The table “{name}” is written as it is printed: one band goes to {upper}, the next begins "
    "at {lower}, and nothing says where {between} belongs.",
    why_zh="每一档的两端都算在内，中间的数就没有归属，落在那里的人会没有结果。",
    why_en="With both ends inside each band, the numbers between belong to none, and whoever falls "
    "there would have no result.",
    remedy_zh="只有整数，或 {between} 属于下面一档：下面一档写到上面一档开始为止，until: {lower}；"
    "属于上面一档：上面一档从下面一档结束处开始，above: {upper}。",
    remedy_en="If all numbers are whole, or {between} belongs to the lower band, let that end "
    "where the next begins, until: {lower}; if it belongs to the upper band, let that begin where "
    "the one below ends, above: {upper}.",
)
TIER_EDGE_PRINTED: Final = define(
    "TIER_EDGE_PRINTED",
    zh="表“{name}”的“{written}”是印在制度里的写法，不是一个边界值。",
    en="“{written}” in the table “{name}” is how a handbook prints a band; it is no edge.",
    why_zh="要写明边界值归哪一档：正好等于边界的人，差一档就差一笔钱。",
    why_en="It has to be said which band owns the edge: for somebody exactly on it, the band "
    "decides about money.",
    remedy_zh="写成 {meant}；含下限用 from，不含上限用 until，不含下限用 above，含上限用 to。",
    remedy_en="Write {meant}. from has the lower edge inside, until the upper one outside; above "
    "has the lower one outside, to the upper one inside.",
)
TIER_EDGE_EQUAL: Final = define(
    "TIER_EDGE_EQUAL",
    zh="表“{name}”有两档从同一个数 {value} 开始。",
    en="Two bands of “{name}” begin at the same number {value}.",
    remedy_zh="删除或改正其中一档。",
    remedy_en="Remove or correct one of them.",
)
TIER_EMPTY: Final = define(
    "TIER_EMPTY",
    zh="表“{name}”没有内容。",
    en="The table “{name}” is empty.",
    remedy_zh="填写，或只写 otherwise。",
    remedy_en="Fill it, or write otherwise alone.",
)
LOOKUP_KEY_TWICE: Final = define(
    "LOOKUP_KEY_TWICE",
    zh="表“{name}”里“{key}”出现两次。",
    en="“{key}” stands twice in the table “{name}”.",
    remedy_zh="删除其中一个。",
    remedy_en="Remove one of them.",
)
LOOKUP_OVERLAP: Final = define(
    "LOOKUP_OVERLAP",
    zh="表“{name}”的第 {first} 行与第 {second} 行可能同时适用。",
    en="Rows {first} and {second} of the table “{name}” may fit at the same time.",
    why_zh="每一种情况只能有一行适用。",
    why_en="Exactly one row has to fit.",
    remedy_zh="收窄其中一行：rows 里的区间到自己的 until 或 to 为止，不会在下一行的下限处结束；"
    "或写 take: [priority desc] 并给各行写 priority。",
    remedy_en="Narrow one of them: in rows a band goes on until its until or to, also where the "
    "next begins. Or write take: [priority desc] and give every row a priority.",
)
LOOKUP_VALUE_EMPTY: Final = define(
    "LOOKUP_VALUE_EMPTY",
    zh="表“{name}”的“{key}”没有写值。",
    en="“{key}” of the table “{name}” has no value.",
    remedy_zh="填写；如果没有结果，写 no_data('...')。",
    remedy_en="Write it; if there is no result, write no_data('...').",
)
LOOKUP_DIMENSION: Final = define(
    "LOOKUP_DIMENSION",
    zh="表“{name}”的行里没有写维度“{dimension}”。",
    en="A row of the table “{name}” does not say “{dimension}”.",
    remedy_zh="填写；任何值都适用时写 any。",
    remedy_en="Write it; if whatever comes fits, write any.",
)
VERSION_ORDER: Final = define(
    "VERSION_ORDER",
    zh="“{name}”的版本没有按日期排列：{first} 之后是 {second}。",
    en="The versions of “{name}” are not in order of their days: {second} comes after {first}.",
    remedy_zh="按生效日从早到晚排列，每版一个日期。",
    remedy_en="Put them in order of their first days, each day once.",
)
