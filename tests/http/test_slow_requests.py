"""What takes long is done beside the event loop: nobody else waits for it."""

import threading
from collections.abc import Iterator
from typing import Any

import anyio
import httpx
import pytest

from gateway.app import create_app
from gateway.catalogue.loading import load
from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import open_database
from gateway.execution import Executor, Request
from gateway.loaders import TakesLongError
from gateway.settings import load_settings
from tests.bench.generating import lines, slug_of
from tests.conftest import Make, Server, serving
from tests.statements import noted

SIZE = 3_000
SMALL = "query ($slug: String!) { artifact(slug: $slug) { slug name kind } }"
SLOW: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "alternatives of a page": (
        "query ($n: Int!) { artifacts(first: $n) { edges { node { alternatives(first: 100) { totalCount "
        "edges { nearness } } } } } }",
        [{"n": 97 - number} for number in range(4)],
    ),
    "positions under own weights": (
        "query ($n: Int!, $q: Float!) { artifacts(first: $n) { edges { node { "
        + " ".join(f"r{one}: rank(weights: {{quality: $q, adoption: {one}}}) {{ position of }}" for one in range(1, 11))
        + " } } } }",
        [{"n": 100, "q": 1.5 + number} for number in range(4)],
    ),
}
SCAN = (
    "{ artifacts(first: 5, orderBy: {field: NAME}, filter: {publishers: [%s]}) { totalCount edges { node { name } } } }"
)
PUBLISHERS = ", ".join(f'"Opal {number}"' for number in range(300))
SHORT_AT_FIRST_SIGHT = SCAN % PUBLISHERS
"""Nothing that it selects says that it takes long."""


