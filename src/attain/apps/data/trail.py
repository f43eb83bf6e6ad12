"""What is done with data, as the audit trail says it."""

from __future__ import annotations

from attain.apps.audit import words
from attain.core.labels import labels

ACTIONS = {
    "data.commit": labels("存入数据版本", "Stored a version of data"),
    "data.declare": labels("声明数据集", "Declared a dataset"),
}
FIELDS = {
    "rows": labels("行数", "Rows"),
    "version": labels("版本", "Version"),
}


def connect() -> None:
    """Called once when the product starts; again does no harm."""
    words.name(ACTIONS, {"dataset": labels("数据集", "Dataset")}, FIELDS)
