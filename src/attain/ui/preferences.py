"""What a reader chose for themselves: columns of lists, theme. No right depends on it.

Kept with the user where the user model has a field `preferences`, else in the session.
"""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest

MOST_CHOICES: Final = 200
"""There are fewer lists than that; who sends more names loses the oldest."""


def read(request: HttpRequest, key: str) -> Any:
    """What the reader chose, None if nothing."""
    kept = _of_user(request)
    if kept is None:
        session = getattr(request, "session", None)
        kept = session.get("preferences", {}) if session is not None else {}
    return kept.get(key)


def write(request: HttpRequest, key: str, value: Any) -> None:
    """Keep a choice; None forgets it."""
    kept = dict(_of_user(request) or request.session.get("preferences", {}))
    kept.pop(key, None)
    if value is not None:
        kept[key] = value
    kept = dict(list(kept.items())[-MOST_CHOICES:])
    user = getattr(request, "user", None)
    if _of_user(request) is not None and user is not None:
        user.preferences = kept
        user.save(update_fields=["preferences"])
    else:
        request.session["preferences"] = kept


def _of_user(request: HttpRequest) -> dict[str, Any] | None:
    user = getattr(request, "user", None)
    kept = getattr(user, "preferences", None)
    return kept if isinstance(kept, dict) else None
