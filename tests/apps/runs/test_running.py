"""A run: frozen inputs, exact numbers, the same digest again, coded refusals."""

from __future__ import annotations

import pytest
from company import AT
from world import LATE, PERIOD, World

from attain.apps.audit.models import AuditEntry
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.jobs.worker import run_until_empty
from attain.apps.runs import services
from attain.apps.runs.folders import StoredRun, folder_of
from attain.apps.runs.models import Run
from attain.core.errors import AttainError

pytestmark = pytest.mark.django_db


def lines_of(run: Run) -> dict[str, int]:
    """What each participant gets, in fen."""
    rows = StoredRun.of(run).folder.rows("lines")
    return {row["participant"]: row["amount_minor"] for row in rows}


def test_a_run_pays_to_the_fen_and_says_who_lacks_data(world: World) -> None:
    run = world.run()

    assert run.state == Run.DONE, run.problems
    # 100,000.00 × 5 %; 99,999.99 × 3 % = 2,999.9997 rounds to 3,000.00; no target, no line.
    assert lines_of(run) == {world.key("rep"): 500_000, world.key("peer"): 300_000}
    assert run.figures["people"] == 3
    assert run.figures["no_data"] == 1
    assert run.figures["totals"] == {"CNY": 800_000}


def test_what_changes_after_freezing_does_not_enter_and_the_next_run_has_it(world: World) -> None:
    before = world.run()
    world.bring("orders", LATE)

    after = world.run()

    assert before.request["inputs"]["orders"] != after.request["inputs"]["orders"]
    assert lines_of(before)[world.key("peer")] == 300_000
    # 100,000.00 is exactly the target: 5 %.
    assert lines_of(after)[world.key("peer")] == 500_000
    assert before.digest != after.digest


def test_the_same_request_is_the_same_run_and_the_same_digest(world: World) -> None:
    first = world.run()

    second = world.run()

    assert second.pk != first.pk
    assert second.request == first.request
    assert second.same_as == first
    assert (second.digest, second.figures) == (first.digest, first.figures)


def test_calculating_again_after_the_folder_is_lost_gives_the_same_digest(world: World) -> None:
    import shutil

    first = world.run()
    shutil.rmtree(folder_of(first))

    second = world.run()

    assert second.same_as is None
    assert second.digest == first.digest


def test_starting_twice_is_one_run(world: World) -> None:
    actor = world.actor("finance")

    one = services.start("commission", PERIOD, Run.LIVE, actor=actor, at=AT)
    two = services.start("commission", PERIOD, Run.LIVE, actor=actor, at=AT)

    assert one == two
    assert Run.objects.count() == 1
    assert AuditEntry.objects.filter(action="runs.start").count() == 1


def test_a_run_without_data_is_refused_with_what_to_do(world: World) -> None:
    from attain.apps.data.models import DatasetHead

    DatasetHead.objects.filter(dataset="orders").delete()

    run = world.run()

    assert run.state == Run.FAILED
    assert run.problems[0]["code"] == "DATASET_NOT_THERE"
    assert run.folder == ""


def test_a_stopped_run_ends_at_once_and_leaves_nothing(world: World) -> None:
    run = services.start("commission", PERIOD, Run.LIVE, actor=world.actor("finance"), at=AT)

    services.cancel(run, actor=world.actor("finance"), at=AT)
    run_until_empty(AT)

    run.refresh_from_db()
    assert run.state == Run.CANCELLED
    assert not folder_of(run).exists()


def test_no_version_in_force_is_no_live_run(world: World) -> None:
    with pytest.raises(AttainError) as refused:
        services.start("commission", "2025-12", Run.LIVE, actor=world.actor("finance"), at=AT)

    assert refused.value.code == "PLAN_NOT_IN_FORCE"


@pytest.mark.parametrize("name", ["rep", "manager", "hr", "planner", "auditor", "sysadmin"])
def test_nobody_but_finance_starts_a_live_run(world: World, name: str) -> None:
    with pytest.raises(AttainError) as refused:
        services.start("commission", PERIOD, Run.LIVE, actor=world.actor(name), at=AT)

    assert refused.value.code == "NOT_ALLOWED"
    assert not Run.objects.exists()


def test_a_planner_tries_a_draft_without_touching_what_is_in_force(world: World) -> None:
    from attain.apps.plans.services import create_draft

    text = world.version.text.replace("is: 5%", "is: 6%")
    draft = create_draft(plan=world.version.plan, actor=world.actor("planner"), at=AT, text=text)

    run = services.start(
        "commission", PERIOD, Run.TRIAL, actor=world.actor("planner"), at=AT, version=draft
    )
    run_until_empty(AT)
    run.refresh_from_db()

    assert run.state == Run.DONE, run.problems
    assert lines_of(run)[world.key("rep")] == 600_000


def test_an_estimate_stands_until_the_next_one(world: World) -> None:
    first = world.run(Run.PROVISIONAL)
    world.bring("orders", LATE)

    second = world.run(Run.PROVISIONAL)

    first.refresh_from_db()
    assert first.replaced_by == second
    assert second.replaced_by is None


def test_a_waiver_is_an_input_like_any_other(world: World) -> None:
    before = world.run()
    services.waive(
        plan_code="commission",
        subject=world.key("outsider"),
        component="attainment",
        period=PERIOD,
        reason="新人第一个月",
        actor=world.actor("finance"),
        at=AT,
    )

    after = world.run()

    assert "interventions" in after.request["inputs"]
    assert before.identity != after.identity
    assert DatabaseCatalog().head("interventions").rows == 1
