"""The Starlette application: its routes, and what it opens and closes."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from gateway.addresses import without_secrets
from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import Database, open_database, open_replica
from gateway.execution import Executor
from gateway.graphiql import ASSETS_PATH, assets, start_script
from gateway.graphql_http import GraphQLEndpoint
from gateway.pool import open_pool
from gateway.settings import Settings, load_settings
from schema.build import core_schema, printed_schema
from schema.tables import METADATA

LOG = logging.getLogger("gateway")
GRAPHQL, METHODS = "/graphql", ("GET", "HEAD", "POST")
THREADS = 8
"""Operations that run at once in one process; more would only wait for each other."""


class Application(Starlette):
    """Starlette with a short cut to GraphQL: its way through middleware and routes takes longer than many a plan."""

    def __init__(self, graphql: GraphQLEndpoint, **parts: Any) -> None:
        super().__init__(**parts)
        self.graphql = graphql

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] == "http" and scope["path"] == GRAPHQL and scope["method"] in METHODS:
            await self.graphql(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(settings: Settings | None = None) -> Application:
    """The gateway as an ASGI application. Opens its database at once, and closes it on shutdown.

    Where there is a replica, it is the only database that is opened for answering. Raises DatabaseError where it cannot
    be used.
    """
    settings = settings or load_settings()
    replica = settings.read_database_url
    database = open_replica(replica) if replica else open_database(settings.database_url)
    pool = open_pool(database, settings)
    executor = Executor(database, settings, shipped_scorecard(), pool, records=settings.record_searches)
    core_schema()

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        if executor.matches is not None:
            executor.matches.start()
        yield
        if pool is not None:
            await pool.close()
        executor.close()
        database.close()

    graphql = GraphQLEndpoint(executor, anyio.CapacityLimiter(THREADS))
    sdl = printed_schema()

    async def schema_route(_request: Request) -> Response:
        return PlainTextResponse(sdl)

    async def start_route(_request: Request) -> Response:
        return Response(start_script(), media_type="text/javascript")

    async def home_route(_request: Request) -> Response:
        return RedirectResponse("/graphql")

    async def health_route(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def ready_route(_request: Request) -> Response:
        version = await anyio.to_thread.run_sync(_version, database)
        if version is None:
            return JSONResponse({"status": "not ready"}, status_code=503)
        return JSONResponse({"status": "ready", "catalogueVersion": version})

    async def metrics_route(_request: Request) -> Response:
        return Response(executor.metrics.exposition(), media_type=CONTENT_TYPE_LATEST)

    return Application(
        graphql,
        routes=[
            Route(GRAPHQL, graphql, methods=METHODS),
            Route("/", home_route),
            Route("/metrics", metrics_route),
            Route("/schema.graphql", schema_route),
            Route("/healthz", health_route),
            Route("/readyz", ready_route),
            Route(f"{ASSETS_PATH}/start.js", start_route),
            Mount(ASSETS_PATH, assets()),
        ],
        exception_handlers={404: _not_found, 405: _not_allowed},
        lifespan=lifespan,
    )


def served_app() -> Application:
    """The application for a process that does nothing else.

    What it is made of is left out of what the garbage collector goes over again and again, which takes a tenth of a
    second and all requests wait for.
    """
    app = create_app()
    gc.collect()
    gc.freeze()
    return app


def _version(database: Database) -> int | None:
    """The catalogue's version, None where the database cannot be read or holds no catalogue."""
    try:
        with database.reading() as connection:
            version: int | None = connection.scalar(select(METADATA.tables["catalogue"].c.version))
            return version
    except SQLAlchemyError as error:
        # One line: who asks whether it is ready asks again and again.
        address = database.engine.url.render_as_string(hide_password=False)
        why = without_secrets(" ".join(str(getattr(error, "orig", None) or error).split()), address)
        LOG.error("the database cannot be read: %s", why)
        return None


async def _not_allowed(request: Request, error: Exception) -> Response:
    allowed = (getattr(error, "headers", None) or {}).get("Allow", "GET, HEAD")
    text = f"{request.url.path} is not asked with {request.method} but with {allowed}."
    body = {"errors": [{"message": text, "extensions": {"code": "METHOD_NOT_ALLOWED"}}]}
    return JSONResponse(body, status_code=405, headers={"allow": allowed})


async def _not_found(request: Request, _error: Exception) -> Response:
    text = f"There is nothing at {request.url.path}; ask at /graphql, and read /schema.graphql."
    return JSONResponse({"errors": [{"message": text, "extensions": {"code": "NOT_FOUND"}}]}, status_code=404)
