"""Life cycles for tests: a campaign, as the records layer will declare it, and random ones."""

from __future__ import annotations

from hypothesis import strategies as st

from attain.core.labels import labels
from attain.core.units import DATE, TEXT, money
from attain.kinds import (
    Action,
    Consultation,
    Deadline,
    Field,
    Gate,
    LifeCycle,
    Notify,
    Party,
    Reserve,
    Rule,
    SetField,
    Spend,
    State,
    Tone,
    Verdict,
    Who,
)
from attain.kinds.conditions import formula, holds
from attain.kinds.relations import relation

FIELDS = {
    "budget": Field(labels("预算", "budget"), money("CNY")),
    "spent": Field(labels("已花", "spent"), money("CNY")),
    "start": Field(labels("开始日", "start"), DATE),
    "result": Field(labels("成效", "result"), TEXT),
}

for _word, _zh, _en in (
    ("role:finance", "财务", "finance"),
    ("role:manager", "主管", "a manager"),
    ("of_team", "本团队", "of this team"),
    ("legal", "法务部", "Legal"),
    ("brand", "品牌部", "Brand"),
    ("committee", "评审委员会", "the committee"),
):
    relation(_word, _zh, _en)


def campaign() -> LifeCycle:
    """Drafted, submitted a month ahead, consulted by two departments, run within budget, closed."""
    return LifeCycle(
        kind="campaign",
        label=labels("市场活动", "Campaign"),
        states=(
            State("draft", labels("草稿", "Draft")),
            State(
                "consulted",
                labels("会签中", "In consultation"),
                Tone.accent,
                due=Deadline(working_days=1),
                consult=Consultation(
                    (
                        Party("legal", labels("法务部", "Legal"), "legal"),
                        Party("brand", labels("品牌部", "Brand"), "brand"),
                    )
                ),
            ),
            State("running", labels("执行中", "Running"), Tone.accent),
            State("returned", labels("已退回", "Returned"), Tone.problem),
            State("closed", labels("已结案", "Closed")),
        ),
        actions=(
            Action(
                "submit",
                labels("提交会签", "Submit"),
                ("draft", "returned"),
                "consulted",
                by=(Who("owner"),),
                needs=("budget", "start"),
                until=Deadline("start", months=-1),
                effects=(Reserve("marketing", formula("budget", FIELDS, money("CNY"))),),
            ),
            Action(
                "agree",
                labels("同意", "Agree"),
                ("consulted",),
                "running",
                by=(Who("legal"), Who("brand")),
                never=("owner",),
                verdict=Verdict.agree,
                effects=(Notify("campaign.agreed", ("owner",)),),
            ),
            Action(
                "object",
                labels("不同意", "Object"),
                ("consulted",),
                "returned",
                by=(Who("legal"), Who("brand")),
                never=("owner",),
                needs=("reason",),
                verdict=Verdict.object,
            ),
            Action(
                "close",
                labels("结案", "Close"),
                ("running",),
                "closed",
                by=(Who("owner"), Who("role:manager", "of_team")),
                needs=("result",),
                gates=(
                    Gate(
                        holds("spent <= budget * 110%", FIELDS),
                        labels("已花{spent}超出预算的110%", "{spent} spent is over 110% of budget"),
                    ),
                ),
                after=Deadline("start"),
                effects=(
                    Spend("marketing", formula("spent", FIELDS, money("CNY"))),
                    SetField("result", formula("result", FIELDS, TEXT)),
                ),
            ),
        ),
        fields=FIELDS,
    )


def committee(seats: int, rule: Rule, needed: int = 0) -> LifeCycle:
    """A motion on which a committee votes."""
    party = Party("committee", labels("委员会", "Committee"), "committee", seats)
    asked = Consultation((party,), rule, needed)
    return LifeCycle(
        kind="motion",
        label=labels("提案", "Motion"),
        states=(
            State("open", labels("表决中", "Voting"), consult=asked),
            State("carried", labels("通过", "Carried")),
            State("lost", labels("未通过", "Lost")),
        ),
        actions=(
            Action(
                "yes",
                labels("赞成", "Yes"),
                ("open",),
                "carried",
                by=(Who("committee"),),
                verdict=Verdict.agree,
            ),
            Action(
                "no",
                labels("反对", "No"),
                ("open",),
                "lost",
                by=(Who("committee"),),
                verdict=Verdict.object,
            ),
        ),
    )


STATES = ("s0", "s1", "s2", "s3")
WORDS = ("owner", "role:finance", "role:manager", "of_team", "legal")


def _gate(answer: bool | None) -> Gate:
    return Gate(lambda values: answer, labels("条件未满足", "a condition is not met"))


@st.composite
def cycles(draw: st.DrawFn) -> LifeCycle:
    """Any life cycle of up to four states and six actions."""
    states = [State(name, labels(name, name)) for name in STATES]
    who = st.sets(st.sampled_from(WORDS), min_size=1, max_size=2).map(lambda found: Who(*found))
    actions = [
        Action(
            f"a{n}",
            labels(f"操作{n}", f"action {n}"),
            tuple(draw(st.sets(st.sampled_from(STATES), min_size=1))),
            draw(st.sampled_from(STATES)),
            by=tuple(draw(st.lists(who, min_size=1, max_size=2))),
            never=tuple(draw(st.sets(st.sampled_from(WORDS), max_size=1))),
            needs=tuple(draw(st.sets(st.sampled_from(["reason", "budget", "start"]), max_size=2))),
            gates=tuple(
                map(_gate, draw(st.lists(st.sampled_from([True, False, None]), max_size=2)))
            ),
        )
        for n in range(draw(st.integers(0, 6)))
    ]
    return LifeCycle("thing", labels("东西", "Thing"), tuple(states), tuple(actions), FIELDS)
