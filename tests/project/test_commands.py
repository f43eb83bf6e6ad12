"""The Makefile, the scripts behind it, and what the pages say about them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def makefile(root: Path) -> str:
    return (root / "Makefile").read_text(encoding="utf-8")


def _targets(makefile: str) -> dict[str, tuple[str, list[str]]]:
    """Target to what it says and its recipe."""
    found: dict[str, tuple[str, list[str]]] = {}
    current = ""
    for line in makefile.splitlines():
        if head := re.match(r"^([a-z][a-z-]*):(?!=)[^#]*(?:## (.*))?$", line):
            current = head[1]
            found[current] = (head[2] or "", [])
        elif line.startswith("\t"):
            found[current][1].append(line.strip())
    return found


def test_every_target_has_content_and_says_what_it_does(makefile: str) -> None:
    for name, (said, recipe) in _targets(makefile).items():
        assert said, f"{name}: no sentence after ##"
        assert recipe, f"{name}: nothing to run"


def test_every_target_is_a_command_and_no_file(makefile: str) -> None:
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)

    assert phony is not None
    assert sorted(phony[1].split()) == sorted(_targets(makefile))


def test_every_step_says_how_long_it_took(makefile: str) -> None:
    for name, (_, recipe) in _targets(makefile).items():
        if name != "help":
            assert all(line.startswith("@$(STEP) ") for line in recipe), name


def test_the_pages_name_only_commands_that_exist(makefile: str, pages: dict[Path, str]) -> None:
    targets = _targets(makefile)

    for path, text in pages.items():
        spans = re.findall(r"```sh\n(.*?)```", text, re.DOTALL) + re.findall(r"`([^`\n]+)`", text)
        for target in re.findall(r"(?m)(?:^|\s)make ([a-z]+)", "\n".join(spans)):
            assert target in targets, f"{path.name} names make {target}"


def test_the_pages_name_only_scripts_that_exist(root: Path, pages: dict[Path, str]) -> None:
    for path, text in pages.items():
        for script in re.findall(r"\btools/[\w-]+\.sh", text):
            assert (root / script).is_file(), f"{path.name} names {script}"


def test_the_scripts_can_be_run(root: Path) -> None:
    scripts = [*sorted((root / "tools").glob("*.sh")), root / ".ci/run"]

    for script in scripts:
        assert script.stat().st_mode & 0o111, f"chmod +x {script.name}"
        parsed = subprocess.run(["bash", "-n", str(script)], check=False, capture_output=True)
        assert parsed.returncode == 0, parsed.stderr


def test_a_step_has_the_exit_code_of_what_it_ran(root: Path) -> None:
    step = subprocess.run(
        [str(root / "tools/step.sh"), "A step", "bash", "-c", "echo said; exit 7"],
        check=False,
        capture_output=True,
        text=True,
    )

    assert step.returncode == 7
    assert "said" in step.stdout
    assert "A step: failed" in step.stderr


def test_set_up_refuses_a_set_it_does_not_know(root: Path) -> None:
    result = subprocess.run(
        [str(root / "tools/setup.sh"), "everything"], check=False, capture_output=True, text=True
    )

    assert result.returncode == 1
    assert "Choose core, web, dev, bench or spark" in result.stderr
