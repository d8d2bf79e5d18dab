"""Which artifact searches prefer, counted one search after the other: what the database's counts are compared with."""

from collections import Counter
from collections.abc import Hashable, Iterable
from itertools import combinations
from typing import NamedTuple

from schema.rules.preference import HeadToHead, Pair, Tally


class Shown(NamedTuple):
    """One column in a list that a client was shown for a text on a day: at which place, and whether it was chosen."""

    searcher: Hashable
    query: Hashable
    list: Hashable
    column: int
    place: int
    chosen: bool


def tally(shown: Iterable[Shown]) -> Tally:
    """Counts what clients were shown, and what they chose.

    In one search, the one that was chosen is preferred to one that was not; where both or neither were, the one placed
    higher. A searcher prefers the one preferred in more of that day's searches, or neither.
    """
    lists: dict[tuple[Hashable, Hashable, Hashable], list[Shown]] = {}
    for one in shown:
        lists.setdefault((one.searcher, one.query, one.list), []).append(one)
    searches: set[tuple[Hashable, Hashable]] = set()
    placed: Counter[tuple[Hashable, Hashable, Pair]] = Counter()
    picked: Counter[tuple[Hashable, Hashable, Pair]] = Counter()
    for (searcher, query, _), items in lists.items():
        for left, right in combinations(sorted(items, key=lambda item: item.column), 2):
            search = searcher, query, (left.column, right.column)
            searches.add((searcher, query))
            placed[search] += 1 if left.place < right.place else -1
            picked[search] += left.chosen - right.chosen
    pairs: dict[Pair, HeadToHead] = {}
    votes: Counter[tuple[Hashable, Pair]] = Counter()
    for (searcher, query, pair), higher in placed.items():
        chosen = picked[searcher, query, pair]
        if higher:
            _ahead(pairs, pair, higher).above += 1
        if chosen:
            _ahead(pairs, pair, chosen).chosen += 1
        votes[searcher, pair] += _sign(chosen or higher)
    for (_, pair), vote in votes.items():
        if vote:
            _ahead(pairs, pair, vote).wins += 1
    return Tally(len(searches), pairs)


def _ahead(pairs: dict[Pair, HeadToHead], pair: Pair, size: int) -> HeadToHead:
    """What is counted of the first of a pair where the size is positive, of the second where it is negative."""
    return pairs.setdefault(pair if size > 0 else pair[::-1], HeadToHead())


def _sign(size: int) -> int:
    return (size > 0) - (size < 0)
