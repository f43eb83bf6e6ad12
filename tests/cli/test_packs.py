"""`attain packs`: what there is, and how to start from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Call

from attain.cli.packs import find_pack, gallery, pack_files, packs
from attain.core.errors import AttainError


def test_every_folder_with_a_description_is_in_the_gallery() -> None:
    described = sorted(path.parent.name for path in gallery().glob("*/pack.yaml"))

    assert [pack.pack for pack in packs()] == described


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_packs_are_listed_with_what_they_are_for(call: Call, lang: str) -> None:
    said = call("packs", lang=lang)

    assert said.code == 0
    assert all(pack.pack in said.out for pack in packs())


def test_a_pack_is_described_by_its_own_page(call: Call) -> None:
    first = packs()[0]

    said = call("packs", "show", first.pack)

    assert said.code == 0
    assert "plans/" in said.out


def test_an_unknown_pack_is_answered_with_near_ones(call: Call) -> None:
    first = packs()[0].pack

    said = call("packs", "show", first[:-1])

    assert said.code == 1
    assert first in said.flat


def test_a_pack_becomes_a_workspace_that_can_be_checked(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = find_pack("flat-commission")

    said = call("packs", "install", pack.pack, tmp_path / "own")
    monkeypatch.chdir(tmp_path / "own")

    assert said.code == 0
    assert (tmp_path / "own/attain.yaml").is_file()
    assert all((tmp_path / "own" / path).is_file() for path in pack_files(pack))
    assert call("check", "--no-lint").code == 0


def test_a_pack_comes_into_a_workspace_that_is_there(call: Call, workspace: Path) -> None:
    settings = (workspace / "attain.yaml").read_bytes()
    (workspace / "datasets/orders.yaml").unlink()

    said = call("packs", "install", "flat-commission", ".")

    assert said.code == 0
    assert (workspace / "attain.yaml").read_bytes() == settings


def test_no_file_of_anybody_is_replaced(call: Call, workspace: Path) -> None:
    own = (workspace / "datasets/orders.yaml").read_bytes()

    said = call("packs", "install", "flat-commission", ".")

    assert said.code == 1
    assert "FILES_TAKEN" in said.err
    assert (workspace / "datasets/orders.yaml").read_bytes() == own


def test_a_pack_that_is_not_there_cannot_be_found() -> None:
    with pytest.raises(AttainError) as refused:
        find_pack("nothing-of-the-kind")

    assert refused.value.code == "PACK_UNKNOWN"
