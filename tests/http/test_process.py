"""The running process: what it does at its start and at its end, and when its database breaks under it."""

import signal
import subprocess

import pytest

from tests.catalogue.lines import line
from tests.conftest import Run, Server, change, serving

COUNT = "{ catalogue { version artifactCount } }"


def ended(server: Server, by: signal.Signals) -> tuple[int, str]:
    """The status of a server that is sent a signal, and what it had printed since it listened."""
    server.process.send_signal(by)
    try:
        said, _ = server.process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        server.process.kill()
        raise
    return server.process.returncode, said


@pytest.mark.parametrize(("by", "workers"), [(signal.SIGTERM, "1"), (signal.SIGINT, "1"), (signal.SIGTERM, "2")])
def test_end(by: signal.Signals, workers: str, shipped: str) -> None:
    with serving(shipped, workers=workers) as server:
        for _ in range(20):
            # A connection of its own each time, so that whichever worker is free takes it.
            answer = server.client.post("/graphql", json={"query": COUNT}, headers={"connection": "close"})
            assert answer.json()["data"]["catalogue"]["version"] == 1
        status, said = ended(server, by)
    assert "Traceback" not in said
    assert "ERROR" not in said
    # A shell shows 130 for what Ctrl-C has ended.
    assert status in ((0, 130) if by is signal.SIGINT else (0,))


def test_second_start_loads_nothing(address: str) -> None:
    query = '{ catalogue { version loadedAt artifactCount } artifact(slug: "c4") { slug } }'
    with serving(address, workers="2") as server:
        first = server.data(query)
    assert first["artifact"] == {"slug": "c4"}
    assert first["catalogue"]["version"] == 1
    # Without one artifact, so that loading again would bring it back.
    change(address, "DELETE FROM artifact WHERE slug = 'c4'")
    with serving(address) as server:
        again = server.data(query)
    assert again["artifact"] is None
    # Counts are of the last import, and there has not been another one.
    assert again["catalogue"] == first["catalogue"]


def test_imported_catalogue_is_not_topped_up(address: str, gateway: Run) -> None:
    gateway("import", "-", input=line("only"))
    with serving(address) as server:
        assert server.data(COUNT) == {"catalogue": {"version": 1, "artifactCount": 1}}
        # An import is seen by a server that runs.
        gateway("import", "-", input=line("another"))
        assert server.data(COUNT) == {"catalogue": {"version": 2, "artifactCount": 2}}
        assert server.client.get("/readyz").json()["catalogueVersion"] == 2


def test_faults_of_our_own_are_masked_and_logged(shipped: str) -> None:
    with serving(shipped) as server:
        change(
            shipped, *(f"ALTER TABLE {table} RENAME TO lost_{table}" for table in ("artifact", "alias", "catalogue"))
        )
        ids = []
        # The words of the second are those that a database uses of a statement that took too long.
        for slug in ("c4", "timeout-interrupted"):
            response = server.client.post("/graphql", json={"query": f'{{ artifact(slug: "{slug}") {{ summary }} }}'})
            (error,) = response.json()["errors"]
            assert error["extensions"]["code"] == "INTERNAL"
            ids.append(error["extensions"]["requestId"])
            assert ids[-1] in error["message"]
            for word in (
                "SELECT",
                "artifact.",
                "sqlite",
                "psycopg",
                "no such table",
                "does not exist",
                "Traceback",
                shipped,
            ):
                assert word not in response.text
        ready = server.client.get("/readyz")
        assert (ready.status_code, ready.json()) == (503, {"status": "not ready"})
        assert server.client.get("/healthz").status_code == 200
        _, said = ended(server, signal.SIGTERM)
    assert len(set(ids)) == 2
    for id in ids:
        assert f"request {id} failed" in said
    assert "no such table" in said or "does not exist" in said
    (unread,) = (text for text in said.splitlines() if "the database cannot be read" in text)
    assert "no such table" in unread or "does not exist" in unread
