"""The page of a person, and what can be done about them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from attain.apps.accounts.permissions import may
from attain.apps.accounts.requests import Request
from attain.apps.people import forms, profiles, services
from attain.apps.people.models import Assignment, Person, Status
from attain.apps.people.scopes import scope
from attain.apps.people.services.employing import led_by
from attain.apps.people.telling import own_name, percent
from attain.apps.people.views.acting import Deed, act
from attain.apps.people.views.days import day_of
from attain.ui import formats

GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])
LANGUAGES = {True: "zh-Hans", False: "en"}


def language() -> str:
    """The language of the reader, as labels name it."""
    return LANGUAGES[formats.is_chinese()]


def visible(request: Request, key: str, day: date) -> Person:
    """The person of an address; not there and not yours look alike.

    :raises Http404: for either.
    """
    person = Person.objects.filter(pk=key).first()
    if person is None or not scope(request.actor, "people", day).sees(key):
        raise Http404
    return person


@require_safe
def person_page(request: Request, key: str) -> HttpResponse:
    """Who somebody is and where they sat, as far as it concerns the reader."""
    day = day_of(request)
    person = visible(request, key, day)
    profile = profiles.profile(person, day, request.actor, language())
    actions = {
        name: may(request.actor, f"people:{name}", "POST")
        for name in ("change", "move", "assign", "leave", "rehire", "changes")
    }
    context = {
        "person": person,
        "profile": profile,
        "day": day,
        "may": actions,
        "sees_history": may(request.actor, "people:changes"),
    }
    return render(request, "people/person.html", context)


def _where(person: Person | None, title: str) -> tuple[tuple[str, str], ...]:
    trail = [(pgettext("list", "People"), reverse("people:list"))]
    if person is not None:
        trail.append((own_name(person), reverse("people:person", args=[person.pk])))
    return (*trail, (title, ""))


def _deed(
    request: Request, person: Person, title: str, verb: str, run: Any, line: str = ""
) -> Deed:
    back = reverse("people:person", args=[person.pk])
    return Deed(title, verb, back, run, _where(person, title), line)


def _common(request: Request, form: Any) -> dict[str, Any]:
    return {
        "actor": request.actor,
        "at": request.actor.at,
        "reason": form.cleaned_data["reason"],
    }


@GET_AND_POST
def hire(request: Request) -> HttpResponse:
    """Somebody joins."""

    def run(form: Any) -> object:
        place = form.given("code", "name", "name_en", "on", "status", "unit", "position")
        place |= form.given("manager", "share")
        return services.hire(**place, attributes=form.columns_given(), **_common(request, form))

    title = _("Hire somebody")
    form = forms.HireForm(
        request.POST or None, language=language(), initial={"on": request.actor.today}
    )
    back = reverse("people:list")
    deed = Deed(title, pgettext("button", "Hire"), back, run, _where(None, title))
    return act(request, deed, form)


@GET_AND_POST
def change(request: Request, key: str) -> HttpResponse:
    """What is known about somebody is different."""
    today = request.actor.today
    person = visible(request, key, today)
    now = person.versions.on(today).first() or person.versions.order_by("effective_from").last()

    def run(form: Any) -> object:
        values = form.given("name", "name_en", "status")
        values["attributes"] = form.columns_given()
        return services.change(
            person=person,
            values=values,
            **form.given("on", "until", "version"),
            **_common(request, form),
        )

    initial = {"on": today, "version": person.version, "name": person.name}
    if now is not None:
        initial |= {"name": now.name, "name_en": now.name_en, "status": now.status}
    form = forms.ChangeForm(request.POST or None, language=language(), now=now, initial=initial)
    title = _("Change details")
    return act(
        request, _deed(request, person, title, pgettext("organisation", "Change"), run), form
    )


@GET_AND_POST
def move(request: Request, key: str) -> HttpResponse:
    """Somebody moves to another unit, position or manager."""
    today = request.actor.today
    person = visible(request, key, today)
    held = list(person.assignments.on(today).select_related("unit", "position", "manager"))

    def run(form: Any) -> object:
        return services.move(
            person=person,
            values=form.given("unit", "position", "manager", "share"),
            assignment=form.cleaned_data.get("assignment"),
            **form.given("on", "until", "version"),
            **_common(request, form),
        )

    form = forms.MoveForm(
        request.POST or None,
        person=person,
        on=today,
        initial={"on": today, "version": person.version, **_place(held)},
    )
    title = _("Move somebody")
    return act(request, _deed(request, person, title, pgettext("button", "Move"), run), form)


def _place(held: list[Assignment]) -> dict[str, Any]:
    """Where somebody sits now, to begin from."""
    if not held:
        return {}
    row = held[0]
    return {
        "unit": row.unit,
        "position": row.position,
        "manager": row.manager,
        "share": percent(row.share or "1"),
    }


@GET_AND_POST
def assign(request: Request, key: str) -> HttpResponse:
    """Somebody takes one more place."""
    person = visible(request, key, request.actor.today)

    def run(form: Any) -> object:
        place = form.given("on", "until", "unit", "position", "manager", "share", "version")
        return services.assign(person=person, **place, **_common(request, form))

    form = forms.AssignForm(
        request.POST or None,
        initial={"on": request.actor.today, "version": person.version, "share": ""},
    )
    title = _("Add a place")
    return act(request, _deed(request, person, title, pgettext("button", "Add"), run), form)


@GET_AND_POST
def end_assignment(request: Request, key: str, pk: int) -> HttpResponse:
    """Somebody gives up one of their places."""
    person = visible(request, key, request.actor.today)
    row = person.assignments.filter(pk=pk).first()
    if row is None:
        raise Http404

    def run(form: Any) -> object:
        return services.end_assignment(
            assignment=row, **form.given("on", "version"), **_common(request, form)
        )

    form = forms.EndForm(
        request.POST or None, initial={"on": request.actor.today, "version": person.version}
    )
    title = _("End a place")
    return act(request, _deed(request, person, title, pgettext("button", "End"), run), form)


@GET_AND_POST
def leave(request: Request, key: str) -> HttpResponse:
    """Somebody leaves; a successor takes over what they lead."""
    today = request.actor.today
    person = visible(request, key, today)

    def run(form: Any) -> object:
        return services.leave(
            person=person, **form.given("on", "successor", "version"), **_common(request, form)
        )

    people, units = led_by(person, today)
    line = ""
    if people or units:
        line = _("Manages %(people)s people and heads %(units)s units.") % {
            "people": people,
            "units": units,
        }
    form = forms.LeaveForm(request.POST or None, initial={"on": today, "version": person.version})
    title = _("Somebody leaves")
    verb = pgettext("button", "Let leave")
    return act(request, _deed(request, person, title, verb, run, line), form)


@GET_AND_POST
def rehire(request: Request, key: str) -> HttpResponse:
    """Somebody who left comes back."""
    person = visible(request, key, request.actor.today)

    def run(form: Any) -> object:
        place = form.given("on", "status", "unit", "position", "manager", "share", "version")
        return services.rehire(person=person, **place, **_common(request, form))

    form = forms.RehireForm(
        request.POST or None,
        initial={
            "on": request.actor.today,
            "version": person.version,
            "status": Status.active,
        },
    )
    title = _("Hire again")
    return act(request, _deed(request, person, title, pgettext("button", "Hire"), run), form)
