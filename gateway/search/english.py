"""How common words are in everyday English: what is common there and rare here says little of what is asked for."""

from functools import cache

from spellchecker import SpellChecker

HALF = 60.0
"""A word that is said so many times in a million keeps half of what its rarity in the catalogue gives it."""


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en")


def is_english(word: str) -> bool:
    """Whether a word, in small letters, is in the dictionary."""
    return word in _dictionary()


def telling(word: str) -> float:
    """How much a word tells by itself, from 1 for one that is seldom said down towards 0."""
    return HALF / (HALF + 1e6 * _dictionary().word_usage_frequency(word))
