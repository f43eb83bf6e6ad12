"""What is done with files, as the audit trail says it."""

from __future__ import annotations

from attain.apps.audit import words
from attain.core.labels import labels

ACTIONS = {
    "files.download": labels("下载文件", "Downloaded a file"),
    "files.take_in": labels("上传文件", "Uploaded a file"),
}


def connect() -> None:
    """Called once when the product starts; again does no harm."""
    words.name(ACTIONS, {"file": labels("文件", "File")})
