"""How artifacts stand against each other, worked out from their records."""

from collections.abc import Sequence

from schema.data import ArtifactRecord
from schema.rules.scoring import Scores, Standing, Weighting, rank, standing
from schema.rules.vocabulary import Dimension


def standing_of(records: Sequence[ArtifactRecord], weights: Weighting) -> Standing:
    """As the rules have it. Where the same is known of all, each stands by its own rank, which is kept with it."""
    known = known_of(records[0])
    for record in records:
        if known_of(record) != known:
            return standing([scores_of(record) for record in records], weights)
    key = tuple(weights.values())
    ranks = tuple([_own_rank(record, key, weights) for record in records])
    return Standing(known if ranks[0] is not None else (), ranks)


def _own_rank(record: ArtifactRecord, key: tuple[float, ...], weights: Weighting) -> float | None:
    if key not in record.worked_out:
        record.worked_out[key] = rank(scores_of(record), weights)
    found: float | None = record.worked_out[key]
    return found


def known_of(record: ArtifactRecord) -> tuple[Dimension, ...]:
    """The dimensions that a score is known on, in their order."""
    found: tuple[Dimension, ...] | None = record.worked_out.get("known")
    if found is None:
        found = record.worked_out["known"] = tuple(d for d in Dimension if d in record.scores)
    return found


def scores_of(record: ArtifactRecord) -> Scores:
    """The known scores."""
    return {dimension: row["value"] for dimension, row in record.scores.items()}
