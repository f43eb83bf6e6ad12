"""`attain worker`: background jobs alone, for installations with separate processes."""

from __future__ import annotations

from attain.cli.language import say
from attain.cli.output import console
from attain.config.background import stop_on_signals, work
from attain.config.commands.options import InData
from attain.config.starting import migrate, start


def worker(data: InData = None) -> None:
    """Run background jobs until Ctrl-C: calculations, imports, mails."""
    start(data)
    migrate()
    stop = stop_on_signals()
    console.print(say("后台任务已启动，按 Ctrl-C 停止", "Running jobs; Ctrl-C stops"))
    work(stop)
