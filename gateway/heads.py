"""What HTTP requests say before their bodies."""

from collections.abc import Mapping, Sequence

from schema.rules.once import once

JSON, GRAPHQL_JSON = b"application/json", b"application/graphql-response+json"
GivenHeaders = Sequence[tuple[bytes, bytes]]


class Head:
    """All that a request says before its body, and what follows from that alone.

    Requests that say the same have the same head, so each part is worked out once, when it is first asked for. Where
    there is no body, the head is all of the request; `query` is the query string of its address.
    """

    def __init__(self, method: str, query: bytes, given: GivenHeaders) -> None:
        self.method = method
        self.query = query
        self._headers = _by_name(given)

    @once
    def posts(self) -> bool:
        """Whether what is asked for is in the body."""
        return self.method == "POST"

    @once
    def wants_page(self) -> bool:
        """Whether this comes from a browser that is to be shown a page."""
        return not self.posts and b"text/html" in self.get(b"accept")

    @once
    def media(self) -> bytes:
        """The media type of the reply."""
        return GRAPHQL_JSON if GRAPHQL_JSON in self.get(b"accept") else JSON

    @once
    def takes_gzip(self) -> bool:
        """Whether gzip is among the encodings accepted, by name or else as any, and not with a weight of 0."""
        weights = {}
        for item in self.get(b"accept-encoding").lower().split(b","):
            name, _, weight = item.partition(b";")
            weights[name.strip()] = weight.replace(b" ", b"")
        weight = weights.get(b"gzip", weights.get(b"*", b"q=0"))
        return weight not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")

    @once
    def content_type(self) -> bytes:
        """The media type of the body, as it is stated."""
        return self.get(b"content-type")

    def get(self, name: bytes) -> bytes:
        """A header, empty where it is not given."""
        return self._headers.get(name, b"")


def _by_name(given: GivenHeaders) -> Mapping[bytes, bytes]:
    """The headers by name; one that is given several times with all of its values."""
    found = dict(given)
    if len(found) < len(given):
        found.clear()
        for name, value in given:
            found[name] = found[name] + b", " + value if name in found else value
    return found
