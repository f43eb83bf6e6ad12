"""`{% trail "run" run.pk %}`: what happened to this thing, for those who read the trail."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from attain.apps.audit.selectors import READERS

register = template.Library()


@register.inclusion_tag("audit/_trail.html", takes_context=True)
def trail(context: Any, kind: str, key: object) -> dict[str, str]:
    """A button that leads to the entries about one thing; nothing for other readers."""
    actor = getattr(context.get("request"), "actor", None)
    if actor is None or not actor.has(*READERS):
        return {"url": ""}
    query = urlencode({"object_type.eq": kind, "object_id.eq": str(key)})
    return {"url": f"{reverse('audit:list')}?{query}"}
