"""The app statements as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.statements"
    label = "statements"
    default_auto_field = "django.db.models.BigAutoField"
