"""The app flow as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FlowConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.flow"
    label = "flow"
    default_auto_field = "django.db.models.BigAutoField"
