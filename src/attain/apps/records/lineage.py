"""What a record is called to somebody who meets its key elsewhere, such as in an explanation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from attain.apps.accounts.actors import Actor
from attain.apps.records.models import Record
from attain.apps.records.selectors import visible_among


@dataclass(frozen=True, slots=True)
class Named:
    """A record as a reader may know it."""

    name: str
    """Its title, or its number alone for who may not see it."""
    url: str = ""
    """Its page, for who may see it."""


def named(keys: Iterable[str], actor: Actor) -> dict[str, Named]:
    """The records behind some keys; keys of anything else are left out."""
    records = list(Record.objects.filter(key__in={key for key in keys if key}))
    seen = visible_among(records, actor)
    return {
        one.key: Named(one.title or one.number, reverse("records:of", args=[one.key]))
        if one.pk in seen
        else Named(one.number)
        for one in records
    }
