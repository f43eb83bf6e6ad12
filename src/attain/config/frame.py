"""The frame of every page: company, role, unread notices, and which areas somebody may open."""

from __future__ import annotations

from typing import Any

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.company import company
from attain.apps.accounts.permissions import may
from attain.apps.accounts.refusals import language_of_reader
from attain.apps.accounts.roles import ROLE_LABELS, Role
from attain.apps.notices.selectors import unread_count
from attain.ui import context, formats, navigation


def connect() -> None:
    """Tell the components what they may not ask for themselves."""
    context.tell(context.Told(company=_company, role=_role, notices=_notices))
    navigation.decide_with(may)
    formats.calendars_from(lambda: company().calendars)


def _company(request: Any) -> str:
    return company().labels.get(language_of_reader())


def _role(request: Any) -> str:
    actor: Actor = request.actor
    language = language_of_reader()
    separator = ", " if language == "en" else "、"
    return separator.join(ROLE_LABELS[role].get(language) for role in Role if role in actor.roles)


def _notices(request: Any) -> int:
    return unread_count(request.actor)
