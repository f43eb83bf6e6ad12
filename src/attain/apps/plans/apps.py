"""The app plans as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from attain.ui import navigation, search


class PlansConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what plans keep."""
        from attain.apps.plans import finding, handlers, trail  # noqa: F401 - what jobs do
        from attain.apps.plans.registering import register_all

        register_all()
        trail.connect()
        navigation.register(
            navigation.Area(
                name="plans",
                label=pgettext_lazy("area", "Plans"),
                icon="file-description",
                url_name="plans:list",
                order=20,
                group="operate",
                keywords="方案 plan 提成 commission 规则 rules",
            )
        )
        search.register("plans", pgettext_lazy("area", "Plans"), finding.find, order=40)
