"""What the databases are asked for a search: each in its own words, for the same answers."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import orjson

from gateway.prepared import Reader
from gateway.search.expressions import Expression
from gateway.search.places import end_of_rank

MOST_ALIKE = 40
"""How many terms are looked at that are like a word."""


class Candidate(NamedTuple):
    """A document that may answer a question, and the rank of its artifact: half of it where it can no longer be had.

    `number` is that of the first of some conditions that it meets.
    """

    number: int
    artifact_id: int
    names: str
    aliases: str
    topics: str
    capabilities: str
    about: str
    rank: float | None


class Wanted(NamedTuple):
    """What documents are to have, and the place that they are to end at, None for all of them."""

    what: Expression
    end: int | None


class Index(Protocol):
    """The terms and the documents of a catalogue, in one read transaction."""

    def documents_with(self, terms: Sequence[str]) -> Mapping[str, int]:
        """How many documents have each of some terms; terms that none has are left out."""

    def alike(self, word: str) -> Sequence[str]:
        """Terms that share pieces with a word that is none, those that share the most first."""

    def beginning(self, word: str) -> Sequence[str]:
        """Terms that begin with a word that is none, those first that most documents have."""

    def end_of_best(self, count: int) -> int | None:
        """A place that some more than so many of the best ranked documents are before; None where there are fewer."""

    def candidates(self, wanted: Sequence[Wanted], most: int) -> Sequence[Candidate]:
        """The best ranked documents that meet each of some conditions, so many for each."""

    def named(self, wanted: Expression, most: int) -> Sequence[tuple[int, str]]:
        """The ids and the names of the best ranked artifacts whose names meet a condition."""


def index_of(reader: Reader) -> Index:
    """The index of the database that is read."""
    return _Postgresql(reader) if reader.dialect.name == "postgresql" else _Sqlite(reader)


_DOCUMENTS = (
    "SELECT number, artifact_id, names, aliases, topics, capabilities, about, "
    "CASE WHEN artifact.availability = 'REMOVED' THEN artifact.rank / 2 ELSE artifact.rank END "
    "FROM (SELECT min(number) AS number, place FROM ({0}) AS each GROUP BY place) AS found "
    "JOIN search_document AS document ON document.place = found.place "
    "JOIN artifact ON artifact.id = document.artifact_id"
)
LAST_PLACE = 2**62
AFTER_LETTERS = "\uffff"
_RANKED = "SELECT rank_order FROM artifact ORDER BY rank_order, id LIMIT 1 OFFSET {0}"
# The commonest of those that come first in the alphabet, as there may be any number.
_BEGINNING = (
    "SELECT term FROM (SELECT term, documents FROM search_term WHERE term > {0} AND term < {0} AND documents > 0 "
    "ORDER BY term LIMIT 200) AS begun ORDER BY documents DESC, length(term), term LIMIT 3"
)


class _Sqlite:
    """By FTS5, whose rows come in the order of their places."""

    def __init__(self, reader: Reader) -> None:
        self._rows = reader.rows

    def documents_with(self, terms: Sequence[str]) -> Mapping[str, int]:
        text = (
            "SELECT term, documents FROM search_term WHERE term IN (SELECT value FROM json_each(?)) AND documents > 0"
        )
        return {row[0]: row[1] for row in self._rows(text, (orjson.dumps(terms).decode(),))}

    def alike(self, word: str) -> Sequence[str]:
        pieces = sorted({word[at : at + 3] for at in range(len(word) - 2)})
        one = "SELECT rowid AS id FROM search_spelling WHERE search_spelling MATCH ?"
        text = (
            "SELECT term FROM (SELECT id, count(*) AS shared "  # noqa: S608, nothing of a request is in it
            f"FROM ({' UNION ALL '.join([one] * len(pieces))}) GROUP BY id) JOIN search_term USING (id) "
            "WHERE documents > 0 ORDER BY shared DESC, length(term), term LIMIT ?"
        )
        return [row[0] for row in self._rows(text, (*(f'"{piece}"' for piece in pieces), MOST_ALIKE))]

    def beginning(self, word: str) -> Sequence[str]:
        return [row[0] for row in self._rows(_BEGINNING.format("?"), (word, word + AFTER_LETTERS))]

    def end_of_best(self, count: int) -> int | None:
        return next((end_of_rank(row[0]) for row in self._rows(_RANKED.format("?"), (count - 1,))), None)

    def candidates(self, wanted: Sequence[Wanted], most: int) -> Sequence[Candidate]:
        parts = [
            f"SELECT {number} AS number, place FROM (SELECT rowid AS place FROM search_index "  # noqa: S608
            "WHERE search_index MATCH ? AND rowid <= ? ORDER BY rowid LIMIT ?)"
            for number in range(len(wanted))
        ]
        given = [value for one in wanted for value in (one.what.fts5(), one.end or LAST_PLACE, most)]
        return [Candidate(*row) for row in self._rows(_DOCUMENTS.format(" UNION ALL ".join(parts)), given)]

    def named(self, wanted: Expression, most: int) -> Sequence[tuple[int, str]]:
        text = (
            "SELECT id, name FROM (SELECT rowid AS place FROM search_name WHERE search_name MATCH ? "
            "ORDER BY rowid LIMIT ?) CROSS JOIN search_document USING (place) "
            "CROSS JOIN artifact ON artifact.id = artifact_id ORDER BY place"
        )
        return [(row[0], row[1]) for row in self._rows(text, (wanted.fts5(), most))]


class _Postgresql:
    """By full text and trigrams. What few documents have is found by an index, what many have by going through them."""

    def __init__(self, reader: Reader) -> None:
        self._rows = reader.rows

    def documents_with(self, terms: Sequence[str]) -> Mapping[str, int]:
        text = "SELECT term, documents FROM search_term WHERE term = ANY(%s) AND documents > 0"
        return {row[0]: row[1] for row in self._rows(text, (list(terms),))}

    def alike(self, word: str) -> Sequence[str]:
        text = (
            "SELECT term FROM search_term WHERE term ~ '^[a-z]{4,}$' AND term %% %s AND documents > 0 "
            "ORDER BY similarity(term, %s) DESC, term LIMIT %s"
        )
        return [row[0] for row in self._rows(text, (word, word, MOST_ALIKE))]

    def beginning(self, word: str) -> Sequence[str]:
        return [row[0] for row in self._rows(_BEGINNING.format("%s"), (word, word + AFTER_LETTERS))]

    def end_of_best(self, count: int) -> int | None:
        return next((end_of_rank(row[0]) for row in self._rows(_RANKED.format("%s"), (count - 1,))), None)

    def candidates(self, wanted: Sequence[Wanted], most: int) -> Sequence[Candidate]:
        parts = []
        given: list[Any] = []
        for number, one in enumerate(wanted):
            found = "SELECT place FROM search_index WHERE terms @@ %s::tsquery"
            given.append(one.what.tsquery())
            if one.end is None:
                # Few have it: so that they are not looked for by going through all places.
                found = f"SELECT place FROM ({found} OFFSET 0) AS few"  # noqa: S608
            else:
                found += " AND place <= %s"
                given.append(one.end)
            found = f"({found} ORDER BY place LIMIT {most:d})"
            parts.append(f"SELECT {number} AS number, place FROM {found} AS some_{number}")  # noqa: S608
        return [Candidate(*row) for row in self._rows(_DOCUMENTS.format(" UNION ALL ".join(parts)), tuple(given))]

    def named(self, wanted: Expression, most: int) -> Sequence[tuple[int, str]]:
        text = (
            "SELECT id, name FROM (SELECT place FROM search_index WHERE names @@ %s::tsquery ORDER BY place LIMIT %s) "
            "AS found JOIN search_document USING (place) JOIN artifact ON artifact.id = artifact_id ORDER BY place"
        )
        return [(row[0], row[1]) for row in self._rows(text, (wanted.tsquery(), most))]
