"""Keeps documents and terms in step with the catalogue, inside a transaction that someone else opens and closes."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, Text, cast, delete, func, select, update

from gateway.database import Database
from gateway.search.adding import add
from gateway.search.counting import count, count_all
from gateway.search.documents import ANALYSIS, ARTIFACT_COLUMNS, Capability, Document, document
from gateway.search.places import PLACE
from schema.tables import METADATA

ARTIFACT, ALIAS, ATTRIBUTE, CAPABILITY, CATALOGUE, DOCUMENT = (
    METADATA.tables[name] for name in ("artifact", "alias", "attribute", "capability", "catalogue", "search_document")
)
BATCH = 500
ASKED = [ARTIFACT.c[name] for name in ("id", *ARTIFACT_COLUMNS)]
COLUMNS = ("place", "artifact_id", *Document._fields)
FIELDS = tuple(DOCUMENT.c[name] for name in Document._fields)


def forget(connection: Connection, ids: Sequence[int]) -> None:
    """Takes the documents of some artifacts out, as they are about to change or to go."""
    for start in range(0, len(ids), BATCH):
        some = DOCUMENT.c.artifact_id.in_(ids[start : start + BATCH])
        count(connection, (Document(*row) for row in connection.execute(select(*FIELDS).where(some))), -1)
        connection.execute(delete(DOCUMENT).where(some))


def is_behind(database: Database) -> bool:
    """Whether documents are missing, or were made in another way than they are now."""
    with database.reading() as connection:
        return connection.scalar(select(CATALOGUE.c.analysis)) != ANALYSIS


def index_anew(database: Database) -> None:
    """Makes all documents anew. The catalogue gets a new version."""
    with database.writing() as connection:
        bring_up_to_date(connection)
        connection.execute(update(CATALOGUE).values(analysis=ANALYSIS, version=CATALOGUE.c.version + 1))


def bring_up_to_date(connection: Connection) -> None:
    """Makes the documents that are missing, and puts all in the order of the ranks as they are now.

    Where terms were made in another way before, all documents are made anew.
    """
    stored = connection.scalar(select(CATALOGUE.c.analysis))
    if stored not in (None, ANALYSIS):
        connection.execute(delete(DOCUMENT))
    put_in_order(connection)
    known, total = (connection.scalar(select(func.count()).select_from(table)) or 0 for table in (DOCUMENT, ARTIFACT))
    mostly_new = 2 * known <= total
    last = 0
    while True:
        missing = (
            select(*ASKED, PLACE.label("place"))
            .outerjoin(DOCUMENT, DOCUMENT.c.artifact_id == ARTIFACT.c.id)
            .where(DOCUMENT.c.artifact_id.is_(None), ARTIFACT.c.id > last)
            .order_by(ARTIFACT.c.id)
            .limit(BATCH)
        )
        rows = connection.execute(missing).all()
        if not rows:
            break
        made = _add(connection, rows)
        if not mostly_new:
            count(connection, made, 1)
        last = rows[-1].id
    if mostly_new:
        count_all(connection)
    if connection.dialect.name == "postgresql":
        # Else each search goes through what is new, until the database tidies up.
        for index in ("search_index_terms", "search_index_names"):
            connection.exec_driver_sql(f"SELECT gin_clean_pending_list('{index}')")


def put_in_order(connection: Connection, ids: Sequence[int] | None = None) -> None:
    """Puts documents in the order of the ranks as they are now: those of some artifacts, or all."""
    place = select(PLACE).where(ARTIFACT.c.id == DOCUMENT.c.artifact_id).scalar_subquery()
    moved = update(DOCUMENT).where(DOCUMENT.c.place != place)
    connection.execute((moved if ids is None else moved.where(DOCUMENT.c.artifact_id.in_(ids))).values(place=place))


def _add(connection: Connection, artifacts: Sequence[Any]) -> list[Document]:
    """Makes the documents of some artifacts, and adds them."""
    ids = [row.id for row in artifacts]
    aliases: dict[int, list[str]] = defaultdict(list)
    for id, name in connection.execute(select(ALIAS.c.artifact_id, ALIAS.c.name).where(ALIAS.c.artifact_id.in_(ids))):
        aliases[id].append(name)
    capabilities: dict[int, list[Capability]] = defaultdict(list)
    # As texts, because reading JSON into objects takes longer for all of an import than what is read.
    columns = *(CAPABILITY.c[name] for name in Capability._fields[:-1]), cast(CAPABILITY.c.tags, Text)
    of_these = select(CAPABILITY.c.artifact_id, *columns).where(CAPABILITY.c.artifact_id.in_(ids))
    in_order = of_these.order_by(CAPABILITY.c.artifact_id, CAPABILITY.c.position)
    for id, name, description, uniqueness, tags in connection.execute(in_order).all():
        capabilities[id].append(Capability(name, description, uniqueness, orjson.loads(tags)))
    size = select(ATTRIBUTE.c.artifact_id, ATTRIBUTE.c.value).where(ATTRIBUTE.c.key == "parameters")
    sizes = {row.artifact_id: row.value for row in connection.execute(size.where(ATTRIBUTE.c.artifact_id.in_(ids)))}
    made = [document(row, sorted(aliases[row.id]), capabilities[row.id], sizes.get(row.id)) for row in artifacts]
    rows = sorted((row.place, row.id, *one) for row, one in zip(artifacts, made, strict=True))
    add(connection, "search_document", COLUMNS, rows)
    return made
