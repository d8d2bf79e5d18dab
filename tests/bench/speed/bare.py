"""The ceiling: an ASGI application that reads the request and answers with the same bytes, whatever it asks."""

import os
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

ANSWER = "SPEED_ANSWER"
"""The environment variable that names the file with the bytes."""


def app() -> ASGIApp:
    """The application."""
    body = Path(os.environ[ANSWER]).read_bytes()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer
