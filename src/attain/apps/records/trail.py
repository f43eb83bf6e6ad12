"""What is done with kinds of records, as the audit trail says it; records have their own steps."""

from __future__ import annotations

from attain.apps.audit import words
from attain.core.labels import labels

ACTIONS = {
    "records.install": labels("安装记录类型", "Installed a kind of records"),
    "records.switch": labels("启用或停用记录类型", "Switched a kind of records on or off"),
    "records.open_secret": labels("开放保密字段", "Opened a confidential field"),
}
THINGS = {"record_type": labels("记录类型", "Kind of records")}
FIELDS = {
    "install": labels("版本", "Version"),
    "switch": labels("启用", "On"),
    "open_secret": labels("保密字段", "Confidential field"),
}


def connect() -> None:
    """Called once when the product starts; again does no harm."""
    words.name(ACTIONS, THINGS, FIELDS)
