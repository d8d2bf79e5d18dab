"""What recorded searches and choices come to, inside a transaction that someone else opens and closes.

Only what may change is counted: the days of the clients that new events are of. What these came to is taken off before
the events are stored, and what they come to is added afterwards, so that events that are stored already change nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    MetaData,
    Table,
    TextClause,
    bindparam,
    delete,
    func,
    select,
    text,
)

from schema.rules.matching import CHOSEN, UNITS
from schema.tables import METADATA

CHOICE, HIT, TOTAL = (METADATA.tables[f"match_{name}"] for name in ("choice", "hit", "total"))
BATCH = 500
TOUCHED = Table(
    "match_touched",
    MetaData(),
    Column("day", Date, primary_key=True),
    Column("client", BigInteger, primary_key=True),
    prefixes=["TEMPORARY"],
)
"""The days of clients that new events are of."""

SEEN = """
    SELECT s.day, s.client, s.query_id, h.artifact_id{capability}, min(h.place) AS place
    FROM match_touched t
    JOIN match_search s ON s.day = t.day AND s.client = t.client
    JOIN match_hit h ON h.list_id = s.list_id
    GROUP BY s.day, s.client, s.query_id, h.artifact_id{capability}
"""
OF_ARTIFACTS = f"""
    SELECT artifact_id, '' AS capability, day, sum(searches) AS searches,
        sum(CASE WHEN chosen > 0 THEN {CHOSEN * UNITS} ELSE {UNITS} / place END) AS credit
    FROM (
        SELECT seen.day, seen.artifact_id, seen.client, count(*) AS searches, min(seen.place) AS place,
            count(c.client) AS chosen
        FROM ({SEEN.format(capability="")}) AS seen
        LEFT JOIN match_choice c ON c.day = seen.day AND c.client = seen.client AND c.query_id = seen.query_id
            AND c.artifact_id = seen.artifact_id
        GROUP BY seen.day, seen.artifact_id, seen.client
    ) AS by_client
    GROUP BY artifact_id, day
"""  # noqa: S608, ours
"""The formula of `schema.rules.matching.credit`, for all clients of a day."""
OF_CAPABILITIES = f"""
    SELECT artifact_id, capability, day, count(*) AS searches, 0 AS credit
    FROM ({SEEN.format(capability=", h.capability")}) AS seen
    WHERE capability <> '' GROUP BY artifact_id, capability, day
"""  # noqa: S608, ours
CHANGED = """
    INSERT INTO match_day (artifact_id, capability, day, searches, credit)
    SELECT artifact_id, capability, day, {sign} searches, {sign} credit FROM ({counted}) AS counted WHERE true
    ON CONFLICT (artifact_id, capability, day) DO UPDATE SET
        searches = match_day.searches + excluded.searches, credit = match_day.credit + excluded.credit
"""
OF_ALL_DAYS = "SELECT coalesce(sum({what}), 0) FROM match_day d WHERE d.artifact_id = {of} AND d.capability = {which}"
ARTIFACT_TOTALS = f"""
    UPDATE artifact SET
        times_matched = ({OF_ALL_DAYS.format(what="d.searches", of="artifact.id", which="''")}),
        match_credit = ({OF_ALL_DAYS.format(what="d.credit", of="artifact.id", which="''")}) / {UNITS}.0
    WHERE id IN :ids
"""  # noqa: S608, ours
OF_CAPABILITY = OF_ALL_DAYS.format(what="d.searches", of="capability.artifact_id", which="capability.slug")
CAPABILITY_TOTALS = f"UPDATE capability SET times_matched = ({OF_CAPABILITY}) WHERE artifact_id IN :ids"  # noqa: S608, ours
QUERY_TOTALS = """
    UPDATE match_query SET
        searchers = (SELECT count(*) FROM (
            SELECT DISTINCT s.day, s.client FROM match_search s WHERE s.query_id = match_query.id) AS asked),
        most_searchers = (SELECT coalesce(max(clients), 0) FROM (
            SELECT count(DISTINCT s.client) AS clients FROM match_search s
            WHERE s.query_id = match_query.id GROUP BY s.day
        ) AS by_day)
    WHERE id IN :ids
"""
DAY_FORGOTTEN = "DELETE FROM match_total WHERE day = :day"
TOTAL_OF_DAY = """
    INSERT INTO match_total (day, searches, searchers)
    SELECT :day, searches, searchers FROM (
        SELECT count(*) AS searches, count(DISTINCT client) AS searchers
        FROM (SELECT DISTINCT client, query_id FROM match_search WHERE day = :day) AS asked
    ) AS counted WHERE searches > 0
"""


def take_off(connection: Connection) -> None:
    """Takes off what the days of clients that are in `TOUCHED` come to."""
    _change(connection, "-")


def add(connection: Connection) -> None:
    """Adds what the days of clients that are in `TOUCHED` come to."""
    _change(connection, "+")


def _change(connection: Connection, sign: str) -> None:
    for counted in (OF_ARTIFACTS, OF_CAPABILITIES):
        connection.execute(text(CHANGED.format(sign=sign, counted=counted)))


def count_days(connection: Connection, days: Iterable[date]) -> None:
    """Counts all searches of some days, and the clients that they are of."""
    for day in days:
        for statement in (DAY_FORGOTTEN, TOTAL_OF_DAY):
            connection.execute(text(statement).bindparams(bindparam("day", type_=Date())), {"day": day})


def count_totals(connection: Connection, artifacts: Iterable[int]) -> None:
    """Adds up the days of some artifacts and their capabilities."""
    for ids in batches(artifacts):
        connection.execute(_of_ids(ARTIFACT_TOTALS), {"ids": ids})
        connection.execute(_of_ids(CAPABILITY_TOTALS), {"ids": ids})


def forget_matches(connection: Connection, artifacts: Iterable[int]) -> None:
    """Takes out what led to artifacts that are about to go: another may get the id of one some day."""
    for ids in batches(artifacts):
        for table in (HIT, CHOICE):
            connection.execute(delete(table).where(table.c.artifact_id.in_(ids)))


def count_queries(connection: Connection, queries: Iterable[int]) -> None:
    """Counts who searched for some texts."""
    for ids in batches(queries):
        connection.execute(_of_ids(QUERY_TOTALS), {"ids": ids})


def totals(connection: Connection) -> dict[str, Any]:
    """What the catalogue's row says of searches."""
    days = select(func.coalesce(func.sum(TOTAL.c.searchers), 0), func.min(TOTAL.c.day), func.max(TOTAL.c.day))
    searchers, since, until = connection.execute(days).one()
    return {"searchers": searchers, "searched_since": since, "searched_until": until}


def _of_ids(statement: str) -> TextClause:
    return text(statement).bindparams(bindparam("ids", expanding=True))


def batches(ids: Iterable[int]) -> Iterable[Sequence[int]]:
    """The ids in their order, some at a time."""
    ordered = sorted(ids)
    return (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))
