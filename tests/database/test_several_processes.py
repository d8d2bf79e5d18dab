"""Several gateways on one PostgreSQL answer from the catalogue that any of them, or an import, has made."""

import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.catalogue.lines import line, whole
from tests.conftest import Run, Server, serving

QUERY = '{ catalogue { version artifactCount } artifact(slug: "whole-1") { summary capabilities { totalCount } } }'
SECONDS = 2.0


@pytest.fixture
def gateways(address: str, gateway: Run) -> Iterator[list[Server]]:
    """Two gateways on one database with a catalogue of one artifact."""
    assert "version 1" in gateway("import", "-", input=line("first")).stdout
    with ExitStack() as stack:
        yield [stack.enter_context(serving(address)) for _ in range(2)]


def test_an_import_is_seen_by_all_without_a_restart(gateways: list[Server], gateway: Run) -> None:
    for server in gateways:
        assert server.data(QUERY) == {"catalogue": {"version": 1, "artifactCount": 1}, "artifact": None}
    for version, more in ((2, {"summary": "One."}), (3, {"summary": "Another."})):
        assert f"version {version}" in gateway("import", "-", input=whole(1, **more)).stdout
        expected = {
            "catalogue": {"version": version, "artifactCount": 2},
            "artifact": more | {"capabilities": {"totalCount": 2}},
        }
        until = time.monotonic() + SECONDS
        for server in gateways:
            while (answer := server.data(QUERY)) != expected:
                # Whole, whichever it is: the old catalogue or the new one.
                assert answer["catalogue"]["version"] == version - 1
                assert time.monotonic() < until, answer
                time.sleep(0.05)
