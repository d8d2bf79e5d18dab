"""Weights, ranks, scores and the scorecard, as GraphQL types."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from schema.enums import Dimension
from schema.needs import ArtifactNeeds
from schema.plan import Selected, planned
from schema.rules.scoring import Contribution as ContributionRule
from schema.rules.scoring import Weighting, rounded, weighting

DIMENSION_ARGUMENTS = {
    "adoption": Dimension.ADOPTION,
    "quality": Dimension.QUALITY,
    "ecosystem": Dimension.ECOSYSTEM,
    "matchGraph": Dimension.MATCH_GRAPH,
    "freshness": Dimension.FRESHNESS,
}


def _weight(name: str) -> Any:
    return strawberry.field(default=None, description=f"How much {name} counts, 0 or more; 0 where it is left out.")


@strawberry.input(
    description="How much each dimension counts. Only the proportions matter: 1 and 1 is the same as 5 and 5."
)
class Weights:
    """A caller's own weighting."""

    adoption: float | None = _weight("being used")
    quality: float | None = _weight("doing its job well")
    ecosystem: float | None = _weight("what stands around it")
    match_graph: float | None = _weight("being found and chosen in searches")
    freshness: float | None = _weight("having changed recently")

    def normalised(self) -> Weighting:
        """The weighting they amount to. Raises RuleError (BAD_WEIGHTS)."""
        given = {dimension: getattr(self, dimension.name.lower()) for dimension in Dimension}
        return weighting({dimension: weight for dimension, weight in given.items() if weight is not None})


def planned_weights(args: Mapping[str, Any], default: Weighting) -> Weighting:
    """The weighting that a `weights` argument amounts to while planning, the scorecard's where there is none."""
    given = args.get("weights")
    if given is None:
        return default
    return weighting({DIMENSION_ARGUMENTS[name]: weight for name, weight in given.items() if weight is not None})


def weights_key(weights: Weighting) -> tuple[float, ...]:
    """A weighting as a value that can be looked up."""
    return tuple(weights[dimension] for dimension in Dimension)


@strawberry.type(description="What one dimension adds to a rank.")
class Contribution:
    """One term of the weighted mean."""

    dimension: Dimension = strawberry.field(description="The dimension that is weighed.")
    score: float = strawberry.field(description="The artifact's score on it, 0 to 1, unrounded.")
    weight: float = strawberry.field(description="Its share of the weight of all known scores; the shares add up to 1.")
    points: float = strawberry.field(description="100 times score times weight; all points add up to `exact`.")

    @classmethod
    def of(cls, rule: ContributionRule) -> "Contribution":
        """As the rules work it out."""
        return cls(dimension=rule.dimension, score=rule.score, weight=rule.weight, points=rule.points)


@dataclass(frozen=True, slots=True)
class RankTarget:
    """What the parts of a rank ask for while planning. `weights` is None where the scorecard's are used."""

    needs: ArtifactNeeds
    weights: Weighting | None


def _contributions(selected: Selected) -> None:
    selected.target.needs.read(f"score.{dimension.name}" for dimension in Dimension)


def _position(selected: Selected) -> None:
    target: RankTarget = selected.target
    if target.weights is None:
        target.needs.columns.update(("position", "ranked"))
    else:
        selected.needs.takes_long = True
        target.needs.positions[weights_key(target.weights)] = target.weights


@strawberry.type(description="Where an artifact stands: 100 times the weighted mean of its known scores.")
class Rank:
    """A rank under one weighting."""

    exact: float = strawberry.field(description="From 0 to 100, unrounded: what ranks are compared by.")
    terms: strawberry.Private[Callable[[], list[ContributionRule]]]
    place: strawberry.Private[Callable[[], tuple[int, int]]]

    @strawberry.field(description="From 0 to 100, rounded for people to read.")
    def value(self) -> int:
        """The rounded rank."""
        return rounded(self.exact)

    @strawberry.field(
        description="Its place among the ranked artifacts of its kind, 1 for the best; level ones share a place. "
        "Those that have been removed are not counted; the place of one of them is the one it would have.",
        metadata=planned(_position),
    )
    def position(self) -> int:
        """One more than the number of artifacts of its kind that are ahead."""
        return self.place()[0]

    @strawberry.field(
        description="How many artifacts of its kind are ranked and have not been removed.", metadata=planned(_position)
    )
    def of(self) -> int:
        """The number of ranked artifacts of its kind."""
        return self.place()[1]

    @strawberry.field(description="What each known dimension adds to it.", metadata=planned(_contributions))
    def contributions(self) -> list[Contribution]:
        """The terms of the weighted mean."""
        return [Contribution.of(rule) for rule in self.terms()]
