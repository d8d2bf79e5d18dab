"""How artifacts stand against each other, worked out from their records."""

from collections.abc import Sequence

from schema.data import ArtifactRecord
from schema.rules.scoring import Scores, Standing, Weighting, rank, standing
from schema.rules.vocabulary import Dimension


def standing_of(records: Sequence[ArtifactRecord], weights: Weighting) -> Standing:
    """As the rules have it. Where the same is known of all, each stands by its own rank, which is kept with it."""
    known = [known_of(record) for record in records]
    if any(dimensions != known[0] for dimensions in known):
        return standing([scores_of(record) for record in records], weights)
    key = "rank", *weights.values()
    ranks = []
    for record in records:
        if key not in record.worked_out:
            record.worked_out[key] = rank(scores_of(record), weights)
        ranks.append(record.worked_out[key])
    return Standing(known[0] if ranks[0] is not None else (), tuple(ranks))


def known_of(record: ArtifactRecord) -> tuple[Dimension, ...]:
    """The dimensions that a score is known on, in their order."""
    found: tuple[Dimension, ...] | None = record.worked_out.get("known")
    if found is None:
        found = record.worked_out["known"] = tuple(d for d in Dimension if d in record.scores)
    return found


def scores_of(record: ArtifactRecord) -> Scores:
    """The known scores."""
    return {dimension: row["value"] for dimension, row in record.scores.items()}
