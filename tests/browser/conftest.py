"""The browser of this machine, and the judge of accessibility."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "build" / "axe.min.js"
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def absent(what: str) -> None:
    """A machine for tests must have it; elsewhere these tests are left out, and say why."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


# For this folder only: while Playwright is awake, Django takes the whole thread for asynchronous.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser of this machine; Playwright brings none of its own."""
    if BROWSER is None:
        absent("there is no browser: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The judge of accessibility, as a text to be run in the page."""
    if not AXE.exists():
        absent("the judge of accessibility is not there: tools/assets.sh")
    return AXE.read_text(encoding="utf-8")
