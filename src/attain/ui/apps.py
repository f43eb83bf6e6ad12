"""The components as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, styles and tags shared by all apps."""

    name = "attain.ui"
    label = "ui"
