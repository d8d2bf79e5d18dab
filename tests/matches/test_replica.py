"""A gateway that reads from a replica records to the database that the replica follows."""

from collections.abc import Iterator

import pytest

from tests.matches.catalogue import LINES
from tests.matches.conftest import client, crowded, put, rows
from tests.postgresql import Cluster, running_cluster

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
def primary() -> Iterator[Cluster]:
    """A server that a replica follows."""
    with running_cluster() as running:
        yield running


def test_what_is_answered_by_a_replica_is_recorded_and_counted_all_the_same(primary: Cluster) -> None:
    address = primary.new()
    put(address, LINES)
    with primary.replica() as replica:
        read = address.replace(str(primary.folder), str(replica.folder))
        with crowded(address, read_database_url=read) as crowd:
            crowd.all_search("harbour", range(3))
            assert crowd.choose("harbour", "otter", client(1)) is True
            # What is counted comes back through the replica.
            crowd.settle()
            crowd.await_times("walrus", 3)
            assert crowd.evidence("walrus", "otter")["preferences"]["otter", "walrus"]["chosenOver"] == 1
        assert rows(address, "SELECT times_matched FROM artifact WHERE slug = 'walrus'") == [(3,)]
