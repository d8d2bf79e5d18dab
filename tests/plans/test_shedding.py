"""Rows are let go once parts of answers were made of them, and are there again for whoever asks for them after all."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from random import Random

import pytest

from gateway.execution import Executor, Request
from schema.data import ArtifactRecord
from tests.plans.recording import Recorder
from tests.plans.test_bounds import executor, parts_of, records, slugs
from tests.statements import noted

LARGE = "slug name kind summary publisher aliases capabilities { edges { node { name description } } }"
TABLE = f"comparison(of: $of) {{ artifacts {{ {LARGE} }} fields {{ key margin cells {{ number display }} }} }}"
OF = ["segformer-b0-finetuned-ade-512-512", "the-pile"]


@pytest.fixture
def kept(recorder: Recorder) -> Iterator[Executor]:
    """One that keeps parts, and no answers."""
    made = executor(recorder.database, 8, 0)
    yield made
    made.close()


@pytest.fixture
def bare(recorder: Recorder) -> Iterator[Executor]:
    """One that keeps nothing."""
    made = executor(recorder.database, 0, 0)
    yield made
    made.close()


def of_request(kept: Executor) -> list[ArtifactRecord]:
    """The records that have parts."""
    return [record for record in records(kept) if parts_of(record)]


def reads(kept: Executor, request: Request, expected: bytes) -> int:
    """How many statements a request takes that is answered right."""
    with noted() as statements:
        assert kept.execute(request).content == expected
    return len(statements)


def test_rows_that_parts_were_made_of_are_let_go(kept: Executor, bare: Executor) -> None:
    request = Request(f"query ($of: [String!]!) {{ {TABLE} }}", {"of": OF})
    expected = bare.execute(request).content
    assert [reads(kept, request, expected) > 0 for _ in range(4)] == [True, True, False, False]
    assert len(of_request(kept)) == 2
    for record in of_request(kept):
        assert record.is_shed
        # What takes room is the parts, and not what they were made of.
        assert record.size < parts_of(record) * 2 + 5_000
    assert sum(record.size for record in records(kept)) == kept.kept.size


@pytest.mark.parametrize(
    ("more", "lookups"),
    [
        ("one: artifact(slug: $one) { aliases }", 0),
        ("comparison(of: $of) { fields(leadingOnly: true) { key cells { display basis } } }", 0),
        ("comparison(of: $of) { alignment(first: 3) { edges { similarity } } }", 0),
        ("comparison(of: $of) { attributes { key cells { text number } } }", 0),
        ('comparison(of: $of) { alignment { totalCount } exclusive(artifact: "the-pile") { name } }', 1),
        ("comparison(of: $of) { verdict(weights: {quality: 3}) { margin flips { weight } caveats { text } } }", 0),
        # An error takes the operation to graphql-core, which asks for everything.
        ("comparison(of: $of) { attributes(keys: []) { key } exclusive(artifact: $one) { name } }", 1),
        ('comparison(of: $of) { attributes { key } exclusive(artifact: "nobody") { name } }', 2),
    ],
)
def test_rows_that_are_asked_for_again_are_read_again(more: str, lookups: int, kept: Executor, bare: Executor) -> None:
    query = f"query ($of: [String!]!, $one: String!) {{ {TABLE} one: artifact(slug: $one) {{ slug }} {more} }}"
    request = Request(query, {"of": OF, "one": "the-pile"})
    expected = bare.execute(request).content
    counts = [reads(kept, request, expected) for _ in range(6)]
    # At the latest after that, all is there that the plan asks for; names below the root are looked up each time.
    assert counts[4:] == [lookups] * 2
    assert sum(record.size for record in records(kept)) == kept.kept.size


def test_parts_that_are_made_only_now_and_then(kept: Executor, bare: Executor) -> None:
    # Of a winner there is a part that a loser has not, and which one an artifact is depends on the other.
    query = f"query ($of: [String!]!) {{ comparison(of: $of) {{ verdict {{ winner {{ {LARGE} }} }} }} {TABLE} }}"
    some = slugs(bare, 12)
    pairs = [list(pair) for pair in combinations(some, 2)]
    Random(3).shuffle(pairs)
    for _ in range(2):
        for of in pairs:
            request = Request(query, {"of": of})
            assert kept.execute(request).content == bare.execute(request).content
    assert all(record.is_shed for record in of_request(kept))
    request = Request(query, {"of": pairs[0]})
    assert reads(kept, request, bare.execute(request).content) == 0


def test_threads_that_share_records(kept: Executor, bare: Executor) -> None:
    query = f"""query ($of: [String!]!) {{ {TABLE} comparison(of: $of) {{
      verdict {{ winner {{ {LARGE} }} }} alignment(first: 2) {{ edges {{ similarity }} }}
    }} }}"""
    requests = [Request(query, {"of": list(pair)}) for pair in combinations(slugs(bare, 8), 2)] * 4
    Random(5).shuffle(requests)
    expected = {str(request.variables): bare.execute(request).content for request in requests}
    with ThreadPoolExecutor(4) as threads:
        answers = threads.map(kept.execute, requests)
        assert all(
            answer.content == expected[str(request.variables)]
            for request, answer in zip(requests, answers, strict=True)
        )
