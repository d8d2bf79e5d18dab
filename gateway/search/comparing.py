"""Texts that ask for things to be compared, such as `gpt-4o vs claude`: each of them is as good an answer."""

import re
from collections.abc import Callable, Sequence
from itertools import chain
from typing import NamedTuple

from gateway.search.finding import Match
from gateway.search.questions import Question

MOST_SIDES = 4
"""How many things of a text are looked for by themselves."""
LONGEST_NAME = 6
"""How many words the sides of a text that does not say that it compares have at most, all but the last."""
ANSWERED, NAMED = 0.65, 0.87
"""How well something has to answer a side. What reaches the latter has all that the side says as its name."""
COMPARE = re.compile(
    r"^\W*(?:please\s+)?(?:compar(?:e|ing|ison (?:of|between))|(?:what is the )?differences? between"
    r"|(?:choose|choosing|choice) between)\s",
    re.IGNORECASE,
)
WHICH = re.compile(r"^\W*(?:which (?:one )?is (?:the )?\w+|is|should i use)\b", re.IGNORECASE)
VERSUS = re.compile(r"(?<=\s)(?:versus|vs\b\.?(?!\s*code\b))(?=\s)", re.IGNORECASE)
OTHER = re.compile(r",|(?<=\s)(?:and|or|(?:better|worse) than)(?=\s)", re.IGNORECASE)
OF_COMPARE = re.compile(rf"{OTHER.pattern}|(?<=\s)(?:to|with|against)(?=\s)", re.IGNORECASE)

Found = tuple[Question, list[Match]]


class Sides(NamedTuple):
    """What a text asks to be compared, if it does; and whether it says so, or may mean something else by `or`."""

    texts: Sequence[str]
    said: bool


def sides_of(text: str) -> Sides:
    """The sides of a text; fewer than two where it asks for one thing."""
    rest = WHICH.sub("", COMPARE.sub("", text))
    said = rest != text and COMPARE.match(text) is not None
    between = VERSUS if VERSUS.search(rest) else OF_COMPARE if said else OTHER
    sides = [side.strip() for side in between.split(rest, MOST_SIDES - 1)]
    return Sides([side for side in sides if re.search(r"\w", side)], said or between is VERSUS)


def compared(text: str, find: Callable[[str], Found]) -> Found | None:
    """What `find` finds of all sides of a text together; None where it does not ask for things to be compared.

    The best answer to a side is as good as the best to any other, and the rest follow in proportion. A text that does
    not say that it compares, `X or Y for Z`, does where each side but the last is the whole name of something.
    """
    sides, said = sides_of(text)
    if len(sides) < 2:
        return find(sides[0]) if said and sides else None
    found = []
    for at, side in enumerate(sides):
        name = not said and at < len(sides) - 1
        if name and len(side.split()) > LONGEST_NAME:
            return None
        some = find(side)[1]
        if not some or some[0].score < (NAMED if name else ANSWERED):
            return None
        found.append(some)
    best = max(some[0].score for some in found)
    asked, together = find(" ".join(sides))
    level = ([one._replace(score=one.score * best / some[0].score) for one in some] for some in found)
    merged: dict[int, Match] = {}
    for match in sorted(chain(together, *level), key=lambda one: (-one.score, one.artifact_id)):
        merged.setdefault(match.artifact_id, match)
    return asked, list(merged.values())
