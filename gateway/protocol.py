"""Uvicorn's HTTP protocol with a short cut for replies that nothing has to be waited for."""

import logging
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from gateway.app import GRAPHQL, METHODS, Application
from gateway.replies import Reply

LOG = logging.getLogger("gateway")
PATH = GRAPHQL.encode()
SHORT = {method.encode() for method in METHODS}


class ShortCutProtocol(HttpToolsProtocol):
    """Replies to most GraphQL requests as soon as they have arrived whole.

    Uvicorn has a scope, an object and a task of asyncio for each request, which together take longer than many a plan.
    Here a request for GraphQL is held back until it is whole. It is handed on to Uvicorn, as if it came only then,
    where its reply takes long, and before that where the rest of it has yet to arrive.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        graphql = self.app.graphql if isinstance(self.app, Application) else None
        # From PostgreSQL everything is waited for.
        self._graphql = graphql if graphql is not None and graphql.executor.pool is None else None
        self._method: bytes | None = None
        self._body = b""
        self._general: tuple[Any, bytes] = None, b""

    def data_received(self, data: bytes) -> None:
        """Takes bytes that have arrived."""
        super().data_received(data)
        if self._method is not None:
            self._hand_on()

    def on_message_begin(self) -> None:
        """A request begins. What Uvicorn does then is done once the request is handed on."""
        self.url = b""
        self.headers = []
        self.expect_100_continue = False

    def on_headers_complete(self) -> None:
        """All headers of a request are here: it is held back if it asks for GraphQL and nothing stands in the way."""
        parser, cycle, path = self.parser, self.cycle, self.url.partition(b"?")[0]
        if (
            self._graphql is not None
            and path == PATH
            and parser.get_method() in SHORT
            and parser.get_http_version() == "1.1"
            and parser.should_keep_alive()
            and not parser.should_upgrade()
            and not self.expect_100_continue
            and (cycle is None or cycle.response_complete)
            and self.limit_concurrency is None
            and not self.access_log
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
        method = self._method
        if method is None:
            super().on_message_complete()
            return
        reply = None
        if not (self.flow.write_paused or self.transport.is_closing()):
            reply = self._reply(method)
        if reply is None:
            self._hand_on()
            super().on_message_complete()
            return
        self._method = None
        parts = [STATUS_LINE[reply.status], self._general_headers()]
        for name, value in reply.headers:
            parts += (name, b": ", value, b"\r\n")
        parts += (b"\r\n", reply.content)
        self.transport.write(b"".join(parts))
        self.on_response_complete()

    def _reply(self, method: bytes) -> Reply | None:
        assert self._graphql is not None
        try:
            return self._graphql.reply_at_once(method.decode(), self.url.partition(b"?")[2], self.headers, self._body)
        except Exception:
            # Else the parser would take it for a fault of the client's. The task that follows answers as it should.
            LOG.exception("a request could not be replied to at once")
            return None

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
            text = b"".join([name + b": " + value + b"\r\n" for name, value in headers])
            self._general = headers, text
        return text
