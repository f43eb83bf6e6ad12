"""The units a role can reach over, as an app above this one knows them."""

from __future__ import annotations

from collections.abc import Callable

Offer = Callable[[], list[tuple[str, str]]]

_offers: list[Offer] = []


def offer_from(offer: Offer) -> None:
    """Say who knows the units: their codes, each with what a reader calls it, in order."""
    _offers[:] = [offer]


def offered() -> list[tuple[str, str]]:
    """Every unit by code and name; none in an installation without any."""
    return [one for offer in _offers for one in offer()]
