"""Uvicorn's HTTP protocol with a short cut for replies that nothing has to be waited for."""

import logging
from dataclasses import dataclass
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from gateway.app import GRAPHQL, METHODS, Application
from gateway.heads import Head
from gateway.recent import Recent
from gateway.replies import Reply, text_of
from gateway.turns import MOST_CONNECTIONS

LOG = logging.getLogger("gateway")
PATH = GRAPHQL.encode()
SHORT = {method.encode() for method in METHODS}
HEADS, LONGEST_HEAD = 500, 2_000
"""How many heads are kept, and of how many bytes each at most."""
HEAD_ENDS = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class _Known:
    """The head of a request for GraphQL that came whole, and how many bytes its body has."""

    head: Head
    length: int


_KNOWN: Recent[_Known] = Recent(HEADS)
"""Heads as they were sent. Taking one apart depends on nothing else, so all connections share them."""


class ShortCutProtocol(HttpToolsProtocol):
    """Replies to most GraphQL requests as soon as they have arrived whole.

    Uvicorn has a scope, an object and a task of asyncio for each request, which together take longer than many a plan.
    Here a request for GraphQL is held back until it is whole. It is handed on to Uvicorn, as if it came only then,
    where its reply takes long, and before that where the rest of it has yet to arrive. What comes in one piece and
    begins as one did before is not even parsed again.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        graphql = self.app.graphql if isinstance(self.app, Application) else None
        # From PostgreSQL everything is waited for.
        short = graphql is not None and graphql.executor.pool is None
        self._graphql = graphql if short and self.limit_concurrency is None and not self.access_log else None
        self._piece: bytes | None = None
        self._between = True
        self._tried = False
        self._turn: object = None
        self._method: bytes | None = None
        self._body = b""
        self._general: tuple[Any, bytes] = None, b""
        self._quiet_since = 0.0

    def data_received(self, data: bytes) -> None:
        """Takes bytes that have arrived."""
        self._piece, self._tried = None, False
        if self._graphql is not None:
            before, self._turn = self._turn, self._graphql.turns.now(self.loop)
            if self._between:
                text, _, body = data.partition(HEAD_ENDS)
                known = _KNOWN.get(text)
                if known is None:
                    self._piece = data
                elif len(body) == known.length and self._is_free():
                    alone = before is not self._turn and len(self.connections) < MOST_CONNECTIONS
                    if self._replied(known.head, body, self._turn if alone else None):
                        return
                    self._tried = True
        super().data_received(data)
        if self._method is not None:
            self._hand_on()

    def on_message_begin(self) -> None:
        """A request begins. What Uvicorn does then is done once the request is handed on."""
        self._between = False
        self.url = b""
        self.headers = []
        self.expect_100_continue = False

    def on_headers_complete(self) -> None:
        """All headers of a request are here: it is held back if it asks for GraphQL and nothing stands in the way."""
        parser, path = self.parser, self.url.partition(b"?")[0]
        if (
            self._graphql is not None
            and path == PATH
            and parser.get_method() in SHORT
            and parser.get_http_version() == "1.1"
            and parser.should_keep_alive()
            and not parser.should_upgrade()
            and not self.expect_100_continue
            and self._is_free()
        ):
            self._method = parser.get_method()
            self._body = b""
        else:
            self._begin()

    def on_body(self, body: bytes) -> None:
        """Some of a request's body is here."""
        if self._method is None:
            super().on_body(body)
        else:
            self._body += body

    def on_message_complete(self) -> None:
        """A request is whole."""
        self._between = True
        if self._method is None:
            super().on_message_complete()
            return
        head = Head(self._method.decode(), self.url.partition(b"?")[2], self.headers)
        if self._piece is not None:
            self._learn(self._piece, head)
        if not self._tried and self._replied(head, self._body):
            self._method = None
        else:
            self._hand_on()
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """A reply was sent by Uvicorn."""
        super().on_response_complete()
        self._quiet_since = self.loop.time()

    def timeout_keep_alive_handler(self) -> None:
        """Ends a connection that has been quiet for long. The time of one that was not is not yet up."""
        rest = self._quiet_since + self.timeout_keep_alive - self.loop.time()
        if rest > 0:
            self.timeout_keep_alive_task = self.loop.call_later(rest, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()

    def _is_free(self) -> bool:
        """Whether a reply can be sent now: none has to come before it, and the last ones have gone out."""
        cycle = self.cycle
        return (
            (cycle is None or cycle.response_complete)
            and not self.flow.write_paused
            and not self.transport.is_closing()
        )

    def _learn(self, piece: bytes, head: Head) -> None:
        """Keeps the head of a request that was all of a piece."""
        text, _, body = piece.partition(HEAD_ENDS)
        if body == self._body and len(text) <= LONGEST_HEAD:
            _KNOWN.put(text, _Known(head, len(body)))

    def _replied(self, head: Head, body: bytes, turn: object = None) -> bool:
        """Replies to a request if that can be done at once; in a `turn` if all of it came first in that turn."""
        assert self._graphql is not None
        try:
            reply = self._graphql.reply_at_once(head, body, turn)
        except Exception:
            # Else the parser would take it for a fault of the client's. The task that follows answers as it should.
            LOG.exception("a request could not be replied to at once")
            reply = None
        if reply is None:
            return False
        self._send(reply)
        return True

    def _send(self, reply: Reply) -> None:
        end = b"\r\n" if reply.length is None else b"content-length: %d\r\n\r\n" % reply.length
        given = text_of(reply.headers) if reply.headers else b""
        general, fixed = self._general_headers(), reply.fixed.text
        self.transport.write(b"".join((STATUS_LINE[reply.status], general, fixed, given, end, reply.content)))
        self.server_state.total_requests += 1
        self._quiet_since = self.loop.time()
        if self.timeout_keep_alive_task is None:
            # One timer goes on for many requests: setting one for each takes longer than looking at the time.
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def _hand_on(self) -> None:
        """Hands on to Uvicorn what of the request is here."""
        self._method = None
        self._begin()
        if self._body:
            super().on_body(self._body)

    def _begin(self) -> None:
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, expects
        self.headers += headers
        super().on_headers_complete()

    def _general_headers(self) -> bytes:
        """The headers that all replies have, such as the date. Uvicorn makes them anew each second."""
        known, text = self._general
        headers = self.server_state.default_headers
        if headers is not known:
            text = text_of(headers)
            self._general = headers, text
        return text
