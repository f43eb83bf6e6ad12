"""Codes of periods, calendars, working days and windows."""

from __future__ import annotations

from typing import Final

from attain.core.errors.catalogue import define

PERIOD_FORMAT: Final = define(
    "PERIOD_FORMAT",
    zh="“{value}”不是期间的写法。",
    en="“{value}” is not a period.",
    remedy_zh="写成 2026、2026-H1、2026-Q1、2026-03、2026-W05 "
    "或 2026-01-01/2026-02-15（止日不含）；按整周推算的日历，月写 2026-P03。",
    remedy_en="Write 2026, 2026-H1, 2026-Q1, 2026-03, 2026-W05 "
    "or 2026-01-01/2026-02-15 (the end is exclusive); a month of whole weeks is 2026-P03.",
)
PERIOD_UNKNOWN: Final = define(
    "PERIOD_UNKNOWN",
    zh="日历“{calendar}”中没有期间“{value}”。",
    en="The calendar “{calendar}” has no period “{value}”.",
    remedy_zh="核对期间，或补充该日历的行；公历的期间写 gregorian:2026-01。",
    remedy_en="Check the period, or add the rows to the calendar; a period of the common calendar "
    "is written gregorian:2026-01.",
)
PERIOD_REVERSED: Final = define(
    "PERIOD_REVERSED",
    zh="期间的止日 {until} 不在起日 {start} 之后。",
    en="The period ends on {until}, which is not after its start {start}.",
    remedy_zh="止日是不含在内的第一天，必须晚于起日。",
    remedy_en="The end is the first day not included and must be later than the start.",
)
PERIOD_NOT_NESTED: Final = define(
    "PERIOD_NOT_NESTED",
    zh="期间“{period}”不完全属于任何一个“{kind}”。",
    en="The period “{period}” does not lie inside one {kind}.",
    why_zh="例如跨月的一周不属于任何一个月。",
    why_en="A week across two months, for example, belongs to neither.",
    remedy_zh="按日期汇总到“{kind}”，或选用能整除的期间。",
    remedy_en="Gather by date into the {kind}, or choose periods that nest.",
)
PERIOD_OUTSIDE_CALENDAR: Final = define(
    "PERIOD_OUTSIDE_CALENDAR",
    zh="日历“{calendar}”的“{kind}”没有覆盖 {day}。",
    en="The calendar “{calendar}” has no {kind} that covers {day}.",
    remedy_zh="补充该日历的行。",
    remedy_en="Add the rows to the calendar.",
)
PERIOD_KIND_UNKNOWN: Final = define(
    "PERIOD_KIND_UNKNOWN",
    zh="日历“{calendar}”没有“{kind}”这种期间；有：{known}。",
    en="The calendar “{calendar}” has no periods of the kind “{kind}”; it has {known}.",
    remedy_zh="从上列中选择，或为日历补充这种期间。",
    remedy_en="Choose one of these, or add rows of this kind to the calendar.",
)
CALENDAR_UNKNOWN: Final = define(
    "CALENDAR_UNKNOWN",
    zh="没有名为“{calendar}”的日历；有：{known}。",
    en="There is no calendar “{calendar}”; there are {known}.",
    remedy_zh="核对名称；没有这个日历的，在 attain.yaml 中声明，"
    "或把它的各期导入数据集 calendars（calendar、kind、label、from、until）。",
    remedy_en="Check the name. A calendar that is new is declared in attain.yaml, or its periods "
    "are imported into the dataset calendars (calendar, kind, label, from, until).",
)
CALENDAR_EMPTY: Final = define(
    "CALENDAR_EMPTY",
    zh="日历“{calendar}”没有任何行。",
    en="The calendar “{calendar}” has no rows.",
    remedy_zh="至少为一种期间填写行。",
    remedy_en="Give it rows of at least one kind.",
)
CALENDAR_GAP: Final = define(
    "CALENDAR_GAP",
    zh="日历“{calendar}”的“{kind}”在 {start} 至 {until} 之间有空缺（止日不含）。",
    en="The calendar “{calendar}” has no {kind} from {start} until {until} (exclusive).",
    why_zh="落在空缺中的事实不会计入任何期间。",
    why_en="Facts of these days would count in no period.",
    remedy_zh="让“{first}”的止日等于“{second}”的起日。",
    remedy_en="Let “{first}” end on the day on which “{second}” begins.",
)
CALENDAR_OVERLAP: Final = define(
    "CALENDAR_OVERLAP",
    zh="日历“{calendar}”的“{first}”与“{second}”在 {start} 至 {until} 之间重叠（止日不含）。",
    en="In the calendar “{calendar}”, “{first}” and “{second}” overlap "
    "from {start} until {until} (exclusive).",
    why_zh="这些日子的事实会被计算两次。",
    why_en="Facts of these days would count twice.",
    remedy_zh="让前一期的止日等于后一期的起日。",
    remedy_en="Let the first end on the day on which the second begins.",
)
CALENDAR_DUPLICATE: Final = define(
    "CALENDAR_DUPLICATE",
    zh="日历“{calendar}”中“{label}”出现了两次。",
    en="The calendar “{calendar}” has “{label}” twice.",
    remedy_zh="给每个期间不同的名称。",
    remedy_en="Give every period a label of its own.",
)
CALENDAR_PARENT: Final = define(
    "CALENDAR_PARENT",
    zh="日历“{calendar}”的“{label}”不在上级期间“{parent}”之内，或该上级不存在。",
    en="In the calendar “{calendar}”, “{label}” does not lie inside its parent “{parent}”, "
    "or there is no such parent.",
    remedy_zh="更正上级名称或起止日期。",
    remedy_en="Correct the parent's label or the dates.",
)
CALENDAR_NOT_TILED: Final = define(
    "CALENDAR_NOT_TILED",
    zh="日历“{calendar}”的“{parent}”没有被它的“{kind}”完整覆盖。",
    en="In the calendar “{calendar}”, “{parent}” is not wholly covered by its {kind} periods.",
    why_zh="否则下级期间之和不等于上级。",
    why_en="Otherwise the parts would not add up to the whole.",
    remedy_zh="补齐或更正下级期间。",
    remedy_en="Add or correct the periods below it.",
)
CALENDAR_DAY_UNKNOWN: Final = define(
    "CALENDAR_DAY_UNKNOWN",
    zh="不知道 {day} 是否工作日。",
    en="It is not known whether {day} is a working day.",
    why_zh="法定节假日安排每年公布一次，已知的只有 {first} 至 {last} 年。",
    why_en="Public holidays are announced year by year; those of {first} to {last} are known.",
    remedy_zh="在 days 数据集中填写该年的工作日。",
    remedy_en="Give the working days of that year in the dataset days.",
)
WINDOW_FORMAT: Final = define(
    "WINDOW_FORMAT",
    zh="“{value}”不是可用的区间：{limit}。",
    en="“{value}” cannot be used as a window: {limit}.",
    remedy_zh="例如 to day 12、last 3 months、12 months from July。",
    remedy_en="For example: to day 12, last 3 months, 12 months from July.",
)
