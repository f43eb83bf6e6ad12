"""What the organisation refuses, in both languages. Circles and gaps are named as the lake does."""

from __future__ import annotations

from attain.core.errors import define

CODE_TAKEN = define(
    "CODE_TAKEN",
    zh="编号“{code}”已属于“{name}”。",
    en="The code “{code}” already belongs to “{name}”.",
    why_zh="编号一经使用就不再给别人，历史才不会混在一起。",
    why_en="A code is never used again, or two histories would become one.",
    remedy_zh="换一个编号；若是同一个人重新入职，用“重新入职”。",
    remedy_en="Use another code; somebody who returns is hired again under the same person.",
    http=409,
)
NAME_MISSING = define(
    "NAME_MISSING",
    zh="没有填写名称。",
    en="The name is missing.",
    remedy_zh="填写名称。",
    remedy_en="Give a name.",
)
TEXT_TOO_LONG = define(
    "TEXT_TOO_LONG",
    zh="内容有 {length} 个字，最多 {limit} 个。",
    en="The text has {length} characters; at most {limit} are kept.",
    remedy_zh="缩短。",
    remedy_en="Shorten it.",
)
THING_UNKNOWN = define(
    "THING_UNKNOWN",
    zh="没有编号为“{code}”的{kind}。",
    en="There is no {kind} with the code “{code}”.",
    remedy_zh="核对编号，或先建立它。",
    remedy_en="Check the code, or create it first.",
    http=404,
)
NOT_EMPLOYED = define(
    "NOT_EMPLOYED",
    zh="“{person}”在 {day} 不在职。",
    en="“{person}” does not work for the company on {day}.",
    why_zh="任职、上级和负责人都要求当时在职。",
    why_en="A seat, a team or a unit is held only by somebody who is employed at the time.",
    remedy_zh="核对日期，或另选一人。",
    remedy_en="Check the date, or choose somebody else.",
)
THING_ABSENT = define(
    "THING_ABSENT",
    zh="“{name}”在 {day} 不存在。",
    en="“{name}” does not exist on {day}.",
    remedy_zh="核对日期，或先让它从更早的日期起生效。",
    remedy_en="Check the date, or let it begin earlier.",
)
ALREADY_EMPLOYED = define(
    "ALREADY_EMPLOYED",
    zh="“{person}”在 {day} 已在职。",
    en="“{person}” already works for the company on {day}.",
    remedy_zh="改用“变更”或“调动”。",
    remedy_en="Change or move them instead.",
    http=409,
)
NOTHING_CHANGES = define(
    "NOTHING_CHANGES",
    zh="没有任何变化。",
    en="Nothing would change.",
    remedy_zh="改动至少一项，或放弃。",
    remedy_en="Change something, or leave it.",
)
ASSIGNMENT_UNCLEAR = define(
    "ASSIGNMENT_UNCLEAR",
    zh="“{person}”在 {day} 有 {count} 个任职，没有说明调动哪一个。",
    en="“{person}” has {count} assignments on {day}; it was not said which one moves.",
    remedy_zh="选择其中一个；没有任职时用“新增任职”。",
    remedy_en="Choose one of them; where there is none, add an assignment.",
)
PLACE_MISSING = define(
    "PLACE_MISSING",
    zh="任职既没有部门，也没有岗位。",
    en="The assignment has neither a unit nor a position.",
    remedy_zh="至少填写其中一项。",
    remedy_en="Give at least one of them.",
)
SHARES_OVER_WHOLE = define(
    "SHARES_OVER_WHOLE",
    zh="“{person}”自 {day} 起各任职的比例合计 {sum}，超过100%。",
    en="The shares of “{person}” add up to {sum} from {day}, which is more than 100 %.",
    remedy_zh="调低其中一个任职的比例。",
    remedy_en="Lower the share of one of the assignments.",
)
SHARE_INVALID = define(
    "SHARE_INVALID",
    zh="比例“{value}”应在0到100%之间。",
    en="The share “{value}” must lie between 0 and 100 %.",
    remedy_zh="改正，例如60%。",
    remedy_en="Correct it, for example 60%.",
)
TEAM_LEFT_BEHIND = define(
    "TEAM_LEFT_BEHIND",
    zh="“{person}”自 {day} 起仍是 {count} 人的上级或 {units} 个部门的负责人。",
    en="From {day} “{person}” would still manage {count} people and head {units} units.",
    why_zh="没有上级的人，业绩和审批都无处汇总。",
    why_en="Results and approvals of people without a manager go nowhere.",
    remedy_zh="指定接替人，或先调整这些人和部门。",
    remedy_en="Name a successor, or move these people and units first.",
    http=409,
)
UNIT_STILL_USED = define(
    "UNIT_STILL_USED",
    zh="“{unit}”自 {day} 起仍有 {people} 人、{units} 个下级部门和 {positions} 个岗位。",
    en="From {day} “{unit}” would still hold {people} people, {units} units and "
    "{positions} positions.",
    remedy_zh="先把它们调到别的部门。",
    remedy_en="Move them elsewhere first.",
    http=409,
)
POSITION_STILL_USED = define(
    "POSITION_STILL_USED",
    zh="“{position}”自 {day} 起仍由 {people} 人担任。",
    en="From {day} “{position}” would still be held by {people} people.",
    remedy_zh="先结束这些任职。",
    remedy_en="End these assignments first.",
    http=409,
)
STALE = define(
    "ORGANISATION_STALE",
    zh="“{name}”在你打开之后被改过。",
    en="“{name}” was changed after you opened it.",
    why_zh="直接保存会盖掉别人的修改。",
    why_en="Saving now would undo what somebody else has done.",
    remedy_zh="重新打开，看过新内容后再改。",
    remedy_en="Open it again, look at what is new and change it then.",
    http=409,
)
UNDO_TOO_LATE = define(
    "UNDO_TOO_LATE",
    zh="这次变更之后又有 {count} 处改动建立在它之上，不能撤销。",
    en="{count} later changes build on this one, so it cannot be undone.",
    remedy_zh="先撤销后来的变更，或再做一次更正。",
    remedy_en="Undo the later ones first, or correct it by another change.",
    http=409,
)
ALREADY_UNDONE = define(
    "ALREADY_UNDONE",
    zh="这次变更已经撤销。",
    en="This change has been undone already.",
    remedy_zh="不需要处理。",
    remedy_en="Nothing to do.",
    http=409,
)
REASON_MISSING = define(
    "CHANGE_REASON_MISSING",
    zh="没有写明原因。",
    en="The reason is missing.",
    why_zh="组织变动会影响谁能看到谁、业绩归谁，日后要能查到为什么。",
    why_en="Who sees whom and whose results count where follow from it; it must be traceable.",
    remedy_zh="用一句话写明原因。",
    remedy_en="Say why in one sentence.",
)
ATTRIBUTE_UNKNOWN = define(
    "ATTRIBUTE_UNKNOWN",
    zh="没有名为“{name}”的列。",
    en="There is no column “{name}”.",
    remedy_zh="使用公司已声明的列。",
    remedy_en="Use a column that the company has declared.",
)
WORD_UNKNOWN = define(
    "ORGANISATION_WORD_UNKNOWN",
    zh="“{value}”不是{column}的可选值。",
    en="“{value}” is not one of the values of {column}.",
    remedy_zh="用：{accepted}。",
    remedy_en="Use one of: {accepted}.",
)
WORKBOOK_EMPTY = define(
    "ORGANISATION_WORKBOOK_EMPTY",
    zh="文件里没有组织数据：人员、部门、岗位、任职、层级关系都没有找到。",
    en="The file has no sheet of people, units, positions, assignments or hierarchies.",
    remedy_zh="先导出一份，在其中修改后再导入。",
    remedy_en="Export one first, and change that.",
)
IMPORT_NOT_READY = define(
    "ORGANISATION_IMPORT_NOT_READY",
    zh="文件里有 {count} 处错误，没有导入任何一行。",
    en="The file has {count} errors; not a single row was imported.",
    why_zh="组织数据要么全部导入，要么都不导入，上下级才不会断开。",
    why_en="The organisation comes in whole or not at all, so that nobody loses their manager.",
    remedy_zh="按行列提示改正后重新上传。",
    remedy_en="Correct them by row and column and upload the file again.",
)
IMPORT_OUTDATED = define(
    "ORGANISATION_IMPORT_OUTDATED",
    zh="检查之后组织又有变动，这次预览不再准确。",
    en="The organisation has changed since the file was checked.",
    remedy_zh="重新上传并查看预览。",
    remedy_en="Upload the file again and look at the new preview.",
    http=409,
)
IMPORT_CHANGES_NOTHING = define(
    "ORGANISATION_IMPORT_CHANGES_NOTHING",
    zh="文件与现有数据完全一致。",
    en="The file says exactly what is known already.",
    remedy_zh="不需要导入。",
    remedy_en="There is nothing to import.",
)
IMPORT_GONE = define(
    "ORGANISATION_IMPORT_GONE",
    zh="这次预览已经过期。",
    en="This preview is no longer there.",
    remedy_zh="重新上传文件。",
    remedy_en="Upload the file again.",
    http=404,
)
