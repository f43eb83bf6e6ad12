"""The app notices as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
