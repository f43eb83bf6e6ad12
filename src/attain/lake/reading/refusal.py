"""What a reader says about a file, as plain data that crosses the process border."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Plain = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Remark:
    """A code with its values and place; the parent turns it into a Problem.

    `where` uses the names of `core.errors.Where`.
    """

    code: str
    values: Mapping[str, Plain] = field(default_factory=dict)
    where: Mapping[str, str | int] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        return {"code": self.code, "values": dict(self.values), "where": dict(self.where)}


class Refused(Exception):
    """The whole file cannot be read; the remark says why."""

    def __init__(self, code: str, where: Mapping[str, str | int] | None = None, **values: Plain):
        super().__init__(code, values)
        self.remark = Remark(code, values, where or {})
