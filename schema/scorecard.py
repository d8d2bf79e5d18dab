"""The scorecard that ranks are worked out with, as GraphQL types."""

import strawberry

from schema.enums import ArtifactKind, Dimension, ScoringMethod
from schema.rules.scorecard import DimensionCard
from schema.rules.scorecard import Measure as MeasureRule
from schema.rules.scorecard import Scorecard as ScorecardRule
from schema.rules.scoring import Weighting


@strawberry.type(description="How one figure becomes a score.")
class Measure:
    """One measure of a dimension."""

    figure: str = strawberry.field(
        description="A signal, `providers` (how many sell it), `searchers` (the clients whose searches led to it, "
        "weighed) or `changed_on` (the day of its last change: `updatedOn`, or `releasedOn` where that is not known)."
    )
    kinds: list[ArtifactKind] = strawberry.field(description="The kinds that are measured so; none stands for all.")
    method: ScoringMethod = strawberry.field(description="The formula that turns the figure into a score.")
    share: float = strawberry.field(description="How much it counts beside the other measures that are known.")
    full: float | None = strawberry.field(description="LOG: the figure from which on the score is 1.")
    base: float | None = strawberry.field(
        description="LOG: up to about this, figures count by their size, beyond it by how many times as large they are."
    )
    half_life_days: float | None = strawberry.field(description="AGE: after so many days half of the score is left.")
    marks: list[float] = strawberry.field(
        description="PERCENTILE: the figures at equal steps from the lowest to the highest of a kind."
    )
    reason: str = strawberry.field(description="Why this figure is looked at, and why so.")

    @classmethod
    def of(cls, rule: MeasureRule) -> "Measure":
        """As the scorecard has it."""
        return cls(
            figure=rule.figure,
            kinds=list(rule.kinds),
            method=rule.method,
            share=rule.share,
            full=rule.full,
            base=rule.base if rule.method is ScoringMethod.LOG else None,
            half_life_days=rule.half_life_days,
            marks=list(rule.marks),
            reason=rule.reason,
        )


@strawberry.type(description="One of the things a rank weighs.")
class ScorecardDimension:
    """A dimension with its weight."""

    dimension: Dimension = strawberry.field(description="Which dimension this is about.")
    weight: float = strawberry.field(description="Its share of the whole weight, 0 to 1.")
    reason: str = strawberry.field(description="Why it has this weight.")
    signals: list[str] = strawberry.field(description="The names of the raw figures that speak for it.")
    measures: list[Measure] = strawberry.field(
        description="How figures become its score: the mean of those that are known, by their shares."
    )

    @classmethod
    def of(cls, card: DimensionCard, weights: Weighting) -> "ScorecardDimension":
        """As the scorecard has it."""
        return cls(
            dimension=card.dimension,
            weight=weights[card.dimension],
            reason=card.reason,
            signals=list(card.signals),
            measures=[Measure.of(measure) for measure in card.measures],
        )


@strawberry.type(
    description="How ranks are made: the dimensions, what each weighs, how figures become scores, and why."
)
class Scorecard:
    """The scorecard that ranks are worked out with unless the caller brings weights."""

    version: str = strawberry.field(description="Which scorecard this is; it changes with any weight or measure.")
    text: str = strawberry.field(description="How a rank follows from scores and weights.")
    stale_days: int = strawberry.field(description="A score is stale whose newest figure is older than so many days.")
    window_days: int = strawberry.field(
        description="Of a series, the median of the figures of so many days counts, up to the newest."
    )
    dimensions: list[ScorecardDimension] = strawberry.field(description="The dimensions; their weights add up to 1.")

    @classmethod
    def of(cls, card: ScorecardRule) -> "Scorecard":
        """As it ships."""
        weights = card.weights
        return cls(
            version=card.version,
            text=card.text,
            stale_days=card.stale_days,
            window_days=card.window_days,
            dimensions=[ScorecardDimension.of(item, weights) for item in card.dimensions],
        )
