"""Addresses of runs and publications."""

from __future__ import annotations

from django.urls import path

from attain.apps.runs.views import compare, listing, publication, run, why

app_name = "runs"
urlpatterns = [
    path("", listing.home, name="home"),
    path("new", listing.new, name="new"),
    path("compare", compare.compare, name="compare"),
    path("<int:run>", run.run, name="run"),
    path("<int:run>/state", run.state, name="state"),
    path("<int:run>/cancel", run.cancel, name="cancel"),
    path("<int:run>/again", run.again, name="again"),
    path("<int:run>/prepare", run.prepare, name="prepare"),
    path("<int:run>/waive", run.waive, name="waive"),
    path("<int:run>/why", why.why, name="why"),
    path("publications/<int:pk>", publication.publication, name="publication"),
    path("publications/<int:pk>/loading", publication.loading, name="loading"),
    path("publications/<int:pk>/step", publication.step, name="step"),
]
