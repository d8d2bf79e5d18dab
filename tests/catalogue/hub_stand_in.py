"""A small HTTP server that answers as the Hub's API does, for what is asked of it here."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

MODEL: dict[str, Any] = {
    "_id": "621ffdc036468d709f17434d",
    "id": "openai-community/gpt2",
    "modelId": "openai-community/gpt2",
    "author": "openai-community",
    "sha": "607a30d783dfa663caf39e06633721c8d4cfcd7e",
    "private": False,
    "gated": False,
    "disabled": False,
    "pipeline_tag": "text-generation",
    "library_name": "transformers",
    "tags": ["transformers", "safetensors", "gpt2", "en", "license:mit", "region:us"],
    "downloads": 17_000_000,
    "likes": 2900,
    "createdAt": "2022-03-02T23:29:04.000Z",
    "lastModified": "2024-02-19T10:57:45.000Z",
    "cardData": {"language": "en", "license": "mit", "tags": ["exbert"]},
    "config": {"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2"},
    "transformersInfo": {"auto_model": "AutoModelForCausalLM", "pipeline_tag": "text-generation"},
    "siblings": [
        {"rfilename": "README.md"},
        {"rfilename": "onnx/decoder_model.onnx"},
        {"rfilename": "model.safetensors"},
    ],
    "safetensors": {"parameters": {"F32": 137_022_720}, "total": 137_022_720},
    "spaces": ["somebody/some-space"],
    "usedStorage": 18_345_893_411,
}
DATASET: dict[str, Any] = {
    "_id": "621ffdd236468d709f181d58",
    "id": "nyu-mll/glue",
    "author": "nyu-mll",
    "sha": "bcdcba79d07bc864c1c254ccfcedcce55bcc9a8c",
    "private": False,
    "gated": False,
    "disabled": False,
    "tags": ["task_categories:text-classification", "language:en", "license:other", "size_categories:1M<n<10M"],
    "downloads": 400_000,
    "likes": 430,
    "createdAt": "2022-03-10T10:00:00.000Z",
    "lastModified": "2024-01-30T07:41:18.000Z",
    "description": "Its publisher's own words.",
    "cardData": {"license": ["other"], "license_name": "glue-terms", "task_categories": ["text-classification"]},
    "siblings": [{"rfilename": "README.md"}],
}
NOT_FOUND = {"X-Error-Code": "RepoNotFound", "X-Error-Message": "Repository not found"}

Answer = tuple[int, dict[str, str], Any]
"""A status, headers and what the body holds."""


class StandIn:
    """Where the server is, what it answers by path, and what it was asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.url = ""
        self.patience = 0.0

    def model(self, **more: Any) -> None:
        """The server knows a model, with what is given put over what is usual."""
        record = MODEL | more
        self.answers[f"/api/models/{record['id']}"] = (200, {}, record)

    def dataset(self, **more: Any) -> None:
        """The server knows a dataset, with what is given put over what is usual."""
        record = DATASET | more
        self.answers[f"/api/datasets/{record['id']}"] = (200, {}, record)

    def moved(self, old: str, new: str) -> None:
        """The server leads from one path to another, as the Hub does after a rename."""
        self.answers[f"/api/{old}"] = (307, {"Location": f"/api/{new}"}, f"Temporary Redirect. To /api/{new}")


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """A server on a free port, for as long as it is needed."""
    stand_in = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith(("/api/models/", "/api/datasets/")):
                stand_in.asked.append((self.path, self.headers.get("Authorization")))
            time.sleep(stand_in.patience)
            missing: Answer = (404, NOT_FOUND, {"error": "Repository not found"})
            status, headers, body = stand_in.answers.get(self.path, missing)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            try:
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                assert stand_in.patience, "whoever asked went away, and was not kept waiting"

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
