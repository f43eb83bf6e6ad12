"""The API under /api/v1: each app gives a router in its `api.py`."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from ninja import NinjaAPI

from attain.apps.accounts.api import SignedIn, refuse_in_words
from attain.apps.accounts.bodies import StrictParser

api = NinjaAPI(
    title="Attain 达成",
    version="1.0.0",
    urls_namespace="api-1",
    auth=SignedIn(),
    parser=StrictParser(),
)
refuse_in_words(api)

for _name in settings.APPS:
    if find_spec(f"attain.apps.{_name}.api") is not None:
        _router = getattr(import_module(f"attain.apps.{_name}.api"), "router", None)
        if _router is not None:
            api.add_router(f"/{_name}/", _router)
