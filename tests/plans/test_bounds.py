"""What a process keeps stays within its bounds, and answers stay right when it drops something."""

from collections.abc import Iterator
from itertools import combinations
from random import Random
from typing import Any

import orjson
import pytest

from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import Database
from gateway.execution import Executor, Request
from gateway.kept import Bounded
from gateway.prepared import MOST_FORMS, Prepared
from gateway.recent import Recent
from gateway.settings import load_settings
from schema.data import ArtifactRecord
from tests.plans.recording import Recorder

MEGABYTE = 1_000_000
TABLE = """query ($of: [String!]!) {
  comparison(of: $of) {
    artifacts { slug name kind summary publisher license { name } capabilities { edges { node { name description } } } }
    fields { key outcome margin leaders { slug name kind summary } cells { number display basis artifact { slug } } }
  }
}"""
PAGE = """query ($after: String) {
  artifacts(first: 40, after: $after, filter: {availabilities: [AVAILABLE, PARTIAL, GATED]}) {
    edges { node { slug name kind summary tasks publisher } } pageInfo { endCursor }
  }
}"""


def executor(database: Database, part_cache_mb: int, answer_cache_mb: int) -> Executor:
    """An executor that may keep so many megabytes."""
    settings = load_settings(part_cache_mb=part_cache_mb, answer_cache_mb=answer_cache_mb)
    return Executor(database, settings, shipped_scorecard())


@pytest.fixture
def bare(recorder: Recorder) -> Iterator[Executor]:
    """One that keeps nothing."""
    made = executor(recorder.database, 0, 0)
    yield made
    made.close()


def slugs(bare: Executor, many: int) -> list[str]:
    """The slugs of the best ranked artifacts."""
    query = "query ($n: Int, $after: String) { artifacts(first: $n, after: $after) { edges { cursor node { slug } } } }"
    found: list[str] = []
    after = None
    while len(found) < many:
        body = bare.execute(Request(query, {"n": min(100, many - len(found)), "after": after})).body
        edges = body["data"]["artifacts"]["edges"]
        found += [edge["node"]["slug"] for edge in edges]
        after = edges[-1]["cursor"]
    return found


def records(kept: Executor) -> list[ArtifactRecord]:
    """The records that are kept."""
    return list(kept.kept._current.records._known.values())


def parts_of(record: ArtifactRecord) -> int:
    """How many bytes of answers are kept with a record."""
    owners: list[Any] = [record, *(made for made in record.worked_out.values() if hasattr(made, "parts"))]
    every = {id(part): part for owner in owners for part in (owner.parts or {}).values()}
    return sum(len(orjson.dumps(part)) for part in every.values())


@pytest.mark.parametrize(("parts", "answers"), [(1, 0), (0, 1), (1, 1)])
def test_kept_bytes_never_pass_the_settings(parts: int, answers: int, recorder: Recorder, bare: Executor) -> None:
    kept = executor(recorder.database, parts, answers)
    pairs = list(combinations(slugs(bare, 200), 2))
    some = Random(1).sample(pairs, 150)
    dropped = 0
    for of in (*some, *some[:20]):
        request = Request(TABLE, {"of": list(of)})
        before = kept.kept.size
        assert kept.execute(request).content == bare.execute(request).content
        assert kept.kept._current.records.size <= parts * MEGABYTE
        assert kept.kept._current.answers.size <= answers * MEGABYTE
        assert kept.kept.size <= (parts + answers) * MEGABYTE
        dropped += kept.kept.size < before
    assert kept.kept.size > MEGABYTE // 2
    # It came to its bound, and not only near it.
    assert dropped > 0
    assert sum(record.size for record in records(kept)) == kept.kept._current.records.size
    kept.close()


def test_pages_that_do_not_fit(recorder: Recorder, bare: Executor) -> None:
    kept = executor(recorder.database, 1, 0)
    for _ in range(2):
        after = None
        for _ in range(20):
            request = Request(PAGE, {"after": after})
            answer = kept.execute(request)
            assert answer.content == bare.execute(request).content
            assert kept.kept.size <= MEGABYTE
            after = answer.body["data"]["artifacts"]["pageInfo"]["endCursor"]
    kept.close()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        # Below the root, which graphql-core tells, and at a root that may not be null, where all ends.
        ('b: artifact(slug: "glue") { rank(weights: {quality: -1}) { value } }', "BAD_WEIGHTS"),
        ("b: artifacts(first: -1) { totalCount }", "BAD_PAGE_SIZE"),
    ],
)
def test_parts_are_counted_also_where_the_operation_then_fails(wrong: str, code: str, recorder: Recorder) -> None:
    sizes = []
    for rest, codes in (("", set()), (wrong, {code})):
        kept = executor(recorder.database, 8, 0)
        query = f'{{ artifact(slug: "c4") {{ name summary publisher kind homepage }} {rest} }}'
        # Nothing is kept of what a plan reads at first.
        assert kept.execute(Request(query)).codes == codes
        assert records(kept) == []
        assert kept.execute(Request(query)).codes == codes
        (record,) = (record for record in records(kept) if record.parts)
        assert parts_of(record) > 100
        sizes.append(record.size)
        assert sum(record.size for record in records(kept)) == kept.kept.size
        kept.close()
    assert sizes[0] == sizes[1]


