"""How artifacts stand against each other, worked out from their records."""

from collections.abc import Sequence
from dataclasses import dataclass

from schema.artifact import artifact_of
from schema.data import ArtifactRecord, Data, EvidenceRecord
from schema.rules.once import once
from schema.rules.scoring import Standing, Weighting, rank, standing
from schema.rules.vocabulary import Dimension


class Compared:
    """The artifacts of a comparison, and what several of its parts are worked out from."""

    def __init__(self, records: Sequence[ArtifactRecord], data: Data) -> None:
        self.records = records
        self.data = data
        self.artifacts = list(map(artifact_of, records))

    @property
    def evidence(self) -> EvidenceRecord:
        """What searches say of them."""
        return self.data.evidence(self.records)

    @once
    def standing(self) -> Standing:
        """How they stand under the weights of the scorecard."""
        return standing_of(self.records, self.data.scorecard.weights)


@dataclass(slots=True)
class Own:
    """How an artifact stands by itself under some weights: its scores on the dimensions known of it, and its rank."""

    weights: Weighting
    known: tuple[Dimension, ...]
    points: tuple[float, ...]
    rank: float | None


def standing_of(records: Sequence[ArtifactRecord], weights: Weighting) -> Standing:
    """As the rules have it. Where the same is known of all, each stands by its own rank, which is kept with it."""
    known, ranks, points = None, [], []
    for record in records:
        own = record.worked_out.get(Own)
        if own is None or own.weights is not weights:
            own = own_standing(record, weights)
        if own.known != known:
            if known is not None:
                return standing([scores_of(record) for record in records], weights)
            known = own.known
        ranks.append(own.rank)
        points.append(own.points)
    if known is None or None in ranks:
        return Standing((), (None,) * len(ranks), [()] * len(ranks))
    return Standing(known, tuple(ranks), points)


def own_standing(record: ArtifactRecord, weights: Weighting) -> Own:
    """How an artifact stands by itself, kept with its record for the weights that were asked for last."""
    found: Own | None = record.worked_out.get(Own)
    if found is None or (found.weights is not weights and found.weights != weights):
        scores = scores_of(record)
        found = record.worked_out[Own] = Own(weights, tuple(scores), tuple(scores.values()), rank(scores, weights))
    return found


def scores_of(record: ArtifactRecord) -> dict[Dimension, float]:
    """The known scores, in the order of the dimensions."""
    own: Own | None = record.worked_out.get(Own)
    if own is not None:
        return dict(zip(own.known, own.points, strict=True))
    return {d: record.scores[d]["value"] for d in Dimension if d in record.scores}
