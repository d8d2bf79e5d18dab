"""Searches answer what people judged: well enough, and on both databases alike."""

import pytest

from schema.node import global_id
from tests.conftest import Server
from tests.search.conftest import searching, slugs
from tests.search.judging import SETS, Judged, Quality, judged, quality

pytestmark = pytest.mark.on_sqlite

LEAST = {"tuned": Quality(0.63, 0.71), "held_back": Quality(0.70, 0.75)}
"""A little less than what was reached, so that a change that makes searches worse is noticed."""


def reached(server: Server, questions: list[Judged]) -> Quality:
    search = searching(server)
    return quality({one.question: slugs(search(one.question)) for one in questions}, questions)


@pytest.mark.parametrize("name", SETS)
def test_answers_are_good_and_equally_so_on_both_databases(name: str, server: Server, postgresql: Server) -> None:
    questions = judged(name)
    embedded, other = reached(server, questions), reached(postgresql, questions)
    assert embedded.ndcg >= LEAST[name].ndcg
    assert embedded.mrr >= LEAST[name].mrr
    assert abs(embedded.ndcg - other.ndcg) <= 0.03


def test_judgements_are_of_what_there_is(server: Server) -> None:
    known = {slug for name in SETS for one in judged(name) for slug in one.relevant}
    found: set[str] = set()
    wanted = sorted(known)
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Artifact { slug } } }"
    for start in range(0, len(wanted), 100):
        ids = [global_id("Artifact", slug) for slug in wanted[start : start + 100]]
        found.update(node["slug"] for node in server.data(query, ids=ids)["nodes"] if node)
    assert known - found == set()
    questions = [one.question for name in SETS for one in judged(name)]
    assert len(questions) >= 60
    assert len({question.lower() for question in questions}) == len(questions)
