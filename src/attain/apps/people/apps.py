"""The app people as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the area in the bar, and what a search finds."""
        from django.utils.translation import pgettext_lazy

        from attain.apps.accounts import units
        from attain.apps.people import finding, selectors, trail
        from attain.ui import navigation, search

        trail.connect()
        navigation.register(
            navigation.Area(
                name="people",
                label=pgettext_lazy("list", "People"),
                icon="users",
                url_name="people:list",
                order=80,
                group="operate",
                roles=("manager", "hr", "finance", "plan_admin", "auditor", "system_admin"),
                phone=False,
            )
        )
        units.offer_from(selectors.units_by_code)
        search.register("people", pgettext_lazy("list", "People"), finding.find_people, order=10)
        search.register("units", pgettext_lazy("list", "Units"), finding.find_units, order=20)
