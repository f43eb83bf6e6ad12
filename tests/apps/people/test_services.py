"""The verbs keep history and refuse what no organisation can be (B38, B53, B54)."""

from __future__ import annotations

from datetime import date

import pytest
from company import AT, SINCE, small_company

from attain.apps.audit.models import AuditEntry
from attain.apps.people import services
from attain.apps.people.models import (
    Assignment,
    Change,
    Edge,
    Person,
    PersonVersion,
    UnitVersion,
)
from attain.apps.people.organisation import FOREVER
from attain.apps.people.scopes import scope
from attain.core.errors import AttainError

pytestmark = pytest.mark.django_db
JAN, MAY, JULY, SEPT = (date(2026, month, 1) for month in (1, 5, 7, 9))


@pytest.fixture
def company():
    return small_company()


@pytest.fixture
def by(company):
    return {"actor": company.actor("hr"), "at": AT}


def refused(call, **arguments):
    with pytest.raises(AttainError) as error:
        call(**arguments)
    return error.value.code


def story(rows, *names):
    return [
        (*(getattr(row, name) for name in names), row.effective_from, row.effective_until)
        for row in rows.order_by("effective_from")
    ]


# --- history ---


def test_a_change_closes_what_was_and_opens_what_is(company, by):
    person = company.person("rep")

    change = services.change(person=person, on=JULY, values={"status": "on_leave"}, **by)

    assert story(person.versions, "status") == [
        ("active", SINCE, JULY),
        ("on_leave", JULY, None),
    ]
    # What was known before can still be read.
    old = PersonVersion.every.get(person=person, superseded=change)
    assert (old.status, old.effective_from, old.effective_until) == ("active", SINCE, None)
    entry = AuditEntry.objects.filter(action="people.change").latest("pk")
    assert '"on_leave"' in entry.after


def test_a_change_for_some_days_leaves_both_sides_as_they_were(company, by):
    person = company.person("rep")

    services.change(person=person, on=MAY, until=JULY, values={"status": "on_leave"}, **by)

    assert story(person.versions, "status") == [
        ("active", SINCE, MAY),
        ("on_leave", MAY, JULY),
        ("active", JULY, None),
    ]


def test_what_was_planned_for_later_is_not_lost_by_a_change_before_it(company, by):
    person = company.person("rep")
    planned = {"attributes": {"role": "team_manager"}}
    services.change(person=person, on=SEPT, values=planned, **by)

    services.change(
        person=person, on=MAY, values={"attributes": {"role": "senior"}, "name_en": "Shen J."}, **by
    )

    # The new English name reaches on for good, the role only until the planned one.
    assert story(person.versions, "name_en") == [
        ("Shen Jianing", SINCE, MAY),
        ("Shen J.", MAY, SEPT),
        ("Shen J.", SEPT, None),
    ]
    roles = [row.attributes.get("role") for row in person.versions.order_by("effective_from")]
    assert roles == [None, "senior", "team_manager"]


def test_a_change_on_the_first_day_replaces_and_leaves_no_empty_stretch(company, by):
    person = company.person("rep")

    services.change(person=person, on=SINCE, values={"name": "沈嘉宁"}, **by)

    assert story(person.versions, "name") == [("沈嘉宁", SINCE, None)]


def test_nothing_is_written_where_nothing_changes(company, by):
    before = Change.objects.count()

    code = refused(
        services.change, person=company.person("rep"), on=JULY, values={"name": "沈佳宁"}, **by
    )

    assert code == "NOTHING_CHANGES"
    assert Change.objects.count() == before


def test_undo_restores_what_stood_before(company, by):
    person = company.person("rep")
    services.change(person=person, on=MAY, values={"status": "on_leave"}, **by)
    before = story(person.versions, "status", "name")
    change = services.change(person=person, on=JULY, values={"name": "沈嘉宁"}, **by)

    services.undo(change=change, **by)

    assert story(person.versions, "status", "name") == before
    assert Person.objects.get(pk=person.pk).name == "沈佳宁"
    assert refused(services.undo, change=change, **by) == "ALREADY_UNDONE"


def test_undo_is_refused_once_something_builds_on_it(company, by):
    person = company.person("rep")
    first = services.change(person=person, on=MAY, values={"status": "on_leave"}, **by)
    services.change(person=person, on=JULY, values={"status": "active"}, **by)

    assert refused(services.undo, change=first, **by) == "UNDO_TOO_LATE"


def test_hiring_is_not_undone_while_somebody_reports_to_them(company, by):
    boss = services.hire(code="E-9001", name="新主管", on=JAN, **by)
    hired = Change.objects.first()
    services.move(
        person=company.person("rep"), on=JULY, values={"manager": boss}, reason="换人", **by
    )

    assert refused(services.undo, change=hired, **by) == "UNDO_TOO_LATE"


# --- B38: before hire, after leaving ---


def test_nobody_sits_anywhere_before_they_were_hired(company, by):
    person = services.hire(code="E-9001", name="新人", on=JULY, **by)
    unit = company.units["U-SH1"]

    code = refused(services.assign, person=person, on=MAY, unit=unit, **by)

    assert code == "BEFORE_HIRE"


