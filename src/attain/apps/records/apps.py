"""The app records as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what records keep, and what the clock does with them."""
        from attain.apps.records import trail
        from attain.apps.records.registering import register_all

        trail.connect()
        register_all()
