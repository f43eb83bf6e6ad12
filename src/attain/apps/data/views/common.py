"""What views of imports share."""

from __future__ import annotations

from django.http import Http404

from attain.apps.accounts.requests import Request
from attain.apps.data.models import ImportBatch


def batch_or_404(pk: int) -> ImportBatch:
    """The import of a page."""
    found = ImportBatch.objects.select_related("started_by", "file").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def seen_version(request: Request) -> int:
    """The version of the import that whoever acts has seen; 0, which is never current, if none."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
