"""The app audit as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
