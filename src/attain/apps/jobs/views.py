"""Pages of jobs: all of them for who runs the machine, each for who asked for it."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attain.apps.accounts.requests import Request
from attain.apps.accounts.roles import Role
from attain.apps.jobs import selectors, services, tables
from attain.apps.jobs.models import Job
from attain.core.errors import Problem
from attain.ui.tables import table_response


@require_GET
def list_jobs(request: Request) -> HttpResponseBase:
    """Every job, the latest first."""
    counts = selectors.counts(request.actor)
    empty = _("Nothing has run yet. Imports and calculations appear here.")
    return table_response(
        request, tables.jobs_table(), "jobs/list.html", {"counts": counts}, empty=empty
    )


@require_GET
def detail(request: Request, job: int) -> HttpResponse:
    """One job: how far it is, why it failed, who asked for it."""
    found = _job(request, job)
    context = {
        "job": found,
        "title": tables.title(found),
        "progress": selectors.progress(found, request.actor),
        "problems": [Problem.from_data(each) for each in found.problems],
        "state": next(each for each in tables.STATES if each[0] == found.state),
        "took": tables.duration(found),
        "can_retry": found.state in (Job.State.failed, Job.State.cancelled)
        and request.actor.has(Role.system_admin),
        "sees_all": request.actor.has(Role.system_admin),
    }
    return render(request, "jobs/detail.html", context)


@require_GET
def progress(request: Request, job: int) -> HttpResponse:
    """The bar of a job that runs, asked for every two seconds. When the job has ended, the page
    around it loads again and shows what came of it."""
    found = _job(request, job)
    shown = selectors.progress(found, request.actor)
    answer = render(request, "jobs/_progress.html", {"progress": shown})
    if not shown.is_live:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def cancel(request: Request, job: int) -> HttpResponse:
    """Stop a job."""
    found = services.cancel(_job(request, job), actor=request.actor, at=request.actor.at)
    return _back(request, found)


@require_POST
def retry(request: Request, job: int) -> HttpResponse:
    """Ask for a job again."""
    again = services.retry(_job(request, job), actor=request.actor, at=request.actor.at)
    return redirect("jobs:detail", job=again.pk)


def _job(request: Request, job: int) -> Job:
    found = selectors.job(request.actor, job)
    if found is None:
        raise Http404
    return found


def _back(request: Request, job: Job) -> HttpResponse:
    if request.htmx:
        shown = selectors.progress(job, request.actor)
        return render(request, "jobs/_progress.html", {"progress": shown})
    return redirect("jobs:detail", job=job.pk)
