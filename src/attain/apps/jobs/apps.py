"""The app jobs as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the list of jobs to the bar of whoever runs the machine."""
        from django.utils.translation import pgettext_lazy

        from attain.apps.jobs import trail
        from attain.ui import navigation

        trail.connect()
        navigation.register(
            navigation.Area(
                name="jobs",
                label=pgettext_lazy("area", "Jobs"),
                icon="activity",
                url_name="jobs:list",
                order=90,
                group="operate",
                phone=False,
            )
        )
