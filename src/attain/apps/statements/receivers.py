"""What follows from a publication: its money is posted in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from attain.apps.accounts.actors import Actor
from attain.apps.runs.signals import published, withdrawn
from attain.apps.statements.posting import post_publication, post_withdrawal


@receiver(published)
def post_what_is_published(publication: Any, actor: Actor, at: datetime, **_: Any) -> None:
    """Post the differences of a revision that became visible."""
    post_publication(publication, actor=actor, at=at)


@receiver(withdrawn)
def take_back_what_is_withdrawn(publication: Any, actor: Actor, at: datetime, **_: Any) -> None:
    """Take back what a withdrawn revision had posted."""
    post_withdrawal(publication, actor=actor, at=at)
