"""The place of records in the bar, with how many of the reader's are due."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from attain.apps.accounts.actors import Actor
from attain.ui import navigation


def due_count(actor: Actor) -> int:
    """How many records of the reader are due; the bar shows nothing for none."""
    from attain.apps.records import selectors

    return selectors.due_count(actor)


def register() -> None:
    """Take the place between targets and statements."""
    navigation.register(
        navigation.Area(
            "records", pgettext_lazy("area", "Records"), "notebook", "records:home",
            order=25, count=due_count,
        )
    )  # fmt: skip
