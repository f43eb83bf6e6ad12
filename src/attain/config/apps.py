"""What only the whole house can tell its parts."""

from __future__ import annotations

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Ties the frame of every page to the apps that know what stands in it."""

    name = "attain.config"
    label = "config"

    def ready(self) -> None:
        """Told once all apps are there."""
        from attain.config import frame, housekeeping

        frame.connect()
        housekeeping.schedule()
