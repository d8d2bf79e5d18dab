"""GraphQL over HTTP: takes requests, and sends replies.

A bare ASGI application, because Starlette's requests and responses take longer than a plan does.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

import anyio
from anyio import to_thread
from starlette.types import Receive, Scope, Send

from gateway.answers import Answer
from gateway.errors import RequestError
from gateway.execution import Executor, Request
from gateway.graphiql import graphiql_page
from gateway.heads import Head
from gateway.loaders import TakesLongError
from gateway.replies import Reply, refused, reply_of
from gateway.requests import asked_in
from gateway.turns import Turns

T = TypeVar("T")
GRACE_SECONDS = 1.0
"""How much longer than its deadline an operation is waited for; it should have ended itself by then."""


class GraphQLEndpoint:
    """Answers GET and POST, and shows GraphiQL to a browser."""

    def __init__(self, executor: Executor, threads: anyio.CapacityLimiter) -> None:
        self.executor = executor
        self.threads = threads
        self.turns = Turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one HTTP request."""
        head = Head(scope["method"], scope["query_string"], scope["headers"])
        if head.wants_page:
            await graphiql_page()(scope, receive, send)
            return
        try:
            body = await self._body(head.get(b"content-length"), receive) if head.posts else b""
            asked = asked_in(head, body)
            if self.executor.matches is not None:
                asked.client = self.executor.matches.client((scope.get("client") or (None,))[0], head)
            reply = reply_of(head, await self._answer(asked))
        except RequestError as error:
            reply = refused(head, error)
        headers = [*reply.fixed.headers, *reply.headers]
        if reply.length is not None:
            headers.append((b"content-length", b"%d" % reply.length))
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.content})

    def reply_at_once(self, head: Head, body: bytes, turn: object = None) -> Reply | None:
        """The reply to a request that is here whole; None where it takes long, or is not for a program."""
        if head.wants_page:
            return None
        try:
            if len(body) > self.executor.settings.max_body_bytes:
                raise _too_large(self.executor.settings.max_body_bytes)
            answer = self.executor.execute_at_once(asked_in(head, body), turn)
        except TakesLongError:
            return None
        except RequestError as error:
            return refused(head, error)
        return reply_of(head, answer)

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
