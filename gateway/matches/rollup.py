"""Brings counts up to date: takes the events that wait into the match graph, and lets go of what is too old."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import orjson
from sqlalchemy import Connection, delete, select, update

from gateway.catalogue.scoring import score, score_all
from gateway.catalogue.standing import refresh
from gateway.database import Database
from gateway.matches.counting import TOUCHED, add, batches, count_days, count_queries, count_totals, take_off, totals
from gateway.matches.events import list_id
from gateway.matches.inbox import Inbox
from gateway.search.adding import add as add_rows
from gateway.search.indexing import put_in_order
from schema.rules.matching import known
from schema.rules.relevance import told_apart
from schema.rules.scorecard import Scorecard
from schema.tables import METADATA

ARTIFACT, CAPABILITY, CATALOGUE, DOCUMENT, CHOICE, DAY, HIT, QUERY, SEARCH, TOTAL = (
    METADATA.tables[name]
    for name in (
        *("artifact", "capability", "catalogue", "search_document"),
        *("match_choice", "match_day", "match_hit", "match_query", "match_search", "match_total"),
    )
)
_add = partial(add_rows, known="ON CONFLICT DO NOTHING")
"""Adds rows, but for those that are there already."""
MOST_AT_ONCE = 20_000
"""How many events one transaction takes in."""
BATCH = 500


@dataclass(slots=True)
class _Touched:
    """What has to be counted."""

    days: set[date] = field(default_factory=set)
    artifacts: set[int] = field(default_factory=set)
    queries: set[int] = field(default_factory=set)


def roll_up(database: Database, inbox: Inbox, card: Scorecard, first_day: date) -> bool:
    """Counts events that wait; whether all of them were taken in.

    What is older than the first day that is kept goes. The catalogue gets a new version where anything has changed.
    Events are taken out of the inbox once they are counted for good: those of which it is not known are counted again,
    which changes nothing.
    """
    waiting = inbox.read(MOST_AT_ONCE)
    if not waiting and not has_older(database, first_day):
        return True
    with database.writing() as connection:
        touched = _Touched()
        events = [orjson.loads(one.event) for one in waiting]
        events = [one for one in events if one["day"] >= first_day.isoformat()]
        TOUCHED.create(connection)
        _add(connection, "match_touched", ("day", "client"), [(one["day"], one["client"]) for one in events])
        take_off(connection)
        _take_in(connection, events, touched)
        add(connection)
        TOUCHED.drop(connection)
        _let_go(connection, first_day, touched)
        _count(connection, card, touched)
    inbox.remove([one.id for one in waiting])
    return len(waiting) < MOST_AT_ONCE


def has_older(database: Database, first_day: date) -> bool:
    """Whether anything is stored of days before some day."""
    with database.reading() as connection:
        return any(
            connection.scalar(select(table.c.day).where(table.c.day < first_day).limit(1)) is not None
            for table in (SEARCH, CHOICE)
        )


def _take_in(connection: Connection, events: Sequence[dict[str, Any]], touched: _Touched) -> None:
    queries = _query_ids(connection, events)
    named = {hit[0] for event in events for hit in event.get("hits", ())}
    named |= {event["chosen"] for event in events if "chosen" in event}
    slugs = _slugs(connection, sorted(named))
    searches, choices = [], []
    hits: dict[int, list[tuple[int, int, str]]] = {}
    for event in events:
        client, query = event["client"], queries[event["text"]]
        if "chosen" in event:
            if event["chosen"] in slugs:
                choices.append((event["day"], client, query, event["chosen"]))
                touched.artifacts.add(event["chosen"])
            continue
        of_list = [(id, place, slugs[id].get(which, "")) for id, place, which in event["hits"] if id in slugs]
        number = list_id(of_list)
        hits[number] = of_list
        searches.append((event["day"], client, query, number))
        touched.days.add(date.fromisoformat(event["day"]))
        touched.artifacts.update(id for id, _, _ in of_list)
        touched.queries.add(query)
    _add(
        connection,
        "match_hit",
        ("list_id", "artifact_id", "place", "capability"),
        [(number, *hit) for number, of_list in hits.items() for hit in of_list],
    )
    _add(connection, "match_search", ("day", "client", "query_id", "list_id"), searches)
    _add(connection, "match_choice", ("day", "client", "query_id", "artifact_id"), choices)
    best = {queries[event["text"]]: event["best"] for event in events if "best" in event}
    for id, score_of_best in best.items():
        connection.execute(update(QUERY).where(QUERY.c.id == id).values(best=score_of_best))


def _query_ids(connection: Connection, events: Sequence[dict[str, Any]]) -> dict[str, int]:
    texts = sorted({event["text"] for event in events})
    found = _known_queries(connection, texts)
    # Each row that is not added, as it is there, would use a number up all the same.
    new = [text for text in texts if text not in found]
    columns = ("text", "searchers", "most_searchers", "best")
    _add(connection, "match_query", columns, [(text, 0, 0, 0.0) for text in new])
    return found | _known_queries(connection, new)


def _known_queries(connection: Connection, texts: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(texts), BATCH):
        some = select(QUERY.c.text, QUERY.c.id).where(QUERY.c.text.in_(texts[start : start + BATCH]))
        found |= {row.text: row.id for row in connection.execute(some)}
    return found


def _slugs(connection: Connection, ids: Sequence[int]) -> dict[int, dict[int | None, str]]:
    """The capabilities' slugs by what tells them apart, of those artifacts that there still are."""
    found: dict[int, dict[int | None, str]] = {}
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        slugs: dict[int, list[str]] = {id: [] for id in some}
        capability = select(CAPABILITY.c.artifact_id, CAPABILITY.c.slug).where(CAPABILITY.c.artifact_id.in_(some))
        for id, slug in connection.execute(capability.order_by(CAPABILITY.c.artifact_id, CAPABILITY.c.position)):
            slugs[id].append(slug)
        documents = select(DOCUMENT.c.artifact_id, DOCUMENT.c.capabilities).where(DOCUMENT.c.artifact_id.in_(some))
        for id, capabilities in connection.execute(documents):
            found[id] = dict(zip(told_apart(capabilities), slugs[id], strict=False))
    return found


