"""A server that shows the gallery, and visits to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings
from django.urls import clear_url_caches
from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).parent))

from gallery_site import AREAS, SETTINGS, customers

from attain.ui import context, navigation, search
from attain.ui.context import Told

ROOT = Path(__file__).resolve().parents[3]
VENDOR = ROOT / "src" / "attain" / "ui" / "static" / "vendor"


@pytest.fixture(scope="session")
def gallery_server() -> Iterator[str]:
    """The gallery's address."""
    if not (VENDOR / "echarts.js").exists():
        pytest.skip("what pages load is not made: tools/assets.sh")
    told = Told(lambda request: "禾澜商贸", lambda request: "上海一组 · 客户代表")
    with override_settings(**SETTINGS), pytest.MonkeyPatch.context() as patch:
        clear_url_caches()
        patch.setattr(navigation, "_AREAS", AREAS)
        patch.setattr(navigation, "_may_open", lambda actor, name: True)
        patch.setattr(context, "_told", told)
        patch.setattr(search, "_PROVIDERS", {"customers": (1, "Customers", customers)})
        thread = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        yield f"http://{thread.host}:{thread.port}"
        thread.terminate()
    clear_url_caches()


class Visit:
    """One look at the gallery, with everything the browser complained of."""

    def __init__(self, browser: Browser, address: str, language: str, theme: str, width: int):
        self.address = address
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        self.context = browser.new_context(viewport={"width": width, "height": 900})
        self.context.add_cookies(
            [
                {"name": "language", "value": language, "url": address},
                {"name": "theme", "value": theme, "url": address},
            ]
        )
        self.context.set_default_timeout(6000)
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._notice)

    def _hear(self, message: Any) -> None:
        # A policy that is violated is told on the console, too.
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _notice(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.elsewhere.append(request.url)

    def open(self, path: str = "/gallery") -> Any:
        self.page.goto(self.address + path, wait_until="networkidle")
        return self.page


@pytest.fixture
def visit(browser: Browser, gallery_server: str) -> Iterator[Any]:
    """Open the gallery: visit("zh-hans", "dark", 390)."""
    opened: list[Visit] = []

    def start(language: str = "zh-hans", theme: str = "light", width: int = 1440) -> Visit:
        opened.append(Visit(browser, gallery_server, language, theme, width))
        return opened[-1]

    yield start
    for each in opened:
        each.context.close()
