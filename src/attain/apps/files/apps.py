"""The app files as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how the audit trail calls what is done here."""
        from attain.apps.files import trail

        trail.connect()
