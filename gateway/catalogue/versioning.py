"""Ends an import: what came in is scored and can be found, and the catalogue gets its next version."""

from datetime import UTC, date, datetime

from sqlalchemy import Connection, delete, func, insert, select

from gateway.catalogue.scoring import score, score_all
from gateway.catalogue.standing import refresh
from gateway.catalogue.storing import CATALOGUE, TABLES, Report
from gateway.search.documents import ANALYSIS
from gateway.search.indexing import bring_up_to_date
from schema.rules.scorecard import Scorecard

SEARCHED = ("searchers", "searched_since", "searched_until")
"""What the catalogue's row says of searches, of which an import brings none."""


def new_version(connection: Connection, card: Scorecard, report: Report) -> None:
    """Scores what the import changed, at the day the catalogue is scored at, and completes the report.

    The first figure with a day brings that day. Nothing happens where the import changed nothing.
    """
    old = connection.execute(select(CATALOGUE)).one_or_none()
    if old is not None and report.added + report.changed + report.removed == 0:
        report.version, report.dated_on, report.scored_on = old.version, old.dated_on, old.scored_on
        return
    report.version = 1 if old is None else old.version + 1
    report.dated_on = _newest(connection)
    report.scored_on = report.dated_on if old is None or old.scored_on is None else old.scored_on
    same = old is None or (old.scorecard, old.scored_on) == (card.version, report.scored_on)
    (score if same else score_all)(connection, card, report.scored_on)
    refresh(connection)
    bring_up_to_date(connection)
    last = connection.scalar(select(func.max(TABLES["artifact"].c.id))) or 0
    row = {
        "id": 1,
        "version": report.version,
        "scorecard": card.version,
        "dated_on": report.dated_on,
        "scored_on": report.scored_on,
        "analysis": ANALYSIS,
        "last_artifact": max(last, old.last_artifact if old else 0),
        **({} if old is None else {name: getattr(old, name) for name in SEARCHED}),
        "loaded_at": datetime.now(UTC).replace(microsecond=0),
    }
    connection.execute(delete(CATALOGUE))
    connection.execute(insert(CATALOGUE), row)
    if connection.dialect.name == "postgresql":
        # Until it has looked at what is new, its planner takes the tables to be as they were before the import.
        connection.exec_driver_sql("ANALYZE")


def _newest(connection: Connection) -> date | None:
    """The day of the newest figure that the catalogue states."""
    score = TABLES["score"]
    queries = [select(func.max(TABLES[name].c.observed_on)) for name in ("signal", "offer", "attribute")]
    queries.append(select(func.max(TABLES["superseded_score"].c.observed_on)))
    queries.append(select(func.max(score.c.observed_on)).where(score.c.scorecard.is_(None)))
    return max((day for day in map(connection.scalar, queries) if day), default=None)
