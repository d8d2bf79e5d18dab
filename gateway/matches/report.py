"""`gateway matches`: what is searched for, what it leads to, and what the catalogue lacks, for whoever runs it."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection, Select, func, select

from gateway.database import Database
from schema.tables import METADATA

ARTIFACT, CAPABILITY, CATALOGUE, QUERY, TOTAL = (
    METADATA.tables[name] for name in ("artifact", "capability", "catalogue", "match_query", "match_total")
)
GOOD = 0.35
"""From which score on a best hit is taken for a good match. Of the 75 questions that the ranking was tuned by, 16 score
less, and for 9 of these nothing that answers them is among the first three hits; of the 59 others for 8."""


def report(database: Database, first: int) -> dict[str, Any]:
    """The searches of the days that are kept: how many, and the first of each list."""
    with database.reading() as connection:
        row = connection.execute(select(CATALOGUE.c.searchers, CATALOGUE.c.searched_since, CATALOGUE.c.searched_until))
        searchers, since, until = row.one()
        asked = QUERY.c.searchers > 0
        return {
            "since": since,
            "until": until,
            "searches": connection.scalar(select(func.coalesce(func.sum(TOTAL.c.searches), 0))),
            "searchers": searchers,
            "queries": _first(connection, _queries().where(asked), first),
            "artifacts": _first(connection, _artifacts(), first),
            "capabilities": _first(connection, _capabilities(), first),
            "without_good_match": _first(connection, _queries().where(asked, QUERY.c.best < GOOD), first),
        }


def _first(connection: Connection, query: Select[Any], first: int) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(query.limit(first)).mappings()]


def _queries() -> Select[Any]:
    columns = QUERY.c.text, QUERY.c.searchers, QUERY.c.best
    return select(*columns).order_by(QUERY.c.searchers.desc(), QUERY.c.text)


def _artifacts() -> Select[Any]:
    columns = ARTIFACT.c.slug, ARTIFACT.c.name, ARTIFACT.c.times_matched.label("searches"), ARTIFACT.c.match_credit
    matched = select(*columns).where(ARTIFACT.c.times_matched > 0)
    return matched.order_by(ARTIFACT.c.times_matched.desc(), ARTIFACT.c.id)


def _capabilities() -> Select[Any]:
    columns = ARTIFACT.c.slug.label("artifact"), CAPABILITY.c.name, CAPABILITY.c.times_matched.label("searches")
    of_artifact = select(*columns).join(ARTIFACT, ARTIFACT.c.id == CAPABILITY.c.artifact_id)
    matched = of_artifact.where(CAPABILITY.c.times_matched > 0)
    return matched.order_by(CAPABILITY.c.times_matched.desc(), CAPABILITY.c.id)


def show(found: Mapping[str, Any], console: Console) -> None:
    """Prints the report."""
    if not found["searches"]:
        console.print("No search has been counted yet.")
        return
    console.print(
        f"{found['searches']:,} searches of {found['searchers']:,} clients, each counted once a day, "
        f"from {found['since']} to {found['until']}.",
        soft_wrap=True,
    )
    texts = ("text", "clients", "best hit"), ("text", "searchers", "best")
    _table(console, "What is searched for", *texts, found["queries"])
    names = ("artifact", "slug", "searches"), ("name", "slug", "searches")
    _table(console, "What that leads to", *names, found["artifacts"])
    names = ("capability", "of", "searches"), ("name", "artifact", "searches")
    _table(console, "Which capabilities match best", *names, found["capabilities"])
    title = f"What the catalogue lacks: nothing scores {GOOD:g}"
    _table(console, title, *texts, found["without_good_match"])


def _table(
    console: Console, title: str, heads: Sequence[str], keys: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    if not rows:
        return
    table = Table(title=title, title_justify="left", box=None, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(f"{row[key]:.2f}" if isinstance(row[key], float) else str(row[key]) for key in keys))
    console.print()
    console.print(table)
