"""A gateway that reads from a replica, on a real streaming replica of a real PostgreSQL."""

import subprocess
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from gateway.app import create_app
from gateway.errors import DatabaseError
from gateway.settings import load_settings
from tests.catalogue.lines import line
from tests.conftest import GATEWAY, Run, Server, environment, serving
from tests.postgresql import Cluster, running_cluster

pytestmark = pytest.mark.on_sqlite
QUERY = '{ catalogue { version artifactCount } artifact(slug: "brought-later") { slug } }'
ARRIVES_SECONDS = 30.0


@pytest.fixture
def primary() -> Iterator[Cluster]:
    """A server that a test may end."""
    with running_cluster() as running:
        yield running


def answered(server: Server, query: str, version: int) -> dict[str, Any]:
    """The answer of the catalogue's version, which the replica has a while to arrive at."""
    until = time.monotonic() + ARRIVES_SECONDS
    while (data := server.data(query))["catalogue"]["version"] != version:
        assert time.monotonic() < until, data
        time.sleep(0.05)
    return data


def test_requests_are_answered_by_the_replica(primary: Cluster, gateway: Run) -> None:
    url = primary.new()
    with primary.replica() as replica:
        read = url.replace(str(primary.folder), str(replica.folder))
        # The replica takes no write, so the tables and the shipped catalogue have come through the primary.
        with psycopg.connect(read) as connection:
            assert connection.execute("SELECT pg_is_in_recovery()").fetchone() == (True,)
        with serving(url, read_database_url=read) as server:
            first = server.data(QUERY)
            assert first["catalogue"]["artifactCount"] > 20
            assert first["artifact"] is None
            assert gateway("import", "-", "--database", url, input=line("brought-later")).returncode == 0
            data = answered(server, QUERY, 2)
            assert data["artifact"] == {"slug": "brought-later"}
            assert data["catalogue"]["artifactCount"] == first["catalogue"]["artifactCount"] + 1
            primary.stop()
            assert server.data(QUERY) == data
            assert server.client.get("/readyz").json() == {"status": "ready", "catalogueVersion": 2}
            replica.stop()
            response = server.client.post("/graphql", json={"query": QUERY})
            (error,) = response.json()["errors"]
            assert (response.status_code, error["extensions"]["code"]) == (503, "DATABASE_UNAVAILABLE")
            assert str(replica.folder) not in response.text
            assert server.client.get("/readyz").status_code == 503
            replica.start()
            assert server.data(QUERY) == data


def test_replica_that_is_not_there(cluster: Cluster) -> None:
    url = cluster.new()
    ran = subprocess.run(
        [GATEWAY, "serve", "--port", "0", "--database", f"{url}&password=hidden"],
        env=environment(read_database_url=f"{cluster.address('nothing')}&password=hidden"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    cluster.drop(url)
    assert ran.returncode == 2
    assert ran.stderr.startswith("REPLICA_UNUSABLE: ")
    assert "nothing" in ran.stderr
    assert f"Made {url}&password=***" in ran.stdout
    assert "hidden" not in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr


def test_replica_without_tables_is_not_given_any(cluster: Cluster, shipped_postgresql: str) -> None:
    empty = cluster.new()
    with pytest.raises(DatabaseError) as caught:
        create_app(load_settings(database_url=shipped_postgresql, read_database_url=empty))
    assert caught.value.code == "REPLICA_BEHIND"
    with psycopg.connect(empty) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
    cluster.drop(empty)


@pytest.mark.parametrize("read", ["sqlite:///other.db", "postgresql://host/name"])
def test_replica_of_a_file(gateway: Run, read: str) -> None:
    ran = gateway("serve", settings={"read_database_url": read})
    assert ran.returncode == 2
    assert ran.stderr.startswith("BAD_SETTING: ")
    assert "GATEWAY_READ_DATABASE_URL" in ran.stderr
    assert "postgresql://" in ran.stderr
