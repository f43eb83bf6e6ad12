"""The verbs of plans; each one checks, writes and leaves a trace in one transaction."""

from __future__ import annotations

from attain.apps.plans.services.drafts import (
    change_settings,
    create_draft,
    create_plan,
    save_text,
)
from attain.apps.plans.services.members import add_members, change_share, end_member, remove_member

__all__ = [
    "add_members",
    "change_settings",
    "change_share",
    "create_draft",
    "create_plan",
    "end_member",
    "remove_member",
    "save_text",
]
