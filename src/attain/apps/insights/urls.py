"""Addresses of this app: the desk is the first page of the product."""

from __future__ import annotations

from django.urls import path

from attain.apps.insights import views

app_name = "insights"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("insights/", views.attainment, name="attainment"),
]
