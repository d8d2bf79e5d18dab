"""Strawberry with the gateway's schema, used as its documentation shows: each request is parsed and validated."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from functools import cache, partial
from typing import Any

import strawberry
from graphql import DocumentNode, FragmentDefinitionNode, get_operation_ast
from graphql.execution.values import VariableValues, get_argument_values, get_variable_values
from strawberry.asgi import GraphQL
from strawberry.extensions import SchemaExtension

from gateway.catalogue.shipped import shipped_scorecard
from gateway.context import OperationContext
from gateway.database import Database, open_database
from gateway.kept import Generation
from gateway.loaders import Loaded
from gateway.prepared import PreparedStatements
from gateway.reading import ConnectionReader
from gateway.settings import load_settings
from schema.build import build_schema, core_schema
from schema.paging import PageRequest
from schema.plan import find, plan, roots
from schema.selection import Selections

DEADLINE_SECONDS = 60.0


@contextmanager
def loaded(
    database: Database, document: DocumentNode, operation_name: str | None, variables: Mapping[str, Any]
) -> Iterator[Any]:
    """What the resolvers find in `info.context`: all that the operation needs, planned and read by the gateway's code.

    The only place here that knows how the gateway plans and loads.
    """
    operation = get_operation_ast(document, operation_name)
    query, card = core_schema().query_type, shipped_scorecard()
    assert operation is not None
    assert query is not None
    values = get_variable_values(core_schema(), operation.variable_definitions or (), dict(variables))
    assert isinstance(values, VariableValues)
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    selections = Selections(core_schema(), fragments, values)
    found = roots(query, selections.fields(query, [operation.selection_set]))
    args = [get_argument_values(root.definition, root.nodes[0], values) for root in found]
    made = plan(found, args, selections, card)
    rows = {root.key: find(root.entry, own) for root, own in zip(found, args, strict=True) if root.entry is not None}
    pages = {key: asked for key, asked in rows.items() if isinstance(asked, PageRequest)}
    named = {key: asked for key, asked in rows.items() if key not in pages}
    with database.reading() as connection:
        reader, nothing_kept = ConnectionReader(connection), Generation((), 0, 0)
        data = Loaded(reader, prepared(database), nothing_kept, card, needs=made.needs, named=named, pages=pages)
        yield OperationContext(data, made.failures, time.monotonic() + DEADLINE_SECONDS)


@cache
def prepared(database: Database) -> PreparedStatements:
    """The statements that are prepared for a database."""
    return PreparedStatements(database.engine.dialect)


class Loading(SchemaExtension):
    """Reads what an operation needs when Strawberry has parsed and validated it, so that nothing is parsed twice."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def on_execute(self) -> Iterator[None]:
        """Puts the context in place for the time of the execution."""
        running = self.execution_context
        assert running.graphql_document is not None
        given = running.variables or {}
        with loaded(self.database, running.graphql_document, running.operation_name, given) as context:
            running.context = context
            yield


def stock_schema(database: Database) -> strawberry.Schema:
    """The gateway's schema, answering from a database through Strawberry alone."""
    schema = copy(build_schema())
    schema.extensions = (partial(Loading, database),)
    return schema


def app() -> GraphQL[Any, Any]:
    """Strawberry's own ASGI application, on the database that the gateway's settings name."""
    return GraphQL(stock_schema(open_database(load_settings().database_url)), graphql_ide=None)
