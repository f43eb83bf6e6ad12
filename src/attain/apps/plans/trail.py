"""What is done with plans, as the audit trail says it; their steps are those of their life."""

from __future__ import annotations

from attain.apps.audit import words
from attain.core.labels import labels

ACTIONS = {
    "plans.save": labels("保存方案文本", "Saved the text of a plan"),
    "plans.settings": labels("修改方案设置", "Changed the settings of a plan"),
    "plans.member_add": labels("加入方案", "Put somebody on a plan"),
    "plans.member_end": labels("结束参与", "Ended a participation"),
    "plans.member_remove": labels("删除参与", "Removed a participation"),
    "plans.member_share": labels("修改参与比例", "Changed the share of a participation"),
    "plans.members_export": labels("导出参与人", "Exported participants"),
    "plans.members_import": labels("导入参与人", "Imported participants"),
    "plans.members_import_undo": labels("撤销导入参与人", "Undid an import of participants"),
    "plans.pack_install": labels("安装方案包", "Installed a pack"),
    "plans.pack_samples": labels("装入方案包样例数据", "Loaded the sample data of a pack"),
    "plans.pack_upgrade": labels("升级方案包", "Upgraded a pack"),
}
THINGS = {
    "plan": labels("方案", "Plan"),
    "plan_member": labels("方案参与", "Participation in a plan"),
    "pack": labels("方案包", "Pack"),
}
FIELDS = {
    "share": labels("比例", "Share"),
    "from": labels("开始日期", "From"),
    "until": labels("结束日期", "Until"),
    "import": labels("导入编号", "Number of the import"),
    "added": labels("新增", "New"),
    "changed": labels("修改", "Changed"),
    "label_zh": labels("中文名称", "Chinese name"),
    "label_en": labels("英文名称", "English name"),
    "owner": labels("负责人", "Owner"),
    "note": labels("说明", "Note"),
    "text": labels("文本", "Text"),
}


def connect() -> None:
    """Called once when the product starts; again does no harm."""
    words.name(ACTIONS, THINGS, FIELDS)
