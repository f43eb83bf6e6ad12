"""The app insights as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class InsightsConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.insights"
    label = "insights"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take two places in the bar: the desk, and attainment as a list."""
        from attain.ui import navigation

        navigation.register(
            navigation.Area("desk", pgettext_lazy("area", "Desk"), "layout-dashboard",
                            "insights:desk", order=1)
        )  # fmt: skip
        navigation.register(
            navigation.Area("insights", pgettext_lazy("area", "Insights"), "chart-dots-3",
                            "insights:attainment", order=60)
        )  # fmt: skip
