"""The addresses of flow."""

from __future__ import annotations

from django.urls import path

from attain.apps.flow import views

app_name = "flow"
urlpatterns = [path("", views.list_todos, name="todos")]
