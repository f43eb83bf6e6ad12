"""Lists of accounts."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attain.apps.accounts import selectors
from attain.apps.accounts.actors import Actor, business_date
from attain.apps.accounts.models import User
from attain.apps.accounts.refusals import language_of_reader
from attain.ui.tables import Column, OrmTable


def _users(actor: Actor) -> QuerySet[User]:
    return selectors.users(actor).prefetch_related("grants")


def _roles(user: User) -> str:
    """Roles that were not taken away, in the reader's language."""
    from django.utils import timezone

    language, today = language_of_reader(), business_date(timezone.now())
    names = [
        selectors.role_label(grant.role, language)
        for grant in user.grants.all()
        if grant.revoked_at is None
        and grant.effective_from <= today
        and (grant.effective_until is None or grant.effective_until > today)
    ]
    return (", " if language == "en" else "、").join(dict.fromkeys(names))


USERS: Final = OrmTable(
    name="users",
    label=_("Accounts"),
    all_columns=(
        Column(
            "name",
            pgettext_lazy("person", "Name"),
            "text",
            searchable=True,
            primary=True,
            url=lambda user: reverse("accounts:user", args=[user.pk]),
        ),
        Column("username", _("User name"), "code", searchable=True),
        Column("roles", _("Roles"), value=_roles),
        Column(
            "is_active",
            pgettext_lazy("account", "State"),
            "status",
            choices=(
                (True, pgettext_lazy("account", "Active"), "good"),
                (False, pgettext_lazy("account", "Disabled"), "neutral"),
            ),
        ),
        Column("last_login", _("Last log-in"), "datetime"),
        Column("email", _("Mail address"), hidden=True, searchable=True),
    ),
    queryset=_users,
    default_sort=("name",),
)
