"""What recorded searches and choices come to, inside a transaction that someone else opens and closes.

A day is counted anew from what is stored of it, so counting twice changes nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Date, TextClause, bindparam, delete, func, select, text

from schema.rules.matching import CHOSEN
from schema.tables import METADATA

TABLES = METADATA.tables
CHOICE, HIT, TOTAL = (TABLES[f"match_{name}"] for name in ("choice", "hit", "total"))
DAY = bindparam("day", type_=Date())
BATCH = 500

SEEN = """
    SELECT s.client, s.query_id, h.artifact_id{capability}, min(h.place) AS place
    FROM match_search s JOIN match_hit h ON h.list_id = s.list_id
    WHERE s.day = :day AND h.artifact_id IN :ids
    GROUP BY s.client, s.query_id, h.artifact_id{capability}
"""
FORGOTTEN = "DELETE FROM match_day WHERE day = :day AND artifact_id IN :ids"
OF_ARTIFACTS = f"""
    INSERT INTO match_day (artifact_id, capability, day, searches, credit)
    SELECT artifact_id, '', :day, sum(searches), sum(CASE WHEN chosen > 0 THEN {CHOSEN} ELSE 1.0 / place END)
    FROM (
        SELECT seen.artifact_id, seen.client, count(*) AS searches, min(seen.place) AS place, count(c.client) AS chosen
        FROM ({SEEN.format(capability="")}) seen
        LEFT JOIN match_choice c ON c.day = :day AND c.client = seen.client AND c.query_id = seen.query_id
            AND c.artifact_id = seen.artifact_id
        GROUP BY seen.artifact_id, seen.client
    ) AS by_client
    GROUP BY artifact_id
"""  # noqa: S608, ours
"""The formula of `schema.rules.matching.credit`, for all clients of a day."""
OF_CAPABILITIES = f"""
    INSERT INTO match_day (artifact_id, capability, day, searches, credit)
    SELECT artifact_id, capability, :day, count(*), 0.0
    FROM ({SEEN.format(capability=", h.capability")}) seen WHERE capability <> '' GROUP BY artifact_id, capability
"""  # noqa: S608, ours
OF_ALL_DAYS = "SELECT coalesce(sum({what}), 0) FROM match_day d WHERE d.artifact_id = {of} AND d.capability = {which}"
ARTIFACT_TOTALS = f"""
    UPDATE artifact SET
        times_matched = ({OF_ALL_DAYS.format(what="d.searches", of="artifact.id", which="''")}),
        match_credit = ({OF_ALL_DAYS.format(what="d.credit", of="artifact.id", which="''")})
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
TOTAL_OF_DAY = """
    INSERT INTO match_total (day, searches, searchers)
    SELECT :day, searches, searchers FROM (
        SELECT count(*) AS searches, count(DISTINCT client) AS searchers
        FROM (SELECT DISTINCT client, query_id FROM match_search WHERE day = :day) AS asked
    ) AS counted WHERE searches > 0
"""


def count_day(connection: Connection, day: date, artifacts: Iterable[int]) -> None:
    """Counts a day's searches: all of them, and those that led to some artifacts."""
    for statement in ("DELETE FROM match_total WHERE day = :day", TOTAL_OF_DAY):
        connection.execute(text(statement).bindparams(DAY), {"day": day})
    for ids in batches(artifacts):
        values = {"day": day, "ids": ids}
        for statement in (FORGOTTEN, OF_ARTIFACTS, OF_CAPABILITIES):
            connection.execute(_of_ids(statement).bindparams(DAY), values)


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
