"""What a client may keep of an answer to GET, and in which encoding an answer comes."""

import gzip
import subprocess
from collections.abc import Iterator

import httpx
import pytest

from tests.catalogue.lines import line, whole, written
from tests.conftest import GATEWAY, Make, Run, Server, environment, serving

SMALL = "{ catalogue { version } }"
DESCRIPTIONS = " ".join(f"n{number}: description" for number in range(20))
LARGE = f"""{{
  artifact(slug: "whole-1") {{ slug name summary publisher capabilities {{ edges {{ node {{ {DESCRIPTIONS} }} }} }} }}
}}"""


@pytest.fixture(scope="module")
def own(new_address: Make, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A gateway with a catalogue of its own, which stays as it is."""
    address = new_address()
    file = written(tmp_path_factory.mktemp("kept") / "catalogue.jsonl", [whole(1)])
    subprocess.run([GATEWAY, "import", file, "--database", address], env=environment(), check=True, capture_output=True)
    with serving(address) as running:
        yield running


def get(server: Server, query: str, **headers: str) -> httpx.Response:
    """The answer to GET, in no encoding unless one is asked for."""
    headers = {"accept-encoding": "identity"} | {name.replace("_", "-"): text for name, text in headers.items()}
    return server.client.get("/graphql", params={"query": query}, headers=headers)


def undecoded(server: Server, query: str, accepted: str | None, method: str = "GET") -> tuple[httpx.Response, bytes]:
    """An answer with its content as it came over the wire."""
    request = server.client.build_request(method, "/graphql", params={"query": query})
    del request.headers["accept-encoding"]
    if accepted is not None:
        request.headers["accept-encoding"] = accepted
    response = server.client.send(request, stream=True)
    content = b"".join(response.iter_raw())
    response.close()
    return response, content


def test_a_tag_is_of_the_content(own: Server) -> None:
    small, large = get(own, SMALL), get(own, LARGE)
    for response in (small, large):
        assert response.status_code == 200
        assert response.headers["cache-control"] == "public, no-cache"
        assert response.headers["etag"].startswith('"')
        assert response.headers["etag"].endswith('"')
    assert small.headers["etag"] != large.headers["etag"]
    assert get(own, SMALL).headers["etag"] == small.headers["etag"]
    # Written otherwise, it is the same answer.
    assert get(own, f"query Same {SMALL}").headers["etag"] == small.headers["etag"]


@pytest.mark.parametrize("form", ["{}", "W/{}", '"a", {}', '{}, "a"', '"a",{},W/"b"', 'W/"a",  W/{}', "*"])
def test_what_a_client_has_is_not_sent_again(form: str, own: Server) -> None:
    for query in (SMALL, LARGE):
        first = get(own, query)
        again = get(own, query, if_none_match=form.format(first.headers["etag"]))
        assert again.status_code == 304
        assert again.content == b""
        assert "content-type" not in again.headers
        assert "content-encoding" not in again.headers
        for name in ("etag", "cache-control", "vary"):
            assert again.headers.get(name) == first.headers.get(name)


@pytest.mark.parametrize("tags", ['"a"', 'W/"a", "b"', "", "a", '""', "{bare}", '"{bare}x"'])
def test_what_a_client_has_not_is_sent(tags: str, own: Server) -> None:
    first = get(own, SMALL)
    again = get(own, SMALL, if_none_match=tags.format(bare=first.headers["etag"].strip('"')))
    assert again.status_code == 200
    assert again.content == first.content


def test_several_headers_are_one_list(own: Server) -> None:
    tag = get(own, SMALL).headers["etag"]
    headers = [("if-none-match", '"a"'), ("if-none-match", tag)]
    assert own.client.get("/graphql", params={"query": SMALL}, headers=headers).status_code == 304


def test_head_is_get_without_the_content(own: Server) -> None:
    for accepted in ("identity", "gzip"):
        for query in (SMALL, LARGE):
            got, content = undecoded(own, query, accepted)
            head, nothing = undecoded(own, query, accepted, "HEAD")
            assert (head.status_code, nothing) == (200, b"")
            assert len(content) == int(head.headers["content-length"])
            for name in ("etag", "cache-control", "content-type", "content-encoding", "content-length", "vary"):
                assert head.headers.get(name) == got.headers.get(name)
    head = own.client.head("/graphql", params={"query": SMALL}, headers={"if-none-match": "*"})
    assert head.status_code == 304


@pytest.mark.parametrize(
    "accepted",
    ["gzip", "GZIP", "gzip, deflate, br", "br;q=1, gzip;q=0.5", "gzip;q=1.0", "*", "br, *;q=0.1", "*;q=0, gzip"],
)
def test_a_large_answer_is_packed_for_those_who_take_it(accepted: str, own: Server) -> None:
    plain, content = undecoded(own, LARGE, "identity")
    packed, sent = undecoded(own, LARGE, accepted)
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(sent) < len(content)
    assert gzip.decompress(sent) == content
    # Another tag, as it is another content, and each leads to its own.
    assert packed.headers["etag"] != plain.headers["etag"]
    for response, way, other in ((plain, "identity", accepted), (packed, accepted, "identity")):
        tag = response.headers["etag"]
        assert get(own, LARGE, accept_encoding=way, if_none_match=tag).status_code == 304
        assert get(own, LARGE, accept_encoding=other, if_none_match=tag).status_code == 200


@pytest.mark.parametrize(
    "accepted",
    [None, "", "identity", "br", "gzip;q=0", "gzip; q=0.000", "gzip;q=0, *", "*, gzip;q=0", "*;q=0", "gzipped"],
)
def test_it_is_not_packed_for_others(accepted: str | None, own: Server) -> None:
    response, sent = undecoded(own, LARGE, accepted)
    assert "content-encoding" not in response.headers
    assert sent == get(own, LARGE).content
    # Caches have to know that it might have been.
    assert "Accept-Encoding" in response.headers["vary"]


def test_a_small_answer_is_never_packed(own: Server) -> None:
    response, sent = undecoded(own, SMALL, "gzip")
    assert "content-encoding" not in response.headers
    assert sent == get(own, SMALL).content


def test_post_is_packed_and_not_tagged(own: Server) -> None:
    for query in (SMALL, LARGE):
        tag = get(own, query).headers["etag"]
        headers = {"if-none-match": f"{tag}, *", "accept-encoding": "gzip"}
        response = own.client.post("/graphql", json={"query": query}, headers=headers)
        assert response.status_code == 200
        assert "etag" not in response.headers
        assert "cache-control" not in response.headers
        assert response.headers.get("content-encoding") == ("gzip" if query == LARGE else None)
        assert response.json() == get(own, query).json()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("{ catalogue { versoin } }", 400),
        ('{ comparison(of: ["whole-1"]) { slug } }', 200),
        ('{ artifact(slug: "whole-1") { rank(weights: {}) { value } } }', 200),
        ("", 400),
    ],
)
def test_errors_are_not_tagged(query: str, status: int, own: Server) -> None:
    response = get(own, query, if_none_match="*")
    assert response.status_code == status
    assert response.json()["errors"]
    assert "etag" not in response.headers
    assert "cache-control" not in response.headers


def test_after_an_import_an_old_tag_is_of_no_use(address: str, gateway: Run) -> None:
    assert "version 1" in gateway("import", "-", input=whole(1)).stdout
    with serving(address) as own:
        tags = {query: get(own, query).headers["etag"] for query in (SMALL, LARGE)}
        assert "version 2" in gateway("import", "-", input=whole(1, summary="Another.")).stdout
        for query, tag in tags.items():
            response = get(own, query, if_none_match=tag)
            assert response.status_code == 200
            assert response.headers["etag"] != tag
        assert get(own, LARGE).json()["data"]["artifact"]["summary"] == "Another."
        # What an import has left as it was is still what the client has.
        tag = get(own, LARGE).headers["etag"]
        assert "version 3" in gateway("import", "-", input=line("another")).stdout
        assert get(own, LARGE, if_none_match=tag).status_code == 304
        assert get(own, SMALL, if_none_match=tags[SMALL]).status_code == 200
