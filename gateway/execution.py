"""The way of one operation: parse, limits, validate, plan, load, resolve. Nothing goes back up."""

import logging
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

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
from sqlalchemy.exc import DBAPIError

from gateway.context import DeadlineExceeded, OperationContext
from gateway.database import Database
from gateway.limits import check_limits
from gateway.loaders import Loaded
from gateway.settings import Settings
from schema.build import core_schema
from schema.plan import plan
from schema.rules.errors import RuleError
from schema.rules.scorecard import Scorecard

LOG = logging.getLogger("gateway")
KEPT_DOCUMENTS = 512


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


class Executor:
    """Answers GraphQL requests from one database."""

    def __init__(self, database: Database, settings: Settings, scorecard: Scorecard) -> None:
        self.database = database
        self.settings = settings
        self.scorecard = scorecard
        self._checked = lru_cache(KEPT_DOCUMENTS)(self._check)

    def execute(self, request: Request) -> Answer:
        """Answers a request. Never raises for what the request holds; faults of our own are logged and masked."""
        request_id = uuid.uuid4().hex[:12]
        try:
            document, errors = self._checked(request.query)
            if errors:
                return _refused(errors)
            return self._run(document, request, request_id)
        except GraphQLError as error:
            return _refused([error])
        except DeadlineExceeded:
            return _refused([self._too_slow()])
        except Exception as error:
            if _ran_out_of_time(error):
                return _refused([self._too_slow()])
            return _refused([_masked(error, request_id)])

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

    def _run(self, document: DocumentNode, request: Request, request_id: str) -> Answer:
        operation = _operation(document, request.operation_name)
        deadline = time.monotonic() + self.settings.deadline_seconds
        schema = core_schema()
        variables = get_variable_values(schema, operation.variable_definitions or (), dict(request.variables or {}))
        if isinstance(variables, list):
            return _refused([_coded(error, "BAD_VARIABLES") for error in variables])
        fragments = {n.name.value: n for n in document.definitions if isinstance(n, FragmentDefinitionNode)}
        made = plan(schema, operation, fragments, variables, self.scorecard)
        if made.items > self.settings.max_items:
            text = (
                f"The operation asks for up to {made.items} items; at most {self.settings.max_items} are given at once."
            )
            raise GraphQLError(text, operation, extensions={"code": "QUERY_TOO_LARGE"})
        with self.database.reading(deadline) as connection:
            data = Loaded(connection, made.needs, self.scorecard)
            result = execute_sync(
                schema,
                document,
                context_value=OperationContext(data, made.failures, deadline),
                variable_values=dict(request.variables or {}),
                operation_name=request.operation_name,
            )
        return Answer(_formatted(result, request_id), ran=True)

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
