"""Records in the search of the product, within the reader's rights."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import get_language

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.permissions import may
from attain.apps.records import access, narrowing
from attain.apps.records.kinds import book, rows
from attain.core.labels import CHINESE, ENGLISH
from attain.ui.search import Hit


def find(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Records by number, title or a searchable field, an exact number first, then the newest."""
    if not may(actor, "records:record"):
        return []
    found = sorted(_found(actor, text, limit), key=lambda one: (not one[0], -one[1]))
    return [hit for _, _, hit in found[:limit]]


def _found(actor: Actor, text: str, limit: int) -> Iterator[tuple[bool, int, Hit]]:
    language = ENGLISH if (get_language() or "").startswith("en") else CHINESE
    kinds = book().kinds
    for row in rows():
        kind = kinds[row.name]
        here = narrowing.search(access.visible(actor, kind), kind, text)
        for one in here.order_by("-business_date", "-pk")[:limit]:
            label = f"{kind.label.get(language)} · {one.number}"
            url = reverse("records:record", args=[kind.name, one.number])
            hit = Hit(one.title or one.number, label, url, kind.type.icon or "notebook")
            is_exact = one.number.casefold() == text.strip().casefold()
            yield is_exact, one.business_date.toordinal(), hit
