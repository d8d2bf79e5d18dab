"""Requests as they come over a connection: whole, in pieces, one behind another; the replies are always the same."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import anyio
import pytest
import uvicorn
from uvicorn.server import ServerState

from gateway.app import Application, create_app
from gateway.execution import Request
from gateway.protocol import ShortCutProtocol
from gateway.settings import load_settings
from tests.catalogue.lines import line
from tests.conftest import Run, Server

QUERY = "query ($slug: String!) { artifact(slug: $slug) { slug name } } # %s"
KNOWN = QUERY % "known"


def request(query: str = KNOWN, slug: str = "c4", version: str = "1.1", **headers: str) -> bytes:
    """A request as it goes over the wire."""
    body = json.dumps({"query": query, "variables": {"slug": slug}}).encode()
    given = {"host": "x", "content-type": "application/json", "content-length": str(len(body))} | headers
    lines = [f"POST /graphql HTTP/{version}", *(f"{name}: {value}" for name, value in given.items()), "", ""]
    return "\r\n".join(lines).encode() + body


class Wire:
    """A connection that is written to and read from byte by byte."""

    def __init__(self, made: socket.socket) -> None:
        self.socket = made
        self.file = made.makefile("rb")

    def send(self, *pieces: bytes) -> None:
        """Sends some bytes, each piece in a packet of its own."""
        for piece in pieces:
            self.socket.sendall(piece)
            # Long enough for the server to take it by itself.
            anyio.run(anyio.sleep, 0.01)

    def reply(self) -> tuple[int, dict[str, str], bytes]:
        """The next reply: its status, its headers and its content."""
        status = int(self.file.readline().split()[1])
        headers = {}
        while line := self.file.readline().strip().decode():
            name, _, value = line.partition(": ")
            headers[name] = value
        return status, headers, self.file.read(int(headers.get("content-length", 0)))

    def slug(self) -> Any:
        """The artifact that the next reply, which is no error, is about."""
        status, _, content = self.reply()
        assert status == 200, content
        return json.loads(content)["data"]["artifact"]["slug"]

    def ended(self) -> bool:
        """Whether the server has closed the connection, with nothing more to read."""
        return self.file.read(1) == b""


@contextmanager
def wire(server: Server) -> Iterator[Wire]:
    """A new connection, after whose making the document is known."""
    url = server.client.base_url
    server.data(KNOWN, slug="c4")
    with socket.create_connection((url.host, url.port), timeout=10) as made:
        yield Wire(made)


def test_a_request_in_pieces_has_the_same_reply(server: Server) -> None:
    whole = request()
    head, _, body = whole.partition(b"\r\n\r\n")
    cuts = [
        [whole],
        [whole[:10], whole[10:]],
        [head + b"\r\n\r\n", body],
        [head[:-5], head[-5:] + b"\r\n\r\n" + body[:7], body[7:30], body[30:]],
    ]
    with wire(server) as one:
        replies = []
        for pieces in cuts:
            one.send(*pieces)
            status, headers, content = one.reply()
            replies.append((status, {name: headers[name] for name in headers if name != "date"}, content))
    assert replies == [replies[0]] * len(cuts)
    assert json.loads(replies[0][2]) == {"data": {"artifact": {"slug": "c4", "name": "C4"}}}
    assert "date" in headers


def test_requests_in_one_packet_are_replied_to_in_their_order(server: Server) -> None:
    slugs = ["c4", "the-pile", "c4", "the-pile"]
    # A new document takes its way through a thread, and those behind it wait.
    texts = [KNOWN, QUERY % "new", KNOWN, QUERY % "also new"]
    with wire(server) as one:
        one.send(b"".join(request(text, slug) for text, slug in zip(texts, slugs, strict=True)))
        assert [one.slug() for _ in slugs] == slugs
        one.send(request())
        assert one.slug() == "c4"


def test_a_request_that_begins_as_others_did(server: Server) -> None:
    # Bodies of one length have heads of the same bytes, and what follows such a head may still come in any way.
    head, _, body = request(slug="c4").partition(b"\r\n\r\n")
    same, other = request(slug="xx"), request(slug="the-pile")
    with wire(server) as one:
        for sent, slugs in (
            ([request(slug="c4")], ["c4"]),
            ([same], [None]),
            ([other], ["the-pile"]),
            ([head + b"\r\n\r\n", body], ["c4"]),
            ([head + b"\r\n\r\n" + body[:9], body[9:] + other], ["c4", "the-pile"]),
            ([request(slug="c4") + other], ["c4", "the-pile"]),
            ([b"\r\n" + request(slug="c4")], ["c4"]),
            ([request(QUERY % "no one"), request(slug="c4")], ["c4", "c4"]),
        ):
            one.send(*sent)
            found = [json.loads(one.reply()[2])["data"]["artifact"] for _ in slugs]
            assert [artifact and artifact["slug"] for artifact in found] == slugs


def test_one_that_began_comes_before_the_next(server: Server) -> None:
    with wire(server) as one:
        following = request(slug="the-pile")
        one.send(request(QUERY % "not met") + following[:40], following[40:])
        assert [one.slug(), one.slug()] == ["c4", "the-pile"]


@pytest.mark.parametrize(("version", "connection"), [("1.1", "close"), ("1.0", "close"), ("1.0", "")])
def test_a_connection_is_closed_where_it_is_to_be(version: str, connection: str, server: Server) -> None:
    given = {"connection": connection} if connection else {}
    with wire(server) as one:
        one.send(request(version=version, **given))
        assert one.slug() == "c4"
        assert one.ended()


def test_a_client_that_asks_whether_to_go_on(server: Server) -> None:
    head, _, body = request(expect="100-continue").partition(b"\r\n\r\n")
    with wire(server) as one:
        one.send(head + b"\r\n\r\n")
        assert one.reply()[0] == 100
        one.send(body)
        assert one.slug() == "c4"


def test_a_body_in_chunks(server: Server) -> None:
    body = json.dumps({"query": KNOWN, "variables": {"slug": "c4"}}).encode()
    head = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
    chunks = [b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:20], body[20:])]
    with wire(server) as one:
        one.send(head + b"".join(chunks) + b"0\r\n\r\n")
        one.send(head, *chunks, b"0\r\n\r\n")
        assert [one.slug(), one.slug()] == ["c4", "c4"]


def test_what_is_no_request_is_refused_on_any_connection(server: Server) -> None:
    with wire(server) as one:
        one.send(request().replace(b"application/json", b"application/text"))
        status, _, content = one.reply()
        assert (status, json.loads(content)["errors"][0]["extensions"]["code"]) == (415, "UNSUPPORTED_MEDIA_TYPE")
        one.send(request())
        assert one.slug() == "c4"
        one.send(b"NONSENSE\r\n\r\n")
        assert one.reply()[0] == 400
        assert one.ended()


class Transport:
    """As much of a transport as the protocol uses."""

    def __init__(self) -> None:
        self.written = b""
        self.closed = False

    def get_extra_info(self, _name: str, default: Any = None) -> Any:
        """Nothing is known of the other end."""
        return default

    def is_closing(self) -> bool:
        """Whether it was closed."""
        return self.closed

    def write(self, data: bytes) -> None:
        """Takes what is sent."""
        self.written += data

    def pause_reading(self) -> None:
        """Nothing comes by itself."""

    resume_reading = pause_reading

    def close(self) -> None:
        """Closes it."""
        self.closed = True


def connected(app: Application, **settings: Any) -> tuple[ShortCutProtocol, Transport]:
    """The protocol of a connection that has just been made, and what it writes to."""
    config = uvicorn.Config(app, http=ShortCutProtocol, proxy_headers=False, access_log=False, **settings)
    config.load()
    protocol = ShortCutProtocol(config=config, server_state=ServerState(), app_state={})
    transport: Any = Transport()
    protocol.connection_made(transport)
    return protocol, transport


@pytest.mark.on_sqlite
def test_a_fault_of_ours_on_the_short_cut_is_not_blamed_on_the_client(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("gateway.graphql_http.GraphQLEndpoint.reply_at_once", fails)

    async def written() -> bytes:
        app = create_app(load_settings(database_url=address))
        async with app.router.lifespan_context(app):
            protocol, transport = connected(app)
            protocol.data_received(request())
            with anyio.fail_after(30):
                while b"artifact" not in transport.written:
                    await anyio.sleep(0.01)
        return transport.written

    # The task that takes over answers as it does any other request.
    assert anyio.run(written).startswith(b"HTTP/1.1 200 OK\r\n")
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.on_sqlite
def test_a_whole_request_for_a_known_document_takes_no_task(address: str) -> None:
    # From outside this cannot be seen; without it, a new version of Uvicorn could do away with the short cut unnoticed.
    async def written_at_once() -> list[bytes]:
        app = create_app(load_settings(database_url=address))
        protocol, transport = connected(app)
        app.graphql.executor.execute(Request(KNOWN, {"slug": "c4"}))
        found = []
        async with app.router.lifespan_context(app):
            for _ in range(2):
                protocol.data_received(request())
                found.append(transport.written)
                transport.written = b""
        protocol.connection_lost(None)
        return found

    replies = anyio.run(written_at_once)
    assert all(reply.startswith(b"HTTP/1.1 200 OK\r\n") for reply in replies)
    assert replies[0] == replies[1]


@pytest.mark.on_sqlite
def test_a_connection_is_closed_once_it_is_quiet_for_long(address: str) -> None:
    async def whether_closed() -> list[bool]:
        app = create_app(load_settings(database_url=address))
        found = []
        async with app.router.lifespan_context(app):
            protocol, transport = connected(app, timeout_keep_alive=1)
            app.graphql.executor.execute(Request(KNOWN, {"slug": "c4"}))
            for seconds in (0.7, 0.7, 1.2):
                protocol.data_received(request())
                await anyio.sleep(seconds)
                found.append(transport.closed)
        return found

    assert anyio.run(whether_closed) == [False, False, True]


@pytest.mark.on_sqlite
def test_only_what_was_sent_before_a_turn_began_is_answered_of_its_version(address: str, gateway: Run) -> None:
    query = "{ catalogue { version } }"
    gateway("import", "-", input=line("another"))

    async def versions() -> list[int]:
        app = create_app(load_settings(database_url=address))
        found = []

        def ask(protocol: ShortCutProtocol, transport: Transport) -> None:
            transport.written = b""
            protocol.data_received(request(query))
            found.append(int(json.loads(transport.written.partition(b"\r\n\r\n")[2])["data"]["catalogue"]["version"]))

        async with app.router.lifespan_context(app):
            app.graphql.executor.execute(Request(query, {"slug": "c4"}))
            one, other = connected(app), connected(app)
            ask(*one)
            ask(*other)
            await anyio.sleep(0)
            for _ in range(2):
                # What this one sends now was there when the turn began, and what it sends next may be newer.
                ask(*one)
                gateway("import", "-", input=line("another", name=f"Version {len(found)}"))
                ask(*one)
                await anyio.sleep(0)
                ask(*other)
                await anyio.sleep(0)
        return found

    begin, *found = anyio.run(versions)
    assert found == [begin, begin, begin + 1, begin + 1, begin + 1, begin + 2, begin + 2]
