"""The gallery of packs: what each is for, what it needs, install and upgrade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attain.apps.accounts.refusals import language_of_reader
from attain.apps.accounts.requests import Request
from attain.apps.data import providers
from attain.apps.data import selectors as data
from attain.apps.jobs.services import enqueue
from attain.apps.plans import gallery, handlers, services
from attain.apps.plans.gallery import Fit, Shelved
from attain.apps.plans.models import Plan
from attain.apps.plans.services.packs import Choice, news_of
from attain.apps.plans.views.common import may_write, said
from attain.core.errors import AttainError, Problem
from attain.core.labels import ENGLISH, Labels


@require_GET
def packs(request: Request) -> HttpResponse:
    """Cards of all packs; searched by their words."""
    wanted = str(request.GET.get("q", "")).strip().casefold()
    cards = [_card(one) for one in gallery.cards()]
    shown = [one for one in cards if wanted in one["words"]]
    context = {"cards": shown, "wanted": request.GET.get("q", ""), "may_write": may_write(request)}
    return render(request, "plans/packs.html", context)


def _card(one: Shelved) -> dict[str, Any]:
    pack = one.pack
    label, summary = said(pack.label, pack.pack), said(pack.summary)
    words = f"{pack.label.zh} {pack.label.en} {pack.summary.zh} {pack.summary.en} {pack.pack}"
    return {
        "name": pack.pack,
        "label": label,
        "summary": summary,
        "plans": len(pack.plans),
        "covers": pack.covers,
        "installed": one.installed,
        "has_news": one.has_news,
        "words": words.casefold(),
    }


@require_GET
def pack(request: Request, name: str) -> HttpResponse:
    """One pack: its README, what it needs, and what installing would do."""
    return _page(request, name)


def _page(
    request: Request, name: str, refused: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    card = gallery.card(name)
    fits = gallery.fits(name, data.schemas())
    installed = card.installed
    offered = gallery.offered_plans(name)
    context = {
        "card": _card(card),
        "readme": gallery.readme(name, language_of_reader()),  # type: ignore[arg-type]
        "fits": [(one, said(one.label, one.dataset)) for one in fits],
        "further": [(one, said(one.labels, one.dataset)) for one in gallery.further_datasets(name)],
        "needed": [said(one.label, one.pack) for one in gallery.missing_packs(name)],
        "plans": Plan.objects.filter(pack=name).order_by("code"),
        "offered": [(one, said(called, one)) for one, called in offered.items()],
        "offered_names": [said(called, one) for one, called in offered.items()],
        "types": gallery.record_types_of(name),
        "is_blocked": _is_blocked(name, fits) and not installed,
        "news": [one for one in news_of(installed) if one.what != "same"] if installed else [],
        "samples": [
            one for one in card.pack.data if one in gallery.schemas_of(name) and not _kept(one)
        ],
        "installed": installed,
        "refused": refused,
        "may_write": may_write(request),
        **_try(name),
    }
    return render(request, "plans/pack.html", context, status=status)


def _is_blocked(name: str, fits: Sequence[Fit]) -> bool:
    """Whether something here has the same name as a part of the pack and means something else."""
    return any(one.fitting == "clash" for one in fits) or bool(gallery.taken_plans(name))


def _kept(dataset: str) -> bool:
    """Whether an app keeps the rows, so that no sample may fill it."""
    return providers.provider(dataset) is not None


@require_http_methods(["GET", "POST"])
def tried(request: Request, name: str) -> HttpResponse:
    """What the pack would pay on its sample data: POST asks for it, GET shows how far it is."""
    gallery.card(name)
    if request.method == "POST":
        enqueue(
            handlers.TRY_PACK,
            key=name,
            arguments={"pack": name},
            actor=request.actor,
            at=request.actor.at,
        )
        return redirect("plans:pack", name)
    return render(request, "plans/_tried.html", {"card": {"name": name}, **_try(name)})


def _try(name: str) -> dict[str, Any]:
    """The newest attempt: none, on its way, failed, or what came out."""
    job = handlers.last_try(name)
    if job is None:
        return {"try_state": ""}
    if job.is_live:
        return {"try_state": "live"}
    found = job.result.get("plans") if job.result else None
    if found is None:
        return {"try_state": "failed"}
    plans = [{**one, "label": said(Labels.model_validate(one["label"]))} for one in found]
    return {"try_state": "done", "tried": plans}


@require_POST
def install(request: Request, name: str) -> HttpResponse:
    """Declare the pack's datasets and begin its plans as drafts."""
    try:
        services.install_pack(name=name, actor=request.actor, at=request.actor.at)
    except AttainError as error:
        return _page(request, name, error.problems, status=409)
    messages.success(request, _("Installed. Its plans are drafts; nothing is in force yet."))
    return redirect("plans:pack", name)


@require_POST
def upgrade(request: Request, name: str) -> HttpResponse:
    """Take the news of the gallery over, as new drafts."""
    chosen: dict[str, Choice] = {
        key.removeprefix("choice."): "theirs" if value == "theirs" else "mine"
        for key, value in request.POST.items()
        if key.startswith("choice.")
    }
    try:
        drafts = services.upgrade_pack(
            name=name, choices=chosen, actor=request.actor, at=request.actor.at
        )
    except AttainError as error:
        return _page(request, name, error.problems, status=409)
    made = ngettext("%(count)s new draft", "%(count)s new drafts", len(drafts))
    messages.success(request, made % {"count": len(drafts)})
    return redirect("plans:pack", name)


@require_POST
def samples(request: Request, name: str) -> HttpResponse:
    """Import the pack's sample data."""
    try:
        loaded = services.load_samples(name=name, actor=request.actor, at=request.actor.at)
    except AttainError as error:
        return _page(request, name, error.problems, status=409)
    said_so = ngettext("%(count)s dataset filled", "%(count)s datasets filled", len(loaded))
    messages.success(request, said_so % {"count": len(loaded)})
    if kept := _not_filled(name):
        # Without people a run has nobody in it: whoever loaded samples would not know why.
        note = _("%(names)s are kept by the product; samples do not fill them.")
        between = ", " if language_of_reader() == ENGLISH else "、"
        messages.info(request, note % {"names": between.join(kept)})
    return redirect("plans:pack", name)


def _not_filled(name: str) -> list[str]:
    """What of a pack's sample data the product keeps itself, as readers know it."""
    declared = data.schemas()
    kept = (one for one in gallery.card(name).pack.data if providers.provider(one) is not None)
    return [declared[one].labels.get(language_of_reader()) for one in kept if one in declared]