@pytest.fixture(scope="module")
def large(new_address: Make, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a catalogue of some thousands of artifacts."""
    file = tmp_path_factory.mktemp("large") / "catalogue.jsonl"
    file.write_bytes(b"".join(lines(SIZE)))
    address = new_address()
    database = open_database(address)
    load(database, [str(file)], shipped_scorecard())
    database.close()
    return address


@pytest.fixture(scope="module")
def running(large: str) -> Iterator[Server]:
    """A gateway with that catalogue."""
    with serving(large, deadline_seconds="60") as server:
        yield server


@pytest.fixture
def watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has SQLite look at the clock more often, so that this catalogue is large enough."""
    monkeypatch.setattr("gateway.reading.INSTRUCTIONS_BETWEEN_LOOKS", 500)


@pytest.fixture
def executor(large: str, watchful: None) -> Iterator[Executor]:
    """An executor with that catalogue that keeps nothing."""
    database = open_database(large)
    made = Executor(database, load_settings(part_cache_mb=0, answer_cache_mb=0), shipped_scorecard())
    yield made
    made.close()
    database.close()


@pytest.mark.parametrize("slow", SLOW)
def test_others_are_answered_meanwhile(slow: str, running: Server) -> None:
    query, sets = SLOW[slow]
    answers: list[dict[str, Any]] = []

    def ask() -> None:
        with httpx.Client(base_url=running.url, timeout=120, trust_env=False) as client:
            for one in sets:
                # One by one, as they are counted from outside.
                answers.append(client.post("/graphql", json={"query": query, "variables": one}).json())  # noqa: PERF401

    asking = threading.Thread(target=ask)
    asking.start()
    meanwhile = [0] * (len(sets) + 1)
    while asking.is_alive():
        begun = len(answers)
        assert running.client.get("/healthz").json() == {"status": "ok"}
        slug = slug_of(sum(meanwhile) % SIZE)
        assert running.data(SMALL, slug=slug)["artifact"]["slug"] == slug
        # Only what was asked and answered while the same slow request was being answered.
        meanwhile[begun] += begun == len(answers)
    asking.join()
    assert ["errors" in answer for answer in answers] == [False] * len(sets)
    assert [len(answer["data"]["artifacts"]["edges"]) for answer in answers] == [one["n"] for one in sets]
    # Where others had to wait, one or two would come between a slow request and the next.
    assert min(meanwhile[: len(sets)]) > 5, meanwhile


@pytest.mark.on_sqlite
def test_a_statement_that_takes_long_is_begun_anew(executor: Executor, monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request(SHORT_AT_FIRST_SIGHT)
    # A document that has not been met is never read on the event loop.
    with pytest.raises(TakesLongError), noted() as statements:
        executor.execute_at_once(request)
    assert statements == []
    expected = executor.execute(request)
    assert expected.body["data"]["artifacts"]["totalCount"] > 0
    with monkeypatch.context() as patch:
        patch.setattr("gateway.execution.PATIENCE_SECONDS", 60)
        assert executor.execute_at_once(request).content == expected.content
        patch.setattr("gateway.execution.PATIENCE_SECONDS", -1)
        with noted() as statements, pytest.raises(TakesLongError):
            executor.execute_at_once(request)
        assert len(statements) == 1
        before = dict(executor.metrics.operations.of)
        # What is known to take long is not tried again, and the connection is as good as before.
        with noted() as statements, pytest.raises(TakesLongError):
            executor.execute_at_once(request)
        assert statements == []
        assert executor.execute(request).content == expected.content
        assert executor.metrics.operations.of == before | {"plan": before["plan"] + 1}
        small = Request(SMALL, {"slug": slug_of(1)})
        assert executor.execute(small).body["data"]["artifact"]["slug"] == slug_of(1)
        assert executor.execute_at_once(small).content == executor.execute(small).content


@pytest.mark.on_sqlite
def test_the_deadline_is_no_reason_to_begin_anew_for_ever(executor: Executor) -> None:
    executor.settings = load_settings(deadline_seconds=1e-9, part_cache_mb=0, answer_cache_mb=0)
    answer = executor.execute(Request(SHORT_AT_FIRST_SIGHT))
    assert answer.codes == {"DEADLINE_EXCEEDED"}
    assert not answer.ran


@pytest.mark.on_sqlite
def test_names_like_one_that_is_not_known_are_looked_for_in_a_thread(executor: Executor) -> None:
    query = "query ($of: [String!]!) { comparison(of: $of) { slug } }"
    known, unknown = [slug_of(1), slug_of(2)], [slug_of(1), f"{slug_of(2)}x"]
    executor.execute(Request(query, {"of": known}))
    assert not executor.execute_at_once(Request(query, {"of": known})).codes
    with pytest.raises(TakesLongError):
        executor.execute_at_once(Request(query, {"of": unknown}))
    assert executor.execute(Request(query, {"of": unknown})).codes == {"UNKNOWN_ARTIFACT"}
    # That these are not known makes no slow operation of all others.
    assert not executor.execute_at_once(Request(query, {"of": known})).codes


@pytest.mark.on_sqlite
def test_where_requests_run(large: str, watchful: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[str, bool]] = []

    def noting(name: str) -> None:
        plain = getattr(Executor, name)

        def noted_too(self: Executor, *given: Any) -> Any:
            ran.append((name, threading.current_thread() is loop_thread))
            return plain(self, *given)

        monkeypatch.setattr(Executor, name, noted_too)

    noting("execute")
    noting("execute_at_once")
    loop_thread = threading.current_thread()
    app = create_app(load_settings(database_url=large, part_cache_mb=0, answer_cache_mb=0))

    async def ask() -> list[dict[str, Any]]:
        found = []
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://test") as client,
        ):
            for patience in (60, 60, -1, -1):
                monkeypatch.setattr("gateway.execution.PATIENCE_SECONDS", patience)
                found.append((await client.post("/graphql", json={"query": SHORT_AT_FIRST_SIGHT})).json())
        return found

    answers = anyio.run(ask)
    assert answers[0]["data"]["artifacts"]["totalCount"] > 0
    assert answers == [answers[0]] * 4
    at_once, in_thread = ("execute_at_once", True), ("execute", False)
    # At first nothing is known of the document; then it is short; then it is not, first found out and then known.
    assert ran == [at_once, in_thread, at_once, at_once, in_thread, at_once, in_thread]
