"""Serves an ASGI application as the gateway is served: `python -m tests.bench.speed.hosting MODULE:FACTORY`."""

import socket
import sys

import typer
import uvicorn


def main(application: str) -> None:
    """Listens on a free port of this machine, says which, and answers until it is ended."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    typer.echo(f"Listening on http://127.0.0.1:{listener.getsockname()[1]}/graphql")
    sys.stdout.flush()
    config = uvicorn.Config(
        application, factory=True, lifespan="off", log_level="warning", access_log=False, server_header=False
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    typer.run(main)
