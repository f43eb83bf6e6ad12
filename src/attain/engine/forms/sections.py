"""The sections of a plan that are forms, as part of the plan's model."""

from __future__ import annotations

from attain.engine.forms.counters import Counter
from attain.engine.forms.credits import Credits
from attain.engine.forms.grades import Grades
from attain.engine.forms.incentives.models import Incentive
from attain.engine.forms.interventions import Kind
from attain.engine.forms.scorecard.models import Scorecard
from attain.engine.plans.base import PlanPart
from attain.engine.plans.texts import Name


class FormSections(PlanPart):
    """The sections that expand into columns, in the order in which people think of them."""

    credits: dict[Name, Credits] = {}
    """Who gets which share of a fact; each set becomes a relation of its name."""
    counters: dict[Name, Counter] = {}
    """Events that are counted and convert into events of other counters."""
    scorecard: dict[Name, Scorecard] = {}
    """Weighted rows that add up to a score, `{score: {rows: [...]}}`."""
    grades: dict[Name, Grades] = {}
    """A score becomes a level, with gates and quotas."""
    incentives: dict[Name, Incentive] = {}
    """Amounts earned in steps, and when they are paid."""
    interventions: dict[str, tuple[Kind, ...]] = {}
    """Where people's decisions may change a value: `{score: [set, adjust, waive]}`."""
