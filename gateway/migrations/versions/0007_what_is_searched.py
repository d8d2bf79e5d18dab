"""What is searched, and the indexes of each database that searches go by; they are filled when the gateway starts"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PLAIN_ORDER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
PLACE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FIELDS = ("names", "aliases", "topics", "capabilities", "about", "conditions")
PREFIXES = "prefix='1 2 3 4 5 6 7 8', "
FTS5 = "columnsize=0, detail=none, tokenize='ascii'"


def sqlite() -> list[str]:
    """The indexes, none of which holds the texts once more, and the triggers that have them follow the tables."""

    def added(index: str, fields: tuple[str, ...]) -> str:
        new = ", ".join(f"new.{field}" for field in fields)
        return f"INSERT INTO {index} (rowid, {', '.join(fields)}) VALUES (new.place, {new});"  # noqa: S608, ours

    def removed(index: str, fields: tuple[str, ...]) -> str:
        old = ", ".join(f"old.{field}" for field in fields)
        return f"INSERT INTO {index} ({index}, rowid, {', '.join(fields)}) VALUES ('delete', old.place, {old});"  # noqa: S608, ours

    found, add, remove = [], "", ""
    for index, fields, prefixes in (("search_index", FIELDS, ""), ("search_name", FIELDS[:2], PREFIXES)):
        content = f"content='search_document', content_rowid='place', {prefixes}{FTS5}"
        found.append(f"CREATE VIRTUAL TABLE {index} USING fts5({', '.join(fields)}, {content})")
        add += added(index, fields)
        remove += removed(index, fields)
    for name, event, steps in (("added", "INSERT", add), ("removed", "DELETE", remove), ("changed", "UPDATE", "")):
        steps = steps or remove + add
        found.append(f"CREATE TRIGGER search_document_{name} AFTER {event} ON search_document BEGIN {steps} END")
    found.append(
        "CREATE VIRTUAL TABLE search_spelling USING fts5("
        "term, content='', columnsize=0, detail=none, tokenize='trigram')"
    )
    found.append(
        "CREATE TRIGGER search_term_added AFTER INSERT ON search_term "
        "WHEN length(new.term) > 3 AND new.term NOT GLOB '*[^a-z]*' "
        "BEGIN INSERT INTO search_spelling (rowid, term) VALUES (new.id, new.term); END"
    )
    return found


def postgresql() -> list[str]:
    """The same for PostgreSQL."""
    whole = " || ' ' || ".join(f"new.{field}" for field in FIELDS)

    def vector(texts: str) -> str:
        return f"array_to_tsvector(array_remove(string_to_array({texts}, ' '), ''))"

    return [
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE TABLE search_index (place BIGINT PRIMARY KEY REFERENCES search_document (place) "
        "ON UPDATE CASCADE ON DELETE CASCADE, terms TSVECTOR NOT NULL, names TSVECTOR NOT NULL)",
        "CREATE INDEX search_index_terms ON search_index USING gin (terms)",
        "CREATE INDEX search_index_names ON search_index USING gin (names)",
        f"""
        CREATE FUNCTION search_document_indexed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO search_index VALUES (new.place, {vector(whole)}, {vector("new.names || ' ' || new.aliases")});
            RETURN NULL;
        END $$
        """,  # noqa: S608, ours
        "CREATE TRIGGER search_document_added AFTER INSERT ON search_document "
        "FOR EACH ROW EXECUTE FUNCTION search_document_indexed()",
        "CREATE INDEX search_term_alike ON search_term USING gin (term gin_trgm_ops) WHERE term ~ '^[a-z]{4,}$'",
    ]


def upgrade() -> None:
    op.add_column("catalogue", sa.Column("analysis", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "search_document",
        sa.Column("place", PLACE, nullable=False),
        sa.Column("artifact_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in FIELDS),
        sa.ForeignKeyConstraint(["artifact_id"], ["artifact.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("place"),
        sa.UniqueConstraint("artifact_id"),
    )
    op.create_table(
        "search_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term", PLAIN_ORDER, nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("term"),
    )
    for statement in sqlite() if op.get_bind().dialect.name == "sqlite" else postgresql():
        op.execute(statement)
