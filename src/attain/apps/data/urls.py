"""Addresses under /data/."""

from __future__ import annotations

from django.urls import path, register_converter

from attain.apps.data.views import browsing, checking, loading, mapping, starting


class DatasetName:
    """The name of a dataset in an address."""

    regex = r"[a-z][a-z0-9_]{0,60}(?:\.[a-z][a-z0-9_]{0,60})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class VersionHash:
    """The hash of a version in an address."""

    regex = r"[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DatasetName, "dataset")
register_converter(VersionHash, "hash")

app_name = "data"
urlpatterns = [
    path("", browsing.home, name="home"),
    path("import", starting.upload, name="import"),
    path("imports", starting.batches, name="batches"),
    path("imports/<int:pk>", starting.batch, name="batch"),
    path("imports/<int:pk>/progress", starting.progress, name="batch-progress"),
    path("imports/<int:pk>/columns", mapping.columns, name="batch-columns"),
    path("imports/<int:pk>/new", mapping.new_dataset, name="batch-new"),
    path("imports/<int:pk>/correct", checking.correct, name="batch-correct"),
    path("imports/<int:pk>/cover", checking.cover, name="batch-cover"),
    path("imports/<int:pk>/again", checking.again, name="batch-again"),
    path("imports/<int:pk>/rejected.xlsx", checking.rejected, name="batch-rejected"),
    path("imports/<int:pk>/load", loading.load, name="batch-load"),
    path("imports/<int:pk>/approve", loading.approve, name="batch-approve"),
    path("imports/<int:pk>/return", loading.send_back, name="batch-return"),
    path("imports/<int:pk>/undo", loading.undo, name="batch-undo"),
    path("imports/<int:pk>/abandon", loading.give_up, name="batch-abandon"),
    path("quality", browsing.quality, name="quality"),
    path("sets/<dataset:name>/", browsing.dataset, name="dataset"),
    path("sets/<dataset:name>/rows", browsing.rows, name="rows"),
    path("sets/<dataset:name>/template.xlsx", browsing.template, name="template"),
    path("sets/<dataset:name>/compare", browsing.compare, name="compare"),
    path("sets/<dataset:name>/versions/<hash:version>", browsing.version, name="version"),
]
