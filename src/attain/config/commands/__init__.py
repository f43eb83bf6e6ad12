"""The commands of the product in the browser, which `attain.cli` finds by entry point."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from attain.cli.language import say
from attain.cli.program import Offer

_HERE: Final = __name__

_OFFERS: Final = (
    Offer("serve", f"{_HERE}.serve:serve", say("打开网页产品", "Serve the product in the browser")),
    Offer("worker", f"{_HERE}.worker:worker", say("只运行后台任务", "Run background jobs only")),
    Offer("user", f"{_HERE}.users:app", say("账号和角色", "Accounts and roles")),
    Offer("runs", f"{_HERE}.proving:app", say("核对核算结果", "Check results of runs")),
    Offer("audit", f"{_HERE}.trail:app", say("审计链", "The audit chain")),
    Offer("backup", f"{_HERE}.saving:backup", say("在线备份", "Back everything up, while running")),
    Offer("restore", f"{_HERE}.saving:restore", say("从备份恢复", "Restore a backup")),
)

OFFERS: Final[tuple[Offer, ...]] = _OFFERS if find_spec("django") else ()
"""Offered where Django is installed: `pip install attain[web]`."""
