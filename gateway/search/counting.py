"""Keeps how many documents have each term, inside a transaction that someone else opens and closes."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection

from gateway.search.adding import add
from gateway.search.documents import BETWEEN, THEN, Document

NO_TERMS = {BETWEEN.strip(), THEN.strip()}


def count(connection: Connection, documents: Iterable[Document], each: int) -> None:
    """Counts documents that have come, with `each` 1, or that go, with -1."""
    counted: Counter[str] = Counter()
    for one in documents:
        counted.update(set(" ".join(one).split()) - NO_TERMS)
    # In one order, so that two imports cannot wait for each other's terms.
    rows = [(term, each * times) for term, times in sorted(counted.items())]
    grown = "ON CONFLICT (term) DO UPDATE SET documents = search_term.documents + excluded.documents"
    add(connection, "search_term", ("term", "documents"), rows, grown)


def count_all(connection: Connection) -> None:
    """Counts all documents anew, by the databases' own indexes: a small part of the work that counting each is."""
    run = connection.exec_driver_sql
    run("UPDATE search_term SET documents = 0 WHERE documents <> 0")
    if connection.dialect.name == "postgresql":
        counted = "ts_stat('SELECT terms FROM search_index') AS counted (term, documents, times)"
    else:
        run("CREATE VIRTUAL TABLE temp.counted USING fts5vocab(main, search_index, row)")
        counted = "(SELECT term, doc AS documents FROM temp.counted)"
    no_terms = ", ".join(f"'{separator}'" for separator in NO_TERMS)
    run(
        f"INSERT INTO search_term (term, documents) SELECT term, documents FROM {counted} "  # noqa: S608, the names are ours
        f"WHERE term NOT IN ({no_terms}) ON CONFLICT (term) DO UPDATE SET documents = excluded.documents"
    )
    if connection.dialect.name != "postgresql":
        run("DROP TABLE temp.counted")
