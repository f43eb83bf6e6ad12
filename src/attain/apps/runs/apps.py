"""The app runs as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class RunsConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.runs"
    label = "runs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say to the rest of the product what this app brings."""
        from attain.apps.runs import wiring

        wiring.connect()
