"""Works out the stored scores and ranks: from what the catalogue states, or else from its figures by the scorecard.

All scores are worked out at one day, the catalogue's `scored_on`, so that no rank moves by itself as time goes by.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, func, insert, select, update

from gateway.catalogue.rows import rank_order
from gateway.catalogue.standing import refresh
from gateway.database import Database
from gateway.errors import UsageError
from gateway.search.documents import ANALYSIS
from gateway.search.indexing import bring_up_to_date
from schema.rules.deriving import Evidence, derive
from schema.rules.matching import SEARCHERS, known
from schema.rules.scorecard import PROVIDERS, Scorecard
from schema.rules.scoring import rank
from schema.rules.vocabulary import Basis, Dimension
from schema.tables import METADATA

ARTIFACT, CATALOGUE, OFFER, SCORE, SIGNAL, SOURCE, SUPERSEDED, TOPIC = (
    METADATA.tables[name]
    for name in ("artifact", "catalogue", "offer", "score", "signal", "source", "superseded_score", "topic")
)
BATCH = 500
Ids = list[int]


def score(connection: Connection, card: Scorecard, as_of: date | None) -> int:
    """Scores and ranks every artifact that is marked `to_score`, and takes the mark off; how many there were."""
    scorer = _Scorer(connection, card, as_of)
    count, last = 0, 0
    while True:
        waiting = (
            select(*(ARTIFACT.c[name] for name in ("id", "kind", "updated_on", "released_on", "match_credit")))
            .where(ARTIFACT.c.to_score, ARTIFACT.c.id > last)
            .order_by(ARTIFACT.c.id)
            .limit(BATCH)
        )
        rows = connection.execute(waiting).all()
        if not rows:
            return count
        scorer.score(rows)
        count, last = count + len(rows), rows[-1].id


def score_all(connection: Connection, card: Scorecard, as_of: date | None) -> int:
    """Scores and ranks every artifact anew; how many there are."""
    connection.execute(update(ARTIFACT).values(to_score=True))
    return score(connection, card, as_of)


def scored_anew(database: Database, card: Scorecard) -> bool:
    """Brings scores and ranks in step with the scorecard; whether that was needed. A new version, if so."""
    with database.reading() as connection:
        if connection.scalar(select(CATALOGUE.c.scorecard)) == card.version:
            return False
    with database.writing() as connection:
        stored = connection.execute(select(CATALOGUE)).one()
        _moved(connection, card, stored.scored_on or stored.dated_on)
    return True


def rescore(database: Database, card: Scorecard, as_of: date | None = None) -> tuple[date | None, date | None, int]:
    """Scores the whole catalogue at another day: that of its newest figure where none is given.

    Returns the day it was scored at before, the day it is scored at now, and the catalogue's version. Where the day
    stays, nothing is touched. Raises UsageError (NO_CATALOGUE).
    """
    with database.writing() as connection:
        stored = connection.execute(select(CATALOGUE)).one_or_none()
        if stored is None:
            raise UsageError("NO_CATALOGUE", "The database holds no catalogue yet; import one first.")
        day = as_of or stored.dated_on
        if (day, card.version) == (stored.scored_on, stored.scorecard):
            return stored.scored_on, day, stored.version
        _moved(connection, card, day)
        return stored.scored_on, day, stored.version + 1


def _moved(connection: Connection, card: Scorecard, day: date | None) -> None:
    score_all(connection, card, day)
    refresh(connection)
    bring_up_to_date(connection)
    row = {"scorecard": card.version, "scored_on": day, "analysis": ANALYSIS}
    connection.execute(update(CATALOGUE).values(row | {"version": CATALOGUE.c.version + 1}))


class _Scorer:
    def __init__(self, connection: Connection, card: Scorecard, as_of: date | None) -> None:
        self.connection = connection
        self.card = card
        self.as_of = as_of
        self.source_id: int | None = None
        searched = connection.execute(select(CATALOGUE.c.searchers, CATALOGUE.c.searched_until)).one_or_none()
        self.searched_until = searched.searched_until if searched and known(searched.searchers) else None
        self.ranks = update(ARTIFACT).where(ARTIFACT.c.id == bindparam("of"))

    def score(self, rows: Any) -> None:
        ids = [row.id for row in rows]
        self.connection.execute(delete(SCORE).where(SCORE.c.artifact_id.in_(ids), SCORE.c.scorecard.is_not(None)))
        stated = self._stated(ids)
        series = self._series([id for id in ids if id not in stated])
        if self.searched_until is not None:
            for row in rows:
                series[row.id][SEARCHERS].append((self.searched_until, row.match_credit))
        derived_rows, ranks = [], []
        for row in rows:
            scores = stated.get(row.id, {})
            if not scores or self.searched_until is not None:
                # Of one that scores are stated of, searches are all that is looked at.
                changed_on = None if scores else row.updated_on or row.released_on
                derived = derive(self.card, Evidence(row.kind, changed_on, series[row.id]), self.as_of)
                scores = scores | {dimension: item.value for dimension, item in derived.items()}
                derived_rows += [
                    {
                        "artifact_id": row.id,
                        "dimension": dimension,
                        "value": item.value,
                        "basis": Basis.DERIVED,
                        "observed_on": item.observed_on,
                        "scorecard": self.card.version,
                        "source_id": self._source(),
                    }
                    for dimension, item in derived.items()
                ]
            ranked = rank(scores, self.card.weights)
            ranks.append({"of": row.id, "rank": ranked, "rank_order": rank_order(ranked), "to_score": False})
        if derived_rows:
            self.connection.execute(insert(SCORE), derived_rows)
        self.connection.execute(self.ranks, ranks)
        order = select(ARTIFACT.c.rank_order).where(ARTIFACT.c.id == TOPIC.c.artifact_id).scalar_subquery()
        tasks = update(TOPIC).where(TOPIC.c.artifact_id.in_(ids), TOPIC.c.is_task)
        self.connection.execute(tasks.values(rank_order=order))

    def _stated(self, ids: Ids) -> dict[int, dict[Any, float]]:
        """The scores that the catalogue states, but for those that this gateway's own figures stand in for.

        These are set aside, and those that no figures stand in for any more are set back.
        """
        of_these = SCORE.c.artifact_id.in_(ids)
        self._move(SUPERSEDED, SCORE, SUPERSEDED.c.artifact_id.in_(ids))
        if self.searched_until is not None:
            self._move(SCORE, SUPERSEDED, of_these & (SCORE.c.dimension == Dimension.MATCH_GRAPH))
        found: dict[int, dict[Any, float]] = defaultdict(dict)
        for id, dimension, value in self.connection.execute(
            select(SCORE.c.artifact_id, SCORE.c.dimension, SCORE.c.value).where(of_these)
        ):
            found[id][dimension] = value
        return found

    def _move(self, source: Table, target: Table, which: ColumnElement[bool]) -> None:
        names = SUPERSEDED.c.keys()
        rows = select(*(source.c[name] for name in names)).where(which)
        self.connection.execute(insert(target).from_select(names, rows))
        self.connection.execute(delete(source).where(which))

    def _series(self, ids: Ids) -> dict[int, dict[str, list[tuple[date, float]]]]:
        found: dict[int, dict[str, list[tuple[date, float]]]] = defaultdict(lambda: defaultdict(list))
        figures = select(SIGNAL.c.artifact_id, SIGNAL.c.name, SIGNAL.c.observed_on, SIGNAL.c.value).where(
            SIGNAL.c.artifact_id.in_(ids), SIGNAL.c.name.in_(self.card.signals)
        )
        for id, name, day, value in self.connection.execute(figures):
            found[id][name].append((day, value))
        sellers = (
            select(OFFER.c.artifact_id, func.max(OFFER.c.observed_on), func.count(OFFER.c.provider.distinct()))
            .where(OFFER.c.artifact_id.in_(ids))
            .group_by(OFFER.c.artifact_id)
        )
        for id, day, count in self.connection.execute(sellers):
            found[id][PROVIDERS].append((day, count))
        return found

    def _source(self) -> int:
        """The scorecard as a source: it says so, and the signals of a score say by what."""
        if self.source_id is None:
            named = {"title": f"Scorecard {self.card.version} of this gateway", "url": ""}
            where = select(SOURCE.c.id).where(SOURCE.c.title == named["title"], SOURCE.c.url == "")
            self.source_id = self.connection.scalar(where)
            if self.source_id is None:
                self.connection.execute(insert(SOURCE), [named])
                self.source_id = self.connection.scalar(where)
        assert self.source_id is not None
        return self.source_id
