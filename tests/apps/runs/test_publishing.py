"""Results on their way to their readers: proved, by two people, at once or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from company import AT
from django.db import connection
from world import LATE, PERIOD, SALES, World

from attain.apps.data.models import DatasetHead, ImportBatch
from attain.apps.data.services import undo_import
from attain.apps.flow.services import take
from attain.apps.jobs.worker import run_until_empty
from attain.apps.runs import selectors, services, triggers
from attain.apps.runs.models import Current, Line, Outcome, Publication, Run
from attain.apps.runs.services.publishing import obstacle
from attain.apps.runs.signals import published, withdrawn
from attain.core.errors import AttainError

pytestmark = pytest.mark.django_db


def act(world: World, publication: Publication, who: str, action: str, reason: str = "") -> Any:
    return take(
        publication,
        action,
        actor=world.actor(who),
        at=AT,
        version=publication.version,
        reason=reason,
    )


def test_staging_loads_every_row_and_proves_the_digest(world: World) -> None:
    publication = world.staged()

    assert publication.state == Publication.READY
    assert publication.outcomes.count() == 9
    assert publication.lines.count() == 2
    assert publication.figures["totals"] == {"CNY": 800_000}
    assert [one.subject for one in publication.withheld.all()] == [world.key("outsider")]
    assert not Current.objects.exists()


def test_a_row_that_was_tampered_with_is_never_published(world: World) -> None:
    from attain.apps.runs.folders import StoredRun
    from attain.apps.runs.services.staging import prove

    publication = world.staged()
    # Behind the guard of the database: by its owner, who may take it down.
    triggers.GUARD.remove(connection)
    Line.objects.filter(participant=world.key("rep")).update(amount_minor=500_001)
    triggers.GUARD.install(connection)

    with pytest.raises(AttainError) as refused:
        prove(publication, StoredRun.of(publication.run))

    assert refused.value.code == "STAGED_ROWS_DIFFER"


def test_what_is_not_published_is_seen_by_nobody(world: World) -> None:
    world.staged()

    found = selectors.outcomes(
        world.actor("rep"), AT.date(), selectors.current_publications((PERIOD,))
    )

    assert not found.exists()


def test_two_people_publish_and_the_first_alone_cannot(world: World) -> None:
    publication = act(world, world.staged(), "finance", "submit")

    with pytest.raises(AttainError) as refused:
        act(world, publication, "finance", "publish")
    publication = act(world, publication, "finance2", "publish")

    assert "SELF_APPROVAL" in refused.value.codes
    assert selectors.current("commission", PERIOD) == publication
    assert publication.published_by.username == "finance2"


def test_of_two_who_publish_at_once_one_does(world: World) -> None:
    publication = act(world, world.staged(), "finance", "submit")
    act(world, publication, "finance2", "publish")

    with pytest.raises(AttainError) as refused:
        act(world, publication, "finance2", "publish")

    assert refused.value.code == "STATE_STALE"


def test_readers_see_their_own_and_whoever_lacks_data_sees_nothing(world: World) -> None:
    world.published()
    current = selectors.current_publications((PERIOD,))
    day = AT.date().replace(month=9)

    def amounts(name: str) -> list[int]:
        found = selectors.lines(world.actor(name), day, current)
        return sorted(found.values_list("amount_minor", flat=True))

    assert amounts("rep") == [500_000]
    assert amounts("manager") == [300_000, 500_000]
    assert amounts("other_manager") == []
    assert amounts("hr") == amounts("planner") == amounts("sysadmin") == []
    assert amounts("finance2") == amounts("auditor") == [300_000, 500_000]
    assert not selectors.outcomes(world.actor("outsider"), day, current).exists()


def test_human_resources_read_attainment_but_no_incentive(world: World) -> None:
    world.published()
    day = AT.date().replace(month=9)

    found = selectors.outcomes(world.actor("hr"), day, selectors.current_publications((PERIOD,)))

    assert set(found.values_list("component", flat=True)) == {"sales", "attainment"}


def test_a_later_revision_takes_the_place_of_the_first(world: World) -> None:
    first = world.published()
    world.bring("orders", LATE)

    second = world.published()

    first.refresh_from_db()
    assert (first.state, second.state) == (Publication.SUPERSEDED, Publication.PUBLISHED)
    assert second.revision == 2
    assert second.figures["difference"] == {"CNY": 200_000}
    assert Current.objects.get().publication == second


def test_a_withdrawn_revision_is_gone_for_its_readers_and_says_why(world: World) -> None:
    publication = world.published()

    with pytest.raises(AttainError) as refused:
        act(world, publication, "finance2", "withdraw")
    act(world, publication, "finance2", "withdraw", reason="目标下达错了")

    publication.refresh_from_db()
    assert refused.value.code == "REASON_MISSING"
    assert publication.reason == "目标下达错了"
    assert selectors.current("commission", PERIOD) is None


def test_an_estimate_is_never_published(world: World) -> None:
    with pytest.raises(AttainError) as refused:
        services.prepare(world.run(Run.PROVISIONAL), actor=world.actor("finance"), at=AT)

    assert refused.value.code == "RUN_NOT_LIVE"
    assert not Publication.objects.exists()


def test_an_older_run_is_not_published_once_there_is_a_newer_one(world: World) -> None:
    old = world.run()
    world.bring("orders", LATE)
    world.run()

    with pytest.raises(AttainError) as refused:
        services.prepare(old, actor=world.actor("finance"), at=AT)

    assert refused.value.code == "RUN_IS_OLD"


def undo_late_orders(world: World) -> None:
    undo_import("orders", actor=world.actor("finance"), at=AT)


def test_what_rests_on_an_import_that_was_undone_is_not_prepared(world: World) -> None:
    """B2 came with a second file, which was taken back after the run had read it."""
    world.bring("orders", LATE)
    ImportBatch.objects.create(
        dataset="orders",
        file_name="九月订单.csv",
        state="committed",
        committed_version=DatasetHead.objects.get(dataset="orders").version.hash,
        started_at=AT,
        changed_at=AT,
    )
    run = world.run()
    undo_late_orders(world)

    with pytest.raises(AttainError) as refused:
        services.prepare(run, actor=world.actor("finance"), at=AT)

    [problem] = refused.value.problems
    assert problem.code == "RUN_INPUT_UNDONE"
    assert (problem.values["file"], problem.values["at"]) == ("九月订单.csv", "2026-10-12 09:30")
    assert problem.values["by"] == world.actor("finance").name
    assert services.prepare(world.run(), actor=world.actor("finance"), at=AT).run_id > run.pk


def test_what_rests_on_an_import_that_was_undone_is_not_published(world: World) -> None:
    """Undone when two people had looked at the numbers: nobody sees them, the revision waits."""
    world.bring("orders", LATE)
    publication = act(world, world.staged(), "finance", "submit")
    undo_late_orders(world)

    with pytest.raises(AttainError) as refused:
        act(world, publication, "finance2", "publish")

    publication.refresh_from_db()
    assert refused.value.code == "RUN_INPUT_UNDONE"
    assert publication.state == Publication.SUBMITTED
    assert not Current.objects.exists()


def test_an_import_that_came_and_went_after_the_run_is_no_reason(world: World) -> None:
    """Nor one that was undone and came again: the rows it read stand there."""
    run = world.run()
    world.bring("orders", LATE)
    undo_late_orders(world)
    assert obstacle(run) is None

    undo_late_orders(world)
    assert obstacle(run).code == "RUN_INPUT_UNDONE"  # type: ignore[union-attr]
    world.bring("orders", SALES)
    assert obstacle(run) is None


def test_the_same_numbers_are_not_published_twice(world: World) -> None:
    publication = world.published()

    with pytest.raises(AttainError) as refused:
        services.prepare(publication.run, actor=world.actor("finance"), at=AT)

    assert refused.value.code == "ALREADY_PUBLISHED"


def test_one_revision_is_prepared_at_a_time(world: World) -> None:
    publication = world.staged()

    with pytest.raises(AttainError) as refused:
        services.prepare(publication.run, actor=world.actor("finance"), at=AT)

    assert refused.value.code == "PUBLICATION_UNDER_WAY"


def test_nobody_but_finance_prepares(world: World) -> None:
    run = world.run()

    for name in ("rep", "manager", "hr", "planner", "auditor", "sysadmin"):
        with pytest.raises(AttainError) as refused:
            services.prepare(run, actor=world.actor(name), at=AT)
        assert refused.value.code == "NOT_ALLOWED"


def test_signals_come_once_and_a_receiver_that_refuses_undoes_it(world: World) -> None:
    publication = act(world, world.staged(), "finance", "submit")
    heard: list[object] = []

    def refuse(**said: object) -> None:
        heard.append(said["publication"])
        raise closed

    closed = RuntimeError("the posting period is closed")
    published.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            act(world, publication, "finance2", "publish")
    finally:
        published.disconnect(refuse)

    publication.refresh_from_db()
    assert heard
    assert publication.state == Publication.SUBMITTED
    assert not Current.objects.exists()


def test_withdrawing_is_told_to_those_above(world: World) -> None:
    publication = world.published()
    heard: list[object] = []

    def hear(**said: object) -> None:
        heard.append(said["reason"])

    withdrawn.connect(hear)
    try:
        act(world, publication, "finance2", "withdraw", reason="重复")
    finally:
        withdrawn.disconnect(hear)

    assert heard == ["重复"]


def test_everybody_who_has_results_is_told_once(world: World) -> None:
    from attain.apps.notices.models import Notice

    world.published()
    run_until_empty(AT)

    told = Notice.objects.filter(kind="runs.published").values_list("user__username", flat=True)
    assert sorted(told) == ["peer", "rep"]


def test_a_waived_person_is_published_with_the_others(world: World) -> None:
    for component in ("attainment", "commission"):
        services.waive(
            plan_code="commission",
            subject=world.key("outsider"),
            component=component,
            period=PERIOD,
            reason="新人第一个月没有目标",
            actor=world.actor("finance"),
            at=AT,
        )

    publication = world.staged()

    assert not publication.withheld.exists()
    assert Outcome.objects.filter(subject=world.key("outsider")).exists()
