"""The life of a record as it is declared: states, actions, who takes them, what follows."""

from __future__ import annotations

from pydantic import AliasChoices, Field, model_validator

from attain.core.documents import refused
from attain.core.errors import problem
from attain.core.labels import Labels
from attain.kinds.models import Tone
from attain.kinds.records import errors
from attain.kinds.records.days import Day
from attain.kinds.records.declared import Part
from attain.kinds.signing import Rule, Verdict

Whos = tuple[str | tuple[str, ...], ...]
"""Who: one of these is enough; a list inside is somebody who is all of them at once."""


class PartySpec(Part):
    """A department or committee that is asked."""

    label: Labels = Labels()
    """How it is called."""
    who: tuple[str, ...] = Field(min_length=1)
    """Who speaks for it, in the words for who."""
    seats: int = Field(default=1, ge=1, le=99)
    """Voices it has: one of a department, the members of a committee."""


class ConsultSpec(Part):
    """Who is asked while a record is in a state, and what decides. Silence is no consent."""

    rule: Rule = Rule.all
    """`all` seats agree, a `majority` of all seats, or a `quorum` of `needed` seats."""
    needed: int = Field(default=0, ge=0)
    """For a quorum: seats that must agree."""
    parties: dict[str, PartySpec] = Field(min_length=1)
    """Who is asked, by name."""

    @model_validator(mode="after")
    def _can_be_decided(self) -> ConsultSpec:
        seats = sum(party.seats for party in self.parties.values())
        if self.rule is Rule.quorum and not 0 < self.needed <= seats:
            raise refused(problem(errors.RECORD_QUORUM, needed=self.needed, seats=seats))
        return self


class EscalateSpec(Part):
    """Who is told when nothing has happened, and when."""

    to: tuple[str, ...] = Field(min_length=1)
    """Who is told, in the words for who."""
    when: Day
    """The first day on which they are told, such as `due + 1 day`."""


class StateSpec(Part):
    """Where a record can stand."""

    label: Labels = Labels()
    """How it is called, as a participle: submitted, approved."""
    tone: Tone = Tone.neutral
    """How it is shown: neutral, accent (somebody must act), problem, outline (not real yet)."""
    locked: bool = False
    """True if its fields can no longer be changed."""
    final: bool = False
    """True if its life ends here: nothing is due, no cadence runs."""
    due: Day | None = None
    """The last day by which it should have left the state."""
    escalate: EscalateSpec | None = None
    """Who is told when it has not."""
    consult: ConsultSpec | None = None
    """Who is asked meanwhile."""
    was: str | None = None
    """Its name in the version before, if it was renamed."""


class GateSpec(Part):
    """A condition, and what is told when it does not hold."""

    holds: str
    """A condition over the fields."""
    otherwise: Labels
    """What stands in the way, without full stop; `{field}` in it is a value of the record."""
    label: Labels = Labels()
    """What is demanded, said positively: shown while it holds."""


class EffectSpec(Part):
    """What follows from an action; exactly one of `set`, `create`, `reserve`, `spend`, `release`
    and `notify`."""

    set_: str | None = Field(default=None, alias="set")
    """The field to be written, with the value under `to`."""
    to: str | None = None
    """For `set`: an expression."""
    create: str | None = None
    """The type of a record that is begun, with its fields under `with`."""
    with_: dict[str, str] = Field(default={}, alias="with")
    """For `create`: an expression for each field; `record` is the record that acts."""
    into: str | None = None
    """For `create`: the field of this record that keeps the new one. Where it holds a record
    already, no other is begun."""
    reserve: str | None = None
    """The allowance of which an amount is set aside: own, or `<record field>.<allowance>`."""
    spend: str | None = None
    """The allowance out of which an amount is taken, first from what was reserved."""
    release: str | None = None
    """The allowance to which a reserved amount goes back."""
    amount: str | None = None
    """For `reserve`, `spend` and `release`: an expression."""
    notify: tuple[str, ...] = ()
    """Who is told, in the words for who."""
    say: Labels = Labels()
    """For `notify`: the sentence; `{field}` in it is a value of the record."""

    @model_validator(mode="after")
    def _is_one(self) -> EffectSpec:
        moved = self.reserve or self.spend or self.release
        pairs = [
            (self.set_, self.to),
            (self.create, self.with_ or self.create),
            (moved, self.amount),
            (self.notify, self.say),
        ]
        kinds = (self.set_, self.create, self.reserve, self.spend, self.release, self.notify)
        said = sum(bool(one) for one in kinds)
        if self.into and not self.create:
            said = 0
        if said != 1 or any(bool(one) != bool(with_) for one, with_ in pairs):
            raise refused(problem(errors.RECORD_EFFECT))
        return self


class ActionSpec(Part):
    """A step from one of several states to another."""

    label: Labels = Labels()
    """What its button says."""
    from_: tuple[str, ...] = Field(
        min_length=1, validation_alias=AliasChoices("from", "from_"), serialization_alias="from"
    )
    """The states in which it can be taken."""
    to: str | None = None
    """The state it leads to; it stays in its state where that is not said."""
    by: Whos = Field(min_length=1)
    """Who may take it: one of these; a list inside is somebody who is all of them at once."""
    never: tuple[str, ...] = ()
    """Who may not, whatever else they are (four eyes)."""
    needs: tuple[str, ...] = ()
    """Fields that must have a value; the word `reason` is a written reason."""
    asks: tuple[str, ...] = ()
    """Fields that whoever takes it may fill in with it."""
    gates: tuple[GateSpec, ...] = ()
    """Conditions that must hold."""
    until: Day | None = None
    """The last day on which it can be taken."""
    after: Day | None = None
    """It can be taken from the day after."""
    verdict: Verdict | None = None
    """What it says in the consultation of its state: agree or object."""
    effects: tuple[EffectSpec, ...] = ()
    """What follows from it, in this order."""
