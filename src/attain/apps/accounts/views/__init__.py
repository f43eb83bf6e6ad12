"""Pages of accounts: one's own, and those of administrators."""

from __future__ import annotations

from attain.apps.accounts.views.mine import (
    delegate_roles,
    end_delegated,
    end_other_sessions,
    end_own_session,
    mine,
    new_token,
    no_signup,
    revoke_own_token,
    to_mine,
)
from attain.apps.accounts.views.users import (
    create,
    disable,
    enable,
    grant,
    list_users,
    revoke,
    show,
)

__all__ = [
    "create",
    "delegate_roles",
    "disable",
    "enable",
    "end_delegated",
    "end_other_sessions",
    "end_own_session",
    "grant",
    "list_users",
    "mine",
    "new_token",
    "no_signup",
    "revoke",
    "revoke_own_token",
    "show",
    "to_mine",
]
