"""The app audit as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class AuditConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Its place in the bar."""
        from attain.apps.audit.selectors import READERS
        from attain.ui import navigation

        navigation.register(
            navigation.Area(
                name="audit",
                label=pgettext_lazy("area", "Audit"),
                icon="history",
                url_name="audit:list",
                order=95,
                group="operate",
                roles=READERS,
                phone=False,
                keywords="审计 日志 audit log trail",
            )
        )
