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
"""How many words a side has at most that has to be the name of something."""
ANSWERED, NAMED = 0.65, 0.87
"""How well something has to answer a side. What reaches the latter has all that the side says as its name."""
COMPARE = re.compile(
    r"^\W*(?:please\s+)?(?:compar(?:e|ing|ison (?:of|between))|(?:what is the )?differences? between"
    r"|(?:choose|choosing|choice) between)\s",
    re.IGNORECASE,
)
WHICH = re.compile(r"^\W*(?:which (?:one )?is (?:the )?\w+|is|should i use)\b", re.IGNORECASE)
VERSUS = re.compile(r"(?<=\s)(?:versus|vs\b\.?(?!\s*code\b))(?=\s)", re.IGNORECASE)
LISTED = re.compile(r",|(?<=\s)(?:and|or|(?:better|worse) than)(?=\s)", re.IGNORECASE)
LINKED = re.compile(r"(?<=\s)(?:to|with|against)(?=\s)", re.IGNORECASE)

Found = tuple[Question, list[Match]]


class Sides(NamedTuple):
    """What a text asks to be compared, if that are several; and whether it says so, or may mean something else."""

    texts: Sequence[str]
    said: bool


def sides_of(asked: str, *, compares: bool) -> Sides:
    """The sides of what is asked; `compares` tells whether it stood after a word for that.

    `vs` says that it compares, and so does a list after such a word. Any other list may mean something else, and so may
    `to` and `with`: one compares `xgboost with lightgbm`, but also `text to image models`.
    """
    for between, said in ((VERSUS, True), (LISTED, compares), *([(LINKED, False)] if compares else [])):
        if between.search(asked):
            sides = [side.strip() for side in between.split(asked, MOST_SIDES - 1)]
            return Sides([side for side in sides if re.search(r"\w", side)], said)
    return Sides([asked], False)


def answers_to(text: str, find: Callable[[str], Found]) -> Found:
    """What `find` finds for a text; for one that asks for things to be compared, of all its sides together.

    The best answer to a side is as good as the best to any other, and the rest follow in proportion. Where it is not
    said that something is compared, as in `X or Y for Z`, each side but the last has to be the whole name of something.
    """
    asked = COMPARE.sub("", text)
    compares = asked != text and re.search(r"\w", asked) is not None
    sides, said = sides_of(WHICH.sub("", asked), compares=compares)
    found = _each(sides, said, find) if len(sides) > 1 else None
    if found is None:
        return find(asked if compares else text)
    best = max(some[0].score for some in found)
    question, together = find(" ".join(sides))
    level = ([one._replace(score=one.score * best / some[0].score) for one in some] for some in found)
    merged: dict[int, Match] = {}
    for match in sorted(chain(together, *level), key=lambda one: (-one.score, one.artifact_id)):
        merged.setdefault(match.artifact_id, match)
    return question, list(merged.values())


def _each(sides: Sequence[str], said: bool, find: Callable[[str], Found]) -> list[list[Match]] | None:
    """What is found for each side; None where one of them is not answered well enough to be something by itself."""
    found = []
    for at, side in enumerate(sides):
        name = not said and at < len(sides) - 1
        if name and len(side.split()) > LONGEST_NAME:
            return None
        some = find(side)[1]
        if not some or some[0].score < (NAMED if name else ANSWERED):
            return None
        found.append(some)
    return found
