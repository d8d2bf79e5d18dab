"""The registry of comparable fields: the one place to add a row to every comparison.

The GraphQL enum, its descriptions, the table, the leaders, the terminal and the documentation follow from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from schema.rules import values
from schema.rules.values import Value
from schema.rules.vocabulary import Dimension, Direction, Pricing

Facts = Mapping[str, Any]
"""What is known of one artifact, by the names that a field's `needs` use."""

RANK_NEEDS = tuple(f"score.{dimension.name}" for dimension in Dimension)
PRICE_ORDER = {pricing: float(place) for place, pricing in enumerate(Pricing)}


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """All that the gateway knows about one comparable field.

    `needs` names what has to be read before `read` can work: `artifact.COLUMN`, or `score.DIMENSION`. The names are
    resolved at start-up; one that does not exist stops it. `unit` is the unit of the margin.
    """

    label: str
    help: str
    direction: Direction
    needs: tuple[str, ...]
    read: Callable[[Facts], Value]
    unit: str | None = None


def _score(dimension: Dimension, help: str) -> FieldSpec:
    need = f"score.{dimension.name}"
    label = dimension.name.replace("_", " ").capitalize()
    return FieldSpec(
        label,
        help,
        Direction.HIGHER_WINS,
        (need,),
        lambda facts: values.of_score(facts[need]),
        "of 1",
    )


def _column(
    label: str,
    help: str,
    column: str,
    read: Callable[[Any], Value],
    direction: Direction = Direction.UNORDERED,
    unit: str | None = None,
) -> FieldSpec:
    need = f"artifact.{column}"
    return FieldSpec(label, help, direction, (need,), lambda facts: read(facts[need]), unit)


class ComparableField(Enum):
    """A row of the comparison table."""

    spec: FieldSpec
    """What the registry says about it."""

    def __init__(self, spec: FieldSpec) -> None:
        self.spec = spec

    KIND = _column("Type", "What sort of thing each artifact is.", "kind", values.of_term)
    RANK = FieldSpec(
        "Rank",
        "100 times the weighted mean of the scores that are known for all artifacts compared.",
        Direction.HIGHER_WINS,
        RANK_NEEDS,
        lambda facts: values.of_rank(facts["rank"]),
        "points",
    )
    ADOPTION = _score(Dimension.ADOPTION, "How much each is used, as a score from 0 to 1.")
    QUALITY = _score(Dimension.QUALITY, "How well each does its job, as a score from 0 to 1.")
    ECOSYSTEM = _score(Dimension.ECOSYSTEM, "What stands around each, as a score from 0 to 1.")
    MATCH_GRAPH = _score(Dimension.MATCH_GRAPH, "How often searches led to each and people chose it, from 0 to 1.")
    FRESHNESS = _score(Dimension.FRESHNESS, "How recently each changed, as a score from 0 to 1.")
    PRICING = _column(
        "Pricing",
        "What each costs to use; free leads freemium, freemium leads paid.",
        "pricing",
        lambda pricing: values.of_term(pricing, PRICE_ORDER.get(pricing)),
        Direction.LOWER_WINS,
    )
    LICENSE = _column(
        "License", "The licence each is given under, as an SPDX expression or as stated.", "license", values.of_text
    )
    AVAILABILITY = _column("Availability", "Whether one can get each of them at all.", "availability", values.of_term)
    CAPABILITY_COUNT = _column(
        "Capabilities",
        "How many capabilities the catalogue takes each apart into.",
        "capability_count",
        values.of_count,
        Direction.HIGHER_WINS,
        "capabilities",
    )
    TIMES_MATCHED = _column(
        "Times matched",
        "How many recorded searches led to each.",
        "times_matched",
        values.of_count,
        Direction.HIGHER_WINS,
        "searches",
    )
    RELEASED_ON = _column(
        "Released", "The day each was first published.", "released_on", values.of_date, Direction.NEWER_WINS, "days"
    )
    UPDATED_ON = _column(
        "Updated", "The day each last changed.", "updated_on", values.of_date, Direction.NEWER_WINS, "days"
    )


SCORE_FIELDS = {dimension: ComparableField[dimension.name] for dimension in Dimension}
"""The comparable field that shows each dimension's score."""
