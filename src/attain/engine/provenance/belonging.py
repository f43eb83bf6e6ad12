"""Which steps that forms wrote belong to one incentive, or to one row of a scorecard."""

from __future__ import annotations


def is_step_of(form: str | None, whole: str | None) -> bool:
    """Whether what was written by one form is a step of the same incentive as another.

    >>> is_step_of("incentives/commission/steps/0/base", "incentives/commission")
    True
    """
    if form is None or whole is None:
        return False
    return form.startswith("incentives/") and form.split("/")[1] == whole.split("/")[1]


def is_row_of(form: str | None, whole: str | None) -> bool:
    """Whether one step of a scorecard's row stands behind another of the same row.

    Behind what counts stand the row's points, behind these the mean of its own rows.

    >>> is_row_of("scorecard/score/rows/0", "scorecard/score/rows/0/counted")
    True
    """
    if form is None or whole is None or not form.startswith("scorecard/"):
        return False
    row = whole.removesuffix("/counted")
    return (row != whole and form == row) or form == f"{row}/rows"


def is_counted(form: str | None) -> bool:
    """Whether a step says only what counts, which the total tells row by row.

    Of a scorecard's row, or of each third event of another counter.

    >>> is_counted("scorecard/score/rows/0/counted"), is_counted("counters/warnings/events/1/every")
    (True, True)
    """
    section, _, rest = (form or "").partition("/")
    return (section, rest.rpartition("/")[2]) in (
        ("scorecard", "counted"),
        ("counters", "every"),
    )


def is_for_whom(form: str | None) -> bool:
    """Whether a step says only to whom a card, or a row of one, applies.

    Its name is what the others are told: that it does not apply.
    """
    return form is not None and form.startswith("scorecard/") and form.endswith("/applies")
