"""The requests whose cost is measured, each with as many different variables as it takes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from gateway.execution import Executor, Request
from tests.bench.generating import TOPICS, WORDS, alias_of, has_alias, name_of, slug_of

Variables = Iterator[dict[str, Any]]
Filter = dict[str, list[str]]

LIST = """
query List($first: Int, $after: String, $last: Int, $before: String, $filter: ArtifactFilter, $orderBy: ArtifactOrder) {
  artifacts(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
    %s
    edges { cursor node {
      slug name kind summary publisher pricing availability updatedOn rank { %s } capabilities { totalCount }
    } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""
ONE = """
query One($slug: String!) {
  artifact(slug: $slug) {
    slug name kind summary publisher rank { value } scores { dimension value } aliases
    signals { name value observedOn } attributes { key display } capabilities(first: 8) { edges { node { name } } }
  }
}
"""
SEARCH = """
query Search($text: String!, $kinds: [ArtifactKind!]) {
  search(text: $text, kinds: $kinds) {
    edges { node { score artifact { slug name kind } capability { name } highlights { text start end } } }
  }
}
"""
SUGGEST = "query ($prefix: String!) { suggest(prefix: $prefix, first: 8) { text artifact { slug } } }"
WALKED = 600
"""How many places from an end of the list the pages at this end start at."""


@dataclass(frozen=True, slots=True)
class Case:
    """A request, and the variables that it is sent with, in turn.

    `held` are those that may not grow by more than `limit` times.
    """

    name: str
    query: str
    variables: Callable[["Catalogue"], Variables]
    held: bool = True
    limit: float = 1.3


class Catalogue:
    """A generated catalogue that answers."""

    def __init__(self, size: int, executor: Executor) -> None:
        self.size = size
        self.executor = executor

    def ask(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        """The data of an answer. Raises RuntimeError where it has errors."""
        body = self.executor.execute(Request(query, variables)).body
        if "errors" in body:
            raise RuntimeError(f"{body['errors'][0]['message']} ({variables})")
        data: dict[str, Any] = body["data"]
        return data

    def cursors(self, given: dict[str, Any], *, end: bool) -> list[str]:
        """The cursors of the items at the front, or at the far end, of a list."""
        query = LIST % ("", "value")
        found: list[str] = []
        at: dict[str, Any] = {"last": 100} if end else {"first": 100}
        while len(found) < WALKED:
            page = self.ask(query, given | at)["artifacts"]
            cursors = [edge["cursor"] for edge in page["edges"]]
            found = cursors + found if end else found + cursors
            if not page["pageInfo"]["hasPreviousPage" if end else "hasNextPage"]:
                break
            at = {"last": 100, "before": cursors[0]} if end else {"first": 100, "after": cursors[-1]}
        return found


def several(many: int, catalogue: Catalogue) -> Variables:
    """Slugs of different artifacts from all of the catalogue."""
    rnd = Random(catalogue.size + many)
    while True:
        yield {"of": [slug_of(number) for number in rnd.sample(range(catalogue.size), many)]}


def one(catalogue: Catalogue, *, alias: bool) -> Variables:
    """One artifact by its slug, or by its alias."""
    rnd = Random(catalogue.size)
    while True:
        number = rnd.randrange(catalogue.size)
        if not alias:
            yield {"slug": slug_of(number)}
        elif has_alias(number):
            yield {"slug": alias_of(number)}


def searched(kind: str, catalogue: Catalogue) -> Variables:
    """Texts to search for: names, names with an error in them, and words of which many or few artifacts have some."""
    rnd = Random(catalogue.size)
    while True:
        name = name_of(rnd.randrange(catalogue.size))
        at = rnd.randrange(3, len(name) - 3)
        task, other = rnd.choice(TOPICS).replace("-", " "), rnd.choice(TOPICS).replace("-", " ")
        if kind == "name":
            yield {"text": name.lower()}
        elif kind == "error":
            yield {"text": name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]}
        elif kind == "task":
            yield {"text": f"{task} in {other}", "kinds": ["DATASET"]}
        else:
            yield {"text": f"which {rnd.choice(WORDS)} is best for {task} with {rnd.choice(WORDS)} and {other}?"}


def typed(catalogue: Catalogue) -> Variables:
    """Names as they are typed, from the first letter on."""
    rnd = Random(catalogue.size)
    while True:
        name = name_of(rnd.randrange(catalogue.size))
        for end in range(1, len(name) + 1):
            yield {"prefix": name[:end]}


def misspelt(catalogue: Catalogue) -> Variables:
    """A slug that nothing has, by one letter."""
    rnd = Random(catalogue.size)
    while True:
        yield {"slug": f"x{slug_of(rnd.randrange(catalogue.size))}"}


def pages(where: str, filter: Filter, order: tuple[str, str], catalogue: Catalogue) -> Variables:
    """Pages of 50: from places at the front of a list, or up to its far end."""
    given = {"filter": filter or None, "orderBy": {"field": order[0], "direction": order[1]}}
    cursors = catalogue.cursors(given, end=where == "end")
    rnd = Random(catalogue.size)
    for turn in count():
        if turn % 8 == 0 or not cursors:
            yield given | ({"last": 50} if where == "end" else {"first": 50})
        elif where == "end":
            yield given | {"first": 50, "after": rnd.choice(cursors[: max(1, len(cursors) - 50)])}
        else:
            yield given | {"first": 50, "after": rnd.choice(cursors)}


def _lists() -> Iterator[Case]:
    ranked, named = ("RANK", "DESC"), ("NAME", "ASC")
    page = LIST % ("", "value")
    orders = [ranked, ("RANK", "ASC"), named, ("NAME", "DESC")]
    orders += [(field, way) for field in ("RELEASED_ON", "CAPABILITY_COUNT") for way in ("DESC", "ASC")]
    for order in orders:
        for where in ("front", "end"):
            yield Case(f"page by {' '.join(order).lower()}, {where}", page, partial(pages, where, {}, order))
    filters: dict[str, Filter] = {
        "a kind": {"kinds": ["DATASET"]},
        "two kinds": {"kinds": ["DATASET", "AGENT"]},
        "a kind that nothing is": {"kinds": ["SKILL"]},
        "a price": {"pricings": ["PAID"]},
        "an availability": {"availabilities": ["REMOVED", "PARTIAL"]},
        "a licence use that nothing has": {"licenseUses": ["PROPRIETARY"]},
        "a common task": {"tasks": ["text-generation"]},
        "a rarer task": {"tasks": ["calendar"]},
        "a publisher": {"publishers": ["Zephyr 1500"]},
        "a kind, a price and a task": {"kinds": ["CLI"], "pricings": ["PAID"], "tasks": ["search"]},
    }
    for name, filter in filters.items():
        for where in ("front", "end"):
            yield Case(f"page of {name}, {where}", page, partial(pages, where, filter, ranked))
    yield Case("page of a kind by name, front", page, partial(pages, "front", filters["a kind"], named))
    yield Case("page of a rarer kind by name, front", page, partial(pages, "front", {"kinds": ["CLI"]}, named))
    placed = LIST % ("", "value position of")
    for where in ("front", "end"):
        yield Case(f"page with positions, {where}", placed, partial(pages, where, {}, ranked))
    total = LIST % ("totalCount", "value")
    yield Case("page with totalCount", total, partial(pages, "front", {}, ranked), held=False)
    for name in ("a kind", "a price", "a common task", "a kind, a price and a task"):
        yield Case(f"page of {name} with totalCount", total, partial(pages, "front", filters[name], ranked), held=False)


def _cases() -> Iterator[Case]:
    comparison = Path(__file__).with_name("comparison.graphql").read_text()
    yield Case("comparison of 2", comparison, partial(several, 2))
    yield Case("comparison of 8", comparison, partial(several, 8))
    yield Case("artifact by slug", ONE, partial(one, alias=False))
    yield Case("artifact by alias", ONE, partial(one, alias=True))
    yield from _lists()
    places = "query ($of: [String!]!) { comparison(of: $of) { artifacts { slug rank { exact position of } } } }"
    yield Case("positions of 8", places, partial(several, 8))
    yield Case("artifact that is not there", "query ($slug: String!) { artifact(slug: $slug) { name } }", misspelt)
    for kind in ("name", "error", "task", "question"):
        yield Case(f"search for a {kind}", SEARCH, partial(searched, kind), limit=3.0)
    yield Case("suggestions for a keystroke", SUGGEST, typed, limit=3.0)
    yield Case("kinds with counts", "{ catalogue { artifactCount kinds { kind count } } }", lambda _: iter(dict, None))


CASES = tuple(_cases())
