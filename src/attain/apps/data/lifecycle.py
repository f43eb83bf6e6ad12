"""The life of one import: from a file that was handed over to rows that count, and back."""

from __future__ import annotations

from typing import Final

from attain.core.labels import labels
from attain.kinds import Action, LifeCycle, Notify, State, Tone, Who
from attain.kinds.relations import relation

KIND: Final = "import_batch"

UPLOADED, READ, MAPPED, CHECKED = "uploaded", "read", "mapped", "checked"
SUBMITTED, COMMITTED, UNDONE = "submitted", "committed", "undone"
REFUSED, ABANDONED = "refused", "abandoned"

IMPORTER: Final = relation("importer", "导入人", "who imported it")
RETURNED_NOTICE: Final = "data.returned"
APPROVED_NOTICE: Final = "data.approved"

WORKERS: Final = (Who("role:hr"), Who("role:finance"), Who("role:plan_admin"))
"""Who brings data in, and who approves what others bring in."""

OPEN: Final = (UPLOADED, READ, MAPPED, CHECKED)
"""States in which somebody still has to do something with it."""

CYCLE: Final = LifeCycle(
    kind=KIND,
    label=labels("导入批次", "Import"),
    states=(
        State(UPLOADED, labels("读取中", "Reading"), Tone.accent),
        State(READ, labels("待对应列", "Columns to map"), Tone.accent),
        State(MAPPED, labels("检查中", "Checking"), Tone.accent),
        State(CHECKED, labels("待入库", "To load"), Tone.accent),
        State(SUBMITTED, labels("待批准", "To approve"), Tone.accent),
        State(COMMITTED, labels("已入库", "Loaded")),
        State(UNDONE, labels("已撤销", "Undone"), Tone.outline),
        State(REFUSED, labels("未读取", "Not readable"), Tone.problem),
        State(ABANDONED, labels("已放弃", "Abandoned"), Tone.outline),
    ),
    actions=(
        Action("read", labels("读取", "Read"), (UPLOADED,), READ, WORKERS),
        Action("refuse", labels("拒绝读取", "Refuse"), (UPLOADED,), REFUSED, WORKERS),
        Action(
            "map",
            labels("对应列", "Map columns"),
            (READ, MAPPED, CHECKED),
            MAPPED,
            WORKERS,
        ),
        Action("check", labels("检查", "Check"), (MAPPED,), CHECKED, WORKERS),
        Action("fail", labels("检查不成", "Fail the check"), (MAPPED,), READ, WORKERS),
        Action("submit", labels("提交批准", "Submit"), (CHECKED,), SUBMITTED, WORKERS),
        Action(
            "approve",
            labels("批准入库", "Approve and load"),
            (SUBMITTED,),
            COMMITTED,
            WORKERS,
            never=(IMPORTER,),
            duty="approve_import",
            effects=(Notify(APPROVED_NOTICE, (IMPORTER,)),),
        ),
        Action(
            "return",
            labels("退回", "Return"),
            (SUBMITTED,),
            CHECKED,
            WORKERS,
            needs=("reason",),
            effects=(Notify(RETURNED_NOTICE, (IMPORTER,)),),
        ),
        Action("commit", labels("入库", "Load"), (CHECKED,), COMMITTED, WORKERS),
        Action("undo", labels("撤销导入", "Undo import"), (COMMITTED,), UNDONE, WORKERS),
        Action(
            "abandon",
            labels("放弃导入", "Abandon"),
            (UPLOADED, READ, MAPPED, CHECKED, SUBMITTED),
            ABANDONED,
            WORKERS,
        ),
    ),
)
