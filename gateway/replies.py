"""Answers as replies to HTTP requests: status, headers and content."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import orjson

from gateway.answers import LEAST_TO_PACK, Answer
from gateway.errors import RequestError
from gateway.heads import Head

Headers = Sequence[tuple[bytes, bytes]]
NOT_ALLOWED = 405


@dataclass(frozen=True, slots=True)
class Fixed:
    """Headers that many replies have, also as they are sent."""

    headers: Headers
    text: bytes


@dataclass(slots=True)
class Reply:
    """What is sent back, with what is stated as the length of the content.

    The content is not sent where a request asks for the headers alone, or has it already.
    """

    status: int
    fixed: Fixed
    headers: Headers
    content: bytes
    length: int | None


def text_of(headers: Headers) -> bytes:
    """Headers as they are sent."""
    return b"".join([name + b": " + value + b"\r\n" for name, value in headers])


@cache
def _fixed(media: bytes, packs: bool | None) -> Fixed:
    """The headers of all replies of a media type, empty for none; `packs` says whether they may be packed."""
    headers = [(b"content-type", media)] if media else []
    headers.append((b"x-content-type-options", b"nosniff"))
    if packs is not None:
        headers.append((b"vary", b"Accept, Accept-Encoding" if packs else b"Accept"))
    return Fixed(headers, text_of(headers))


def reply_of(head: Head, answer: Answer) -> Reply:
    """The reply with an answer: packed for those who take it so, and to GET without it where they have it already."""
    content = answer.content
    packs = len(content) >= LEAST_TO_PACK
    packed = packs and head.takes_gzip
    sent: Headers = ()
    if not head.posts and answer.ran and not answer.codes:
        tag = (answer.etag[:-1] + '-gzip"' if packed else answer.etag).encode()
        # To be kept by whoever likes, and asked about each time: an import may have come between.
        sent = [(b"etag", tag), (b"cache-control", b"public, no-cache")]
        if _names(head.get(b"if-none-match"), tag):
            return Reply(304, _fixed(b"", packs), sent, b"", None)
    if packed:
        sent = [*sent, (b"content-encoding", b"gzip")]
        content = answer.packed
    status = _status(answer)
    if status == NOT_ALLOWED:
        sent = [*sent, (b"allow", b"POST")]
    shown = b"" if head.method == "HEAD" else content
    return Reply(status, _fixed(head.media, packs), sent, shown, len(content))


def refused(head: Head, error: RequestError) -> Reply:
    """The reply to what is no GraphQL request."""
    content = orjson.dumps({"errors": [{"message": str(error), "extensions": {"code": error.code}}]})
    return Reply(error.status, _fixed(head.media, None), (), content, len(content))


def _status(answer: Answer) -> int:
    if answer.ran:
        return 200
    if "METHOD_NOT_ALLOWED" in answer.codes:
        return NOT_ALLOWED
    if "INTERNAL" in answer.codes:
        return 500
    return 503 if answer.codes & {"DATABASE_UNAVAILABLE", "DEADLINE_EXCEEDED", "OVERLOADED"} else 400


def _names(tags: bytes, own: bytes) -> bool:
    """Whether a list of entity tags names this one, weak or not."""
    return any(tag.strip().removeprefix(b"W/") in (own, b"*") for tag in tags.split(b","))
