"""The app statements as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class StatementsConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.statements"
    label = "statements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for results that appear or disappear, and take a place in the navigation."""
        from attain.apps.records.counting import register
        from attain.apps.statements import cycle, receivers, trail  # noqa: F401
        from attain.apps.statements.counting import counts
        from attain.ui import navigation

        cycle.start()
        trail.connect()
        register(counts)
        navigation.register(
            navigation.Area("statements", pgettext_lazy("area", "Statements"), "receipt-yuan",
                            "statements:mine", order=50)
        )  # fmt: skip
