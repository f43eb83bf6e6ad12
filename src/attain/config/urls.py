"""Every address of the product. Each one has a row in the permission table, or does not open."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from attain.config.api import api
from attain.config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", include("attain.apps.accounts.entrance")),
    path("", include("attain.apps.insights.urls")),
    path("account/", include("attain.apps.accounts.urls")),
    path("people/", include("attain.apps.people.urls")),
    path("data/", include("attain.apps.data.urls")),
    path("records/", include("attain.apps.records.urls")),
    path("plans/", include("attain.apps.plans.urls")),
    path("runs/", include("attain.apps.runs.urls")),
    path("statements/", include("attain.apps.statements.urls")),
    path("flow/", include("attain.apps.flow.urls")),
    path("notices/", include("attain.apps.notices.urls")),
    path("files/", include("attain.apps.files.urls")),
    path("jobs/", include("attain.apps.jobs.urls")),
    path("audit/", include("attain.apps.audit.urls")),
    path("", include("attain.ui.urls")),
    path("api/v1/", api.urls),
]

handler400 = "attain.config.pages.bad_request"
handler403 = "attain.config.pages.forbidden"
handler404 = "attain.config.pages.not_found"
handler500 = "attain.config.pages.fault"
