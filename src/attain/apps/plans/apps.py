"""The app plans as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what plans keep."""
        from attain.apps.plans.registering import register_all

        register_all()
