"""Reads what recorded searches say of artifacts that are compared."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select

from gateway.statements import TABLES, named
from schema.data import EvidenceRecord, Row
from schema.rules.preference import Shown, tally

CHOICE, HIT, QUERY, SEARCH = (TABLES[f"match_{name}"] for name in ("choice", "hit", "query", "search"))
MOST_SEARCHES = 20_000
"""How many searches are looked at, the latest: more would say the same a little more surely."""
LEAST_SEARCHERS = 5
"""A text is shown once so many clients have searched for it on one day. Those of several days may be the same."""
Rows = Callable[..., Sequence[Row]]


def evidence(rows: Rows, ids: Sequence[int], samples: int) -> EvidenceRecord:
    """What searches say of artifacts, by their places among `ids`, with up to so many of their texts.

    `rows` runs a statement, known by a key, with values.
    """
    columns = {id: column for column, id in enumerate(ids)}
    shown = (
        Shown(
            (row["day"], row["client"]),
            row["query_id"],
            row["list_id"],
            columns[row["artifact_id"]],
            row["place"],
            bool(row["chosen"]),
        )
        for row in rows("evidence", _shown, {"ids": list(ids)})
    )
    texts: list[str] = []
    if samples:
        found = rows("sample queries", _samples, {"ids": list(ids), "most": samples})
        texts = [row["text"] for row in found]
    return EvidenceRecord(tally(shown), texts)


def _shared() -> Select[Any]:
    """The lists that have more than one of the artifacts."""
    return (
        select(HIT.c.list_id)
        .where(HIT.c.artifact_id.in_(named("ids")))
        .group_by(HIT.c.list_id)
        .having(func.count() > 1)
    )


def _shown() -> Select[Any]:
    latest = select(SEARCH).where(SEARCH.c.list_id.in_(_shared())).order_by(SEARCH.c.day.desc()).limit(MOST_SEARCHES)
    search = latest.subquery("latest")
    choice = and_(
        CHOICE.c.day == search.c.day,
        CHOICE.c.client == search.c.client,
        CHOICE.c.query_id == search.c.query_id,
        CHOICE.c.artifact_id == HIT.c.artifact_id,
    )
    return (
        select(search, HIT.c.artifact_id, HIT.c.place, CHOICE.c.artifact_id.is_not(None).label("chosen"))
        .join(HIT, HIT.c.list_id == search.c.list_id)
        .outerjoin(CHOICE, choice)
        .where(HIT.c.artifact_id.in_(named("ids")))
    )


def _samples() -> Select[Any]:
    asked = select(SEARCH.c.query_id).where(SEARCH.c.list_id.in_(_shared()))
    enough = QUERY.c.id.in_(asked) & (QUERY.c.most_searchers >= LEAST_SEARCHERS)
    return select(QUERY.c.text).where(enough).order_by(QUERY.c.searchers.desc(), QUERY.c.text).limit(bindparam("most"))
