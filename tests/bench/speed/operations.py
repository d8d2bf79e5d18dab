"""What is asked: the operations, and the variables that each is sent with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from graphql import get_introspection_query

from tests.bench.generating import slug_of

MARK = "newDocument"
"""Stands in a document for a name of the same length that no document before has had."""
MOST_VARIABLES = 2_500
PAGE_SIZE = 50
"""The `first` of the List operation."""

Variables = list[dict[str, Any]]
Ask = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
"""The data of the answer to a query with variables."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A document with one operation. `title` is the operation's name in it."""

    name: str
    title: str
    query: str

    @property
    def unseen(self) -> str:
        """The document with the mark for an alias of its root field."""
        return self.query.replace("{ ", f"{{ {MARK}: ", 1)


def _read(name: str, title: str) -> Operation:
    return Operation(name, title, Path(__file__).with_name(f"{name}.graphql").read_text().strip())


LEADERS = _read("leaders", "Leaders")
PAGE = _read("page", "Page")
LIST = _read("list", "List")
INTROSPECTION = Operation("introspection", "IntrospectionQuery", get_introspection_query())
OPERATIONS = (LEADERS, PAGE, LIST, INTROSPECTION)


def variables(size: int, ask: Ask) -> dict[str, Variables]:
    """For each operation by name the different variables that it is sent with, in turn, from a catalogue of `size`.

    A cursor belongs to whoever gave it, so `ask` should be answered by the server that will be sent them.
    """
    both = _pairs(size)
    return {LEADERS.name: both, PAGE.name: both, LIST.name: _cursors(ask), INTROSPECTION.name: [{}]}


def _pairs(size: int) -> Variables:
    most = size * (size - 1)
    found = []
    for number in Random(size).sample(range(most), min(most, MOST_VARIABLES)):
        left, right = divmod(number, size - 1)
        found.append({"left": slug_of(left), "right": slug_of(right + (right >= left))})
    return found


def _cursors(ask: Ask) -> Variables:
    """Cursors that a full page comes after: there are no more than the list is long."""
    found: list[str] = []
    after = None
    while len(found) < MOST_VARIABLES + PAGE_SIZE:
        page = ask(LIST.query, {"after": after})["artifacts"]
        found += [edge["cursor"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    starts: list[str | None] = list(found[:-PAGE_SIZE]) or [None]
    return [{"after": start} for start in Random(0).sample(starts, len(starts))]
