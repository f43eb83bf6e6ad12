"""Addresses of plans."""

from __future__ import annotations

from django.urls import path

from attain.apps.plans.views import (
    approving,
    bringing,
    comparing,
    listing,
    members,
    packs,
    reading,
    ready,
    settings,
    starting,
    trying,
    writing,
)

app_name = "plans"
urlpatterns = [
    path("", listing.plans, name="list"),
    path("new", listing.new, name="new"),
    path("check", writing.check_new, name="check-new"),
    path("start", starting.start, name="start"),
    path("start/people", starting.add_people, name="newcomers"),
    path("gallery", packs.packs, name="packs"),
    path("gallery/<slug:name>", packs.pack, name="pack"),
    path("gallery/<slug:name>/tried", packs.tried, name="pack-tried"),
    path("gallery/<slug:name>/install", packs.install, name="pack-install"),
    path("gallery/<slug:name>/upgrade", packs.upgrade, name="pack-upgrade"),
    path("gallery/<slug:name>/samples", packs.samples, name="pack-samples"),
    path("of/<slug:code>", reading.plan, name="plan"),
    path("of/<slug:code>/draft", writing.draft, name="draft"),
    path("of/<slug:code>/versions", comparing.versions, name="versions"),
    path("of/<slug:code>/participants", members.members, name="members"),
    path("of/<slug:code>/participants/workbook", bringing.download, name="members-workbook"),
    path("of/<slug:code>/participants/import", bringing.upload, name="members-import"),
    path("of/<slug:code>/participants/import/<str:token>", bringing.check, name="members-check"),
    path("of/<slug:code>/participants/imports/<int:pk>/undo", bringing.undo, name="members-undo"),
    path("of/<slug:code>/participants/<slug:what>", members.change, name="member-change"),
    path("of/<slug:code>/settings", settings.settings, name="settings"),
    path("of/<slug:code>/v<int:number>", reading.booklet, name="booklet"),
    path("of/<slug:code>/v<int:number>/ready", ready.ready, name="ready"),
    path("of/<slug:code>/v<int:number>/text", writing.text, name="text"),
    path("of/<slug:code>/v<int:number>/check", writing.check, name="check"),
    path("of/<slug:code>/v<int:number>/download", reading.download, name="download"),
    path("of/<slug:code>/v<int:number>/examples", trying.examples, name="examples"),
    path("of/<slug:code>/v<int:number>/examples/why", trying.why, name="example-why"),
    path("of/<slug:code>/v<int:number>/approval", approving.approval, name="approval"),
    path("of/<slug:code>/v<int:number>/approval/<slug:action>", approving.act, name="act"),
]
