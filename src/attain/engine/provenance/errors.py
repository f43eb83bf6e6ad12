"""What can go wrong when a number is explained."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

TRACE_DIFFERS: Final = define(
    "TRACE_DIFFERS",
    zh="{relation}.{column} 重新计算得 {again}，与存储的 {shown} 不同。",
    en="{relation}.{column} comes to {again} when computed again, not to the stored {shown}.",
    why_zh="来历必须能算出同一个数，否则不予显示。",
    why_en="An explanation that does not come to the number it explains is never shown.",
    remedy_zh="重新核算该期间；如仍不同，把方案和期间报给系统管理员。",
    remedy_en="Run the period again; if it still differs, report the plan and the period.",
    http=500,
)
