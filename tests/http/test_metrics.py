"""What the gateway counts of its own work, as Prometheus reads it."""

import subprocess
from collections.abc import Iterator

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.catalogue.lines import whole, written
from tests.conftest import GATEWAY, Make, Server, environment, serving

Samples = dict[tuple[str, str], float]
"""Values by the sample's name and its one label, empty where it has none."""
PLAN, KEPT, CORE, REFUSED = (("gateway_operations_total", by) for by in ("plan", "kept", "graphql-core", "refused"))
ERROR, UNEXPECTED = (("gateway_plans_handed_over_total", reason) for reason in ("error", "unexpected"))
RECORDED = {("gateway_recorded_events_total", what) for what in ("recorded", "repeated", "dropped")}
BYTES = "gateway_kept_bytes", ""


@pytest.fixture(scope="module")
def own(new_address: Make, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A gateway of the module's own, which nobody else asks anything."""
    address = new_address()
    file = written(tmp_path_factory.mktemp("metrics") / "catalogue.jsonl", [whole(1), whole(2, aliases=[])])
    subprocess.run([GATEWAY, "import", file, "--database", address], env=environment(), check=True, capture_output=True)
    with serving(address) as running:
        yield running


def exposition(server: Server) -> httpx.Response:
    """All metrics as they are told."""
    response = server.client.get("/metrics")
    assert response.status_code == 200
    return response


def samples(server: Server) -> Samples:
    """All samples of the gateway's own metrics."""
    found: Samples = {}
    for family in text_string_to_metric_families(exposition(server).text):
        assert family.documentation
        for sample in family.samples:
            assert len(sample.labels) <= 1
            key = sample.name, "".join(sample.labels.values())
            assert key not in found
            found[key] = sample.value
    return found


def moved(server: Server, query: str, times: int = 1) -> Samples:
    """Which counters move, and by how much, where a query is asked some times."""
    before = samples(server)
    for _ in range(times):
        server.ask(query)
    after = samples(server)
    return {key: after[key] - before[key] for key in after if key != BYTES and after[key] != before[key]}


def test_format(own: Server) -> None:
    response = exposition(own)
    assert response.headers["content-type"].startswith("text/plain; version=")
    families = {family.name: family for family in text_string_to_metric_families(response.text)}
    assert {name: family.type for name, family in families.items()} == {
        "gateway_operations": "counter",
        "gateway_plans_handed_over": "counter",
        "gateway_recorded_events": "counter",
        "gateway_kept_bytes": "gauge",
    }
    # All labels are there from the start, so that a rate can be made of the first step.
    assert samples(own).keys() == {PLAN, KEPT, CORE, REFUSED, ERROR, UNEXPECTED, BYTES} | RECORDED


def test_an_answer_is_made_by_a_plan_and_then_kept(own: Server) -> None:
    query = '{ artifact(slug: "whole-1") { name summary publisher kind } }'
    # What a plan makes the first time is not kept, as many documents come only once.
    assert moved(own, query, 2) == {PLAN: 2}
    assert moved(own, query, 3) == {KEPT: 3}
    assert moved(own, query.replace("whole-1", "whole-2")) == {PLAN: 1}


def test_what_is_kept_is_told_in_bytes(own: Server) -> None:
    before = samples(own)[BYTES]
    for _ in range(2):
        answer = own.client.post("/graphql", json={"query": '{ artifact(slug: "whole-2") { slug name summary } }'})
    grown = samples(own)[BYTES] - before
    assert len(answer.content) < grown < 100_000


def test_introspection_is_done_by_graphql_core(own: Server) -> None:
    assert moved(own, "{ __schema { queryType { name } } }", 2) == {CORE: 2}


def test_an_error_at_the_root_is_told_by_the_plan(own: Server) -> None:
    # Finding names like one that is not known takes long, and is begun anew; it is counted once.
    assert moved(own, '{ comparison(of: ["whole-1", "whole-x"]) { slug } }', 3) == {PLAN: 3}


def test_an_error_where_there_may_be_no_null_is_told_by_the_plan(own: Server) -> None:
    assert moved(own, "{ catalogue { version } artifacts(first: 101) { totalCount } }", 2) == {PLAN: 2}


def test_an_error_below_the_root_is_handed_over(own: Server) -> None:
    query = '{ artifact(slug: "whole-1") { rank(weights: {quality: -1}) { value } } }'
    assert moved(own, query, 2) == {ERROR: 2, CORE: 2}


@pytest.mark.parametrize(
    "query", ["{ catalogue", "{ catalogue { versoin } }", "query ($s: String!) { artifact(slug: $s) { name } }"]
)
def test_what_is_refused(query: str, own: Server) -> None:
    assert moved(own, query, 2) == {REFUSED: 2}


def test_what_is_no_request_is_not_counted(own: Server) -> None:
    before = samples(own)
    assert own.client.post("/graphql", json=[]).status_code == 400
    assert own.client.get("/graphql").status_code == 400
    assert own.client.get("/healthz").status_code == 200
    assert samples(own) == before


def test_nothing_is_kept_where_it_is_not_to_be(shipped: str) -> None:
    with serving(shipped, part_cache_mb="0", answer_cache_mb="0") as server:
        query = '{ artifact(slug: "c4") { name summary publisher kind } }'
        assert moved(server, query, 3) == {PLAN: 3}
        assert samples(server)[BYTES] == 0
