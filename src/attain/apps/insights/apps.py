"""The app insights as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.insights"
    label = "insights"
    default_auto_field = "django.db.models.BigAutoField"