def test_nobody_reports_to_somebody_who_has_left(company, by):
    services.leave(person=company.person("peer"), on=JULY, reason="离职", **by)

    code = refused(
        services.move,
        person=company.person("rep"),
        on=SEPT,
        values={"manager": company.person("peer")},
        **by,
    )

    assert code == "AFTER_LEAVE"


def test_who_leads_others_leaves_only_with_a_successor(company, by):
    lin = company.person("manager")
    assert refused(services.leave, person=lin, on=JULY, reason="离职", **by) == "TEAM_LEFT_BEHIND"

    services.leave(person=lin, on=JULY, reason="离职", successor=company.people["E-0103"], **by)

    places = company.person("rep").assignments
    assert story(places, "manager_id") == [
        (lin.pk, SINCE, JULY),
        (company.key("other_manager"), JULY, None),
    ]
    heads = UnitVersion.objects.filter(unit__code="U-SH1")
    assert story(heads, "head_id")[-1] == (company.key("other_manager"), JULY, None)
    assert story(lin.versions, "status") == [("active", SINCE, JULY), ("left", JULY, None)]
    assert lin.assignments.get().effective_until == JULY


def test_leaving_needs_a_reason(company, by):
    code = refused(services.leave, person=company.person("rep"), on=JULY, reason=" ", **by)

    assert code == "CHANGE_REASON_MISSING"


# --- B53: hierarchies ---


def test_nobody_is_their_own_manager(company, by):
    rep = company.person("rep")

    code = refused(services.move, person=rep, on=JULY, values={"manager": rep}, **by)

    assert code == "HIERARCHY_SELF"


def test_a_circle_of_managers_is_refused_with_its_path(company, by):
    lin, rep = company.person("manager"), company.person("rep")

    with pytest.raises(AttainError) as error:
        services.move(person=lin, on=JULY, values={"manager": rep}, **by)

    assert error.value.code == "HIERARCHY_CYCLE"
    path = error.value.problems[0].values["path"]
    assert path == "林知远 E-0101 → 沈佳宁 E-1001 → 林知远 E-0101"


def test_a_circle_that_never_closes_on_one_day_is_none(company, by):
    lin, rep, other = company.person("manager"), company.person("rep"), company.people["E-0103"]
    services.move(person=rep, on=JULY, values={"manager": other}, **by)

    services.move(person=lin, on=JULY, values={"manager": rep}, **by)

    assert Assignment.objects.get(person=lin, effective_from=JULY).manager == rep


def test_units_hang_under_themselves_neither_directly_nor_round_the_corner(company, by):
    units = company.units

    own = {"unit": units["U-E"], "on": JULY, **by}
    assert refused(services.change_unit, values={"parent": units["U-E"]}, **own) == "HIERARCHY_SELF"
    below = {"parent": units["U-SH1"]}
    assert refused(services.change_unit, values=below, **own) == "HIERARCHY_CYCLE"


def test_sixty_levels_are_too_many(company, by):
    above = company.units["U-SH1"]
    for level in range(56):
        above = services.found_unit(code=f"L-{level}", name="级", parent=above, on=JAN, **by)

    # Headquarters, department, region and team are four levels above the first of them.
    code = refused(services.found_unit, code="L-56", name="级", parent=above, on=JAN, **by)
    assert code == "HIERARCHY_TOO_DEEP"


def test_a_sponsor_has_one_sponsor_at_a_time_and_no_circle(company, by):
    rep, peer = company.key("rep"), company.key("peer")
    services.set_edge(hierarchy="sponsor", child=rep, parent=peer, on=JAN, **by)

    circle = {"hierarchy": "sponsor", "child": peer, "parent": rep, "on": JULY}
    assert refused(services.set_edge, **circle, **by) == "HIERARCHY_CYCLE"

    services.set_edge(hierarchy="sponsor", child=rep, parent=company.key("manager"), on=JULY, **by)
    assert story(Edge.objects.filter(child=rep), "parent") == [
        (peer, JAN, JULY),
        (company.key("manager"), JULY, None),
    ]


# --- B54: intervals, and several roles at once ---


def test_an_end_before_the_start_is_refused(company, by):
    code = refused(
        services.assign,
        person=company.person("rep"),
        unit=company.units["U-SH2"],
        on=JULY,
        until=JULY,
        **by,
    )

    assert code == "INTERVAL_INVALID"


def test_one_seat_is_not_held_twice_at_once(company, by):
    code = refused(
        services.assign,
        person=company.person("rep"),
        unit=company.units["U-SH1"],
        position=company.positions["S-SH1-1"],
        share="0",
        on=JULY,
        **by,
    )

    assert code == "INTERVAL_OVERLAP"


