"""Asking several parties: departments that must all agree, a committee that votes.

Silence is no consent: an undecided consultation stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from attain.core.labels import Labels


class Verdict(StrEnum):
    """What a party says."""

    agree = "agree"
    object = "object"


class Rule(StrEnum):
    """When a consultation is decided, counted in seats."""

    all = "all"
    """Every seat agrees; one objection is enough to fail."""
    majority = "majority"
    """More than half of all seats, present or not."""
    quorum = "quorum"
    """`needed` seats agree."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who is asked: a department (one seat), a committee (as many as it has members).

    `who` is the relation by which a person speaks for it, `or_who` are others that will do.
    """

    name: str
    label: Labels
    who: str
    seats: int = 1
    or_who: tuple[str, ...] = ()

    def speaks(self, relations: frozenset[str]) -> bool:
        """Whether somebody with these relations to the object speaks for it."""
        return not relations.isdisjoint((self.who, *self.or_who))


@dataclass(frozen=True, slots=True)
class Signature:
    """What one person said for one party."""

    party: str
    person: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Consultation:
    """Who is asked while an object is in a state, and what decides."""

    parties: tuple[Party, ...]
    rule: Rule = Rule.all
    needed: int = 0

    def __post_init__(self) -> None:
        if self.rule is Rule.quorum and not 0 < self.needed <= self.seats:
            raise ValueError("a quorum needs between one and all of its seats")

    @property
    def seats(self) -> int:
        return sum(party.seats for party in self.parties)

    @property
    def enough(self) -> int:
        """Seats that must agree."""
        if self.rule is Rule.all:
            return self.seats
        return self.seats // 2 + 1 if self.rule is Rule.majority else self.needed

    def open_parties(
        self, relations: frozenset[str], person: str, signed: Iterable[Signature]
    ) -> tuple[Party, ...]:
        """The parties for which this person can still speak."""
        given = list(signed)
        return tuple(
            party
            for party in self.parties
            if party.speaks(relations)
            and sum(each.party == party.name for each in given) < party.seats
            and not any(each.party == party.name and each.person == person for each in given)
        )

    def decided(self, signed: Iterable[Signature]) -> Verdict | None:
        """What the consultation came to; None while it is open."""
        verdicts = [each.verdict for each in signed]
        if verdicts.count(Verdict.agree) >= self.enough:
            return Verdict.agree
        # So many have objected that the rest can no longer make up the number.
        if verdicts.count(Verdict.object) > self.seats - self.enough:
            return Verdict.object
        return None
