"""An executor in the test's own process, whose statements and column reads can be looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from gateway.catalogue.loading import load
from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import Database, open_database
from gateway.execution import Executor, Request
from gateway.prepared import Prepared, Reader, Values
from gateway.settings import load_settings
from tests.statements import noted


@dataclass
class Seen:
    """What one operation did: its statements, the columns it was given and the columns that resolvers looked at."""

    statements: list[str] = field(default_factory=list)
    given: set[str] = field(default_factory=set)
    looked_at: set[str] = field(default_factory=set)


class WatchedRow(dict[str, Any]):
    """A row that notes which of its columns are looked at."""

    seen: Seen

    def __getitem__(self, key: str) -> Any:
        self.seen.looked_at.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        if key in self:
            self.seen.looked_at.add(key)
        return super().get(key, default)


class Recorder:
    """Runs queries on a database and shows what they did."""

    def __init__(self, database: Database) -> None:
        self.database = database
        # Nothing is kept, so that each query is seen to read what it needs.
        self.executor = Executor(database, load_settings(part_cache_mb=0, answer_cache_mb=0), shipped_scorecard())

    def run(self, query: str, **variables: Any) -> tuple[dict[str, Any], Seen]:
        """The body of the answer, and what was done for it."""
        with self.watching() as seen:
            answer = self.executor.execute(Request(query, variables))
        return answer.body, seen

    @contextmanager
    def watching(self) -> Iterator[Seen]:
        """Notes what is read meanwhile. That a transaction begins with the catalogue's version goes without saying."""
        seen = Seen()
        plain = Prepared.rows

        def watched(statement: Prepared, reader: Reader, values: Values) -> list[dict[str, Any]]:
            rows: list[dict[str, Any]] = []
            for row in plain(statement, reader, values):
                kept = WatchedRow(row)
                kept.seen = seen
                seen.given |= row.keys()
                rows.append(kept)
            return rows

        with pytest.MonkeyPatch.context() as patch, noted() as statements:
            patch.setattr(Prepared, "rows", watched)
            yield seen
            seen.statements = [text for text, _ in statements]


def generated(address: str, folder: Path, lines: str) -> Recorder:
    """A recorder on a catalogue of its own."""
    file = folder / "catalogue.jsonl"
    file.write_text(lines)
    database = open_database(address)
    load(database, [str(file)], shipped_scorecard())
    return Recorder(database)
