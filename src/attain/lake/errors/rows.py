"""Rows against each other, against what is stored, and against the calendar (B38, B42 to B54)."""

from __future__ import annotations

from typing import Final

from attain.core.errors import Severity, define

CSV_COLUMNS: Final = define(
    "CSV_COLUMNS",
    zh="这一行有 {found} 个字段，应有 {expected} 个。",
    en="The row has {found} fields; {expected} were expected.",
    why_zh="多半是内容里有分隔符而没有加引号，后面的列都会错位。",
    why_en="Most likely a value holds the delimiter without quotes, and all after it is shifted.",
    remedy_zh="给含分隔符的内容加上引号，或补齐字段。",
    remedy_en="Put quotes around values with a delimiter, or complete the fields.",
)
TOTAL_ROW_FOUND: Final = define(
    "TOTAL_ROW_FOUND",
    zh="第 {row} 行是合计行，没有作为数据导入。",
    en="Row {row} is a total and was not imported as data.",
    remedy_zh="如果它是真正的数据，改掉“{value}”字样。",
    remedy_en="If it is real data, change the word “{value}”.",
    severity=Severity.warning,
)
TOTAL_ROW_DIFFERS: Final = define(
    "TOTAL_ROW_DIFFERS",
    zh="合计行的“{column}”是 {stated}，各行相加是 {summed}。",
    en="The total of “{column}” says {stated}; the rows add up to {summed}.",
    why_zh="可能缺少行，或合计没有更新。",
    why_en="Rows may be missing, or the total was not updated.",
    remedy_zh="在来源中核对。",
    remedy_en="Check it at the source.",
    severity=Severity.warning,
)
DUPLICATE_IN_FILE: Final = define(
    "DUPLICATE_IN_FILE",
    zh="“{key}”在文件里出现了不止一次，另见第 {rows} 行。",
    en="“{key}” stands in the file more than once; see also row {rows}.",
    why_zh="同一笔数据计两次，业绩就会多算。",
    why_en="The same thing counted twice is credited twice.",
    remedy_zh="只保留一行；若确是两笔不同的数据，核对编号，"
    "或在数据集声明的 key 里加上区分它们的列；没有这样的列的，在文件里加一列行号作 key。",
    remedy_en="Keep one of them; if they are two different things, correct the codes, or add to "
    "the key of the dataset's declaration the column that tells them apart. Where none does, "
    "number the rows in a column of the file and make that the key.",
)
REPEATED_IN_FILE: Final = define(
    "REPEATED_IN_FILE",
    zh="与第 {row} 行完全相同，只导入一次。",
    en="The same as row {row}; it is imported once.",
    remedy_zh="如果是两笔不同的数据，给它们不同的编号；没有编号的，在文件里加一列行号作 key。",
    remedy_en="If they are two different things, give them different codes, or number the rows in "
    "a column of the file and make that the key.",
    severity=Severity.warning,
)
ALREADY_IMPORTED: Final = define(
    "ALREADY_IMPORTED",
    zh="与已导入的“{file}”第 {line} 行完全相同，已跳过。",
    en="The same as row {line} of “{file}”, which is stored already; it was skipped.",
    remedy_zh="不需要处理。",
    remedy_en="Nothing to do.",
    severity=Severity.note,
)
CONFLICTS_WITH_EXISTING: Final = define(
    "CONFLICTS_WITH_EXISTING",
    zh="将改写已有数据“{key}”：{column} 由 {old} 改为 {new}。",
    en="Changes the stored “{key}”: {column} from {old} to {new}.",
    why_zh="改写会影响用到它的期间。",
    why_en="Periods that use it will change.",
    remedy_zh="确认这是有意的更正。",
    remedy_en="Confirm that this correction is meant.",
    severity=Severity.warning,
)
ROWS_WITHDRAWN: Final = define(
    "ROWS_WITHDRAWN",
    zh="有 {count} 行已导入的数据不在本文件中，将被撤出。",
    en="{count} stored rows are not in this file and will be withdrawn.",
    why_zh="该数据集按“整段替换”导入：覆盖期间内没有再出现的行视为作废。",
    why_en="The dataset is loaded by replacing: rows absent inside the covered periods are void.",
    remedy_zh="确认文件是完整的。",
    remedy_en="Make sure that the file is complete.",
    severity=Severity.warning,
)
PERIOD_CLOSED: Final = define(
    "PERIOD_CLOSED",
    zh="{value} 属于已关账的期间 {start} 至 {until}。",
    en="{value} lies in the closed period from {start} to {until}.",
    remedy_zh="与财务确认后按补记处理，或在未关账的期间记入。",
    remedy_en="Agree with finance on a correction, or date it in an open period.",
    http=423,
)
DATE_FUTURE: Final = define(
    "DATE_FUTURE",
    zh="业务日期 {value} 晚于今天 {today}。",
    en="The business date {value} is later than today, {today}.",
    remedy_zh="核对日期。",
    remedy_en="Check the date.",
    severity=Severity.warning,
)
BEFORE_HIRE: Final = define(
    "BEFORE_HIRE",
    zh="{value} 早于“{person}”的入职日 {start}。",
    en="{value} is before “{person}” joined on {start}.",
    remedy_zh="核对日期或人员。",
    remedy_en="Check the date or the person.",
    severity=Severity.warning,
)
AFTER_LEAVE: Final = define(
    "AFTER_LEAVE",
    zh="{value} 时“{person}”已于 {until} 离职。",
    en="On {value} “{person}” had left ({until}).",
    remedy_zh="核对日期或人员。",
    remedy_en="Check the date or the person.",
    severity=Severity.warning,
)
PERIOD_MISMATCH: Final = define(
    "PERIOD_MISMATCH",
    zh="{count} 行（共 {rows} 行）的日期不在所说的期间 {start} 至 {until} 内。",
    en="{count} of {rows} rows are dated outside the stated period from {start} to {until}.",
    why_zh="可能拿错了月份的文件。",
    why_en="This may be the file of another month.",
    remedy_zh="核对文件，或更正所说的期间。",
    remedy_en="Check the file, or state another period.",
)
TOTAL_UNUSUAL: Final = define(
    "TOTAL_UNUSUAL",
    zh="{what}为{value}，往常是{usual}，相差很大。",
    en="{what}: {value}, usually {usual}.",
    why_zh="可能单位弄错了、向下填充出了错，或文件不完整。",
    why_en="The unit may be wrong, a fill may have gone wrong, or the file may be incomplete.",
    remedy_zh="核对；属实时在提交时写明理由。",
    remedy_en="Check it; if it is right, give the reason when committing.",
    severity=Severity.warning,
)
ALL_EQUAL: Final = define(
    "ALL_EQUAL",
    zh="“{column}”全部{count}行都是{value}。",
    en="All {count} rows of “{column}” are {value}.",
    why_zh="向下填充出了错时，会是这个样子。",
    why_en="A fill that went wrong looks like this.",
    remedy_zh="核对；本来就都一样的，不用管。",
    remedy_en="Check it; if they are meant to be equal, there is nothing to do.",
    severity=Severity.note,
)
SPLIT_NOT_100: Final = define(
    "SPLIT_NOT_100",
    zh="“{key}”的“{column}”合计 {sum}，应为 {whole}，相差 {gap}。",
    en="“{column}” of “{key}” adds up to {sum} instead of {whole}; the gap is {gap}.",
    remedy_zh="改正各份额；除不尽时由其中一人承担尾差。",
    remedy_en="Correct the shares; let one of them carry the remainder.",
)
WEIGHTS_NOT_100: Final = define(
    "WEIGHTS_NOT_100",
    zh="“{key}”的权重合计 {sum}，应为 {whole}，相差 {gap}。",
    en="The weights of “{key}” add up to {sum} instead of {whole}; the gap is {gap}.",
    remedy_zh="改正权重。",
    remedy_en="Correct the weights.",
)
SPLIT_NEGATIVE: Final = define(
    "SPLIT_NEGATIVE",
    zh="“{column}”是负数：{value}。",
    en="“{column}” is negative: {value}.",
    remedy_zh="份额必须大于零。",
    remedy_en="A share is greater than zero.",
)
SPLIT_DUPLICATE: Final = define(
    "SPLIT_DUPLICATE",
    zh="“{key}”里“{value}”出现了不止一次，另见第 {rows} 行。",
    en="“{value}” shares in “{key}” more than once; see also row {rows}.",
    remedy_zh="把同一人的份额合成一行。",
    remedy_en="Put the shares of one person into one row.",
)
HIERARCHY_SELF: Final = define(
    "HIERARCHY_SELF",
    zh="“{value}”的上级是自己。",
    en="“{value}” is its own superior.",
    remedy_zh="填写真正的上级；最高一级留空。",
    remedy_en="Write the real superior; leave it blank at the top.",
)
HIERARCHY_CYCLE: Final = define(
    "HIERARCHY_CYCLE",
    zh="上级关系绕成了圈：{path}（{start} 起）。",
    en="Superiors form a circle: {path} (from {start}).",
    why_zh="绕成圈时无法逐级汇总。",
    why_en="Nothing can be rolled up along a circle.",
    remedy_zh="改正其中一个上级。",
    remedy_en="Correct one of the superiors.",
)
HIERARCHY_OVERLAP: Final = define(
    "HIERARCHY_OVERLAP",
    zh="“{value}”自 {start} 起同时有两个上级：{first} 和 {second}。",
    en="“{value}” has two superiors at once from {start}: {first} and {second}.",
    remedy_zh="让前一段在后一段开始那天结束。",
    remedy_en="Let the first end on the day the second begins.",
)
HIERARCHY_GAP: Final = define(
    "HIERARCHY_GAP",
    zh="“{value}”在 {start} 至 {until} 之间没有上级。",
    en="“{value}” has no superior from {start} to {until}.",
    why_zh="这段时间的业绩无法汇总到上级。",
    why_en="Results of that time are rolled up to nobody.",
    remedy_zh="补上这段时间的上级；确实没有时可以忽略。",
    remedy_en="Add the superior of that time; ignore this if there was none.",
    severity=Severity.warning,
)
HIERARCHY_TOO_DEEP: Final = define(
    "HIERARCHY_TOO_DEEP",
    zh="“{value}”之上超过 {limit} 级。",
    en="There are more than {limit} levels above “{value}”.",
    remedy_zh="检查上级关系。",
    remedy_en="Check the superiors.",
)
ROW_NOT_YOURS: Final = define(
    "ROW_NOT_YOURS",
    zh="“{value}”不在你的权限范围内。",
    en="“{value}” is outside what you may import.",
    remedy_zh="只导入自己范围内的数据，或让有权限的人导入。",
    remedy_en="Import only what concerns you, or ask somebody who may.",
    http=403,
)
