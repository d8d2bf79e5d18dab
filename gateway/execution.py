"""The way of one operation: parse, limits, validate, plan, load, resolve. Nothing goes back up."""

import logging
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from anyio import from_thread
from graphql import (
    DocumentNode,
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
)
from graphql.execution.values import get_variable_values
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from gateway.context import DeadlineExceeded, OperationContext
from gateway.database import Database
from gateway.limits import check_limits
from gateway.loaders import Loaded
from gateway.pool import Pool
from gateway.settings import Settings
from schema.build import core_schema
from schema.needs import Needs
from schema.plan import plan
from schema.rules.errors import RuleError
from schema.rules.scorecard import Scorecard

LOG = logging.getLogger("gateway")
KEPT_DOCUMENTS = 512
BUSY = "All connections to the database are in use, and none came free in time; try again later."
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """A GraphQL request: what a client sends, whichever way it came."""

    query: str
    variables: Mapping[str, Any] | None = None
    operation_name: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer as JSON values. `ran` says whether the operation was executed at all."""

    body: dict[str, Any]
    ran: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """A request that may run: what it needs read, and until when (a moment of `time.monotonic`)."""

    request: Request
    document: DocumentNode
    needs: Needs
    failures: dict[str, Exception]
    deadline: float


class InThread(Protocol):
    """Runs something that takes the processor in a worker thread, beside the event loop."""

    async def __call__(self, work: Callable[[], T], /) -> T:
        """What `work` returns, or raises."""


class _RefusedError(Exception):
    def __init__(self, errors: list[GraphQLError]) -> None:
        self.errors = errors


class Executor:
    """Answers GraphQL requests from one database."""

    def __init__(self, database: Database, settings: Settings, scorecard: Scorecard, pool: Pool | None = None) -> None:
        self.database = database
        self.pool = pool
        self.settings = settings
        self.scorecard = scorecard
        self._checked = lru_cache(KEPT_DOCUMENTS)(self._check)

    def execute(self, request: Request) -> Answer:
        """Answers a request. Never raises for what the request holds; faults of our own are logged and masked."""
        request_id = uuid.uuid4().hex[:12]
        try:
            operation = self._planned(request)
            with self.database.reading(operation.deadline) as connection:
                data = Loaded(connection, operation.needs, self.scorecard)
                return self._resolved(operation, data, request_id)
        except (Exception, DeadlineExceeded) as error:
            return self._failed(error, request_id)

    async def execute_async(self, request: Request, pool: Pool, in_thread: InThread) -> Answer:
        """Answers a request as `execute` does: it reads on the event loop, and plans and resolves in a thread."""
        request_id = uuid.uuid4().hex[:12]
        try:
            operation = await in_thread(lambda: self._planned(request))
            async with pool.reading(operation.deadline) as connection:

                def later(read: Callable[[Connection], Sequence[str]]) -> Sequence[str]:
                    return from_thread.run(connection.run_sync, read)

                data = await connection.run_sync(Loaded, operation.needs, self.scorecard, later)
                return await in_thread(lambda: self._resolved(operation, data, request_id))
        except (Exception, DeadlineExceeded) as error:
            return self._failed(error, request_id)

    def _check(self, query: str) -> tuple[DocumentNode, list[GraphQLError]]:
        try:
            document = parse(query, max_tokens=self.settings.max_tokens)
        except GraphQLSyntaxError as error:
            raise _coded(error, _syntax_code(error)) from None
        except RecursionError:
            raise GraphQLError("The query is nested too deep.", extensions={"code": "QUERY_TOO_DEEP"}) from None
        check_limits(document, self.settings)
        errors = validate(core_schema(), document)
        if any(error.message == "Validation aborted." for error in errors):
            text = "The query is too large to validate: it names the same fields too often."
            return document, [_coded(GraphQLError(text), "QUERY_TOO_LARGE")]
        return document, [_coded(error, "INVALID_QUERY") for error in errors]

    def _planned(self, request: Request) -> Operation:
        document, errors = self._checked(request.query)
        if errors:
            raise _RefusedError(errors)
        operation = _operation(document, request.operation_name)
        deadline = time.monotonic() + self.settings.deadline_seconds
        schema = core_schema()
        variables = get_variable_values(schema, operation.variable_definitions or (), dict(request.variables or {}))
        if isinstance(variables, list):
            raise _RefusedError([_coded(error, "BAD_VARIABLES") for error in variables])
        fragments = {n.name.value: n for n in document.definitions if isinstance(n, FragmentDefinitionNode)}
        made = plan(schema, operation, fragments, variables, self.scorecard)
        if made.items > self.settings.max_items:
            text = (
                f"The operation asks for up to {made.items} items; at most {self.settings.max_items} are given at once."
            )
            raise GraphQLError(text, operation, extensions={"code": "QUERY_TOO_LARGE"})
        return Operation(request, document, made.needs, made.failures, deadline)

    def _resolved(self, operation: Operation, data: Loaded, request_id: str) -> Answer:
        result = execute_sync(
            core_schema(),
            operation.document,
            context_value=OperationContext(data, operation.failures, operation.deadline),
            variable_values=dict(operation.request.variables or {}),
            operation_name=operation.request.operation_name,
        )
        return Answer(_formatted(result, request_id), ran=True)

    def _failed(self, error: Exception | DeadlineExceeded, request_id: str) -> Answer:
        if isinstance(error, _RefusedError):
            return _refused(error.errors)
        if isinstance(error, GraphQLError):
            return _refused([error])
        if isinstance(error, DeadlineExceeded) or _ran_out_of_time(error):
            return _refused([self._too_slow()])
        if isinstance(error, NoConnectionFree):
            LOG.warning("request %s waited for a connection in vain: %s", request_id, error)
            return _refused([GraphQLError(BUSY, extensions={"code": "OVERLOADED"})])
        return _refused([_masked(error, request_id)])

    def _too_slow(self) -> GraphQLError:
        text = f"The request took longer than {self.settings.deadline_seconds:g} s and was ended; ask for less at once."
        return GraphQLError(text, extensions={"code": "DEADLINE_EXCEEDED"})


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operation = get_operation_ast(document, name)
    if operation is None:
        names = [
            node.name.value if node.name else "(unnamed)"
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode)
        ]
        text = f"`operationName` has to be one of the document's operations: {', '.join(names)}."
        raise GraphQLError(text, extensions={"code": "UNKNOWN_OPERATION"})
    if operation.operation is not OperationType.QUERY:
        raise GraphQLError("Only queries are answered.", operation, extensions={"code": "NOT_A_QUERY"})
    return operation


def _ran_out_of_time(error: Exception) -> bool:
    """Whether the database ended a statement at its deadline: SQLite by an interrupt, PostgreSQL by its timeout."""
    told = str(error.orig) if isinstance(error, DBAPIError) else ""
    return told == "interrupted" or "statement timeout" in told


def _syntax_code(error: GraphQLSyntaxError) -> str:
    if "tokens" in error.message:
        return "QUERY_TOO_LARGE"
    return "QUERY_TOO_DEEP" if "nested too deeply" in error.message else "SYNTAX_ERROR"


def _coded(error: GraphQLError, code: str) -> GraphQLError:
    """The error with a code, unless it has one."""
    error.extensions = {"code": code} | (error.extensions or {})
    return error


def _refused(errors: list[GraphQLError]) -> Answer:
    return Answer({"errors": [error.formatted for error in errors]}, ran=False)


def _formatted(result: ExecutionResult, request_id: str) -> dict[str, Any]:
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = [_told(error, request_id).formatted for error in result.errors]
    return body


def _told(error: GraphQLError, request_id: str) -> GraphQLError:
    """An error as the caller may see it: their own with its code, ours masked."""
    cause = error.original_error
    if isinstance(cause, RuleError):
        return GraphQLError(error.message, error.nodes, path=error.path, extensions={"code": cause.code})
    if cause is None or isinstance(cause, GraphQLError):
        return _coded(error, "BAD_INPUT")
    return _masked(cause, request_id, error)


def _masked(cause: Exception, request_id: str, error: GraphQLError | None = None) -> GraphQLError:
    LOG.error("request %s failed", request_id, exc_info=cause)
    return GraphQLError(
        f"Something went wrong inside the gateway; its log says what, under {request_id}.",
        error.nodes if error else None,
        path=error.path if error else None,
        extensions={"code": "INTERNAL", "requestId": request_id},
    )
