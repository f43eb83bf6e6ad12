"""`attain init`: what a newcomer gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Call


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_newcomer_gets_a_workbook_a_declaration_and_a_plan(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.chdir(tmp_path)

    said = call("init", "helan", lang=lang)

    assert said.code == 0
    written = sorted(
        str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()
    )
    assert written == [
        "helan/attain.yaml",
        "helan/company.xlsx",
        "helan/datasets/orders.yaml",
        "helan/plans/first-plan.yaml",
    ]
    for name in written:
        assert name in said.out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_first_plan_is_sound_and_its_example_passes(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.chdir(tmp_path)
    call("init", "helan", lang=lang)
    monkeypatch.chdir(tmp_path / "helan")

    assert call("check", lang=lang).code == 0
    assert call("test", lang=lang).code == 0


def test_what_comes_next_can_be_typed_as_it_is_printed(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = call("init", "helan")

    steps = [line.strip() for line in said.out.partition("Next:")[2].splitlines() if line.strip()]

    assert steps == [
        "cd helan",
        "attain import company.xlsx",
        "attain test",
        "attain run first-plan --period 2026-01",
        "attain explain runs/first-plan/2026-01 --subject li",
    ]


def test_a_folder_with_something_in_it_is_refused(call: Call, workspace: Path) -> None:
    said = call("init", ".")

    assert said.code == 1
    assert "FOLDER_NOT_EMPTY" in said.err
