"""The app accounts as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AccountsConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Its places in the frame; what allauth does is audited."""
        from attain.apps.accounts import (
            traces,  # noqa: F401 - connects its receivers
            words,
        )
        from attain.apps.audit import words as audit_words
        from attain.ui import context, navigation

        audit_words.name(words.ACTIONS, words.THINGS, words.FIELDS)
        context.register_user_link(
            context.UserLink(_("My account"), "accounts:mine", "user-circle", order=10)
        )
        navigation.register(
            navigation.Area(
                name="accounts",
                label=pgettext_lazy("area", "Accounts"),
                icon="key",
                url_name="accounts:users",
                order=85,
                group="operate",
                roles=("system_admin", "auditor"),
                phone=False,
                keywords="账号 用户 角色 account user role",
            )
        )
