"""The app accounts as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
