"""The addresses of files."""

from __future__ import annotations

from django.urls import path

from attain.apps.files import views

app_name = "files"
urlpatterns = [path("<uuid:pk>", views.download, name="download")]
