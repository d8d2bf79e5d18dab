"""GraphQL over HTTP: what a request means, and how an answer is written."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import anyio
import orjson
from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from gateway.errors import RequestError
from gateway.execution import Answer, Executor
from gateway.execution import Request as GraphQLRequest
from gateway.graphiql import graphiql_page

T = TypeVar("T")
JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
GRACE_SECONDS = 1.0
"""How much longer than its deadline an operation is waited for; it should have ended itself by then."""


class GraphQLEndpoint:
    """Answers GET and POST, and shows GraphiQL to a browser."""

    def __init__(self, executor: Executor, threads: anyio.CapacityLimiter) -> None:
        self.executor = executor
        self.threads = threads

    async def __call__(self, request: Request) -> Response:
        """The answer to one HTTP request."""
        if request.method != "POST" and "text/html" in request.headers.get("accept", ""):
            return graphiql_page()
        try:
            asked = await self._asked(request)
        except RequestError as error:
            return _refusal(request, error)
        patience = self.executor.settings.deadline_seconds + GRACE_SECONDS
        with anyio.move_on_after(patience):
            if self.executor.pool is None:
                answer = await self._in_thread(partial(self.executor.execute, asked))
            else:
                answer = await self.executor.execute_async(asked, self.executor.pool, self._in_thread)
            return _response(request, answer.body, _status(answer))
        late = RequestError(503, "OVERLOADED", "The gateway is too busy to answer in time; try again later.")
        return _refusal(request, late)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await to_thread.run_sync(work, abandon_on_cancel=True, limiter=self.threads)

    async def _asked(self, request: Request) -> GraphQLRequest:
        if request.method != "POST":
            return _from_query(request)
        kind, _, parameters = request.headers.get("content-type", "").partition(";")
        if kind.strip().lower() != JSON:
            raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", f"The body has to be {JSON}, said in Content-Type.")
        charset = parameters.strip().lower().removeprefix("charset=").strip('"')
        if charset not in ("", "utf-8", "utf8"):
            raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", "The body has to be in UTF-8.")
        seconds = self.executor.settings.deadline_seconds
        try:
            with anyio.fail_after(seconds):
                return _from_body(await _body(request, self.executor.settings.max_body_bytes))
        except TimeoutError:
            raise RequestError(408, "REQUEST_TIMEOUT", f"The body did not arrive within {seconds:g} s.") from None


def _status(answer: Answer) -> int:
    if answer.ran:
        return 200
    codes = {error["extensions"].get("code") for error in answer.body["errors"]}
    if "INTERNAL" in codes:
        return 500
    return 503 if codes & {"DEADLINE_EXCEEDED", "OVERLOADED"} else 400


async def _body(request: Request, most: int) -> bytes:
    too_large = RequestError(413, "BODY_TOO_LARGE", f"The body is larger than the {most:,} bytes that are read.")
    stated = request.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > most:
        raise too_large
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > most:
                raise too_large
    except ClientDisconnect:
        raise RequestError(400, "BAD_REQUEST", "The connection was closed before the body was whole.") from None
    return bytes(body)


def _from_body(body: bytes) -> GraphQLRequest:
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise RequestError(400, "BAD_JSON", f"The body is not JSON: {error}.") from None
    if isinstance(asked, list):
        raise RequestError(400, "BAD_REQUEST", "The body is a list; send one operation a request.")
    if not isinstance(asked, dict):
        text = 'The body has to be a JSON object such as {"query": "{ catalogue { version } }"}.'
        raise RequestError(400, "BAD_REQUEST", text)
    return _request(asked)


def _from_query(request: Request) -> GraphQLRequest:
    asked: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if name in asked:
            try:
                asked[name] = orjson.loads(asked[name]) if asked[name] else None
            except orjson.JSONDecodeError as error:
                raise RequestError(400, "BAD_JSON", f"`{name}` is not JSON: {error}.") from None
    return _request(asked)


def _request(asked: dict[str, Any]) -> GraphQLRequest:
    for name, right, kind in (
        ("query", str, "a text"),
        ("variables", dict, "an object"),
        ("operationName", str, "a text"),
        ("extensions", dict, "an object"),
    ):
        if asked.get(name) is not None and not isinstance(asked[name], right):
            raise RequestError(400, "BAD_REQUEST", f"`{name}` has to be {kind}.")
    if not (asked.get("query") or "").strip():
        raise RequestError(400, "BAD_REQUEST", "`query` is missing: send the GraphQL document in it.")
    return GraphQLRequest(asked["query"], asked.get("variables"), asked.get("operationName") or None)


def _refusal(request: Request, error: RequestError) -> Response:
    body = {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}
    return _response(request, body, error.status)


def _response(request: Request, body: dict[str, Any], status: int) -> Response:
    media = GRAPHQL_JSON if GRAPHQL_JSON in request.headers.get("accept", "") else JSON
    return Response(orjson.dumps(body), status, media_type=media, headers={"x-content-type-options": "nosniff"})
