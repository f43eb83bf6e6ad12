"""The verbs of plans; each one checks, writes and leaves a trace in one transaction."""

from __future__ import annotations

from attain.apps.plans.services.drafts import (
    change_settings,
    create_draft,
    create_plan,
    save_text,
)
from attain.apps.plans.services.lives import (
    approve,
    put_in_force,
    retire,
    return_version,
    submit,
    take_back,
)
from attain.apps.plans.services.members import add_members, change_share, end_member, remove_member
from attain.apps.plans.services.packs import install_pack, load_samples, upgrade_pack

__all__ = [
    "add_members",
    "approve",
    "change_settings",
    "change_share",
    "create_draft",
    "create_plan",
    "end_member",
    "install_pack",
    "load_samples",
    "put_in_force",
    "remove_member",
    "retire",
    "return_version",
    "save_text",
    "submit",
    "take_back",
    "upgrade_pack",
]
