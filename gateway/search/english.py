"""How common words are in everyday English: what is common there and rare here says little of what is asked for."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import islice, takewhile

from spellchecker import SpellChecker

from gateway.search.words import term_of

HALF = 60.0
"""A word that is said so many times in a million keeps half of what its rarity in the catalogue gives it."""


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en")


def is_english(word: str) -> bool:
    """Whether a word, in small letters, is in the dictionary."""
    return word in _dictionary()


@cache
def _in_order() -> Sequence[str]:
    return sorted(_dictionary().word_frequency.keys())


def word_of(term: str) -> str:
    """The commonest word that has a term; the term itself where it is a word, or no word of the dictionary has it."""
    if is_english(term):
        return term
    words, begun = _in_order(), term[:-1]
    near = takewhile(lambda word: word.startswith(begun), islice(words, bisect_left(words, begun), None))
    return max((word for word in near if term_of(word) == term), key=_dictionary().word_usage_frequency, default=term)


def telling(word: str) -> float:
    """How much a word tells by itself, from 1 for one that is seldom said down towards 0."""
    return HALF / (HALF + 1e6 * _dictionary().word_usage_frequency(word))
