"""How records of a type are shown: list, board, calendar, form, quick entry, charts."""

from __future__ import annotations

from pydantic import Field

from attain.core.labels import Labels
from attain.kinds.records.declared import Part


class ListView(Part):
    columns: tuple[str, ...] = ()
    """Fields, names that every record has (see “Names in expressions”), and cadences."""
    sort: str = ""
    """A column; with a minus, the greatest first."""


class BoardView(Part):
    card: tuple[str, ...] = ()
    """What a card says below its title."""
    sum: str | None = None
    """The number field that is added up at the head of each column."""


class CalendarView(Part):
    from_: str = Field(alias="from")
    """The date field with the first day."""
    until: str | None = None
    """The date field with the last day."""


class Section(Part):
    section: Labels = Labels()
    """Its heading."""
    fields: tuple[str, ...] = Field(min_length=1)
    """Its fields, in this order."""
    when: str | None = None
    """Shown only where this condition holds."""


class Chart(Part):
    by: str
    """`state`, `month` (of the business date), `owner`, `unit`, or a choice field."""
    sum: str | None = None
    """The number field that is added up."""
    count: bool = False
    """True to count records."""
    label: Labels = Labels()
    """Its heading."""


class Views(Part):
    """Views; what is not declared is made from the fields."""

    list: ListView = ListView()
    """The list: its columns and how it is sorted."""
    board: BoardView | None = None
    """A board with a column for each state."""
    calendar: CalendarView | None = None
    """A calendar."""
    form: tuple[Section, ...] = ()
    """The sections of the form; without them all fields stand in one."""
    quick: tuple[str, ...] = ()
    """The fields of quick entry on a phone; the others take their defaults."""
    charts: tuple[Chart, ...] = ()
    """Charts above the list."""
