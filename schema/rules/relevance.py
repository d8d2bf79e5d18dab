"""How well what is searched answers a question: from which of its terms stand where, and how rare these are.

Each part of a question weighs by its rarity, as in BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework,
2009): the logarithm of the odds against meeting it by chance. How often a term stands somewhere does not count, as
descriptions here are short. A part counts by the best place that it stands in, and a little more by each further one.
What is asked for by its name comes before what only speaks of it, and of two that answer as well the higher rank first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple
from zlib import crc32

NAMES, ALIASES, TOPICS, CAPABILITIES, ABOUT = 1.0, 0.8, 0.9, 0.6, 0.85
COUNTS = NAMES, ALIASES, TOPICS, CAPABILITIES, ABOUT
"""What a term counts in each place of a document."""
OF_NAMES = 2
"""How many of these are names."""
FURTHER = 0.06
"""What it counts more by each further place."""
NAMED = 0.45
"""How much it counts to be what a question names, beside what the terms come to, which is 1 at most."""
PARTLY = 0.2
"""How much of that remains where nearly nothing of the name is said."""
HEAVIEST = 5.0
"""What rare terms weigh at most: beyond that, rarity says nothing more of what is asked for."""
RANKED = 0.2
"""How much the rank counts."""
UNRANKED = 0.15
"""What stands for the rank, 0 to 1, where there is none."""
MOST = 1 + NAMED + RANKED


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question: the terms that answer it, each with how well (0 to 1), and how much it weighs."""

    terms: Mapping[str, float]
    weight: float


def weight_of(documents: int, holding: int) -> float:
    """How much a term weighs that so many of all documents hold."""
    return min(HEAVIEST, log(1 + (documents - holding + 0.5) / (holding + 0.5)))


class Searched(NamedTuple):
    """A document: terms with spaces between them, and between names, aliases or capabilities ` | `.

    After ` : ` come other spellings of names, and what is said of a capability besides its name.
    """

    names: str
    aliases: str
    topics: str
    capabilities: str
    about: str


def relevance(parts: Sequence[Part], document: Searched, rank: float | None) -> float:
    """How well a document answers the parts of a question, from 0 to 1; `rank` is from 0 to 100."""
    whole = sum(part.weight for part in parts)
    if not whole:
        return 0.0
    places = [(f" {text} ", counts) for text, counts in zip(document, COUNTS, strict=True)]
    covered = named = 0.0
    for part in parts:
        best, further, in_name = 0.0, -1, 0.0
        for term, good in part.terms.items():
            padded = f" {term} "
            for at, (text, counts) in enumerate(places):
                if padded in text:
                    further += 1
                    best = max(best, good * counts)
                    if at < OF_NAMES:
                        in_name = max(in_name, good * counts)
        if best:
            covered += part.weight * min(1.0, best + FURTHER * further)
            named += part.weight * in_name
    score = covered / whole
    if named:
        score += NAMED * named / whole * _closeness(parts, document)
    return (score + RANKED * (UNRANKED if rank is None else rank / 100)) / MOST


def _closeness(parts: Sequence[Part], document: Searched) -> float:
    """How much of a name a question says, at best: 1 where it says all of one that is no alias."""
    asked = {term for part in parts for term in part.terms}
    best = 0.0
    for names, counts in zip(document[:OF_NAMES], COUNTS, strict=False):
        for name in names.partition(" : ")[0].split(" | "):
            terms = name.split()
            said = 1.0 if "".join(terms) in asked else sum(term in asked for term in terms) / max(1, len(terms))
            best = max(best, counts * said)
    return PARTLY + (1 - PARTLY) * best


def best_among(parts: Sequence[Part], texts: str) -> int | None:
    """The capability or use that answers most of a question, the first of several; None where none says any of it."""
    best, most = None, 0.0
    for at, text in enumerate(texts.split(" | ")):
        name, _, rest = text.partition(" : ")
        name, rest = f" {name} ", f" {rest} "
        found = 0.0
        for part in parts:
            of_part = 0.0
            for term, good in part.terms.items():
                padded = f" {term} "
                if padded in name:
                    of_part = max(of_part, good)
                elif padded in rest:
                    of_part = max(of_part, good * CAPABILITIES)
            found += part.weight * of_part
        if found > most:
            best, most = at, found
    return best


def told_apart(capabilities: str) -> list[int]:
    """What tells each capability of an artifact from the others: a sum of its terms.

    Where it stands among them may change before a search is counted.
    """
    return [crc32(terms.encode()) for terms in capabilities.split(" | ")]
