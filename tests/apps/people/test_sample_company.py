"""The sample company comes in by its files, and goes out as the rows that a run reads."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from company import AT

from attain import lake
from attain.apps.accounts.actors import SYSTEM
from attain.apps.people import providers, services
from attain.apps.people.importing.applying import stored_rows
from attain.apps.people.models import Change, Person, PersonVersion, Unit
from attain.core.keys import key_for
from attain.lake.publishing import publish

pytestmark = pytest.mark.django_db
COMPANY = Path(__file__).parents[3] / "examples" / "company"


@pytest.fixture
def declared():
    return lake.load_schemas(COMPANY / "datasets")


def load(declared):
    actor = SYSTEM(AT, via="command")
    return services.load_company(COMPANY / "inbox", actor=actor, at=AT, declared=declared)


def test_everybody_comes_in_with_the_companys_own_columns(declared):
    load(declared)

    shen = PersonVersion.objects.get(person__code="E-1001")
    assert (shen.name, shen.name_en, shen.status) == ("沈佳宁", "Shen Jianing", "active")
    assert shen.attributes == {
        "role": "representative",
        "department": "市场销售部",
        "region": "华东大区",
        "is_head": False,
    }
    assert shen.hired_on == date(2021, 3, 15)
    # Twenty codes stand in units.csv, some of them with two versions.
    assert Unit.objects.count() == 20
    assert Change.objects.get().kind == "import"


def test_the_rows_of_a_run_are_those_of_the_files_to_the_byte(declared, tmp_path):
    load(declared)

    ours, files = lake.FileCatalog(tmp_path / "ours"), lake.FileCatalog(tmp_path / "files")
    for name in ("people", "units", "positions", "assignments", "edges"):
        schema = declared[name]
        publish(ours, schema, providers.rows(name, schema))
        path = COMPANY / "inbox" / f"{name}.csv"
        detected = lake.detect(path, _folder(tmp_path / name))
        mapping = lake.propose_mapping(detected, schema)
        conditions = lake.Conditions(schemas=declared, today=date(2026, 10, 12))
        lake.commit(lake.check(detected, mapping, schema, files, conditions), files, reason="as is")
        assert rows_of(ours, schema) == rows_of(files, schema)


def rows_of(catalog, schema):
    names = [column.name for column in schema.stored()]
    return sorted(repr([row[name] for name in names]) for row in stored_rows(catalog, schema))


def _folder(path):
    path.mkdir()
    return path


def test_it_takes_seconds(declared):
    started = time.perf_counter()

    load(declared)

    assert time.perf_counter() - started < 60
    assert Person.objects.filter(pk=key_for("people", "E-1001")).exists()


def test_a_run_reads_the_organisation_of_the_product():
    # Registered by data, which stands above: without it every run would find nobody.
    from attain.apps.data import providers as kept
    from attain.apps.data.selectors import schemas
    from attain.apps.people import columns

    for name in ("people", "units", "positions", "assignments", "edges", "aliases"):
        one = kept.provider(name)
        assert one is not None
        assert one.owner == "people"
    assert columns._declared is schemas
