"""A pack says what is in it, in both languages, and which rules it implements."""

from __future__ import annotations

from pathlib import Path

import pytest
from opening import PACKS, PLANS, READMES, Opened

from attain.cli.packs import PACK, gallery
from attain.core.documents import read_yaml
from attain.core.labels import Labels
from attain.engine.forms.contexts import expand
from attain.engine.plans.models.plan import PlanModel


@pytest.fixture(scope="module")
def known_rules() -> set[str]:
    text = Path(__file__).with_name("known_rules.yaml").read_text(encoding="utf-8")
    counts = {str(scheme): int(count) for scheme, count in read_yaml(text).data.items()}
    return {
        f"{scheme}.{number}" if len(scheme) > 1 else f"{scheme}{number:02}"
        for scheme, count in counts.items()
        for number in range(1, count + 1)
    }


def test_the_first_packs_are_there() -> None:
    assert {
        "sales-appraisal",
        "responsibility-centre",
        "role-kpis",
        "appraisal-table",
        "responsibility-letter",
        "sales-rules",
        "flat-commission",
        "target-attainment",
        "split-and-overlay",
        "commission-on-collections",
        "kpi-coefficient",
        "discipline",
        "campaigns",
    } <= PACKS.keys()


def test_every_folder_is_a_pack_of_its_own_name() -> None:
    folders = {path.parent.name for path in gallery().glob(f"*/{PACK}")}

    assert folders == PACKS.keys()
    assert all(name.isascii() and name.replace("-", "").isalnum() for name in folders)


def test_every_plan_belongs_to_one_pack() -> None:
    assert len(PLANS) == sum(len(pack.plans) for pack in PACKS.values())


def test_a_pack_lists_what_its_folder_holds(pack: Opened) -> None:
    said, folder = pack.said, pack.folder

    assert {*said.plans} == {plan.plan for plan in pack.plans.values()} == {*pack.plans}
    assert {*said.datasets} == {path.stem for path in (folder / "datasets").glob("*.yaml")}
    assert {*said.records} == {path.stem for path in (folder / "records").glob("*.yaml")}
    assert {*said.records} <= pack.book.kinds.keys()
    assert {*said.data.values()} == {f"data/{path.name}" for path in (folder / "data").glob("*")}
    assert said.data.keys() <= pack.schemas.keys()
    assert {*said.entries.values()} == {f"entries/{path.name}" for path in _entries(folder)}
    assert said.entries.keys() <= {*said.records}


def _entries(folder: Path) -> list[Path]:
    return sorted((folder / "entries").glob("*"))


def test_a_pack_introduces_itself_in_both_languages(pack: Opened) -> None:
    assert _speaks_both(pack.said.label)
    assert _speaks_both(pack.said.summary)
    assert all((pack.folder / name).is_file() for name in READMES)


def test_every_rule_a_pack_covers_is_known(pack: Opened, known_rules: set[str]) -> None:
    assert pack.said.covers
    assert set(pack.said.covers) <= known_rules


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_explains_every_rule_that_is_covered(pack: Opened, readme: str) -> None:
    assert pack.rules(readme) == [*pack.said.covers]


def test_whatever_readers_are_shown_has_a_label(plan_of_pack: tuple[Opened, PlanModel]) -> None:
    opened, plan = plan_of_pack

    expanded = expand(plan, opened.schemas)

    nameless = [
        name
        for name, column in expanded.columns.items()
        if column.show and column.match is None and not _is_fact(column.each, plan)
        if not _speaks_both(column.label)
    ]
    assert nameless == []
    assert _speaks_both(plan.label)


def _is_fact(each: tuple[str, ...], plan: PlanModel) -> bool:
    return bool(each) and not any(subject in each for subject in plan.subjects)


def _speaks_both(label: Labels | None) -> bool:
    return label is not None and bool(label.zh) and bool(label.en)


def test_every_table_has_a_label_that_explanations_can_use(pack: Opened) -> None:
    bare = [f"{plan.plan}.{name}" for plan in pack.plans.values()
            for name, table in plan.tables.items() if table.label is None]  # fmt: skip

    assert bare == []
