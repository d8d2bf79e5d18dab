"""The way of one operation: plan, load, answer. Nothing goes back up."""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, NamedTuple, Protocol, TypeVar

import orjson
from graphql import GraphQLError, execute_sync
from graphql.pyutils import Path
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from gateway.answers import Answer
from gateway.compiling import Run
from gateway.context import DeadlineExceeded, OperationContext
from gateway.database import Database
from gateway.faults import coded, codes_of, masked, new_request_id, ran_out_of_time, told, told_rule
from gateway.kept import Generation, Kept
from gateway.loaders import Loaded, TakesLongError
from gateway.metrics import Metrics
from gateway.operations import RefusedError
from gateway.planning import Planned, Planner
from gateway.pool import Pool
from gateway.prepared import PreparedStatements, Reader
from gateway.reading import ConnectionReader, SqliteReaders, version
from gateway.settings import Settings
from schema.build import core_schema
from schema.rules.errors import RuleError
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


class Request(NamedTuple):
    """A GraphQL request: what a client sends, whichever way it came."""

    query: str
    variables: Mapping[str, Any] | None = None
    operation_name: str | None = None


class InThread(Protocol):
    """Runs something that takes the processor in a worker thread, beside the event loop."""

    async def __call__(self, work: Callable[[], T], /) -> T:
        """What `work` returns, or raises."""


class _Info:
    """What resolvers see of `info` in a plan; below the root, the path is that of the root field."""

    __slots__ = ("context", "path")

    def __init__(self, context: OperationContext) -> None:
        self.context = context
        self.path: Path | None = None


class Executor:
    """Answers GraphQL requests from one database."""

    def __init__(self, database: Database, settings: Settings, scorecard: Scorecard, pool: Pool | None = None) -> None:
        self.database = database
        self.pool = pool
        self.settings = settings
        self.scorecard = scorecard
        self.planner = Planner(settings, scorecard)
        self.kept = Kept(settings.part_cache_mb * 1_000_000, settings.answer_cache_mb * 1_000_000)
        self.metrics = Metrics(lambda: self.kept.size)
        self._prepared = PreparedStatements(database.engine.dialect)
        self._sqlite = SqliteReaders(database) if database.engine.dialect.name == "sqlite" else None

    def close(self) -> None:
        """Closes the connections that are kept open for requests."""
        if self._sqlite is not None:
            self._sqlite.close()

    def execute(self, request: Request) -> Answer:
        """Answers a request. Never raises for what the request holds; faults of our own are logged and masked."""
        try:
            return self._answer(self._planned(request), patient=True)
        except (Exception, DeadlineExceeded) as error:
            return self._failed(error)

    def execute_at_once(self, request: Request) -> Answer:
        """Answers a request on the event loop. Raises TakesLongError where `execute` has to do it in a thread."""
        if not self.planner.knows(request.query):
            raise TakesLongError
        try:
            planned = self._planned(request)
            plan = planned.plan
            if plan.takes_long or plan.in_thread:
                plan.in_thread = max(0, plan.in_thread - 1)
                raise TakesLongError
            try:
                return self._answer(planned, patient=False)
            except sqlite3.OperationalError as error:
                if str(error) != "interrupted":
                    raise
                # Perhaps it was the machine that was slow, so it is tried again after a while.
                plan.in_thread = RUNS_IN_THREAD
                raise TakesLongError from None
        except TakesLongError:
            raise
        except (Exception, DeadlineExceeded) as error:
            return self._failed(error)

    async def execute_async(self, request: Request, pool: Pool, in_thread: InThread) -> Answer:
        """Answers a request as `execute` does, waiting for the database on the event loop.

        What takes the processor for long is done in a thread.
        """
        try:
            known = self.planner.knows(request.query)
            planned = self._planned(request) if known else await in_thread(lambda: self._planned(request))
            deadline = self._deadline()
            async with pool.reading(deadline) as connection:
                work = _Work(self, planned, deadline)
                await connection.run_sync(lambda plain: work.load(ConnectionReader(plain)))
                return await in_thread(work.answer) if work.takes_long else work.answer()
        except (Exception, DeadlineExceeded) as error:
            return self._failed(error)

    def _planned(self, request: Request) -> Planned:
        return self.planner.planned(request.query, request.variables or {}, request.operation_name)

    def _deadline(self) -> float:
        return time.monotonic() + self.settings.deadline_seconds

    def _answer(self, planned: Planned, *, patient: bool) -> Answer:
        deadline = self._deadline()
        with self._reading(planned, deadline, patient=patient) as reader:
            work = _Work(self, planned, deadline, patient=patient)
            work.load(reader)
            return work.answer()

    def _reading(self, planned: Planned, deadline: float, *, patient: bool) -> AbstractContextManager[Reader | None]:
        if not planned.plan.reads:
            return nullcontext()
        if self._sqlite is not None and patient:
            return self._sqlite.reading(deadline)
        if self._sqlite is not None:
            # On a busy machine the clock goes on while the processor is with others, which is nobody's fault here.
            until = min(deadline, time.monotonic() + 10 * PATIENCE_SECONDS)
            return self._sqlite.reading(until, time.thread_time() + PATIENCE_SECONDS)
        return self._connected(deadline)

    @contextmanager
    def _connected(self, deadline: float) -> Iterator[Reader]:
        with self.database.reading(deadline) as connection:
            yield ConnectionReader(connection)

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


