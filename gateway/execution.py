"""The way of one operation: plan, load, answer. Nothing goes back up."""

import logging
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import orjson
from graphql import GraphQLError
from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from gateway.answering import Means, Work
from gateway.answers import Answer
from gateway.context import DeadlineExceeded
from gateway.database import Database
from gateway.faults import coded, codes_of, masked, new_request_id, ran_out_of_time
from gateway.kept import Kept
from gateway.loaders import TakesLongError
from gateway.matches.running import Matches
from gateway.metrics import Metrics
from gateway.operations import OperationPlan, RefusedError, refusal
from gateway.planning import Planned, Planner
from gateway.pool import Pool
from gateway.prepared import PreparedStatements
from gateway.reading import ConnectionReader, MovedOnError, SqliteReaders
from gateway.settings import Settings
from schema.data import ShedError
from schema.rules.scorecard import Scorecard

LOG = logging.getLogger("gateway")
BUSY = "All connections to the database are in use, and none came free in time; try again later."
UNREAD = "The database cannot be read right now; try again later."
PATIENCE_SECONDS = 0.01
"""How much processor time a statement may take on the event loop before it is ended, and begun anew in a thread; ten
times as much of the clock."""
RUNS_IN_THREAD = 20
"""How many requests of such a plan run in a thread before one is tried on the event loop again."""
T = TypeVar("T")


@dataclass(slots=True)
class Request:
    """A GraphQL request: what a client sends, whichever way it came.

    `client` is who sends it, None for one that is not recorded. One that is `safe` changes nothing, and may not ask to.
    """

    query: str
    variables: Mapping[str, Any] | None = None
    operation_name: str | None = None
    client: str | None = None
    safe: bool = False


class InThread(Protocol):
    """Runs something that takes the processor in a worker thread, beside the event loop."""

    async def __call__(self, work: Callable[[], T], /) -> T:
        """What `work` returns, or raises."""


