"""GraphQL over HTTP: takes requests, and sends replies.

A bare ASGI application, because Starlette's requests and responses take longer than a plan does.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import TypeVar

import anyio
from anyio import to_thread
from starlette.types import Receive, Scope, Send

from gateway.answers import Answer
from gateway.errors import RequestError
from gateway.execution import Executor, Request
from gateway.graphiql import graphiql_page
from gateway.loaders import TakesLongError
from gateway.replies import Reply, refused, reply_of
from gateway.requests import GivenHeaders, asked_in_address, asked_in_body, headers_of

T = TypeVar("T")
GRACE_SECONDS = 1.0
"""How much longer than its deadline an operation is waited for; it should have ended itself by then."""


class GraphQLEndpoint:
    """Answers GET and POST, and shows GraphiQL to a browser."""

    def __init__(self, executor: Executor, threads: anyio.CapacityLimiter) -> None:
        self.executor = executor
        self.threads = threads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one HTTP request."""
        method, headers = scope["method"], headers_of(scope["headers"])
        if method != "POST" and b"text/html" in headers.get(b"accept", b""):
            await graphiql_page()(scope, receive, send)
            return
        try:
            body = b""
            if method == "POST":
                body = await self._body(headers.get(b"content-length", b""), receive)
            asked = _asked(method, scope["query_string"], headers, body)
            reply = reply_of(method, headers, await self._answer(asked))
        except RequestError as error:
            reply = refused(headers, error)
        await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
        await send({"type": "http.response.body", "body": reply.content})

    def reply_at_once(self, method: str, query: bytes, given: GivenHeaders, body: bytes) -> Reply | None:
        """The reply to a request that is here whole; None where it takes long, or is not for a program."""
        headers = headers_of(given)
        if method != "POST" and b"text/html" in headers.get(b"accept", b""):
            return None
        try:
            if len(body) > self.executor.settings.max_body_bytes:
                raise _too_large(self.executor.settings.max_body_bytes)
            answer = self.executor.execute_at_once(_asked(method, query, headers, body))
        except TakesLongError:
            return None
        except RequestError as error:
            return refused(headers, error)
        return reply_of(method, headers, answer)

    async def _answer(self, asked: Request) -> Answer:
        executor = self.executor
        try:
            return executor.execute_at_once(asked)
        except TakesLongError:
            pass
        with anyio.move_on_after(executor.settings.deadline_seconds + GRACE_SECONDS):
            if executor.pool is None:
                return await self._in_thread(lambda: executor.execute(asked))
            return await executor.execute_async(asked, executor.pool, self._in_thread)
        raise RequestError(503, "OVERLOADED", "The gateway is too busy to answer in time; try again later.")

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await to_thread.run_sync(work, abandon_on_cancel=True, limiter=self.threads)

    async def _body(self, stated: bytes, receive: Receive) -> bytes:
        settings = self.executor.settings
        most, seconds = settings.max_body_bytes, settings.deadline_seconds
        if stated.isdigit() and int(stated) > most:
            raise _too_large(most)
        try:
            async with asyncio.timeout(seconds):
                return await _gathered(receive, most)
        except TimeoutError:
            raise RequestError(408, "REQUEST_TIMEOUT", f"The body did not arrive within {seconds:g} s.") from None


def _asked(method: str, query: bytes, headers: Mapping[bytes, bytes], body: bytes) -> Request:
    if method == "POST":
        return asked_in_body(headers.get(b"content-type", b""), body)
    return asked_in_address(query)


async def _gathered(receive: Receive, most: int) -> bytes:
    found: bytes = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RequestError(400, "BAD_REQUEST", "The connection was closed before the body was whole.")
        found += message.get("body", b"")
        if len(found) > most:
            raise _too_large(most)
        if not message.get("more_body"):
            return found


def _too_large(most: int) -> RequestError:
    return RequestError(413, "BODY_TOO_LARGE", f"The body is larger than the {most:,} bytes that are read.")
