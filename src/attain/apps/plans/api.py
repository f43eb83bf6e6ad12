"""Plans for programs: read, check, save, and take them through their states.

Rights are those of the pages: drafts are for those who write, approve or audit plans; whoever a
plan in force concerns reads that version only.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.api import In, idempotent
from attain.apps.plans import examinations, selectors, services
from attain.apps.plans.checking import TEXT_LIMIT
from attain.apps.plans.models import Plan, PlanVersion
from attain.apps.plans.surroundings import surroundings
from attain.core.dates import ISO_ONLY, parse_date
from attain.core.errors import AttainError, problem
from attain.core.errors import codes as core_codes

router = Router(tags=["plans"])


class PlanOut(Schema):
    """A plan with the numbers of its versions."""

    code: str
    label: dict[str, str]
    kind: str
    in_force: int | None
    """The version that holds today."""
    newest: int | None


class VersionOut(Schema):
    """One version; `version` grows with every step and is sent back with the next one."""

    plan: str
    number: int
    state: str
    version: int
    text_hash: str
    effective_from: date | None
    effective_until: date | None


class TextOut(VersionOut):
    """A version with its text."""

    text: str


class FoundOut(Schema):
    """What the check found; each problem with its code, values and place."""

    problems: list[dict[str, Any]]
    errors: int
    warnings: int


class TriedOut(FoundOut):
    """The same with the examples."""

    passed: int
    failed: int
    examples: list[dict[str, Any]]


class TextIn(In):
    """The text of a plan."""

    text: str = Field(max_length=TEXT_LIMIT)


class SaveIn(TextIn):
    """A text to be saved over the one whose fingerprint is named."""

    expected: str


class StepIn(In):
    """A step: the row version that was seen, and what the step asks for."""

    version: int
    reason: str = ""
    reviewed: str = ""
    effective_from: str | None = None
    effective_until: str | None = None
    note: str = ""


@router.get("/", response=list[PlanOut], url_name="plans")
def list_plans(request: HttpRequest) -> list[PlanOut]:
    """Every plan the caller may know of."""
    actor = _actor(request)
    return [_plan(one, actor) for one in selectors.visible_plans(actor).order_by("code")]


@router.post("/", response=TextOut, url_name="plans")
@idempotent
def create(request: HttpRequest, body: TextIn) -> TextOut:
    """Begin a plan with its first draft."""
    actor = _actor(request)
    return _text(services.create_plan(text=body.text, actor=actor, at=actor.at))


@router.post("/check", response=FoundOut, url_name="plans-check")
def check(request: HttpRequest, body: TextIn) -> FoundOut:
    """Check a text among the datasets and plans of the company; nothing is kept."""
    found = examinations.check(body.text, surroundings())
    return FoundOut(**_found(found))


@router.get("/{code}/versions/{number}", response=TextOut, url_name="plans-version")
def read(request: HttpRequest, code: str, number: int) -> TextOut:
    """A version with its text."""
    return _text(_version(_actor(request), code, number))


@router.put("/{code}/versions/{number}", response=TextOut, url_name="plans-version")
def save(request: HttpRequest, code: str, number: int, body: SaveIn) -> TextOut:
    """Save the text of a draft, if it is still the one that was changed."""
    actor = _actor(request)
    version = _version(actor, code, number)
    saved = services.save_text(
        version=version, text=body.text, expected=body.expected, actor=actor, at=actor.at
    )
    return _text(saved)


@router.post("/{code}/versions", response=TextOut, url_name="plans-versions")
@idempotent
def draft(request: HttpRequest, code: str, body: TextIn) -> TextOut:
    """A new version of a plan."""
    actor = _actor(request)
    plan = _plan_of(actor, code)
    return _text(services.create_draft(plan=plan, text=body.text, actor=actor, at=actor.at))


@router.post("/{code}/versions/{number}/examples", response=TriedOut, url_name="plans-examples")
def try_examples(request: HttpRequest, code: str, number: int) -> TriedOut:
    """Check a version and run its examples."""
    actor = _actor(request)
    version = _version(actor, code, number)
    found = examinations.run(version.text, surroundings(), actor.at)
    results = list(found.results or ())
    return TriedOut(**_found(found), passed=found.passed, failed=found.failed, examples=results)


@router.post("/{code}/versions/{number}/{step}", response=VersionOut, url_name="plans-step")
@idempotent
def take_step(request: HttpRequest, code: str, number: int, step: str, body: StepIn) -> VersionOut:
    """submit, take_back, approve, return, put_in_force or retire a version."""
    actor = _actor(request)
    version = _version(actor, code, number)
    common: dict[str, Any] = {
        "version": version,
        "seen": body.version,
        "actor": actor,
        "at": actor.at,
    }
    begins, ends = _day(body.effective_from), _day(body.effective_until)
    match step:
        case "submit":
            taken = services.submit(**common, effective_from=begins, note=body.note)
        case "take_back":
            taken = services.take_back(**common)
        case "approve":
            taken = services.approve(**common, reviewed=body.reviewed)
        case "return":
            taken = services.return_version(**common, reason=body.reason)
        case "put_in_force":
            taken = services.put_in_force(**common, effective_from=begins)
        case "retire":
            taken = services.retire(**common, effective_until=ends, reason=body.reason)
        case _:
            raise Http404
    return VersionOut(**_said(taken))


# --- reading and writing ---


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _plan_of(actor: Actor, code: str) -> Plan:
    plan = selectors.visible_plans(actor).filter(code=code).first()
    if plan is None:
        raise Http404
    return plan


def _version(actor: Actor, code: str, number: int) -> PlanVersion:
    found = selectors.visible_versions(actor, _plan_of(actor, code)).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _plan(plan: Plan, actor: Actor) -> PlanOut:
    visible = selectors.visible_versions(actor, plan).order_by("-number")
    holding = visible.filter(pk__in=selectors.in_force_on(actor.today)).first()
    newest = visible.first()
    return PlanOut(
        code=plan.code,
        label={"zh-Hans": plan.label.zh, "en": plan.label.en},
        kind=plan.kind,
        in_force=holding.number if holding else None,
        newest=newest.number if newest else None,
    )


def _said(version: PlanVersion) -> dict[str, Any]:
    return {
        "plan": version.plan.code,
        "number": version.number,
        "state": version.state,
        "version": version.version,
        "text_hash": version.text_hash,
        "effective_from": version.effective_from,
        "effective_until": version.effective_until,
    }


def _text(version: PlanVersion) -> TextOut:
    return TextOut(**_said(version), text=version.text)


def _found(found: examinations.Findings) -> dict[str, Any]:
    return {
        "problems": [one.as_data() for one in found.problems],
        "errors": found.errors,
        "warnings": found.warnings,
    }


def _day(written: str | None) -> date | None:
    """
    :raises AttainError: DATE_FORMAT.
    """
    if not written:
        return None
    try:
        return parse_date(written, ISO_ONLY)
    except AttainError:
        raise AttainError(problem(core_codes.DATE_FORMAT, value=written)) from None
