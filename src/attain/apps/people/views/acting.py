"""Doing something to the organisation: a form, what would follow from it, and then the deed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from attain.apps.accounts.requests import Request
from attain.apps.people.forms.base import DeedForm
from attain.apps.people.models import Change
from attain.apps.people.telling import Consequences, consequences
from attain.core.errors import AttainError, Problem


@dataclass(frozen=True, slots=True)
class Deed:
    """What a page does: its words, and the verb it calls with the filled form."""

    title: str
    verb: str
    """The words on the button."""
    back: str
    """Where to go when it is done or left."""
    run: Callable[[Any], object]
    where: tuple[tuple[str, str], ...] = ()
    """The way to this page."""
    line: str = ""


def act(request: Request, deed: Deed, form: DeedForm) -> HttpResponse:
    """Show the form; on the first post what would follow, on the second do it."""
    told: Consequences | None = None
    problems: tuple[Problem, ...] = ()
    # Back from the preview the form is shown again as it was filled.
    if request.method == "POST" and "edit" not in request.POST and form.is_valid():
        try:
            if "confirm" in request.POST:
                deed.run(form)
                messages.success(request, _("Done: %(title)s") % {"title": deed.title})
                return redirect(deed.back)
            told = rehearse(lambda: deed.run(form))
        except AttainError as error:
            problems = error.problems
    context = {"deed": deed, "form": form, "told": told, "problems": problems}
    status = 422 if problems or (form.is_bound and not form.is_valid()) else 200
    return render(request, "people/act.html", context, status=status)


def rehearse(run: Callable[[], object]) -> Consequences:
    """Do something, look at what it did, and take it back: nothing is kept of it.

    :raises AttainError: what the deed refuses.
    """
    with transaction.atomic():
        run()
        change = Change.objects.order_by("-pk").first()
        assert change is not None  # Every verb of the organisation writes one.
        told = consequences(change)
        transaction.set_rollback(True)
    return told
