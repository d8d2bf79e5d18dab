"""An executor in the test's own process, whose statements and column reads can be looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from gateway import loaders
from gateway.catalogue.loading import load
from gateway.catalogue.shipped import load_shipped, shipped_scorecard
from gateway.database import Database, open_database
from gateway.execution import Executor, Request
from gateway.settings import load_settings


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
        self.executor = Executor(database, load_settings(), shipped_scorecard())

    def run(self, query: str, **variables: Any) -> tuple[dict[str, Any], Seen]:
        """The body of the answer, and what was done for it."""
        with self.watching() as seen:
            answer = self.executor.execute(Request(query, variables))
        return answer.body, seen

    @contextmanager
    def watching(self) -> Iterator[Seen]:
        """Notes what happens on the database meanwhile."""
        seen = Seen()

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("BEGIN", "SET ")):
                seen.statements.append(statement)

        event.listen(self.database.engine, "before_cursor_execute", note)
        try:
            with pytest.MonkeyPatch.context() as patch:
                plain = loaders.Loaded._rows

                def watched(loaded: loaders.Loaded, query: Any) -> list[dict[str, Any]]:
                    rows: list[dict[str, Any]] = []
                    for row in plain(loaded, query):
                        kept = WatchedRow(row)
                        kept.seen = seen
                        seen.given |= row.keys()
                        rows.append(kept)
                    return rows

                patch.setattr(loaders.Loaded, "_rows", watched)
                yield seen
        finally:
            event.remove(self.database.engine, "before_cursor_execute", note)


def shipped(address: str) -> Recorder:
    """A recorder on the shipped catalogue."""
    database = open_database(address)
    load_shipped(database)
    return Recorder(database)


def generated(address: str, folder: Path, lines: str) -> Recorder:
    """A recorder on a catalogue of its own."""
    file = folder / "catalogue.jsonl"
    file.write_text(lines)
    database = open_database(address)
    load(database, [str(file)], shipped_scorecard())
    return Recorder(database)