class Executor:
    """Answers GraphQL requests from one database. Where it `records`, so it does what clients search for and choose."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        scorecard: Scorecard,
        pool: Pool | None = None,
        *,
        records: bool = False,
    ) -> None:
        self.database = database
        self.pool = pool
        self.settings = settings
        self.scorecard = scorecard
        self.planner = Planner(settings, scorecard)
        self.kept = Kept(settings.part_cache_mb * 1_000_000, settings.answer_cache_mb * 1_000_000)
        self.metrics = Metrics(lambda: self.kept.size)
        self.matches = Matches(settings, scorecard, self.metrics.recorded) if records else None
        self._means = Means(
            PreparedStatements(database.engine.dialect),
            self.kept,
            scorecard,
            self.metrics,
            keeps_answers=settings.answer_cache_mb > 0,
            records=self.matches is not None,
        )
        self._sqlite = SqliteReaders(database) if database.engine.dialect.name == "sqlite" else None

    def close(self) -> None:
        """Writes what is to be recorded, and closes the connections that are kept open for requests."""
        if self.matches is not None:
            self.matches.close()
        if self._sqlite is not None:
            self._sqlite.close()

    def execute(self, request: Request) -> Answer:
        """Answers a request. Never raises for what the request holds; faults of our own are logged and masked."""
        try:
            return self._recorded(request, self._answer(self._planned(request), patient=True))
        except (Exception, DeadlineExceeded) as error:
            return self._failed(error)

    def execute_at_once(self, request: Request, turn: object = None) -> Answer:
        """Answers a request on the event loop. Raises TakesLongError where that would hold up others for long.

        Requests with the same `turn` may be answered of one version: all were sent before the first is answered.
        """
        if self._sqlite is None:
            raise TakesLongError
        plan: OperationPlan | None = None
        try:
            planned = self._planned(request, patient=False)
            plan = planned.plan
            if plan.takes_long or plan.in_thread:
                plan.in_thread = max(0, plan.in_thread - 1)
                raise TakesLongError
            return self._answer(planned, patient=False, turn=turn)
        except TakesLongError:
            raise
        except sqlite3.OperationalError as error:
            if plan is None or str(error) != "interrupted":
                return self._failed(error)
            # Perhaps it was the machine that was slow, so it is tried again after a while.
            plan.in_thread = RUNS_IN_THREAD
            raise TakesLongError from None
        except (Exception, DeadlineExceeded) as error:
            return self._failed(error)

    async def execute_async(self, request: Request, pool: Pool, in_thread: InThread) -> Answer:
        """Answers a request as `execute` does, waiting for the database on the event loop.

        What takes the processor for long is done in a thread.
        """
        try:
            try:
                planned = self._planned(request, patient=False)
            except TakesLongError:
                planned = await in_thread(lambda: self._planned(request))
            deadline = time.monotonic() + self.settings.deadline_seconds
            async with pool.reading(deadline) as connection:
                work, shed = Work(self._means, planned, deadline), None
                while True:
                    await connection.run_sync(_loading, work, shed)
                    try:
                        answer = await in_thread(work.answer) if work.takes_long else work.answer()
                        return self._recorded(request, answer)
                    except ShedError as error:
                        shed = error
        except (Exception, DeadlineExceeded) as error:
            return self._failed(error)

    def _planned(self, request: Request, *, patient: bool = True) -> Planned:
        planned = self.planner.planned(request.query, request.variables or {}, request.operation_name, patient=patient)
        if planned.plan.records:
            if planned.plan.changes and request.safe:
                raise RefusedError([refusal("A mutation has to be sent by POST.", "METHOD_NOT_ALLOWED")])
            planned.recorded = request.client is not None and self.matches is not None
        return planned

    def _recorded(self, request: Request, answer: Answer) -> Answer:
        if answer.events and request.client is not None and self.matches is not None:
            self.matches.record(request.client, answer.events)
        return answer

    def _answer(self, planned: Planned, *, patient: bool, turn: object = None) -> Answer:
        now = time.monotonic()
        deadline = now + self.settings.deadline_seconds
        if not planned.plan.reads:
            return Work(self._means, planned, deadline, patient).done(None)
        if self._sqlite is None:
            with self.database.reading(deadline) as connection:
                return Work(self._means, planned, deadline).done(ConnectionReader(connection))
        if patient:
            reader = self._sqlite.take(deadline)
        else:
            # On a busy machine the clock goes on while the processor is with others, which is nobody's fault here.
            soon = now + 10 * PATIENCE_SECONDS
            reader = self._sqlite.take(soon if soon < deadline else deadline, PATIENCE_SECONDS, turn)
        try:
            while True:
                try:
                    return Work(self._means, planned, deadline, patient).done(reader)
                except MovedOnError:
                    reader.end()
        finally:
            self._sqlite.give_back(reader)

    def _failed(self, error: Exception | DeadlineExceeded) -> Answer:
        self.metrics.operations.of["refused"] += 1
        if isinstance(error, RefusedError):
            return _refused(error.errors)
        if isinstance(error, GraphQLError):
            return _refused([coded(error, "BAD_INPUT")])
        if isinstance(error, DeadlineExceeded) or ran_out_of_time(error):
            return _refused([self._too_slow()])
        request_id = new_request_id()
        if isinstance(error, NoConnectionFree):
            LOG.warning("request %s waited for a connection in vain: %s", request_id, error)
            return _refused([GraphQLError(BUSY, extensions={"code": "OVERLOADED"})])
        if isinstance(error, OperationalError | InterfaceError):
            LOG.error("request %s cannot be answered, as the database cannot be read: %s", request_id, error.orig)
            return _refused([GraphQLError(UNREAD, extensions={"code": "DATABASE_UNAVAILABLE"})])
        return _refused([masked(error, request_id)])

    def _too_slow(self) -> GraphQLError:
        text = f"The request took longer than {self.settings.deadline_seconds:g} s and was ended; ask for less at once."
        return GraphQLError(text, extensions={"code": "DEADLINE_EXCEEDED"})


def _loading(connection: Connection, work: Work, shed: ShedError | None) -> None:
    work.load(ConnectionReader(connection), shed)


def _refused(errors: list[GraphQLError]) -> Answer:
    return Answer(orjson.dumps({"errors": [error.formatted for error in errors]}), codes_of(errors), ran=False)