def test_somebody_has_several_roles_as_long_as_they_make_a_whole(company, by):
    rep, second = company.person("rep"), company.units["U-SH2"]
    more = {"person": rep, "unit": second, "on": JULY, **by}
    assert refused(services.assign, share="40%", **more) == "SHARES_OVER_WHOLE"
    services.move(person=rep, on=JULY, values={"share": "60%"}, **by)

    services.assign(share="40%", manager=company.people["E-0103"], **more)

    assert sorted(rep.assignments.on(SEPT).values_list("share", flat=True)) == ["0.4", "0.6"]
    for name in ("manager", "other_manager"):
        assert scope(company.actor(name), "results", SEPT).sees(rep.pk)
    # Which of the two moves has to be said from now on.
    code = refused(services.move, person=rep, on=SEPT, values={"share": "50%"}, **by)
    assert code == "ASSIGNMENT_UNCLEAR"


@pytest.mark.parametrize("share", ["1.01", "-0.1", "150%", "NaN", "1e1", "十"])
def test_a_share_that_is_none_is_refused(company, by, share):
    with pytest.raises(AttainError):
        services.move(person=company.person("rep"), on=JULY, values={"share": share}, **by)


def test_a_code_is_never_used_again(company, by):
    assert refused(services.hire, code="Ｅ-1001", name="别人", on=JULY, **by) == "CODE_TAKEN"


def test_a_unit_with_people_is_not_closed(company, by):
    code = refused(services.close_unit, unit=company.units["U-SH1"], on=JULY, **by)

    assert code == "UNIT_STILL_USED"


# --- who sees whom ---


def test_each_manager_sees_who_moved_for_their_days(company, by):
    rep = company.person("rep")
    values = {"manager": company.people["E-0103"], "unit": company.units["U-SH2"]}
    services.move(person=rep, on=JULY, values=values, **by)
    year = (date(2026, 1, 1), date(2027, 1, 1))

    first = scope(company.actor("manager"), "results", year)
    second = scope(company.actor("other_manager"), "results", year)

    assert first.spans[rep.pk] == ((date(2026, 1, 1), JULY),)
    assert second.spans[rep.pk] == ((JULY, date(2027, 1, 1)),)
    assert (first.sees(rep.pk, date(2026, 6, 30)), first.sees(rep.pk, JULY)) == (True, False)


def test_a_link_counts_only_while_every_link_above_it_holds(company, by):
    boss = services.hire(code="E-9001", name="大区经理", on=SINCE, unit=company.units["U-E"], **by)
    services.move(
        person=company.person("manager"), on=MAY, until=SEPT, values={"manager": boss}, **by
    )

    spans = scope_of(boss, (SINCE, None))

    assert spans[company.key("rep")] == ((MAY, SEPT),)


def scope_of(person, during):
    from attain.apps.accounts.actors import Actor, Grant
    from attain.apps.accounts.roles import GrantScope, Role

    grant = Grant(Role.manager, GrantScope.team, person=person.pk)
    actor = Actor(1, "x", "x", person.pk, (grant,), AT, AT.date())
    return scope(actor, "results", during).spans


def test_the_head_of_a_unit_sees_its_people_but_nobody_above_themselves(company, by):
    # The assistant heads the office in which the director sits as well.
    office = services.found_unit(code="U-O", name="总经办", on=SINCE, **by)
    director = services.hire(code="E-9001", name="总经理", unit=office, on=SINCE, **by)
    helper = services.hire(
        code="E-9002", name="主任", unit=office, manager=director, on=SINCE, **by
    )
    clerk = services.hire(code="E-9003", name="文员", unit=office, manager=director, on=SINCE, **by)
    services.change_unit(unit=office, on=SINCE, values={"head": helper}, **by)
    services.move(person=company.person("manager"), on=SINCE, values={"manager": director}, **by)

    seen = scope_of(helper, (SINCE, None))

    assert seen.keys() == {helper.pk, clerk.pk}


def test_a_grant_for_a_unit_reaches_no_further(company, by):
    from attain.apps.accounts.actors import Actor, Grant
    from attain.apps.accounts.roles import GrantScope, Role

    grant = Grant(Role.finance, GrantScope.unit, unit=company.units["U-SH1"].pk)
    actor = Actor(1, "x", "x", "", (grant,), AT, AT.date())

    seen = scope(actor, "pay", (SINCE, None))

    assert seen.keys == {company.key(name) for name in ("manager", "rep", "peer")}
    assert seen.spans[company.key("rep")] == ((SINCE, FOREVER),)


def test_a_lent_role_never_shows_its_giver(company, by):
    from attain.apps.accounts.actors import Actor, Grant
    from attain.apps.accounts.roles import GrantScope, Role

    giver = company.key("manager")
    lent = (
        Grant(Role.manager, GrantScope.team, giver=7, person=giver),
        Grant(Role.representative, GrantScope.self, giver=7, person=giver),
    )
    actor = Actor(1, "x", "x", company.key("outsider"), lent, AT, AT.date())

    seen = scope(actor, "pay", SEPT)

    assert seen.keys == {company.key("rep"), company.key("peer")}


def test_who_has_no_role_sees_nobody(company):
    from attain.apps.accounts.actors import Actor

    actor = Actor(1, "x", "x", company.key("rep"), (), AT, AT.date())

    assert scope(actor, "people", SEPT).is_empty
