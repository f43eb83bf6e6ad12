"""What views of imports share."""

from __future__ import annotations

from django.http import Http404

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.requests import Request
from attain.apps.data.models import ImportBatch
from attain.apps.data.selectors import must_be_open


def batch_or_404(pk: int, actor: Actor) -> ImportBatch:
    """The import of a page.

    :raises AttainError: NOT_ALLOWED for money of people that somebody else brought.
    """
    found = ImportBatch.objects.select_related("started_by", "file").filter(pk=pk).first()
    if found is None:
        raise Http404
    if found.started_by_id != actor.user_id:
        must_be_open(actor, found.dataset)
    return found


def seen_version(request: Request) -> int:
    """The version of the import that whoever acts has seen; 0, which is never current, if none."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
