"""The interpreter of life cycles: what is taken, what is refused, and that it says why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from cycles import STATES, WORDS, campaign, committee, cycles
from hypothesis import given
from hypothesis import strategies as st

from attain.core.errors import render
from attain.core.labels import labels
from attain.kinds import (
    Action,
    Asking,
    LifeCycle,
    Refused,
    Rule,
    Signature,
    Standing,
    State,
    Taken,
    Verdict,
    Who,
    possible,
    step,
)
from attain.kinds.effects import FieldSet, Notified, Reserved, SignOffRequested, Spent
from attain.kinds.models import REASON

CAMPAIGN = campaign()
VALUES = {
    "budget": Decimal("1000.00"),
    "spent": Decimal("1100.00"),
    "start": date(2026, 3, 31),
    "result": "签约3家",
}


def asking(
    *words: str, today: date = date(2026, 2, 28), person: str = "7", reason: str = ""
) -> Asking:
    return Asking(frozenset(words), today, person, reason)


def codes(found: Taken | Refused) -> list[str]:
    assert isinstance(found, Refused), found
    return [reason.code for reason in found.reasons]


def said(found: Taken | Refused, language: str = "zh-Hans") -> str:
    assert isinstance(found, Refused)
    return render(found.reasons[0], language).message


def test_an_action_leads_on_with_its_effects() -> None:
    found = step(CAMPAIGN, Standing("draft", values=VALUES), "submit", asking("owner"))

    assert found == Taken(
        "consulted",
        (Reserved("marketing", Decimal("1000.00")), SignOffRequested(("legal", "brand"))),
    )


def test_a_deadline_of_a_calendar_month_ends_on_the_last_day_of_february() -> None:
    # 31 March less one month is 28 February 2026; that day is in time, the next is not.
    late = asking("owner", today=date(2026, 3, 1))

    found = step(CAMPAIGN, Standing("draft", values=VALUES), "submit", late)

    assert codes(found) == ["ACTION_TOO_LATE"]
    assert said(found) == "提交会签的期限是2026-02-28，已经过了。"


def test_whoever_is_not_named_is_told_whose_step_it_is() -> None:
    running = Standing("running", values=VALUES)
    stranger = asking("role:manager", today=date(2026, 6, 1))

    found = step(CAMPAIGN, running, "close", stranger)

    assert codes(found) == ["ACTION_NOT_YOURS"]
    assert render(found.reasons[0], "zh-Hans").remedy == (
        "这一步由以下人员办理：负责人、主管（本团队）。"
    )
    assert render(found.reasons[0], "en").remedy == (
        "This step is for the owner or a manager (of this team)."
    )


def test_relations_named_together_are_needed_together() -> None:
    running = Standing("running", values=VALUES)
    manager = asking("role:manager", "of_team", today=date(2026, 6, 1))

    found = step(CAMPAIGN, running, "close", manager)

    assert found == Taken(
        "closed", (Spent("marketing", Decimal("1100.000000")), FieldSet("result", "签约3家"))
    )


def test_a_gate_a_hundredth_over_its_edge_is_closed_and_shows_the_value() -> None:
    values = {**VALUES, "spent": Decimal("1100.01")}

    found = step(
        CAMPAIGN,
        Standing("running", values=values),
        "close",
        asking("owner", today=date(2026, 6, 1)),
    )

    assert codes(found) == ["GATE_CLOSED"]
    assert said(found) == "还不能结案：已花1100.01超出预算的110%。"


def test_a_gate_without_data_is_closed() -> None:
    values = {**VALUES, "spent": None}

    found = step(
        CAMPAIGN,
        Standing("running", values=values),
        "close",
        asking("owner", today=date(2026, 6, 1)),
    )

    assert codes(found) == ["GATE_NO_DATA"]


def test_every_reason_is_told_at_once() -> None:
    found = step(CAMPAIGN, Standing("running"), "close", asking("legal", today=date(2026, 3, 31)))

    assert codes(found) == ["ACTION_NOT_YOURS", "FIELD_NEEDED", "DEADLINE_UNKNOWN", "GATE_NO_DATA"]


def test_the_day_of_a_waiting_time_is_still_too_early() -> None:
    running = Standing("running", values=VALUES)

    early = step(CAMPAIGN, running, "close", asking("owner", today=date(2026, 3, 31)))
    in_time = step(CAMPAIGN, running, "close", asking("owner", today=date(2026, 4, 1)))

    assert codes(early) == ["ACTION_TOO_EARLY"]
    assert isinstance(in_time, Taken)


def test_one_department_alone_does_not_carry_a_consultation() -> None:
    found = step(CAMPAIGN, Standing("consulted"), "agree", asking("legal"))

    assert found == Taken("consulted", said=(Signature("legal", "7", Verdict.agree),), is_open=True)


def test_the_last_department_carries_it() -> None:
    standing = Standing("consulted", signed=(Signature("legal", "7", Verdict.agree),))

    found = step(CAMPAIGN, standing, "agree", asking("brand", person="8"))

    assert found == Taken(
        "running",
        (Notified("campaign.agreed", ("owner",)),),
        (Signature("brand", "8", Verdict.agree),),
    )


def test_one_objection_with_its_reason_returns_it() -> None:
    standing = Standing("consulted", signed=(Signature("legal", "7", Verdict.agree),))

    silent = step(CAMPAIGN, standing, "object", asking("brand", person="8"))
    spoken = step(CAMPAIGN, standing, "object", asking("brand", person="8", reason="文案违规"))

    assert codes(silent) == ["REASON_MISSING"]
    assert isinstance(spoken, Taken)
    assert spoken.state == "returned"


def test_nobody_speaks_twice_for_a_department() -> None:
    standing = Standing("consulted", signed=(Signature("legal", "7", Verdict.agree),))

    found = step(CAMPAIGN, standing, "agree", asking("legal"))

    assert codes(found) == ["ALREADY_SIGNED"]


def test_the_owner_agrees_to_nothing_of_their_own() -> None:
    found = step(CAMPAIGN, Standing("consulted"), "agree", asking("owner", "legal"))

    assert codes(found) == ["SELF_APPROVAL"]


def test_whoever_heads_both_departments_speaks_for_both() -> None:
    found = step(CAMPAIGN, Standing("consulted"), "agree", asking("legal", "brand"))

    assert isinstance(found, Taken)
    assert found.state == "running"
    assert [each.party for each in found.said] == ["legal", "brand"]


@given(st.data())
def test_a_vote_is_decided_by_counting_and_by_nothing_else(data: st.DataObject) -> None:
    seats = data.draw(st.integers(1, 7))
    rule = data.draw(st.sampled_from(Rule))
    needed = data.draw(st.integers(1, seats)) if rule is Rule.quorum else 0
    votes = data.draw(st.lists(st.booleans(), min_size=seats, max_size=seats))
    enough = {Rule.all: seats, Rule.majority: seats // 2 + 1, Rule.quorum: needed}[rule]
    cycle = committee(seats, rule, needed)

    state, signed, cast = "open", (), []
    for number, vote in enumerate(votes):
        standing = Standing(state, signed=signed)
        found = step(
            cycle, standing, "yes" if vote else "no", asking("committee", person=str(number))
        )
        assert isinstance(found, Taken)
        state, signed = found.state, (*signed, *found.said)
        cast.append(vote)
        # Counted apart: carried once enough say yes, lost once enough no longer can.
        carried = cast.count(True) >= enough
        lost = cast.count(True) + seats - len(cast) < enough
        assert state == ("carried" if carried else "lost" if lost else "open")
        if state != "open":
            break

    assert state != "open"


NAMES = st.sampled_from([*(f"a{n}" for n in range(7)), "x", ""])
WRITTEN = st.sampled_from(["", " ", "因为"])


@given(
    cycles(),
    st.sampled_from(STATES),
    NAMES,
    st.sets(st.sampled_from(WORDS)),
    WRITTEN,
    st.booleans(),
)
def test_no_action_outside_the_list_is_ever_taken(
    cycle: LifeCycle, state: str, name: str, words: set[str], reason: str, is_filled: bool
) -> None:
    values = VALUES if is_filled else {}
    asked = Asking(frozenset(words), date(2026, 1, 1), "7", reason)

    found = step(cycle, Standing(state, values=values), name, asked)

    action = cycle.action(name)
    allowed = (
        action is not None
        and state in action.from_
        and any(who.words <= words for who in action.by)
        and not set(action.never) & words
        and all(reason.strip() if need == REASON else is_filled for need in action.needs)
        and all(gate.holds(values) for gate in action.gates)
    )
    assert isinstance(found, Taken) == allowed
    if isinstance(found, Taken):
        assert action is not None
        assert found.state == action.to


@given(cycles(), st.sampled_from(STATES), NAMES, st.sets(st.sampled_from(WORDS)))
def test_a_refusal_says_why_in_both_languages(
    cycle: LifeCycle, state: str, name: str, words: set[str]
) -> None:
    found = step(cycle, Standing(state), name, asking(*words))

    if isinstance(found, Refused):
        assert found.reasons
        for reason in found.reasons:
            for language in ("zh-Hans", "en"):
                said = render(reason, language)
                assert said.message
                assert said.remedy
                assert "{" not in said.message + said.remedy + said.why


@given(cycles(), st.sampled_from(STATES), st.sets(st.sampled_from(WORDS)))
def test_what_is_offered_as_possible_can_be_taken(
    cycle: LifeCycle, state: str, words: set[str]
) -> None:
    standing = Standing(state, values=VALUES)

    for action, reasons in possible(cycle, standing, asking(*words)):
        found = step(cycle, standing, action.name, asking(*words, reason="因为"))
        assert isinstance(found, Taken) == (not reasons)


def test_a_life_cycle_with_mistakes_is_told_all_of_them() -> None:
    with pytest.raises(ValueError, match="thing: ") as told:
        LifeCycle(
            "thing",
            labels("东西", "Thing"),
            (State("a", labels("甲", "A")), State("a", labels("甲", "A"))),
            (
                Action("go", labels("走", "Go"), ("a",), "b", by=(), needs=("weight",)),
                Action(
                    "say",
                    labels("说", "Say"),
                    ("a",),
                    "a",
                    by=(Who("owner"),),
                    verdict=Verdict.agree,
                ),
            ),
        )

    assert str(told.value) == (
        "thing: state a twice; action go: no state b; action go: nobody may take it; "
        "action go: no field weight; action say: nobody is consulted in a"
    )
