"""What can go wrong while steps run, in words that show no path and no query."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

RUN_OUT_OF_MEMORY: Final = define(
    "RUN_OUT_OF_MEMORY",
    zh="计算需要的内存超过了上限 {limit}。",
    en="The calculation needs more memory than its limit of {limit}.",
    why_zh="计算已经停止，没有发布任何结果。",
    why_en="The calculation has stopped and nothing was published.",
    remedy_zh="提高内存上限，或缩短方案所读数据的时间范围。",
    remedy_en="Raise the memory limit, or let the plan read a shorter stretch of time.",
    http=507,
)
RUN_STORAGE: Final = define(
    "RUN_STORAGE",
    zh="计算时无法读写存储（步骤“{step}”）。",
    en="Storage could not be read or written during the calculation (step “{step}”).",
    why_zh="磁盘可能已满，或数据文件已损坏。计算已经停止，没有发布任何结果。",
    why_en="The disk may be full, or a data file damaged. Nothing was published.",
    remedy_zh="检查磁盘空间，用 attain check 核对数据文件，然后重新计算。",
    remedy_en="Make room on the disk, verify the data files, and run again.",
    http=507,
)
RUN_CANCELLED: Final = define(
    "RUN_CANCELLED",
    zh="计算已取消。",
    en="The calculation was cancelled.",
    remedy_zh="如仍需要结果，重新开始计算。",
    remedy_en="Start it again if the result is still wanted.",
    http=409,
)
RUN_FAULT: Final = define(
    "RUN_FAULT",
    zh="步骤“{step}”无法计算，这是程序的错误（{kind}）。",
    en="The step “{step}” could not be computed; this is a fault of the program ({kind}).",
    why_zh="计算已经停止，没有发布任何结果。",
    why_en="The calculation has stopped and nothing was published.",
    remedy_zh="把方案和这条信息发给维护人员。",
    remedy_en="Send the plan and this message to whoever maintains the program.",
    http=500,
)
DATA_COLUMN_ABSENT: Final = define(
    "DATA_COLUMN_ABSENT",
    zh="数据集“{dataset}”的数据文件中没有列“{column}”，而方案需要它。",
    en="The files of dataset “{dataset}” have no column “{column}”, which the plan reads.",
    remedy_zh="重新导入该数据集，或从方案中去掉这一列。",
    remedy_en="Import the dataset again, or take the column out of the plan.",
)
DATA_NOT_EXACT: Final = define(
    "DATA_NOT_EXACT",
    zh="数据集“{dataset}”的列“{column}”是浮点数 ({kind})，不能用于计算。",
    en="Column “{column}” of dataset “{dataset}” holds floating-point numbers ({kind}).",
    why_zh="浮点数会丢失分币，同样的数据每次计算的结果可能不同。",
    why_en="They lose cents, and the same data may give another result each time.",
    remedy_zh="通过导入功能读入该数据，系统会把它转换为精确的小数。",
    remedy_en="Bring the data in by an import, which turns it into exact decimals.",
)
RUN_INPUT_MISSING: Final = define(
    "RUN_INPUT_MISSING",
    zh="方案读取数据集“{dataset}”，但本次计算没有指定它的版本。",
    en="The plan reads the dataset “{dataset}”, and no version of it was named for this run.",
    why_zh="没有数据不等于零。",
    why_en="Having no data is not the same as zero.",
    remedy_zh="先导入该数据集。",
    remedy_en="Import the dataset first.",
)
RUN_DIED: Final = define(
    "RUN_DIED",
    zh="计算进程意外结束（{status}）。",
    en="The calculating process ended unexpectedly ({status}).",
    why_zh="没有留下任何不完整的结果。",
    why_en="No incomplete result was left behind.",
    remedy_zh="重新计算；如果再次发生，检查机器的内存和磁盘。",
    remedy_en="Run it again; if it happens again, look at the machine's memory and disk.",
    http=500,
)
RUN_TOO_LONG: Final = define(
    "RUN_TOO_LONG",
    zh="计算超过了 {seconds} 秒的时限，已停止。",
    en="The calculation took longer than its limit of {seconds} seconds and was stopped.",
    remedy_zh="提高时限，或缩短方案所读数据的时间范围。",
    remedy_en="Raise the limit, or let the plan read a shorter stretch of time.",
    http=504,
)
RESULT_OTHER: Final = define(
    "RESULT_OTHER",
    zh="结果“{name}”与指定的不是同一个。",
    en="The result “{name}” is not the one that was named.",
    why_zh="它的摘要不同：有人重新计算过，或文件被改动。",
    why_en="Its digest differs: it was calculated again, or its files were changed.",
    remedy_zh="重新指定要读取的结果。",
    remedy_en="Name the result again that shall be read.",
)
SPARK_ABSENT: Final = define(
    "SPARK_ABSENT",
    zh="这台机器上没有 {lacking}，不能用 Spark 计算。",
    en="{lacking} is not installed here, so Spark cannot calculate.",
    why_zh="Spark 是可选部分，默认安装不包含它；它还需要 Java 17 或更新的版本。",
    why_en="Spark is an extra that the usual set-up leaves out; it needs Java 17 or newer besides.",
    remedy_zh="安装 Java 17，再运行 tools/setup.sh spark；或改用 --engine duckdb，结果完全相同。",
    remedy_en="Install Java 17 and run tools/setup.sh spark; or use --engine duckdb, which gives "
    "the same results.",
    http=501,
)
