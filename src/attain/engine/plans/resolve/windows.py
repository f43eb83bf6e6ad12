"""Windows: which days a gather looks at, half-open in whole dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from attain.core.errors import AttainError, problem
from attain.core.units import DATE
from attain.engine import errors
from attain.engine.plans.models.columns import ColumnModel
from attain.engine.plans.resolve.drafts import FROM, UNTIL
from attain.engine.plans.resolve.periods import MONTHS, Kinds
from attain.engine.plans.resolve.replacing import replaced
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.spans import meant
from attain.engine.primitives.model import CutRows, Window
from attain.expressions.typed import Node, Reference

_TO_DATE: Final = re.compile(r"(\w+) to date")
_TO_DAY: Final = re.compile(r"to day (\d{1,2})")
_LAST: Final = re.compile(r"last (\d{1,3}) (\w+)")
_SEASON: Final = re.compile(r"(\d{1,2}) months? from (\w+)")
_SHIFT: Final = re.compile(r"([+-]?)\s*(\d{1,4})\s+(\w+)")
_MONTH_NAMES: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

START: Final = "start_of"
"""`start_of('quarter', day)`: the first day of the period of a kind around a day."""
MOVED: Final = "moved_by"
"""`moved_by('month', day, -1, 'year')`: a bound of a month, a year earlier."""

PERIOD: Final = "period"
STRETCH: Final = ("from", "until")
"""The days of a row that was cut, which it gathers unless it says more."""
ALL: Final = "all"
LIFE: Final = "life to date"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A window as two expressions over the gathering row; None is unbounded.

    `reaches_back` is true if it may begin before the row's own period.
    """

    from_: str | None
    until: str | None
    reaches_back: bool = True


def window_of(
    site: Site, model: ColumnModel, finer: str | None = None
) -> tuple[Window | None, bool]:
    """The window of a gather, and whether it looks at earlier periods.

    With the kind of period of the finer rows: a week counts where its last day lies.

    :raises AttainError: PLAN_WINDOW, PLAN_WINDOW_GRAIN, PLAN_SHIFT.
    :raises Reported: a bound is wrong.
    """
    given = model.in_
    said = (given.said or "").strip() if given else PERIOD
    if given is None and isinstance(site.draft.rows, CutRows):
        bounds = Bounds(*STRETCH, reaches_back=False)
    elif given is not None and (given.from_ is not None or given.until is not None):
        bounds = Bounds(given.from_, given.until)
    else:
        bounds = _said(site, said)
    if bounds.from_ is None and bounds.until is None:
        return None, True
    if model.shift is not None:
        bounds = _shifted(site.work.kinds, bounds, model.shift, site.draft.period)
    is_in_words = given is None or (given.from_ is None and given.until is None)
    if finer == "week" and is_in_words and bounds.from_ is not None and _lie_across(site, said):
        bounds = replace(bounds, from_=f"{START}('week', {bounds.from_})")
    from_ = _bound(site, bounds.from_)
    until = _bound(site, bounds.until)
    return Window(from_, until), bounds.reaches_back


def _lie_across(site: Site, said: str) -> bool:
    """Whether weeks may begin before the window that holds their last day."""
    is_own = said == PERIOD and site.draft.period == "week"
    return site.work.kinds.has_months and not is_own


def _bound(site: Site, text: str | None) -> Node | None:
    """A bound over plain columns of the gathering row: what it looks up becomes hidden columns."""
    if text is None:
        return None

    def plain(reference: Reference) -> Node:
        return reference if reference.row == "" else site.lift(reference)

    return replaced(site.check(text, DATE), plain)


