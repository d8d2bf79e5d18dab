"""What a rank weighs, and how a figure becomes a score: the scorecard, as data that anyone can read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from schema.rules.matching import SEARCHERS
from schema.rules.scoring import Weighting, weighting
from schema.rules.vocabulary import ArtifactKind, Dimension, ScoringMethod

CHANGED_ON = "changed_on"
"""The figure that AGE looks at: the day of the last change, or of the release where no change is recorded."""

PROVIDERS = "providers"
"""A figure that is counted from an artifact's offers: how many providers sell it."""

NO_SIGNALS = (CHANGED_ON, PROVIDERS, SEARCHERS)


@dataclass(frozen=True, slots=True)
class Measure:
    """How one figure becomes a score from 0 to 1, and why so.

    `kinds` are the kinds of artifact that it is for; none stands for all. `share` is how much it counts beside the
    other measures that are known on the dimension. LOG has `full`, the figure from which on the score is 1, and `base`,
    up to about which figures count by their size and from which on by how many times as large they are; AGE has
    `half_life_days`; PERCENTILE has `marks`, the figures at equal steps from the lowest to the highest.
    """

    figure: str
    method: ScoringMethod
    reason: str
    kinds: tuple[ArtifactKind, ...] = ()
    share: float = 1.0
    full: float | None = None
    base: float = 1.0
    half_life_days: float | None = None
    marks: tuple[float, ...] = ()

    def is_for(self, kind: ArtifactKind) -> bool:
        """Whether artifacts of a kind are measured so."""
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class DimensionCard:
    """One dimension of the scorecard: its share of the weight (0 to 1), why, and the measures that speak for it."""

    dimension: Dimension
    weight: float
    reason: str
    measures: tuple[Measure, ...]

    @property
    def signals(self) -> tuple[str, ...]:
        """The names of the signals that speak for it, each once."""
        return tuple(dict.fromkeys(m.figure for m in self.measures if m.figure not in NO_SIGNALS))


@dataclass(frozen=True)
class Scorecard:
    """The dimensions and their weights. `text` says how a rank follows from them.

    A score is stale where the newest figure behind it is more than `stale_days` older than the day at which the
    catalogue is scored. Of a series, the median of the `window_days` up to its newest figure counts.
    """

    version: str
    text: str
    stale_days: int
    window_days: int
    dimensions: tuple[DimensionCard, ...]

    @cached_property
    def weights(self) -> Weighting:
        """The share of the weight that each dimension carries."""
        return weighting({card.dimension: card.weight for card in self.dimensions})

    @cached_property
    def signals(self) -> tuple[str, ...]:
        """The names of all signals that any dimension looks at."""
        return tuple(dict.fromkeys(name for card in self.dimensions for name in card.signals))

    def of(self, dimension: Dimension) -> DimensionCard:
        """The card of a dimension."""
        return next(card for card in self.dimensions if card.dimension is dimension)

    def signals_of(self, dimension: Dimension) -> tuple[str, ...]:
        """The names of the signals that speak for a dimension."""
        return self.of(dimension).signals


def scorecard(data: Mapping[str, Any]) -> Scorecard:
    """Reads a scorecard from its JSON form.

    Raises ValueError where a dimension is missing or named twice, a weight is no weight, or a measure does not have
    what its method needs.
    """
    cards = tuple(
        DimensionCard(
            Dimension[item["dimension"]],
            float(item["weight"]),
            item["reason"],
            tuple(_measure(measure) for measure in item["measures"]),
        )
        for item in data["dimensions"]
    )
    if sorted(card.dimension for card in cards) != sorted(Dimension):
        raise ValueError("A scorecard weighs each of the dimensions exactly once.")
    weighting({card.dimension: card.weight for card in cards})
    return Scorecard(data["version"], data["text"], int(data["stale_days"]), int(data["window_days"]), cards)


def _measure(data: Mapping[str, Any]) -> Measure:
    given = {**data, "method": ScoringMethod[data["method"]]}
    given["kinds"] = tuple(ArtifactKind[kind] for kind in data.get("kinds", ()))
    given["marks"] = tuple(float(mark) for mark in data.get("marks", ()))
    measure = Measure(**given)
    right = {
        ScoringMethod.LOG: measure.full is not None and measure.full > 0 and measure.base > 0,
        ScoringMethod.AGE: measure.half_life_days is not None and measure.half_life_days > 0,
        ScoringMethod.PERCENTILE: len(measure.marks) > 1 and list(measure.marks) == sorted(measure.marks),
    }
    if not right[measure.method] or measure.share <= 0:
        raise ValueError(f"The measure of {measure.figure} does not have what {measure.method} needs.")
    if (measure.method is ScoringMethod.AGE) != (measure.figure == CHANGED_ON):
        raise ValueError(f"AGE is the method of {CHANGED_ON}, and of nothing else.")
    return measure
