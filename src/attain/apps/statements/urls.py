"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from attain.apps.statements import views

app_name = "statements"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("periods/", views.periods, name="periods"),
    path("<str:period>/", views.period, name="period"),
    path("<str:period>/close/", views.close, name="close"),
    path("<str:period>/close/dialog/", views.close_dialog, name="close_dialog"),
    path("<str:period>/<str:person>/", views.detail, name="detail"),
    path("<str:period>/<str:person>/pdf/", views.pdf, name="pdf"),
]
