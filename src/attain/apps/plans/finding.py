"""What a search finds among plans, within the reader's rights."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.permissions import may
from attain.apps.plans import selectors
from attain.cli.packs import packs
from attain.core.labels import CHINESE, ENGLISH
from attain.ui.search import Hit


def find(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Plans by name or code, then packs that are not here yet."""
    found = [*_plans(actor, text)[:limit]]
    return found + _packs(actor, text)[: limit - len(found)]


def _language() -> str:
    return ENGLISH if (get_language() or "").startswith("en") else CHINESE


def _plans(actor: Actor, text: str) -> list[Hit]:
    if not may(actor, "plans:plan"):
        return []
    words = Q(code__icontains=text) | Q(label_zh__icontains=text) | Q(label_en__icontains=text)
    return [
        Hit(
            one.label.get(_language()),
            one.code,
            reverse("plans:plan", args=[one.code]),
            "file-description",
        )
        for one in selectors.visible_plans(actor).filter(words).order_by("code")[:20]
    ]


def _packs(actor: Actor, text: str) -> list[Hit]:
    if not may(actor, "plans:pack"):
        return []
    wanted = text.casefold()
    return [
        Hit(
            pack.label.get(_language()) or pack.pack,
            pack.summary.get(_language()),
            reverse("plans:pack", args=[pack.pack]),
            "package",
        )
        for pack in packs()
        if wanted in f"{pack.pack} {pack.label.zh} {pack.label.en}".casefold()
    ]
