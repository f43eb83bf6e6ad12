"""Records and whatever else has a life: states, who may move them, and why not. Pure.

A `LifeCycle` says which states there are and which actions lead from one to another: who may
take them, what they need, which gates stand before them, who has to agree, what follows.
`step` judges one action and either takes it (`Taken`: new state and what has to be done) or
refuses it with every reason (`Refused`). It knows no database, no clock and no user: the
relations of the actor to the object, its values and the day are given.

Public names:

- `models`: `LifeCycle`, `State`, `Action`, `Who`, `Gate`, `Field`, `Tone`
- `effects`: what an action may bring about, a closed list
- `signing`: consultation of several parties, and votes
- `deadlines`: days counted from a field, `Deadline`
- `conditions`: gates and amounts written in the expression language
- `relations.relation(word, zh, en)`: the words that say who somebody is to an object
- `records`: record types that are declared in YAML
- `stepping.step`, `stepping.possible`
"""

from __future__ import annotations

from attain.kinds.deadlines import Deadline
from attain.kinds.effects import CreateRecord, Effect, Notify, Release, Reserve, SetField, Spend
from attain.kinds.models import Action, Field, Gate, LifeCycle, State, Tone, Who
from attain.kinds.signing import Consultation, Party, Rule, Signature, Verdict
from attain.kinds.stepping import Asking, Refused, Standing, Taken, possible, step

__all__ = [
    "Action",
    "Asking",
    "Consultation",
    "CreateRecord",
    "Deadline",
    "Effect",
    "Field",
    "Gate",
    "LifeCycle",
    "Notify",
    "Party",
    "Refused",
    "Release",
    "Reserve",
    "Rule",
    "SetField",
    "Signature",
    "Spend",
    "Standing",
    "State",
    "Taken",
    "Tone",
    "Verdict",
    "Who",
    "possible",
    "step",
]
