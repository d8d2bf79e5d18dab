"""The same request answered by graphql-core and by the plans, to be laid side by side."""

from collections import Counter
from typing import Any

import pytest

from gateway.answers import Answer
from gateway.catalogue.shipped import shipped_scorecard
from gateway.compiling import UnsupportedError
from gateway.database import Database
from gateway.execution import Executor, Request
from gateway.planning import Planner
from gateway.settings import Settings, load_settings


class Engines:
    """Executors on one database: one that has graphql-core do everything, and three that keep more and more."""

    def __init__(self, database: Database) -> None:
        self.core = _executor(database, 0, 0)
        self.bare = _executor(database, 0, 0)
        self.parts = _executor(database, 64, 0)
        self.whole = _executor(database, 64, 64)
        self.by_plan = self.bare, self.parts, self.whole
        # A plan knows nothing of who carries it out.
        self.parts.planner = self.whole.planner = self.bare.planner
        self.compared: Counter[str] = Counter()

    def by_core(self, request: Request) -> Answer:
        """The answer that graphql-core gives, with nothing left of any request before."""
        self.core.planner = Planner(self.core.settings, self.core.scorecard)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("gateway.planning.compiled", _unsupported)
            return self.core.execute(request)

    def compare(self, request: Request) -> Answer:
        """The answer, which is the same from all of them. That there is no fault of our own is part of it."""
        expected = self.by_core(request)
        assert "INTERNAL" not in expected.codes, (request, expected.content)
        for executor in self.by_plan:
            # The second time, what was kept the first time is there; and the third, what had to be read again.
            for _ in range(1 if executor is self.bare else 2 if executor is self.whole else 3):
                found = executor.execute(request)
                assert found.content == expected.content, request
                assert (found.ran, found.codes) == (expected.ran, expected.codes), request
        self.compared["all"] += 1
        self.compared["ran" if expected.ran else "refused"] += 1
        self.compared["with errors" if expected.codes else "without errors"] += 1
        return expected

    def count(self, by: str) -> int:
        """How many operations were answered in some way by those that have plans."""
        return sum(executor.metrics.operations.of[by] for executor in self.by_plan)

    def handed_over(self) -> Counter[str]:
        """How many operations plans began and graphql-core did, by reason."""
        found: Counter[str] = Counter()
        for executor in self.by_plan:
            found.update(executor.metrics.handed_over.of)
        return +found

    def close(self) -> None:
        """Closes the connections that are kept open."""
        for executor in (self.core, *self.by_plan):
            executor.close()


def _executor(database: Database, part_cache_mb: int, answer_cache_mb: int) -> Executor:
    settings: Settings = load_settings(part_cache_mb=part_cache_mb, answer_cache_mb=answer_cache_mb)
    return Executor(database, settings, shipped_scorecard())


def _unsupported(*_: Any) -> Any:
    raise UnsupportedError
