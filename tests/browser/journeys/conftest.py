"""A served company, and visitors who walk through it while everything they meet is judged."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, Page, Response

HERE = Path(__file__).parent
PASSWORD = "harvest-lantern-42"
_PATIENCE = 90
_JUDGE = """async () => (await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
  })).violations
  .filter((found) => ["serious", "critical"].includes(found.impact))
  .map((found) => found.id + ": " + found.nodes.map((node) => node.target).join(" | "))
"""


def _port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small company, served as an operator would."""
    yield from serving(tmp_path_factory.mktemp("company"), "making.py")


def serving(folder: Path, making: str) -> Iterator[str]:
    """The address of a company that a script of this folder made, until it is no longer needed."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    environment.pop("ATTAIN_DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run([sys.executable, str(HERE / making), str(folder)], check=True, env=environment)
    port = _port()
    attain = Path(sys.executable).with_name("attain")
    command = [attain, "serve", "--data", folder, "--port", str(port), "--processes", "1"]
    child = subprocess.Popen(
        [str(part) for part in command], env=environment, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, child)
        yield address
    finally:
        child.terminate()
        child.wait(30)


def _wait(address: str, child: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and child.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/login", timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.3)
        else:
            return
    pytest.fail("the product did not start")


class Visitor:
    """Somebody at the browser, with everything that was wrong with what they saw."""

    def __init__(self, browser: Browser, address: str, axe: str, language: str, width: int) -> None:
        self.address, self.axe = address, axe
        self.wrong: list[str] = []
        self.expected: tuple[str, ...] = ()
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="zh-CN" if language == "zh" else "en-GB",
        )
        self.context.set_default_timeout(60_000)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", self._notice)

    def _hear(self, message: Any) -> None:
        # A policy that is violated is told on the console, too.
        if message.type in ("error", "warning") and not any(
            known in message.text for known in self.expected
        ):
            self.wrong.append(f"{self.page.url}: {message.text}")

    def _notice(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.wrong.append(f"asked elsewhere: {request.url}")

    def open(self, path: str) -> Response:
        """Go to a page, and judge it."""
        answer = self.page.goto(self.address + path, wait_until="networkidle")
        assert answer is not None
        self.judge()
        return answer

    def press(self, name: str, within: str = "body", role: str = "button") -> None:
        """Press what is called so, and judge what comes."""
        self.page.locator(within).get_by_role(role, name=name).last.click()  # type: ignore[arg-type]
        self.page.wait_for_load_state("networkidle")
        self.judge()

    def judge(self) -> None:
        """Readable for everybody, and never wider than the screen."""
        self.page.evaluate(self.axe)
        self.wrong += [f"{self.page.url}: {one}" for one in self.page.evaluate(_JUDGE)]
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.wrong.append(f"{self.page.url}: wider than the screen")

    def log_in(self, name: str, password: str = PASSWORD) -> None:
        self.page.goto(self.address + "/login")
        self.page.fill("input[name=login]", name)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_load_state("networkidle")

    def main(self) -> str:
        """What stands on the page."""
        return self.page.inner_text("main")


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(browser: Browser, served: str, axe: str) -> Iterator[Visit]:
    """`visit("rep", "zh", 390)`; at the end nothing may have been wrong with any page."""
    yield from visiting(browser, served, axe)


@pytest.fixture(scope="session")
def served_records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small company with its records."""
    yield from serving(tmp_path_factory.mktemp("records"), "making_records.py")


@pytest.fixture
def visit_records(browser: Browser, served_records: str, axe: str) -> Iterator[Visit]:
    """As `visit`, where records are kept."""
    yield from visiting(browser, served_records, axe)


def visiting(browser: Browser, address: str, axe: str) -> Iterator[Visit]:
    """Visitors of one company, judged at the end."""
    opened: list[Visitor] = []

    def start(name: str = "", language: str = "zh", width: int = 1440) -> Visitor:
        opened.append(Visitor(browser, address, axe, language, width))
        if name:
            opened[-1].log_in(name)
        return opened[-1]

    yield start
    for each in opened:
        each.context.close()
    assert [one for each in opened for one in each.wrong] == []