def _said(site: Site, said: str) -> Bounds:
    """A window in words."""
    if said == ALL:
        return Bounds(None, None)
    first, until, last = _own_days(site, said)
    if said == PERIOD:
        return Bounds(first, until, reaches_back=False)
    if said == LIFE:
        return Bounds(None, until)
    kinds = site.work.kinds
    if found := _TO_DATE.fullmatch(said):
        return Bounds(_start(kinds, said, found[1], last), until)
    if found := _TO_DAY.fullmatch(said):
        return _to_day(site, int(found[1]), first, until, said)
    if found := _LAST.fullmatch(said):
        return _last(kinds, said, int(found[1]), found[2], until)
    if found := _SEASON.fullmatch(said):
        return _season(kinds, said, int(found[1]), found[2], last, until)
    raise _unknown(said)


def _own_days(site: Site, said: str) -> tuple[str, str, str]:
    """First day, exclusive end and last day of the row's period, or of the one around its date.

    A row with a date of its own looks back from that day, which is included.
    """
    draft = site.draft
    if draft.period is not None:
        return FROM, UNTIL, f"{UNTIL} - 1"
    day = draft.date or ("from" if "from" in draft.stored else None)
    if day is None:
        raise AttainError(problem(errors.PLAN_WINDOW_GRAIN, value=said, relation=draft.name))
    kind = site.work.plan.period
    first = f"{START}('{kind}', {day})"
    until = f"{MOVED}('{kind}', {first}, 1, '{kind}')" if said == PERIOD else f"{day} + 1"
    return first, until, day


def _start(kinds: Kinds, said: str, kind: str, day: str) -> str:
    if kind not in kinds:
        raise _unknown(said)
    return f"{START}('{kind}', {day})"


def _to_day(site: Site, day: int, first: str, until: str, said: str) -> Bounds:
    """`to day 20`: the 20th included, clamped where the month is shorter."""
    if not 1 <= day <= 31 or site.draft.period not in MONTHS:
        raise _unknown(said)
    last_month = f"add_months({UNTIL}, -1)"
    return Bounds(first, f"min({until}, {last_month} + {day})", reaches_back=False)


def _last(kinds: Kinds, said: str, count: int, word: str, until: str) -> Bounds:
    """`last 12 months`: they end with the row's period."""
    kind = word.removesuffix("s")
    if kind == "day":
        return Bounds(f"{until} - {count}", until)
    if kind not in kinds or count == 0:
        raise _unknown(said)
    if kinds.has_months and kind in MONTHS:
        return Bounds(f"add_months({until}, -{count * MONTHS[kind]})", until)
    start = f"{START}('{kind}', {until} - 1)"
    return Bounds(f"{MOVED}('{kind}', {start}, {1 - count}, '{kind}')", until)


def _season(kinds: Kinds, said: str, count: int, month: str, last: str, until: str) -> Bounds:
    """`12 months from July`: the season around the end of the row's period, so far."""
    name = month.lower()
    if name not in _MONTH_NAMES or not 1 <= count <= 12 or not kinds.has_months:
        raise _unknown(said)
    moved = _MONTH_NAMES.index(name) + 1 - kinds.first_month
    start = f"{START}('year', {last})"
    if moved:
        start = f"add_months({START}('year', add_months(month_start({last}), {-moved})), {moved})"
    return Bounds(start, f"min({until}, add_months({start}, {count}))")


def _shifted(kinds: Kinds, bounds: Bounds, shift: str, own: str | None) -> Bounds:
    """The window moved as a whole: last year's, three months earlier."""
    found = _SHIFT.fullmatch(shift.strip())
    if not found:
        raise AttainError(problem(errors.PLAN_SHIFT, value=shift))
    by = int(found[2]) * (-1 if found[1] == "-" else 1)
    kind = found[3].removesuffix("s")
    kind = own if kind == PERIOD and own else kind

    def moved(bound: str | None) -> str | None:
        if bound is None:
            return None
        if kind != "day" and kind not in kinds:
            raise AttainError(problem(errors.PLAN_SHIFT, value=shift))
        return f"{MOVED}('{own or kind}', {bound}, {by}, '{kind}')"

    return Bounds(moved(bounds.from_), moved(bounds.until))


def _unknown(said: str) -> AttainError:
    return AttainError(problem(errors.PLAN_WINDOW, value=said, meant=meant(said)))
