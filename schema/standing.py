"""How artifacts stand against each other, worked out from their records."""

from collections.abc import Sequence
from typing import NamedTuple

from schema.data import ArtifactRecord, Data
from schema.rules.once import once
from schema.rules.scoring import Standing, Weighting, rank, standing
from schema.rules.vocabulary import Dimension


class Compared:
    """The artifacts of a comparison, and what several of its parts are worked out from."""

    def __init__(self, records: Sequence[ArtifactRecord], data: Data) -> None:
        self.records = records
        self.data = data

    @once
    def standing(self) -> Standing:
        """How they stand under the weights of the scorecard."""
        return standing_of(self.records, self.data.scorecard.weights)


class Own(NamedTuple):
    """How an artifact stands by itself under some weights: its scores on the dimensions known of it, and its rank."""

    weights: Weighting
    known: tuple[Dimension, ...]
    points: tuple[float, ...]
    rank: float | None


def standing_of(records: Sequence[ArtifactRecord], weights: Weighting) -> Standing:
    """As the rules have it. Where the same is known of all, each stands by its own rank, which is kept with it."""
    own = [own_standing(record, weights) for record in records]
    known = own[0].known
    for one in own:
        if one.known != known:
            return standing([dict(zip(one.known, one.points, strict=True)) for one in own], weights)
    if own[0].rank is None:
        return Standing((), (None,) * len(own), [()] * len(own))
    return Standing(known, tuple([one.rank for one in own]), [one.points for one in own])


def own_standing(record: ArtifactRecord, weights: Weighting) -> Own:
    """How an artifact stands by itself, kept with its record for the weights that were asked for last."""
    found: Own | None = record.worked_out.get(Own)
    if found is None or (found.weights is not weights and found.weights != weights):
        scores = {d: record.scores[d]["value"] for d in Dimension if d in record.scores}
        found = record.worked_out[Own] = Own(weights, tuple(scores), tuple(scores.values()), rank(scores, weights))
    return found
