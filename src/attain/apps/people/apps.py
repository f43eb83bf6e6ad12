"""The app people as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
