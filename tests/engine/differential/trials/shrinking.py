"""A failing trial made small: entries and rows are dropped as long as it still fails."""

from __future__ import annotations

from dataclasses import replace

from trials.comparing import Outcome, compare, resolved
from trials.duck import Duck
from trials.trial import Trial
from trials.world import World


def fails(trial: Trial, duck: Duck) -> Outcome | None:
    """What differs, None where nothing does or the plan is refused as it stands."""
    kept, plan, problems = resolved(trial)
    if plan is None or problems or kept is not trial:
        return None
    outcome = compare(trial, plan, duck)
    return outcome if outcome.differences else None


def shrunk(trial: Trial, duck: Duck) -> Trial:
    """The smallest trial that greedy dropping finds."""
    trial, _, _ = resolved(trial)
    while True:
        smaller = _fewer_entries(trial, duck)
        smaller = _fewer_rows(smaller, duck)
        if _size(smaller) == _size(trial):
            return smaller
        trial = smaller


def _size(trial: Trial) -> tuple[int, int]:
    entries = sum(len(names) for names in trial.sections.values())
    return entries, sum(len(rows) for rows in trial.world.datasets.values())


def _fewer_entries(trial: Trial, duck: Duck) -> Trial:
    for section, name in list(trial.entries()):
        smaller = trial.without(section, name)
        if fails(smaller, duck):
            trial = smaller
    return trial


def _fewer_rows(trial: Trial, duck: Duck) -> Trial:
    for name in trial.world.datasets:
        portion = max(1, len(trial.world.datasets[name]) // 2)
        while portion:
            trial = _without_portions(trial, duck, name, portion)
            portion //= 2
    return trial


def _without_portions(trial: Trial, duck: Duck, name: str, portion: int) -> Trial:
    start = 0
    while start < len(trial.world.datasets[name]):
        rows = trial.world.datasets[name]
        kept = rows[:start] + rows[start + portion :]
        datasets = {**trial.world.datasets, name: kept}
        smaller = replace(trial, world=World(datasets, trial.world.coverage))
        if fails(smaller, duck):
            trial = smaller
        else:
            start += portion
    return trial


def told(trial: Trial, outcome: Outcome) -> str:
    """A failing trial as text: the seed, the plan, its rows, and what differs."""
    lines = [f"seed {trial.seed}", trial.text()]
    for name, rows in trial.world.datasets.items():
        for row in rows:
            shown = {key: value for key, value in row.items() if not key.startswith("_")}
            lines.append(f"{name}: {shown}")
    lines.append(f"coverage: {trial.world.coverage}")
    lines += [str(one) for one in outcome.differences[:12]]
    return "\n".join(lines)