def test_what_alone_is_too_large_is_not_kept() -> None:
    class Thing:
        def __init__(self, size: int) -> None:
            self.size = size
            self.used = False

    bounded: Bounded[Thing] = Bounded(100)
    small, large = Thing(60), Thing(101)
    assert bounded.add("small", small)
    assert not bounded.add("large", large)
    assert (bounded.get("small"), bounded.get("large"), bounded.size) == (small, None, 60)
    # What came first goes first, but not what was asked for since; what has a name already takes its place.
    for name in "abcd":
        assert bounded.add(name, Thing(20))
        assert bounded.size <= 100
    assert bounded.get("small") is small
    assert [name for name in "abcd" if bounded.get(name)] == ["c", "d"]
    bounded.add("d", Thing(10))
    assert bounded.size == 90
    for name in "efgh":
        bounded.add(name, Thing(25))
    assert bounded.get("small") is None
    bounded.grown(40)
    assert bounded.size <= 100


def test_recent_holds_the_most_recent() -> None:
    recent: Recent[int] = Recent(6)
    for number in range(1, 20):
        assert recent.put(number, number) == number
        assert recent.get(1) == 1
        assert len(recent) <= 6
    held = [number for number in range(1, 20) if recent.get(number)]
    assert held[0] == 1
    # Half of what there is room for is surely there.
    assert held[-2:] == [18, 19]


def test_documents_and_plans_are_dropped_in_their_turn(
    recorder: Recorder, bare: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.planning.DOCUMENTS", 5)
    monkeypatch.setattr("gateway.planning.PLANS", 7)
    monkeypatch.setattr("gateway.planning.NEW", 2)
    kept = executor(recorder.database, 4, 4)
    planner = kept.planner
    texts = [
        f"query ($n: Int, $b: Boolean!) {{ n{n}: artifacts(first: $n) {{ totalCount {text} }} }}"
        for n, text in enumerate(["edges { node { slug name } } x: __typename @include(if: $b)"] * 12)
    ]
    for _ in range(2):
        for text in texts:
            for first in (1, 2, 3):
                request = Request(text, {"n": first, "b": first == 2})
                assert kept.execute(request).content == bare.execute(request).content
            assert planner._documents.get(text)
            assert len(planner._new) <= 2
            assert len(planner._documents) <= 5
            assert len(planner._stages) <= 7
            assert len(planner._plans) <= 7
    held = [planner._documents.get(text) is not None for text in texts]
    assert not any(held[:7])
    assert all(held[-2:])
    kept.close()


def test_a_document_that_comes_once_is_soon_dropped(
    recorder: Recorder, bare: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.planning.NEW", 3)
    kept = executor(recorder.database, 4, 4)
    planner = kept.planner
    texts = [f'query ($n: Boolean!) {{ a{n}: artifact(slug: "glue") {{ name @skip(if: $n) }} }}' for n in range(10)]

    def ask(text: str) -> None:
        request = Request(text, {"n": False})
        assert kept.execute(request).content == bare.execute(request).content

    for text in texts:
        ask(text)
    assert 0 < len(planner._new) <= 3
    assert (len(planner._documents), len(planner._stages), len(planner._plans)) == (0, 0, 0)
    assert kept.kept.size == 0
    # Met again at once or later, it is one of those that are kept for long.
    for text in (texts[0], texts[-1]):
        ask(text)
        assert planner._documents.get(text)
    ask(texts[-1])
    assert kept.kept.size > 0
    kept.close()


def test_forms_of_a_statement_are_dropped_in_their_turn(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    # Lists of all lengths are asked for, in all combinations: more than a process could remember.
    made: list[Prepared] = []
    plain = Prepared.__init__

    def noting(self: Prepared, *given: Any) -> None:
        plain(self, *given)
        made.append(self)

    monkeypatch.setattr(Prepared, "__init__", noting)
    kept = executor(recorder.database, 0, 0)
    query = "query ($a: Int, $b: Int) { a: artifacts(first: $a) { ...S } b: artifacts(first: $b) { ...S } }"
    query += " fragment S on ArtifactConnection { edges { node { slug signals { name } } } }"
    for a in range(1, 15):
        for b in range(1, 15):
            assert not kept.execute(Request(query, {"a": a, "b": b})).codes
    assert MOST_FORMS // 2 <= max(len(statement._forms) for statement in made) <= MOST_FORMS < 14 * 14
    kept.close()