def _let_go(connection: Connection, first_day: date, touched: _Touched) -> None:
    """Takes out what is older than some day, and what only that has led to."""
    old = DAY.c.day < first_day
    touched.artifacts.update(connection.scalars(select(DAY.c.artifact_id).where(old).distinct()))
    touched.queries.update(connection.scalars(select(SEARCH.c.query_id).where(SEARCH.c.day < first_day).distinct()))
    gone = sum(connection.execute(delete(table).where(table.c.day < first_day)).rowcount for table in (SEARCH, CHOICE))
    for table in (DAY, TOTAL):
        connection.execute(delete(table).where(table.c.day < first_day))
    if gone:
        connection.execute(delete(HIT).where(HIT.c.list_id.not_in(select(SEARCH.c.list_id))))
        unasked = QUERY.c.id.not_in(select(SEARCH.c.query_id)) & QUERY.c.id.not_in(select(CHOICE.c.query_id))
        connection.execute(delete(QUERY).where(unasked))


def _count(connection: Connection, card: Scorecard, touched: _Touched) -> None:
    count_days(connection, touched.days)
    count_totals(connection, touched.artifacts)
    count_queries(connection, touched.queries)
    before = connection.execute(select(CATALOGUE.c.searchers, CATALOGUE.c.scored_on)).one()
    now = totals(connection)
    connection.execute(update(CATALOGUE).values(now | {"version": CATALOGUE.c.version + 1}))
    if known(now["searchers"]) != known(before.searchers):
        score_all(connection, card, before.scored_on)
        put_in_order(connection)
    elif known(now["searchers"]):
        for some in batches(touched.artifacts):
            connection.execute(update(ARTIFACT).where(ARTIFACT.c.id.in_(some)).values(to_score=True))
        score(connection, card, before.scored_on)
        for some in batches(touched.artifacts):
            put_in_order(connection, some)
    else:
        return
    refresh(connection)
