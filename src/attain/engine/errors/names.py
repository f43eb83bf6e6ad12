"""What names mean: sources, links, columns, and who may read what."""

from __future__ import annotations

from typing import Final

from attain.core.errors import Severity, define

PLAN_NAME_RESERVED: Final = define(
    "PLAN_NAME_RESERVED",
    zh="“{name}”是系统使用的词，不能作为名称。",
    en="“{name}” is a word of the system and cannot be a name.",
    remedy_zh="换一个名称；数据集本身叫这个名字的，在 sources 里写 {name}_rows: {{from: {name}}}。",
    remedy_en="Choose another name; a dataset that is called so is brought under sources by "
    "{name}_rows: {{from: {name}}}.",
)
NAME_TAKEN: Final = define(
    "NAME_TAKEN",
    zh="“{name}”用了两次：{first} 和 {second}。",
    en="“{name}” is used twice: for {first} and for {second}.",
    why_zh="大小写不同也算同名，否则读公式的人分不清是哪一个。",
    why_en="Names that differ in case only are the same, or readers could not tell them apart.",
    remedy_zh="给其中一个改名。",
    remedy_en="Rename one of them.",
)
PLAN_COLUMN_THERE: Final = define(
    "PLAN_COLUMN_THERE",
    zh="“{rows}”已经带有列“{name}”。",
    en="“{rows}” comes with a column “{name}” already.",
    why_zh="同一个名字有两个值，读公式的人分不清是哪一个。",
    why_en="With two values under one name, readers could not tell which is meant.",
    remedy_zh="不用再写，公式里直接用“{name}”；如果是另一个意思，换一个名字。",
    remedy_en="Leave it out and read “{name}” by its name; what means something else needs another "
    "name.",
)
PLAN_DATASET_UNKNOWN: Final = define(
    "PLAN_DATASET_UNKNOWN",
    zh="没有名为“{name}”的数据集或数据来源。",
    en="There is no dataset or source called “{name}”.",
    remedy_zh="核对名称；已有：{known}。",
    remedy_en="Check the name; these are there: {known}.",
)
PLAN_SUBJECT_UNKNOWN: Final = define(
    "PLAN_SUBJECT_UNKNOWN",
    zh="考核对象“{name}”来自“{dataset}”，而没有这个数据集或数据来源。",
    en="The subjects “{name}” are of “{dataset}”, and there is no dataset or source of that name.",
    why_zh="名单定了谁有一行；谁也不认识的编号无从汇总。",
    why_en="The list says who has a row; what belongs to codes that nobody knows cannot be summed.",
    remedy_zh="员工用 people，单位用 units，岗位用 positions；自己的名单在 sources 里声明："
    "{dataset}: {{key: [{name}], columns: {{{name}: {{type: {dataset}}}}}}}。",
    remedy_en="Employees are people, units and positions are of those names; "
    "a list of your own is declared under sources: "
    "{dataset}: {{key: [{name}], columns: {{{name}: {{type: {dataset}}}}}}}.",
)
PLAN_CALENDAR_OF_EXAMPLES: Final = define(
    "PLAN_CALENDAR_OF_EXAMPLES",
    zh="日历“{calendar}”只在本方案的例子里给出；例子可以算，实际核算还不行。",
    en="The calendar “{calendar}” is given by the plan's examples only: they can be calculated, a "
    "run cannot.",
    remedy_zh="核算之前把各期导入数据集 calendars（calendar、kind、label、from、until、parent）。",
    remedy_en="Before a run, import its periods into the dataset calendars (calendar, kind, label, "
    "from, until, parent).",
    severity=Severity.note,
)
PLAN_SOURCE_DIFFERS: Final = define(
    "PLAN_SOURCE_DIFFERS",
    zh="方案自己声明的“{name}”与工作区的数据集“{dataset}”不同，差在：{columns}。",
    en="The plan declares “{name}” otherwise than the workspace's dataset “{dataset}”: {columns}.",
    why_zh="例子按方案的声明算，实际核算读的是数据集的文件。",
    why_en="Its examples go by the plan; a run reads the files of the dataset.",
    remedy_zh="给来源换一个名称，或把这些列写进 datasets/{dataset}.yaml。",
    remedy_en="Call the source otherwise, or declare these columns in datasets/{dataset}.yaml.",
    severity=Severity.note,
)
PLAN_TARGET_UNKNOWN: Final = define(
    "PLAN_TARGET_UNKNOWN",
    zh="target({name})：方案里没有叫“{name}”的列。",
    en="target({name}): no column of the plan is called “{name}”.",
    why_zh="目标与完成值同名：target(sales) 是列 sales 的目标，数据集 targets 里的指标也写 sales。",
    why_en="A target is called like what it is for: target(sales) belongs to the column sales, and "
    "is filed in the dataset targets under the indicator sales.",
    remedy_zh="写一个本方案的列，相近的有：{known}；没有完成值的目标，"
    "用一列 {{match: targets, where: ...}} 读取。",
    remedy_en="Name a column of this plan; close names: {known}. A target without one is read by a "
    "column {{match: targets, where: ...}}.",
)
PLAN_SOURCE_TYPE: Final = define(
    "PLAN_SOURCE_TYPE",
    zh="列的类型里没有“{type}”。",
    en="There is no type of columns called “{type}”.",
    why_zh="类型说明一个数是金额、比率还是件数，公式据此检查能不能相加。",
    why_en="A type says whether a number is an amount, a ratio or a count, "
    "and what it adds up with.",
    remedy_zh="多半应写：{known}。全部类型：code、text、money、ratio、count、points、days、date、"
    "boolean、period，或一个数据集的名称。",
    remedy_en="Probably {known} is meant. All types: code, text, money, ratio, count, points, "
    "days, date, boolean, period, or the name of a dataset.",
)
PLAN_SOURCE_SHAPE: Final = define(
    "PLAN_SOURCE_SHAPE",
    zh="数据来源“{name}”的写法不完整：{fault}。",
    en="The source “{name}” is not complete: {fault}.",
    remedy_zh="自带列的来源要写 columns 和 key（或 rows）；引用其他方案要写 plan 和 relation。",
    remedy_en="A source with columns of its own needs columns and key (or rows); another plan's "
    "results need plan and relation.",
)
PLAN_SOURCE_CYCLE: Final = define(
    "PLAN_SOURCE_CYCLE",
    zh="这些数据来源互相引用，形成循环：{path}。",
    en="These sources stand on each other in a circle: {path}.",
    remedy_zh="让其中一个来源的 from 写数据集的名称。",
    remedy_en="Let the from of one of them name a dataset.",
)
PLAN_SOURCE_FILTERED: Final = define(
    "PLAN_SOURCE_FILTERED",
    zh="数据来源“{name}”写 from: {source}，"
    "而“{source}”既是数据集的名称，又是带 where 的来源的名称。",
    en="The source “{name}” says from: {source}, and “{source}” is the name of a dataset and of a "
    "source that keeps some of its rows.",
    why_zh="取全部的行还是筛选过的行，结果不同。",
    why_en="All rows and those that are kept give different numbers.",
    remedy_zh="给带 where 的来源另起一个名称（from: {source}），再引用要的那一个。",
    remedy_en="Give the source with the where another name (from: {source}), and name the one "
    "that is meant.",
)
PLAN_SOURCE_SYSTEM: Final = define(
    "PLAN_SOURCE_SYSTEM",
    zh="“{name}”是系统自带的数据集，没有这些列：{columns}。",
    en="“{name}” is a dataset of the system, which has no columns of this name: {columns}.",
    why_zh="来源按名称找数据集，系统自带的先用，读到的会是另一张表。",
    why_en="A source is found by its name, the system's datasets first: another table would be "
    "read than the one that is meant.",
    remedy_zh="给这个来源另起一个名称。"
    "要给系统的数据集加列，在工作区 datasets 里以它的名称写一个文件。",
    remedy_en="Give the source another name. To add columns to a dataset of the system, write a "
    "file of its name among the workspace's datasets.",
)
PLAN_COLUMN_UNKNOWN: Final = define(
    "PLAN_COLUMN_UNKNOWN",
    zh="“{relation}”没有名为“{name}”的列。",
    en="“{relation}” has no column “{name}”.",
    remedy_zh="核对名称；相近的有：{known}。",
    remedy_en="Check the name; near it are: {known}.",
)
PLAN_DIMENSION_COMPUTED: Final = define(
    "PLAN_DIMENSION_COMPUTED",
    zh="维度“{name}”取自算出来的列“{column}”；维度的值要来自来源里存着的列。",
    en="The dimension “{name}” has its values from “{column}”, which is calculated; they have to "
    "stand in the source.",
    why_zh="有哪些行，在开始计算之前就要知道。",
    why_en="Which rows there are has to be known before anything is calculated.",
    remedy_zh="在导入的数据里加这一列；值不多时，也可以每个值写一列：where: {column} = 1。",
    remedy_en="Bring the column in with the data; of few values, write a column for each: "
    "where: {column} = 1.",
)
PLAN_AMBIGUOUS_NAME: Final = define(
    "PLAN_AMBIGUOUS_NAME",
    zh="“{name}”有几种读法：{candidates}。",
    en="“{name}” can be read in several ways: {candidates}.",
    why_zh="猜错一个人，就会把别人的数字算进来。",
    why_en="A wrong guess would bring in somebody else's numbers.",
    remedy_zh="写明是哪一个，例如 {example}。",
    remedy_en="Say which one is meant, for instance {example}.",
)
PLAN_GRAIN: Final = define(
    "PLAN_GRAIN",
    zh="“{name}”每个 {finer} 一个值，这里每个 {grain} 只有一行，不能直接读取。",
    en="“{name}” has one value per {finer}, and here is one row per {grain}.",
    why_zh="多行变一行必须写明怎样汇总。",
    why_en="How many rows become one has to be said; nothing is summed silently.",
    remedy_zh="先汇总，例如 {{sum: {name}, from: {finer}}}。",
    remedy_en="Gather it first, for instance {{sum: {name}, from: {finer}}}.",
)
PLAN_CYCLE: Final = define(
    "PLAN_CYCLE",
    zh="这些列互相依赖，形成循环：{path}。",
    en="These columns depend on each other in a circle: {path}.",
    why_zh="一列只能读取自己更早的值（previous、before）。",
    why_en="A column may read itself only strictly earlier (previous, before).",
    remedy_zh="要读的是上期的，写 previous(列名, 起始值)；要读的是前面各行累计的，写 before(列名)；"
    "都不是的，另写一列，只写到循环之前的部分，让其中一个公式改读那一列。",
    remedy_en="If the value of the period before is meant, write previous(column, start); if what "
    "the rows before add up to, before(column); else give the part that needs no circle a column "
    "of its own, and let one of the rules read that.",
)
PLAN_UNFINISHED_PERIOD: Final = define(
    "PLAN_UNFINISHED_PERIOD",
    zh="“{name}”按 {coarser} 计算，而本方案每个 {kind} 计算一次，那时它还没有结束。",
    en="“{name}” is a figure of the {coarser}, which is not finished when a {kind} is calculated.",
    remedy_zh="改用截至目前的累计，例如 in: {coarser} to date；"
    "整期的目标事先已知，写 target(…, {coarser})。",
    remedy_en="Gather what is there so far, with in: {coarser} to date. A target of the {coarser} "
    "is known beforehand: write target(…, {coarser}).",
)
PLAN_TARGET_PERIOD: Final = define(
    "PLAN_TARGET_PERIOD",
    zh="按 {kind} 计算的列不能读取 {value} 的目标。",
    en="A figure of the {kind} cannot read the target of a “{value}”.",
    why_zh="只能读取本期的目标，或包含本期的更长一期的目标；更短的各期目标会自动相加。",
    why_en="It reads the target of its own period, or of a longer one around it. Targets of "
    "shorter periods are added up by themselves.",
    remedy_zh="可以写：{known}；或不写期间，即取本期目标。",
    remedy_en="It can be {known}; without a period it is the target of the row's own.",
)
PLAN_RESULT_UNKNOWN: Final = define(
    "PLAN_RESULT_UNKNOWN",
    zh="没有方案“{plan}”的关系“{relation}”。",
    en="There is no relation “{relation}” of a plan “{plan}”.",
    remedy_zh="核对方案与关系的名称；已知：{known}。",
    remedy_en="Check the names of plan and relation; known are: {known}.",
)
PLAN_GATHER_ITSELF: Final = define(
    "PLAN_GATHER_ITSELF",
    zh="每一行“{relation}”都从“{relation}”汇总，但没有说哪些行归到一起。",
    en="Each row of “{relation}” gathers rows of “{relation}”, and nothing says which of them.",
    why_zh="按主键归集，每一行只会找到它自己。",
    why_en="By their keys, every row would find itself alone.",
    remedy_zh="写明相同的列，如 link: {{seller: seller}}；或写条件，如 "
    'where: "role = this.role"；某一天之前的全部写 where: "on_day <= this.on_day" 和 in: all；'
    "名次和占比用 groups 与 within。",
    remedy_en="Say which column is equal, link: {{seller: seller}}, or write a condition, "
    'where: "role = this.role", or "on_day <= this.on_day" and in: all for the rows until then; '
    "places and shares go by groups and within.",
)
PLAN_LINK_MISSING: Final = define(
    "PLAN_LINK_MISSING",
    zh="“{relation}”没有指向“{target}”的列，无法对应到“{part}”。",
    en="“{relation}” has no column that leads to “{target}”, so “{part}” cannot be found.",
    remedy_zh="{shared}在来源的 links 中写明，或在这一列写 link: {{{part}: 列名}}；"
    "两边靠别的列对应的，写那一列，如 link: {{公司: 公司}}；"
    "不属于某一个对象的数据只按期间取数（each: [month]），别处直接按名称读；"
    '每一行明细各取一段日子的，写 where: "date >= this.opened_on"；'
    "要把每个对象与表里的每一行对照，用 relations 的 pair: [[{part}, month], {relation}]。",
    remedy_en="{shared}Say it under the source's links, or write link: {{{part}: column}} here; "
    "where something else is equal on both sides, write that, link: {{company: company}}. What "
    "belongs to nobody in particular is gathered for the period alone, each: [month], and read by "
    'its name from everywhere. A row of facts may say which of them it means, where: "date >= '
    'this.opened_on". To hold everybody against every row of a list, put them side by side under '
    "relations: pair: [[{part}, month], {relation}].",
)
PLAN_LINK_SEVERAL: Final = define(
    "PLAN_LINK_SEVERAL",
    zh="“{relation}”有几列指向“{target}”：{candidates}。",
    en="“{relation}” has several columns that lead to “{target}”: {candidates}.",
    why_zh="选错一列，业绩就会算到别人头上。",
    why_en="The wrong one would credit somebody else.",
    remedy_zh="写明，例如 link: {{{part}: {example}}}。",
    remedy_en="Say which one, for instance link: {{{part}: {example}}}.",
)
PLAN_LINK_WHOSE: Final = define(
    "PLAN_LINK_WHOSE",
    zh="“{relation}”的每一行由“{column}”说明是谁的；link 只写了“{linked}”，没有说要谁的行。",
    en="Each row of “{relation}” says by “{column}” whose it is; link says “{linked}” alone, and "
    "not whose rows are meant.",
    why_zh="是“{linked}”相同的所有人的，还是其中本人的，两个数差得很远。",
    why_en="Those of everybody with the same “{linked}”, or one's own of them: two very different "
    "numbers.",
    remedy_zh="只要本人的，写 link: {example}。要所有人的：“{linked}”是名单的，写进 subjects，"
    "在 each: [{linked}, {period}] 上归集，再按名称读；不是名单的，各人先归集自己的，"
    "再用 groups 和 group_sum（同组合计）加总。",
    remedy_en="For one's own rows write link: {example}. For everybody's: where “{linked}” is a "
    "list, say it under subjects, gather for each: [{linked}, {period}], and read that by its "
    "name; where it is none, let everybody gather their own, and add these up by groups and "
    "group_sum.",
)
PLAN_OWN_LINK: Final = define(
    "PLAN_OWN_LINK",
    zh="“{relation}”按“{column}”取的已经只是本人的行，条件“{other} = this.{part}”只在其中再筛选。",
    en="“{relation}” is gathered by “{column}”, one's own rows; the condition "
    "“{other} = this.{part}” only leaves out some of these.",
    why_zh="要的如果是“{other}”写着本人的那些行，别人的行就漏了，多半得 0。",
    why_en="If those are meant whose “{other}” one is, the rows of others are missing: it comes to "
    "0 more often than not.",
    remedy_zh="写 link: {{{part}: {other}}}，去掉这个条件。两列都要是本人的，写 where: "
    '"{other} = {column}"。',
    remedy_en="Write link: {{{part}: {other}}} instead of the condition. If both columns have to "
    'name oneself, write where: "{other} = {column}".',
)
PLAN_OWN_ALONE: Final = define(
    "PLAN_OWN_ALONE",
    zh="按“{part}”取的只是本人的行，“{compared}”里没有别人可以比较。",
    en="These are one's own rows, by “{part}”: “{compared}” finds nobody else to compare with.",
    why_zh="只会找到自己这一行：结果是自己的数、0，或没有数据。",
    why_en="Only the row itself is found: it comes to its own value, to 0, or to no data.",
    remedy_zh="与别人比较用 groups 和 within：名次 rank(x)、合计 group_sum(x)、"
    "个数 group_count(x)；除自己以外的平均写 (group_sum(x) - x) / (group_count(x) - 1)。",
    remedy_en="Compare with others by groups and within: rank(x), group_sum(x), group_count(x); "
    "the mean of the others is (group_sum(x) - x) / (group_count(x) - 1).",
)
PLAN_OWN_DAYS: Final = define(
    "PLAN_OWN_DAYS",
    zh="“{compared}”比的是日子，可是没有写 in，只算本行这一期之内的。",
    en="“{compared}” is about days, yet without in those of the row's own period count alone.",
    why_zh="其他各期的行不算在内，也没有人看得出来。",
    why_en="Rows of other periods are left out, and nobody would see it.",
    remedy_zh="要到那一天为止的全部，另写 in: all；只要这一期的，去掉这个条件；"
    "几天之内的，写 in: {{from: ..., until: ...}}。",
    remedy_en="For all until that day write in: all beside it; for those of the period, leave the "
    "condition out; for some days around it, write in: {{from: ..., until: ...}}.",
)
PLAN_LINK_TURNED: Final = define(
    "PLAN_LINK_TURNED",
    zh="link 里两边写反了：“{name}”是“{other}”的列，不是“{relation}”的列。",
    en="The two sides of link are turned around: “{name}” is a column of “{other}”, not of "
    "“{relation}”.",
    why_zh="汇总时左边是本行的主键列，右边是所汇总数据的列；匹配时左边是所匹配数据的列，右边是本行的。",
    why_en="Where rows are gathered, the left side is a key of the row that gathers and the right "
    "side stands on the gathered rows; in a match the left side is a column of the matched rows "
    "and the right side stands here.",
    remedy_zh="改成 link: {{{expression}: {name}}}。",
    remedy_en="Write link: {{{expression}: {name}}}.",
)
PLAN_THIS: Final = define(
    "PLAN_THIS",
    zh="“this.”只能用在汇总与匹配的条件里。",
    en="“this.” exists only in the conditions of gathers and matches.",
    remedy_zh="在这里直接写列名。",
    remedy_en="Write the column's name alone here.",
)
