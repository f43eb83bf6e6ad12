"""What jobs refuse, and how they end badly."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

JOB_FAILED: Final = define(
    "JOB_FAILED",
    zh="后台任务中断了（编号 {reference}）。",
    en="The background job broke off (reference {reference}).",
    why_zh="数据没有改动，已完成的步骤仍然有效。",
    why_en="No data were harmed; steps that were finished still hold.",
    remedy_zh="再试一次；仍不成功时，把编号告诉系统管理员。",
    remedy_en="Try again; if it fails again, give the reference to the system administrator.",
    http=500,
)
JOB_LOST: Final = define(
    "JOB_LOST",
    zh="后台任务 {attempts} 次都没有运行到底，已停止重试。",
    en="The background job died {attempts} times and is not tried again.",
    why_zh="执行它的进程每次都中途退出，可能是内存或磁盘不足。",
    why_en="The process that ran it ended each time; memory or disk may be short.",
    remedy_zh="让系统管理员检查内存和磁盘，然后重试。",
    remedy_en="Ask the system administrator to look at memory and disk, then retry.",
    http=500,
)
JOB_KIND_UNKNOWN: Final = define(
    "JOB_KIND_UNKNOWN",
    zh="没有“{kind}”这种后台任务。",
    en="There is no background job of the kind “{kind}”.",
    remedy_zh="让系统管理员核对所装版本。",
    remedy_en="Ask the system administrator which version is installed.",
    http=500,
)
JOB_ENDED: Final = define(
    "JOB_ENDED",
    zh="这个任务已经结束，不能再停止。",
    en="This job has ended and cannot be stopped.",
    remedy_zh="刷新页面查看结果。",
    remedy_en="Reload the page to see how it ended.",
    http=409,
)
JOB_ALIVE: Final = define(
    "JOB_ALIVE",
    zh="这个任务还没有结束，不能重试。",
    en="This job has not ended yet and cannot be tried again.",
    remedy_zh="等它结束，或先停止。",
    remedy_en="Wait for its end, or stop it first.",
    http=409,
)
