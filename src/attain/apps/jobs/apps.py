"""The app jobs as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
