"""What a rank weighs: the dimensions with their weights, as data that anyone can read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schema.rules.scoring import Weighting, weighting
from schema.rules.vocabulary import Dimension


@dataclass(frozen=True, slots=True)
class DimensionCard:
    """One dimension of the scorecard: its share of the weight (0 to 1), why, and the signals that speak for it."""

    dimension: Dimension
    weight: float
    reason: str
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The dimensions and their weights. `text` says how a rank follows from them."""

    version: str
    text: str
    dimensions: tuple[DimensionCard, ...]

    @property
    def weights(self) -> Weighting:
        """The share of the weight that each dimension carries."""
        return weighting({card.dimension: card.weight for card in self.dimensions})

    def signals_of(self, dimension: Dimension) -> tuple[str, ...]:
        """The names of the signals that speak for a dimension."""
        return next(card.signals for card in self.dimensions if card.dimension is dimension)


def scorecard(data: Mapping[str, Any]) -> Scorecard:
    """Reads a scorecard from its JSON form.

    Raises ValueError where a dimension is missing or named twice, or a weight is no weight.
    """
    cards = tuple(
        DimensionCard(Dimension[item["dimension"]], float(item["weight"]), item["reason"], tuple(item["signals"]))
        for item in data["dimensions"]
    )
    if sorted(card.dimension for card in cards) != sorted(Dimension):
        raise ValueError("A scorecard weighs each of the dimensions exactly once.")
    weighting({card.dimension: card.weight for card in cards})
    return Scorecard(data["version"], data["text"], cards)
