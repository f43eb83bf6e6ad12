"""What is published is what a run in full gives; when it is not, the check says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from world import World

from attain.apps.runs.folders import folder_of
from attain.apps.runs.services.proving import known, prove, published
from attain.core.errors import AttainError
from attain.core.manifests import Manifest

pytestmark = pytest.mark.django_db


def test_what_is_published_is_calculated_in_full_and_is_the_same(world: World) -> None:
    publication = world.published()

    [proof] = prove(published())

    assert proof.run == publication.run
    assert proof.holds
    assert proof.digest == publication.run.digest


def test_a_run_that_says_another_digest_is_found(world: World) -> None:
    """Somebody has written another digest of the lines into the manifest."""
    run = world.published().run
    path = folder_of(run) / "manifest.json"
    before = path.read_bytes()
    try:
        _tell_otherwise(path, before)
        [proof] = prove([known(run.pk)])
    finally:
        path.write_bytes(before)

    assert not proof.holds
    assert proof.other == ("lines",)


def _tell_otherwise(path: Path, before: bytes) -> None:
    manifest = Manifest.from_json(before)
    relations = tuple(
        one.model_copy(update={"digest": "0" * 64}) if one.name == "lines" else one
        for one in manifest.relations
    )
    path.write_bytes(manifest.model_copy(update={"relations": relations}).to_json())


def test_a_number_that_is_no_run_is_refused(world: World) -> None:
    with pytest.raises(AttainError) as refused:
        known(10_000_000)
    assert refused.value.code == "RUN_UNKNOWN"
