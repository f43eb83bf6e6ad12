"""As of which day a page shows the organisation."""

from __future__ import annotations

from datetime import date

from attain.apps.accounts.permissions import may
from attain.apps.accounts.requests import Request
from attain.core.dates import ISO_ONLY, parse_date


def day_of(request: Request) -> date:
    """The day in `?on=`, today where there is none.

    :raises AttainError: a text that is no date.
    """
    text = request.GET.get("on", "")
    return parse_date(text, ISO_ONLY) if text else request.actor.today


def parts(request: Request, tab: str) -> dict[str, object]:
    """The parts of the area that the reader may open, and which one this is."""
    names = {"chart": "people:chart", "units": "people:units", "changes": "people:changes"}
    links = {name: may(request.actor, address) for name, address in names.items()}
    return {"tab": tab, "links": links}
