"""Runs queries, and says how SQLite carries them out."""

from typing import Any

from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import Database
from gateway.execution import Executor, Request
from gateway.settings import load_settings
from tests.statements import noted


class Planner:
    """Runs queries on a SQLite database, and says how it finds what they read."""

    def __init__(self, database: Database) -> None:
        self.database = database
        # Nothing is kept, so that each request reads what it needs.
        settings = load_settings(part_cache_mb=0, answer_cache_mb=0)
        self.executor = Executor(self.database, settings, shipped_scorecard())

    def data(self, query: str, **variables: Any) -> Any:
        """The data of an answer that has no errors."""
        body = self.executor.execute(Request(query, variables)).body
        assert "errors" not in body, body["errors"]
        return body["data"]

    def run(self, query: str, **variables: Any) -> tuple[Any, list[str]]:
        """The data of the answer, and the steps of all statements that it took."""
        data, seen = self._seen(query, variables)
        steps: list[str] = []
        with self.database.reading() as connection:
            for statement, parameters in seen:
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(parameters))
                steps += [str(row[3]) for row in rows]
        return data, steps

    def work(self, query: str, **variables: Any) -> int:
        """How many instructions SQLite's machine carried out for a query: the same in every run."""
        _, seen = self._seen(query, variables)
        count = 0

        def counted() -> None:
            nonlocal count
            count += 1

        with self.database.reading() as connection:
            raw: Any = connection.connection.driver_connection
            raw.set_progress_handler(counted, 1)
            for statement, parameters in seen:
                connection.exec_driver_sql(statement, tuple(parameters)).all()
        return count

    def _seen(self, query: str, variables: dict[str, Any]) -> tuple[Any, list[tuple[str, Any]]]:
        with noted() as seen:
            return self.data(query, **variables), seen
