"""What HTTP requests ask: GraphQL over HTTP, read from a body or from an address."""

from typing import Any, NoReturn
from urllib.parse import parse_qsl

import orjson

from gateway.errors import RequestError
from gateway.execution import Request
from gateway.heads import JSON, Head

PARTS = (
    ("query", str, "a text"),
    ("variables", dict, "an object"),
    ("operationName", str, "a text"),
    ("extensions", dict, "an object"),
)
"""What a request may hold, by name: its class, and what that is called."""
USUAL = {(str, variables, name) for variables in (dict, type(None)) for name in (str, type(None))}
"""The classes that query, variables and the operation's name may have, where there is a query."""


def asked_in(head: Head, body: bytes) -> Request:
    """What a request asks. Raises RequestError."""
    return _asked_in_body(head.content_type, body) if head.posts else _asked_in_address(head.query)


def _asked_in_body(kind: bytes, body: bytes) -> Request:
    if kind != JSON:
        _check_type(kind.decode("latin-1"))
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise RequestError(400, "BAD_JSON", f"The body is not JSON: {error}.") from None
    if asked.__class__ is not dict:
        _refuse(asked)
    return _request(asked)


def _asked_in_address(text: bytes) -> Request:
    asked: dict[str, Any] = dict(parse_qsl(text.decode("latin-1"), keep_blank_values=True))
    for name in ("variables", "extensions"):
        if name in asked:
            try:
                asked[name] = orjson.loads(asked[name]) if asked[name] else None
            except orjson.JSONDecodeError as error:
                raise RequestError(400, "BAD_JSON", f"`{name}` is not JSON: {error}.") from None
    found = _request(asked)
    found.safe = True
    return found


def _check_type(stated: str) -> None:
    kind, _, parameters = stated.partition(";")
    if kind.strip().lower() != "application/json":
        raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", "The body has to be application/json, said in Content-Type.")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if charset not in ("", "utf-8", "utf8"):
        raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", "The body has to be in UTF-8.")


def _refuse(asked: object) -> NoReturn:
    if isinstance(asked, list):
        raise RequestError(400, "BAD_REQUEST", "The body is a list; send one operation a request.")
    text = 'The body has to be a JSON object such as {"query": "{ catalogue { version } }"}.'
    raise RequestError(400, "BAD_REQUEST", text)


def _request(asked: dict[str, Any]) -> Request:
    """Raises RequestError where a part is not of its type, or there is no query."""
    query, variables, name = asked.get("query"), asked.get("variables"), asked.get("operationName")
    if (query.__class__, variables.__class__, name.__class__) not in USUAL or "extensions" in asked:
        for part, right, kind in PARTS:
            value = asked.get(part)
            if value.__class__ is not right and value is not None:
                raise RequestError(400, "BAD_REQUEST", f"`{part}` has to be {kind}.")
    if not query or query.isspace():
        raise RequestError(400, "BAD_REQUEST", "`query` is missing: send the GraphQL document in it.")
    return Request(query, variables, name or None)
