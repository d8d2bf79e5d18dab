"""Errors as a caller may see them: their own with its code, ours logged and masked."""

import logging
import sqlite3
import uuid
from typing import Any

from graphql import GraphQLError
from sqlalchemy.exc import DBAPIError

from schema.rules.errors import RuleError

LOG = logging.getLogger("gateway")


def coded(error: GraphQLError, code: str) -> GraphQLError:
    """The error with a code, unless it has one."""
    error.extensions = {"code": code} | (error.extensions or {})
    return error


def codes_of(errors: list[GraphQLError]) -> frozenset[str]:
    """The codes of some errors."""
    return frozenset(str((error.extensions or {}).get("code")) for error in errors)


def new_request_id() -> str:
    """What a fault is found under in the log."""
    return uuid.uuid4().hex[:12]


def ran_out_of_time(error: Exception) -> bool:
    """Whether the database ended a statement at its deadline: SQLite by an interrupt, PostgreSQL by its timeout."""
    told = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    return (isinstance(error, sqlite3.OperationalError) and told == "interrupted") or "statement timeout" in told


def told(error: GraphQLError, request_id: str) -> GraphQLError:
    """An error as the caller may see it: their own with its code, ours masked."""
    cause = error.original_error
    if isinstance(cause, RuleError):
        return told_rule(cause, error.nodes, error.path)
    if cause is None or isinstance(cause, GraphQLError):
        return coded(error, "BAD_INPUT")
    return masked(cause, request_id, error)


def told_rule(error: RuleError, nodes: Any, path: Any) -> GraphQLError:
    """What a rule says of what the caller asked for."""
    return GraphQLError(str(error), nodes, path=path, extensions={"code": error.code})


def masked(cause: Exception, request_id: str, error: GraphQLError | None = None) -> GraphQLError:
    """What is said of a fault of our own, which the log tells under the request's id."""
    LOG.error("request %s failed", request_id, exc_info=cause)
    return GraphQLError(
        f"Something went wrong inside the gateway; its log says what, under {request_id}.",
        error.nodes if error else None,
        path=error.path if error else None,
        extensions={"code": "INTERNAL", "requestId": request_id},
    )