class _Work:
    """One request on its way from its plan to its answer."""

    def __init__(self, executor: Executor, planned: Planned, deadline: float, *, patient: bool = True) -> None:
        self._executor = executor
        self._planned = planned
        self._deadline = deadline
        self._patient = patient
        self._generation = Generation((), 0, 0)
        self._data: Loaded | None = None
        self._found: Answer | None = None

    @property
    def takes_long(self) -> bool:
        """Whether putting the answer together takes the processor for long."""
        plan = self._planned.plan
        return self._found is None and (plan.takes_long or plan.steps is None)

    def load(self, reader: Reader | None) -> None:
        """Reads what the answer takes, or finds the answer as it was given before."""
        executor, planned = self._executor, self._planned
        if reader is not None:
            self._generation = executor.kept.generation(version(reader))
            if executor.settings.answer_cache_mb:
                self._found = self._generation.answers.get(planned.key)
                if self._found is not None:
                    return
        self._data = Loaded(
            reader,
            executor._prepared,
            self._generation,
            executor.scorecard,
            needs=planned.plan.needs,
            asked=planned.asked,
            patient=self._patient,
        )

    def answer(self) -> Answer:
        """The answer."""
        if self._found is not None:
            self._executor.metrics.operations.of["kept"] += 1
            return self._found
        assert self._data is not None
        planned = self._planned
        context = OperationContext(self._data, planned.failures, self._deadline)
        answer = self._by_plan(context)
        if answer is None:
            answer = self._by_core(context)
        elif not answer.codes and self._executor.settings.answer_cache_mb:
            self._generation.answers.add(planned.key, answer)
        return answer

    def _by_plan(self, context: OperationContext) -> Answer | None:
        """The answer that the plan makes; None where graphql-core has to."""
        planned = self._planned
        steps = planned.plan.steps
        if steps is None:
            return None
        info = _Info(context)
        run = Run(info)
        data: dict[str, Any] = dict.fromkeys(planned.plan.order)
        data.update(dict.fromkeys(planned.plan.typenames, "Query"))
        errors: list[GraphQLError] = []
        try:
            for step in steps:
                key = step.root.key
                info.path = step.path
                given = {name: planned.args[key][name] for name in step.names}
                try:
                    value = step.resolve(info=info, **given)
                except RuleError as error:
                    errors.append(told_rule(error, step.root.nodes, [key]))
                    if step.nullable:
                        continue
                    self._executor.metrics.operations.of["plan"] += 1
                    return Answer(_content(None, errors), ran=True, codes=codes_of(errors))
                data[key] = step.complete(value, run)
            content = _content(data, errors)
        except Exception as error:
            # Whatever it was, graphql-core says it as it should be said, and with its path.
            reason = "error" if isinstance(error, RuleError) else "unexpected"
            self._executor.metrics.handed_over.of[reason] += 1
            return None
        finally:
            # What was made until then is kept, whatever becomes of the operation.
            if run.made:
                self._generation.grown(run.made)
        self._executor.metrics.operations.of["plan"] += 1
        return Answer(content, ran=True, codes=codes_of(errors))

    def _by_core(self, context: OperationContext) -> Answer:
        planned = self._planned
        self._executor.metrics.operations.of["graphql-core"] += 1
        result = execute_sync(
            core_schema(),
            planned.plan.document,
            context_value=context,
            variable_values=dict(planned.variables),
            operation_name=planned.operation_name,
        )
        request_id = new_request_id()
        errors = [told(error, request_id) for error in result.errors or ()]
        return Answer(_content(result.data, errors), ran=True, codes=codes_of(errors))


def _content(data: Mapping[str, Any] | None, errors: list[GraphQLError]) -> bytes:
    if not errors:
        return orjson.dumps({"data": data})
    return orjson.dumps({"data": data, "errors": [error.formatted for error in errors]})


def _refused(errors: list[GraphQLError]) -> Answer:
    return Answer(orjson.dumps({"errors": [error.formatted for error in errors]}), ran=False, codes=codes_of(errors))
