"""All forms of a plan expanded: what comes out has primitive sections only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from attain.core.errors import AttainError, Problem, problem
from attain.engine.forms import errors
from attain.engine.forms.below import expand_below
from attain.engine.forms.counters import expand_counters
from attain.engine.forms.credits import expand_credits
from attain.engine.forms.expansion import Entry, Expansion, FormContext, NameTakenTwice
from attain.engine.forms.grades import expand_grades
from attain.engine.forms.incentives import expand_incentive
from attain.engine.forms.interventions import decide, known_components
from attain.engine.forms.scorecard import expand_scorecard
from attain.engine.forms.sections import FormSections
from attain.engine.forms.unlikely import quota_problems
from attain.engine.plans.card_rows import column_named
from attain.engine.plans.suggesting import nearest
from attain.engine.plans.texts import Expression

if TYPE_CHECKING:
    from attain.engine.plans.models.plan import PlanModel

FORMS = tuple(FormSections.model_fields)
"""The sections that are gone after expanding."""

COLUMN_SECTIONS = ("columns", "measures", "formulas")


def expand_forms(plan: PlanModel, context: FormContext) -> PlanModel:
    """The plan with every form written out as the primitive sections it stands for.

    Forms come after the author's own columns and may use them; a name both use is refused.

    :raises AttainError: every mistake in a form at once.
    """
    out, problems = _expand_all(plan, context)
    columns = {name: made for section in COLUMN_SECTIONS for name, made in _plain(plan, section)}
    problems += _taken_names(plan, out)
    known = {**columns, **out.columns}
    decided = known_components(plan.interventions, known)
    problems += [
        _unknown(plan, component, known)
        for column, component in decided.items()
        if column not in known
    ]
    if problems:
        raise AttainError(problems)
    made = {**columns, **out.columns}
    upwards, faults = expand_below(made, plan.paths, context)
    if faults:
        raise AttainError(faults)
    made |= upwards.columns
    out.checks.extend(upwards.checks)
    for column, component in decided.items():
        decide(made, column, component)
    return _rebuilt(plan, out, made)


def _unknown(plan: PlanModel, component: str, columns: Mapping[str, Entry]) -> Problem:
    where = plan.where(("interventions", component))
    near = nearest(column_named(component, columns), columns)
    return problem(errors.DECISION_UNKNOWN, where, name=component, known=near)


_NAMED = ("columns", "relations", "orderings", "groups", "paths", "tables", "parameters")
"""The sections whose entries have names a form may write, too."""


def _expand_all(plan: PlanModel, context: FormContext) -> tuple[Expansion, list[Problem]]:
    out, problems = Expansion(), []
    for name, made, found, anchor in _expansions(plan, context):
        placed = [one.at(anchor.place.where()) if anchor else one for one in found]
        problems += list(dict.fromkeys(placed))
        _anchor(made, anchor)
        try:
            out.add(made)
        except NameTakenTwice as taken:
            problems.append(problem(errors.NAME_TAKEN, name=taken.name, section=name))
    return out, problems


def _expansions(
    plan: PlanModel, context: FormContext
) -> Iterator[tuple[str, Expansion, list[Problem], Expression | None]]:
    """Each form's name, what it wrote, its problems, and a place in its text."""
    for name, form in plan.credits.items():
        yield name, *expand_credits(name, form, context), _first_text(form)
    if plan.counters:
        first = next(iter(plan.counters.values()))
        yield "counters", *expand_counters(plan.counters, context), _first_text(first)
    for name, card in plan.scorecard.items():
        yield name, *expand_scorecard(name, card, context), _first_text(card)
    for name, grade in plan.grades.items():
        made, found = expand_grades(name, grade, context)
        yield name, made, [*found, *quota_problems(grade)], _first_text(grade)
    for name, incentive in plan.incentives.items():
        yield name, *expand_incentive(name, incentive, context), _first_text(incentive)


def _first_text(form: BaseModel) -> Expression | None:
    """Some expression the author wrote in the form: where errors in generated text point."""
    for name in type(form).model_fields:
        for item in _leaves(getattr(form, name)):
            return item
    return None


def _leaves(value: Any) -> Iterator[Expression]:
    if isinstance(value, Expression):
        yield value
    elif isinstance(value, BaseModel):
        found = _first_text(value)
        if found is not None:
            yield found
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _leaves(item)


def _anchor(made: Expansion, anchor: Expression | None) -> None:
    """Give generated expressions a place: that of the form they come from."""
    if anchor is None:
        return
    for column in made.columns.values():
        text = column.get("is")
        if isinstance(text, str) and not isinstance(text, Expression):
            column["is"] = Expression.like(text, anchor)


def _taken_names(plan: PlanModel, out: Expansion) -> list[Problem]:
    """Names that a form writes and the author used for something else, where the author did."""
    sections = [(section, "columns") for section in COLUMN_SECTIONS]
    sections += [(name, name) for name in _NAMED if name != "columns"]
    return [
        problem(
            errors.NAME_TAKEN,
            plan.where((section, name)),
            name=name,
            section=_writer(getattr(out, written)[name], section),
        )
        for section, written in sections
        for name in getattr(plan, section)
        if name in getattr(out, written)
    ]


def _writer(made: Entry, section: str) -> str:
    """The form that wrote an entry, `incentives/bonus`; where it does not say so, the section."""
    return "/".join(str(made.get("form", section)).split("/")[:2])


def _plain(plan: PlanModel, section: str) -> list[tuple[str, Entry]]:
    """A section's entries in the shape of YAML, their expressions still placed."""
    return [(name, _said(model)) for name, model in getattr(plan, section).items()]


def _said(model: BaseModel) -> Entry:
    """What was said of an entry, under the names of the plan language."""
    fields = type(model).model_fields
    return {
        fields[name].serialization_alias or fields[name].alias or name: getattr(model, name)
        for name in model.model_fields_set
    }


def _rebuilt(plan: PlanModel, out: Expansion, columns: dict[str, Entry]) -> PlanModel:
    """The plan again, read by the same models as an author's text."""
    said = {name: value for name, value in _said(plan).items() if name not in FORMS}
    for section in COLUMN_SECTIONS:
        said.pop(section, None)
    said["columns"] = columns
    for section in ("relations", "orderings", "groups", "paths", "tables", "parameters"):
        said[section] = {**getattr(plan, section), **getattr(out, section)}
    for section in ("components", "lines", "checks"):
        said[section] = [*getattr(plan, section), *getattr(out, section)]
    return type(plan).model_validate(said)
