"""The app data as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DataConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.data"
    label = "data"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what data keeps, and put it on the bar."""
        # Late: models exist once Django is awake.
        from attain.apps.data import trail
        from attain.apps.data.registering import register_all

        trail.connect()
        register_all()
