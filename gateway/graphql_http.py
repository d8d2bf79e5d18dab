"""GraphQL over HTTP: what a request means, and how an answer is written.

A bare ASGI application, because Starlette's requests and responses take longer than a plan does.
"""

import asyncio
from collections.abc import Callable, Generator, Iterable
from functools import partial
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import anyio
import orjson
from anyio import to_thread
from starlette.types import Message, Receive, Scope, Send

from gateway.answers import LEAST_TO_PACK, Answer
from gateway.errors import RequestError
from gateway.execution import Executor, Request
from gateway.graphiql import graphiql_page
from gateway.loaders import TakesLongError

T = TypeVar("T")
JSON, GRAPHQL_JSON = b"application/json", b"application/graphql-response+json"
GRACE_SECONDS = 1.0
"""How much longer than its deadline an operation is waited for; it should have ended itself by then."""
Headers = list[tuple[bytes, bytes]]


class GraphQLEndpoint:
    """Answers GET and POST, and shows GraphiQL to a browser."""

    def __init__(self, executor: Executor, threads: anyio.CapacityLimiter) -> None:
        self.executor = executor
        self.threads = threads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one HTTP request."""
        headers = _wanted(scope["headers"])
        post = scope["method"] == "POST"
        if not post and b"text/html" in headers.get(b"accept", b""):
            await graphiql_page()(scope, receive, send)
            return
        try:
            if post:
                kind = headers.get(b"content-type", b"")
                if kind != JSON:
                    _check_type(kind.decode("latin-1"))
                answer = await self._answer_body(await self._body(headers.get(b"content-length", b""), receive))
            else:
                answer = await self._answer(_from_query(scope["query_string"]))
        except RequestError as error:
            body = {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}
            await _send(send, error.status, _plain(headers), orjson.dumps(body))
            return
        await _send_answer(send, scope["method"], headers, answer)

    async def _answer_body(self, body: bytes) -> Answer:
        if self.executor.pool is None:
            try:
                again = self.executor.execute_again(body)
            except TakesLongError:
                return await self._answer_in_thread(_from_body(body))
            if again is not None:
                return again
        return await self._answer(_from_body(body), body)

    async def _answer(self, asked: Request, body: bytes = b"") -> Answer:
        executor = self.executor
        if executor.pool is None:
            try:
                return executor.execute_at_once(asked, body)
            except TakesLongError:
                pass
        return await self._answer_in_thread(asked)

    async def _answer_in_thread(self, asked: Request) -> Answer:
        executor = self.executor
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
        first: Any = receive()
        try:
            # A body that is there already, as nearly all are, needs nobody to watch how long it takes.
            awaited = first.send(None)
        except StopIteration as at_once:
            message: Message = at_once.value
            if message["type"] == "http.request" and not message.get("more_body"):
                whole: bytes = message.get("body", b"")
                if len(whole) > most:
                    raise _too_large(most) from None
                return whole
        else:
            message = {}
        try:
            async with asyncio.timeout(seconds):
                return await _gathered(message or await _Resumed(first, awaited), receive, most)
        except TimeoutError:
            raise RequestError(408, "REQUEST_TIMEOUT", f"The body did not arrive within {seconds:g} s.") from None


class _Resumed:
    """Goes on with a coroutine that has been begun and waits for something."""

    def __init__(self, coroutine: Any, awaited: Any) -> None:
        self._coroutine = coroutine
        self._awaited = awaited

    def __await__(self) -> Generator[Any, Any, Any]:
        awaited = self._awaited
        while True:
            try:
                given = yield awaited
            except BaseException as error:
                step = partial(self._coroutine.throw, error)
            else:
                step = partial(self._coroutine.send, given)
            try:
                awaited = step()
            except StopIteration as done:
                return done.value


async def _gathered(message: Message, receive: Receive, most: int) -> bytes:
    found: bytes = b""
    while True:
        if message["type"] == "http.disconnect":
            raise RequestError(400, "BAD_REQUEST", "The connection was closed before the body was whole.")
        found += message.get("body", b"")
        if len(found) > most:
            raise _too_large(most)
        if not message.get("more_body"):
            return found
        message = await receive()


def _too_large(most: int) -> RequestError:
    return RequestError(413, "BODY_TOO_LARGE", f"The body is larger than the {most:,} bytes that are read.")


def _wanted(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """The headers that are looked at; one that is given several times with all of its values."""
    found: dict[bytes, bytes] = {}
    for name, value in headers:
        if name in LOOKED_AT:
            found[name] = found[name] + b", " + value if name in found else value
    return found


LOOKED_AT = {b"accept", b"accept-encoding", b"content-length", b"content-type", b"if-none-match"}


def _check_type(stated: str) -> None:
    kind, _, parameters = stated.partition(";")
    if kind.strip().lower() != "application/json":
        raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", "The body has to be application/json, said in Content-Type.")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if charset not in ("", "utf-8", "utf8"):
        raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", "The body has to be in UTF-8.")


def _status(answer: Answer) -> int:
    if answer.ran:
        return 200
    if "INTERNAL" in answer.codes:
        return 500
    return 503 if answer.codes & {"DATABASE_UNAVAILABLE", "DEADLINE_EXCEEDED", "OVERLOADED"} else 400


def _from_body(body: bytes) -> Request:
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


def _from_query(text: bytes) -> Request:
    asked: dict[str, Any] = dict(parse_qsl(text.decode("latin-1"), keep_blank_values=True))
    for name in ("variables", "extensions"):
        if name in asked:
            try:
                asked[name] = orjson.loads(asked[name]) if asked[name] else None
            except orjson.JSONDecodeError as error:
                raise RequestError(400, "BAD_JSON", f"`{name}` is not JSON: {error}.") from None
    return _request(asked)


def _request(asked: dict[str, Any]) -> Request:
    """Raises RequestError where a part is not of its type, or there is no query."""
    for name, right, kind in PARTS:
        if asked.get(name) is not None and not isinstance(asked[name], right):
            raise RequestError(400, "BAD_REQUEST", f"`{name}` has to be {kind}.")
    if not (asked.get("query") or "").strip():
        raise RequestError(400, "BAD_REQUEST", "`query` is missing: send the GraphQL document in it.")
    return Request(asked["query"], asked.get("variables"), asked.get("operationName") or None)


PARTS: tuple[tuple[str, type, str], ...] = (
    ("query", str, "a text"),
    ("variables", dict, "an object"),
    ("operationName", str, "a text"),
    ("extensions", dict, "an object"),
)
"""What a request may hold."""


async def _send_answer(send: Send, method: str, headers: dict[bytes, bytes], answer: Answer) -> None:
    """Sends an answer: packed for those who take it so, and to GET without its content where they have it already."""
    sent = _plain(headers)
    content = answer.content
    packs = len(content) >= LEAST_TO_PACK
    packed = packs and b"accept-encoding" in headers and _takes_gzip(headers[b"accept-encoding"])
    sent.append((b"vary", b"Accept, Accept-Encoding" if packs else b"Accept"))
    if method != "POST" and answer.ran and not answer.codes:
        tag = (answer.etag[:-1] + '-gzip"' if packed else answer.etag).encode()
        # To be kept by whoever likes, and asked about each time: an import may have come between.
        sent += [(b"etag", tag), (b"cache-control", b"public, no-cache")]
        if _names(headers.get(b"if-none-match", b""), tag):
            await _send(send, 304, [pair for pair in sent if pair[0] != b"content-type"], None)
            return
    if packed:
        sent.append((b"content-encoding", b"gzip"))
        content = answer.packed
    await _send(send, _status(answer), sent, content, head=method == "HEAD")


def _takes_gzip(accepted: bytes) -> bool:
    """Whether gzip is among the encodings that a client accepts, by name or else as any, and not with a weight of 0."""
    weights = {}
    for item in accepted.lower().split(b","):
        name, _, weight = item.partition(b";")
        weights[name.strip()] = weight.replace(b" ", b"")
    weight = weights.get(b"gzip", weights.get(b"*", b"q=0"))
    return weight not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")


def _names(tags: bytes, own: bytes) -> bool:
    """Whether a list of entity tags names this one, weak or not."""
    return any(tag.strip().removeprefix(b"W/") in (own, b"*") for tag in tags.split(b","))


def _plain(headers: dict[bytes, bytes]) -> Headers:
    media = GRAPHQL_JSON if GRAPHQL_JSON in headers.get(b"accept", b"") else JSON
    return [(b"content-type", media), (b"x-content-type-options", b"nosniff")]


async def _send(send: Send, status: int, headers: Headers, content: bytes | None, *, head: bool = False) -> None:
    if content is not None:
        headers.append((b"content-length", str(len(content)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head or content is None else content})
