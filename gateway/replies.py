"""Answers as replies to HTTP requests: status, headers and content."""

from collections.abc import Mapping
from typing import NamedTuple

import orjson

from gateway.answers import LEAST_TO_PACK, Answer
from gateway.errors import RequestError

JSON, GRAPHQL_JSON = b"application/json", b"application/graphql-response+json"
Headers = list[tuple[bytes, bytes]]


class Reply(NamedTuple):
    """What is sent back. The content is not sent where a request asks for the headers alone, or has it already."""

    status: int
    headers: Headers
    content: bytes


def reply_of(method: str, headers: Mapping[bytes, bytes], answer: Answer) -> Reply:
    """The reply with an answer: packed for those who take it so, and to GET without it where they have it already."""
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
            return Reply(304, [pair for pair in sent if pair[0] != b"content-type"], b"")
    if packed:
        sent.append((b"content-encoding", b"gzip"))
        content = answer.packed
    sent.append((b"content-length", b"%d" % len(content)))
    return Reply(_status(answer), sent, b"" if method == "HEAD" else content)


def refused(headers: Mapping[bytes, bytes], error: RequestError) -> Reply:
    """The reply to what is no GraphQL request."""
    content = orjson.dumps({"errors": [{"message": str(error), "extensions": {"code": error.code}}]})
    return Reply(error.status, [*_plain(headers), (b"content-length", b"%d" % len(content))], content)


def _status(answer: Answer) -> int:
    if answer.ran:
        return 200
    if "INTERNAL" in answer.codes:
        return 500
    return 503 if answer.codes & {"DATABASE_UNAVAILABLE", "DEADLINE_EXCEEDED", "OVERLOADED"} else 400


def _plain(headers: Mapping[bytes, bytes]) -> Headers:
    media = GRAPHQL_JSON if GRAPHQL_JSON in headers.get(b"accept", b"") else JSON
    return [(b"content-type", media), (b"x-content-type-options", b"nosniff")]


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
