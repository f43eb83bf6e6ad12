"""What is told of the sample company rather than drawn by lot: YAML files and their models."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple, TypeVar

from attain.core.documents import Declared, check_document, read_yaml
from attain.demo.story.figures import Appraisal, Collections
from attain.demo.story.organisation import People, Units
from attain.demo.story.trade import Community, Customers, Deals, Decisions, Products

__all__ = ["Story", "story"]

Part = TypeVar("Part", bound=Declared)


class Story(NamedTuple):
    """The whole story; one file a part."""

    units: Units
    people: People
    customers: Customers
    products: Products
    collections: Collections
    appraisal: Appraisal
    deals: Deals
    community: Community
    decisions: Decisions


_PARTS: Final = Story.__annotations__


@cache
def story() -> Story:
    """The story, read once.

    :raises AttainError: a file of the story that is not as its model says, with the line.
    """
    return Story(
        units=_read(Units, "units"),
        people=_read(People, "people"),
        customers=_read(Customers, "customers"),
        products=_read(Products, "products"),
        collections=_read(Collections, "collections"),
        appraisal=_read(Appraisal, "appraisal"),
        deals=_read(Deals, "deals"),
        community=_read(Community, "community"),
        decisions=_read(Decisions, "decisions"),
    )


def _read(model: type[Part], name: str) -> Part:
    file = f"{name}.yaml"
    text = files(__package__).joinpath(file).read_text("utf-8")
    return check_document(model, read_yaml(text, file))
