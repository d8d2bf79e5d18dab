"""`gateway serve`: gets the database ready, says where it listens and what to try, and runs the server."""

import logging
import os
import signal
import socket
import sys
import time
from types import FrameType
from typing import NoReturn

import typer
import uvicorn
from uvicorn.supervisors import Multiprocess

from gateway.addresses import shown
from gateway.catalogue.scoring import scored_anew
from gateway.catalogue.shipped import load_shipped, loaded, shipped_scorecard
from gateway.database import open_database, open_replica
from gateway.errors import DatabaseError, UsageError
from gateway.protocol import ShortCutProtocol
from gateway.search.indexing import index_anew, is_behind
from gateway.settings import PREFIX, Settings

SHUTDOWN_SECONDS = 5
REPLICA_SECONDS = 30
"""How long a start waits for what it has just written to arrive at the replica."""


def serve(settings: Settings) -> None:
    """Serves until it is told to end, by Ctrl-C or SIGTERM.

    Raises UsageError where the address cannot be listened on, DatabaseError where a database cannot be used.
    """
    database = open_database(settings.database_url)
    if not loaded(database):
        report = load_shipped(database)
        typer.echo(f"Made {shown(settings.database_url)} and loaded the shipped catalogue: {report.added} artifacts.")
    elif scored_anew(database, shipped_scorecard()):
        typer.echo(
            "The scorecard has changed since the catalogue was loaded: all scores and ranks were worked out anew."
        )
    elif is_behind(database):
        typer.echo("Indexing the catalogue for searches, which work in another way by now; a large one takes minutes.")
        index_anew(database)
    database.close()
    if settings.read_database_url:
        _wait_for_replica(settings.read_database_url)
    listener = _listen(settings)
    host, port = listener.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    typer.echo(f"Listening on http://{name}:{port}/graphql (open it in a browser, or send it a query). Ctrl-C ends it.")
    typer.echo(f"Try: curl 'http://{name}:{port}/graphql?query=%7Bcatalogue%7Bversion,artifactCount%7D%7D'")
    # The workers are processes of their own and take their settings from the environment.
    for name, value in settings.model_dump().items():
        if value is not None:
            os.environ[PREFIX + name.upper()] = str(value)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    config = uvicorn.Config(
        "gateway.app:served_app",
        factory=True,
        workers=settings.workers,
        log_level="warning",
        http=ShortCutProtocol,
        # Nothing looks at who asks.
        proxy_headers=False,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    # Being told to end is no failure. The server raises the signal again once running requests are finished.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    if settings.workers == 1:
        uvicorn.Server(config).run(sockets=[listener])
    else:
        Multiprocess(config, sockets=[listener]).run()


def _wait_for_replica(url: str) -> None:
    """Returns once the replica has a catalogue. Raises DatabaseError where it has none after a while."""
    until = time.monotonic() + REPLICA_SECONDS
    told = False
    while (behind := _behind(url)) is not None:
        if time.monotonic() > until:
            raise behind
        if not told:
            typer.echo("Waiting for the replica to catch up.")
        told = True
        time.sleep(0.1)


def _behind(url: str) -> DatabaseError | None:
    try:
        replica = open_replica(url)
    except DatabaseError as error:
        if error.code == "REPLICA_BEHIND":
            return error
        raise
    try:
        return None if loaded(replica) else DatabaseError("REPLICA_BEHIND", "The replica holds no catalogue yet.")
    finally:
        replica.close()


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(0)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise UsageError(
            "CANNOT_LISTEN", f"Cannot listen on {settings.host}:{settings.port}: {error.strerror}; try another --port."
        ) from None
    listener.listen(2048)
    listener.set_inheritable(True)
    return listener
