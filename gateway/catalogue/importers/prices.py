"""Prices of foreign sources as offers: exact, in US dollars, and refused where no one can mean them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from gateway.catalogue.importers.adapter import LeftOut

MOST, LEAST = Decimal(100_000), Decimal("1e-9")
"""Dollars a unit: above and, unless it is 0, below that, a price is a slip in its unit. The highest price of a million
tokens in either source is 9,710."""


class Unit(NamedTuple):
    """What a price is for, and how many times what the source prices that is."""

    name: str
    times: int = 1


def offers(
    prices: Iterable[tuple[str, object, Unit]], provider: str, seen: dict[str, Any], left_out: LeftOut
) -> list[dict[str, Any]]:
    """An offer for each price, which comes with the key that it stands under; those that are none are counted.

    `seen` is the day and the source. A price of 0 is a price.
    """
    found = []
    for key, value, unit in prices:
        price = _price(value, unit.times)
        if price is None:
            left_out.part(f"{key}: no number of dollars from 0 to {MOST:,} a unit")
        else:
            found.append({"provider": provider, "unit": unit.name, "price": price, "currency": "USD"} | seen)
    return found


def _price(value: object, times: int) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    number = Decimal(value)
    if number == 0:
        return 0.0
    if not number.is_finite() or not LEAST / times <= number <= MOST / times:
        return None
    return float(number * times)
