"""Works out the stored ranks anew where the scorecard is not the one that they were worked out with."""

from itertools import groupby
from operator import itemgetter

from sqlalchemy import bindparam, select, update

from gateway.database import Database
from schema.rules.scorecard import Scorecard
from schema.rules.scoring import rank
from schema.tables import METADATA

ARTIFACT, CATALOGUE, SCORE = (METADATA.tables[name] for name in ("artifact", "catalogue", "score"))
BATCH = 1_000


def rerank(database: Database, scorecard: Scorecard) -> bool:
    """Brings all ranks in step with the scorecard; whether that was needed. A new version of the catalogue, if so."""
    with database.reading() as connection:
        if connection.scalar(select(CATALOGUE.c.scorecard)) == scorecard.version:
            return False
    weights = scorecard.weights
    with database.writing() as connection:
        rows = connection.execute(
            select(SCORE.c.artifact_id, SCORE.c.dimension, SCORE.c.value).order_by(SCORE.c.artifact_id)
        ).all()
        changed = []
        for artifact_id, group in groupby(rows, key=itemgetter(0)):
            ranked = rank({dimension: value for _, dimension, value in group}, weights)
            changed.append({"of": artifact_id, "rank": ranked, "rank_order": 1.0 if ranked is None else -ranked})
        statement = update(ARTIFACT).where(ARTIFACT.c.id == bindparam("of"))
        for start in range(0, len(changed), BATCH):
            connection.execute(statement, changed[start : start + BATCH])
        connection.execute(update(CATALOGUE).values(scorecard=scorecard.version, version=CATALOGUE.c.version + 1))
    return True
